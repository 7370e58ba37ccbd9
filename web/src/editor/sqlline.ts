// An editor of SQL statements: coloured, completed from the tables that there are, run by Control or Command with Enter.

import { type CompletionContext, type CompletionResult, autocompletion, closeBrackets, closeCompletion, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { SQLite, sql } from "@codemirror/lang-sql";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, Prec, type Extension } from "@codemirror/state";
import { EditorView, drawSelection, highlightSpecialChars, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { theme } from "./theme.ts";

/** SQLLineOptions say where the editor goes and what it asks for. */
export type SQLLineOptions = {
  parent: HTMLElement;
  describedBy: string;
  onRun: () => void;
  /** older and newer are asked when the reader goes up from the first line, and down from the last. */
  older: () => string | null;
  newer: () => string | null;
};

/** SQLLine is the editor. */
export class SQLLine {
  #view: EditorView;
  #schema = new Compartment();
  #label = new Compartment();

  constructor(options: SQLLineOptions) {
    const move = (edge: "first" | "last", text: () => string | null) => () => this.#atEdge(edge) && this.#put(text());
    const keys = [
      { key: "Mod-Enter", run: () => (closeCompletion(this.#view), options.onRun(), true) },
      { key: "ArrowUp", run: move("first", options.older) },
      { key: "ArrowDown", run: move("last", options.newer) },
    ];
    this.#view = new EditorView({ parent: options.parent, state: EditorState.create({ extensions: [
      Prec.high(keymap.of(keys)), keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      this.#schema.of(sql({ dialect: SQLite })), this.#label.of([]), autocompletion({ icons: false, maxRenderedOptions: 60 }), closeBrackets(),
      syntaxHighlighting(classHighlighter), bracketMatching(), highlightSpecialChars(), history(), drawSelection(), EditorView.lineWrapping, theme,
      EditorView.contentAttributes.of({ "aria-describedby": options.describedBy, spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
    ] }) });
  }

  /** text is what is typed. */
  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** names says what the editor is called, and which tables with which columns there are to complete. */
  names(label: string, tables: Record<string, string[]>): void {
    const schema: Extension = [sql({ dialect: SQLite, schema: tables, upperCaseKeywords: true }), SQLite.language.data.of({ autocomplete: columnsOf(tables) })];
    this.#view.dispatch({ effects: [this.#schema.reconfigure(schema), this.#label.reconfigure(EditorView.contentAttributes.of({ "aria-label": label }))] });
  }

  /** problem marks what is wrong at a place; null takes the mark away. */
  problem(one: { at: number; message: string } | null): void {
    const { state } = this.#view;
    const from = Math.min(one?.at ?? 0, state.doc.length);
    const to = Math.min(state.doc.length, from + (/^\w+/.exec(state.sliceDoc(from, from + 100))?.[0].length ?? 1));
    this.#view.dispatch(setDiagnostics(state, one ? [{ from, to, severity: "error", message: one.message }] : []));
  }

  focus(): void {
    this.#view.focus();
  }

  #atEdge(edge: "first" | "last"): boolean {
    const { state } = this.#view;
    const { main } = state.selection;
    if (completionStatus(state) === "active" || !main.empty) return false;
    return state.doc.lineAt(main.head).number === (edge === "first" ? 1 : state.doc.lines);
  }

  #put(text: string | null): boolean {
    if (text === null) return false;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text }, selection: { anchor: text.length }, scrollIntoView: true });
    return true;
  }
}

// Columns without their table's name before them: those of the tables that the text mentions.
function columnsOf(tables: Record<string, string[]>) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\p{L}\p{N}_]*/u);
    if (!word || (word.from === word.to && !context.explicit) || context.state.sliceDoc(Math.max(0, word.from - 1), word.from) === ".") return null;
    const text = context.state.doc.toString().toLowerCase();
    const options = Object.entries(tables).filter(([table]) => text.includes(table.toLowerCase()))
      .flatMap(([table, columns]) => columns.map((label) => ({ label, type: "property", detail: table, apply: quoted(label) })));
    return options.length === 0 ? null : { from: word.from, options, validFor: /^[\p{L}\p{N}_]*$/u };
  };
}

function quoted(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
