// The database in view: pages of a table, what a run changed, hostile names and values, and all of it by keyboard.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveSite } from "./site.mjs";

let site, browser;
before(async () => { browser = await launch(); site = await serveSite(); });
after(async () => { await browser?.close(); site?.close(); });

/** sql is a program that runs statements on look.db, of Go's quoting. */
const sql = (...statements) => `package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

func main() {
	ctx := context.Background()
	e, err := orm.Open("sqlite:///look.db", orm.Options{})
	if err != nil {
		panic(err)
	}
	for _, statement := range []string{
${statements.map((one) => `\t\t${JSON.stringify(one)},`).join("\n")}
	} {
		if _, err := orm.Text(statement).Exec(ctx, e); err != nil {
			panic(err)
		}
	}
}
`;

const hostile = `<img src=x onerror="boom()">`;
const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)";
const fill = sql(
  "DROP TABLE IF EXISTS numbers", `DROP TABLE IF EXISTS "${hostile.replaceAll('"', '""')}"`,
  "CREATE TABLE numbers (i INTEGER PRIMARY KEY, square INTEGER, name TEXT, note TEXT)",
  `INSERT INTO numbers ${numbers} SELECT i, i * i, 'n' || (i % 7), NULL FROM n`,
  "UPDATE numbers SET note = replace(hex(zeroblob(600)), '00', 'long ') WHERE i = 3",
  `CREATE TABLE "${hostile.replaceAll('"', '""')}" ("<b>c</b>" TEXT, b BLOB)`,
  `INSERT INTO "${hostile.replaceAll('"', '""')}" VALUES ('<script>boom()</script>', x'00ff')`,
);

async function open(options) {
  const page = await openPage(browser, new URL("lessons/01-models/", site.url).href, options);
  const step = await new Step(page, "01-declare").ready();
  const db = step.root.locator("orm-database");
  const show = () => step.root.getByRole("tab", { name: "Database", exact: true }).click();
  const choose = (label, option) => db.getByLabel(label, { exact: true }).selectOption(option);
  const range = (text) => db.getByText(text, { exact: true }).waitFor();
  const column = (n) => db.locator(`tbody tr td:nth-child(${n})`).allTextContents();
  return { page, step, db, show, choose, range, column };
}

test("there is nothing to see before the first run, and it says so", async () => {
  const { page, db, show } = await open();
  await show();
  await db.getByText("There is no database yet.").waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("tables by pages, in the order of a column, with NULL and the whole of long values", async () => {
  const { page, step, db, show, choose, range, column } = await open();
  assert.equal((await step.run(fill)).reason, "ok");
  await show();
  await choose("Table", "numbers");
  await range("Rows 1–50 of 120");
  assert.equal((await column(1)).length, 50);
  assert.equal((await column(4))[0], "NULL");
  assert.equal(await db.getByRole("button", { name: "Previous" }).isDisabled(), true);
  await db.getByRole("button", { name: "Next" }).click();
  await range("Rows 51–100 of 120");
  assert.equal((await column(1))[0], "51");
  await db.getByRole("button", { name: "Last" }).focus();
  await page.keyboard.press("Enter");
  await range("Rows 101–120 of 120");
  assert.equal((await column(1)).length, 20);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "First", "the focus is not lost with the button's use");

  const square = db.getByRole("button", { name: /^square/ });
  await square.focus();
  await page.keyboard.press("Enter");
  await range("Rows 1–50 of 120");
  await page.keyboard.press("Enter");
  await db.locator('th[aria-sort="descending"]').waitFor();
  assert.deepEqual((await column(2)).slice(0, 2), ["14400", "14161"]);
  await page.keyboard.press("Enter");
  await db.locator('th[aria-sort="descending"]').waitFor({ state: "detached" });

  await db.getByRole("button", { name: "2.8 kB more: show all of note in row 3" }).click();
  const dialog = page.getByRole("dialog");
  assert.equal(await dialog.locator("pre").textContent(), "long ".repeat(600));
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("dialog").count(), 0);

  // What was chosen stays while the program runs again; the rows are the new ones.
  await step.run(sql("DELETE FROM numbers WHERE i > 60"));
  await range("Rows 1–50 of 60");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what a run changed, in both themes", async () => {
  const { page, step, db, show, choose } = await open();
  await step.run(fill);
  await show();
  await db.getByRole("tab", { name: "Changes" }).click();
  await db.getByText("new table: 120 rows added").waitFor();
  await db.getByText("100 of 120 rows shown.").waitFor();
  await step.run(sql("UPDATE numbers SET name = 'other' WHERE i = 7", "DELETE FROM numbers WHERE i = 8", "INSERT INTO numbers VALUES (500, NULL, '', 'x')"));
  await db.getByText("1 row added, 1 row changed, 1 row removed").waitFor();
  const changed = db.locator("tr.db-changed");
  assert.equal(await changed.locator("td").first().textContent(), "~ changed");
  assert.equal(await changed.locator("td.db-differs").textContent(), "otherwas n0");
  assert.equal(await changed.locator("td.db-differs").count(), 1);
  assert.match(await db.locator("tr.db-removed").textContent(), /^− removed864n1NULL/);
  assert.match(await db.locator("tr.db-added").textContent(), /^\+ added500NULLempty textx/);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(page), [], colorScheme);
  }
  await step.run(sql("SELECT 1"));
  await db.getByText("Nothing has changed since the last run began").waitFor();

  // Another step's run puts other databases in place: then nobody knows.
  const other = await new Step(page, "03-create-all").ready();
  await other.run();
  await step.root.scrollIntoViewIfNeeded();
  await db.getByRole("tab", { name: "Rows" }).click();
  await db.getByRole("tab", { name: "Changes" }).click();
  await db.getByText("is not known any more").waitFor();
  await db.getByRole("tab", { name: "Rows" }).click();
  await choose("Table", "numbers");
  await db.getByText("Rows 1–50 of 120").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a database in the program's memory can be looked at until the next run", async () => {
  const { page, step, db, show, column } = await open();
  await step.run(sql("CREATE TABLE pets (name)", "INSERT INTO pets VALUES ('Fluffy')").replace("sqlite:///look.db", "sqlite://"));
  await show();
  await db.getByText("Rows 1–1 of 1").waitFor();
  assert.match(await db.getByLabel("Database", { exact: true }).locator("option").textContent(), /^in memory \(main.go:\d+\)$/);
  assert.deepEqual(await column(1), ["Fluffy"]);
  await db.getByText("is gone too when the next program begins").waitFor();
  await db.getByRole("tab", { name: "Changes" }).click();
  await db.getByText("new table: 1 row added").waitFor();
  assert.deepEqual(await violations(page), []);

  // Looking at another step's databases takes nothing away; another step's run does.
  const other = await new Step(page, "03-create-all").ready();
  await other.root.getByRole("tab", { name: "Database", exact: true }).click();
  await other.root.locator("orm-database").getByText("There is no database yet.").waitFor();
  await step.root.scrollIntoViewIfNeeded();
  await db.getByRole("tab", { name: "Rows" }).click();
  await db.getByText("Rows 1–1 of 1").waitFor();
  await other.run();
  await show();
  await db.getByText("There is no database yet.").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("hostile names and values are text, also on a phone", async () => {
  const { page, step, db, show, choose } = await open({ viewport: { width: 390, height: 844 } });
  await step.run(fill);
  await show();
  await choose("Table", hostile);
  await db.getByText("Rows 1–1 of 1").waitFor();
  assert.match(await db.locator("thead").textContent(), /<b>c<\/b>TEXT/);
  assert.deepEqual(await db.locator("tbody td").allTextContents(), ["<script>boom()</script>", "x'00ff'"]);
  await db.getByRole("tab", { name: "Changes" }).click();
  await db.getByRole("heading", { name: hostile }).waitFor();
  assert.equal(await db.locator("img, script, b").count(), 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the page");
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
