// A dialog that shows how a program differs from another; fetched when it is first asked for.

import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { syntaxHighlighting } from "@codemirror/language";
import { go } from "@codemirror/lang-go";
import { unifiedMergeView } from "@codemirror/merge";
import { classHighlighter } from "@lezer/highlight";
import { button, h } from "../dom.ts";
import { theme } from "./theme.ts";

/** Pair is one file as it was and as it is; null is a file that is not there. */
export type Pair = { name: string; before: string | null; after: string | null };

/** compare shows the files that differ. It resolves when the dialog is closed. */
export function compare(title: string, pairs: Pair[]): Promise<void> {
  const different = pairs.filter(({ before, after }) => before !== after);
  const close = button("Close", "notice-button", () => dialog.close());
  const views: EditorView[] = [];
  const dialog = h("dialog", { class: "compare", "aria-label": title },
    h("div", { class: "compare-head" }, h("h2", null, title), close),
    ...different.map((pair) => section(pair, views)),
    different.length === 0 ? h("p", null, "There is no difference.") : null) as HTMLDialogElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    for (const view of views) view.destroy();
    dialog.remove();
    resolve();
  }, { once: true }));
}

function section({ name, before, after }: Pair, views: EditorView[]): HTMLElement {
  const view = new EditorView({
    state: EditorState.create({ doc: after ?? "", extensions: [
      lineNumbers(), EditorState.readOnly.of(true), EditorState.tabSize.of(4), go(), syntaxHighlighting(classHighlighter), theme,
      unifiedMergeView({ original: before ?? "", mergeControls: false, highlightChanges: true, gutter: true, collapseUnchanged: { margin: 3, minSize: 6 } }),
      EditorView.contentAttributes.of({ "aria-label": `${name}, with what differs`, tabindex: "0" }),
    ] }),
  });
  views.push(view);
  const note = before === null ? " (added)" : after === null ? " (taken out)" : "";
  return h("section", null, h("h3", { class: "file-name" }, name + note), view.dom);
}
