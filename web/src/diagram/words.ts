// A schema in words: what differs, and all its tables and relations as lists.

import { h } from "../dom.ts";
import { counted } from "../format.ts";
import { wordsOf, type Schema, type SchemaColumn, type SchemaTable } from "./compare.ts";
import { stateWords } from "./draw.ts";

/** Difference is a table, and what differs of it. */
export interface Difference {
  table: SchemaTable;
  text: string;
}

/** differencesOf are what differs between the models and the database. */
export function differencesOf(schema: Schema): Difference[] {
  const tables = schema.tables.filter((table) => table.state !== "same");
  return tables.flatMap((table) => table.state === "differs" ? table.differences.map((text) => ({ table, text })) : [{ table, text: `the table is ${stateWords[table.state]}` }]);
}

/** listDifferences lists them; null is none. */
export function listDifferences(list: Difference[]): HTMLElement | null {
  if (list.length === 0) return null;
  return h("div", { class: "diagram-differences" }, h("h3", null, "Differences"),
    h("ul", null, ...list.map(({ table, text }) => h("li", null, h("strong", { class: "diagram-code" }, table.name), `: ${text}`))));
}

/** listOf is the text alternative of a diagram. */
export function listOf(schema: Schema): HTMLElement {
  const { tables, relations } = schema;
  return h("details", { class: "diagram-words" },
    h("summary", null, `The same in words: ${counted(tables.length, "table")}, ${counted(relations.length, "relation")}`),
    h("h3", null, "Tables"),
    h("ul", null, ...tables.map((table) => h("li", null, h("strong", { class: "diagram-code" }, table.name), aboutTable(table),
      h("ul", null, ...table.columns.map((column) => h("li", null, h("span", { class: "diagram-code" }, column.name), aboutColumn(column))))))),
    h("h3", null, "Relations"),
    relations.length === 0 ? h("p", null, "There are none.") : h("ul", null, ...relations.map((one) =>
      h("li", null, h("span", { class: "diagram-code" }, `${one.from}: ${wordsOf(one)}`), one.state === "same" ? "" : `, ${one.state === "differs" ? "with other actions in the models" : stateWords[one.state]}`))));
}

function aboutTable(table: SchemaTable): string {
  const parts = [table.view && "a view", table.structs.length > 0 && `mapped by ${table.structs.join(", ")}`, stateWords[table.state]].filter(Boolean);
  return parts.length > 0 ? `, ${parts.join(", ")}` : "";
}

function aboutColumn(column: SchemaColumn): string {
  const parts = [column.type, column.primary && "primary key", column.foreign && "foreign key", column.null && "may be NULL"].filter(Boolean);
  return `${parts.length > 0 ? `: ${parts.join(", ")}` : ""}${column.difference ? `. Differs: ${column.difference}.` : ""}`;
}
