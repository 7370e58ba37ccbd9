// <orm-step>: a figure of source text becomes an editor with Run, Stop and a result stream. It fires
// "run-event" for each event of a run, and "settled" when the last of them is on the page.

import { define, h } from "../dom.ts";
import type { EditorHandle } from "../editor/open.ts";
import * as drafts from "../editor/store.ts";
import { locateEvent, type Place } from "../result/locate.ts";
import { whenNear } from "../run/idle.ts";
import { warm } from "../run/runner.ts";
import type { RunEvent, SourceFile } from "../runner/protocol.ts";
import { RunSession } from "../run/session.ts";
import { OrmResult } from "./orm-result.ts";
import { OrmTabs } from "./orm-tabs.ts";
import { OrmToolbar } from "./orm-toolbar.ts";

type Kit = typeof import("../editor/kit.ts");
type File = { name: string; original: string; text: string; figure: HTMLElement };

const kit = (): Promise<Kit> => import("../editor/kit.ts");
const help = "Tab indents. To leave the editor with the keyboard, press Escape and then Tab. Control or Command with Enter runs the program.";

/** OrmStep is the custom element orm-step. */
export class OrmStep extends HTMLElement {
  #files: File[] = [];
  #shown = "";
  #toolbar = new OrmToolbar();
  #result = new OrmResult();
  #tabs: OrmTabs | null = null;
  #code = h("div", { class: "step-code" });
  #editor: EditorHandle | null = null;
  #opening: Promise<EditorHandle> | null = null;
  #lines = new Map<string, Set<number>>();
  #session = new RunSession({ state: (state) => this.#toolbar.show(state), event: (event) => this.#event(event) }, () => this.#name);

  connectedCallback(): void {
    if (this.#files.length > 0) return;
    this.#files = [...this.querySelectorAll<HTMLElement>("figure.file")].map((figure) => this.#file(figure));
    if (this.#files.length === 0) return;
    this.#shown = this.#files[0]!.name;
    this.#lay();
    this.#listen();
    this.#toolbar.edited(this.#edited());
    whenNear(this, () => void this.#open());
  }

  /** source is a file of the program as it stands; setSource replaces it. */
  source(name: string): string {
    return this.#files.find((file) => file.name === name)?.text ?? "";
  }

  setSource(name: string, text: string): void {
    if (this.#editor) this.#editor.replace(name, text);
    else this.#changed(name, text);
  }

  /** program is all files as they stand. */
  program(): SourceFile[] {
    return this.#files.map(({ name, text }) => ({ name, text }));
  }

  /** run builds and runs the program as it stands; stop ends it. */
  async run(): Promise<void> {
    if (this.#session.busy) return;
    delete this.dataset.reason;
    this.dataset.state = "busy";
    const loaded = await kit().catch(() => null);
    this.#lines.clear();
    this.#editor?.begin();
    this.#result.begin(loaded ? loaded.highlightSQL : (sql) => document.createTextNode(sql));
    await this.#session.start(this.program());
  }

  stop(): void {
    this.#session.stop();
  }

  /** reset brings the lesson's own program back; undo in the editor brings the edits back. */
  reset(): void {
    for (const file of this.#files) this.setSource(file.name, file.original);
  }

  #file(figure: HTMLElement): File {
    const name = figure.dataset.file ?? "main.go";
    const original = figure.querySelector("code")?.textContent ?? "";
    const draft = drafts.load(this.#name, name, original);
    return { name, original, text: draft?.text ?? original, figure };
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
    if (this.#files.length > 1) {
      this.#tabs = new OrmTabs();
      this.#tabs.names(this.#files.map((file) => file.name), panel);
      this.#code.append(this.#tabs);
      figures.setAttribute("role", "tabpanel");
    } else {
      this.#code.append(h("p", { class: "file-name" }, this.#shown));
    }
    figures.append(...this.#files.map((file) => file.figure));
    this.#code.append(figures, h("p", { class: "visually-hidden", id: `${this.id}-help` }, help));
    this.#result.setAttribute("role", "region");
    this.#result.setAttribute("aria-label", `Result of ${this.#title}`);
    this.#result.tabIndex = 0;
    const notes = [...this.querySelectorAll(":scope > details")];
    const results = h("div", { class: "step-results" },
      h("p", { class: "result-name", "aria-hidden": "true" }, "Output and SQL"), this.#result, h("div", { class: "step-notes" }, ...notes));
    this.replaceChildren(this.#code, this.#toolbar, results);
    this.classList.add("live");
    this.#showFile(this.#shown);
  }

  #listen(): void {
    this.#toolbar.addEventListener("run", () => void this.run());
    this.#toolbar.addEventListener("stop", () => this.stop());
    this.#toolbar.addEventListener("reset", () => this.reset());
    this.#code.addEventListener("focusin", () => void warm(this.program()), { once: true });
    this.#tabs?.addEventListener("tab", (event) => this.#showFile((event as CustomEvent<string>).detail));
    this.#result.addEventListener("settled", (event) => this.#settled((event as CustomEvent<Extract<RunEvent, { type: "done" }>>).detail));
    this.addEventListener(locateEvent, (event) => void this.#locate((event as CustomEvent<Place>).detail));
  }

  #showFile(name: string): void {
    this.#shown = name;
    this.#tabs?.select(name);
    if (this.#editor) return this.#editor.show(name);
    for (const file of this.#files) file.figure.hidden = file.name !== name;
  }

  #open(): Promise<EditorHandle> {
    this.#opening ??= kit().then(({ openEditor }) => {
      const parent = this.#code.querySelector<HTMLElement>(".step-files")!;
      const host = h("div", { class: "editor" });
      const editor = openEditor({
        parent: host, name: this.#title, files: this.#files.map(({ name, text }) => ({ name, text })), describedBy: `${this.id}-help`,
        onChange: (name, text) => this.#changed(name, text),
        onLine: (name, line) => this.#result.here(name, line),
        onRun: () => void this.run(),
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
    const file = this.#files.find((one) => one.name === name);
    if (!file) return;
    file.text = text;
    drafts.save(this.#name, name, file.original, text);
    this.#toolbar.edited(this.#edited());
  }

  #edited(): boolean {
    return this.#files.some((file) => file.text !== file.original);
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
  }

  async #locate(place: Place): Promise<void> {
    const editor = await this.#open();
    this.#showFile(place.file);
    editor.jump(place.file, place.line, place.column);
  }
}

define("orm-step", OrmStep);
