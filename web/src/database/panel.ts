// The panel of a step's databases: which database, which of its tables, and what to see of it.

import { h } from "../dom.ts";
import { counted } from "../format.ts";
import { OrmTabs } from "../elements/orm-tabs.ts";
import { runner, type Look, type Looked } from "../run/runner.ts";
import type { DatabaseTables } from "../runner/protocol.ts";
import { changesOf } from "./changes.ts";
import { inMemory, label } from "./name.ts";
import { Rows } from "./rows.ts";

const views = ["Rows", "Changes of the last run"] as [string, string];
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
  #asked = 0;

  constructor(folder: string) {
    this.#folder = folder;
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
      if (databases.length === 0) return this.#say("There is no database yet. Run the program: what it stores, in a file or in memory, can be seen here.");
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
    const [asked, database] = [this.#asked, this.#database.value];
    const current = () => asked === this.#asked && this.#view === views[1] && database === this.#database.value;
    try {
      const changes = await this.#look({ type: "changes", database });
      if (current()) this.#body.replaceChildren(changesOf(changes));
    } catch (cause) {
      if (current()) this.#body.replaceChildren(h("p", { class: "db-bad", role: "alert" }, cause instanceof Error ? cause.message : String(cause)));
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
