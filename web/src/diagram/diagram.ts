// The diagram of a step's tables: those that its program declares beside those of a database.

import * as checker from "../checker/checker.ts";
import type { Models } from "../checker/protocol.ts";
import { button, h } from "../dom.ts";
import { count, counted } from "../format.ts";
import type { SourceFile, Table } from "../runner/protocol.ts";
import { compare, type Schema } from "./compare.ts";
import { draw, signs } from "./draw.ts";
import { differencesOf, listDifferences, listOf } from "./words.ts";

const mostTables = 120; // that are drawn: placing more takes seconds

/** Diagram shows tables. */
export class Diagram {
  readonly element = h("div", { class: "diagram-view" });
  #files: () => SourceFile[];
  #tables: Table[] | null = null;
  #drawn = ""; // what is drawn, to know whether anything else is
  #asked = 0;

  /** files are those of the program as they stand. */
  constructor(files: () => SourceFile[]) {
    this.#files = files;
  }

  /** show draws the tables of a database beside the program's; null is no database. */
  async show(tables: Table[] | null): Promise<void> {
    this.#tables = tables;
    const asked = ++this.#asked;
    if (!this.element.firstChild) this.element.append(h("p", { class: "db-status", role: "status" }, "Reading the models…"));
    const models = await read(this.#files());
    if (asked !== this.#asked) return;
    const drawn = JSON.stringify([models, tables]);
    if (drawn === this.#drawn) return; // a reader keeps place and focus
    this.#drawn = drawn;
    const schema = compare(models?.tables ?? null, tables);
    const differences = differencesOf(schema);
    this.#replace(
      h("div", { class: "diagram-bar" },
        h("p", { class: "db-status", role: "status" }, noteOf(models, tables, schema, differences.length)),
        button("Read the program again", "diagram-again", () => void this.show(this.#tables))),
      picture(schema), listDifferences(differences), schema.tables.length > 0 ? listOf(schema) : null);
  }

  // What has the focus, is scrolled or is open stays so in the new drawing.
  #replace(...parts: (HTMLElement | null)[]): void {
    const find = (selector: string) => this.element.querySelector<HTMLElement>(selector);
    const focused = [".diagram-again", ".diagram-scroll", "summary"].find((selector) => find(selector) === document.activeElement);
    const { scrollLeft: left = 0, scrollTop: top = 0 } = find(".diagram-scroll") ?? {};
    const open = this.element.querySelector("details")?.open ?? false;
    this.element.replaceChildren(...parts.filter((one) => one !== null));
    find(".diagram-scroll")?.scrollTo({ left, top });
    const details = this.element.querySelector("details");
    if (details) details.open = open;
    if (focused) (find(focused) ?? find(".diagram-again"))?.focus({ preventScroll: true });
  }
}

// The models, or null where the checker is not to be had.
async function read(files: SourceFile[]): Promise<Models | null> {
  try {
    return (await checker.load()) ? await checker.ask({ type: "models", files }) : null;
  } catch {
    return null;
  }
}

function noteOf(models: Models | null, tables: Table[] | null, schema: Schema, differences: number): string {
  const notes = [sourceOf(models, tables)];
  if (schema.compared) notes.push(differences === 0 ? "They say the same." : `They differ in ${counted(differences, "thing")}.`);
  if (models?.faulty) notes.push("The program has mistakes, so some models may be missing.");
  if (schema.compared && schema.tables.some((table) => table.state === "database")) notes.push("Tables that imported packages make are not among the models.");
  return notes.join(" ");
}

function sourceOf(models: Models | null, tables: Table[] | null): string {
  if (!models) return tables ? "These are the tables of the database. The models could not be read, because the editor's checker could not be loaded." : "The models could not be read, because the editor's checker could not be loaded.";
  if (models.tables.length === 0) return tables ? "These are the tables of the database. The text of this program declares no models." : "The text of this program declares no models.";
  return tables ? "Models as the program's text has them now, beside the tables of the database." : "The tables that the models in the program's text describe.";
}

function picture(schema: Schema): HTMLElement | null {
  if (schema.tables.length === 0) return null;
  if (schema.tables.length > mostTables) return h("p", { class: "db-empty" }, `${count(schema.tables.length)} tables are too many to draw. They are listed below.`);
  const mono = getComputedStyle(document.documentElement).getPropertyValue("--mono") || "monospace";
  const svg = draw(schema, `12px ${mono}`);
  svg.setAttribute("aria-label", "Diagram of the tables. The list below says the same in words.");
  const legend = h("ul", { class: "diagram-legend", "aria-label": "Signs" },
    ...([["models", "only in the models"], ["database", "only in the database"], ["differs", "differs: the database’s first, then the models’"]] as const).map(([state, text]) =>
      h("li", { class: `diagram-is-${state}` }, h("span", { class: "diagram-code", "aria-hidden": "true" }, `${signs[state]} `), text)));
  const scroll = h("div", { class: "diagram-scroll", tabindex: 0, role: "group", "aria-label": "Diagram" });
  scroll.append(svg);
  return h("div", null, scroll, schema.compared && schema.tables.some((table) => table.state !== "same") ? legend : null);
}
