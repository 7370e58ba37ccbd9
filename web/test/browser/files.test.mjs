// Databases and tables as files, out and in again, hostile ones too; and the way back to the lesson's data.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { Data } from "./data.mjs";
import { launch } from "./harness.mjs";
import { serveSite } from "./site.mjs";

let site, browser;
before(async () => { browser = await launch(); site = await serveSite(); });
after(async () => { await browser?.close(); site?.close(); });

/** saved presses a button and gives the file that the browser is handed. */
async function saved(data, name) {
  const download = data.page.waitForEvent("download");
  await data.db.getByRole("button", { name, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

const choose = (data, name, content) =>
  data.db.getByLabel("File to import").setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });

/** bring chooses a file and imports it, into a database or table of that name. */
async function bring(data, name, content, into = {}) {
  await choose(data, name, content);
  for (const [label, value] of Object.entries(into)) await data.db.getByLabel(label).fill(value);
  await data.db.getByRole("button", { name: "Import", exact: true }).click();
}

const hostile = `<img src=x onerror="boom()">`;
const quoted = `"${hostile.replaceAll('"', '""')}"`;

test("a database goes out and comes in: as a file, as SQL, and a table as CSV", async () => {
  const data = await Data.open(browser, site);
  await data.run("CREATE TABLE owners (id INTEGER PRIMARY KEY)", "INSERT INTO owners VALUES (1)",
    `CREATE TABLE ${quoted} (id INTEGER PRIMARY KEY, name TEXT, b BLOB, owner INTEGER REFERENCES owners)`,
    `INSERT INTO ${quoted} VALUES (1, 'it''s, "so"', x'00ff', 1), (2, NULL, NULL, NULL), (3, '', NULL, NULL)`);
  await data.tab("Files");
  const file = await saved(data, "Save the database");
  assert.equal(file.name, "look.db");
  assert.equal(file.bytes.subarray(0, 15).toString(), "SQLite format 3");
  const dump = await saved(data, "Save as SQL");
  assert.match(dump.bytes.toString(), /^PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n/);
  await data.db.getByLabel("Table to save").selectOption(hostile);
  const csv = await saved(data, "Save as CSV");
  assert.equal(csv.bytes.toString(), `id,name,b,owner\r\n1,"it's, ""so""",x'00ff',1\r\n2,,,\r\n3,"",,\r\n`);

  await bring(data, "copy.db", file.bytes);
  await data.db.getByText("copy.db is the database of the file.").waitFor();
  assert.equal(await data.db.getByLabel("Database", { exact: true }).inputValue(), "copy.db");
  assert.deepEqual((await saved(data, "Save the database")).bytes, file.bytes);
  await bring(data, "dump.sql", dump.bytes, { "Into the database": "third.db" });
  await data.db.getByText("statements carried out.").waitFor();
  assert.equal((await saved(data, "Save as SQL")).bytes.toString(), dump.bytes.toString());
  await bring(data, "pets.csv", csv.bytes);
  await data.db.getByText("3 rows put into pets.").waitFor();
  await data.db.getByLabel("Table to save").selectOption("pets");
  assert.equal((await saved(data, "Save as CSV")).bytes.toString(), csv.bytes.toString());
  await data.tab("Changes");
  await data.db.getByText("new table: 3 rows added").first().waitFor();
  assert.equal(await data.db.locator("img, script").count(), 0);

  // What was brought in is kept, and a program finds it.
  await data.reload();
  await data.db.getByLabel("Database", { exact: true }).selectOption("third.db");
  await data.tab("Rows");
  await data.db.getByLabel("Table", { exact: true }).selectOption("pets");
  await data.db.getByText("Rows 1–3 of 3").waitFor();
  await data.close();
});

test("bad files change nothing and say what is wrong, also on a phone", async () => {
  const data = await Data.open(browser, site, { viewport: { width: 390, height: 844 } });
  await data.db.getByText("There is no database yet.").waitFor();
  await bring(data, "first.csv", "id,name\n1,Fluffy\n");
  await data.db.getByText("1 row put into first.").waitFor();
  await data.tab("Files");
  const told = (text) => data.db.locator(".db-files .db-bad").getByText(text).waitFor();
  await choose(data, `${hostile}.db`, "<html>".repeat(500));
  await told(`“${hostile}.db” is not an SQLite database: it does not begin as one.`);
  await choose(data, "notes.txt", "hello");
  await told("“notes.txt” is neither an SQLite database nor a file whose name ends in .sql or .csv.");
  await bring(data, "bad.db", "SQLite format 3\0" + "\x07".repeat(8192));
  await told("file is not a database");
  await bring(data, "bad.sql", "DELETE FROM first;\nINSERT INTO nobody VALUES (1);");
  await told("line 2, column 1: no such table: nobody. Nothing of the file was carried out.");
  await bring(data, "bad.csv", `id,name\n2,b\nx,${hostile}\n`.replaceAll(/,<.*/g, ",c"), { "Into the table": "first" });
  await told('row 3, column "id": "x" is not a number, as the type INTEGER wants it');
  await bring(data, "bad.csv", `id,${hostile.replaceAll('"', "")}\n`, { "Into the table": "first" });
  await told(`the table "first" has no column "<img src=x onerror=boom()>"`);
  await bring(data, "bad.db", "SQLite format 3\0" + "\x07".repeat(8192), { "Into the database": "file:x" });
  await told("in the playground a database has a plain name");
  for (const colorScheme of ["light", "dark"]) {
    await data.page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(data.page), [], colorScheme);
  }
  assert.ok(await data.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the page");
  await data.tab("Rows");
  await data.db.getByText("Rows 1–1 of 1").waitFor();
  assert.equal(await data.db.locator("img, script").count(), 0);
  await data.close();
});

test("a dropped file is taken, an import can be taken back, and so can the reset", async () => {
  const data = await Data.open(browser, site);
  await data.run("CREATE TABLE pets (name TEXT)", "INSERT INTO pets VALUES ('Fluffy')");
  await data.tab("Files");
  const files = await data.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["name\nTom\nKim\n"], "pets.csv"));
    return transfer;
  });
  await data.db.locator(".db-drop").dispatchEvent("drop", { dataTransfer: files });
  await data.page.keyboard.press("Enter"); // the first field has the focus
  await data.db.getByText("2 rows put into pets.").waitFor();
  await data.tab("Rows");
  await data.db.getByText("Rows 1–3 of 3").waitFor();
  await data.db.getByRole("button", { name: "Undo" }).click();
  await data.db.getByText("Rows 1–1 of 1").waitFor();
  await data.tab("Files");
  await data.db.getByRole("button", { name: "Reset to the lesson's data" }).click();
  await data.db.getByText("There is no database yet.").waitFor();
  await data.db.getByText("The databases are as the lesson has them").waitFor();
  assert.deepEqual(await violations(data.page), []);
  await data.db.getByRole("button", { name: "Undo" }).click();
  await data.db.getByText("The databases are back.").waitFor();
  await data.tab("Rows");
  await data.db.getByText("Rows 1–1 of 1").waitFor();
  await data.close();
});
