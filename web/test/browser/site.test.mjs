// The real pages: what they fetch and when, and that every reader can use them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveSite } from "./site.mjs";

const lessons = ["01-models", "02-sessions", "03-census"];

let server, browser;
before(async () => { browser = await launch(); server = await serveSite(); });
after(async () => { await browser?.close(); server?.close(); });

const at = (path) => new URL(path, server.url).href;

// Opens a page and notes what it and its workers fetch.
async function watched(path, connection) {
  const page = await openPage(browser, "about:blank");
  page.fetched = [];
  page.context().on("request", (request) => page.fetched.push(request.url()));
  if (connection) await page.addInitScript((value) => Object.defineProperty(navigator, "connection", { value }), connection);
  await page.goto(at(path));
  return page;
}

const tools = (page) => page.fetched.filter((url) => url.includes("/toolchain/"));

for (const colorScheme of ["light", "dark"]) {
  for (const path of ["", ...lessons.map((name) => `lessons/${name}/`), "nowhere"]) {
    test(`axe finds nothing at /${path}, ${colorScheme}`, async () => {
      const page = await openPage(browser, at(path), { colorScheme });
      if (path.startsWith("lessons/")) await page.locator("orm-step .cm-editor").first().waitFor();
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(page.faults.filter((text) => path !== "nowhere" || !text.includes("404")), []);
      await page.context().close();
    });
  }
}

test("a page without steps fetches neither editor nor compiler", async () => {
  const page = await watched("");
  await page.waitForLoadState("networkidle");
  assert.deepEqual(tools(page), []);
  const scripts = page.fetched.filter((url) => url.endsWith(".js"));
  const sizes = await Promise.all(scripts.map(async (url) => (await (await fetch(url)).arrayBuffer()).byteLength));
  assert.ok(sizes.reduce((a, b) => a + b, 0) < 60_000, `${scripts} are ${sizes} bytes`);
  assert.ok(page.fetched.every((url) => url.startsWith(server.url)));
});

test("a lesson fetches the compiler by itself when the page is idle", async () => {
  const page = await watched("lessons/01-models/");
  await page.context().waitForEvent("request", { predicate: (request) => request.url().includes("/toolchain/"), timeout: 30_000 }).catch(() => {});
  assert.ok(tools(page).length > 0);
  await page.context().close();
});

test("who saves data fetches it only by Run, or by going into an editor", async () => {
  const page = await watched("lessons/01-models/", { saveData: true });
  const step = await new Step(page, "01-declare").ready();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(tools(page), []);
  assert.equal((await step.run()).reason, "ok");
  assert.ok(tools(page).length > 0);
  assert.ok(page.fetched.every((url) => url.startsWith(server.url) || url.startsWith("data:")), "no other origin");
  await page.context().close();
});

test("a compiler that cannot be fetched is said so, and Run tries again", async () => {
  const page = await watched("lessons/01-models/", { saveData: true });
  const step = await new Step(page, "01-declare").ready();
  await page.context().route("**/toolchain/**", (route) => route.abort());
  const failed = await step.run();
  assert.equal(failed.reason, "crash", JSON.stringify(failed));
  assert.match(await step.root.locator(".callout").textContent(), /Run to try again/);
  await page.context().unroute("**/toolchain/**");
  assert.equal((await step.run()).reason, "ok");
  await page.context().close();
});
