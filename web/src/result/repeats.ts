// Queries that a line sends once for each object: N+1. They are told on the first of them, with the remedy.

import { h } from "../dom.ts";
import { count } from "../format.ts";
import type { SourceFile, StatementEvent } from "../runner/protocol.ts";
import { placeButton } from "./locate.ts";
import { remedyFor } from "./remedy.ts";

const least = 3; // runs with different arguments

type Query = { first: HTMLElement; begin: StatementEvent; times: number; args: Set<string>; said: HTMLElement | null };

/** Repeats watches one run. */
export class Repeats {
  #files: SourceFile[];
  #queries = new Map<string, Query>();
  #byId = new Map<number, Query>();

  constructor(files: SourceFile[]) {
    this.#files = files;
  }

  /** add takes a statement in; body is where advice would stand. */
  add(begin: StatementEvent, body: HTMLElement): void {
    if (begin.line === 0 || !isLookup(begin)) return;
    const key = `${begin.file}:${begin.line}\n${begin.sql}`;
    const query = this.#queries.get(key) ?? { first: body, begin, times: 0, args: new Set<string>(), said: null };
    this.#queries.set(key, query);
    this.#byId.set(begin.id, query);
    query.times++;
    if (query.args.size < least) query.args.add(JSON.stringify(begin.args));
    this.#say(query);
  }

  /** repeat counts runs that are not listed one by one. */
  repeat(id: number, times: number): void {
    const query = this.#byId.get(id);
    if (!query) return;
    query.times += times;
    this.#say(query);
  }

  /** found are those that are N+1, for the foot of the result. */
  get found(): StatementEvent[] {
    return [...this.#queries.values()].filter((query) => query.said).map((query) => query.begin);
  }

  #say(query: Query): void {
    if (query.args.size < least) return;
    if (!query.said) {
      query.said = h("p", { class: "advice" });
      query.first.append(query.said);
    }
    const { file, line } = query.begin;
    const { words, code } = remedyFor(this.#files, { file, line });
    query.said.replaceChildren(h("strong", null, `N+1: ${count(query.times)} queries`), " from ",
      placeButton({ file, line }, file === "main.go" ? `line ${line}` : `${file}:${line}`, "place-button"),
      `, one for each value. ${words} `, ...(code ? [h("code", null, code)] : []));
  }
}

// A query that looks up by a value; those that go on from the last one of a batch are as they should be.
function isLookup({ sql }: StatementEvent): boolean {
  return /^\s*select\b/i.test(sql) && /=\s*\?|\bin\s*\(\s*\?\s*\)/i.test(sql) && !/>=?\s*\(?\s*\?/.test(sql) && !/\bsqlite_master\b/i.test(sql);
}
