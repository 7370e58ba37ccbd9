// The parameters of the call that is being written, over the cursor.

import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, showTooltip, type Tooltip } from "@codemirror/view";
import type { Signature } from "../checker/protocol.ts";
import { h } from "../dom.ts";
import { current, pause, type Brain, type Files } from "./brain.ts";

type Shown = { signature: Signature; at: number };

const setSignature = StateEffect.define<Shown | null>();

const shown = StateField.define<Shown | null>({
  create: () => null,
  update(value, tr) {
    for (const effect of tr.effects) if (effect.is(setSignature)) return effect.value;
    return value && tr.docChanged ? { ...value, at: tr.changes.mapPos(value.at) } : value;
  },
  provide: (field) => showTooltip.from(field, (value) => value && tooltip(value)),
});

/** signatures shows parameters once a bracket or comma of a call is typed, for as long as the cursor stays in the call. */
export function signatures(brain: Brain, files: Files): Extension {
  let timer = 0;
  return [
    shown,
    EditorView.updateListener.of((update) => {
      if (!update.docChanged && !update.selectionSet) return;
      const open = update.state.field(shown) !== null;
      if (!open && !(update.docChanged && opens(update.view))) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => void showSignature(update.view, brain, files, open), pause);
    }),
  ];
}

/**
 * showSignature shows the parameters at the cursor, or takes them away where there is no call. What was open when it was
 * asked for, and was closed since, stays closed.
 */
export async function showSignature(view: EditorView, brain: Brain, files: Files, wasOpen = false): Promise<void> {
  const closed = () => wasOpen && !view.state.field(shown, false);
  if (closed()) return;
  const file = files.shown();
  const at = view.state.selection.main.head;
  const signature = await current(brain, files, { type: "signature", files: files.all(), file, at });
  if (closed() || file !== files.shown() || (signature && view.state.selection.main.head !== at)) return;
  if (signature || view.state.field(shown, false)) view.dispatch({ effects: setSignature.of(signature && { signature, at }) });
}

/** closeSignature takes them away, and tells whether there were any. */
export function closeSignature(view: EditorView): boolean {
  if (!view.state.field(shown, false)) return false;
  view.dispatch({ effects: setSignature.of(null) });
  return true;
}

function opens(view: EditorView): boolean {
  const at = view.state.selection.main.head;
  return view.hasFocus && /[(,] ?$/.test(view.state.sliceDoc(Math.max(0, at - 2), at));
}

function tooltip({ signature: { label, params, active, text }, at }: Shown): Tooltip {
  const [from, to] = params[active] ?? [label.length, label.length];
  return {
    pos: at, above: true, strictSide: false,
    create: () => ({
      dom: h("div", { class: "signature-card", role: "status" },
        h("pre", null, label.slice(0, from), from < to ? h("strong", null, label.slice(from, to)) : null, label.slice(to)),
        text ? h("p", { class: "doc" }, text) : null),
    }),
  };
}
