// Completion: after a pause in a word, after a dot, or when asked for; never in the way.

import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Columns, Item } from "../checker/protocol.ts";
import { h } from "../dom.ts";
import { current, type Brain, type Files } from "./brain.ts";

const delay = 250; // ms without typing
const least = 2; // letters of a word before it is completed unasked

const icons: Record<Item["kind"], string> = {
  package: "namespace", type: "type", func: "function", method: "method", field: "property", var: "variable", const: "constant",
  option: "keyword", table: "class", column: "property",
};

/** completion completes the shown file. */
export function completion(brain: Brain, files: Files): Extension {
  return autocompletion({
    override: [(context) => source(brain, files, context)],
    activateOnTypingDelay: delay, icons: false, closeOnBlur: true, maxRenderedOptions: 60,
    optionClass: (option) => `kind-${option.type ?? ""}`,
  });
}

async function source(brain: Brain, files: Files, context: CompletionContext): Promise<CompletionResult | null> {
  if (!context.explicit && !wanted(context)) return null;
  const question = { type: "complete" as const, files: files.all(), file: files.shown(), at: context.pos, tables: [] as Columns[] };
  let answer = await current(brain, files, question);
  if (answer?.sql) answer = await current(brain, files, { ...question, tables: await brain.tables() });
  if (!answer || context.aborted || answer.items.length === 0) return null;
  return {
    from: answer.from,
    options: answer.items.map((item) => option(brain, item)),
    validFor: answer.sql || item(answer.items, "option") ? /^[\w ]*$/ : /^[\p{L}\p{N}_]*$/u,
  };
}

function item(items: Item[], kind: Item["kind"]): boolean {
  return items.some((one) => one.kind === kind);
}

/** wanted tells whether what was typed asks for completion by itself: a dot behind a name, a word of some length, or an option of a tag. */
function wanted(context: CompletionContext): boolean {
  if (context.matchBefore(/[\p{L}\p{N}_)\]]\.$/u)) return true;
  if (context.matchBefore(/orm:"$|orm:"[^"]*[,:]$/)) return true;
  const word = context.matchBefore(/[\p{L}\p{N}_]+$/u);
  return word !== null && word.to - word.from >= least;
}

function option(brain: Brain, one: Item): Completion {
  const { label, kind, detail, boost, doc, edits } = one;
  return {
    label, type: icons[kind], boost,
    ...(detail && { detail }),
    ...(doc && { info: () => about(brain, doc) }),
    apply: (view: EditorView, _: Completion, from: number, to: number) => {
      const changes = [{ from, to, insert: label }, ...(edits ?? []).map((edit) => ({ from: edit.from, to: edit.to, insert: edit.text }))];
      const set = view.state.changes(changes);
      view.dispatch({ changes: set, selection: { anchor: set.mapPos(to, 1) }, userEvent: "input.complete", scrollIntoView: true });
    },
  };
}

async function about(brain: Brain, key: [string, string]): Promise<Node | null> {
  const text = await brain.ask({ type: "doc", key }).catch(() => "");
  return text ? h("p", { class: "doc" }, text) : null;
}
