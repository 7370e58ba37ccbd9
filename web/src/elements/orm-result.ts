// <orm-result>: what a run did, in order. It renders the events it is given and fires "settled" after the last,
// and "again" when the reader asks for something that another run must tell.

import { define, h } from "../dom.ts";
import { FilterBar } from "../result/filter.ts";
import type { Highlight } from "../result/statement.ts";
import { ViewSwitches } from "../result/view.ts";
import { Stream } from "../result/stream.ts";
import type { Program } from "../run/runner.ts";
import { bringIntoView } from "../result/scroll.ts";
import type { RunEvent } from "../runner/protocol.ts";

/** OrmResult is the custom element orm-result. */
export class OrmResult extends HTMLElement {
  #stream: Stream | null = null;
  #view = new ViewSwitches(() => this.#stream?.show(), () => this.dispatchEvent(new CustomEvent("again")));
  #bar = new FilterBar(() => this.#stream?.filter());

  connectedCallback(): void {
    if (this.firstChild) return;
    this.append(h("p", { class: "result-empty" }, "Run the program to see its output here, and every SQL statement it sends, in the order in which they happen."));
  }

  /** begin clears the last run away; highlight colours the SQL of the new one, which is of that program. */
  begin(highlight: Highlight, { files, compare }: Program): void {
    this.#stream?.drop();
    const stream = new Stream(highlight, files, this.#bar, this.#view, (done) => this.dispatchEvent(new CustomEvent("settled", { detail: done })));
    this.#stream = stream;
    this.#bar.element.append(this.#view.element);
    this.#view.begin(compare === true);
    this.replaceChildren(this.#bar.element, ...stream.parts);
    this.scrollTop = 0;
  }

  /** push shows an event of the run. */
  push(event: RunEvent): void {
    this.#stream?.push(event);
  }

  /** here marks the statements that come from a line of the program, and shows one of them, within the result alone. */
  here(file: string, line: number): void {
    bringIntoView(this, this.#stream?.here(file, line) ?? []);
  }

  /** reach moves the focus to the first statement of a line, and tells whether there is one. */
  reach(file: string, line: number): boolean {
    return this.#stream?.reach(file, line) ?? false;
  }
}

define("orm-result", OrmResult);
