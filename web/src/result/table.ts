// A table that the program showed, with what can be done with it.

import { button, h } from "../dom.ts";
import { count, counted } from "../format.ts";
import type { ShowDoc } from "../runner/protocol.ts";
import { copyButton } from "./copy.ts";
import { fileName, save } from "../save.ts";
import { csv, json } from "./export.ts";
import { Grid } from "./grid.ts";

/** tableItem is the entry of the stream for a shown table. */
export function tableItem(doc: ShowDoc): HTMLLIElement {
  const { head, grid } = tableParts(doc);
  return h("li", { class: "item shown" }, head, grid);
}

/** tableParts are the table, the line above it, and the group of buttons there. */
export function tableParts(doc: ShowDoc): { head: HTMLElement; actions: HTMLElement; grid: HTMLElement } {
  const grid = new Grid(doc, [doc.title, extent(doc)].filter(Boolean).join(" · "));
  const caption = h("p", { class: "table-caption" },
    doc.title ? h("strong", { dir: "auto" }, doc.title) : null, doc.title ? " " : null, h("span", null, extent(doc)));
  const buttons = actions(doc, grid);
  return { head: h("div", { class: "table-head" }, caption, buttons), actions: buttons, grid: grid.element };
}

function extent(doc: ShowDoc): string {
  const rows = counted(doc.total, "row");
  return doc.rows.length < doc.total ? `${rows}, first ${count(doc.rows.length)} shown` : rows;
}

// The rows are written in the order in which they are looked at.
function actions(doc: ShowDoc, grid: Grid): HTMLElement {
  const asCSV = (): string => csv(doc.columns, grid.rows);
  const asJSON = (): string => json(doc.columns, grid.rows);
  return h("p", { class: "table-actions", role: "group", "aria-label": "Take the table along" },
    copyButton("Copy CSV", asCSV), copyButton("Copy JSON", asJSON),
    button("Save CSV", "copy-button", () => save(asCSV(), fileName(doc.title ?? "", ".csv"), "text/csv")),
    button("Save JSON", "copy-button", () => save(asJSON(), fileName(doc.title ?? "", ".json"), "application/json")));
}
