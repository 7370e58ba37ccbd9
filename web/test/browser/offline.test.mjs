// Without a network after one visit; a new version; the kill switch. On the site as a plain host serves it.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, openPage as open, Step } from "./harness.mjs";
import { serveStatic, writeSite } from "./static.mjs";

let site, server, browser;
before(async () => { browser = await launch(); site = writeSite(); server = await serveStatic(site.dir); });
after(async () => { await browser?.close(); server?.close(); site?.remove(); });

const openPage = (on, url) => open(on, url, { serviceWorkers: "allow" });
const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.offline === "ready", null, { timeout: 120_000 });

test("after one visit everything works without a network: pages, untouched steps, changed ones", async () => {
  const page = await openPage(browser, new URL("lessons/01-models/", server.url).href);
  const step = await new Step(page, "01-declare").ready();
  assert.equal((await step.run()).reason, "ok");
  await ready(page);
  server.cut = true;
  await page.context().setOffline(true);
  await page.reload();
  await step.ready();
  assert.match(await page.locator('.notice[data-notice="offline"]').textContent(), /no network/);
  assert.equal((await step.run()).reason, "ok", "the program that was run before");
  const text = await step.source();
  const changed = await step.run(text.replace("package main", "package main // changed"));
  assert.equal(changed.reason, "ok", JSON.stringify(changed));
  const other = await new Step(page, "04-new").ready();
  assert.equal((await other.run()).reason, "ok", "a program that was not fetched before is compiled");
  for (const to of ["", "scratch/", "lessons/03-census/?from=here"]) {
    await page.goto(new URL(to, server.url).href);
    assert.notEqual(await page.locator("h1").textContent(), "", to);
  }
  server.cut = false;
  await page.context().close();
});

test("a page can be installed: its manifest and icons are there", async () => {
  const page = await openPage(browser, server.url);
  const cdp = await page.context().newCDPSession(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const { errors, data } = await cdp.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.equal(new URL(JSON.parse(data).start_url, new URL("manifest.webmanifest", server.url)).href, server.url);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  await page.context().close();
});

// A later version is the same site with another number and another title.
function laterVersion() {
  const dir = mkdtempSync(path.join(tmpdir(), "ormlab-later-"));
  cpSync(site.dir, dir, { recursive: true, filter: (name) => !name.includes("toolchain") && !/\.(br|gz)$/.test(name) });
  const change = (name, act) => writeFileSync(path.join(dir, name), act(readFileSync(path.join(dir, name), "utf8")));
  const version = /"version":"(\w+)"/.exec(readFileSync(path.join(dir, "sw.js"), "utf8"))[1];
  change("sw.js", (text) => text.replace(version, "later"));
  change("index.html", (text) => text.replace(version, "later").replace(/<h1>.*<\/h1>/, "<h1>Later</h1>"));
  change("scratch/index.html", (text) => text.replace(version, "later"));
  return dir;
}

test("a new version is shown at once where there is a network, and taken over when the reader agrees", async () => {
  const page = await openPage(browser, server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.reload();
  const later = laterVersion();
  server.dir = later;
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const notice = page.locator('.notice[data-notice="update"]');
  await notice.waitFor();
  await Promise.all([page.waitForEvent("load"), notice.getByRole("button", { name: "Load it" }).click()]);
  assert.equal(await page.locator("h1").textContent(), "Later");
  await page.context().setOffline(true);
  server.cut = true;
  await page.reload();
  assert.equal(await page.locator("h1").textContent(), "Later", "the new version is the one that is kept");
  server.cut = false;
  server.dir = site.dir;
  rmSync(later, { recursive: true });
  await page.context().close();
});

test("the kill switch makes browsers forget", async () => {
  const page = await openPage(browser, server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  const off = mkdtempSync(path.join(tmpdir(), "ormlab-off-"));
  cpSync(path.join(site.dir, "index.html"), path.join(off, "index.html"));
  writeFileSync(path.join(off, "sw.js"), readFileSync(path.join(site.dir, "sw.js"), "utf8").replace(/^self\.ormlab=.*\n/, 'self.ormlab={"off":true,"version":"","pages":[],"assets":[],"tools":[]};\n'));
  server.dir = off;
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
  });
  await page.waitForFunction(async () => (await caches.keys()).length === 0 && (await navigator.serviceWorker.getRegistrations()).length === 0, null, { polling: 200 });
  server.dir = site.dir;
  rmSync(off, { recursive: true });
  await page.context().close();
});
