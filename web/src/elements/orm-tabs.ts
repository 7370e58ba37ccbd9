// <orm-tabs>: the names of a step's files as tabs. It fires "tab" with the name of the file to show.

import { define, h } from "../dom.ts";

/** OrmTabs is the custom element orm-tabs. */
export class OrmTabs extends HTMLElement {
  #tabs: HTMLButtonElement[] = [];

  /** names sets the tabs; panel is the id of what they control. */
  names(files: string[], panel: string): void {
    this.setAttribute("role", "tablist");
    this.setAttribute("aria-label", "Files");
    this.#tabs = files.map((file, i) => h("button", {
      type: "button", role: "tab", class: "tab", id: `${panel}-tab-${i}`, "aria-controls": panel, "data-file": file,
      onclick: () => this.#choose(i), onkeydown: (event) => this.#key(event as KeyboardEvent, i),
    }, file));
    this.replaceChildren(...this.#tabs);
    this.select(files[0] ?? "");
  }

  /** select marks a file's tab without firing. */
  select(file: string): void {
    for (const tab of this.#tabs) {
      const is = tab.dataset.file === file;
      tab.setAttribute("aria-selected", String(is));
      tab.tabIndex = is ? 0 : -1;
    }
  }

  #choose(index: number): void {
    const tab = this.#tabs[index];
    if (!tab) return;
    this.select(tab.dataset.file!);
    tab.focus();
    this.dispatchEvent(new CustomEvent("tab", { detail: tab.dataset.file }));
  }

  #key(event: KeyboardEvent, index: number): void {
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#choose(to);
  }
}

define("orm-tabs", OrmTabs);
