// Every state in which a run can end, on the real site: what is announced, what is shown, and that the next Run works.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, Step } from "./harness.mjs";
import { main, withTable } from "./programs.mjs";
import { serveSite } from "./site.mjs";

let site, browser, shared;
before(async () => { browser = await launch(); site = await serveSite(); shared = await open(); });
after(async () => { await browser?.close(); site?.close(); });

const lesson = () => new URL("lessons/02-sessions/", site.url).href;

async function open(prepare = () => {}) {
  const page = await openPage(browser, "about:blank");
  await prepare(page);
  await page.goto(lesson());
  return listen(await new Step(page, "01-add").ready());
}

/** listen notes what the step's live region says. */
async function listen(step) {
  await step.root.evaluate((root) => {
    root.said = [];
    const status = root.querySelector('[role="status"]');
    new MutationObserver(() => root.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  return step;
}

/** heard is what it said since it was asked last. */
const heard = (step) => step.root.evaluate((root) => root.said.splice(0));

const next = main('fmt.Println("the next run")');

/** goesOn proves that the next Run works, and is announced. */
async function goesOn(step) {
  await heard(step);
  const done = await step.run(next);
  assert.equal(done.reason, "ok", JSON.stringify(done));
  assert.equal(await step.printed(), "the next run\n");
  assert.match((await heard(step)).at(-1), /^Done in /);
  assert.equal(await step.root.locator(".callout, .problems li").count(), 0, "nothing is left of the run before");
}

const ends = [
  { name: "ok", source: main('fmt.Println("fine")'), says: /^Done in / },
  { name: "compile", source: main("undeclared()"), says: "Compile error" },
  { name: "panic", source: main('panic("no pets")'), says: "Panicked", title: "The program panicked." },
  { name: "exit", source: main("os.Exit(3)", ["os"]), says: "Exit code 3", title: "The program ended itself with exit code 3." },
  { name: "deadlock", source: main("<-make(chan int)"), says: "Deadlock", title: "Every goroutine is waiting: deadlock." },
  { name: "recursion", source: main("forever(1)") + "\nfunc forever(n int) int { return forever(n+1) + 1 }\n", says: "Infinite recursion", title: "A function called itself without end." },
  { name: "memory", source: main("var all [][]byte\nfor {\n\tall = append(all, make([]byte, 32<<20))\n\tfmt.Print(len(all[0]) - 32<<20)\n}"), says: "Out of memory", title: "The program ran out of memory." },
  { name: "output", source: main('for {\n\tfmt.Println("again and again")\n}'), says: "Too much output", title: "The program printed more than the page shows." },
  { name: "stopped", source: main('fmt.Println("on")\nfor {\n}'), stop: true, says: "Stopped", title: "Stopped. The database is as it was before this run." },
];

for (const end of ends) {
  test(`${end.name}: announced last, once, shown, and the next Run works`, async () => {
    await heard(shared);
    await shared.replace(end.source);
    await shared.start();
    if (end.stop) {
      await shared.root.locator(".printed", { hasText: "on" }).waitFor({ timeout: 120_000 });
      await shared.stop();
    }
    const done = await shared.ended();
    assert.equal(done.reason, end.name, JSON.stringify(done));
    await shared.reason(end.name);
    const said = await heard(shared);
    assert.match(said.at(-1), end.says instanceof RegExp ? end.says : new RegExp(`^${end.says}$`), said.join(" | "));
    assert.equal(said.filter((text) => text === said.at(-1)).length, 1, said.join(" | "));
    if (end.title) assert.ok((await shared.root.locator(".callout-title").textContent()).startsWith(end.title));
    assert.equal(await shared.root.locator(".problems li").count() > 0, end.name === "compile");
    await goesOn(shared);
  });
}

test("none of these made the page complain", () => assert.deepEqual(shared.page.faults, []));

test("an engine that cannot be had is a crash that says what to do", async () => {
  const step = await open((page) => page.route(/\/engine\.[^/]*\.wasm/, (route) => route.abort()));
  const done = await step.run(withTable(""));
  assert.equal(done.reason, "crash", JSON.stringify(done));
  assert.equal((await heard(step)).at(-1), "Crashed");
  assert.match(await step.root.locator(".callout").textContent(), /Press Run to try again/);
  await step.page.unroute(/\/engine\.[^/]*\.wasm/);
  await goesOn(step);
  await step.page.context().close();
});

test("a network that is gone before anything was loaded is told, and Run works when it is back", async () => {
  const step = await open((page) => page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } })));
  await step.page.context().setOffline(true);
  const done = await step.run();
  assert.equal(done.reason, "crash", JSON.stringify(done));
  assert.match(await step.root.locator(".callout-hint").textContent(), /check the connection/);
  await step.page.context().setOffline(false);
  await goesOn(step);
  await step.page.context().close();
});

test("where nothing may be stored the page says so once, runs, and keeps databases as long as it lives", async () => {
  const step = await open((page) => page.addInitScript(() => {
    const denied = () => { throw new DOMException("denied", "SecurityError"); };
    Object.defineProperty(window, "localStorage", { get: denied });
    IDBFactory.prototype.open = denied;
  }));
  assert.equal((await step.run(withTable('must(add(ctx, e, "kept"))'))).reason, "ok");
  assert.equal((await step.run(withTable(""))).reason, "ok");
  assert.equal(await step.printed(), "1 rows\n");
  assert.equal(await step.page.locator('.notice[data-notice="storage"]').count(), 1);
  await goesOn(step);
  await step.page.context().close();
});

test("two tabs run the same step at once, each on a database of its own, and both go on", async () => {
  const one = await open();
  const two = await new Step(await one.page.context().newPage(), "01-add");
  await two.page.goto(lesson());
  await two.ready();
  const source = withTable('must(add(ctx, e, "tab"))');
  await one.replace(source);
  await two.root.locator('.notice[data-notice="elsewhere"]').waitFor();
  await two.replace(source);
  const [first, second] = await Promise.all([one.run(), two.run()]);
  assert.deepEqual([first.reason, second.reason], ["ok", "ok"]);
  await one.page.reload();
  await one.ready();
  assert.equal((await one.run(withTable(""))).reason, "ok");
  assert.match(await one.printed(), /^[12] rows\n$/, "what one of the tabs kept, whole");
  assert.equal((await two.run(next)).reason, "ok");
  assert.deepEqual(one.page.faults, []);
  await one.page.context().close();
});

test("a run ends on a page that asked for a frame and gets none, as one behind another tab", async () => {
  const step = await open();
  await step.page.evaluate(() => { window.requestAnimationFrame = () => 0; });
  const done = await step.root.evaluate((root) => new Promise((resolve) => {
    root.addEventListener("settled", (event) => resolve(event.detail), { once: true });
    root.querySelector(".run-button").click();
  }));
  assert.equal(done.reason, "ok");
  await step.page.context().close();
});
