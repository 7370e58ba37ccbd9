// Which files a step has: adding, renaming and removing them, asked for in the page's own dialog.

import { h } from "../dom.ts";
import type { Notices } from "../notice.ts";
import type { Draft } from "../store/draft.ts";

/** FilesStep is what is asked of the step. */
export interface FilesStep {
  readonly draft: Draft;
  readonly notices: Notices;
  /** added, renamed and removed are told of what has happened to the draft; the last with the file to show instead. */
  added(name: string, text: string): void;
  renamed(from: string, to: string): void;
  removed(name: string, next: string): void;
}

/** Files is a step's part that knows which files there are. */
export class Files {
  #step: FilesStep;

  constructor(step: FilesStep) {
    this.#step = step;
  }

  /** add asks for a name and adds a file of package main. */
  async add(): Promise<void> {
    const name = await ask("Add a file", "Name of the new file", this.#free(), "Add", (value) => this.#fault(value, null));
    if (name === null) return;
    const text = "package main\n";
    this.#step.draft.set(name, text);
    this.#step.added(name, text);
  }

  /** rename asks for a file's new name. */
  async rename(from: string): Promise<void> {
    const to = await ask(`Rename ${from}`, "New name", from, "Rename", (value) => this.#fault(value, from));
    if (to === null || to === from) return;
    this.#step.draft.rename(from, to);
    this.#step.renamed(from, to);
  }

  /** remove takes a file out, and offers to bring it back. The last one stays: a program has a file. */
  remove(name: string): void {
    const { draft, notices } = this.#step;
    const at = draft.files.findIndex((file) => file.name === name);
    const gone = draft.files[at];
    if (!gone) return;
    if (draft.files.length === 1) return notices.show("files", "A program needs a file, so the last one stays.");
    const next = draft.files[at + 1] ?? draft.files[at - 1]!;
    draft.remove(name);
    this.#step.removed(name, next.name);
    notices.show("files", `${name} is removed.`, [{ label: "Undo", act: () => {
      draft.set(name, gone.text);
      this.#step.added(name, gone.text);
    } }]);
  }

  /** free is a name that no file has. */
  #free(): string {
    const taken = new Set(this.#step.draft.files.map((file) => file.name));
    for (let i = 1; ; i++) {
      const name = i === 1 ? "other.go" : `other${i}.go`;
      if (!taken.has(name)) return name;
    }
  }

  #fault(name: string, own: string | null): string {
    if (!/^[A-Za-z0-9][\w.-]*\.go$/.test(name)) return "A Go file's name has letters, digits, _ and -, and ends in .go.";
    if (name.endsWith("_test.go")) return "Files that end in _test.go do not run here.";
    if (name !== own && this.#step.draft.files.some((file) => file.name === name)) return `There is a file ${name} already.`;
    return "";
  }
}

/** ask asks for a text in a dialog; null is Cancel. */
function ask(title: string, label: string, value: string, act: string, fault: (value: string) => string): Promise<string | null> {
  return new Promise((resolve) => {
    const input = h("input", { type: "text", value, spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
    const wrong = h("p", { class: "ask-fault", role: "alert" });
    const form = h("form", { method: "dialog", onsubmit: (event) => {
      wrong.textContent = fault(input.value.trim());
      if (wrong.textContent) event.preventDefault();
      else dialog.returnValue = "yes";
    } },
      h("h2", null, title), h("label", null, label, input), wrong,
      h("div", { class: "ask-buttons" }, h("button", { type: "submit" }, act), h("button", { type: "button", onclick: () => dialog.close() }, "Cancel")));
    const dialog = h("dialog", { class: "ask", "aria-label": title, onclose: () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? input.value.trim() : null);
    } }, form);
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
    input.setSelectionRange(0, value.replace(/\.go$/, "").length);
  });
}
