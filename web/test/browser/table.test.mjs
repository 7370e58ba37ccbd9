// Shown tables: sorted by what the values are, long ones without stalling, and taken along as CSV and JSON.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch, openPage, Step } from "./harness.mjs";
import { serveFixture } from "./fixture/server.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveFixture(); });
after(async () => { await browser?.close(); server?.close(); });

async function open(options) {
  const step = await new Step(await openPage(browser, server.url, options), "01-add").ready();
  await step.run("package main // replay: tables\n");
  return { step, long: step.root.locator(".shown").nth(0), short: step.root.locator(".shown").nth(1) };
}

const column = (table, i) => table.locator(`.rows tbody tr[aria-rowindex] td:nth-child(${i})`).allTextContents();

test("a column is sorted by what its values are, NULL last, and the third press brings the old order back", async () => {
  const { step, short } = await open();
  const before = await column(short, 1);
  const head = short.locator("th").first();
  await head.getByRole("button").focus();
  await step.page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  assert.deepEqual(await column(short, 1), ["-2", "9", "10", "9007199254740992", "9007199254740993", "NULL"]);
  await step.page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  assert.deepEqual(await column(short, 1), ["9007199254740993", "9007199254740992", "10", "9", "-2", "NULL"]);
  await short.locator("th").nth(1).getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), null);
  assert.deepEqual(await column(short, 2), ["", "=1+1", 'a "quoted", text', "b", "é", "line\nline"]);
  for (const order of ["descending", null]) {
    await short.locator("th").nth(1).getByRole("button").click();
    assert.equal(await short.locator("th").nth(1).getAttribute("aria-sort"), order);
  }
  assert.deepEqual(await column(short, 1), before);
  assert.deepEqual(await short.locator(".column-type").allTextContents(), ["int", "text", "bool"]);
});

test("of a long table only the rows in view are there, wherever it is scrolled to", async () => {
  const { long } = await open();
  assert.equal(await long.locator(".table-caption").textContent(), "Long list 12,000 rows, first 9,000 shown");
  assert.equal(await long.locator("table").getAttribute("aria-rowcount"), "9001");
  const scroller = long.locator(".table-scroll");
  const rows = long.locator("tbody tr[aria-rowindex]");
  const width = () => long.locator("th").nth(1).evaluate((th) => th.getBoundingClientRect().width);
  const first = await width();
  assert.ok(await rows.count() < 120, `${await rows.count()} rows`);
  const height = await scroller.evaluate((one) => one.scrollHeight);
  for (const part of [0.5, 1, 0.25]) {
    await scroller.evaluate((one, to) => { one.scrollTop = to * one.scrollHeight; }, part);
    await long.page().waitForFunction(([one, at]) => {
      const view = one.getBoundingClientRect();
      const seen = [...one.querySelectorAll("tbody tr[aria-rowindex]")].filter((row) => row.getBoundingClientRect().top < view.bottom - 1 && row.getBoundingClientRect().bottom > view.top + 50);
      const middle = Number(seen[Math.floor(seen.length / 2)]?.getAttribute("aria-rowindex") ?? 0);
      return seen.length >= 8 && Math.abs(middle - at * 9000) < 60;
    }, [await scroller.elementHandle(), part]);
    assert.ok(await rows.count() < 120);
    assert.equal(await scroller.evaluate((one) => one.scrollHeight), height, "the length does not change");
    assert.equal(await width(), first, "nor do the widths");
  }
  await scroller.evaluate((one) => { one.scrollTop = one.scrollHeight; });
  await long.locator('tr[aria-rowindex="9001"]').waitFor();
  await long.locator("th").first().getByRole("button").click();
  await long.locator('tr[aria-rowindex="9001"] td:text-is("8999")').waitFor();
  await scroller.evaluate((one) => { one.scrollTop = 0; });
  await long.locator('tr[aria-rowindex="2"] td:text-is("0")').first().waitFor();
});

test("a long value is cut in a long table, and whole on demand", async () => {
  const { long } = await open();
  const cell = long.locator('tr[aria-rowindex="7"] td').nth(3);
  assert.equal((await cell.textContent()).length, 300);
  assert.ok(await cell.evaluate((td) => td.scrollWidth > td.clientWidth));
  assert.equal(await cell.getAttribute("title"), "x".repeat(300));
});

test("a table is copied and saved in the order in which it stands", async () => {
  const { step, short, long } = await open({ permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true });
  const copied = async (name) => {
    await short.getByRole("button", { name }).click();
    const said = short.getByRole("button", { name: "Copied" });
    await said.waitFor();
    await said.waitFor({ state: "detached" }); // so that the next one is the only one
    return step.page.evaluate(() => navigator.clipboard.readText());
  };
  assert.equal(await copied("Copy CSV"), 'n,t,t\r\n9,b,true\r\n10,"a ""quoted"", text",false\r\n,"",\r\n9007199254740993,"line\nline",true\r\n9007199254740992,=1+1,true\r\n-2,é,false\r\n');
  await short.locator("th").first().getByRole("button").click();
  const json = await copied("Copy JSON");
  assert.deepEqual(JSON.parse(json)[0], { n: -2, t: "é", t_2: false });
  assert.deepEqual(JSON.parse(json).at(-1), { n: null, t: "", t_2: null });
  assert.equal(JSON.parse(json)[4].n, "9007199254740993", "what a number cannot hold is a text");
  const saved = async (name) => {
    const [download] = await Promise.all([step.page.waitForEvent("download"), long.getByRole("button", { name }).click()]);
    return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
  };
  const [csvName, csv] = await saved("Save CSV");
  assert.equal(csvName, "long-list.csv");
  assert.equal(csv.split("\r\n").length, 9002);
  const [jsonName, rows] = await saved("Save JSON");
  assert.equal(jsonName, "long-list.json");
  assert.equal(JSON.parse(rows).length, 9000);
  assert.deepEqual(step.page.faults, []);
});
