// The page around the steps: without scripts, in both colour schemes, for every reader.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveFixture } from "./fixture/server.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveFixture(); });
after(async () => { await browser?.close(); server?.close(); });

test("without JavaScript the text, the program and its output can be read", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.url);
  assert.ok(await page.locator("orm-step figure code").first().isVisible());
  await page.locator("details.expected summary").first().click();
  assert.ok(await page.locator("details.expected pre").first().isVisible());
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing at ${width} px, ${colorScheme}`, async () => {
      const page = await openPage(browser, server.url, { colorScheme, viewport: { width, height: 900 } });
      const step = await new Step(page, "01-add").ready();
      const original = await step.source();
      assert.deepEqual(await violations(page), [], "before a run");
      for (const name of ["default", "compile", "failing", "census", "repeated", "nested", "lazy", "tables"]) {
        await step.run(original.replace("package main", `package main // replay: ${name}`.replace(" // replay: default", "")));
        await page.evaluate(() => scrollTo(0, 0)); // what the toolbar at the lower edge covers half is a matter of chance
        assert.deepEqual(await violations(page), [], name);
      }
      assert.deepEqual(page.faults, []);
    });
  }
}

test("the toggle's choice is kept and applied before the page is shown", async () => {
  const page = await openPage(browser, server.url, { colorScheme: "light" });
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.locator(".theme-button").click();
  const dark = await paper();
  assert.notEqual(dark, light);
  await page.addInitScript(() => document.addEventListener("readystatechange", () => { window.early ??= document.documentElement.dataset.theme; }));
  await page.reload();
  assert.equal(await paper(), dark);
  assert.equal(await page.evaluate(() => window.early), "dark");
});

test("nothing is wider than the page, and what is touched is large enough", async () => {
  const page = await openPage(browser, server.url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const step = await new Step(page, "01-add").ready();
  await step.run();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const small = await page.locator("orm-toolbar button, .theme-button, header.site a, .tab, nav.lessons a, summary, .show-more").evaluateAll((all) => all
    .filter((one) => one.checkVisibility()).map((one) => [one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([text, box]) => `${text} ${box.width}×${box.height}`));
  assert.deepEqual(small, []);
});
