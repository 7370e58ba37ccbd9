// The panel of a step's databases: which database, which of its tables, and what to see of it.

import type { Diagram } from "../diagram/diagram.ts";
import { button, h } from "../dom.ts";
import { counted } from "../format.ts";
import { OrmTabs } from "../elements/orm-tabs.ts";
import { runner, type Look, type Looked } from "../run/runner.ts";
import type { DatabaseTables, SourceFile, Table } from "../runner/protocol.ts";
import { changesOf } from "./changes.ts";
import { inMemory, label } from "./name.ts";
import { Rows } from "./rows.ts";

const views = ["Rows", "Changes of the last run", "Diagram"] as [string, string, string];
let panels = 0;
let fields = 0;

/** Panel shows a folder's databases. */
export class Panel {
  readonly element = h("div", { class: "db" });
  #folder: string;
  #databases: DatabaseTables[] = [];
  #database = h("select", { onchange: () => this.#choose() });
  #table = h("select", { onchange: () => void this.#draw() });
  #tableField = field("Table", this.#table);
  #note = h("p", { class: "db-note" }, "This database was in the program's memory, which is gone. A copy is kept for looking, and is gone too when the next program begins.");
  #tabs = new OrmTabs();
  #view = views[0];
  #rows = new Rows((question) => this.#look({ type: "page", ...question }));
  #body = h("div", { class: "db-body", id: `database-view-${++panels}`, role: "tabpanel" });
  #status = h("p", { class: "db-body db-status", role: "status" });
  #diagram: Promise<Diagram> | null = null;
  #files: () => SourceFile[];
  #asked = 0;

  constructor(folder: string, files: () => SourceFile[]) {
    this.#folder = folder;
    this.#files = files;
    this.#tabs.names(views, this.#body.id, "What to see of the database");
    this.#tabs.addEventListener("tab", (event) => {
      this.#view = (event as CustomEvent<string>).detail;
      void this.#draw();
    });
  }

  /** refresh reads the databases again; what was chosen stays so. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    if (this.#databases.length === 0) this.#say("Reading the databases…");
    try {
      const databases = await this.#look({ type: "databases" });
      if (asked !== this.#asked) return;
      this.#databases = databases;
      if (databases.length === 0) return this.#none("There is no database yet. Run the program: what it stores, in a file or in memory, can be seen here.");
      fill(this.#database, databases.map(({ name }) => [name, label(name)]));
      this.#choose();
    } catch (cause) {
      if (asked === this.#asked) this.#say(cause instanceof Error ? cause.message : String(cause));
    }
  }

  #look<L extends Look>(look: L): Promise<Looked<L>> {
    return runner().then((one) => one.look(this.#folder, look));
  }

  #say(text: string): void {
    this.#status.textContent = text;
    this.element.replaceChildren(this.#status);
  }

  // Without a database there are still the models.
  #none(text: string): void {
    this.#say(text);
    const draw = () => void this.#drawDiagram(body, null, () => body.isConnected);
    const body = h("div", { class: "db-body" }, button("Diagram of the models", "diagram-again", draw));
    this.element.append(body);
    if (this.#diagram) draw();
  }

  #choose(): void {
    const tables = this.#databases.find(({ name }) => name === this.#database.value)?.tables ?? [];
    fill(this.#table, tables.map(({ name, rows }) => [name, `${name} (${rows < 0 ? "view" : counted(rows, "row")})`]));
    if (!this.#body.isConnected) {
      this.element.replaceChildren(h("div", { class: "db-bar" }, field("Database", this.#database), this.#tableField), this.#note, this.#tabs, this.#body);
    }
    this.#note.hidden = !inMemory(this.#database.value);
    void this.#draw();
  }

  async #draw(): Promise<void> {
    this.#body.setAttribute("aria-label", this.#view);
    this.#tableField.hidden = this.#view !== views[0];
    if (this.#view === views[0]) return this.#drawRows();
    const [asked, database, view] = [this.#asked, this.#database.value, this.#view];
    const current = () => asked === this.#asked && this.#view === view && database === this.#database.value;
    if (view === views[2]) return this.#drawDiagram(this.#body, this.#databases.find(({ name }) => name === database)?.tables ?? null, current);
    try {
      const changes = await this.#look({ type: "changes", database });
      if (current()) this.#body.replaceChildren(changesOf(changes));
    } catch (cause) {
      if (current()) this.#body.replaceChildren(h("p", { class: "db-bad", role: "alert" }, cause instanceof Error ? cause.message : String(cause)));
    }
  }

  async #drawDiagram(body: HTMLElement, tables: Table[] | null, current: () => boolean): Promise<void> {
    try {
      this.#diagram ??= import("../diagram/diagram.ts").then(({ Diagram }) => new Diagram(this.#files));
      const diagram = await this.#diagram;
      if (!current()) return;
      body.replaceChildren(diagram.element);
      await diagram.show(tables);
    } catch {
      this.#diagram = null;
      if (current()) body.replaceChildren(h("p", { class: "db-bad", role: "alert" }, "The diagram could not be fetched. Choose Rows and then Diagram to try again."));
    }
  }

  async #drawRows(): Promise<void> {
    if (this.#table.value === "") return this.#body.replaceChildren(h("p", { class: "db-empty" }, "This database has no tables."));
    if (!this.#rows.element.isConnected) this.#body.replaceChildren(this.#rows.element);
    await this.#rows.show(this.#database.value, this.#table.value);
  }
}

function field(label: string, select: HTMLSelectElement): HTMLElement {
  select.id = `database-field-${++fields}`;
  return h("div", { class: "db-field" }, h("label", { for: select.id }, label), select);
}

// What was chosen stays so, if it is still there.
function fill(select: HTMLSelectElement, options: [value: string, text: string][]): void {
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}
