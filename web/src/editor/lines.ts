// Lines of the program as it ran, followed through later edits, and the marks they carry.

import { RangeSetBuilder, StateEffect, StateField, type EditorState, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

type Lines = { at: Map<number, number>; sent: Set<number>; found: number; failed: number };

const empty: Lines = { at: new Map(), sent: new Set(), found: 0, failed: 0 };

/** began forgets the marks of the last run: the program now runs as it stands. */
export const began = StateEffect.define<null>();

/** sent marks a line that a statement came from; failed the line where the program ended; found the line to look at. */
export const sent = StateEffect.define<number>();
export const failed = StateEffect.define<number>();
export const found = StateEffect.define<number>();

/** lines holds them, by their number at the time of the run. */
export const lines = StateField.define<Lines>({
  create: () => empty,
  update(value, tr) {
    let next = tr.docChanged ? moved(value, (pos) => tr.changes.mapPos(pos, 1)) : value;
    if (tr.docChanged || (tr.selection && next.found)) next = { ...next, found: 0 };
    for (const effect of tr.effects) {
      if (effect.is(began)) next = empty;
      if (effect.is(sent)) next = anchor({ ...next, sent: new Set(next.sent).add(effect.value) }, tr.state.doc, effect.value);
      if (effect.is(failed)) next = anchor({ ...next, failed: effect.value }, tr.state.doc, effect.value);
      if (effect.is(found)) next = anchor({ ...next, found: effect.value }, tr.state.doc, effect.value);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.compute([field], (state) => decorations(state, state.field(field))),
});

/** position is where a line of the run now begins. */
export function position(state: EditorState, line: number): number {
  const kept = state.field(lines).at.get(line);
  return kept ?? state.doc.line(Math.min(Math.max(line, 1), state.doc.lines)).from;
}

/** lineAtRun is the number that the line at pos had when the program ran, or its number now. */
export function lineAtRun(state: EditorState, pos: number): number {
  const here = state.doc.lineAt(pos);
  for (const [line, at] of state.field(lines).at) {
    if (state.doc.lineAt(Math.min(at, state.doc.length)).number === here.number) return line;
  }
  return here.number;
}

function anchor(value: Lines, doc: Text, line: number): Lines {
  if (value.at.has(line) || line < 1 || line > doc.lines) return value;
  return { ...value, at: new Map(value.at).set(line, doc.line(line).from) };
}

function moved(value: Lines, to: (pos: number) => number): Lines {
  return { ...value, at: new Map([...value.at].map(([line, pos]) => [line, to(pos)])) };
}

function decorations(state: EditorState, value: Lines): DecorationSet {
  const classes = new Map<number, string[]>();
  const mark = (line: number, name: string) => {
    const at = value.at.get(line);
    if (at === undefined) return;
    const from = state.doc.lineAt(Math.min(at, state.doc.length)).from;
    classes.set(from, [...(classes.get(from) ?? []), name]);
  };
  for (const line of value.sent) mark(line, "line-sent");
  if (value.failed) mark(value.failed, "line-failed");
  if (value.found) mark(value.found, "line-found");
  const builder = new RangeSetBuilder<Decoration>();
  for (const from of [...classes.keys()].sort((a, b) => a - b)) {
    builder.add(from, from, Decoration.line({ class: classes.get(from)!.join(" ") }));
  }
  return builder.finish();
}
