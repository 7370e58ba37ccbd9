// How all statements of a result are shown: two switches of the reader's, which are kept.

import { button, h } from "../dom.ts";
import { sqlView } from "../store/settings.ts";

/** LayOut lays SQL out in lines. */
export type LayOut = (sql: string) => string;

/** ViewSwitches are the switches; changed is called when one was pressed and what it needs is there. */
export class ViewSwitches {
  readonly element: HTMLElement;
  #layOut: LayOut | null = null;
  #changed: () => void;
  #values = button("Values in place", "view-switch", () => void this.#press(() => (sqlView.inPlace = !sqlView.inPlace)));
  #lines = button("Formatted", "view-switch", () => void this.#press(() => (sqlView.laidOut = !sqlView.laidOut)));

  constructor(changed: () => void) {
    this.#changed = changed;
    this.element = h("div", { class: "view-switches", role: "group", "aria-label": "How SQL is shown" }, this.#values, this.#lines);
    this.#show();
  }

  /** inPlace says whether values stand in the statement. */
  get inPlace(): boolean {
    return sqlView.inPlace;
  }

  /** layOut lays SQL out, if the reader wants that and the code for it has come. */
  get layOut(): LayOut | null {
    return sqlView.laidOut ? this.#layOut : null;
  }

  /** ready fetches what the choice of an earlier visit needs; another result of the page may have changed it, too. */
  async ready(): Promise<void> {
    this.#show();
    if (!sqlView.laidOut || this.#layOut) return;
    const loaded = await import("./layout.ts").catch(() => null);
    if (!loaded) return;
    this.#layOut = loaded.layOut;
    this.#changed();
  }

  async #press(change: () => void): Promise<void> {
    change();
    await this.ready();
    this.#changed();
  }

  #show(): void {
    this.#values.setAttribute("aria-pressed", String(sqlView.inPlace));
    this.#lines.setAttribute("aria-pressed", String(sqlView.laidOut));
  }
}
