// A shown table as CSV and JSON.

import type { ShowDoc } from "../runner/protocol.ts";
import { numeric } from "./sorting.ts";

type Columns = ShowDoc["columns"];
type Rows = ShowDoc["rows"];

/** csv has a line for each row and one for the names (RFC 4180). NULL is empty, an empty text is "". */
export function csv(columns: Columns, rows: Rows): string {
  const lines = [columns.map((column) => field(column.name)), ...rows.map((row) => row.map(field))];
  return lines.map((line) => line.join(",") + "\r\n").join("");
}

function field(value: string | null): string {
  if (value === null) return "";
  return value === "" || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** json is an array with an object for each row; numbers that JSON can tell exactly are numbers. */
export function json(columns: Columns, rows: Rows): string {
  const names = unique(columns.map((column) => column.name));
  const lines = rows.map((row) =>
    `  {${names.map((name, i) => `${JSON.stringify(name)}: ${value(row[i] ?? null, columns[i]!.type)}`).join(", ")}}`);
  return lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`;
}

function value(text: string | null, type: string): string {
  if (text === null) return "null";
  if (type === "bool" && (text === "true" || text === "false")) return text;
  const exact = /^-?\d+$/.test(text) ? Number.isSafeInteger(Number(text)) : true;
  if (numeric(type) && exact && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
  return JSON.stringify(text);
}

// Two columns may have one name, two members of an object may not.
function unique(names: string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; taken.has(own); n++) own = `${name}_${n}`;
    taken.add(own);
    return own;
  });
}
