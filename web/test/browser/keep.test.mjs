// What a step keeps: across reloads, between tabs, against a lesson that changes, and when nothing can be kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveFixture } from "./fixture/server.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveFixture(); });
after(async () => { await browser?.close(); server?.close(); });

const mine = "package main // mine\n";
const key = "ormlab:program:02-sessions/01-add";

async function open(options) {
  const page = await openPage(browser, server.url, options);
  return new Step(page, "01-add").ready();
}

const notice = (step, name) => step.root.locator(`.notice[data-notice="${name}"]`);
const press = (step, name, label) => notice(step, name).getByRole("button", { name: label, exact: true }).click();
const more = async (step, label) => {
  await step.root.getByRole("button", { name: "More", exact: true }).click();
  await step.root.getByRole("button", { name: label, exact: true }).click();
};

test("Reset can be taken back", async () => {
  const step = await open();
  const original = await step.source();
  await step.replace(mine);
  await step.root.locator(".reset-button").click();
  assert.equal(await step.source(), original);
  await press(step, "reset", "Undo");
  assert.equal(await step.source(), mine);
  assert.equal(await notice(step, "reset").count(), 0);
  await step.page.reload();
  assert.equal(await (await new Step(step.page, "01-add").ready()).source(), mine);
  await step.page.context().close();
});

test("an edit of a lesson that has changed since is told, compared, kept or given up", async () => {
  const step = await open();
  const original = await step.source();
  await step.replace(mine);
  const changed = () => step.page.evaluate((name) => localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), base: "older" })), key);
  await changed();
  await step.page.reload();
  await step.ready();
  assert.equal(await step.source(), mine);
  await press(step, "stale", "See the difference");
  const dialog = step.page.getByRole("dialog");
  await dialog.locator(".cm-changedLine, .cm-insertedLine").first().waitFor();
  assert.ok(await dialog.locator(".cm-deletedChunk").count() > 0);
  assert.deepEqual(await violations(step.page), []);
  await step.page.keyboard.press("Escape");
  await press(step, "stale", "Keep mine");
  await step.page.reload();
  await step.ready();
  assert.equal(await notice(step, "stale").count(), 0);
  await changed();
  await step.page.reload();
  await step.ready();
  await press(step, "stale", "Take the new one");
  assert.equal(await step.source(), original);
  assert.deepEqual(step.page.faults, []);
  await step.page.context().close();
});

test("two tabs do not overwrite each other", async () => {
  const step = await open();
  const page = await step.page.context().newPage();
  await page.goto(server.url);
  const other = await new Step(page, "01-add").ready();
  await step.replace("package main // first\n");
  await notice(other, "elsewhere").waitFor();
  await other.replace("package main // second\n");
  const kept = () => page.evaluate((name) => JSON.parse(localStorage.getItem(name)).files[0].text, key);
  assert.equal(await kept(), "package main // first\n", "nothing is written before the choice");
  await press(other, "elsewhere", "Keep this one");
  assert.equal(await kept(), "package main // second\n");
  await notice(step, "elsewhere").waitFor();
  await press(step, "elsewhere", "Take the other tab's");
  assert.equal(await step.source(), "package main // second\n");
  await step.replace("package main // third\n");
  assert.equal(await kept(), "package main // third\n", "after the choice both go on");
  await step.page.context().close();
});

test("storage that is full is told once, and the page works on", async () => {
  const page = await openPage(browser, "about:blank");
  await page.addInitScript(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  await page.goto(server.url);
  const step = await new Step(page, "01-add").ready();
  await step.replace(mine);
  await step.replace(mine + "\n");
  const told = page.locator('.page-notices .notice[data-notice="storage"]');
  assert.match(await told.textContent(), /storage for this site is full/);
  assert.equal(await told.count(), 1);
  assert.deepEqual(await violations(page), []);
  await step.replace("package main // replay: silent\n" + "\n".repeat(60));
  assert.equal((await step.run()).reason, "ok");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the menu opens and closes by keyboard, and compares", async () => {
  const step = await open();
  const button = step.root.getByRole("button", { name: "More", exact: true });
  await button.focus();
  await step.page.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.deepEqual(await violations(step.page), []);
  assert.ok(await step.root.getByRole("button", { name: "Compare with the original" }).isHidden(), "there is nothing to compare yet");
  await step.page.keyboard.press("Escape");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await step.replace(mine);
  await more(step, "Compare with the original");
  await step.page.getByRole("dialog").locator(".cm-deletedChunk").first().waitFor();
  await step.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  assert.equal(await step.page.getByRole("dialog").count(), 0);
  await step.page.context().close();
});

test("live mode is off by itself, kept when chosen, and runs after a pause", async () => {
  const step = await open();
  await step.page.clock.install();
  await step.page.reload();
  await step.ready();
  const replay = (name) => `package main // replay: ${name}\n` + "\n".repeat(60);
  await step.replace(replay("silent"));
  await step.page.clock.runFor(60_000);
  assert.equal(await step.root.getAttribute("data-state"), null);
  await step.page.clock.resume();
  await step.root.getByRole("button", { name: "More", exact: true }).click();
  await step.root.getByRole("checkbox", { name: /Run after each pause/ }).check();
  await step.page.reload();
  await step.ready();
  await step.replace(replay("exit"));
  await step.reason("exit");
  await step.replace(replay("forever"));
  await step.root.locator('orm-toolbar[data-state="running"]').waitFor();
  await step.replace(replay("silent"));
  await step.reason("ok");
  await step.page.context().close();
});
