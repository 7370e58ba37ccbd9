// A run from click to totals, on recorded events: order, states, and an end to every path.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, Step } from "./harness.mjs";
import { serveFixture } from "./fixture/server.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveFixture(); });
after(async () => { await browser?.close(); server?.close(); });

async function open(options) {
  const page = await openPage(browser, server.url, options);
  return new Step(page, "01-add").ready();
}

const replay = (name) => `package main // replay: ${name}\n` + "\n".repeat(60);

test("printed text, tables and statements stand in the order they happened", async () => {
  const step = await open();
  const done = await step.run();
  assert.equal(done.reason, "ok");
  const kinds = await step.root.locator(".stream > .item").evaluateAll((items) => items.map((item) =>
    item.querySelector(".sql")?.textContent.split(/\s/)[0] ?? (item.classList.contains("shown") ? "table" : "print")));
  assert.deepEqual(kinds, ["CREATE", "BEGIN", "INSERT", "COMMIT", "print", "BEGIN", "UPDATE", "COMMIT", "SELECT", "table"]);
  assert.equal(await step.printed(), "Fluffy is hungry: 20\n");
  await step.says("Done in 0.61 s");
  assert.match(await step.root.locator(".totals").textContent(), /8 statements.*1 row read.*2 rows written.*212|0\.21 s compile/);
  assert.deepEqual(step.page.faults, []);
});

test("a statement shows its binds with their kinds, its effect and its transaction", async () => {
  const step = await open();
  await step.run();
  const insert = step.root.locator(".statement", { hasText: "INSERT" });
  assert.deepEqual(await insert.locator(".bind").allTextContents(), ["text'Fluffy'", "text'Cat'", "int20"]);
  assert.match(await insert.locator(".facts").textContent(), /1 row affected\d+ µs/);
  assert.ok(await insert.evaluate((item) => item.classList.contains("in-tx")));
  assert.ok(!(await step.root.locator(".statement", { hasText: "CREATE" }).evaluate((item) => item.classList.contains("in-tx"))));
  const plan = step.root.locator(".plan");
  await plan.locator("summary").click();
  assert.equal(await plan.locator("li .plan-detail").textContent(), "SCAN pets");
});

test("a table names its extent, shows NULL and aligns numbers to the right", async () => {
  const step = await open();
  await step.run(replay("census"));
  assert.equal(await step.root.locator(".table-caption").textContent(), "8,772 rows, first 1,000 shown");
  const cell = step.root.locator('.rows tbody tr[aria-rowindex="5"]').locator("td").nth(3);
  assert.equal(await cell.textContent(), "NULL");
  assert.equal(await cell.evaluate((td) => getComputedStyle(td).textAlign), "right");
});

test("repeated statements are counted on the first", async () => {
  const step = await open();
  await step.run(replay("repeated"));
  assert.match(await step.root.locator(".repeats").textContent(), /× 41 more times, 41 rows affected, 512 µs/);
  assert.match(await step.root.locator(".totals").textContent(), /42 statements/);
});

test("statements of the program's other files are folded into one entry, which opens when one fails", async () => {
  const step = await open();
  await step.run(replay("setup"));
  const details = step.root.locator("details.setup");
  assert.equal(await details.locator("summary").textContent(), "43 statements from census.go");
  assert.equal(await details.locator(".statement").count(), 2);
  assert.ok(await details.locator(".statement").first().isHidden());
  assert.ok(await step.root.locator(".statement", { hasText: "SELECT 1" }).isVisible());
  await step.run(replay("setupfails"));
  assert.ok(await step.root.locator("details.setup .statement-error").isVisible());
});

const ends = [
  { name: "compile", reason: "compile", status: "Compile error", shows: ".problems" },
  { name: "failing", reason: "panic", status: "Panicked", shows: ".callout-panic" },
  { name: "exit", reason: "exit", status: "Exit code 3", shows: ".callout-exit" },
  { name: "silent", reason: "ok", status: "Done in 0.61 s", shows: ".silent" },
  { name: "flood", reason: "output", status: "Too much output", shows: ".callout-output" },
  { name: "reject", reason: "crash", status: "Crashed", shows: ".callout-crash" },
  { name: "mute", reason: "crash", status: "Crashed", shows: ".callout-crash" },
];

for (const end of ends) {
  test(`${end.name} ends in a defined state, and Run works again`, async () => {
    const step = await open();
    const original = await step.source();
    const done = await step.run(replay(end.name));
    assert.equal(done.reason, end.reason);
    await step.says(end.status);
    assert.equal(await step.root.locator(end.shows).count(), 1);
    await step.reason(end.reason);
    assert.equal((await step.run(original)).reason, "ok");
    assert.equal(await step.root.locator(end.shows).count(), 0);
  });
}

test("Stop ends a run that does not end; its statement says so; Run works again", async () => {
  const step = await open();
  const original = await step.source();
  await step.replace(replay("forever"));
  await step.start();
  await step.root.locator('orm-toolbar[data-state="running"]').waitFor();
  await step.says("Running…");
  assert.ok(await step.root.locator(".run-button").isHidden());
  await step.stop();
  assert.equal((await step.ended()).reason, "stopped");
  assert.equal(await step.root.locator(".statement .pending").textContent(), "not finished");
  assert.equal((await step.run(original)).reason, "ok");
});

test("another step waits for its turn, and Stop takes it out of the queue", async () => {
  const step = await open();
  const other = await new Step(step.page, "02-files").ready();
  await step.replace(replay("forever"));
  await step.start();
  await other.start();
  await other.says("Waiting for another step");
  await other.stop();
  assert.equal((await other.ended()).reason, "stopped");
  await other.start();
  await step.stop();
  assert.equal((await step.ended()).reason, "stopped");
  assert.equal((await other.ended()).reason, "ok");
});

test("loading shows bytes and is announced once", async () => {
  const step = await open();
  await step.root.evaluate((root) => {
    root.said = [];
    const status = root.querySelector('[role="status"]');
    new MutationObserver(() => root.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
    root.bytes = new Set();
    new MutationObserver(() => root.bytes.add(root.querySelector(".status-detail").textContent)).observe(root.querySelector(".status-detail"), { childList: true });
  });
  await step.run();
  assert.deepEqual(await step.root.evaluate((root) => root.said.filter((text) => text.startsWith("Loading"))), ["Loading the compiler"]);
  assert.ok((await step.root.evaluate((root) => [...root.bytes])).includes("3.3 of 13.2 MB"));
});

test("what a program prints is text, never markup", async () => {
  const step = await open();
  await step.run(replay("failing"));
  assert.equal(await step.printed(), "<b>bold</b> & <script>alert(1)</script>\n");
  assert.equal(await step.root.locator("orm-result").locator("b, script, img").count(), 0 + await step.root.locator(".totals b").count());
  assert.equal(await step.root.locator(".bind-value").textContent(), "'<img src=x onerror=alert(1)>'");
  assert.equal(await step.root.locator(".statement-error").textContent(), "UNIQUE constraint failed: pets.name");
});

test("a flood is shown in parts and does not stall the page", async () => {
  const step = await open();
  await step.run(); // what comes with the first run is no part of this
  await step.replace(replay("flood"));
  await step.page.evaluate(() => {
    window.flips = 0;
    const beat = () => { window.flips++; requestAnimationFrame(beat); };
    document.querySelector("orm-step").addEventListener("run-event", () => { if (!window.flips) beat(); });
  });
  await step.run();
  const frames = await step.page.evaluate(() => window.flips);
  assert.ok(frames >= 8, `6,000 events took the page only ${frames} frames`);
  assert.ok(await step.root.locator(".stream > .item").count() <= 401);
  assert.equal((await step.root.locator(".printed").first().textContent()).length, 6000);
  await step.root.locator(".show-more-items").click();
  assert.ok(await step.root.locator(".stream > .item").count() > 401);
  const items = step.root.locator(".stream > .item");
  assert.ok(await items.last().evaluate((item) => item.classList.contains("callout")), "the callout stays last");
});
