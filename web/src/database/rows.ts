// A page of a table's rows, in the order of a column.

import { button, h } from "../dom.ts";
import { count } from "../format.ts";
import type { DatabaseTables, PageQuestion, TablePage } from "../runner/protocol.ts";
import { alignment, headText, showValue, valueCell } from "./cell.ts";
import { reason, type View } from "./view.ts";

const rowsOfPage = 50;
const longest = 200; // bytes of a value in the table
const whole = 1 << 20; // and in a dialog

/** AskPage reads rows. */
export type AskPage = (question: PageQuestion) => Promise<TablePage>;

/** Rows shows a table, a page at a time. */
export class Rows implements View {
  readonly element = h("div");
  #ask: AskPage;
  #question: PageQuestion = { database: "", table: "", column: "", down: false, offset: 0, rows: rowsOfPage, longest };
  #total = 0;
  #asked = 0;
  #range = h("span", { class: "db-status", role: "status" });
  #first = button("First", "", () => this.#go(0));
  #previous = button("Previous", "", () => this.#go(this.#question.offset - rowsOfPage));
  #next = button("Next", "", () => this.#go(this.#question.offset + rowsOfPage));
  #last = button("Last", "", () => this.#go(Math.floor((this.#total - 1) / rowsOfPage) * rowsOfPage));
  #body = h("div");

  constructor(ask: AskPage) {
    this.#ask = ask;
    const pages = h("nav", { class: "db-pages", "aria-label": "Pages" }, this.#first, this.#previous, this.#next, this.#last, this.#range);
    this.element.append(pages, this.#body);
  }

  /** show shows a table from its first row; one that is shown already stays at its page and in its order. */
  async show({ name: database }: DatabaseTables, table: string): Promise<void> {
    const { database: before, table: shown } = this.#question;
    if (database !== before || table !== shown) this.#question = { ...this.#question, database, table, column: "", down: false, offset: 0 };
    await this.#read();
  }

  #go(offset: number): void {
    this.#question = { ...this.#question, offset: Math.max(0, offset) };
    void this.#read();
  }

  async #read(): Promise<void> {
    const asked = ++this.#asked;
    const question = this.#question;
    try {
      const page = await this.#ask(question);
      if (asked !== this.#asked) return;
      if (page.rows.length === 0 && page.total > 0 && question.offset >= page.total) return this.#go(0); // the table has become shorter
      this.#total = page.total;
      this.#place(page);
      this.#draw(page);
    } catch (cause) {
      if (asked !== this.#asked) return;
      this.#range.textContent = "";
      this.#body.replaceChildren(h("p", { class: "db-bad", role: "alert" }, reason(cause)));
    }
  }

  // A button that has the focus must not vanish under it, so it only says that it is of no use.
  #place(page: TablePage): void {
    const { offset } = this.#question;
    const end = offset + page.rows.length;
    const more = page.total < 0 ? page.rows.length === rowsOfPage : end < page.total;
    const of = page.total < 0 ? "" : ` of ${count(page.total)}`;
    this.#range.textContent = page.rows.length === 0 ? "No rows" : `Rows ${count(offset + 1)}–${count(end)}${of}`;
    for (const [one, is] of [[this.#first, offset > 0], [this.#previous, offset > 0], [this.#next, more], [this.#last, more && page.total > 0]] as const) {
      const focused = one === document.activeElement;
      one.disabled = !is;
      if (focused && !is) (offset > 0 ? this.#first : this.#next).focus();
    }
  }

  #draw(page: TablePage): void {
    const { column, down, table, offset } = this.#question;
    const focused = this.#body.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.column : undefined;
    const heads = page.columns.map((one, i) => {
      const sorted = one.name === column;
      const sort = h("button", { type: "button", "data-column": one.name, onclick: () => this.#order(one.name) }, ...headText(one));
      return h("th", { scope: "col", class: alignment(page.rows.map((row) => row[i])), "aria-sort": sorted ? (down ? "descending" : "ascending") : "none" }, sort);
    });
    const rows = page.rows.map((row, i) => h("tr", null, ...row.map((cell, j) => {
      const name = page.columns[j]?.name ?? "";
      return valueCell(cell, { label: `show all of ${name} in row ${count(offset + i + 1)}`, show: () => void this.#whole(offset + i, j, name) });
    })));
    this.#body.replaceChildren(h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": `Rows of ${table}` },
      h("table", { class: "rows db-table" }, h("thead", null, h("tr", null, ...heads)), h("tbody", null, ...rows))));
    if (focused !== undefined) [...this.#body.querySelectorAll<HTMLElement>("th > button")].find((one) => one.dataset.column === focused)?.focus();
  }

  // Up, down, and as the rows are stored.
  #order(column: string): void {
    const { column: before, down } = this.#question;
    const next = before !== column ? { column, down: false } : down ? { column: "", down: false } : { column, down: true };
    this.#question = { ...this.#question, ...next, offset: 0 };
    void this.#read();
  }

  async #whole(row: number, column: number, name: string): Promise<void> {
    try {
      const { rows } = await this.#ask({ ...this.#question, offset: row, rows: 1, longest: whole });
      const cell = rows[0]?.[column];
      if (cell) showValue(`${name}, row ${count(row + 1)}`, cell);
    } catch (cause) {
      this.#range.textContent = reason(cause);
    }
  }
}
