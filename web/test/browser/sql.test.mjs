// The SQL beside the results: transactions, repeated queries, plans in words, the filter, copying, and the way to the line.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { launch, openPage, Step } from "./harness.mjs";
import { serveFixture } from "./fixture/server.mjs";

let server, browser;
before(async () => { browser = await launch(); server = await serveFixture(); });
after(async () => { await browser?.close(); server?.close(); });

const replay = (name, rest = "\n".repeat(60)) => `package main // replay: ${name}\n${rest}`;

async function open(name, rest, options) {
  const step = await new Step(await openPage(browser, server.url, options), "01-add").ready();
  await step.run(replay(name, rest));
  return step;
}

// A module of the page's, for its functions.
async function load(path) {
  const { outputFiles } = await esbuild.build({ entryPoints: [new URL(`../../src/${path}`, import.meta.url).pathname], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

test("transactions are nested, and say what they keep and take back", async () => {
  const step = await open("nested");
  const rows = await step.root.locator(".statement").evaluateAll((all) => all.map((one) =>
    [one.querySelector(".sql").textContent.split(" ")[0], Number(/depth-(\d)/.exec(one.className)?.[1]), one.classList.contains("undone")]));
  assert.deepEqual(rows, [
    ["BEGIN", 1, false], ["INSERT", 1, false], ["SAVEPOINT", 2, false], ["INSERT", 2, true], ["SAVEPOINT", 3, false], ["INSERT", 3, true],
    ["RELEASE", 3, false], ["ROLLBACK", 2, false], ["COMMIT", 1, false],
    ["BEGIN", 1, false], ["INSERT", 1, true], ["ROLLBACK", 1, false], ["BEGIN", 1, false], ["INSERT", 1, true],
  ]);
  const fact = async (text) => (await step.root.locator(".fact", { hasText: text }).allTextContents());
  assert.deepEqual(await fact("keeps"), ["keeps changes of 1 row"]);
  assert.deepEqual(await fact("takes back"), ["takes back changes of 2 rows", "takes back changes of 1 row"]);
  assert.deepEqual(await fact("rolled back"), ["rolled back", "rolled back", "rolled back", "rolled back: the transaction was never committed"]);
});

const model = (field) => `
type User struct {
	ID       int64 \`orm:"primary_key"\`
	${field}
}

var Users = orm.Declare[User]("users")
${"\n".repeat(36)}		comments, err := user.Comments.Load(ctx)
`;

test("a query for each object is told once, with its line and the remedy", async () => {
  const step = await open("lazy", model("Comments orm.Many[Comment]"));
  assert.equal(await step.source().then((text) => text.split("\n")[44].trim()), "comments, err := user.Comments.Load(ctx)");
  const advice = step.root.locator(".advice");
  assert.equal(await advice.count(), 1);
  assert.equal(await advice.textContent(), "N+1: 20 queries from line 45, one for each value. Read Comments of all objects by one query more, where they are read: Options(orm.SelectIn(&Users.F.Comments))");
  const first = step.root.locator(".stream > .statement").first();
  assert.match(await first.locator(".repeats").textContent(), /^× 4 more times, 400 µs/);
  assert.equal(await first.locator(".again-list .statement").count(), 4);
  assert.ok(await first.locator(".again-list .statement").first().isHidden());
  await first.locator(".again-details summary").click();
  assert.ok(await first.locator(".again-list .statement").first().isVisible());
  assert.equal(await step.root.locator(".totals-advice").textContent(), "N+1 line 45");
  await step.root.locator(".totals-advice button").click();
  await step.root.locator(".cm-line.line-found", { hasText: "user.Comments.Load" }).waitFor();
});

test("the remedy for a column that was not read, and for a line that says nothing", async () => {
  const deferred = await open("lazy", model("Comments orm.Deferred[string]"));
  assert.match(await deferred.root.locator(".advice").textContent(), /Options\(orm.Undefer\(&Users.F.Comments\)\)$/);
  const unknown = await open("lazy");
  assert.match(await unknown.root.locator(".advice").textContent(), /Options\(orm.SelectIn\(…\)\)$/);
});

test("printed text stays where it was among repeated queries", async () => {
  const step = await open("lazy");
  const kinds = await step.root.locator(".stream > .item").evaluateAll((all) => all.map((one) => one.classList.contains("output") ? one.textContent.trim() : "SQL"));
  assert.deepEqual(kinds.slice(0, 6), ["SQL", "user 5", "SQL", "user 6", "SQL", "user 7"]);
});

test("a plan says in words what is read whole", async () => {
  const step = await open("lazy");
  const plan = step.root.locator(".plan");
  assert.equal(await plan.locator("summary").textContent(), "Query plan: reads the whole table comments: 14 rows");
  const { explain } = await load("result/planwords.ts");
  const said = {
    "SCAN census": ["scan", "reads the whole table census"],
    "SCAN census USING INDEX ix_age": ["scan", "reads the whole table census in the order of its index ix_age"],
    "SCAN census USING COVERING INDEX ix_age": ["scan", "reads the whole index ix_age of census (everything the query needs stands there)"],
    "SEARCH census USING INDEX ix_state (state=?)": ["search", "uses index ix_state of census, by state = ?"],
    "SEARCH census USING COVERING INDEX ix (state=? AND age>?)": ["search", "uses index ix of census, by state = ? and age > ? (everything the query needs stands there)"],
    "SEARCH pets USING INTEGER PRIMARY KEY (rowid=?)": ["search", "finds rows of pets by the primary key"],
    "SEARCH pets USING INDEX sqlite_autoindex_pets_1 (name=?)": ["search", "finds rows of pets by the index of a UNIQUE or PRIMARY KEY constraint, by name = ?"],
    "SEARCH c USING AUTOMATIC COVERING INDEX (user_id=?) LEFT-JOIN": ["scan", "makes an index of c for this query alone, by user_id = ?: one that stays would save that"],
    "USE TEMP B-TREE FOR ORDER BY": ["other", "sorts what it has read, for ORDER BY: no index gives this order"],
    "CORRELATED SCALAR SUBQUERY 1": ["other", "runs this subquery again for each row"],
    "SOMETHING NEW": ["other", ""],
  };
  for (const [detail, [how, words]] of Object.entries(said)) assert.deepEqual(explain(detail), { how, words }, detail);
});

test("the filter shows the kind, the slow ones, and what contains a text", async () => {
  const step = await open("nested");
  const shown = () => step.root.locator(".stream > .item").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.querySelector(".line-button")?.textContent));
  const kind = step.root.getByLabel("Which entries");
  await kind.selectOption("write");
  assert.deepEqual(await shown(), ["11", "13", "15", "21", "25"]);
  assert.equal(await step.root.locator(".filter-found").textContent(), "5 of 14");
  const text = step.root.getByLabel("Search in this result");
  await text.fill("tom");
  assert.deepEqual(await shown(), ["21"]);
  await text.press("Escape");
  assert.deepEqual(await shown(), ["11", "13", "15", "21", "25"]);
  await kind.selectOption("");
  await text.fill("main.go:18");
  assert.deepEqual(await shown(), ["18"]);
  await text.fill("");
  assert.equal((await shown()).length, 14);
  await step.root.getByLabel("How slow").selectOption("100000");
  assert.equal((await shown()).length, 0);
});

test("the filter finds failed statements, those of other files, and those beyond the first entries; it outlives a run", async () => {
  const step = await open("hostile");
  await step.root.getByLabel("Which entries").selectOption("error");
  assert.equal(await step.root.locator(".stream > .item:visible").count(), 1);
  await step.run(replay("setup"));
  assert.equal(await step.root.locator(".stream > .item:visible").count(), 0);
  await step.root.getByLabel("Which entries").selectOption("", { force: true });
  await step.run(replay("flood"));
  await step.root.getByLabel("Search in this result").fill("SELECT 1499");
  assert.equal(await step.root.locator(".stream > .item:visible").count(), 2, "the statement and the callout");
});

test("SQL is copied, with its values too", async () => {
  const step = await open("nested", undefined, { permissions: ["clipboard-read", "clipboard-write"] });
  const insert = step.root.locator(".statement", { hasText: "INSERT" }).first();
  await insert.hover();
  const copied = () => step.page.evaluate(() => navigator.clipboard.readText());
  await insert.getByRole("button", { name: "Copy SQL" }).click();
  await insert.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await copied(), "INSERT INTO pets (name) VALUES (?)");
  await insert.getByRole("button", { name: "Copy with values" }).click();
  await insert.locator(".copy-button", { hasText: "Copied" }).nth(1).waitFor();
  assert.equal(await copied(), "INSERT INTO pets (name) VALUES ('Fluffy')");
});

test("values stand in the statement or beside it, and SQL is laid out in lines, as the reader chooses; it is kept", async () => {
  const step = await open("lazy");
  const first = step.root.locator(".stream > .statement").first().locator(".statement-text").first();
  const values = step.root.getByRole("button", { name: "Values in place" });
  const formatted = step.root.getByRole("button", { name: "Formatted" });
  assert.equal(await first.textContent(), "SELECT comments.id, comments.text FROM comments WHERE comments.user_id = ?int1");
  await values.click();
  assert.equal(await values.getAttribute("aria-pressed"), "true");
  assert.equal(await first.textContent(), "SELECT comments.id, comments.text FROM comments WHERE comments.user_id = 1");
  await formatted.click();
  await first.locator(".sql", { hasText: /FROM\n {2}comments\nWHERE\n {2}comments\.user_id = 1/ }).waitFor();
  await step.page.reload();
  await step.ready();
  await step.run(replay("lazy"));
  await first.locator(".sql", { hasText: /FROM\n {2}comments\nWHERE\n {2}comments\.user_id = 1/ }).waitFor();
  await step.run(replay("hostile"));
  assert.equal(await step.root.locator("orm-result img").count(), 0);
  await formatted.click();
  await values.click();
  await step.run(replay("lazy"));
  assert.equal(await first.textContent(), "SELECT comments.id, comments.text FROM comments WHERE comments.user_id = ?int1");
  assert.deepEqual(step.page.faults, []);
});

test("values are written as SQL, and only where a placeholder stands", async () => {
  const { withValues } = await load("result/literal.ts");
  const arg = (kind, text, cut) => ({ kind, text, cut });
  const told = (sql, ...args) => withValues({ sql, args });
  assert.equal(told("a = ? AND b = ?", arg("text", "it's ?"), arg("int", "5")), "a = 'it''s ?' AND b = 5");
  assert.equal(told(`'?' "?" [?] -- ?\n/* ? */ \`?\` ?`, arg("null", "")), `'?' "?" [?] -- ?\n/* ? */ \`?\` NULL`);
  assert.equal(told("?2 ?1 ?", arg("int", "1"), arg("int", "2"), arg("int", "3")), "2 1 3");
  assert.equal(told(":a :b :a", arg("int", "1"), arg("bool", "true")), "1 TRUE 1");
  assert.equal(told("? ?", arg("blob", "00ff"), arg("text", "long", 12)), "x'00ff' 'long' /* 12 bytes more */");
  assert.equal(told("? ?", arg("int", "1")), "1 ?");
});

test("what is under the pointer or has the focus is marked in the program; Alt with Enter goes the other way", async () => {
  const step = await open("nested", Array.from({ length: 40 }, (_, i) => `// line ${i + 2}`).join("\n"));
  const marked = (line) => step.root.locator(".cm-line.line-found", { hasText: new RegExp(`^// line ${line}$`) });
  await step.root.locator(".statement", { hasText: "'Rex'" }).hover();
  await marked(13).waitFor();
  await step.root.locator(".statement .line-button", { hasText: "21" }).focus();
  await marked(21).waitFor();
  assert.equal(await step.root.locator(".cm-line.line-found").count(), 1);
  await step.page.keyboard.press("Enter");
  assert.ok(await step.root.locator(".cm-content").evaluate((content) => content === document.activeElement));
  assert.equal(await step.root.locator(".statement.is-here .line-button").textContent(), "21");
  await step.page.keyboard.press("Alt+Enter");
  assert.equal(await step.page.evaluate(() => document.activeElement.textContent), "21");
  assert.equal(await step.source().then((text) => text.split("\n").length), 41, "the editor took no key");
});

test("names, values and errors are text, never markup", async () => {
  const step = await open("hostile");
  assert.equal(await step.root.locator("orm-result img").count(), 0);
  assert.match(await step.root.locator(".plan summary").first().textContent(), /<img src=x onerror=alert\(1\)>|Query plan/);
  assert.deepEqual(step.page.faults, []);
});
