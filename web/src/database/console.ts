// The console: SQL by hand on the database that is in view, and what became of each statement.

import { button, h } from "../dom.ts";
import { counted, micros } from "../format.ts";
import { SQLLine } from "../editor/sqlline.ts";
import { highlightSQL } from "../editor/sql.ts";
import { Grid } from "../result/grid.ts";
import type { Cell, DatabaseTables, Script, ScriptResult } from "../runner/protocol.ts";
import { History } from "./history.ts";
import { label } from "./name.ts";
import { placeIn, sliceBytes, type Spot } from "./place.ts";
import { reason, type Desk, type View } from "./view.ts";

let consoles = 0;

/** Console is the view in which the reader types statements. */
export class Console implements View {
  readonly element = h("div", { class: "db-console" });
  #desk: Desk;
  #database = "";
  #history: History;
  #line: SQLLine;
  #run = button("Run SQL", "db-run", () => void this.#carryOut());
  #status = h("span", { class: "db-status", role: "status" });
  #results = h("div", { class: "db-results" });
  #busy = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#history = new History(desk.folder);
    const help = h("p", { class: "db-status", id: `console-help-${++consoles}` }, "Control or Command with Enter runs; several statements stand apart by semicolons. Up and down at the edges bring back what you ran before. Tab leaves the editor.");
    const host = h("div", { class: "db-editor" });
    this.element.append(host, h("div", { class: "db-pages" }, this.#run, this.#status), help, this.#results);
    this.#line = new SQLLine({
      parent: host, describedBy: help.id, onRun: () => void this.#carryOut(),
      older: () => this.#history.older(this.#line.text), newer: () => this.#history.newer(),
    });
  }

  show({ name, tables }: DatabaseTables): void {
    if (this.#database !== name) this.#results.replaceChildren();
    this.#database = name;
    this.#line.names(`SQL on ${label(name)}`, Object.fromEntries(tables.map((table) => [table.name, table.columns.map((column) => column.name)])));
  }

  async #carryOut(): Promise<void> {
    const text = this.#line.text;
    if (this.#busy || text.trim() === "") return;
    const database = this.#database;
    this.#busy = true;
    this.#history.add(text);
    this.#line.problem(null);
    this.#status.textContent = "Running…";
    try {
      const script = await this.#desk.change({ type: "script", database, sql: text, whole: false });
      if (database !== this.#database) return;
      this.#tell(text, script);
      if (script.wrote) await this.#desk.refresh();
    } catch (cause) {
      this.#status.textContent = "";
      this.#results.replaceChildren(h("p", { class: "db-bad", role: "alert" }, reason(cause)));
    } finally {
      this.#busy = false;
    }
  }

  #tell(text: string, script: Script): void {
    const bad = script.results.find((one) => one.error !== "");
    const place = bad ? placeIn(text, bad.at) : null;
    this.#status.textContent = [
      script.statements === 0 && !bad ? "No statement." : `${counted(script.statements, "statement")} carried out.`,
      bad && (script.statements > 0 ? "The next one failed; those before it stay carried out." : "The statement failed."),
      script.undone && "The transaction was not committed, so it was rolled back.",
    ].filter(Boolean).join(" ");
    const told = script.results.map((one) => resultOf(text, one, one === bad ? place : null));
    const untold = script.statements - script.results.filter((one) => one.error === "").length;
    this.#results.replaceChildren(...told, ...(untold > 0 ? [h("p", { class: "db-status" }, `${counted(untold, "statement")} more: what became of them is not shown.`)] : []));
    if (bad && place && text === this.#line.text) this.#line.problem({ at: place.at, message: bad.error });
  }
}

function resultOf(text: string, result: ScriptResult, place: Spot | null): HTMLElement {
  const sql = sliceBytes(text, result.from, result.to).trim().replace(/;$/, "");
  const rows = result.columns.length === 0 ? "" : result.more ? `the first ${counted(result.rows.length, "row")}` : counted(result.rows.length, "row");
  const affected = result.affected < 0 ? "" : `${counted(result.affected, "row")} affected`;
  const facts = [rows, affected, micros(result.us)].filter(Boolean).join(" · ");
  return h("section", null,
    h("h3", { class: "db-sql" }, highlightSQL(sql.length > 300 ? sql.slice(0, 300) + "…" : sql)),
    result.error === "" ? h("p", { class: "db-status" }, facts)
      : h("p", { class: "db-bad", role: "alert" }, `${place ? `line ${place.line}, column ${place.column}: ` : ""}${result.error}`),
    result.columns.length > 0 ? gridOf(result, sql) : null);
}

function gridOf({ columns, rows }: ScriptResult, sql: string): HTMLElement {
  const typed = columns.map(({ name, type }, i) => ({ name, type: type || kindOf(rows.map((row) => row[i])) }));
  return new Grid({ columns: typed, rows: rows.map((row) => row.map(textOf)) }, sql.slice(0, 60)).element;
}

// An expression has no declared type: its values tell how to order them.
function kindOf(cells: (Cell | undefined)[]): string {
  const kinds = new Set(cells.map((cell) => cell?.kind).filter((kind) => kind && kind !== "null"));
  const numbers = [...kinds].every((kind) => kind === "int" || kind === "float");
  return kinds.size === 0 || !numbers ? "" : kinds.has("float") ? "real" : "integer";
}

function textOf(cell: Cell): string | null {
  const more = cell.cut > 0 ? "…" : "";
  if (cell.kind === "null") return null;
  return cell.kind === "blob" ? `x'${cell.text}${more || "'"}` : cell.text + more;
}
