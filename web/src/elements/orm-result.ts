// <orm-result>: what a run did, in order. It renders the events it is given and fires "settled" after the last.

import { define, h } from "../dom.ts";
import type { Highlight } from "../result/statement.ts";
import { Stream } from "../result/stream.ts";
import type { RunEvent } from "../runner/protocol.ts";

/** OrmResult is the custom element orm-result. */
export class OrmResult extends HTMLElement {
  #stream: Stream | null = null;

  connectedCallback(): void {
    if (this.firstChild) return;
    this.append(h("p", { class: "result-empty" }, "Run the program to see its output here, and every SQL statement it sends, in the order in which they happen."));
  }

  /** begin clears the last run away; highlight colours the SQL of the new one. */
  begin(highlight: Highlight): void {
    this.#stream?.drop();
    const stream = new Stream(highlight, (done) => this.dispatchEvent(new CustomEvent("settled", { detail: done })));
    this.#stream = stream;
    this.replaceChildren(stream.before, stream.element, stream.rest, stream.after);
    this.scrollTop = 0;
  }

  /** push shows an event of the run. */
  push(event: RunEvent): void {
    this.#stream?.push(event);
  }

  /** here marks the statements that come from a line of the program. */
  here(file: string, line: number): void {
    this.#stream?.here(file, line);
  }
}

define("orm-result", OrmResult);
