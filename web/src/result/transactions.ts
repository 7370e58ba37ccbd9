// Transactions and savepoints of a run: how deep each statement stands in them, and what became of it.

import type { StatementEvent } from "../runner/protocol.ts";

/** Member is a statement as a transaction sees it. */
export interface Member {
  readonly begin: StatementEvent;
  undone(how: string): void;
}

/** TxVerb is what a statement does to its transaction. */
export type TxVerb = NonNullable<StatementEvent["verb"]> | "";

type Level = { name: string; members: Member[]; statements: number; written: number };

const words: [RegExp, TxVerb][] = [
  [/^\s*begin\b/i, "begin"], [/^\s*(?:commit|end)\b/i, "commit"], [/^\s*rollback\b.*\bto\b/i, "rollback to"],
  [/^\s*rollback\b/i, "rollback"], [/^\s*savepoint\b/i, "savepoint"], [/^\s*release\b/i, "release"],
];

/** verbOf is what a statement does to its transaction; SQL of the program's own counts too. */
export function verbOf({ verb, sql }: Pick<StatementEvent, "verb" | "sql">): TxVerb {
  return verb ?? words.find(([pattern]) => pattern.test(sql))?.[1] ?? "";
}

/** Transactions follows one run. */
export class Transactions {
  #open = new Map<number, Level[]>(); // by number; the transaction itself, then its savepoints

  /** begin takes a statement in and tells how deep it stands: 0 is outside a transaction, 2 within a savepoint. */
  begin(event: StatementEvent): number {
    if (event.tx === 0) return 0;
    const levels = this.#levels(event.tx);
    const verb = verbOf(event);
    if (verb === "savepoint") return levels.length + 1;
    if (verb === "release" || verb === "rollback to") return this.#find(levels, nameOf(event.sql)) + 1;
    return verb === "begin" || verb === "commit" || verb === "rollback" ? 1 : levels.length;
  }

  /** end follows what the statement did, and gives a fact to show with it. */
  end(member: Member, event: StatementEvent): string {
    if (event.tx === 0 || event.error) return "";
    const levels = this.#levels(event.tx);
    const name = nameOf(event.sql);
    switch (verbOf(event)) {
      case "begin": return `transaction ${event.tx}`;
      case "savepoint":
        levels.push(level(name));
        return "";
      case "release": return this.#release(levels, this.#find(levels, name));
      case "rollback to": return this.#rollBack(levels, this.#find(levels, name), true);
      case "rollback": return this.#forget(event.tx, this.#rollBack(levels, 0, false));
      case "commit": return this.#forget(event.tx, kept(levels));
    }
    const last = levels.at(-1)!;
    last.statements++;
    last.written += event.affected ?? 0;
    last.members.push(member);
    return "";
  }

  /** repeat counts further runs of a statement of a transaction. */
  repeat(tx: number, times: number, affected: number): void {
    const last = this.#open.get(tx)?.at(-1);
    if (!last) return;
    last.statements += times;
    last.written += affected;
  }

  /** finish is the end of the run, which rolls back what is open. */
  finish(): void {
    for (const levels of this.#open.values()) undo(levels, "rolled back: the transaction was never committed");
    this.#open.clear();
  }

  #levels(tx: number): Level[] {
    const levels = this.#open.get(tx) ?? [level("")];
    this.#open.set(tx, levels);
    return levels;
  }

  #find(levels: Level[], name: string): number {
    const at = levels.findLastIndex((one, i) => i > 0 && one.name === name);
    return at < 0 ? levels.length - 1 : at;
  }

  // What a savepoint did belongs to what is around it from now on.
  #release(levels: Level[], at: number): string {
    if (at === 0) return "";
    for (const one of levels.splice(at)) {
      const around = levels.at(-1)!;
      around.members.push(...one.members);
      around.statements += one.statements;
      around.written += one.written;
    }
    return "";
  }

  // ROLLBACK TO takes back what came after the savepoint, which itself stays.
  #rollBack(levels: Level[], at: number, stays: boolean): string {
    const gone = levels.splice(at);
    const written = gone.reduce((sum, one) => sum + one.written, 0);
    undo(gone, "rolled back");
    if (stays && gone[0]) levels.push(level(gone[0].name));
    return written > 0 ? `takes back ${rows(written)}` : "";
  }

  #forget(tx: number, fact: string): string {
    this.#open.delete(tx);
    return fact;
  }
}

function level(name: string): Level {
  return { name, members: [], statements: 0, written: 0 };
}

function undo(levels: Level[], how: string): void {
  for (const one of levels) {
    for (const member of one.members) member.undone(how);
  }
}

function kept(levels: Level[]): string {
  const written = levels.reduce((sum, one) => sum + one.written, 0);
  return written > 0 ? `keeps ${rows(written)}` : "";
}

const rows = (n: number): string => `changes of ${new Intl.NumberFormat("en-US").format(n)} ${n === 1 ? "row" : "rows"}`;

// The name after SAVEPOINT, RELEASE or TO; names are the same in any case.
function nameOf(sql: string): string {
  return (/(?:savepoint|release|to)\s+(?:savepoint\s+)?("(?:[^"]|"")*"|\S+)\s*;?\s*$/i.exec(sql)?.[1] ?? "").replaceAll(/^"|"$/g, "").toLowerCase();
}
