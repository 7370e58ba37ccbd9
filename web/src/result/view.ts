// How all statements of a result are shown: three switches of the reader's, which are kept.

import { button, h } from "../dom.ts";
import { sqlView } from "../store/settings.ts";
import type { Compare, LayOut } from "./statement.ts";

/** ViewSwitches are the switches; changed is called when one was pressed and what it needs is there. */
export class ViewSwitches {
  readonly element: HTMLElement;
  #layOut: LayOut | null = null;
  #compare: Compare | null = null;
  #compared = false; // the run on show knows of other databases
  #changed: () => void;
  #again: () => void;
  #values = button("Values in place", "view-switch", () => void this.#press(() => (sqlView.inPlace = !sqlView.inPlace)));
  #lines = button("Formatted", "view-switch", () => void this.#press(() => (sqlView.laidOut = !sqlView.laidOut)));
  #others = button("", "view-switch", () => void this.#other());

  /** again runs the program once more: what its statements are for other databases, only a run can tell that was asked for it. */
  constructor(changed: () => void, again: () => void) {
    this.#changed = changed;
    this.#again = again;
    this.element = h("div", { class: "view-switches", role: "group", "aria-label": "How SQL is shown" }, this.#values, this.#lines, this.#others);
    this.#show();
  }

  /** begin is told of a new run, and whether it compares. */
  begin(compared: boolean): void {
    this.#compared = compared;
    void this.ready();
  }

  /** inPlace says whether values stand in the statement. */
  get inPlace(): boolean {
    return sqlView.inPlace;
  }

  /** layOut lays SQL out, if the reader wants that and the code for it has come. */
  get layOut(): LayOut | null {
    return sqlView.laidOut ? this.#layOut : null;
  }

  /** compare puts the same statement for several databases side by side, if the reader wants that and the code for it has come. */
  get compare(): Compare | null {
    return this.#comparing ? this.#compare : null;
  }

  /** ready fetches what the choice of an earlier visit needs; another result of the page may have changed it, too. */
  async ready(): Promise<void> {
    this.#show();
    const [layOut, compare] = await Promise.all([
      sqlView.laidOut && !this.#layOut ? import("./layout.ts").then((loaded) => loaded.layOut).catch(() => null) : null,
      this.#comparing && !this.#compare ? import("./dialects.ts").then((loaded) => loaded.compare).catch(() => null) : null,
    ]);
    this.#layOut ??= layOut;
    this.#compare ??= compare;
    if (layOut || compare) this.#changed();
  }

  get #comparing(): boolean {
    return sqlView.compare && this.#compared;
  }

  async #press(change: () => void): Promise<void> {
    change();
    await this.ready();
    this.#changed();
  }

  #other(): Promise<void> | void {
    if (this.#compared) return this.#press(() => (sqlView.compare = !sqlView.compare));
    sqlView.compare = true;
    this.#again();
  }

  #show(): void {
    this.#values.setAttribute("aria-pressed", String(sqlView.inPlace));
    this.#values.disabled = this.#comparing; // placeholders are among what differs
    this.#lines.setAttribute("aria-pressed", String(sqlView.laidOut));
    this.#others.setAttribute("aria-pressed", String(this.#comparing));
    this.#others.textContent = this.#compared ? "Other databases" : "Other databases: run again";
    this.#others.title = "The same statements for PostgreSQL and MySQL";
  }
}
