// The panel of a step's databases: which database, which of its tables, and what to see of it.

import type { Diagram } from "../diagram/diagram.ts";
import { button, h } from "../dom.ts";
import { counted } from "../format.ts";
import { Notices } from "../notice.ts";
import { OrmTabs } from "../elements/orm-tabs.ts";
import { runner, type Change, type Changed, type Look, type Looked } from "../run/runner.ts";
import type { DatabaseTables, SourceFile } from "../runner/protocol.ts";
import { surprises } from "../step/surprises.ts";
import { inMemory, label } from "./name.ts";
import { reason, type Desk, type View } from "./view.ts";

/** views are the tabs, in order; table says that a view shows one table of the database. */
const views: Record<string, { table?: boolean; make: (desk: Desk) => Promise<View> }> = {
  Rows: { table: true, make: async (desk) => new (await import("./rows.ts")).Rows((question) => desk.look({ type: "page", ...question })) },
  Changes: { make: async (desk) => new (await import("./changes.ts")).Changes(desk) },
  Diagram: { make: async (desk) => diagramOf(new (await import("../diagram/diagram.ts")).Diagram(desk.program)) },
  SQL: { make: async (desk) => new (await import("./console.ts")).Console(desk) },
  Files: { make: async (desk) => new (await import("./files.ts")).Files(desk) },
};

function diagramOf(diagram: Diagram): View {
  return { element: diagram.element, show: ({ tables }) => diagram.show(tables), none: () => void diagram.show(null) };
}


let panels = 0;
let fields = 0;

/** Panel shows a folder's databases. */
export class Panel implements Desk {
  readonly element = h("div", { class: "db" });
  #databases: DatabaseTables[] = [];
  #database = h("select", { onchange: () => this.#choose() });
  #table = h("select", { onchange: () => void this.#draw() });
  #tableField = field("Table", this.#table);
  #note = h("p", { class: "db-note" }, "This database was in the program's memory, which is gone. A copy is kept for looking, and is gone too when the next program begins.");
  readonly notices = new Notices("db-notices");
  #tabs = new OrmTabs();
  #view = Object.keys(views)[0]!;
  #made = new Map<string, Promise<View>>();
  #body = h("div", { class: "db-body", id: `database-view-${++panels}`, role: "tabpanel" });
  #status = h("p", { class: "db-body db-status", role: "status" });
  #asked = 0;

  /** program gives the files of the step's program as they stand. */
  constructor(readonly folder: string, readonly program: () => SourceFile[]) {
    this.#tabs.names(Object.keys(views), this.#body.id, "What to see of the database");
    this.#tabs.addEventListener("tab", (event) => {
      this.#view = (event as CustomEvent<string>).detail;
      void this.#draw();
    });
  }

  /** refresh reads the databases again; what was chosen stays so, unless it is said what to choose. */
  async refresh(choose?: string): Promise<void> {
    const asked = ++this.#asked;
    if (this.#databases.length === 0) this.#say("Reading the databases…");
    try {
      const databases = await this.look({ type: "databases" });
      if (asked !== this.#asked) return;
      this.#databases = databases;
      if (databases.length === 0) return await this.#none();
      fill(this.#database, databases.map(({ name }) => [name, label(name)]), choose);
      this.#choose();
    } catch (cause) {
      if (asked === this.#asked) this.#say(reason(cause));
    }
  }

  /** ended says that a program has run: what could be taken back before cannot any more. */
  ended(): void {
    this.notices.hide("databases");
  }

  look<L extends Look>(look: L): Promise<Looked<L>> {
    return runner().then((one) => one.look(this.folder, look));
  }

  async change<C extends Change>(change: C): Promise<Changed<C>["answer"]> {
    this.notices.hide("databases"); // to undo what was before would undo this too
    const { answer, surprise } = await (await runner()).change(this.folder, change);
    if (surprise) this.notices.show("databases", surprises[surprise]);
    return answer;
  }

  // Without a database there are still the models, and files to bring in.
  async #none(): Promise<void> {
    const asked = this.#asked;
    const files = await this.#get("Files");
    if (asked !== this.#asked) return;
    files.none?.();
    this.#say("There is no database yet. Run the program: what it stores, in a file or in memory, can be seen here.");
    const models = h("div", { class: "db-body" }, button("Diagram of the models", "diagram-again", () => void this.#models(models)));
    this.element.append(models, h("div", { class: "db-body" }, files.element));
    if (this.#made.has("Diagram")) void this.#models(models);
  }

  async #models(place: HTMLElement): Promise<void> {
    try {
      const diagram = await this.#get("Diagram");
      if (!place.isConnected) return;
      place.replaceChildren(diagram.element);
      diagram.none?.();
    } catch (cause) {
      place.append(h("p", { class: "db-bad", role: "alert" }, reason(cause)));
    }
  }

  #get(name: string): Promise<View> {
    const made = this.#made.get(name) ?? views[name]!.make(this).catch(() => {
      throw new Error(`This part of the page could not be fetched. Choose another one and then ${name} to try again.`);
    });
    this.#made.set(name, made);
    made.catch(() => this.#made.delete(name)); // the next choice tries again
    return made;
  }

  #say(text: string): void {
    this.#status.textContent = text;
    this.element.replaceChildren(this.notices.element, this.#status);
  }

  #choose(): void {
    const tables = this.#databases.find(({ name }) => name === this.#database.value)?.tables ?? [];
    fill(this.#table, tables.map(({ name, rows }) => [name, `${name} (${rows < 0 ? "view" : counted(rows, "row")})`]));
    if (!this.#body.isConnected) {
      this.element.replaceChildren(this.notices.element, h("div", { class: "db-bar" }, field("Database", this.#database), this.#tableField), this.#note, this.#tabs, this.#body);
    }
    this.#note.hidden = !inMemory(this.#database.value);
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const name = this.#view;
    const { table } = views[name]!;
    this.#body.setAttribute("aria-label", name);
    this.#tableField.hidden = !table;
    const database = this.#databases.find((one) => one.name === this.#database.value);
    if (!database) return;
    if (table && this.#table.value === "") return this.#body.replaceChildren(h("p", { class: "db-empty" }, "This database has no tables."));
    try {
      const view = await this.#get(name);
      if (name !== this.#view || database.name !== this.#database.value) return;
      if (view.element.parentElement !== this.#body) this.#body.replaceChildren(view.element);
      await view.show(database, this.#table.value);
    } catch (cause) {
      if (name === this.#view) this.#body.replaceChildren(h("p", { class: "db-bad", role: "alert" }, reason(cause)));
    }
  }
}

function field(label: string, select: HTMLSelectElement): HTMLElement {
  select.id = `database-field-${++fields}`;
  return h("div", { class: "db-field" }, h("label", { for: select.id }, label), select);
}

// What was chosen stays so, if it is still there.
function fill(select: HTMLSelectElement, options: [value: string, text: string][], choose = select.value): void {
  select.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
  if (options.some(([value]) => value === choose)) select.value = choose;
}
