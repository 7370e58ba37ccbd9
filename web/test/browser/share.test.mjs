// Links to programs, the scratch page that opens them, and programs in somebody else's page.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveSite } from "./site.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveSite(); });
after(async () => { await browser?.close(); server?.close(); });

const at = (path) => new URL(path, server.url).href;
const code = (value) => "1" + deflateRawSync(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const hello = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("by link")\n}\n';

async function quiet(url, options) {
  const page = await openPage(browser, "about:blank", options);
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  await page.goto(url);
  return page;
}

test("a program goes into a link and comes out of it, and runs only when asked", async () => {
  const page = await quiet(at("lessons/01-models/"), { permissions: ["clipboard-read", "clipboard-write"] });
  const step = await new Step(page, "06-unique").ready();
  const text = (await step.source()) + "// shared: 世界\n";
  await step.replace(text);
  await step.root.getByRole("button", { name: "More", exact: true }).click();
  await step.root.getByRole("button", { name: "Copy a link to this program" }).click();
  const link = await step.root.getByLabel("Link to this program").inputValue();
  assert.ok(link.startsWith(at("scratch/#code=1")) && link.length < 4000, link);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  const opened = await quiet(link);
  const shared = await new Step(opened, "shared").ready();
  assert.equal(await shared.source(), text);
  assert.equal(await shared.source("pets.go"), await step.source("pets.go"));
  assert.match(await shared.root.locator('.notice[data-notice="warning"]').textContent(), /runs only when you press Run/);
  await opened.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve))); // what begins by itself has begun
  assert.equal(await shared.root.getAttribute("data-state"), null);
  assert.deepEqual(await violations(opened), []);
  await shared.replace(text + "// mine\n");
  await opened.reload();
  assert.equal(await (await new Step(opened, "shared").ready()).source(), text + "// mine\n", "edits of a shared program are kept");
  assert.deepEqual(opened.faults, []);
  await opened.context().close();
  await page.context().close();
});

test("a program that is too long for a link is told so", async () => {
  const page = await quiet(at("scratch/"));
  const step = await new Step(page, "01-empty").ready();
  let noise = "";
  for (let i = 0; i < 27_000; i++) noise += String.fromCharCode(33 + Math.floor(Math.random() * 90));
  await step.replace(hello + "// " + noise);
  await step.root.getByRole("button", { name: "More", exact: true }).click();
  await step.root.getByRole("button", { name: "Copy a link to this program" }).click();
  assert.match(await step.root.locator('.notice[data-notice="share"]').textContent(), /too long for a link: it would have [\d,]+ characters, and 16,000 is the most/);
  await page.context().close();
});

const hostile = {
  "not packed": "1AAAA", "no base64": "1<script>alert(1)</script>", empty: "", "another version": "2" + code([]).slice(1),
  "not JSON": code("hello"), "no files": code([]), "not files": code([{ name: "x" }]), "a path": code([["../main.go", "x"]]),
  "not text": code([["main.go", 7]]), twice: code([["main.go", "x"], ["main.go", "y"]]), "too many": code(Array.from({ length: 21 }, (_, i) => [`f${i}.go`, ""])),
  "a bomb": code([["main.go", "x".repeat(8 << 20)]]), "too long": "1" + "A".repeat(17_000), "cut off": code([["main.go", hello]]).slice(0, -9),
};

test("hostile and damaged links are refused with a message", async () => {
  for (const [name, piece] of Object.entries(hostile)) {
    const page = await quiet(at(`scratch/#code=${piece}`));
    const notice = page.locator('.notice[data-notice="link"]');
    await notice.waitFor({ timeout: 10_000 });
    assert.match(await notice.textContent(), /link/, name);
    assert.equal(await page.locator("#shared").count(), 0, name);
    assert.deepEqual(page.faults, [], name);
    await page.context().close();
  }
});

test("markup in a shared program is text", async () => {
  const text = '</code><img src=x onerror="window.hit=1"><script>window.hit=1</script>';
  const page = await quiet(at(`scratch/#code=${code([["main.go", text]])}`));
  const step = await new Step(page, "shared").ready();
  assert.equal(await step.source(), text);
  assert.equal(await step.root.locator("img, script").count(), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  await page.context().close();
});

test("the scratch page shows one program, remembers which, and each is kept", async () => {
  const page = await quiet(at("scratch/"));
  const tabs = page.locator("orm-scratch > orm-tabs").getByRole("tab");
  await tabs.first().waitFor(); // the code of programs comes behind the page's
  assert.deepEqual(await tabs.allTextContents(), ["Empty", "Model", "Session", "text()", "Census", "Relationships"]);
  const step = await new Step(page, "01-empty").ready();
  assert.equal((await step.run(hello)).reason, "ok");
  assert.equal(await step.printed(), "by link\n");
  await page.getByRole("tab", { name: "Census" }).click();
  assert.ok(await step.root.isHidden());
  await page.reload();
  const census = await new Step(page, "05-census").ready();
  assert.equal((await census.run()).reason, "ok");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("another site embeds a step and a program; nothing but the loader comes before the reader asks", async () => {
  const blog = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><html lang="en"><title>A blog</title>
    <h1>A blog</h1><script defer src="${at("embed/orm-playground.js")}"></script>
    <orm-playground id="step" step="01-models/05-twice" theme="dark" height="640" label="Twice"></orm-playground>
    <orm-playground id="own"><pre>\n${hello}</pre></orm-playground>
    <orm-playground id="bad" step="../../x"></orm-playground>`));
  await new Promise((resolve) => blog.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${blog.address().port}/`;
  const page = await openPage(browser, "about:blank");
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(fetched.filter((one) => one.startsWith(server.url)), [at("embed/orm-playground.js")]);
  const press = (id) => page.locator(`#${id}`).getByRole("button", { name: "Run it here" }).click();
  for (const [id, name, printed] of [["step", "05-twice", null], ["own", "shared", "by link\n"]]) {
    await press(id);
    const frame = page.frameLocator(`#${id} iframe`);
    const step = frame.locator(`orm-step[id="${name}"]`);
    await step.locator(".run-button").click({ timeout: 60_000 });
    await step.and(frame.locator('[data-reason="ok"]')).waitFor({ timeout: 120_000 });
    if (printed) assert.equal(await step.locator(".output-stdout .printed").first().textContent(), printed);
  }
  assert.equal(await page.frameLocator("#step iframe").locator("html").getAttribute("data-theme"), "dark");
  assert.equal((await page.locator("#step iframe").boundingBox()).height, 640);
  await press("bad");
  assert.match(await page.locator("#bad .said").textContent(), /There is no step/);
  await page.context().close();
  blog.close();
});

test("the loader weighs at most 8 KB, the page that explains it has no faults", async () => {
  const loader = await (await fetch(at("embed/orm-playground.js"))).arrayBuffer();
  assert.ok(loader.byteLength <= 8 << 10, `${loader.byteLength} bytes`);
  for (const colorScheme of ["light", "dark"]) {
    const page = await quiet(at("embed/"), { colorScheme });
    await page.locator("orm-playground").first().waitFor();
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
  const frame = await quiet(at("embed/01-models/05-twice/"));
  await new Step(frame, "05-twice").ready();
  assert.deepEqual(await violations(frame), []);
  await frame.context().close();
});
