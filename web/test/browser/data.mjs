// A step whose program runs given statements on a database, and the tab in which that is in view.

import assert from "node:assert/strict";
import { openPage, Step } from "./harness.mjs";

/** program is one that runs statements on a database; "" is one in memory. */
export const program = (name, statements) => `package main

import (
	"context"

	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

func main() {
	ctx := context.Background()
	e, err := orm.Open("sqlite://${name && "/" + name}", orm.Options{})
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

/** Data drives the tab Database of a step. */
export class Data {
  /** open opens a page with the tab in view; name is the database's. */
  static async open(browser, site, { name = "look.db", ...options } = {}) {
    const data = new Data();
    data.name = name;
    data.page = await openPage(browser, new URL("lessons/01-models/", site.url).href, options);
    await data.#show();
    return data;
  }

  async #show() {
    this.step = await new Step(this.page, "01-declare").ready();
    this.db = this.step.root.locator("orm-database");
    this.line = this.db.locator(".db-editor .cm-content");
    await this.step.root.getByRole("tab", { name: "Database", exact: true }).click();
  }

  async reload() {
    await this.page.reload();
    await this.#show();
  }

  /** run runs a program with statements, all of which must succeed. */
  async run(...statements) {
    assert.equal((await this.step.run(program(this.name, statements))).reason, "ok");
  }

  tab(name) {
    return this.db.getByRole("tab", { name, exact: true }).click();
  }

  /** replace puts a text into the console, type also runs it, typed is what stands there. */
  async replace(text) {
    await this.line.click();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Delete"); // by the editor; over a selection Chromium inserts with a style attribute, which the policy forbids
    await this.page.keyboard.insertText(text);
  }

  async type(text) {
    await this.replace(text);
    await this.page.keyboard.press("Control+Enter");
  }

  async typed() {
    return (await this.line.locator(".cm-line").allTextContents()).join("\n");
  }

  async close() {
    assert.deepEqual(this.page.faults, []);
    await this.page.context().close();
  }
}
