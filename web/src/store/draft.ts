// A step's program as its reader left it: all its files, kept beside the hash of the originals they were made of.
//
// Several tabs may show one step. Each remembers which writing it saw last, and writes only on top of that:
// what another tab has written since is never overwritten before the reader has chosen.

import type { SourceFile } from "../runner/protocol.ts";
import { onWrite, read, write } from "./local.ts";

type Saved = { base: string; stamp: string; files: SourceFile[] };

/** Draft is the program of one step. */
export class Draft {
  /** files are all files as they stand. */
  files: SourceFile[];
  /** stale says that the lesson's program has changed since this one was made from it. */
  stale = false;
  /** elsewhere says that another tab has written since this one last read or wrote. */
  elsewhere = false;
  /** onElsewhere is called when that begins. */
  onElsewhere: () => void = () => {};

  #key: string;
  #base: string;
  #seen: string | null = null; // the stamp of the writing that this tab knows

  constructor(step: string, readonly originals: SourceFile[]) {
    this.#key = `program:${step}`;
    this.#base = hash(originals);
    const saved = this.#read();
    this.files = copy(saved?.files ?? originals);
    this.stale = saved !== null && saved.base !== this.#base;
    this.#seen = saved?.stamp ?? null;
    onWrite(this.#key, () => this.#notice());
  }

  /** original is a file as the lesson has it, or null if the reader has added it. */
  original(name: string): string | null {
    return this.originals.find((file) => file.name === name)?.text ?? null;
  }

  /** edited tells whether the program differs from the lesson's. */
  get edited(): boolean {
    return !same(this.files, this.originals);
  }

  /** set changes one file's text, or adds the file; remove takes one out. */
  set(name: string, text: string): void {
    const file = this.files.find((one) => one.name === name);
    if (file?.text === text) return;
    if (file) file.text = text;
    else this.files.push({ name, text });
    this.#save();
  }

  remove(name: string): void {
    this.files = this.files.filter((file) => file.name !== name);
    this.#save();
  }

  /** rename gives a file another name, and leaves it where it is among the others. */
  rename(from: string, to: string): void {
    this.files = this.files.map((file) => (file.name === from ? { name: to, text: file.text } : file));
    this.#save();
  }

  /** replace puts other files in the place of all. */
  replace(files: SourceFile[]): void {
    this.files = copy(files);
    this.#save();
  }

  /** settle says that the reader has seen that the lesson has changed, and keeps this program. */
  settle(): void {
    this.stale = false;
    this.#save();
  }

  /** peek looks at the program of the other tab, take goes on with it, insist keeps this tab's instead. */
  peek(): SourceFile[] {
    return this.#read()?.files ?? this.originals;
  }

  take(): SourceFile[] {
    const saved = this.#read();
    this.#seen = saved?.stamp ?? null;
    this.elsewhere = false;
    this.files = copy(saved?.files ?? this.originals);
    return this.files;
  }

  insist(): void {
    this.#seen = this.#read()?.stamp ?? null;
    this.elsewhere = false;
    this.#save();
  }

  #save(): void {
    if (this.elsewhere || this.#notice()) return;
    const saved: Saved = { base: this.stale ? "" : this.#base, stamp: stamp(), files: this.files };
    const kept = write(this.#key, this.edited ? JSON.stringify(saved) : null);
    if (kept) this.#seen = this.edited ? saved.stamp : null;
  }

  /** notice looks for a writing that this tab does not know. */
  #notice(): boolean {
    const saved = this.#read();
    if ((saved?.stamp ?? null) === this.#seen) return false;
    if (saved ? same(saved.files, this.files) : !this.edited) {
      this.#seen = saved?.stamp ?? null; // both tabs have the same text: nothing to choose
      return false;
    }
    if (!this.elsewhere) {
      this.elsewhere = true;
      this.onElsewhere();
    }
    return true;
  }

  #read(): Saved | null {
    try {
      const saved = JSON.parse(read(this.#key) ?? "null") as Partial<Saved> | null;
      const whole = saved && Array.isArray(saved.files) && saved.files.length > 0 && saved.files.every(isFile);
      return whole ? { base: String(saved.base), stamp: String(saved.stamp), files: saved.files! } : null;
    } catch {
      return null; // not ours, or cut off
    }
  }
}

function isFile(file: unknown): file is SourceFile {
  const { name, text } = (file ?? {}) as Partial<SourceFile>;
  return typeof name === "string" && typeof text === "string";
}

function copy(files: SourceFile[]): SourceFile[] {
  return files.map(({ name, text }) => ({ name, text }));
}

function same(a: SourceFile[], b: SourceFile[]): boolean {
  return a.length === b.length && a.every(({ name, text }) => b.find((file) => file.name === name)?.text === text);
}

let writings = 0;
const tab = Math.random().toString(36).slice(2);

function stamp(): string {
  return `${tab}-${++writings}`;
}

/** hash is FNV-1a: it only has to notice that a lesson's program has changed. */
function hash(files: SourceFile[]): string {
  let h = 0x811c9dc5;
  for (const c of JSON.stringify(files)) h = Math.imul(h ^ c.codePointAt(0)!, 0x01000193);
  return (h >>> 0).toString(16).padStart(8, "0");
}
