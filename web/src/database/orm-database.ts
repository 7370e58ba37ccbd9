// <orm-database>: the databases that a step's programs left, in view. What shows them is fetched when it is first asked for.

import { define, h } from "../dom.ts";
import type { SourceFile } from "../runner/protocol.ts";
import type { Panel } from "./panel.ts";

/** OrmDatabase is the custom element orm-database. */
export class OrmDatabase extends HTMLElement {
  #panel: Promise<Panel> | null = null;

  /** show shows a folder's databases as they stand; files are those of its program. */
  async show(folder: string, files: () => SourceFile[]): Promise<void> {
    this.#panel ??= import("./panel.ts").then(({ Panel }) => {
      const panel = new Panel(folder, files);
      this.replaceChildren(panel.element);
      return panel;
    });
    try {
      await (await this.#panel).refresh();
    } catch {
      this.#panel = null;
      this.replaceChildren(h("p", { class: "db-body db-bad", role: "alert" }, "This part of the page could not be fetched. Choose Output and SQL and then Database to try again."));
    }
  }

  /** ended says that a run has ended: what is in view may have changed. */
  ended(): void {
    void this.#panel?.then((panel) => {
      panel.ended();
      if (!this.hidden) void panel.refresh();
    }, () => {});
  }
}

define("orm-database", OrmDatabase);
