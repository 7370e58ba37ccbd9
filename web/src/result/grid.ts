// The rows of a table: sorted by a column, and of a long table only those in view and a few around them.

import { h } from "../dom.ts";
import type { ShowDoc } from "../runner/protocol.ts";
import { numeric, sorted, type Direction } from "./sorting.ts";

const wholeUpTo = 200; // rows; longer tables are windowed, with rows of one line
const around = 20; // rows outside the view that are there already
const widest = 40; // characters of a cell of a windowed table
const next: Record<Direction, Direction> = { "": "ascending", ascending: "descending", descending: "" };

/** Grid is the table within its scroller. */
export class Grid {
  readonly element: HTMLElement;
  #doc: Pick<ShowDoc, "columns" | "rows">;
  #rows: ShowDoc["rows"];
  #column = -1;
  #direction: Direction = "";
  #heads: HTMLTableCellElement[];
  #body = h("tbody");
  #from = -1; // the first row that is there, of a windowed table
  #height = 0; // of one row
  #waiting = false;

  constructor(doc: Pick<ShowDoc, "columns" | "rows">, name: string) {
    this.#doc = doc;
    this.#rows = doc.rows;
    this.#heads = doc.columns.map((column, i) => this.#head(column, i));
    const table = h("table", { class: "rows", "aria-rowcount": doc.rows.length + 1 },
      h("thead", null, h("tr", { "aria-rowindex": 1 }, ...this.#heads)), this.#body);
    this.element = h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": `Table: ${name}` }, table);
    if (this.#windowed) {
      table.classList.add("windowed");
      table.prepend(this.#widths(table));
      this.element.addEventListener("scroll", () => this.#later(), { passive: true });
      new ResizeObserver(() => this.#show()).observe(this.element); // also when it gets its place in the page
    }
    this.#fill();
  }

  /** rows are the rows in the order in which they stand now. */
  get rows(): ShowDoc["rows"] {
    return this.#rows;
  }

  get #windowed(): boolean {
    return this.#doc.rows.length > wholeUpTo;
  }

  #head(column: ShowDoc["columns"][number], i: number): HTMLTableCellElement {
    const type = column.type ? h("span", { class: "column-type" }, column.type) : null;
    const sort = h("button", { type: "button", class: "sort", onclick: () => this.#sort(i) }, h("span", { class: "column-name" }, column.name), type);
    return h("th", { scope: "col", class: numeric(column.type) ? "num" : "txt" }, sort);
  }

  #sort(column: number): void {
    this.#direction = next[this.#column === column ? this.#direction : ""];
    this.#column = column;
    this.#rows = sorted(this.#doc.rows, column, this.#doc.columns[column]!.type, this.#direction);
    for (const [i, head] of this.#heads.entries()) {
      if (i === column && this.#direction) head.setAttribute("aria-sort", this.#direction);
      else head.removeAttribute("aria-sort");
    }
    this.#fill();
  }

  #fill(): void {
    this.#from = -1;
    if (this.#windowed) this.#show();
    else this.#body.replaceChildren(...this.#rows.map((row, i) => this.#row(row, i)));
  }

  #later(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#show();
    });
  }

  // The rows that are not there have their room in two empty rows, above and below.
  #show(): void {
    if (this.#height === 0) this.#measure();
    const height = this.#height || 30; // until a row was laid out
    const first = Math.max(0, Math.floor(this.element.scrollTop / height) - around);
    const from = Math.min(first - first % around, Math.max(0, this.#rows.length - around));
    if (from === this.#from) return;
    this.#from = from;
    const to = Math.min(this.#rows.length, from + Math.ceil((this.element.clientHeight || 400) / height) + 3 * around);
    this.#body.replaceChildren(this.#room(from * height), ...this.#rows.slice(from, to).map((row, i) => this.#row(row, from + i)), this.#room((this.#rows.length - to) * height));
  }

  #measure(): void {
    this.#height = this.#body.querySelector("[aria-rowindex]")?.getBoundingClientRect().height ?? 0;
    if (this.#height > 0) this.#from = -1; // what is there was laid out by a guess
  }

  #room(height: number): HTMLTableRowElement {
    const row = h("tr", { class: "room", "aria-hidden": "true" });
    row.style.height = `${height}px`;
    row.hidden = height === 0;
    return row;
  }

  #row(row: (string | null)[], index: number): HTMLTableRowElement {
    return h("tr", { "aria-rowindex": index + 2, class: index % 2 ? "odd" : null }, ...row.map((value, i) => this.#cell(value, this.#doc.columns[i]?.type ?? "")));
  }

  #cell(value: string | null, type: string): HTMLTableCellElement {
    const kind = numeric(type) ? "num" : "txt";
    if (value === null) return h("td", { class: kind }, h("span", { class: "null" }, "NULL"));
    return h("td", { class: kind, title: this.#windowed && value.length > widest ? value : null }, value);
  }

  // Columns keep their widths while rows come and go.
  #widths(table: HTMLTableElement): HTMLElement {
    const group = h("colgroup");
    let sum = 0;
    for (const [i, column] of this.#doc.columns.entries()) {
      let most = Math.max(column.name.length + 2, column.type.length);
      for (const row of this.#doc.rows) most = Math.max(most, Math.min(row[i]?.length ?? 4, widest));
      const width = most + 4;
      sum += width;
      const col = h("col");
      col.style.width = `${width}ch`;
      group.append(col);
    }
    table.style.width = `${sum}ch`;
    return group;
  }
}
