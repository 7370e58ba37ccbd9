// A table that the program showed: typed alignment, NULL visible, its head in view while it scrolls.

import { h } from "../dom.ts";
import { count, counted } from "../format.ts";
import type { RunEvent } from "../runner/protocol.ts";

type ShowDoc = Extract<RunEvent, { type: "show" }>["doc"];

const numeric = /^(u?int|float|num|dec|real|double|big)/i;

/** tableItem is the entry of the stream for a shown table. */
export function tableItem(doc: ShowDoc): HTMLLIElement {
  const caption = [doc.title, extent(doc)].filter(Boolean).join(" · ");
  const scroller = h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": `Table: ${caption}` }, table(doc));
  return h("li", { class: "item shown" },
    h("p", { class: "table-caption" },
      doc.title ? h("strong", null, doc.title) : null, doc.title ? " " : null, h("span", null, extent(doc))),
    scroller);
}

function extent(doc: ShowDoc): string {
  const rows = counted(doc.total, "row");
  return doc.rows.length < doc.total ? `${rows}, first ${count(doc.rows.length)} shown` : rows;
}

function table(doc: ShowDoc): HTMLTableElement {
  const kinds = doc.columns.map((column) => (numeric.test(column.type) ? "num" : "txt"));
  const head = h("tr", null, ...doc.columns.map((column, i) =>
    h("th", { scope: "col", class: kinds[i] }, column.name, column.type ? h("span", { class: "column-type" }, column.type) : null)));
  const body = h("tbody");
  for (const row of doc.rows) body.append(h("tr", null, ...row.map((value, i) => cell(value, kinds[i] ?? "txt"))));
  return h("table", { class: "rows" }, h("thead", null, head), body);
}

function cell(value: string | null, kind: string): HTMLTableCellElement {
  if (value === null) return h("td", { class: kind }, h("span", { class: "null" }, "NULL"));
  return h("td", { class: kind }, value);
}
