// Bad input, in the page: every way in which a program can go wrong ends in words, at its line, and Run goes on.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, Step } from "./harness.mjs";
import { large, main, withTable } from "./programs.mjs";
import { serveSite } from "./site.mjs";

let server, browser, page, step;
before(async () => {
  browser = await launch();
  server = await serveSite();
  ({ page, step } = await open());
});
after(async () => { await browser?.close(); server?.close(); });

async function open() {
  const opened = await openPage(browser, new URL("lessons/02-sessions/", server.url).href);
  return { page: opened, step: await new Step(opened, "01-add").ready() };
}

const rows = [
  { name: "syntax errors", source: "package main\n\nfunc main() {\n\tx :=\n}\n\nfunc two() int {\n\treturn 1 +\n}\n", reason: "compile", problems: [/^main\.go:5:/, /^main\.go:9:/] },
  { name: "several type errors at their lines", source: main('var n int = "one"\nvar s string = 2\nn.foo()'), reason: "compile",
    problems: [/^main\.go:8:14.*cannot use "one"/s, /^main\.go:9:17.*cannot use 2/s, /^main\.go:10:4.*n\.foo undefined/s] },
  { name: "an import that is not allowed", source: main("_ = exec.Command", ["os/exec"]), reason: "compile", problems: [/os\/exec.*fmt/s] },
  { name: "package unsafe", source: main("_ = unsafe.Pointer(nil)", ["unsafe"]), reason: "compile", problems: [/unsafe/] },
  { name: "a panic", source: main('panic("no pets")'), reason: "panic", line: 8, message: /panic: no pets/ },
  { name: "a write to a nil map", source: main('var m map[string]int\nm["a"] = 1'), reason: "panic", line: 9, message: /assignment to entry in nil map.*Use make|declared but not made/s },
  { name: "a nil pointer", source: main('var p *struct{ n int }\nfmt.Println(p.n)'), reason: "panic", line: 9, message: /nil pointer dereference.*Something here is nil/s },
  { name: "an index out of range", source: main('list := []int{1, 2, 3}\ni := 5\nfmt.Println(list[i])'), reason: "panic", line: 10, message: /index out of range \[5\] with length 3.*the last index is 2, not 5/s },
  { name: "a slice out of bounds", source: main('list := []int{1, 2, 3}\ni := 5\nfmt.Println(list[1:i])'), reason: "panic", line: 10, message: /slice bounds out of range.*The end 5 lies beyond the capacity, which is 3/s },
  { name: "a type assertion", source: main('var x any = "one"\nfmt.Println(x.(int))'), reason: "panic", line: 9, message: /interface conversion.*The value has another type/s },
  { name: "a division by zero", source: main('n := 0\nfmt.Println(1 / n)'), reason: "panic", line: 9, message: /integer divide by zero.*Check the divisor/s },
  { name: "a closed channel", source: main('c := make(chan int, 1)\nclose(c)\nc <- 1'), reason: "panic", line: 10, message: /send on closed channel.*Only the sender closes/s },
  { name: "a panic with an error of the database", source: withTable('must(add(ctx, e, "panicked"))\nif err := add(ctx, e, "panicked"); err != nil {\n\tpanic(err)\n}'), reason: "panic", message: /UNIQUE constraint failed.*The database refused a statement.*What Go printed/s },
  { name: "out of memory", source: main('var keep [][]byte\nfor {\n\tkeep = append(keep, make([]byte, 16<<20))\n}'), reason: "memory", message: /ran out of memory.*grows without end/s },
  { name: "infinite recursion", source: main("forever(1)") + "\nfunc forever(n int) int { return forever(n+1) + 1 }\n", reason: "recursion", line: 12, message: /infinite recursion in forever.*The function calls itself.*main\.forever, \d+ times/s },
  { name: "an endless print loop", source: main('for {\n\tfmt.Println("again and again")\n}'), reason: "output", message: /256 KiB/ },
  { name: "os.Exit(3)", source: main("os.Exit(3)", ["os"]), reason: "exit", code: 3, message: /exit code 3/ },
  { name: "reading stdin", source: main('var s string\nn, err := fmt.Scanln(&s)\nfmt.Println(n, err)'), reason: "ok", prints: /^0 (EOF|unexpected newline)\n$/ },
  { name: "a deadlock", source: main("<-make(chan int)"), reason: "deadlock", message: /deadlock/ },
  { name: "a program of 1 MiB", source: large(1 << 20), reason: "ok", prints: /^large\n$/ },
  { name: "a program of more than 1 MiB", source: large((1 << 20) + 200), reason: "compile", problems: [/1 MiB/] },
];

for (const row of rows) {
  test(row.name, async () => {
    const done = await step.run(row.source);
    const problems = await step.root.locator(".problems li").allTextContents();
    assert.equal(done.reason, row.reason, `${JSON.stringify(done)} ${problems}`);
    for (const pattern of row.problems ?? []) assert.ok(problems.some((text) => pattern.test(text)), `${pattern} is not in\n${problems.join("\n")}`);
    if (row.code !== undefined) assert.equal(done.code, row.code);
    if (row.message) assert.match(await step.root.locator(".callout").textContent(), row.message);
    if (row.prints) assert.match(await step.printed(), row.prints);
    if (row.line) {
      assert.equal(await step.root.locator(".callout .place-button").textContent(), `main.go:${row.line}`);
      await step.root.locator(".cm-line.line-failed").waitFor();
    }
    assert.ok(await step.root.locator(".run-button").isEnabled());
  });
}

test("the output of an endless loop is cut at 256 KiB", async () => {
  await step.run(main('for {\n\tfmt.Println("again and again")\n}'));
  const length = (await step.events()).filter((event) => event.type === "stdout").reduce((sum, event) => sum + event.text.length, 0);
  assert.ok(length <= 256 << 10 && length > 250 << 10, `${length} bytes`);
});

test("a text that contains HTML stays text", async () => {
  const html = "<img src=x onerror=alert(1)><b>bold</b>";
  await step.run(withTable(`fmt.Println("${html}")\nmust(add(ctx, e, "${html}"))`));
  assert.match(await step.printed(), /<img src=x onerror=alert\(1\)><b>bold<\/b>\n/);
  assert.ok((await step.root.locator(".bind-value").allTextContents()).includes(`'${html}'`));
  assert.equal(await step.root.locator(".stream :is(img, script, .printed b)").count(), 0);
});

test("an SQL error stands at its statement, with SQL and binds", async () => {
  const done = await step.run(withTable('must(add(ctx, e, "twice"))\nfmt.Println(add(ctx, e, "twice"))'));
  assert.equal(done.reason, "ok", done.message);
  const failed = step.root.locator(".statement.has-error");
  assert.equal(await failed.count(), 1);
  assert.match(await failed.locator(".sql").textContent(), /^INSERT INTO rows/);
  assert.match((await failed.locator(".bind").allTextContents()).join(), /'twice'/);
  assert.match(await failed.locator(".statement-error").textContent(), /UNIQUE constraint failed: rows\.name/);
});

test("for {} is stopped at once; the next run is warm and finds the database as it was", async () => {
  const { page, step } = await open();
  await step.run(withTable('must(add(ctx, e, "kept"))'));
  assert.equal(await step.printed(), "1 rows\n");
  await step.replace(withTable('must(add(ctx, e, "lost"))\nfmt.Println("added")\nfor {\n}'));
  await step.start();
  await step.root.locator(".printed", { hasText: "added" }).waitFor({ timeout: 60_000 });
  assert.ok((await step.statements()).includes("COMMIT"), "what the program did before its loop is on the page");
  await step.stop();
  assert.equal((await step.ended()).reason, "stopped");
  await step.reason("stopped");

  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await step.run(withTable(""));
  assert.equal(await step.printed(), "1 rows\n");
  assert.deepEqual(requests.filter((url) => /\.(wasm|pack)$/.test(url)), [], "no tool is fetched again");
  await page.context().close();
});

test("a step whose databases are its own", async () => {
  await step.run(withTable('must(add(ctx, e, "mine"))'));
  const other = await new Step(page, "02-update").ready();
  await other.replace("package main\n", "pets.go"); // the step's other file, which has a main of its own
  await other.run(withTable(""));
  assert.equal(await other.printed(), "0 rows\n");
});

test("closing the tab during a run leaves nothing behind", async () => {
  const { page, step } = await open();
  let dialogs = 0;
  page.on("dialog", (dialog) => { dialogs++; dialog.dismiss(); });
  await step.replace(main('fmt.Println("begun")\nfor {\n}'));
  await step.start();
  await step.root.locator(".printed", { hasText: "begun" }).waitFor({ timeout: 60_000 });
  assert.ok(page.workers().length > 0);
  await page.close();
  assert.equal(dialogs, 0);
  const again = await openPage(browser, new URL("lessons/02-sessions/", server.url).href);
  assert.equal((await new Step(again, "01-add").ready().then((fresh) => fresh.run())).reason, "ok");
  assert.deepEqual(again.faults, []);
});

test("nothing of this made the page complain", () => assert.deepEqual(page.faults, []));
