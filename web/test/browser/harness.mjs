// What every browser test needs: Chromium, a page that reports what goes wrong, and a step to run.

import { chromium } from "playwright-core";

/** launch starts Debian's Chromium (or the one that CHROMIUM names) with an empty profile. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/**
 * openPage opens a page of its own context; page.faults collects script errors and policy violations. Service workers
 * are for the tests that ask for them: a test that watches or cuts the network would miss what they fetch.
 */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block", ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(url);
  return page;
}

/** squiggleAfter presses a key in the editor and gives the milliseconds from the key to the squiggle on the page. */
export async function squiggleAfter(step, key) {
  await step.root.evaluate((root) => {
    root.squiggled = new Promise((resolve) => root.addEventListener("keydown", () => {
      const start = performance.now();
      const observer = new MutationObserver(() => {
        if (!root.querySelector(".cm-lintRange-error")) return;
        observer.disconnect();
        resolve(performance.now() - start);
      });
      observer.observe(root, { childList: true, subtree: true, attributes: true });
    }, { once: true, capture: true }));
  });
  await step.page.keyboard.press(key);
  return step.root.evaluate((root) => root.squiggled);
}

/** Step drives one orm-step of a page. */
export class Step {
  constructor(page, id) {
    this.page = page;
    this.root = page.locator(`orm-step[id="${id}"]`);
  }

  /** ready waits until the editor is open. */
  async ready() {
    await this.root.scrollIntoViewIfNeeded();
    await this.root.locator(".cm-content").waitFor();
    return this;
  }

  source(file = "main.go") {
    return this.root.evaluate((step, name) => step.source(name), file);
  }

  replace(text, file = "main.go") {
    return this.root.evaluate((step, [name, source]) => step.setSource(name, source), [file, text]);
  }

  /** start presses Run; ended waits for the end and gives the done event. */
  async start() {
    await this.root.evaluate((step) => {
      step.heard = [];
      step.hear ??= step.addEventListener("run-event", (event) => step.heard.push(structuredClone(event.detail))) ?? true;
      step.ended = new Promise((resolve) => step.addEventListener("settled", (event) => resolve(event.detail), { once: true }));
    });
    await this.root.locator(".run-button").click();
  }

  /** events are those of the last run. */
  events() {
    return this.root.evaluate((step) => step.heard);
  }

  ended() {
    return this.root.evaluate((step) => step.ended);
  }

  async run(text) {
    if (text !== undefined) await this.replace(text);
    await this.start();
    return this.ended();
  }

  stop() {
    return this.root.locator(".stop-button").click();
  }

  /** printed is what the program printed, in order, without statements and tables. */
  async printed(stream = "stdout") {
    return (await this.root.locator(`.output-${stream} .printed`).allTextContents()).join("");
  }

  /** statements are the SQL texts of the stream, in order. */
  statements() {
    return this.root.locator(".statement .sql").allTextContents();
  }

  /** says waits until the toolbar's status is that text. */
  says(text) {
    return this.root.locator(".status-text", { hasText: text }).waitFor();
  }

  /** reason waits until the step says that its run ended for that reason. */
  reason(reason) {
    return this.root.and(this.page.locator(`[data-reason="${reason}"]`)).waitFor();
  }
}
