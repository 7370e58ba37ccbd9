// One CodeMirror view over the files of a step: each file has its own state, the view shows one of them.

import { EditorState, Prec, type Extension, type StateEffect, type TransactionSpec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { go } from "@codemirror/lang-go";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { classHighlighter } from "@lezer/highlight";
import type { Edit, Problem } from "../checker/protocol.ts";
import type { Diagnostic, SourceFile } from "../runner/protocol.ts";
import { pause, same, type Brain } from "./brain.ts";
import { Commands } from "./commands.ts";
import { completion } from "./complete.ts";
import { offset, squiggle, told } from "./diagnostics.ts";
import { hovering } from "./hover.ts";
import { bindings } from "./keys.ts";
import { began, failed, found, lineAtRun, lines, position, sent } from "./lines.ts";
import { renaming } from "./rename.ts";
import { signatures } from "./signature.ts";
import { theme } from "./theme.ts";

/** EditorOptions say where the editor goes and what it reports. */
export type EditorOptions = {
  parent: HTMLElement;
  name: string;
  files: SourceFile[];
  describedBy: string;
  brain: Brain;
  onChange: (file: string, text: string) => void;
  onLine: (file: string, line: number) => void;
  onRun: () => void;
  /** onShow is asked to show another file. */
  onShow: (file: string) => void;
  /** onSave comes after a file was formatted and is to be kept. */
  onSave: (file: string) => void;
  /** onKeys is asked for the list of keys. */
  onKeys: () => void;
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
  #pointed = false; // whether the mark of a line is one of point
  #line = 0;
  #commands: Commands;
  #timer = 0;

  constructor(options: EditorOptions) {
    this.#options = options;
    this.#current = options.files[0]?.name ?? "main.go";
    this.#commands = new Commands(this, options);
    for (const file of options.files) this.#states.set(file.name, this.#newState(file));
    this.view = new EditorView({ parent: options.parent, state: this.#states.get(this.#current)! });
    void options.brain.ready.then((is) => void (is && this.#check()));
  }

  /** all are the files as they stand; shown is the one in the view. */
  all(): SourceFile[] {
    return [...this.#states.keys()].map((name) => ({ name, text: this.text(name) }));
  }

  shown(): string {
    return this.#current;
  }

  /** add, rename and remove change which files there are. The file that is shown cannot be removed. */
  add(file: SourceFile): void {
    this.#states.set(file.name, this.#newState(file));
    this.#changed();
  }

  rename(from: string, to: string): void {
    const text = this.text(from);
    const shown = this.#current === from;
    const files = this.all().map((file) => (file.name === from ? to : file.name));
    this.#states.set(to, this.#newState({ name: to, text }));
    this.#states = new Map(files.map((name) => [name, this.#states.get(name)!]));
    if (shown) {
      this.#current = to;
      this.view.setState(this.#states.get(to)!);
    }
    this.#changed();
  }

  remove(file: string): void {
    if (file === this.#current) return;
    this.#states.delete(file);
    this.#changed();
  }

  /** apply makes edits in all files; undo in a file takes back those in it. */
  apply(edits: Edit[]): void {
    for (const name of this.#states.keys()) {
      const changes = edits.filter((edit) => edit.file === name).map(({ from, to, text }) => ({ from, to, insert: text }));
      if (changes.length > 0) this.#dispatch(name, { changes });
    }
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

  /** problems puts the messages that a run ended with at their places. */
  problems(items: Diagnostic[]): void {
    for (const file of this.#states.keys()) {
      const state = this.#state(file)!;
      this.#dispatch(file, setDiagnostics(state, items.filter((item) => item.file === file).map((item) => told(state, item))));
    }
  }

  /** jump moves the cursor to a line of the run, shows and marks it, and takes the focus. */
  jump(file: string, line: number, column = 1): void {
    if (!this.#states.has(file)) return;
    this.show(file);
    this.#pointed = false;
    const from = position(this.view.state, line);
    const row = this.view.state.doc.lineAt(from);
    const at = row.from + (column > 1 ? offset(row.text, column) : indent(row.text));
    this.view.dispatch({ selection: { anchor: at }, effects: [found.of(line), EditorView.scrollIntoView(at, { y: "center" })] });
    this.view.focus();
  }

  /** point marks a line of the run without going there; null takes that mark away. */
  point(place: { file: string; line: number } | null): void {
    if (place ? place.file !== this.#current : !this.#pointed) return;
    this.#pointed = place !== null;
    this.view.dispatch({ effects: found.of(place?.line ?? 0) });
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
      if (!update.docChanged) return;
      this.#options.onChange(file, update.state.doc.toString());
      this.#changed();
    }
  }

  #changed(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#check(), pause);
  }

  // What is wrong is asked when nothing has been typed for a moment. Without a checker there is no answer, and nothing changes.
  async #check(): Promise<void> {
    const files = this.all();
    const problems = await this.#options.brain.ask({ type: "diagnose", files }).catch(() => null);
    if (!problems || !same(files, this.all())) return;
    for (const file of this.#states.keys()) this.#squiggles(file, problems.filter((one) => one.file === file));
  }

  #squiggles(file: string, problems: Problem[]): void {
    const state = this.#state(file)!;
    this.#dispatch(file, setDiagnostics(state, problems.map((one) => squiggle(state, one, (edits) => this.apply(edits)))));
  }

  #newState(file: SourceFile): EditorState {
    return EditorState.create({ doc: file.text, extensions: this.#extensions(file.name) });
  }

  #extensions(file: string): Extension {
    const options = this.#options;
    return [
      Prec.highest(keymap.of(bindings(this.#commands.actions))),
      Prec.high(keymap.of([{ key: "Escape", run: () => this.#commands.closeCards() }])),
      completion(options.brain, this), hovering(options.brain, this), signatures(options.brain, this), renaming,
      lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(), highlightActiveLineGutter(),
      bracketMatching(), indentOnInput(), indentUnit.of("\t"), EditorState.tabSize.of(4),
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      go(), syntaxHighlighting(classHighlighter), lintGutter(), lines, theme,
      EditorView.contentAttributes.of({ "aria-label": `${file} of ${options.name}, a Go program`, "aria-describedby": options.describedBy, tabindex: "0", spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          options.onChange(file, update.state.doc.toString());
          this.#changed();
        }
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

function indent(text: string): number {
  return /^\s*/.exec(text)![0].length;
}
