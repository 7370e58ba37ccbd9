// What a name means, under the pointer or at the cursor.

import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { closeHoverTooltips, hoverTooltip, showTooltip, type EditorView, type Tooltip } from "@codemirror/view";
import type { Hover } from "../checker/protocol.ts";
import { h } from "../dom.ts";
import { current, type Brain, type Files } from "./brain.ts";
import { colour } from "./colour.ts";

const setHover = StateEffect.define<Tooltip | null>();

/** atCursor holds what was asked for by key; it goes with the next change, move or Escape. */
const atCursor = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, tr) {
    for (const effect of tr.effects) if (effect.is(setHover)) return effect.value;
    return tr.docChanged || tr.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

/** hovering shows what names mean. */
export function hovering(brain: Brain, files: Files): Extension {
  return [
    atCursor,
    hoverTooltip(async (_, at) => {
      const found = await ask(brain, files, at);
      return found && tooltip(found);
    }, { hoverTime: 350 }),
  ];
}

/** hoverAtCursor shows what the name at the cursor means. */
export async function hoverAtCursor(view: EditorView, brain: Brain, files: Files): Promise<void> {
  const found = await ask(brain, files, view.state.selection.main.head);
  view.dispatch({ effects: setHover.of(found && tooltip(found)) });
}

/** showCard shows something else at the cursor, in the same way. */
export function showCard(view: EditorView, card: Node): void {
  view.dispatch({ effects: setHover.of({ pos: view.state.selection.main.from, above: true, create: () => ({ dom: h("div", { class: "hover-card" }, card) }) }) });
}

/** closeHover takes it away, and tells whether there was anything. */
export function closeHover(view: EditorView): boolean {
  if (!view.state.field(atCursor, false)) return false;
  view.dispatch({ effects: [setHover.of(null), closeHoverTooltips] });
  return true;
}

function ask(brain: Brain, files: Files, at: number): Promise<Hover | null> {
  return current(brain, files, { type: "hover", files: files.all(), file: files.shown(), at });
}

function tooltip({ from, to, code, text }: Hover): Tooltip {
  return {
    pos: from, end: to, above: true,
    create: () => ({ dom: h("div", { class: "hover-card", role: "status" }, h("pre", null, colour(code)), text ? h("p", { class: "doc" }, text) : null) }),
  };
}
