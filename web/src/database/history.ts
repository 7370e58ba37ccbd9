// What was typed into a console: the last texts, kept with the step, and a place among them.

import { read, write } from "../store/local.ts";

const most = 50; // texts
const longest = 10_000; // characters of a text that is kept

/** History is the history of one step's console. */
export class History {
  #key: string;
  #texts: string[];
  #at: number; // the text that is shown; beyond the last is the one that is being typed
  #typed = "";

  constructor(folder: string) {
    this.#key = `sql:${folder}`;
    this.#texts = this.#read();
    this.#at = this.#texts.length;
  }

  /** add is told what is carried out. */
  add(text: string): void {
    if (text.trim() !== "" && text.length <= longest && text !== this.#texts.at(-1)) {
      this.#texts = [...this.#texts, text].slice(-most);
      write(this.#key, JSON.stringify(this.#texts));
    }
    this.#at = this.#texts.length;
  }

  /** older and newer give the text before and after the one that is shown, or null where there is none. */
  older(shown: string): string | null {
    if (this.#at === 0) return null;
    if (this.#at === this.#texts.length) this.#typed = shown;
    return this.#texts[--this.#at]!;
  }

  newer(): string | null {
    if (this.#at >= this.#texts.length) return null;
    return this.#texts[++this.#at] ?? this.#typed;
  }

  #read(): string[] {
    try {
      const texts = JSON.parse(read(this.#key) ?? "[]") as unknown;
      return Array.isArray(texts) ? texts.filter((one) => typeof one === "string").slice(-most) : [];
    } catch {
      return []; // not ours, or cut off
    }
  }
}
