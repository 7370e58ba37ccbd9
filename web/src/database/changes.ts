// What changed since the last run began: rows added, removed and changed, table by table.

import { h } from "../dom.ts";
import { count, counted } from "../format.ts";
import type { ChangedRow, DatabaseTables, TableChange } from "../runner/protocol.ts";
import { alignment, headText, valueCell, valueOf } from "./cell.ts";
import { reason, type Desk, type View } from "./view.ts";

const marks = { added: "+ added", removed: "− removed", changed: "~ changed" };
const stateWords = { same: "", created: "new table", dropped: "dropped table", altered: "altered table" };

/** Changes is the view of what became of the tables. */
export class Changes implements View {
  readonly element = h("div");
  #desk: Desk;
  #asked = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async show({ name }: DatabaseTables): Promise<void> {
    const asked = ++this.#asked;
    try {
      const changes = await this.#desk.look({ type: "changes", database: name });
      if (asked === this.#asked) this.element.replaceChildren(changesOf(changes));
    } catch (cause) {
      if (asked === this.#asked) this.element.replaceChildren(h("p", { class: "db-bad", role: "alert" }, reason(cause)));
    }
  }
}

// null is what nobody knows.
function changesOf(tables: TableChange[] | null): HTMLElement {
  if (!tables) return h("p", { class: "db-empty" }, "What the last run changed is not known any more. Run the program again to see it.");
  if (tables.length === 0) return h("p", { class: "db-empty" }, "Nothing has changed since the last run began, or since you first changed something by hand.");
  return h("div", { class: "db-changes" }, h("p", { class: "db-status" }, "Since the last run began; what you did by hand is among it."), ...tables.map(section));
}

/** summary tells the numbers of a table's changes in words. */
export function summary(table: TableChange): string {
  const numbers = [
    table.added > 0 && `${counted(table.added, "row")} added`,
    table.changed > 0 && `${counted(table.changed, "row")} changed`,
    table.removed > 0 && `${counted(table.removed, "row")} removed`,
  ].filter(Boolean);
  return [stateWords[table.state], numbers.join(", ") || (table.note ? "" : "no rows differ")].filter(Boolean).join(": ");
}

function section(table: TableChange): HTMLElement {
  const total = table.added + table.changed + table.removed;
  return h("section", null,
    h("h3", null, table.name), h("p", { class: "db-status" }, summary(table)),
    table.note ? h("p", { class: "db-bad" }, table.note) : null,
    table.rows.length > 0 ? rowsOf(table) : null,
    table.rows.length < total ? h("p", { class: "db-status" }, `${count(table.rows.length)} of ${counted(total, "row")} shown.`) : null);
}

function rowsOf(table: TableChange): HTMLElement {
  const heads = table.columns.map((column, i) => h("th", { scope: "col", class: alignment(table.rows.map((row) => row.cells[i])) }, ...headText(column)));
  return h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": `Changes of ${table.name}` },
    h("table", { class: "rows" }, h("thead", null, h("tr", null, h("th", { scope: "col" }, "Change"), ...heads)),
      h("tbody", null, ...table.rows.map(rowOf))));
}

function rowOf(row: ChangedRow): HTMLTableRowElement {
  const cells = row.cells.map((cell, i) => {
    const td = valueCell(cell);
    const before = row.before.find(({ column }) => column === i);
    if (!before) return td;
    td.classList.add("db-differs");
    td.append(h("span", { class: "db-before" }, "was ", valueOf(before.cell)));
    return td;
  });
  return h("tr", { class: `db-${row.change}` }, h("td", { class: "db-mark" }, marks[row.change]), ...cells);
}
