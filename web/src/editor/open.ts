// One CodeMirror view over the files of a step: each file has its own state, the view shows one of them.

import { EditorState, Prec, type Extension, type StateEffect, type TransactionSpec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { go } from "@codemirror/lang-go";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { classHighlighter } from "@lezer/highlight";
import { began, failed, found, lineAtRun, lines, position, sent } from "./lines.ts";
import { theme } from "./theme.ts";

/** Problem is a compiler's message about a place. */
export type Problem = { file: string; line: number; column: number; message: string; hint?: string };

/** EditorOptions say where the editor goes and what it reports. */
export type EditorOptions = {
  parent: HTMLElement;
  name: string;
  files: { name: string; text: string }[];
  describedBy: string;
  onChange: (file: string, text: string) => void;
  onLine: (file: string, line: number) => void;
  onRun: () => void;
};

/** openEditor makes the editor and shows its first file. */
export function openEditor(options: EditorOptions): EditorHandle {
  return new EditorHandle(options);
}

/** EditorHandle is what a step does with its editor. */
export class EditorHandle {
  readonly view: EditorView;
  #options: EditorOptions;
  #states = new Map<string, EditorState>();
  #current: string;
  #line = 0;

  constructor(options: EditorOptions) {
    this.#options = options;
    for (const file of options.files) {
      this.#states.set(file.name, EditorState.create({ doc: file.text, extensions: this.#extensions(file.name) }));
    }
    this.#current = options.files[0]?.name ?? "main.go";
    this.view = new EditorView({ parent: options.parent, state: this.#states.get(this.#current)! });
  }

  /** show brings a file into the view. */
  show(file: string): void {
    if (file === this.#current || !this.#states.has(file)) return;
    this.#states.set(this.#current, this.view.state);
    this.#current = file;
    this.view.setState(this.#states.get(file)!);
  }

  /** text is a file as it stands. */
  text(file: string): string {
    return this.#state(file)?.doc.toString() ?? "";
  }

  /** replace puts another text into a file; undo brings the old one back. */
  replace(file: string, text: string): void {
    const state = this.#state(file);
    if (state) this.#dispatch(file, { changes: { from: 0, to: state.doc.length, insert: text } });
  }

  /** begin forgets the marks and messages of the last run. */
  begin(): void {
    for (const [file, state] of this.#states) {
      this.#dispatch(file, { effects: began.of(null) });
      this.#dispatch(file, setDiagnostics(this.#state(file) ?? state, []));
    }
  }

  /** sent marks lines as the origin of statements; failed the line where the program ended. */
  sent(file: string, numbers: Iterable<number>): void {
    const effects: StateEffect<number>[] = [...numbers].map((line) => sent.of(line));
    this.#dispatch(file, { effects });
  }

  failed(file: string, line: number): void {
    this.#dispatch(file, { effects: failed.of(line) });
  }

  /** problems puts the compiler's messages at their places. */
  problems(items: Problem[]): void {
    for (const [file] of this.#states) {
      const state = this.#state(file)!;
      const own = items.filter((item) => item.file === file);
      this.#dispatch(file, setDiagnostics(state, own.map((item) => diagnostic(state, item))));
    }
  }

  /** jump moves the cursor to a line of the run, shows and marks it, and takes the focus. */
  jump(file: string, line: number, column = 1): void {
    if (!this.#states.has(file)) return;
    this.show(file);
    const from = position(this.view.state, line);
    const row = this.view.state.doc.lineAt(from);
    const at = row.from + (column > 1 ? offset(row.text, column) : indent(row.text));
    this.view.dispatch({ selection: { anchor: at }, effects: [found.of(line), EditorView.scrollIntoView(at, { y: "center" })] });
    this.view.focus();
  }

  #state(file: string): EditorState | undefined {
    return file === this.#current ? this.view.state : this.#states.get(file);
  }

  #dispatch(file: string, spec: TransactionSpec): void {
    const state = this.#state(file);
    if (!state) return;
    if (file === this.#current) this.view.dispatch(spec);
    else {
      const update = state.update(spec);
      this.#states.set(file, update.state);
      if (update.docChanged) this.#options.onChange(file, update.state.doc.toString());
    }
  }

  #extensions(file: string): Extension {
    const options = this.#options;
    return [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (options.onRun(), true) }])),
      lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(), highlightActiveLineGutter(),
      bracketMatching(), indentOnInput(), indentUnit.of("\t"), EditorState.tabSize.of(4),
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      go(), syntaxHighlighting(classHighlighter), lintGutter(), lines, theme,
      EditorView.contentAttributes.of({ "aria-label": `${file} of ${options.name}, a Go program`, "aria-describedby": options.describedBy, tabindex: "0", spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) options.onChange(file, update.state.doc.toString());
        if (update.selectionSet || update.docChanged || update.focusChanged) this.#reportLine(file);
      }),
    ];
  }

  #reportLine(file: string): void {
    const line = this.view.hasFocus ? lineAtRun(this.view.state, this.view.state.selection.main.head) : 0;
    if (line === this.#line) return;
    this.#line = line;
    this.#options.onLine(file, line);
  }
}

function diagnostic(state: EditorState, item: Problem): Diagnostic {
  const row = state.doc.line(Math.min(Math.max(item.line, 1), state.doc.lines));
  const from = row.from + offset(row.text, item.column);
  const word = /^[\p{L}\p{N}_]+/u.exec(row.text.slice(from - row.from))?.[0].length ?? 1;
  return { from, to: Math.min(from + word, row.to), severity: "error", message: item.hint ? `${item.message}\n${item.hint}` : item.message };
}

function offset(text: string, column: number): number {
  return Math.min(Math.max(column - 1, 0), text.length);
}

function indent(text: string): number {
  return /^\s*/.exec(text)![0].length;
}
