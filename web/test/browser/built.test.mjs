// What the site has built ahead, and what outlives a page: on the real site.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, Step } from "./harness.mjs";
import { withTable } from "./programs.mjs";
import { serveSite } from "./site.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveSite(); });
after(async () => { await browser?.close(); server?.close(); });

const saveData = () => Object.defineProperty(navigator, "connection", { value: { saveData: true } });

async function open(id) {
  const page = await openPage(browser, "about:blank");
  page.fetched = [];
  page.context().on("request", (request) => page.fetched.push(request.url()));
  await page.addInitScript(saveData);
  await page.goto(new URL("lessons/01-models/", server.url).href);
  return new Step(page, id).ready();
}

const fetched = (step, name) => step.page.fetched.filter((url) => url.includes(name)).length;
const phases = async (step) => (await step.events()).flatMap((event) => (event.type === "phase" && event.phase !== "load" ? event.phase : []));

test("a step that nobody changed runs without the compiler; a changed one fetches it", async () => {
  const step = await open("05-twice");
  assert.equal((await step.run()).reason, "ok");
  assert.deepEqual(await phases(step), ["run"]);
  assert.deepEqual([fetched(step, "/programs/"), fetched(step, "/compile."), fetched(step, "/archives.")], [1, 0, 0]);
  const original = await step.source();
  assert.equal((await step.run(original.replace("package main", "package main // changed"))).reason, "ok");
  assert.deepEqual(await phases(step), ["compile", "link", "run"]);
  assert.deepEqual([fetched(step, "/programs/"), fetched(step, "/compile.")], [1, 1]);
  await step.page.context().close();
});

const counting = withTable(`
    reader := orm.NewSession(e)
    old, err := Rows.Select().All(ctx, reader)
    must(err)
    reader.Close()
    // wait
    must(add(ctx, e, fmt.Sprint(len(old))))`);

async function count(on) {
  const done = await on.run(counting);
  assert.equal(done.reason, "ok", JSON.stringify(done));
  return (await on.printed()).trim();
}

test("databases outlive the page, are shared by tabs, and can be emptied", async () => {
  const step = await open("05-twice");
  assert.equal(await count(step), "1 rows");
  await step.page.reload();
  await step.ready();
  assert.equal(await count(step), "2 rows", "after a reload");
  const page = await step.page.context().newPage();
  await page.goto(step.page.url());
  const other = await new Step(page, "05-twice").ready();
  assert.equal(await count(other), "3 rows", "in another tab");
  assert.equal(await count(step), "4 rows", "and back in the first, which has older ones in its engine");
  await step.root.getByRole("button", { name: "More", exact: true }).click();
  await step.root.getByRole("button", { name: "Empty its databases" }).click();
  await step.root.locator('.notice[data-notice="databases"]').waitFor();
  assert.equal(await count(step), "1 rows");
  await step.page.context().close();
});

test("a run that ends on databases that another tab has written meanwhile says so", async () => {
  const step = await open("05-twice");
  const page = await step.page.context().newPage();
  await page.goto(step.page.url());
  const other = await new Step(page, "05-twice").ready();
  await count(other);
  await step.replace(counting.replace("// wait", 'fmt.Println("waiting")\n    time.Sleep(4 * time.Second)').replace('"fmt"', '"fmt"\n\t"time"'));
  await step.start();
  await step.root.locator(".printed", { hasText: "waiting" }).waitFor({ timeout: 120_000 });
  assert.equal(await count(other), "2 rows");
  assert.equal((await step.ended()).reason, "ok");
  assert.match(await step.root.locator('.notice[data-notice="databases"]').textContent(), /Another tab ran this step at the same time/);
  await step.page.context().close();
});

const broken = {
  "does not let this page keep anything": () => { IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); }; },
  "storage for this site is full": () => { IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; },
};

for (const [says, breaks] of Object.entries(broken)) {
  test(`where the browser ${says}, databases live as long as the page`, async () => {
    const page = await openPage(browser, "about:blank");
    await page.addInitScript(saveData);
    await page.addInitScript(breaks);
    await page.goto(new URL("lessons/01-models/", server.url).href);
    const step = await new Step(page, "05-twice").ready();
    assert.equal(await count(step), "1 rows");
    assert.equal(await count(step), "2 rows");
    const other = await new Step(page, "04-new").ready();
    assert.equal(await count(other), "1 rows", "another step has its own");
    assert.equal(await count(step), "3 rows");
    assert.match(await page.locator('.notice[data-notice="storage"]').textContent(), new RegExp(says));
    await page.context().close();
  });
}
