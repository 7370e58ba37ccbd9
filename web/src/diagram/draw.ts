// Draws a schema as SVG. All names are text nodes.

import { count } from "../format.ts";
import type { Schema, SchemaColumn, SchemaTable, State } from "./compare.ts";
import { headHeight, layOut, rowHeight, rowsShown, type Box } from "./layout.ts";

/** signs tell the states apart without colours. */
export const signs: Record<State, string> = { same: "", models: "+", database: "−", differs: "≠" };

/** stateWords are what a table's box says about it. */
export const stateWords: Record<State, string> = { same: "", models: "only in the models", database: "only in the database", differs: "differs" };

const longestName = 28; // letters of a name in a box
const longestType = 32;
const gap = 16;
let diagrams = 0;

/** draw draws a schema; font is that of the rows, as a canvas takes it. */
export function draw(schema: Schema, font: string): SVGSVGElement {
  const measure = document.createElement("canvas").getContext("2d")!;
  measure.font = font;
  const wide = (text: string) => measure.measureText(text).width;
  const namesOf = (table: SchemaTable) => Math.max(...table.columns.slice(0, rowsShown).map((column) => wide(nameOf(column))), 40);
  const typesOf = (table: SchemaTable) => Math.max(...table.columns.slice(0, rowsShown).map((column) => wide(typeOf(column))), 0);
  const keyWidth = Math.max(0, ...schema.tables.flatMap((table) => table.columns.map((column) => wide(keyOf(column)))));
  const widthOf = (table: SchemaTable) => Math.ceil(Math.max(12 + wide("≠") + 8 + keyWidth + gap + namesOf(table) + gap + typesOf(table) + 12, wide(titleOf(table)) * 1.15 + 24, wide(subtitleOf(table)) + 24, 160));
  const { boxes, arrows, width, height } = layOut(schema, widthOf);

  const id = `diagram-arrow-${++diagrams}`;
  const svg = s("svg", { class: "diagram", width: Math.ceil(width), height: Math.ceil(height), viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, role: "img" });
  const states: State[] = ["same", "models", "database", "differs"];
  svg.append(s("defs", {}, ...states.map((state) => s("marker", { id: `${id}-${state}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 8, markerHeight: 8, orient: "auto-start-reverse", class: `diagram-head-${state}` },
    s("path", { d: "M0 0L10 5L0 10z" })))));
  svg.append(...boxes.map((box) => boxOf(box, 12 + wide("≠") + 8, keyWidth + gap)));
  svg.append(...arrows.map(({ relation, path }) => s("path", { class: `diagram-arrow diagram-${relation.state}`, d: path, "marker-end": `url(#${id}-${relation.state})` })));
  return svg;
}

function boxOf({ table, x, y, width, height }: Box, keysAt: number, namesFrom: number): SVGElement {
  const box = s("g", { class: `diagram-table diagram-${table.state}`, transform: `translate(${x} ${y})` },
    s("rect", { class: "diagram-box", width, height, rx: 6 }),
    s("path", { class: "diagram-rule", d: `M0 ${headHeight - 4}H${width}` }),
    s("text", { class: "diagram-name", x: 12, y: 19 }, titleOf(table)),
    s("text", { class: "diagram-state", x: 12, y: 34 }, subtitleOf(table)));
  table.columns.slice(0, rowsShown).forEach((column, i) => {
    const base = headHeight + i * rowHeight + 15;
    const row = s("g", { class: `diagram-row diagram-${column.state}` });
    if (column.difference) row.append(s("title", {}, column.difference), s("rect", { class: "diagram-mark", x: 1, y: headHeight + i * rowHeight, width: width - 2, height: rowHeight }));
    row.append(
      s("text", { class: "diagram-sign", x: 10, y: base }, signs[column.state]),
      s("text", { class: "diagram-key", x: keysAt, y: base }, keyOf(column)),
      s("text", { class: "diagram-column", x: keysAt + namesFrom, y: base }, nameOf(column)),
      s("text", { class: "diagram-type", x: width - 12, y: base }, typeOf(column)));
    box.append(row);
  });
  const more = table.columns.length - rowsShown;
  if (more > 0) box.append(s("text", { class: "diagram-type-more", x: keysAt, y: headHeight + rowsShown * rowHeight + 15 }, `… and ${count(more)} more`));
  return box;
}

function titleOf(table: SchemaTable): string {
  return cut(table.name, longestName);
}

/** subtitleOf says what a table is and what differs. */
export function subtitleOf(table: SchemaTable): string {
  const sign = signs[table.state];
  const structs = table.structs.length > 2 ? `${table.structs[0]} and ${table.structs.length - 1} more` : table.structs.join(", ");
  return [table.view ? "view" : cut(structs, longestName) || "table", sign && `${sign} ${stateWords[table.state]}`].filter(Boolean).join(" · ");
}

function keyOf(column: SchemaColumn): string {
  return [column.primary && "PK", column.foreign && "FK"].filter(Boolean).join(" ");
}

function nameOf(column: SchemaColumn): string {
  return cut(column.name, longestName);
}

function typeOf(column: SchemaColumn): string {
  const type = column.was ? `${cut(column.type, longestType / 2) || "no type"}, not ${cut(column.was, longestType / 2)}` : cut(column.type, longestType);
  return [type, column.null && "NULL"].filter(Boolean).join(" ");
}

function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length > longest ? letters.slice(0, longest - 1).join("") + "…" : text;
}

function s(tag: string, attributes: Record<string, string | number>, ...children: (Node | string)[]): SVGElement & SVGSVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element as SVGElement & SVGSVGElement;
}
