// <orm-step>: a figure of source text becomes an editor with Run, Stop and a result stream. It fires
// "run-event" for each event of a run, and "settled" when the last of them is on the page.

import * as checker from "../checker/checker.ts";
import { define, h } from "../dom.ts";
import type { Brain } from "../editor/brain.ts";
import type { EditorHandle } from "../editor/open.ts";
import { Notices } from "../notice.ts";
import { locateEvent, pointEvent, type Place } from "../result/locate.ts";
import { whenNear } from "../run/idle.ts";
import { runner, warm, type Program } from "../run/runner.ts";
import type { RunEvent, SourceFile } from "../runner/protocol.ts";
import { RunSession } from "../run/session.ts";
import { share } from "../share/link.ts";
import { Files } from "../step/files.ts";
import { Keeping } from "../step/keeping.ts";
import { Live } from "../step/live.ts";
import { surprises } from "../step/surprises.ts";
import { Draft } from "../store/draft.ts";
import { sqlView } from "../store/settings.ts";
import { showKeys } from "./keys-dialog.ts";
import { OrmDatabase } from "../database/orm-database.ts";
import { OrmResult } from "./orm-result.ts";
import { OrmTabs } from "./orm-tabs.ts";
import { OrmToolbar } from "./orm-toolbar.ts";

type Kit = typeof import("../editor/kit.ts");

const kit = (): Promise<Kit> => import("../editor/kit.ts");
const help = "Tab indents. To leave the editor with the keyboard, press Escape and then Tab. Control or Command with Enter runs the program. F1 lists the keys.";

const views = ["Output and SQL", "Database"] as [string, string];

/** OrmStep is the custom element orm-step. */
export class OrmStep extends HTMLElement {
  #draft = new Draft("", []);
  #figures = new Map<string, HTMLElement>();
  #shown = "";
  #toolbar = new OrmToolbar();
  #result = new OrmResult();
  #database = new OrmDatabase();
  #views = new OrmTabs();
  #tabs = new OrmTabs();
  #notices = new Notices("step-notices");
  #keeping: Keeping | null = null;
  #filing: Files | null = null;
  #code = h("div", { class: "step-code" });
  #editor: EditorHandle | null = null;
  #opening: Promise<EditorHandle> | null = null;
  #cursor: Place = { file: "", line: 0 };
  #lines = new Map<string, Set<number>>();
  #live = new Live({ busy: () => this.#session.busy, start: () => void this.run(), stop: () => this.stop() });
  #session = new RunSession({
    state: (state) => this.#toolbar.show(state), event: (event) => this.#event(event),
    surprise: (surprise) => this.#notices.show("databases", surprises[surprise]),
  }, () => this.#name);

  connectedCallback(): void {
    if (this.#figures.size > 0) return;
    for (const figure of this.querySelectorAll<HTMLElement>("figure.file")) this.#figures.set(figure.dataset.file ?? "main.go", figure);
    if (this.#figures.size === 0) return;
    this.#draft = new Draft(this.#name, [...this.#figures].map(([name, figure]) => ({ name, text: figure.querySelector("code")?.textContent ?? "" })));
    this.#shown = this.#draft.files[0]!.name;
    this.#lay();
    this.#listen();
    this.#toolbar.edited(this.#draft.edited);
    this.#keeping = new Keeping({ folder: this.#name, draft: this.#draft, notices: this.#notices, show: (files) => this.#replace(files), databases: () => this.#database.ended() });
    if (this.dataset.warning) this.#notices.show("warning", this.dataset.warning);
    this.#filing = new Files({
      draft: this.#draft, notices: this.#notices,
      added: (name, text) => this.#refile(name, (editor) => editor.add({ name, text })),
      renamed: (from, to) => this.#refile(to, (editor) => editor.rename(from, to)),
      removed: (name, next) => this.#refile(next, (editor) => editor.remove(name)),
    });
    whenNear(this, () => void this.#open());
  }

  /** source is a file of the program as it stands; setSource replaces it. */
  source(name: string): string {
    return this.#draft.files.find((file) => file.name === name)?.text ?? "";
  }

  setSource(name: string, text: string): void {
    if (this.#editor) this.#editor.replace(name, text);
    this.#changed(name, text);
  }

  /** program is all files as they stand, what the site has built of them if nobody changed them, and what the reader wants of a run. */
  program(): Program {
    const built = this.#draft.edited ? undefined : this.dataset.program;
    return { files: this.#draft.files.map(({ name, text }) => ({ name, text })), ...(built && { built }), ...(sqlView.compare && { compare: true }) };
  }

  /** run builds and runs the program as it stands; stop ends it. */
  async run(): Promise<void> {
    if (this.#session.busy) return;
    delete this.dataset.reason;
    this.dataset.state = "busy";
    this.#notices.hide("databases"); // to undo what was before would undo this run too
    const loaded = await kit().catch(() => null);
    this.#lines.clear();
    this.#editor?.begin();
    const program = this.program();
    this.#result.begin(loaded ? loaded.highlightSQL : (sql) => document.createTextNode(sql), program);
    await this.#session.start(program);
  }

  stop(): void {
    this.#session.stop();
  }

  /** reset brings the lesson's own program back; undo in the editor brings the edits back. */
  reset(): void {
    this.#keeping?.reset();
  }

  // The draft has just these files afterwards, whatever the editor made of them on the way.
  #replace(files: SourceFile[]): void {
    const gone = this.#draft.files.filter((file) => !files.some((one) => one.name === file.name));
    const come = files.filter((file) => !this.#draft.files.some((one) => one.name === file.name));
    for (const { name, text } of files) if (!come.some((one) => one.name === name)) this.setSource(name, text);
    this.#draft.replace(files);
    this.#refile(files.some((file) => file.name === this.#shown) ? this.#shown : files[0]!.name, (editor) => {
      for (const file of come) editor.add(file);
      editor.show(files[0]!.name);
      for (const { name } of gone) editor.remove(name);
    });
  }

  get #name(): string {
    return this.dataset.step ?? this.id;
  }

  // Steps are told apart by their number on the page, which is what a listener can make sense of.
  get #title(): string {
    return `step ${[...document.querySelectorAll("orm-step")].indexOf(this) + 1}`;
  }

  #lay(): void {
    const panel = `${this.id}-code`;
    const figures = h("div", { class: "step-files", id: panel });
    this.#tabs.names(this.#draft.files.map((file) => file.name), panel, "Files", true);
    this.#code.append(this.#tabs);
    figures.setAttribute("role", "tabpanel");
    figures.setAttribute("aria-label", "Source");
    figures.append(...this.#figures.values());
    this.#code.append(figures, h("p", { class: "visually-hidden", id: `${this.id}-help` }, help));
    this.#result.setAttribute("role", "region");
    this.#result.setAttribute("aria-label", `Result of ${this.#title}`);
    this.#result.tabIndex = 0;
    const notes = [...this.querySelectorAll(":scope > details")];
    const results = h("div", { class: "step-results" },
      this.#views, this.#layViews(), h("div", { class: "step-notes" }, ...notes));
    this.replaceChildren(this.#notices.element, this.#code, this.#toolbar, results);
    this.classList.add("live");
    this.#showFile(this.#shown);
  }

  #layViews(): HTMLElement {
    const panel = h("div", { class: "step-view", id: `${this.id}-view`, role: "tabpanel" }, this.#result, this.#database);
    const show = (name: string) => {
      panel.setAttribute("aria-label", name);
      this.#result.hidden = name !== views[0];
      this.#database.hidden = name !== views[1];
      if (!this.#database.hidden) void this.#database.show(this.#name, () => this.program().files);
    };
    this.#views.names(views, panel.id, "Views");
    this.#views.addEventListener("tab", (event) => show((event as CustomEvent<string>).detail));
    show(views[0]);
    return panel;
  }

  #listen(): void {
    this.#toolbar.addEventListener("run", () => void this.run());
    this.#toolbar.addEventListener("stop", () => this.stop());
    this.#toolbar.addEventListener("reset", () => this.reset());
    this.#toolbar.more.addEventListener("compare", () => void this.#keeping?.compare());
    this.#toolbar.more.addEventListener("share", () => void share(this.#draft.files, this.#notices));
    this.#toolbar.more.addEventListener("empty", () => void this.#keeping?.empty());
    this.#code.addEventListener("focusin", () => void checker.load().then(() => warm(this.program())), { once: true });
    this.#tabs.addEventListener("tab", (event) => this.#showFile((event as CustomEvent<string>).detail));
    this.#tabs.addEventListener("add", () => void this.#filing?.add());
    this.#tabs.addEventListener("rename", (event) => void this.#filing?.rename((event as CustomEvent<string>).detail));
    this.#tabs.addEventListener("remove", (event) => this.#filing?.remove((event as CustomEvent<string>).detail));
    this.#result.addEventListener("settled", (event) => this.#settled((event as CustomEvent<Extract<RunEvent, { type: "done" }>>).detail));
    this.#result.addEventListener("again", () => void this.run());
    this.#code.addEventListener("keydown", (event) => this.#reach(event), true);
    this.addEventListener(pointEvent, (event) => this.#editor?.point((event as CustomEvent<Place | null>).detail));
    this.addEventListener(locateEvent, (event) => void this.#locate((event as CustomEvent<Place>).detail));
  }

  #showFile(name: string): void {
    this.#shown = name;
    this.#tabs.select(name);
    if (this.#editor) return this.#editor.show(name);
    for (const [file, figure] of this.#figures) figure.hidden = file !== name;
  }

  // Another set of files: the tabs follow, and the editor, which knows files that have no figure.
  #refile(show: string, change: (editor: EditorHandle) => void): void {
    this.#toolbar.edited(this.#draft.edited);
    this.#live.changed();
    void this.#open().then((editor) => {
      if (editor.shown() !== show && editor.all().some((file) => file.name === show)) editor.show(show);
      change(editor);
      this.#tabs.names(this.#draft.files.map((file) => file.name), `${this.id}-code`, "Files", true);
      this.#showFile(show);
      if (this.contains(document.activeElement) || document.activeElement === document.body) this.#tabs.focusTab();
    });
  }

  get #brain(): Brain {
    return {
      ask: checker.ask, ready: checker.ready,
      tables: async () => {
        const tables = await runner().then((one) => one.tables(this.#name)).catch(() => []);
        return tables.map(({ name, columns }) => ({ table: name, columns: columns.map((column) => column.name) }));
      },
    };
  }

  #open(): Promise<EditorHandle> {
    this.#opening ??= kit().then(({ openEditor }) => {
      const parent = this.#code.querySelector<HTMLElement>(".step-files")!;
      const host = h("div", { class: "editor" });
      const editor = openEditor({
        parent: host, name: this.#title, files: this.#draft.files, describedBy: `${this.id}-help`, brain: this.#brain,
        onChange: (name, text) => this.#changed(name, text),
        onLine: (name, line) => this.#here(name, line),
        onRun: () => void this.run(),
        onShow: (name) => this.#showFile(name),
        onSave: () => this.#notices.hide("files"),
        onKeys: showKeys,
      });
      this.#editor = editor;
      parent.replaceChildren(host);
      editor.show(this.#shown);
      return editor;
    });
    this.#opening.catch(() => (this.#opening = null));
    return this.#opening;
  }

  #changed(name: string, text: string): void {
    if (this.source(name) === text) return;
    this.#draft.set(name, text);
    this.#toolbar.edited(this.#draft.edited);
    if (!this.dataset.warning || this.dataset.state) this.#live.changed(); // what came from elsewhere runs by hand first
  }

  #event(event: RunEvent): void {
    this.dispatchEvent(new CustomEvent<RunEvent>("run-event", { bubbles: true, detail: event }));
    this.#result.push(event);
    if (event.type === "statement" && event.phase === "begin" && event.line > 0) this.#sent(event.file, event.line);
    if (event.type === "diagnostics") void this.#open().then((editor) => editor.problems(event.items));
    if (event.type === "done" && event.file && event.line && event.reason !== "compile") {
      const { file, line } = event;
      void this.#open().then((editor) => editor.failed(file, line));
    }
  }

  #sent(file: string, line: number): void {
    const lines = this.#lines.get(file) ?? new Set<number>();
    if (lines.has(line)) return;
    this.#lines.set(file, lines.add(line));
    void this.#open().then((editor) => editor.sent(file, [line]));
  }

  #settled(done: Extract<RunEvent, { type: "done" }>): void {
    this.dataset.state = "ended";
    this.dataset.reason = done.reason;
    this.dispatchEvent(new CustomEvent("settled", { bubbles: true, detail: done }));
    this.#live.ended();
    this.#database.ended();
  }

  #here(file: string, line: number): void {
    this.#cursor = { file, line };
    this.#result.here(file, line);
  }

  #reach(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.#result.reach(this.#cursor.file, this.#cursor.line)) event.preventDefault();
  }

  async #locate(place: Place): Promise<void> {
    const editor = await this.#open();
    this.#showFile(place.file);
    editor.jump(place.file, place.line, place.column);
  }
}

define("orm-step", OrmStep);
