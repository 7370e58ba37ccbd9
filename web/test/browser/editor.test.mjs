// The editor: keyboard, places, messages at their line, edits that are kept.

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

const replay = (step, name) => step.source().then((text) => text.replace("package main", `package main // replay: ${name}`));
const focused = (step) => step.page.evaluate(() => document.activeElement.className);
const cursorLine = (step) => step.root.locator(".cm-activeLineGutter").first().textContent();

test("Tab indents with a tab; Escape and then Tab leaves; the description says so", async () => {
  const step = await open();
  const content = step.root.locator(".cm-content");
  await content.locator(".cm-line").first().click();
  await step.page.keyboard.press("Home");
  await step.page.keyboard.press("Tab");
  assert.ok((await step.source()).startsWith("\tpackage main"));
  assert.match(await focused(step), /cm-content/);
  await step.page.keyboard.press("Escape");
  await step.page.keyboard.press("Tab");
  assert.match(await focused(step), /run-button/);
  const described = await content.getAttribute("aria-describedby");
  assert.match(await step.page.locator(`[id="${described}"]`).textContent(), /Escape and then Tab/);
});

test("Control+Enter runs from the editor", async () => {
  const step = await open();
  await step.root.locator(".cm-line").first().click();
  await step.page.keyboard.press("Control+Enter");
  await step.root.locator('orm-toolbar[data-state="ended"]').waitFor();
  await step.reason("ok");
});

test("a statement leads to its line, by mouse and keyboard, and the line to its statements", async () => {
  const step = await open();
  await step.run();
  const update = step.root.locator(".statement", { hasText: "UPDATE" });
  await update.locator(".line-button").focus();
  await step.page.keyboard.press("Enter");
  assert.equal(await cursorLine(step), "45");
  assert.match(await step.root.locator(".cm-line.line-found").textContent(), /session\.Commit/);
  assert.equal(await step.root.locator(".statement.is-here").count(), 3);
  await step.root.locator(".statement", { hasText: "CREATE" }).locator(".sql").click();
  assert.equal(await cursorLine(step), "30");
  assert.deepEqual(await step.root.locator(".statement.is-here .line-button").allTextContents(), ["30"]);
});

test("places follow edits above them", async () => {
  const step = await open();
  await step.run();
  await step.root.locator(".cm-line").first().click();
  await step.page.keyboard.press("End");
  await step.page.keyboard.press("Enter");
  await step.root.locator(".statement", { hasText: "UPDATE" }).locator(".line-button").click();
  assert.equal(await cursorLine(step), "46");
  assert.equal(await step.root.locator(".statement.is-here").count(), 3);
});

test("compile errors stand in a list and at their place, and go with the next run", async () => {
  const step = await open();
  const original = await step.source();
  await step.run(await replay(step, "compile"));
  assert.equal(await step.root.locator(".problems li").count(), 2);
  const second = step.root.locator(".problems .place-button").nth(1);
  assert.equal(await second.textContent(), "main.go:44:18");
  await second.click();
  assert.equal(await cursorLine(step), "44");
  assert.equal(await step.root.locator(".cm-lintRange-error").count() > 0, true);
  assert.equal(await step.root.locator(".cm-lint-marker-error").count() > 0, true);
  await step.run(original);
  assert.equal(await step.root.locator(".cm-lintRange-error, .problems").count(), 0);
  assert.deepEqual(step.page.faults, []);
});

test("a panic marks its line, and the callout leads there", async () => {
  const step = await open();
  await step.run(await replay(step, "failing"));
  await step.root.locator(".callout .place-button").click();
  assert.equal(await cursorLine(step), "36");
  assert.match(await step.root.locator(".cm-line.line-failed").textContent(), /fluffy := Pets\.New/);
});

test("edits outlive a reload; Reset brings the original back and Undo the edit", async () => {
  const step = await open();
  const original = await step.source();
  assert.ok(await step.root.locator(".reset-button").isHidden());
  await step.replace("package main // mine\n");
  await step.page.reload();
  const again = await new Step(step.page, "01-add").ready();
  assert.equal(await again.source(), "package main // mine\n");
  await again.root.locator(".reset-button").click();
  assert.equal(await again.source(), original);
  await again.root.locator(".cm-content").focus();
  await again.page.keyboard.press("Control+z");
  assert.equal(await again.source(), "package main // mine\n");
});

test("without storage everything but keeping works", async () => {
  const context = { viewport: { width: 1440, height: 900 } };
  const page = await openPage(browser, "about:blank", context);
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } }));
  await page.goto(server.url);
  const step = await new Step(page, "01-add").ready();
  await step.replace("package main // replay: silent\n");
  assert.equal((await step.run()).reason, "ok");
  await page.locator(".theme-button").click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.deepEqual(page.faults, []);
});

test("the files of a step are tabs, by mouse and arrow keys", async () => {
  const page = await openPage(browser, server.url);
  const step = await new Step(page, "02-files").ready();
  await step.root.locator('[role="tab"]').first().focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await step.root.locator(".cm-content").textContent(), /func greet/);
  assert.equal(await step.root.locator('[role="tab"][data-file$=".go"][aria-selected="true"]').textContent(), "greet.go");
  await step.root.locator('[role="tab"]').first().click();
  assert.match(await step.root.locator(".cm-content").textContent(), /func main/);
  await step.replace("package main // changed\n", "greet.go");
  assert.equal(await step.source("greet.go"), "package main // changed\n");
});

test("the editor opens only near the visible part of the page", async () => {
  const page = await openPage(browser, server.url, { viewport: { width: 390, height: 500 } });
  await page.locator("orm-step.live").first().waitFor();
  const second = new Step(page, "02-files");
  assert.equal(await second.root.locator(".cm-editor").count(), 0);
  assert.match(await second.root.locator("figure:not([hidden]) code").textContent(), /func main/);
  await second.ready();
});
