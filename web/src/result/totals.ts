// What a run amounted to: statements, rows, time in the database, time by stage.

import { h } from "../dom.ts";
import { count, counted, micros, millis } from "../format.ts";
import type { RunEvent, StatementEvent } from "../runner/protocol.ts";
import { placeButton } from "./locate.ts";

type Timings = Extract<RunEvent, { type: "done" }>["timings"];

/** Totals adds the events of one run up. */
export class Totals {
  statements = 0;
  rows = 0;
  affected = 0;
  us = 0;

  /** add takes one event into account. */
  add(event: RunEvent): void {
    if (event.type === "statement" && event.phase === "end") {
      this.statements++;
      this.#count(event.us, event.rows, event.affected);
    } else if (event.type === "repeated") {
      this.statements += event.times;
      this.#count(event.us, 0, event.affected);
    } else if (event.type === "skipped") {
      this.statements += event.statements;
    }
  }

  #count(us = 0, rows = 0, affected = 0): void {
    this.us += us;
    this.rows += rows;
    this.affected += affected;
  }

  /** element is the line under the stream; repeated are the queries that ran once for each object. */
  element(timings: Timings, repeated: StatementEvent[]): HTMLElement {
    const parts: [string, string][] = [];
    if (this.statements > 0) parts.push([this.statements === 1 ? "statement" : "statements", count(this.statements)]);
    if (this.rows > 0) parts.push(["read", counted(this.rows, "row")]);
    if (this.affected > 0) parts.push(["written", counted(this.affected, "row")]);
    if (this.statements > 0) parts.push(["in the database", micros(this.us)]);
    for (const [name, ms] of stages(timings)) if (ms > 0) parts.push([name, millis(ms)]);
    return h("ul", { class: "totals", "aria-label": "Totals of this run" },
      ...parts.map(([name, value]) => h("li", null, h("b", null, value), " ", name)),
      ...repeated.map(({ file, line }) => h("li", { class: "totals-advice" }, h("b", null, "N+1"), " ",
        placeButton({ file, line }, file === "main.go" ? `line ${line}` : `${file}:${line}`, "place-button"))));
  }
}

function stages(timings: Timings): [string, number][] {
  return [["load", timings.load], ["compile", timings.compile], ["link", timings.link], ["run", timings.instantiate + timings.run]];
}
