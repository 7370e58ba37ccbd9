// The compiler's messages, in its own words, each with a way to its place and a hint where there is one.

import { h } from "../dom.ts";
import type { RunEvent } from "../runner/protocol.ts";
import { counted, sentence } from "../format.ts";
import { placeButton } from "./locate.ts";

type Items = Extract<RunEvent, { type: "diagnostics" }>["items"];

/** problemList is the list that stands above the stream. */
export function problemList(items: Items): HTMLElement {
  return h("section", { class: "problems", "aria-label": "Compile errors" },
    h("p", { class: "problems-title" }, `${counted(items.length, "compile error")}`),
    h("ul", null, ...items.map(problem)));
}

function problem(item: Items[number]): HTMLLIElement {
  const where = `${item.file}:${item.line}:${item.column}`;
  return h("li", null,
    item.line > 0 ? placeButton(item, where, "place-button") : null,
    h("p", { class: "problem-message" }, item.message),
    item.hint ? h("p", { class: "problem-hint" }, sentence(item.hint)) : null);
}
