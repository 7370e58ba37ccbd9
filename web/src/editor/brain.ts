// What an editor asks the checker, for the files that it has open. Answers about a text that has changed since are dropped.

import type { Question } from "../checker/protocol.ts";
import type { Answers, Columns } from "../checker/protocol.ts";
import type { SourceFile } from "../runner/protocol.ts";

/** Ask asks the checker; where there is none the answer is an error. */
export type Ask = <Q extends Question>(question: Q) => Promise<Answers[Q["type"]]>;

/** Brain is what a step gives its editor. */
export interface Brain {
  ask: Ask;
  /** ready resolves when the checker is there, with false if it never will be. */
  ready: Promise<boolean>;
  /** tables are those of the step's database, as its last run left it. */
  tables: () => Promise<Columns[]>;
}

/** Files are the texts of an editor, of which one is shown. */
export interface Files {
  all(): SourceFile[];
  shown(): string;
}

/** pause is how long after the last change a text is checked; with the check itself the squiggles come within 150 ms. */
export const pause = 75;

/** same tells whether two programs are one. */
export function same(a: SourceFile[], b: SourceFile[]): boolean {
  return a.length === b.length && a.every((file, i) => file.name === b[i]!.name && file.text === b[i]!.text);
}

/** current asks about the files as they stand, and gives null if they changed before the answer came, or if there is none. */
export async function current<Q extends Question & { files: SourceFile[] }>(brain: Brain, files: Files, question: Q): Promise<Answers[Q["type"]] | null> {
  const answer = await brain.ask(question).catch(() => null);
  return same(files.all(), question.files) ? answer : null;
}
