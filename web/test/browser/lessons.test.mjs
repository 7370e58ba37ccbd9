// Every step of every lesson, run in the page as a reader does: its output and its SQL are the goldens.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import * as golden from "./golden.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { root, serveSite } from "./site.mjs";

const numbered = /^\d\d-/;
const folders = (dir) => readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory() && numbered.test(entry.name)).map((entry) => entry.name).sort();
const lessons = path.join(root, "lessons");

let server, browser;
before(async () => { browser = await launch(); server = await serveSite(); });
after(async () => { await browser?.close(); server?.close(); });

for (const lesson of [...folders(lessons), "scratch"]) {
  test(lesson, async (t) => {
    const page = await openPage(browser, new URL(lesson === "scratch" ? "scratch/" : `lessons/${lesson}/`, server.url).href);
    for (const name of folders(path.join(lessons, lesson))) {
      await t.test(name, async () => {
        const expected = (file) => readFileSync(path.join(lessons, lesson, name, "testdata", file), "utf8");
        if (lesson === "scratch") await page.evaluate((id) => { location.hash = id; }, name);
        const step = await new Step(page, name).ready();
        assert.equal(await step.source(), readFileSync(path.join(lessons, lesson, name, "main.go"), "utf8"));
        for (const time of ["first", "second"]) {
          const done = await step.run();
          const problems = await step.root.locator(".problem-message, .callout, .output-stderr").allTextContents();
          assert.equal(done.reason, "ok", problems.join("\n"));
          const events = await step.events();
          assert.equal(golden.output(events), expected("output.txt"), `${time} run`);
          if (time === "first") assert.equal(golden.statements(events), expected("statements.txt"));
        }
      });
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
