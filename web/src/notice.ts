// Notices: a sentence that the reader should see, and what can be done about it. They stay until answered.

import { button, h } from "./dom.ts";

/** Action is a button of a notice; pressing it also takes the notice away. */
export type Action = { label: string; act: () => void };

/** Notices is a place for notices, each known by a name; showing one again replaces it. */
export class Notices {
  /** element is what goes into the page. It is there before its content, so that readers hear of it. */
  readonly element: HTMLElement;

  constructor(className: string) {
    this.element = h("div", { class: `notices ${className}`, "aria-live": "polite" });
  }

  /** show shows a notice; more is put below its text. */
  show(name: string, text: string, actions: Action[] = [], more: HTMLElement | null = null): void {
    const buttons = [...actions, { label: "Close", act: () => {} }].map(({ label, act }) =>
      button(label, "notice-button", () => {
        this.hide(name);
        act();
      }));
    const notice = h("div", { class: "notice", "data-notice": name }, h("p", null, text), more, h("div", { class: "notice-buttons" }, ...buttons));
    const old = this.#find(name);
    if (old) old.replaceWith(notice);
    else this.element.append(notice);
  }

  hide(name: string): void {
    this.#find(name)?.remove();
  }

  #find(name: string): Element | undefined {
    return [...this.element.children].find((child) => (child as HTMLElement).dataset.notice === name);
  }
}

let ofPage: Notices | null = null;

/** pageNotices are those of the page as a whole, at its lower edge. */
export function pageNotices(): Notices {
  if (!ofPage) {
    ofPage = new Notices("page-notices");
    document.body.append(ofPage.element);
  }
  return ofPage;
}
