// Files in and out: a database as a file or as SQL, a table as CSV, and back. And the way back to the lesson's data.

import { button, h } from "../dom.ts";
import { counted } from "../format.ts";
import { runner } from "../run/runner.ts";
import { fileName, save } from "../save.ts";
import { empty, fill } from "../step/empty.ts";
import type { Database, DatabaseTables } from "../runner/protocol.ts";
import { read, type Brought } from "./file.ts";
import { inMemory, label } from "./name.ts";
import { placeIn } from "./place.ts";
import { reason, type Desk, type View } from "./view.ts";

let numbers = 0;
const accepted = ".db,.sqlite,.sqlite3,.db3,.sql,.csv";
const hint = "An SQLite database, SQL statements (.sql) or a table (.csv, whose first row names the columns), up to 64 MiB. Choose it, or drop it here.";

/** Files is the view of what goes in and out. */
export class Files implements View {
  readonly element = h("div", { class: "db-files" });
  #desk: Desk;
  #database: DatabaseTables | null = null;
  #table = h("select", { id: `files-table-${++numbers}` });
  #takeTable = h("div", { class: "db-pages" }, h("label", { for: this.#table.id }, "Table to save"), this.#table, button("Save as CSV", "", () => void this.#export("csv")));
  #take = h("section", null, h("h3", null, "Take along"), h("div", { class: "db-pages" },
    button("Save the database", "", () => void this.#export("db")), button("Save as SQL", "", () => void this.#export("sql"))), this.#takeTable);
  #again = h("section", null, h("h3", null, "Begin again"),
    h("p", { class: "db-status" }, "The lesson's data is what its program makes when it finds no database. This forgets the databases of this step; you can take it back."),
    h("div", { class: "db-pages" }, button("Reset to the lesson's data", "", () => void this.#reset())));
  #input = h("input", { type: "file", accept: accepted, id: `files-input-${numbers}`, "aria-describedby": `files-hint-${numbers}`, onchange: () => void this.#bring(this.#input.files?.[0]) });
  #form = h("form", { class: "db-pages", hidden: true });
  #told = h("p", { class: "db-status", role: "status" });

  constructor(desk: Desk) {
    this.#desk = desk;
    const drop = h("div", { class: "db-drop" }, h("label", { for: this.#input.id }, "File to import"), this.#input, h("p", { class: "db-status", id: `files-hint-${numbers}` }, hint));
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("db-over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("db-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("db-over");
      void this.#bring(event.dataTransfer?.files[0]);
    });
    this.element.append(this.#take, h("section", null, h("h3", null, "Bring in"), drop, this.#form, this.#told), this.#again);
  }

  show(database: DatabaseTables): void {
    this.#see(database);
  }

  none(): void {
    this.#see(null);
  }

  #see(database: DatabaseTables | null): void {
    this.#database = database;
    this.#take.hidden = this.#again.hidden = !database;
    const tables = database?.tables ?? [];
    const chosen = this.#table.value;
    this.#table.replaceChildren(...tables.map(({ name }) => h("option", { value: name }, name)));
    if (tables.some(({ name }) => name === chosen)) this.#table.value = chosen;
    this.#takeTable.hidden = tables.length === 0;
  }

  async #reset(): Promise<void> {
    const { folder, notices } = this.#desk;
    await empty(folder, notices, () => void this.#desk.refresh());
    notices.element.querySelector("button")?.focus(); // the button that had the focus is gone
  }

  async #export(format: "db" | "sql" | "csv"): Promise<void> {
    const database = this.#database;
    if (!database) return;
    const table = format === "csv" ? this.#table.value : "";
    try {
      const content = await this.#desk.look({ type: "export", database: database.name, format, table });
      const types = { db: "application/vnd.sqlite3", sql: "application/sql", csv: "text/csv" };
      save(content, fileName(table || label(database.name).replace(/\.(db|sqlite3?|db3)$/i, ""), `.${format}`), types[format]);
      this.#say("");
    } catch (cause) {
      this.#fail(reason(cause));
    }
  }

  // The reader says where it goes before anything is done.
  async #bring(file: File | undefined): Promise<void> {
    this.#form.hidden = true;
    this.#say("");
    if (!file) return;
    try {
      this.#ask(await read(file));
    } catch (cause) {
      this.#fail(reason(cause));
    }
  }

  #ask(brought: Brought): void {
    const own = this.#database && !inMemory(this.#database.name) && brought.kind !== "db" ? this.#database.name : `${brought.stem}.db`;
    const [database, ofDatabase] = field("Into the database", own);
    const [table, ofTable] = field("Into the table", brought.stem);
    const words = { db: "It takes the place of a database that has this name.", sql: "All its statements are carried out, or none.", csv: "The table is made if there is none." };
    this.#form.replaceChildren(ofDatabase, ...(brought.kind === "csv" ? [ofTable] : []), h("button", { type: "submit", class: "db-run" }, "Import"),
      button("Cancel", "", () => this.#close()), h("p", { class: "db-status" }, words[brought.kind]));
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      void this.#import(brought, database.value.trim(), table.value.trim());
    };
    this.#form.hidden = false;
    database.focus();
  }

  #close(): void {
    this.#form.hidden = true;
    this.#input.value = "";
    this.#say("");
    this.#input.focus();
  }

  async #import(brought: Brought, database: string, table: string): Promise<void> {
    this.#say("Importing…");
    try {
      const before = await (await runner()).databases(this.#desk.folder);
      const words = await this.#into(brought, database, table);
      this.#close();
      this.#tell(words, before);
      await this.#desk.refresh(database);
    } catch (cause) {
      this.#fail(reason(cause));
    }
  }

  /** into imports what was brought, and says what was done. */
  async #into(brought: Brought, database: string, table: string): Promise<string> {
    if (brought.kind !== "sql") {
      const { rows } = await this.#desk.change({ type: "import", database, format: brought.kind, table: brought.kind === "csv" ? table : "", data: brought.data });
      return brought.kind === "db" ? `${database} is the database of the file.` : `${counted(rows, "row")} put into ${table}.`;
    }
    const { statements, results } = await this.#desk.change({ type: "script", database, sql: brought.text, whole: true });
    const bad = results[0];
    if (bad) {
      const { line, column } = placeIn(brought.text, bad.at);
      throw new Error(`line ${line}, column ${column}: ${bad.error}. Nothing of the file was carried out.`);
    }
    return `${counted(statements, "statement")} carried out.`;
  }

  #tell(words: string, before: Database[]): void {
    const { folder, notices } = this.#desk;
    notices.show("databases", words, [{ label: "Undo", act: () => void fill(folder, before, notices, () => void this.#desk.refresh()) }]);
  }

  #say(text: string): void {
    this.#told.className = "db-status";
    this.#told.textContent = text;
  }

  #fail(text: string): void {
    this.#told.className = "db-bad";
    this.#told.textContent = text;
  }
}

function field(name: string, value: string): [HTMLInputElement, HTMLElement] {
  const input = h("input", { type: "text", id: `files-field-${++numbers}`, value, required: true, spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
  return [input, h("div", { class: "db-field" }, h("label", { for: input.id }, name), input)];
}
