// The same statement for SQLite, PostgreSQL and MySQL side by side, on recorded events and by real programs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveFixture } from "./fixture/server.mjs";
import { serveSite } from "./site.mjs";

let server, site, browser;
before(async () => { browser = await launch(); server = await serveFixture(); site = await serveSite(); });
after(async () => { await browser?.close(); server?.close(); site?.close(); });

const replay = (name) => `package main // replay: ${name}\n` + "\n".repeat(60);

async function open(name, options) {
  const step = await new Step(await openPage(browser, server.url, options), "01-add").ready();
  await step.run(replay(name));
  return step;
}

const others = (step) => step.root.getByRole("button", { name: /^Other databases/ });

// compare asks for the other databases, which runs the program again, and waits for that run's end.
async function compare(step) {
  await step.root.evaluate((root) => {
    root.ended = new Promise((resolve) => root.addEventListener("settled", (event) => resolve(event.detail), { once: true }));
  });
  await others(step).click();
  const done = await step.ended();
  await step.root.locator(".dialects").first().waitFor({ state: "attached" });
  return done;
}

// versions are the texts of one statement, by their headings.
const versions = (statement) => statement.locator(".dialect").evaluateAll((all) => all.map((one) =>
  [one.getAttribute("aria-label"), (one.querySelector(".sql") ?? one.querySelector(".dialect-error")).textContent.replace(/\s+/g, " ")]));

test("one press runs the program again and shows the statement for each database, with what differs marked", async () => {
  const step = await open("dialects");
  assert.equal(await step.root.locator(".dialects").count(), 0);
  assert.equal(await others(step).textContent(), "Other databases: run again");
  await compare(step);
  assert.equal(await others(step).textContent(), "Other databases");
  assert.equal(await others(step).getAttribute("aria-pressed"), "true");

  const rows = step.root.locator(".stream > .statement");
  assert.deepEqual((await versions(rows.nth(0))).map(([name]) => name), ["SQLite", "PostgreSQL", "MySQL"]);
  assert.deepEqual(await rows.nth(0).locator(".differs").allTextContents(), ["BIGSERIAL", "BIGINT", "AUTO_INCREMENT"]);
  assert.deepEqual(await versions(rows.nth(1)), [
    ["SQLite", "INSERT INTO pets (name) VALUES (?) RETURNING pets.id"],
    ["PostgreSQL", "INSERT INTO pets (name) VALUES ($1) RETURNING pets.id"],
    ["MySQL", "mysql has no RETURNING"],
  ]);
  assert.deepEqual(await rows.nth(1).locator(".bind").allTextContents(), ["text'Fluffy'"]);
  assert.deepEqual(await versions(rows.nth(2)), [["SQLite and PostgreSQL and MySQL", "SELECT pets.id FROM pets"]]);
  assert.deepEqual((await versions(rows.nth(3))).map(([name]) => name), ["SQLite and MySQL", "PostgreSQL"]);
  assert.match(await rows.nth(3).locator(".dialects-note").textContent(), /wrote this SQL itself/);
  assert.equal(await step.root.locator("img").count(), 0);
  assert.equal(await step.printed(), "made it\n");
  assert.equal(await step.root.locator(".output").count(), 1, "what a statement is elsewhere does not break printed text in two");
  assert.deepEqual(step.page.faults, []);
});

test("it is kept for later runs, and without it nothing is asked for", async () => {
  const step = await open("dialects");
  await compare(step);
  await step.run();
  assert.equal(await step.root.locator(".dialects").count(), 4);
  await others(step).focus();
  await step.page.keyboard.press("Space");
  assert.equal(await step.root.locator(".dialects").count(), 0);
  assert.equal(await others(step).getAttribute("aria-pressed"), "false");
  await step.page.keyboard.press("Space");
  assert.equal(await step.root.locator(".dialects").count(), 4, "this run knows them, so none is needed");
  await step.page.keyboard.press("Space");
  await step.run();
  assert.ok(!(await step.events()).some((event) => event.type === "dialects"));
  assert.equal(await others(step).textContent(), "Other databases: run again");
});

test("a text is copied as its database takes it, and laid out in its own way", async () => {
  const step = await open("dialects", { permissions: ["clipboard-read", "clipboard-write"] });
  await compare(step);
  const insert = step.root.locator(".stream > .statement").nth(1);
  await insert.getByRole("group", { name: "PostgreSQL" }).hover();
  await insert.getByRole("button", { name: "Copy PostgreSQL" }).click();
  await insert.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await step.page.evaluate(() => navigator.clipboard.readText()), "INSERT INTO pets (name) VALUES ($1) RETURNING pets.id");
  await step.root.getByRole("button", { name: "Formatted" }).click();
  await insert.locator(".sql", { hasText: /INSERT INTO\n\s+pets/ }).nth(1).waitFor();
  assert.deepEqual(await insert.locator(".differs").allTextContents(), ["$1"]);
});

test("columns where there is room, one below the other on a phone", async () => {
  for (const [width, columns] of [[1440, 2], [390, 1]]) {
    const step = await open("dialects", { viewport: { width, height: 900 } });
    await compare(step);
    const lefts = await step.root.locator(".dialects").first().locator(".dialect").evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)));
    assert.ok(new Set(lefts).size >= columns, `${width}: ${lefts}`);
    if (columns === 1) assert.equal(new Set(lefts).size, 1);
    assert.ok(await step.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await step.page.context().close();
  }
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing at ${width} px, ${colorScheme}`, async () => {
      const step = await open("dialects", { colorScheme, viewport: { width, height: 900 } });
      await compare(step);
      await step.page.evaluate(() => scrollTo(0, 0));
      assert.deepEqual(await violations(step.page), []);
    });
  }
}

test("differences are found word by word, whatever the white space", async () => {
  const { outputFiles } = await esbuild.build({ entryPoints: [new URL("../../src/result/differ.ts", import.meta.url).pathname], bundle: true, format: "esm", write: false });
  const { differences } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
  const marks = (base, text) => differences(base, text).map(({ from, to }) => text.slice(from, to));
  assert.deepEqual(marks("SELECT a\nFROM b", "SELECT a FROM b"), []);
  assert.deepEqual(marks("id INTEGER PRIMARY KEY", "id BIGINT PRIMARY KEY AUTO_INCREMENT"), ["BIGINT", "AUTO_INCREMENT"]);
  assert.deepEqual(marks("a = ? AND b = ?", "a = $1 AND b = $2"), ["$1", "$2"]);
  assert.deepEqual(marks("SELECT 'a b'", "SELECT 'a  b'"), ["'a  b'"]);
  assert.deepEqual(marks("", ""), []);
  assert.deepEqual(marks("x ".repeat(3000), "y ".repeat(3000)), [], "too long to tell");
});

test("the statements of the line where the cursor stands come into view, and neither the page nor the focus moves", async () => {
  for (const reducedMotion of ["reduce", "no-preference"]) {
    const step = await open("long", { reducedMotion });
    const last = step.root.locator(".stream > .statement").last();
    const result = step.root.locator("orm-result");
    await result.evaluate((pane) => { pane.scrollTop = 0; });
    const within = () => last.evaluate((one) => {
      const box = one.getBoundingClientRect(), pane = one.closest("orm-result").getBoundingClientRect();
      return box.top >= pane.top && box.bottom <= pane.bottom;
    });
    assert.equal(await within(), false);
    await step.root.locator(".cm-content").evaluate((content) => content.focus({ preventScroll: true }));
    const before = await step.page.evaluate(() => scrollY);
    await step.root.evaluate((root) => root.querySelector("orm-result").here("main.go", 45));
    await step.page.waitForFunction(() => {
      const one = [...document.querySelectorAll("#\\30 1-add .stream > .statement")].at(-1);
      const box = one.getBoundingClientRect(), pane = one.closest("orm-result").getBoundingClientRect();
      return box.top >= pane.top && box.bottom <= pane.bottom;
    });
    assert.equal(await step.page.evaluate(() => scrollY), before);
    assert.ok(await step.root.locator(".cm-content").evaluate((content) => content === document.activeElement));
    const at = await result.evaluate((pane) => pane.scrollTop);
    await step.root.evaluate((root) => root.querySelector("orm-result").here("main.go", 45));
    assert.equal(await result.evaluate((pane) => pane.scrollTop), at, "what is in view stays where it is");
    await step.page.context().close();
  }
});

test("a real program tells what its tables, inserts, upserts and queries are elsewhere", async () => {
  const step = await new Step(await openPage(browser, new URL("lessons/02-sessions/", site.url).href), "02-update").ready();
  await step.replace(`package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
)

func run(ctx context.Context, session *orm.Session) error {
	name := orm.C(&Pets.F.Name)
	insert := orm.Insert(Pets, "name", "hunger").Row("Fluffy", 3)
	if _, err := insert.Returning(orm.C(&Pets.F.ID)).All(ctx, session); err != nil {
		return err
	}
	if _, err := insert.OnConflict("name").DoUpdate(name.SetExpr(orm.Excluded(name))).Exec(ctx, session); err != nil {
		return err
	}
	_, err := orm.Select(name).Where(name.Eq("Fluffy")).Limit(2).All(ctx, session)
	return err
}
`);
  assert.equal((await step.run()).reason, "ok");
  assert.ok(!(await step.events()).some((event) => event.type === "dialects"), "no program tells what nobody asked");
  assert.equal((await compare(step)).reason, "ok");
  const of = async (text) => Object.fromEntries(await versions(step.root.locator(".statement", { hasText: text }).first()));
  const create = await of("CREATE TABLE pets");
  assert.match(create.SQLite, /AUTOINCREMENT/);
  assert.match(create.PostgreSQL, /id SERIAL/);
  assert.match(create.MySQL, /AUTO_INCREMENT/);
  const insert = await of("RETURNING");
  assert.match(insert.PostgreSQL, /VALUES \(\$1, \$2\) RETURNING pets\.id|VALUES \(\$1, \$2\) RETURNING id/);
  assert.match(insert.MySQL, /^mysql has no RETURNING/);
  const upsert = await of("ON CONFLICT");
  assert.match(upsert.PostgreSQL, /ON CONFLICT \(name\) DO UPDATE/);
  assert.match(upsert.MySQL, /ON DUPLICATE KEY UPDATE/);
  const limit = await of("LIMIT");
  assert.match(limit.PostgreSQL, /LIMIT \$2/);
  assert.match(limit["SQLite and MySQL"], /LIMIT \?/);
  assert.equal(await step.root.locator(".verb-begin .dialects, .verb-commit .dialects").count(), 0);
  assert.deepEqual(step.page.faults, []);

  await others(step).click();
  assert.equal((await step.run()).reason, "ok");
  assert.ok(!(await step.events()).some((event) => event.type === "dialects"));
});
