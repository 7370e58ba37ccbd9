// <orm-scratch>: the programs to begin with, one of them shown, and above them a program that came by a link.

import { define, h } from "../dom.ts";
import { pageNotices } from "../notice.ts";
import { decode, ShareError } from "../share/code.ts";
import { parameter } from "../share/link.ts";
import { sharedStep } from "../share/shared.ts";
import { read, write } from "../store/local.ts";
import { OrmTabs } from "./orm-tabs.ts";

const fromLink = "From a link";

/** OrmScratch is the custom element orm-scratch. */
export class OrmScratch extends HTMLElement {
  #tabs = new OrmTabs();
  #sections = new Map<string, HTMLElement>();
  #panel = h("div", { id: "scratch-program", role: "tabpanel" });

  connectedCallback(): void {
    if (this.#sections.size > 0) return;
    this.#group();
    this.#panel.append(...this.#sections.values());
    this.#tabs.addEventListener("tab", (event) => this.#choose((event as CustomEvent<string>).detail));
    this.replaceChildren(this.#tabs, this.#panel);
    this.#name();
    this.#show(this.#named(location.hash.slice(1)) ?? read("scratch") ?? "");
    void this.#follow();
    addEventListener("hashchange", () => void this.#follow());
  }

  // A heading begins a section; the tab says what the heading says.
  #group(): void {
    let section: HTMLElement | null = null;
    for (const child of [...this.children]) {
      if (child instanceof HTMLHeadingElement) {
        section = h("section", { class: "scratch-section" });
        this.#sections.set(child.textContent ?? "", section);
        child.classList.add("visually-hidden");
      }
      section?.append(child);
    }
  }

  #name(): void {
    this.#tabs.names([...this.#sections.keys()], this.#panel.id, "Programs to begin with");
  }

  #named(id: string): string | undefined {
    return [...this.#sections].find(([, section]) => id !== "" && [...section.querySelectorAll("[id]")].some((one) => one.id === id))?.[0];
  }

  #show(name: string): void {
    const chosen = this.#sections.has(name) ? name : [...this.#sections.keys()][0]!;
    this.#tabs.select(chosen);
    for (const [other, section] of this.#sections) section.hidden = other !== chosen;
  }

  #choose(name: string): void {
    this.#show(name);
    if (name !== fromLink) write("scratch", name);
  }

  async #follow(): Promise<void> {
    const { hash } = location;
    const named = this.#named(hash.slice(1));
    if (named) return this.#show(named);
    if (!hash.startsWith(parameter)) return;
    try {
      const code = hash.slice(parameter.length);
      this.#bring(sharedStep(code, await decode(code)));
    } catch (cause) {
      if (!(cause instanceof ShareError)) throw cause;
      pageNotices().show("link", cause.message);
    }
  }

  #bring(step: HTMLElement): void {
    this.#sections.get(fromLink)?.remove();
    this.#sections.delete(fromLink);
    const section = h("section", { class: "scratch-section" }, step);
    this.#sections = new Map([[fromLink, section], ...this.#sections]);
    this.#panel.prepend(section);
    this.#name();
    this.#show(fromLink);
  }
}

define("orm-scratch", OrmScratch);
