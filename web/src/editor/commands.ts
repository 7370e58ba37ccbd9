// What the keys of the editor do.

import { startCompletion } from "@codemirror/autocomplete";
import { forEachDiagnostic, nextDiagnostic, openLintPanel, previousDiagnostic, type Diagnostic } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import { closeHover, hoverAtCursor, showCard } from "./hover.ts";
import { words } from "./diagnostics.ts";
import type { Action } from "./keys.ts";
import type { EditorHandle, EditorOptions } from "./open.ts";
import { askName } from "./rename.ts";
import { closeSignature, showSignature } from "./signature.ts";

/** Commands are the actions of one editor. */
export class Commands {
  readonly actions: Record<Action, () => boolean>;
  #editor: EditorHandle;
  #options: EditorOptions;

  constructor(editor: EditorHandle, options: EditorOptions) {
    this.#editor = editor;
    this.#options = options;
    const does = (act: () => unknown) => () => (void act(), true);
    this.actions = {
      run: does(() => options.onRun()),
      save: does(() => this.save()),
      format: does(() => this.format()),
      complete: does(() => startCompletion(editor.view)),
      hover: does(() => hoverAtCursor(editor.view, options.brain, editor)),
      signature: does(() => showSignature(editor.view, options.brain, editor)),
      definition: does(() => this.#definition()),
      rename: does(() => this.#rename()),
      fix: does(() => this.#fix()),
      nextProblem: does(() => this.#step(nextDiagnostic)),
      previousProblem: does(() => this.#step(previousDiagnostic)),
      problems: does(() => openLintPanel(editor.view)),
      nextFile: does(() => this.#file(1)),
      previousFile: does(() => this.#file(-1)),
      keys: does(() => options.onKeys()),
    };
  }

  /** format formats the shown file; what stands in the way is announced. */
  async format(): Promise<void> {
    const files = this.#editor.all();
    const file = this.#editor.shown();
    try {
      const edits = await this.#options.brain.ask({ type: "format", files, file });
      if (this.#editor.text(file) === files.find(({ name }) => name === file)?.text) this.#editor.apply(edits);
    } catch (cause) {
      this.#say(`Not formatted: ${message(cause)}`);
    }
  }

  /** save formats and keeps the shown file. Edits are kept as they are made, so this cannot fail where that does not. */
  async save(): Promise<void> {
    const file = this.#editor.shown();
    await this.format();
    this.#options.onSave(file);
  }

  /** closeCards takes away what stands over the text, and tells whether there was anything. */
  closeCards(): boolean {
    const hover = closeHover(this.#editor.view);
    return closeSignature(this.#editor.view) || hover;
  }

  async #definition(): Promise<void> {
    const { view } = this.#editor;
    const files = this.#editor.all();
    const place = await this.#options.brain.ask({ type: "definition", files, file: this.#editor.shown(), at: view.state.selection.main.head }).catch(() => null);
    if (!place) return this.#say("Not declared in this program");
    this.#options.onShow(place.file);
    this.#editor.view.dispatch({ selection: { anchor: place.from, head: place.to }, scrollIntoView: true });
    this.#editor.view.focus();
  }

  #rename(): void {
    const { view } = this.#editor;
    const at = view.state.selection.main.head;
    const word = view.state.wordAt(at);
    if (!word) return this.#say("There is no name here");
    this.closeCards();
    const file = this.#editor.shown();
    askName(view, view.state.sliceDoc(word.from, word.to), async (to) => {
      try {
        this.#editor.apply(await this.#options.brain.ask({ type: "rename", files: this.#editor.all(), file, at, to }));
        return "";
      } catch (cause) {
        return message(cause);
      }
    });
  }

  #fix(): void {
    const { view } = this.#editor;
    const at = view.state.selection.main.head;
    const action = this.#problem(at)?.actions?.[0];
    if (!action) return this.#say("Nothing here can be put right by itself");
    action.apply(view, at, at);
    this.#say(action.name);
  }

  // A step to a problem also says what it is.
  #step(move: (view: EditorView) => boolean): void {
    const { view } = this.#editor;
    if (!move(view)) return this.#say("No problems");
    const problem = this.#problem(view.state.selection.main.from);
    if (!problem) return;
    const [first, hint] = problem.message.split("\n");
    showCard(view, problem.renderMessage?.(view) ?? words(first!, hint));
    this.#say(problem.message);
  }

  #problem(at: number): Diagnostic | null {
    let found: Diagnostic | null = null;
    forEachDiagnostic(this.#editor.view.state, (one, from, to) => {
      if (from <= at && at <= to) found ??= one;
    });
    return found;
  }

  #file(by: number): void {
    const names = this.#editor.all().map(({ name }) => name);
    const at = names.indexOf(this.#editor.shown());
    this.#options.onShow(names[(at + by + names.length) % names.length]!);
    this.#editor.view.focus();
  }

  #say(text: string): void {
    this.#editor.view.dispatch({ effects: EditorView.announce.of(text) });
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
