// Printed text: one block for what follows each other on one stream, cut to what a page can bear.

import { button, h } from "../dom.ts";
import { count } from "../format.ts";

const firstShown = 6_000;
const moreShown = 64_000;

/** OutputBlock is a run of printed text; it grows while the program prints. */
export class OutputBlock {
  readonly element: HTMLLIElement;
  readonly stream: "stdout" | "stderr";
  #shown = document.createTextNode("");
  #pre: HTMLPreElement;
  #more: HTMLButtonElement | null = null;
  #text = "";
  #limit = firstShown;

  constructor(stream: "stdout" | "stderr") {
    this.stream = stream;
    this.#pre = h("pre", { class: "printed" }, this.#shown);
    this.element = h("li", { class: `item output output-${stream}` },
      stream === "stderr" ? h("span", { class: "output-label" }, "stderr") : null, this.#pre);
  }

  /** add appends text; the DOM sees only the part that is shown. */
  add(text: string): void {
    const before = Math.min(this.#text.length, this.#limit);
    this.#text += text;
    if (before < this.#limit) this.#shown.appendData(this.#text.slice(before, this.#limit));
    this.#offerMore();
  }

  /** text is all that was printed. */
  text(): string {
    return this.#text;
  }

  #offerMore(): void {
    const hidden = this.#text.length - this.#limit;
    if (hidden <= 0) {
      this.#more?.remove();
      this.#more = null;
      return;
    }
    if (!this.#more) {
      this.#more = button("", "show-more", () => this.#grow());
      this.element.append(this.#more);
    }
    this.#more.textContent = `Show more (${count(hidden)} characters hidden)`;
  }

  #grow(): void {
    const from = this.#limit;
    this.#limit += moreShown;
    this.#shown.appendData(this.#text.slice(from, this.#limit));
    this.#offerMore();
  }
}
