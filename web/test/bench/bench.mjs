// Prints, as Markdown, what a learner waits for: Run by stage, bytes on the wire, the engine beside sql.js.

import { readFile } from "node:fs/promises";
import { launch, openPage, squiggleAfter, Step } from "../browser/harness.mjs";
import { serveSite } from "../browser/site.mjs";
import { sqljs } from "./sqljs.mjs";
import { bytes, group } from "./wire.mjs";

const warmRuns = 20;
const squiggleRounds = 20;
const rows = 20_000;
const stages = ["load", "compile", "link", "instantiate", "run"];

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const p95 = (values) => sorted(values)[Math.ceil(values.length * 0.95) - 1];
const ms = (value) => `${Math.round(value)} ms`;

// From the click to the last row on the page, as the learner sees it.
async function timed(step, source) {
  await step.replace(source);
  const { done, click } = await step.root.evaluate((root) => new Promise((resolve) => {
    const start = performance.now();
    root.addEventListener("settled", (event) => resolve({ done: event.detail, click: performance.now() - start }), { once: true });
    root.querySelector(".run-button").click();
  }));
  if (done.reason !== "ok") throw new Error(`the benchmark's program ended badly: ${JSON.stringify(done)}`);
  return { ...done.timings, click };
}

async function open(browser, url, saveData) {
  const page = await openPage(browser, "about:blank");
  page.urls = new Set();
  page.context().on("request", (request) => page.urls.add(request.url()));
  if (saveData) await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  await page.goto(url);
  return { page, step: await new Step(page, "01-add").ready() };
}

async function runs(browser, url) {
  const { page, step } = await open(browser, url, true);
  const source = await step.source();
  const fresh = (i) => `${source}\n// Run ${i}: another text, so that nothing is taken from the run before.\n`;
  const first = await timed(step, fresh(0));
  const warm = [];
  for (let i = 1; i <= warmRuns; i++) warm.push(await timed(step, fresh(i)));
  await page.context().close();
  return { first, warm };
}

// A step that nobody changed, whose program came with the site: no compiler, no linker.
async function untouched(browser, url) {
  const { page, step } = await open(browser, url, true);
  const click = () => step.root.evaluate((root) => new Promise((resolve) => {
    const start = performance.now();
    root.addEventListener("settled", () => resolve(performance.now() - start), { once: true });
    root.querySelector(".run-button").click();
  }));
  const first = await click();
  const warm = [];
  for (let i = 0; i < warmRuns; i++) warm.push(await click());
  await page.context().close();
  return ["| a step that nobody changed, click to last row | |", "|---|---|",
    `| first Run | ${ms(first)} |`, `| next Run, median | ${ms(median(warm))} |`, `| next Run, p95 | ${ms(p95(warm))} |`].join("\n");
}

// From Stop to the end, and from there to the last row of the next run.
async function stopping(browser, url) {
  const { page, step } = await open(browser, url, true);
  const source = await step.source();
  await timed(step, source + "// warm\n");
  await step.replace('package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("on")\n\tfor {\n\t}\n}\n');
  await step.start();
  await step.root.locator(".printed", { hasText: "on" }).waitFor();
  const stop = await step.root.evaluate((root) => new Promise((resolve) => {
    const start = performance.now();
    root.addEventListener("settled", () => resolve(performance.now() - start), { once: true });
    root.querySelector(".stop-button").click();
  }));
  const next = await timed(step, source + "// after\n");
  await page.context().close();
  return ["| an endless loop | |", "|---|---|", `| Stop to the end of the run | ${ms(stop)} |`, `| the next Run, of a changed program | ${ms(next.click)} |`].join("\n");
}

function stageTable({ first, warm }) {
  const line = (name, key) => `| ${name} | ${ms(first[key])} | ${ms(median(warm.map((run) => run[key])))} | ${ms(p95(warm.map((run) => run[key])))} |`;
  return ["| stage | first Run | warm Run, median | warm Run, p95 |", "|---|---|---|---|",
    ...stages.map((stage) => line(stage, stage)), line("click to last row", "click")].join("\n");
}

// What came by then, at each stage of a first visit by one who saves data, and what an idle page fetches besides.
async function wireTable(browser, url) {
  const { page, step } = await open(browser, url, true);
  const stages = [];
  const note = async (name) => stages.push([name, new Set([...page.urls].filter((one) => one.startsWith("http")))]);
  await note("the page, to read");
  await step.run();
  await note("the first Run of a step that nobody changed");
  await timed(step, (await step.source()) + "// changed\n");
  await note("the first Run that compiles");
  await page.context().close();
  const idle = await open(browser, url, false);
  await idle.page.waitForLoadState("networkidle");
  stages.push(["an idle page, with the checker and its texts", new Set([...stages.at(-1)[1], ...[...idle.page.urls].filter((one) => one.startsWith("http"))])]);
  await idle.page.context().close();
  const seen = new Set(), lines = [];
  let total = 0;
  const mb = (n) => (n / 1e6).toFixed(2) + " MB";
  for (const [name, urls] of stages) {
    const sums = new Map();
    for (const one of urls) {
      if (seen.has(one)) continue;
      seen.add(one);
      const n = await bytes(one);
      total += n;
      sums.set(group(one), (sums.get(group(one)) ?? 0) + n);
    }
    const parts = [...sums].sort((a, b) => b[1] - a[1]).map(([part, n]) => `${part} ${mb(n)}`).join(", ");
    lines.push(`| ${name} | ${parts} | ${mb(total)} |`);
  }
  return ["| up to | on the wire | in all |", "|---|---|---|", ...lines].join("\n");
}

// Somebody comes back: the page is new, the browser's cache is not.
async function secondVisit(browser, url) {
  const clicks = [];
  for (let round = 0; round < 5; round++) {
    const first = await open(browser, url, true);
    const source = await first.step.source();
    await timed(first.step, `${source}\n// first ${round}\n`);
    const page = await first.page.context().newPage();
    await first.page.close();
    await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
    await page.goto(url);
    const step = await new Step(page, "01-add").ready();
    clicks.push((await timed(step, `${source}\n// second ${round}\n`)).click);
    await page.context().close();
  }
  return `| second visit, nothing loaded ahead, click to last row | ${ms(median(clicks))} median of 5 | ${ms(p95(clicks))} most |\n|---|---|---|`;
}

// All memory of the worker at work after some Runs: JavaScript's, and what its buffers and modules hold.
async function workerMemory(browser, url) {
  const { page, step } = await open(browser, url, true);
  const source = await step.source();
  for (let i = 0; i < 5; i++) await timed(step, `${source}\n// ${i}\n`);
  const session = await page.context().newCDPSession(page);
  const answers = new Map();
  const workers = [];
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => targetInfo.type === "worker" && workers.push({ sessionId, url: targetInfo.url }));
  session.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => answers.get(sessionId)?.(JSON.parse(message)));
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const lines = [];
  for (const { sessionId, url: script } of workers) {
    const ask = (id, method) => new Promise((resolve) => {
      answers.set(sessionId, (answer) => answer.id === id && resolve(answer.result));
      void session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    });
    await ask(1, "HeapProfiler.collectGarbage");
    const heap = await ask(2, "Runtime.getHeapUsage");
    const mb = (n) => `${(n / (1 << 20)).toFixed(0)} MiB`;
    lines.push(`| ${new URL(script).pathname.split("/").at(-1).split(".")[0]} | ${mb(heap.usedSize)} | ${mb(heap.backingStorageSize ?? 0)} |`);
  }
  await page.context().close();
  return ["| worker, after 5 Runs | JavaScript | buffers and memories of modules |", "|---|---|---|", ...lines].join("\n");
}

// From the key to the squiggle on the page: the pause that the editor waits for is part of it.
async function squiggles(browser, url) {
  const { page, step } = await open(browser, url, false);
  const source = await step.source();
  const clean = () => page.waitForFunction((root) => !root.querySelector(".cm-lintRange-error"), page.root);
  page.root = await step.root.elementHandle();
  await step.replace(`${source}\nvar x int = ""\n`);
  await page.waitForFunction((root) => root.querySelector(".cm-lintRange-error"), page.root, { timeout: 120_000 });
  await page.waitForLoadState("networkidle");
  const took = [];
  for (let i = 0; i < squiggleRounds; i++) {
    await step.replace(source);
    await clean();
    const line = source.slice(0, source.indexOf("fluffy.Name")).split("\n").length;
    await step.root.evaluate((root, line) => root.dispatchEvent(new CustomEvent("orm-locate", { detail: { file: "main.go", line, column: 13 } })), line);
    took.push(await squiggleAfter(step, "s"));
  }
  await page.context().close();
  return `| squiggle, from the key | ${ms(median(took))} median | ${ms(p95(took))} p95 |\n|---|---|---|`;
}

async function throughput(browser, url) {
  const { page, step } = await open(browser, url, true);
  const program = await readFile(new URL("testdata/throughput.go", import.meta.url), "utf8");
  await timed(step, program);
  const ours = (await step.printed()).trim().split("\n").map((line) => line.split(" ").map(Number));
  await page.context().close();
  const theirs = await sqljs(browser, rows);
  if (ours[0][2] !== theirs[0][2]) throw new Error(`the two engines read different rows: ${ours[0][2]} and ${theirs[0][2]}`);
  const each = (rounds, i) => `${(median(rounds.map((round) => round[i])) / rows).toFixed(2)} µs`;
  return ["| a row, median of 5 rounds of 20,000 | ormlab's engine, through the bridge | sql.js, in the page |", "|---|---|---|",
    `| prepared insert | ${each(ours, 0)} | ${each(theirs, 0)} |`, `| fetch | ${each(ours, 1)} | ${each(theirs, 1)} |`].join("\n");
}

const site = await serveSite();
const browser = await launch();
try {
  const url = new URL("lessons/02-sessions/", site.url).href;
  const measured = await runs(browser, url);
  console.log(`### In the page\n\n${browser.version()}, step 02-sessions/01-add, ${warmRuns} warm Runs of changed texts.\n`);
  console.log(stageTable(measured) + "\n");
  console.log(await wireTable(browser, url) + "\n");
  console.log(await secondVisit(browser, url) + "\n");
  console.log(await workerMemory(browser, url) + "\n");
  console.log(await untouched(browser, url) + "\n");
  console.log(await stopping(browser, url) + "\n");
  console.log(await squiggles(browser, url) + "\n");
  console.log(await throughput(browser, url));
} finally {
  await browser.close();
  site.close();
}
