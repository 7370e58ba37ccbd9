// What a step does with the program that it keeps: going back to the lesson's and forth again, comparing,
// and choosing between two versions of it.

import type { Notices } from "../notice.ts";
import { empty } from "./empty.ts";
import type { SourceFile } from "../runner/protocol.ts";
import type { Draft } from "../store/draft.ts";

/** KeepingStep is what is asked of the step. */
export interface KeepingStep {
  readonly folder: string;
  readonly draft: Draft;
  readonly notices: Notices;
  /** show puts files into the editor, in the place of all. */
  show(files: SourceFile[]): void;
  /** databases says that they have changed. */
  databases(): void;
}

/** Keeping is a step's part that keeps its program. */
export class Keeping {
  #step: KeepingStep;

  constructor(step: KeepingStep) {
    this.#step = step;
    step.draft.onElsewhere = () => this.#elsewhere();
    if (step.draft.stale) this.#stale();
  }

  /** reset brings the lesson's program back; the notice takes that back. */
  reset(): void {
    const { draft, notices } = this.#step;
    const before = draft.files.map((file) => ({ ...file }));
    this.#step.show(draft.originals);
    notices.hide("stale");
    notices.show("reset", "The lesson's program is back.", [
      { label: "Undo", act: () => this.#step.show(before) },
      { label: "Empty its databases too", act: () => void this.empty() },
    ]);
  }

  /** compare shows what differs from the lesson's program. */
  async compare(): Promise<void> {
    const { draft } = this.#step;
    await this.#compare("Your program beside the lesson's", draft.originals, draft.files);
  }

  /** empty forgets the databases that the step's programs left. */
  async empty(): Promise<void> {
    const { notices, folder, databases } = this.#step;
    await empty(folder, notices, databases);
  }

  #stale(): void {
    const { draft, notices } = this.#step;
    notices.show("stale", "The lesson has changed since you edited this program. You see your version.", [
      { label: "Keep mine", act: () => draft.settle() },
      { label: "Take the new one", act: () => { draft.settle(); this.reset(); } },
      { label: "See the difference", act: () => void this.compare().then(() => this.#stale()) },
    ]);
  }

  #elsewhere(): void {
    const { draft, notices } = this.#step;
    notices.show("elsewhere", "This program has been changed in another tab too. What you change here is not kept until you choose.", [
      { label: "Take the other tab's", act: () => this.#step.show(draft.take()) },
      { label: "Keep this one", act: () => draft.insist() },
      { label: "See the difference", act: () => void this.#compare("This tab's program beside the other's", draft.peek(), draft.files).then(() => this.#elsewhere()) },
    ]);
  }

  async #compare(title: string, before: SourceFile[], after: SourceFile[]): Promise<void> {
    const { compare } = await import("../editor/compare.ts");
    const names = new Set([...before, ...after].map((file) => file.name));
    const text = (files: SourceFile[], name: string) => files.find((file) => file.name === name)?.text ?? null;
    await compare(title, [...names].map((name) => ({ name, before: text(before, name), after: text(after, name) })));
  }
}
