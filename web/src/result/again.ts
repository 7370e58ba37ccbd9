// Runs of a statement that follow the first at once from the same line: one entry, the others behind a disclosure.

import { h } from "../dom.ts";
import { count, counted, micros } from "../format.ts";
import type { StatementEvent } from "../runner/protocol.ts";

/** Again is the part of a statement's entry that tells of them. */
export class Again {
  readonly element = h("div", { class: "again" });
  #line = h("p", { class: "repeats" });
  #list = h("ol", { class: "again-list" });
  #details: HTMLDetailsElement | null = null;
  #times = 0;
  #listed = 0;
  #us = 0;
  #affected = 0;

  constructor() {
    this.element.append(this.#line);
  }

  /** list puts a run that is told in full; its time and effect come when it has ended. */
  list(entry: HTMLElement): void {
    if (!this.#details) {
      this.#details = h("details", { class: "again-details" }, h("summary"), this.#list);
      this.element.append(this.#details);
    }
    this.#list.append(entry);
    this.#listed++;
    this.#times++;
    this.#details.firstElementChild!.textContent = `Show ${this.#listed === 1 ? "the next one" : `the next ${count(this.#listed)}`}`;
    this.#say();
  }

  /** ended adds what such a run took. */
  ended(event: StatementEvent): void {
    this.#us += event.us ?? 0;
    this.#affected += event.affected ?? 0;
    if (event.error) this.open();
    this.#say();
  }

  /** count adds runs that are only counted. */
  count(times: number, us: number, affected: number): void {
    this.#times += times;
    this.#us += us;
    this.#affected += affected;
    this.#say();
  }

  /** open shows the runs. */
  open(): void {
    if (this.#details) this.#details.open = true;
  }

  #say(): void {
    const effect = this.#affected > 0 ? `, ${counted(this.#affected, "row")} affected` : "";
    this.#line.textContent = `× ${counted(this.#times, "more time")}${effect}, ${micros(this.#us)}`;
  }
}
