// The entry of the stream for a shown chart: its code comes when the first chart does, and its table is one click away.

import { button, h } from "../dom.ts";
import type { ShowDoc } from "../runner/protocol.ts";
import { tableParts } from "./table.ts";

/** chartItem is the entry of the stream for a shown chart. */
export function chartItem(doc: ShowDoc): HTMLLIElement {
  const { head, actions, grid } = tableParts(doc);
  const place = h("div", { class: "chart" }, h("p", { class: "chart-value" }, "Drawing…"));
  const toggle = button("Show table", "copy-button", () => show(grid.hidden !== false));
  const show = (shown: boolean): void => {
    grid.hidden = !shown;
    toggle.textContent = shown ? "Hide table" : "Show table";
    toggle.setAttribute("aria-expanded", String(shown));
  };
  show(false);
  actions.prepend(toggle);
  void import("./chart/figure.ts").then(({ figure }) => place.replaceChildren(figure(doc)), () => {
    place.replaceChildren(h("p", { class: "chart-value" }, "The code that draws charts could not be fetched; here is the table."));
    show(true);
  });
  return h("li", { class: "item shown shown-chart" }, head, place, grid);
}
