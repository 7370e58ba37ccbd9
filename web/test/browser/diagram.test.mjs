// The diagram of tables: the models in the program's text beside the live database, what differs, and hostile names.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./axe.mjs";
import { launch, openPage, Step } from "./harness.mjs";
import { serveSite } from "./site.mjs";

let site, browser;
before(async () => { browser = await launch(); site = await serveSite(); });
after(async () => { await browser?.close(); site?.close(); });

const models = `
type Author struct {
	ID    int64  \`orm:"primary_key"\`
	Name  string \`orm:"size:40"\`
	Born  orm.Null[orm.Date]
	Posts orm.Many[Post]
}

type Post struct {
	ID       int64 \`orm:"primary_key"\`
	Title    string
	AuthorID int64           \`orm:"foreign_key:authors.id,on_delete:cascade"\`
	AnswerTo orm.Null[int64] \`orm:"foreign_key:posts.id"\`
	Tags     orm.Many[Tag]   \`orm:"secondary:posts_tags"\`
}

type Tag struct {
	Name string \`orm:"primary_key"\`
}

var (
	Authors = orm.Declare[Author]("authors")
	Posts   = orm.Declare[Post]("posts")
	Tags    = orm.Declare[Tag]("tags")
)
`;

/** program has those models, makes their tables unless it is told not to, and runs statements. */
const program = (declared, statements = [], all = "Authors, Posts, Tags") => `package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)
${declared}
func main() {
	ctx := context.Background()
	e, err := orm.Open("sqlite:///diagram.db", orm.Options{})
	if err != nil {
		panic(err)
	}
	if err := orm.CreateAll(ctx, e${all && `, ${all}`}); err != nil {
		panic(err)
	}
	for _, statement := range []string{${statements.map((one) => JSON.stringify(one)).join(", ")}} {
		if _, err := orm.Text(statement).Exec(ctx, e); err != nil {
			panic(err)
		}
	}
}
`;

async function open(options) {
  const page = await openPage(browser, new URL("lessons/01-models/", site.url).href, options);
  const step = await new Step(page, "01-declare").ready();
  const db = step.root.locator("orm-database");
  const show = () => step.root.getByRole("tab", { name: "Database", exact: true }).click();
  const diagram = async () => {
    await db.getByRole("tab", { name: "Diagram" }).click();
    await db.locator(".diagram-words").waitFor();
  };
  const again = () => db.getByRole("button", { name: "Read the program again" }).click();
  return { page, step, db, show, diagram, again };
}

/** boxes are the tables as drawn: the name, what is said of it, and its rows. */
const boxes = (db) => db.locator(".diagram-table").evaluateAll((all) => all.map((box) => [
  box.querySelector(".diagram-name").textContent, box.querySelector(".diagram-state").textContent,
  ...[...box.querySelectorAll(".diagram-row")].map((row) => [...row.querySelectorAll("text")].map((text) => text.textContent).filter(Boolean).join(" ")),
]));

async function accessible(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(page), [], colorScheme);
  }
}

test("before the first run the models are drawn by themselves", async () => {
  const { page, step, db, show } = await open();
  await step.replace(program(models));
  await show();
  await db.getByRole("button", { name: "Diagram of the models" }).click();
  await db.getByText("The tables that the models in the program's text describe.").waitFor();
  assert.deepEqual(await boxes(db), [
    ["authors", "Author", "PK id INTEGER", "name VARCHAR(40)", "born DATE NULL"],
    ["posts", "Post", "PK id INTEGER", "title VARCHAR", "FK author_id INTEGER", "FK answer_to INTEGER NULL"],
    ["tags", "Tag", "PK name VARCHAR"],
    ["posts_tags", "table", "PK FK post_id INTEGER", "PK FK tag_name VARCHAR"],
  ]);
  assert.equal(await db.locator(".diagram-arrow").count(), 4);
  assert.equal(await db.locator(".diagram-legend").count(), 0, "nothing is compared");
  await accessible(page);

  await step.replace("package main\n\nfunc main() { x := 1 }\n");
  await db.getByRole("button", { name: "Read the program again" }).click();
  await db.getByText("The text of this program declares no models. The program has mistakes, so some models may be missing.").waitFor();
  assert.equal(await db.locator("svg").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("models and database that say the same, and what differs once the text or the database has changed", async () => {
  const { page, step, db, show, diagram, again } = await open();
  assert.equal((await step.run(program(models))).reason, "ok");
  await show();
  await diagram();
  await db.getByText("They say the same.").waitFor();
  assert.equal(await db.locator(".diagram-arrow.diagram-same").count(), 4);

  // The text says something else now, and nothing has run.
  const changed = models.replace('Name  string `orm:"size:40"`', "Name  orm.Null[string]").replace("Title    string", "Heading  string")
    .replace(",on_delete:cascade", "").replace('`orm:"foreign_key:posts.id"`', "") + "\ntype Extra struct {\n\tID int64 `orm:\"primary_key\"`\n}\n\nvar Extras = orm.Declare[Extra](\"extras\")\n";
  await step.replace(program(changed, ["CREATE TABLE more (a, b TEXT)", "CREATE VIEW names AS SELECT name FROM authors"], ""));
  await again();
  const differences = db.locator(".diagram-differences li");
  await differences.first().waitFor();
  const expected = [
    "authors: name has the type VARCHAR(40) in the database and VARCHAR in the models, and may be NULL in the models only",
    "posts: heading is only in the models",
    "posts: title is only in the database",
    "posts: the foreign key author_id → authors.id has other ON DELETE or ON UPDATE actions in the models",
    "posts: the foreign key answer_to → posts.id is only in the database",
    "extras: the table is only in the models",
  ];
  assert.deepEqual(await differences.allTextContents(), expected);
  assert.deepEqual((await boxes(db)).slice(0, 2), [
    ["authors", "Author · ≠ differs", "PK id INTEGER", "≠ name VARCHAR(40), not VARCHAR", "born DATE NULL"],
    ["posts", "Post · ≠ differs", "PK id INTEGER", "+ heading VARCHAR", "FK author_id INTEGER", "FK answer_to INTEGER NULL", "− title VARCHAR"],
  ]);
  assert.equal(await db.locator(".diagram-arrow.diagram-differs").count(), 1);
  assert.equal(await db.locator(".diagram-arrow.diagram-database").count(), 1);
  await accessible(page);

  // A run redraws what is in view; a view is no difference.
  await step.run();
  await db.getByText("more: the table is only in the database").waitFor();
  assert.deepEqual(await differences.allTextContents(), [...expected, "more: the table is only in the database"]);
  assert.deepEqual((await boxes(db)).slice(-2), [["more", "table · − only in the database", "a NULL", "b TEXT NULL"], ["names", "view", "name VARCHAR(40) NULL"]]);

  // All of it is in words, too.
  await db.locator(".diagram-words > summary").focus();
  await page.keyboard.press("Enter");
  const words = db.locator(".diagram-words");
  await words.getByText("posts: author_id → authors.id, with other actions in the models").waitFor();
  await words.getByText("extras, mapped by Extra, only in the models").waitFor();
  await words.getByText("name: VARCHAR(40). Differs: name has the type").waitFor();
  await again();
  await words.getByText("posts: author_id → authors.id, with other actions in the models").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("hostile and large schemas on a phone: text, cut, and moved by keyboard", async () => {
  const { page, step, db, show, diagram } = await open({ viewport: { width: 390, height: 844 } });
  const hostile = `<img src=x onerror="boom()">`;
  const quote = (name) => `"${name.replaceAll('"', '""')}"`;
  const many = Array.from({ length: 60 }, (_, i) => `c${i} INTEGER`).join(", ");
  assert.equal((await step.run(program("", [
    "PRAGMA foreign_keys = OFF",
    `CREATE TABLE ${quote(hostile)} (${quote("<script>boom()</script>")} ${quote("<b>" + "x".repeat(300))}, __proto__ TEXT REFERENCES __proto__, self REFERENCES ${quote(hostile)})`,
    `CREATE TABLE __proto__ (constructor TEXT PRIMARY KEY, back TEXT REFERENCES ${quote(hostile)}, gone REFERENCES nowhere)`,
    `CREATE TABLE wide (${many})`,
  ], ""))).reason, "ok");
  await show();
  await diagram();
  await db.getByText("The text of this program declares no models.").waitFor();
  const drawn = await boxes(db);
  assert.deepEqual(drawn.map(([name]) => name).sort(), ["__proto__", `<img src=x onerror="boom()">`, "wide"].sort());
  assert.ok(drawn.flat().some((text) => text.startsWith("<script>boom()</script>")));
  assert.equal(drawn.find(([name]) => name === "wide").length, 2 + 40);
  await db.getByText("… and 20 more").waitFor();
  assert.equal(await db.locator(".diagram-arrow").count(), 3, "a table that is not there has no arrow");
  assert.equal(await db.locator("img, script, b").count(), 0);
  await db.locator(".diagram-words > summary").click();
  await db.getByText("__proto__: gone → nowhere").waitFor();

  const scroll = db.locator(".diagram-scroll");
  assert.ok(await scroll.evaluate((one) => one.scrollWidth > one.clientWidth));
  await scroll.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((one) => one.scrollLeft > 0, await scroll.elementHandle());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the page");
  await accessible(page);

  assert.equal((await step.run(program("", [`CREATE TABLE t0 (a)`, ...Array.from({ length: 130 }, (_, i) => `CREATE TABLE t${i + 1} (a REFERENCES t${i})`)], ""))).reason, "ok");
  await db.getByText("134 tables are too many to draw. They are listed below.").waitFor();
  await db.getByText("t130: a → t129").waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
