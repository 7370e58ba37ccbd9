// The list of keys, made from the table that binds them.

import { h } from "../dom.ts";
import { groups, strokes, type Key } from "../editor/keys.ts";

/** showKeys opens the list; where the focus was it goes back to. */
export function showKeys(): void {
  if (document.querySelector("dialog.keys[open]")) return;
  const before = document.activeElement;
  const close = h("button", { type: "button", class: "keys-close", onclick: () => dialog.close() }, "Close");
  const dialog = h("dialog", { class: "keys", "aria-labelledby": "keys-title", onclose: () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  }, onclick: (event) => {
    if (event.target === dialog) dialog.close();
  } },
    h("div", { class: "keys-head" }, h("h2", { id: "keys-title" }, "Keys"), close),
    h("div", { class: "keys-groups" }, ...groups.map(({ name, keys }) =>
      h("section", null, h("h3", null, name), h("dl", null, ...keys.map(row))))));
  document.body.append(dialog);
  dialog.showModal();
}

function row({ keys, says }: Key): HTMLElement {
  const printed = strokes(keys).flatMap((stroke, i) => [i > 0 ? " then " : "", ...stroke.flatMap((key, j) => [j > 0 ? "+" : "", h("kbd", null, key)])]);
  return h("div", null, h("dt", null, ...printed), h("dd", null, says));
}

/** listenForKeys opens the list on F1, and on ? where nothing is being written. */
export function listenForKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const writing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable=true]");
    if (event.key !== "F1" && (event.key !== "?" || writing)) return;
    event.preventDefault();
    showKeys();
  });
}
