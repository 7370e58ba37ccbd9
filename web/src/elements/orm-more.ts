// <orm-more>: what can be done with a program besides running it, behind one button. It fires "compare",
// "share" and "empty"; "live" is a setting of the reader.

import { button, define, h } from "../dom.ts";
import { liveMode } from "../store/settings.ts";

let numbers = 0;

/** OrmMore is the custom element orm-more. */
export class OrmMore extends HTMLElement {
  #button = button("More", "more-button", () => this.#toggle());
  #panel = h("div", { class: "more-panel", id: `more-${++numbers}`, hidden: true });
  #compare = button("Compare with the original", "more-item", () => this.#fire("compare"));
  #live = h("input", { type: "checkbox", onchange: () => this.#choose() });

  connectedCallback(): void {
    if (this.firstChild) return;
    this.#button.setAttribute("aria-expanded", "false");
    this.#button.setAttribute("aria-controls", this.#panel.id);
    this.#panel.append(
      this.#compare,
      button("Copy a link to this program", "more-item", () => this.#fire("share")),
      button("Empty its databases", "more-item", () => this.#fire("empty")),
      h("label", { class: "more-item" }, this.#live, "Run after each pause in typing"),
    );
    this.append(this.#button, this.#panel);
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#panel.hidden) return;
      this.#show(false);
      this.#button.focus();
    });
    this.addEventListener("focusout", (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.#show(false);
    });
  }

  /** edited says whether there is something to compare. */
  edited(is: boolean): void {
    this.#compare.hidden = !is;
  }

  #toggle(): void {
    this.#show(this.#button.getAttribute("aria-expanded") === "false");
  }

  #show(is: boolean): void {
    this.#live.checked = liveMode.on;
    this.#panel.hidden = !is;
    this.#button.setAttribute("aria-expanded", String(is));
  }

  #choose(): void {
    liveMode.on = this.#live.checked;
  }

  #fire(name: string): void {
    this.#button.focus();
    this.#show(false);
    this.dispatchEvent(new CustomEvent(name));
  }
}

define("orm-more", OrmMore);
