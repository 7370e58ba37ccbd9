// What the last run changed: rows added, removed and changed, table by table.

import { h } from "../dom.ts";
import { count, counted } from "../format.ts";
import type { ChangedRow, TableChange } from "../runner/protocol.ts";
import { alignment, headText, valueCell, valueOf } from "./cell.ts";

const marks = { added: "+ added", removed: "− removed", changed: "~ changed" };
const stateWords = { same: "", created: "new table", dropped: "dropped table", altered: "altered table" };

/** changesOf shows what became of the tables; null is what nobody knows. */
export function changesOf(tables: TableChange[] | null): HTMLElement {
  if (!tables) return h("p", { class: "db-empty" }, "What the last run changed is not known any more. Run the program again to see it.");
  if (tables.length === 0) return h("p", { class: "db-empty" }, "The last run left this database as it was.");
  return h("div", { class: "db-changes" }, ...tables.map(section));
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
