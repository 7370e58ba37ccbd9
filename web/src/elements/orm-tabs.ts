// <orm-tabs>: the names of a step's files as tabs, and tools to change which there are. It fires "tab" with the name of the
// file to show, "add" to have one more, "rename" and "remove" with the name of the file that is meant.

import { button, define, h } from "../dom.ts";

/** OrmTabs is the custom element orm-tabs. */
export class OrmTabs extends HTMLElement {
  #list = h("div", { class: "tab-list", role: "tablist" });
  #tabs: HTMLButtonElement[] = [];
  #editable = false;

  /**
   * names sets the tabs; panel is the id of what they control, label what they are together. The tab that is
   * selected stays so. tools are the buttons that add, rename and remove.
   */
  names(files: string[], panel: string, label = "Files", tools = false): void {
    const selected = this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset.file;
    this.#editable = tools;
    this.#list.setAttribute("aria-label", label);
    this.#tabs = files.map((file, i) => h("button", {
      type: "button", role: "tab", class: "tab", id: `${panel}-tab-${i}`, "aria-controls": panel, "data-file": file,
      onclick: () => this.#choose(i), onkeydown: (event) => this.#key(event as KeyboardEvent, i), ondblclick: () => tools && this.#fire("rename", file),
    }, file));
    this.#list.replaceChildren(...this.#tabs);
    if (!this.firstChild) this.append(this.#list, ...(tools ? [this.#tools()] : []));
    this.select(selected !== undefined && files.includes(selected) ? selected : (files[0] ?? ""));
  }

  /** select marks a file's tab without firing. */
  select(file: string): void {
    for (const tab of this.#tabs) {
      const is = tab.dataset.file === file;
      tab.setAttribute("aria-selected", String(is));
      tab.tabIndex = is ? 0 : -1;
    }
  }

  /** focusTab gives the focus to the tab that is selected. */
  focusTab(): void {
    this.#tabs.find((tab) => tab.tabIndex === 0)?.focus();
  }

  #tools(): HTMLElement {
    const tool = (label: string, text: string, act: () => void) => {
      const one = button(text, "tab-tool", act);
      one.setAttribute("aria-label", label);
      one.title = label;
      return one;
    };
    const shown = () => this.#tabs.find((tab) => tab.tabIndex === 0)?.dataset.file ?? "";
    return h("div", { class: "tab-tools" },
      tool("Add a file", "+", () => this.#fire("add")),
      tool("Rename this file", "✎", () => this.#fire("rename", shown())),
      tool("Remove this file", "×", () => this.#fire("remove", shown())));
  }

  #choose(index: number): void {
    const tab = this.#tabs[index];
    if (!tab) return;
    this.select(tab.dataset.file!);
    tab.focus();
    this.#fire("tab", tab.dataset.file);
  }

  #key(event: KeyboardEvent, index: number): void {
    const last = this.#tabs.length - 1;
    const file = this.#tabs[index]!.dataset.file;
    const to = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1, Home: 0, End: last }[event.key];
    const act = this.#editable ? { F2: "rename", Delete: "remove" }[event.key] : undefined;
    if (to === undefined && !act) return;
    event.preventDefault();
    if (act) this.#fire(act, file);
    else this.#choose(to!);
  }

  #fire(name: string, file?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail: file }));
  }
}

define("orm-tabs", OrmTabs);
