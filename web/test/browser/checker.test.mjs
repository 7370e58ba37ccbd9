// The editor's checker on the real site: squiggles, completion, what names mean, renaming, formatting, keys, files.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveSite } from "./site.mjs";

let site, browser;
before(async () => { browser = await launch(); site = await serveSite(); });
after(async () => { await browser?.close(); site?.close(); });

async function open(options = {}, prepare = () => {}) {
  const page = await openPage(browser, "about:blank", options);
  await prepare(page);
  await page.goto(new URL("lessons/02-sessions/", site.url).href);
  return new Step(page, "01-add").ready();
}

/** checked opens a step and waits until the checker is there. */
async function checked(options) {
  const step = await open(options);
  const original = await step.source();
  await step.replace(original + "\nvar x int = \"\"\n");
  await squiggle(step).first().waitFor({ timeout: 60_000 });
  await step.replace(original);
  await squiggle(step).first().waitFor({ state: "detached" });
  return step;
}

const squiggle = (step) => step.root.locator(".cm-lintRange-error");
const options = (step) => step.root.locator(".cm-tooltip-autocomplete li");
const selectedTab = (step) => step.root.locator('[role="tab"][data-file$=".go"][aria-selected="true"]');

/** cursor puts the cursor behind the first occurrence of a text. */
async function cursor(step, text, file = "main.go") {
  await step.root.evaluate((root, [wanted, name]) => {
    const before = root.source(name).split(wanted);
    if (before.length < 2) throw new Error(`the program has no ${wanted}`);
    const rows = (before[0] + wanted).split("\n");
    root.dispatchEvent(new CustomEvent("orm-locate", { detail: { file: name, line: rows.length, column: rows.at(-1).length + 1 } }));
  }, [text, file]);
  await step.page.waitForFunction((root) => root.querySelector(".cm-editor.cm-focused"), await step.root.elementHandle());
}

/** keysIgnored is how long CodeMirror's list, once open, leaves keys to the editor, so that nobody chooses what has just come. */
const keysIgnored = 75;

/** accept presses Enter when the option is selected in a list that has been open, and not waiting for an answer, for longer than that. */
async function accept(step, text) {
  await step.page.waitForFunction(([root, wanted, delay]) => {
    const list = root.querySelector(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)");
    const now = Date.now();
    if (list !== root.offering?.list) root.offering = { list, since: now };
    return list?.querySelector('[aria-selected="true"]')?.textContent.includes(wanted) && now - root.offering.since > delay;
  }, [await step.root.elementHandle(), text, keysIgnored]);
  await press(step, "Enter");
}

const type = (step, text) => step.page.keyboard.type(text);
const press = async (step, ...keys) => { for (const key of keys) await step.page.keyboard.press(key); };

test("a mistake is underlined soon after it was typed, in the compiler's words with a plain line under them", async () => {
  const step = await checked();
  await cursor(step, "fluffy.Name");
  await press(step, "s");
  await squiggle(step).filter({ hasText: /^Names$/ }).waitFor();
  await squiggle(step).first().hover();
  const card = step.root.locator(".cm-tooltip .cm-diagnostic");
  assert.equal(await card.locator(".problem-message").textContent(), "fluffy.Names undefined (type *Pet has no field or method Names)");
  assert.equal(await card.locator(".problem-hint").textContent(), "Did you mean Name?");
  await card.getByRole("button", { name: "Change to Name" }).click();
  await step.page.waitForFunction((root) => root.source("main.go").includes('fluffy.Name = "Kitty"'), await step.root.elementHandle());
  assert.deepEqual(step.page.faults, []);
});

test("problems are reached, read and put right by keyboard", async () => {
  const step = await checked();
  const original = await step.source();
  await step.replace(original.replace("fmt.Println(\"before", "fmt.Printn(\"before"));
  await squiggle(step).first().waitFor();
  await cursor(step, "func run(");
  await press(step, "F8");
  assert.equal(await step.root.locator(".hover-card .problem-hint").textContent(), "Did you mean Println?");
  await press(step, "Control+.");
  await squiggle(step).first().waitFor({ state: "detached" });
  assert.match(await step.source(), /fmt\.Println\("before/);
  await press(step, "F8");
  await step.root.locator(".cm-announced", { hasText: "No problems" }).waitFor({ state: "attached" });
});

test("what the page refuses is told before Run, in the words of Run", async () => {
  const step = await checked();
  await step.replace('package main\n\nimport "unsafe"\n\n//go:linkname f g\nfunc main() { println(unsafe.Sizeof(1)) }\n');
  await squiggle(step).first().waitFor();
  assert.deepEqual(await squiggle(step).allTextContents(), ['"unsafe"', "//go:linkname"]);
  await step.replace('package main\n\nimport "net/http"\n\nfunc main() { http.Get("") }\n');
  await step.root.locator(".cm-lintRange-error", { hasText: "net/http" }).waitFor();
  await cursor(step, "net/h");
  await press(step, "F8", "F8");
  assert.equal(await step.root.locator(".hover-card .problem-message").textContent(), 'import "net/http" is not available here');
  const done = await step.run();
  assert.equal(done.reason, "compile");
  assert.deepEqual(await step.root.locator(".problems .problem-message").allTextContents(), ['import "net/http" is not available here']);
});

test("completion comes after a dot, is chosen by keyboard, and brings its documentation", async () => {
  const step = await checked();
  await cursor(step, "session.Add(fluffy)");
  await press(step, "Enter");
  await type(step, "session.Fl");
  await options(step).first().waitFor();
  assert.match(await options(step).first().textContent(), /^Flush\(ctx context\.Context\) error/);
  await step.root.locator(".cm-completionInfo", { hasText: "Flush" }).waitFor();
  assert.deepEqual(await violations(step.page), []);
  await accept(step, "Flush");
  assert.match(await step.source(), /session\.Flush\b/);
});

test("completion imports the package it names", async () => {
  const step = await checked();
  await cursor(step, "session.Add(fluffy)");
  await press(step, "Enter");
  await type(step, "strings");
  await accept(step, "import strings");
  assert.match(await step.source(), /\t"os"\n\t"strings"\n\n/);
  await type(step, ".ToUp");
  await options(step).filter({ hasText: "ToUpper" }).first().waitFor();
  await press(step, "Escape");
  await options(step).first().waitFor({ state: "detached" });
});

test("completion is quiet: one letter brings nothing, Escape takes it away, asking brings it", async () => {
  const step = await checked();
  await cursor(step, "session.Add(fluffy)");
  await press(step, "Enter");
  await type(step, "f");
  await squiggle(step).first().waitFor(); // the pause has passed: f is not declared
  assert.equal(await options(step).count(), 0);
  await press(step, "Control+Space");
  await options(step).filter({ hasText: "fluffy" }).waitFor();
});

test("tags and literals complete", async () => {
  const step = await checked();
  await cursor(step, "size:50,");
  await press(step, "Control+Space");
  await options(step).filter({ hasText: "index" }).first().waitFor();
  await press(step, "Escape");
  await cursor(step, "session.Add(fluffy)");
  await type(step, "; _ = Pet{");
  await press(step, "Control+Space");
  await options(step).filter({ hasText: "Species: " }).waitFor();
});

test("SQL completes by the tables of the database that the last run left, and before by the models", async () => {
  const step = await checked();
  const sql = (await step.source()).replace('"sqlite://"', '"sqlite:///kept.db"').replace("session.Add(fluffy)", 'session.Add(fluffy); _ = orm.Text("SELECT  FROM pets")');
  await step.replace(sql);
  await cursor(step, "SELECT ");
  await press(step, "Control+Space");
  await options(step).filter({ hasText: "hunger" }).first().waitFor();
  await press(step, "Escape");
  assert.equal((await step.run(sql.replace('`orm:"size:50,unique"`', '`orm:"name:called"`'))).reason, "ok");
  await step.replace(sql);
  await cursor(step, "SELECT ");
  await press(step, "Control+Space");
  await options(step).filter({ hasText: "called" }).first().waitFor();
});

test("what a name means, by pointer and by keyboard", async () => {
  const step = await checked();
  await cursor(step, "session.Com");
  await press(step, "Control+k", "Control+i");
  const card = step.root.locator(".hover-card");
  await card.waitFor();
  assert.equal(await card.locator("pre").textContent(), "func (*orm.Session) Commit(ctx context.Context) error");
  assert.match(await card.locator(".doc").textContent(), /^Commit /);
  assert.deepEqual(await violations(step.page), []);
  await press(step, "Escape", "Escape"); // the first one is for completion, if it offers something
  await card.waitFor({ state: "detached" });
  await step.root.locator(".cm-line", { hasText: "fluffy := Pets.New()" }).getByText("New").hover();
  await card.filter({ hasText: "Pet" }).waitFor();
});

test("the parameters of a call, with the one at the cursor", async () => {
  const step = await checked();
  await cursor(step, "session.Add(fluffy)");
  await type(step, "; orm.Open(");
  const card = step.root.locator(".signature-card");
  await card.waitFor();
  assert.match(await card.locator("pre").textContent(), /^Open\(/);
  const first = await card.locator("strong").textContent();
  await type(step, '"", ');
  await step.root.locator(".signature-card strong").filter({ hasNotText: first }).waitFor();
  await press(step, "Escape", "Escape"); // the first one is for completion, if it offers something
  await card.waitFor({ state: "detached" });
});

test("a name is renamed in all files, and F12 leads to where it is declared", async () => {
  const step = await checked();
  await step.root.getByRole("button", { name: "Add a file" }).click();
  await step.page.getByLabel("Name of the new file").fill("greet.go");
  await press(step, "Enter");
  await selectedTab(step).filter({ hasText: "greet.go" }).waitFor();
  await step.replace("package main\n\nfunc greet() string { return \"hi\" }\n", "greet.go");
  await step.replace("package main\n\nfunc main() { println(greet(), greet()) }\n");
  await cursor(step, "println(gre");
  await press(step, "F12");
  await selectedTab(step).filter({ hasText: "greet.go" }).waitFor();
  await press(step, "F2");
  const input = step.root.getByLabel("New name of greet");
  await input.fill("func");
  await press(step, "Enter");
  await step.root.locator(".rename-fault", { hasText: '"func" is not a name' }).waitFor();
  assert.deepEqual(await violations(step.page), []);
  await input.fill("hello");
  await press(step, "Enter");
  await input.waitFor({ state: "detached" });
  assert.equal(await step.source(), "package main\n\nfunc main() { println(hello(), hello()) }\n");
  assert.equal(await step.source("greet.go"), "package main\n\nfunc hello() string { return \"hi\" }\n");
  assert.equal((await step.run()).reason, "ok");
});

test("Control+S formats, puts imports right and keeps", async () => {
  const step = await checked();
  await step.replace('package main\nimport "os"\nimport "fmt"\nfunc main(){\nfmt.Println( strings.ToUpper("x"))}\n');
  await step.root.locator(".cm-content").focus();
  await press(step, "Control+s");
  const want = 'package main\n\nimport "fmt"\nimport "strings"\n\nfunc main() {\n\tfmt.Println(strings.ToUpper("x"))\n}\n';
  await step.page.waitForFunction(([root, text]) => root.source("main.go") === text, [await step.root.elementHandle(), want]).catch(() => {});
  assert.equal(await step.source(), want);
  await step.page.reload();
  const again = await new Step(step.page, "01-add").ready();
  assert.equal(await again.source(), want);
  await again.replace("package main\n\nfunc main() {\n");
  await again.root.locator(".cm-content").focus();
  await again.page.keyboard.press("Control+s");
  await again.root.locator(".cm-announced", { hasText: "Not formatted: main.go:4: syntax error" }).waitFor({ state: "attached", timeout: 60_000 });
});

test("the keys are listed by F1 and ?, and the list is what is bound", async () => {
  const step = await checked();
  await step.root.locator(".cm-content").focus();
  await press(step, "F1");
  const dialog = step.page.getByRole("dialog", { name: "Keys" });
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /F2Rename in all files/);
  assert.match(await dialog.textContent(), /Ctrl\+K then Ctrl\+I/);
  assert.deepEqual(await violations(step.page), []);
  await press(step, "Escape");
  await dialog.waitFor({ state: "detached" });
  assert.match(await step.page.evaluate(() => document.activeElement.className), /cm-content/);
  await step.root.locator(".run-button").focus();
  await press(step, "?");
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await step.root.locator(".cm-content").focus();
  await type(step, "?");
  assert.equal(await dialog.count(), 0, "in the editor it is a question mark");
});

test("files are added, renamed and removed by keyboard, and kept", async () => {
  const step = await checked();
  await step.root.getByRole("button", { name: "Add a file" }).focus();
  await press(step, "Enter");
  const name = step.page.getByLabel("Name of the new file");
  assert.equal(await name.inputValue(), "other.go");
  await name.fill("main.go");
  await press(step, "Enter");
  await step.page.locator(".ask-fault", { hasText: "There is a file main.go already." }).waitFor();
  assert.deepEqual(await violations(step.page), []);
  await name.fill("pets.go");
  await press(step, "Enter");
  await selectedTab(step).filter({ hasText: "pets.go" }).waitFor();
  await step.replace("package main\n\nvar answer = 42\n", "pets.go");
  await selectedTab(step).focus();
  await press(step, "F2");
  await step.page.getByLabel("New name").fill("zoo.go");
  await press(step, "Enter");
  await selectedTab(step).filter({ hasText: "zoo.go" }).waitFor();
  assert.equal(await step.source("zoo.go"), "package main\n\nvar answer = 42\n");
  await step.page.reload();
  const again = await new Step(step.page, "01-add").ready();
  assert.deepEqual(await again.root.locator('[role="tab"][data-file$=".go"]').allTextContents(), ["main.go", "zoo.go"]);
  assert.equal((await again.run()).reason, "ok");
  await again.root.locator('[role="tab"][data-file$=".go"]').nth(1).click();
  await again.page.keyboard.press("Delete");
  await again.root.locator('[role="tab"][data-file$=".go"]').nth(1).waitFor({ state: "detached" });
  await again.root.getByRole("button", { name: "Undo" }).click();
  await again.root.locator('[role="tab"][data-file$=".go"]').nth(1).waitFor();
  assert.equal(await again.source("zoo.go"), "package main\n\nvar answer = 42\n");
  assert.deepEqual(again.page.faults, []);
});

test("a checker that cannot be loaded is missed by nobody: the editor writes and runs", async () => {
  const step = await open({}, (page) => page.route(/checker\..*\.wasm/, (route) => route.abort()));
  await cursor(step, "session.Add(fluffy)");
  await type(step, "; _ = fluffy.Na");
  await press(step, "Control+Space", "Control+s", "F2", "Escape", "F12", "F8");
  await type(step, "me");
  assert.match(await step.source(), /_ = fluffy\.Name/);
  assert.equal((await step.run()).reason, "ok");
  assert.equal(await squiggle(step).count(), 0);
  assert.deepEqual(step.page.faults.filter((fault) => !/ERR_FAILED/.test(fault)), []);
});
