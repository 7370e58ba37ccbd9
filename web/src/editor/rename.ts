// Asks for a new name, in a panel above the text.

import { StateEffect, StateField } from "@codemirror/state";
import { showPanel, type EditorView, type Panel } from "@codemirror/view";
import { h } from "../dom.ts";

type Asked = { name: string; rename: (to: string) => Promise<string> };

const setAsked = StateEffect.define<Asked | null>();

/** renaming is the panel, when it is open. */
export const renaming = StateField.define<Asked | null>({
  create: () => null,
  update(value, tr) {
    for (const effect of tr.effects) if (effect.is(setAsked)) return effect.value;
    return value;
  },
  provide: (field) => showPanel.from(field, (asked) => asked && ((view) => panel(view, asked))),
});

/** askName opens the panel. rename does it and gives what is wrong, or nothing when it is done. */
export function askName(view: EditorView, name: string, rename: (to: string) => Promise<string>): void {
  view.dispatch({ effects: setAsked.of({ name, rename }) });
  const input = view.dom.querySelector<HTMLInputElement>(".rename-panel input");
  input?.focus();
  input?.select();
}

function close(view: EditorView): void {
  view.dispatch({ effects: setAsked.of(null) });
  view.focus();
}

function panel(view: EditorView, { name, rename }: Asked): Panel {
  const input = h("input", { type: "text", value: name, size: Math.max(name.length + 4, 16), spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
  const fault = h("p", { class: "rename-fault", role: "alert" });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (input.value === name) return close(view);
    fault.textContent = await rename(input.value);
    if (!fault.textContent) close(view);
  };
  const dom = h("form", { class: "rename-panel", onsubmit: (event) => void submit(event), onkeydown: (event) => {
    event.stopPropagation();
    if ((event as KeyboardEvent).key !== "Escape") return;
    event.preventDefault();
    close(view);
  } },
    h("label", null, `New name of ${name}`, input),
    h("button", { type: "submit" }, "Rename"),
    h("button", { type: "button", onclick: () => close(view) }, "Cancel"),
    fault);
  return { dom, top: true };
}
