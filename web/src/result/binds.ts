// The arguments of a statement, each with its kind, so that 1 and "1" look different.

import { h } from "../dom.ts";
import { size } from "../format.ts";
import type { RunEvent } from "../runner/protocol.ts";

type WireArg = Extract<RunEvent, { type: "statement" }>["args"][number];

const firstShown = 12;

/** bindList lists the arguments; the rest of a long list waits behind a disclosure. */
export function bindList(args: WireArg[]): HTMLElement | null {
  if (args.length === 0) return null;
  const first = list(args.slice(0, firstShown), 1);
  if (args.length <= firstShown) return first;
  const rest = h("details", { class: "binds-rest" },
    h("summary", null, `${args.length - firstShown} more binds`), list(args.slice(firstShown), firstShown + 1));
  return h("div", null, first, rest);
}

function list(args: WireArg[], start: number): HTMLElement {
  return h("ol", { class: "binds", "aria-label": "Binds", start }, ...args.map(chip));
}

function chip(arg: WireArg): HTMLLIElement {
  const kind = arg.kind === "null" ? null : h("span", { class: "bind-kind" }, arg.kind);
  const text = h("span", { class: "bind-value" }, arg.kind === "null" ? "NULL" : shown(arg));
  const cut = arg.cut ? h("span", { class: "bind-cut" }, `… ${size(arg.cut)} more`) : null;
  return h("li", { class: `bind bind-${arg.kind}` }, kind, text, cut);
}

// Quotes make the ends of a text visible: '' and ' ' are values too.
function shown(arg: WireArg): string {
  return arg.kind === "text" ? `'${arg.text}'` : arg.text;
}
