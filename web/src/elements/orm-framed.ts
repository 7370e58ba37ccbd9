// <orm-framed>: the page in a frame of somebody else's: a program that the frame's address brings.

import { define, h } from "../dom.ts";
import { decode, ShareError } from "../share/code.ts";
import { parameter } from "../share/link.ts";
import { sharedStep } from "../share/shared.ts";

/** OrmFramed is the custom element orm-framed. */
export class OrmFramed extends HTMLElement {
  connectedCallback(): void {
    void this.#follow();
    addEventListener("hashchange", () => void this.#follow());
  }

  async #follow(): Promise<void> {
    const code = location.hash.startsWith(parameter) ? location.hash.slice(parameter.length) : "";
    try {
      this.replaceChildren(sharedStep(code, await decode(code)));
    } catch (cause) {
      if (!(cause instanceof ShareError)) throw cause;
      this.replaceChildren(h("p", { class: "framed-refused", role: "alert" }, cause.message));
    }
  }
}

define("orm-framed", OrmFramed);
