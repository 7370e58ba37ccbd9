// Shown charts: drawn from the data, read by pointing and by keys, told in words, with their table one click away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveFixture } from "./fixture/server.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveFixture(); });
after(async () => { await browser?.close(); server?.close(); });

async function open(recording, options) {
  const step = await new Step(await openPage(browser, server.url, options), "01-add").ready();
  await step.run(`package main // replay: ${recording}\n`);
  await step.page.waitForFunction(() => {
    const charts = [...document.querySelectorAll(".shown-chart")];
    return charts.length > 0 && charts.every((chart) => chart.querySelector(".chart-picture, .chart-empty"));
  });
  return step;
}

const chartOf = (step, title) => step.root.locator(".shown-chart", { has: step.page.locator(".table-caption strong", { hasText: new RegExp(`^${title}$`) }) });
const attributes = (locator, ...names) => locator.evaluateAll((all, list) => all.map((one) => list.map((name) => Number(one.getAttribute(name)))), names);

test("a bar is as long as its number, from zero, and NULL has none", async () => {
  const step = await open("charts");
  const chart = chartOf(step, "People by state");
  const bars = await attributes(chart.locator(".bar"), "x", "width");
  assert.equal(bars.length, 5);
  assert.ok(Math.abs(bars[0][1] / bars[1][1] - 36609002 / 24214127) < 0.01);
  assert.equal(bars[4][1], 0);
  assert.deepEqual(await chart.locator(".chart-tick").allTextContents(), ["0", "20M", "40M"]);
  const change = chartOf(step, "Change by year");
  const [north, south] = await attributes(change.locator(".chart-picture .bar"), "x", "width");
  assert.ok(Math.abs(north[0] + north[1] - south[0]) < 0.1, "negative numbers go to the left of zero");
  assert.deepEqual(await change.locator(".chart-key li").allTextContents(), ["north", "south", "west"]);
  const fills = await change.locator(".chart-picture .bar").evaluateAll((bars) => bars.slice(0, 3).map((bar) => bar.getAttribute("fill")));
  assert.equal(new Set(fills).size, 3, "series differ by pattern, too");
  assert.deepEqual(step.page.faults, []);
});

test("the text alternative tells what the chart is, its range and its gaps", async () => {
  const step = await open("charts");
  const said = (title) => chartOf(step, title).getByRole("img").getAttribute("aria-label");
  assert.match(await said("People by state"), /^Bar chart: People by state\. 5 places by state, from California to unknown\. people: from 522,830 \(Wyoming\) to 36,609,002 \(California\), 1 gap\.$/);
  assert.match(await said("Weights of two pets"), /^Line chart: .* from 2026-01-01 to 2026-06-01\. Fluffy: from 3\.5 \(2026-01-01\) to 4\.25 \(2026-02-01\), 1 gap\. Rex: .*, 1 gap\.$/);
  assert.match(await said("People by age and sex"), /^Pyramid: .* 86 places by age, from 0 to 85\. F: .* M: /);
});

test("arrow keys read the values, and bring what they read into view", async () => {
  const step = await open("charts");
  const { keyboard } = step.page;
  const chart = chartOf(step, "People by age and sex");
  const reads = async (...keys) => {
    for (const key of keys) await keyboard.press(key);
    return chart.locator(".chart-value").textContent();
  };
  await chart.locator(".chart-scroll").focus();
  assert.equal(await reads("ArrowUp"), "age 0: F, 2,088,000");
  assert.equal(await reads("ArrowRight"), "age 0: M, 2,180,000");
  assert.equal(await reads("ArrowUp", "PageUp"), "age 11: M, 2,268,000");
  assert.equal(await reads("End", "ArrowUp"), "age 85: M, 625,000");
  assert.equal(await chart.locator(".marked").count(), 1);
  assert.match(await reads("Escape"), /arrow keys/);
  assert.equal(await chart.locator(".marked").count(), 0);
  const bars = chartOf(step, "People by state");
  await bars.locator(".chart-scroll").focus();
  await keyboard.press("End");
  assert.equal(await bars.locator(".chart-value").textContent(), "state unknown: NULL");
  const line = chartOf(step, "Weights of two pets");
  await line.locator(".chart-scroll").focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await keyboard.press(key);
  assert.equal(await line.locator(".chart-value").textContent(), "day 2026-02-01: Rex, 11.5", "places stand in the order of time");
  assert.match(await chart.locator(".chart-value").textContent(), /arrow keys/, "a chart without the focus reads nothing");
});

test("pointing reads a value", async () => {
  const step = await open("charts");
  const chart = chartOf(step, "People by state");
  await chart.locator(".bar").nth(1).hover();
  assert.equal(await chart.locator(".chart-value").textContent(), "state Texas: 24,214,127");
  await chart.locator(".table-caption").hover();
  assert.match(await chart.locator(".chart-value").textContent(), /arrow keys/);
  const line = chartOf(step, "Weights of two pets");
  await line.locator(".point").first().hover();
  assert.equal(await line.locator(".chart-value").textContent(), "day 2026-01-01: Fluffy, 3.5");
});

test("the table of the data is one click away, and is copied as tables are", async () => {
  const step = await open("charts", { permissions: ["clipboard-read", "clipboard-write"] });
  const chart = chartOf(step, "Weights of two pets");
  assert.ok(await chart.locator(".table-scroll").isHidden());
  await chart.getByRole("button", { name: "Show table" }).press("Enter");
  assert.deepEqual(await chart.locator("tbody tr").nth(1).locator("td").allTextContents(), ["2026-03-01", "3.75", "NULL"]);
  await chart.getByRole("button", { name: "Copy CSV" }).click();
  await chart.getByRole("button", { name: "Copied" }).waitFor();
  assert.match(await step.page.evaluate(() => navigator.clipboard.readText()), /^day,Fluffy,Rex\r\n2026-01-01,3\.5,11\r\n2026-03-01,3\.75,\r\n/);
  await chart.getByRole("button", { name: "Hide table" }).click();
  assert.ok(await chart.locator(".table-scroll").isHidden());
});

test("a gap in the data is a gap in the line, and times stand where they belong", async () => {
  const step = await open("charts");
  const chart = chartOf(step, "Weights of two pets");
  const [fluffy, rex] = await chart.locator(".chart-picture .line").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
  assert.equal(fluffy.match(/M/g).length, 2);
  assert.equal(rex.match(/M/g).length, 2);
  const xs = [...fluffy.matchAll(/[ML]([\d.]+)/g)].map((match) => Number(match[1]));
  assert.ok(Math.abs((xs[1] - xs[0]) / (xs[2] - xs[0]) - 31 / 59) < 0.01, xs.join());
});

test("empty, single, huge, many and no numbers", async () => {
  const step = await open("oddcharts");
  assert.equal(await chartOf(step, "Nothing").locator(".chart-empty").textContent(), "No rows to draw.");
  assert.equal((await attributes(chartOf(step, "One").locator(".bar"), "width"))[0][0] > 100, true);
  assert.equal(await chartOf(step, "One point").locator(".chart-picture .point").count(), 1);
  assert.deepEqual((await attributes(chartOf(step, "No numbers").locator(".bar"), "width")).flat(), [0, 0, 0]);
  assert.equal(await chartOf(step, "Many").locator(".bar").count(), 2000);
  assert.match(await chartOf(step, "Many").locator(".chart-note").textContent(), /^The first 2,000 of 10,000 places are drawn/);
  await chartOf(step, "Many").locator(".chart-scroll").focus();
  await step.page.keyboard.press("End");
  const seen = await chartOf(step, "Many").locator(".marked").evaluate((bar) => {
    const inner = bar.getBoundingClientRect(), outer = bar.closest(".chart-scroll").getBoundingClientRect();
    return inner.top >= outer.top && inner.bottom <= outer.bottom;
  });
  assert.ok(seen, "the last bar is scrolled to");
  const d = await chartOf(step, "Many points").locator(".chart-picture .line").getAttribute("d");
  assert.equal(d.match(/M/g).length, 101);
  const pictures = await step.root.locator(".chart-scroll svg").evaluateAll((all) => all.map((svg) => svg.outerHTML).join());
  assert.doesNotMatch(pictures, /\b(?:[xy][12]?|c[xy]|width|height|d)="[^"]*(?:NaN|Infinity)/);
  assert.deepEqual(step.page.faults, []);
});

test("what a program names is text, never markup", async () => {
  const step = await open("oddcharts");
  assert.equal(await step.root.locator(".stream :is(img, script)").count(), 0);
  const labels = await step.root.locator(".chart-picture .chart-label").allTextContents();
  assert.ok(labels.some((text) => text.startsWith("<img src=x onerror")), labels.at(-1));
  assert.ok((await step.root.locator(".chart-key li").allTextContents()).some((text) => text.startsWith("<img src=x")));
  assert.deepEqual(step.page.faults, []);
});

for (const [width, height] of [[1440, 900], [390, 844]]) {
  test(`at ${width} px charts fit, and axe finds nothing in either theme`, async () => {
    const step = await open("charts", { viewport: { width, height } });
    for (const colorScheme of ["light", "dark"]) {
      await step.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.deepEqual(await violations(step.page), []);
    }
    assert.ok(await step.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing scrolls sideways");
    const over = await step.root.locator(".chart-scroll").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
    assert.equal(over, 0);
  });
}

test("a chart is drawn anew when its width changes", async () => {
  const step = await open("charts");
  const picture = chartOf(step, "People by state").locator(".chart-picture");
  const before = Number(await picture.getAttribute("width"));
  await step.page.setViewportSize({ width: 390, height: 844 });
  await step.page.waitForFunction(([svg, width]) => svg.isConnected === false || Number(svg.getAttribute("width")) < width, [await picture.elementHandle(), before]);
  await step.page.waitForFunction(() => [...document.querySelectorAll(".chart-scroll")].every((one) => Number(one.querySelector(".chart-picture").getAttribute("width")) === one.clientWidth));
});

test("when the code of charts cannot be fetched, the table is there", async () => {
  const page = await openPage(browser, server.url);
  const step = await new Step(page, "01-add").ready();
  await page.route(/figure/, (route) => route.abort());
  await step.run("package main // replay: charts\n");
  await step.root.locator(".shown-chart .table-scroll").first().waitFor();
  assert.match(await step.root.locator(".chart").first().textContent(), /could not be fetched; here is the table/);
});
