// Statements that a program's other files send, one after another, folded into one entry: what the step is
// about stands in main.go, and its results should not be below the preparations.

import { h } from "../dom.ts";
import { counted } from "../format.ts";
import type { Facts } from "./filter.ts";
import type { StatementItem } from "./statement.ts";

/** mainFile is where a step's own lines stand. */
export const mainFile = "main.go";

/** SetupGroup is one such entry; it opens by itself when one of its statements fails. */
export class SetupGroup {
  readonly element: HTMLLIElement;
  #file: string;
  #list = h("ol", { class: "stream setup-list" });
  #summary = h("summary");
  #details = h("details", { class: "setup" }, this.#summary, this.#list);
  #items: StatementItem[] = [];
  #repeats = 0;

  constructor(file: string) {
    this.#file = file;
    this.element = h("li", { class: "item" }, this.#details);
  }

  /** takes says whether statements of that file belong here. */
  takes(file: string): boolean {
    return file === this.#file;
  }

  /** add puts a statement at the end. */
  add(item: StatementItem): void {
    this.#items.push(item);
    this.#list.append(item.element);
    this.#say();
  }

  /** repeat counts runs that are not listed one by one. */
  repeat(times: number): void {
    this.#repeats += times;
    this.#say();
  }

  /** filter shows the statements that are asked for, and tells how many of how many. */
  filter(takes: (facts: Facts) => boolean, active: boolean): [number, number] {
    const shown = this.#items.filter((item) => {
      const is = takes(item);
      item.element.hidden = !is;
      return is;
    }).length;
    this.element.hidden = shown === 0;
    if (active) this.#details.open = true;
    return [shown, this.#items.length];
  }

  /** open shows the statements. */
  open(): void {
    this.#details.open = true;
  }

  #say(): void {
    this.#summary.textContent = `${counted(this.#items.length + this.#repeats, "statement")} from ${this.#file}`;
  }
}
