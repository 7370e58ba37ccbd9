// SQL by hand: results, errors with their place, several statements, history, what is kept, and what may not be done.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { Data } from "./data.mjs";
import { launch } from "./harness.mjs";
import { serveSite } from "./site.mjs";

let site, browser;
before(async () => { browser = await launch(); site = await serveSite(); });
after(async () => { await browser?.close(); site?.close(); });

test("statements are carried out, shown, kept, and told as changes", async () => {
  const data = await Data.open(browser, site);
  await data.run("CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO pets (name) VALUES ('Fluffy'), ('<b>Max</b>')");
  await data.tab("SQL");
  await data.type("INSERT INTO pets (name) VALUES ('Tom'), ('Kim'), ('Ida'); SELECT id, name, NULL AS no, x'00ff' AS b FROM pets ORDER BY name");
  await data.db.getByText("2 statements carried out.").waitFor();
  await data.db.getByText(/^3 rows affected/).waitFor();
  const cells = () => data.db.locator(".db-results tbody td").allTextContents();
  assert.deepEqual((await cells()).slice(0, 4), ["2", "<b>Max</b>", "NULL", "x'00ff'"]);
  await data.db.locator(".db-results").getByRole("button", { name: "id" }).click();
  assert.deepEqual((await cells()).slice(0, 2), ["1", "Fluffy"]);
  for (const colorScheme of ["light", "dark"]) {
    await data.page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(data.page), [], colorScheme);
  }
  await data.tab("Changes");
  await data.db.getByText("new table: 5 rows added").waitFor();
  await data.tab("Rows");
  await data.db.getByText("Rows 1–5 of 5").waitFor();

  // A later run finds what was typed, and so does the page when it is loaded again.
  await data.run("DELETE FROM pets WHERE name = 'Tom'");
  await data.db.getByText("Rows 1–4 of 4").waitFor();
  await data.reload();
  await data.db.getByText("Rows 1–4 of 4").waitFor();
  await data.tab("SQL");
  await data.type("UPDATE pets SET name = 'Moritz' WHERE id = 2");
  await data.db.getByText(/^1 row affected/).waitFor();
  await data.tab("Changes");
  await data.db.getByText("1 row changed").waitFor();
  assert.match(await data.db.locator("td.db-differs").textContent(), /^Moritzwas <b>Max<\/b>$/);
  await data.close();
});

test("errors in the database's words, with their place; what came before them stays", async () => {
  const data = await Data.open(browser, site);
  await data.run("CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT)");
  await data.tab("SQL");
  await data.type("INSERT INTO pets VALUES (7, 'é');\n SELECT é, FROM pets; DELETE FROM pets");
  const alert = data.db.getByRole("alert");
  await alert.waitFor();
  assert.equal(await alert.textContent(), 'line 2, column 12: near "FROM": syntax error');
  assert.equal(await data.db.locator(".cm-lintRange-error").textContent(), "FROM");
  await data.db.getByText("1 statement carried out. The next one failed; those before it stay carried out.").waitFor();
  await data.type("BEGIN; DELETE FROM pets");
  await data.db.getByText("The transaction was not committed, so it was rolled back.").waitFor();
  await data.type("ATTACH 'other.db' AS o");
  await data.db.getByText("ATTACH and VACUUM INTO are not available").waitFor();
  await data.type("SELECT count(*) AS n FROM pets");
  await data.db.getByText("1 statement carried out.").waitFor();
  assert.deepEqual(await data.db.locator(".db-results td").allTextContents(), ["1"]);
  await data.type("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
  await data.db.getByText(/^the first 500 rows/).waitFor();
  assert.deepEqual(await violations(data.page), []);
  await data.close();
});

test("history by the arrows, completion of tables and columns, and a way out by Tab", async () => {
  const data = await Data.open(browser, site, { viewport: { width: 390, height: 844 } });
  await data.run("CREATE TABLE census (province TEXT, people INTEGER)");
  await data.tab("SQL");
  await data.type("SELECT 1");
  await data.db.getByText("1 statement carried out.").waitFor();
  await data.type("SELECT 2 AS two");
  await data.db.locator(".db-results").getByRole("button", { name: "two" }).waitFor();
  await data.replace("typed");
  for (const [key, text] of [["ArrowUp", "SELECT 2 AS two"], ["ArrowUp", "SELECT 1"], ["ArrowUp", "SELECT 1"], ["ArrowDown", "SELECT 2 AS two"], ["ArrowDown", "typed"]]) {
    await data.page.keyboard.press(key);
    assert.equal(await data.typed(), text, key);
  }
  await data.replace("SELECT  FROM census");
  await data.page.keyboard.press("Home");
  for (let i = 0; i < 7; i++) await data.page.keyboard.press("ArrowRight");
  await data.page.keyboard.type("prov");
  await data.page.locator(".cm-tooltip-autocomplete").getByText("province").waitFor();
  await data.page.keyboard.press("Escape");
  await data.page.keyboard.press("Tab");
  assert.equal(await data.page.evaluate(() => document.activeElement.textContent), "Run SQL");
  assert.ok(await data.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the page");
  await data.reload();
  await data.tab("SQL");
  await data.line.click();
  await data.page.keyboard.press("ArrowUp");
  assert.equal(await data.typed(), "SELECT 2 AS two", "the history is kept");
  await data.close();
});

test("what was in memory can be asked, but not changed", async () => {
  const data = await Data.open(browser, site, { name: "" });
  await data.run("CREATE TABLE pets (name TEXT)", "INSERT INTO pets VALUES ('Fluffy')");
  await data.tab("SQL");
  await data.type("SELECT name FROM pets; DELETE FROM pets");
  await data.db.getByText("attempt to write a readonly database (what was in memory is kept to be looked at only)").waitFor();
  assert.deepEqual(await data.db.locator(".db-results td").allTextContents(), ["Fluffy"]);
  await data.close();
});
