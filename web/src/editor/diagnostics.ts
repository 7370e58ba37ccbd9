// Problems of a text as CodeMirror's diagnostics: the compiler's words, a plain line under them, and what puts it right.

import type { Diagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import type { Edit, Problem } from "../checker/protocol.ts";
import { h } from "../dom.ts";
import { sentence } from "../format.ts";
import type { Diagnostic as RunProblem } from "../runner/protocol.ts";

/** squiggle is a problem that the checker found; apply makes the edits of a fix. */
export function squiggle(state: EditorState, { from, to, message, hint, fixes }: Problem, apply: (edits: Edit[]) => void): Diagnostic {
  const end = state.doc.length;
  return {
    from: Math.min(from, end), to: Math.min(to, end), severity: "error", message: hint ? `${message}\n${hint}` : message,
    renderMessage: () => words(message, hint),
    actions: fixes.map(({ label, edits }) => ({ name: label, apply: () => apply(edits) })),
  };
}

/** told is a problem that a run ended with. */
export function told(state: EditorState, { line, column, message, hint }: RunProblem): Diagnostic {
  const row = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const from = row.from + offset(row.text, column);
  const word = /^[\p{L}\p{N}_]+/u.exec(row.text.slice(from - row.from))?.[0].length ?? 1;
  return { from, to: Math.min(from + word, row.to), severity: "error", message: hint ? `${message}\n${hint}` : message, renderMessage: () => words(message, hint) };
}

/** offset is the place of a column, from 1, in a line. */
export function offset(text: string, column: number): number {
  return Math.min(Math.max(column - 1, 0), text.length);
}

/** words are a message and the plain line about it. */
export function words(message: string, hint?: string): HTMLElement {
  return h("div", { class: "problem-words" }, h("p", { class: "problem-message" }, message), hint ? h("p", { class: "problem-hint" }, sentence(hint)) : null);
}
