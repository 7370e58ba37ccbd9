// Reads what Go's runtime prints when a program dies, and says it plainly.

import type { Reason } from "./protocol.ts";

/** Death is how a program died. */
export interface Death {
  reason: Reason;
  message: string;
  hint?: string;
  trace?: string; // of a recursion, the calls
  file?: string;
  line?: number;
}

/** isDeathCry reports whether a piece of the runtime's output begins the report of a death. */
export function isDeathCry(piece: string): boolean {
  return /^(panic: |fatal error: |runtime: goroutine stack exceeds|runtime: out of memory|runtime: cannot allocate)/.test(piece);
}

/** parseDeath reads a panic or a fatal error, with the trace of its goroutines. */
export function parseDeath(text: string, files: string[]): Death | undefined {
  const start = /^(?:panic|fatal error): /m.exec(text);
  if (!start) return undefined;
  const report = text.slice(start.index);
  const message = report.split(/\n\s*(?:\ngoroutine |\nruntime stack:|goroutine \d+ )/)[0]!.trim();
  const reason = reasonFor(text);
  const hint = hintFor(reason, message);
  return { reason, message, ...(hint && { hint }), ...place(report, files) };
}

/** deadlock is the death of a program that could never go on. Go's runtime tells where only if it has syscall/js in it. */
export function deadlock(text: string, files: string[]): Death {
  const message = "fatal error: all goroutines are asleep - deadlock!";
  return { reason: "deadlock", message, hint: hintFor("deadlock", message)!, ...place(text, files) };
}

function reasonFor(text: string): Reason {
  if (/^fatal error: all goroutines are asleep/m.test(text)) return "deadlock";
  if (/^fatal error: stack overflow|^runtime: goroutine stack exceeds/m.test(text)) return "recursion";
  if (/out of memory|cannot allocate memory/.test(text)) return "memory";
  return "panic";
}

/** place finds the topmost line of the trace in one of the program's own files. */
function place(report: string, files: string[]): { file?: string; line?: number } {
  for (const match of report.matchAll(/^\t(?:\/build\/src\/|\.\/)?([^\s:/]+\.go):(\d+)/gm)) {
    if (files.includes(match[1]!)) return { file: match[1]!, line: +match[2]! };
  }
  return {};
}

type Hint = string | ((match: RegExpExecArray) => string);

const database = "the database refused a statement, which stands above with its error, and the program gave that error to panic; where it may happen, look at it instead: if err != nil { return err }";

const hints: [RegExp, Hint][] = [
  [/assignment to entry in nil map/, "the map was declared but not made: use make(map[K]V) or a literal before writing to it"],
  [/nil pointer dereference/, "something here is nil: look at what comes before a dot, and at pointers that were never set"],
  [/index out of range \[-\d+\]/, "an index is never negative: the first is 0"],
  [/index out of range \[\d+\] with length 0\b/, "it is empty, so it has no index at all: look at len(…) first"],
  [/index out of range \[(\d+)\] with length (\d+)/, ([, index, length]) => `there are ${length}, counted from 0, so the last index is ${BigInt(length!) - 1n}, not ${index}`],
  [/slice bounds out of range \[:?-/, "a bound of a slice is never negative: the first is 0"],
  [/slice bounds out of range \[(?:\d*:)?:(\d+)\] with (length|capacity) (\d+)/, ([, bound, what, most]) => `the end ${bound} lies beyond the ${what}, which is ${most}: s[i:j] needs i ≤ j ≤ ${most}`],
  [/slice bounds out of range \[(\d+):(\d+)/, ([, from, to]) => `the start ${from} lies behind the end ${to}: s[i:j] needs i ≤ j`],
  [/slice bounds out of range/, "s[i:j] needs 0 ≤ i ≤ j, and j not beyond the end"],
  [/integer divide by zero/, "check the divisor before dividing"],
  [/interface conversion/, "the value has another type; v, ok := x.(T) asks without panicking"],
  [/makeslice: (len|cap) out of range/, "make needs a length from 0 to what fits into memory: look at how it is computed"],
  [/hash of unhashable type/, "a slice, a map or a function cannot be a key of a map"],
  [/comparing uncomparable type/, "slices, maps and functions cannot be compared with ==, not inside an interface either"],
  [/send on closed channel|close of closed channel/, "only the sender closes a channel, and only once"],
  [/close of nil channel/, "the channel was declared but not made: use make(chan T)"],
  [/negative WaitGroup counter/, "Done was called more often than Add told"],
  [/unlock of unlocked (RW)?[mM]utex/, "Unlock needs a Lock before it: are both called once, in this order?"],
  [/^panic: (?:[^\n]*: )?orm: no row/, "no row was found, and the program gave that error to panic; where it may happen, ask: errors.Is(err, orm.ErrNoRows)"],
  [/^panic: (?:[^\n]*: )?orm: [^\n]* \[SQL: /, database],
  [/^panic: (?:[^\n]*: )?orm: /, "the program gave an error of the ORM to panic; where it may happen, look at it instead: if err != nil { return err }"],
];

function hintFor(reason: Reason, message: string): string | undefined {
  if (reason === "deadlock") return "every goroutine waits for another: a channel that nobody sends to or reads from, a lock that is never released, or a WaitGroup that is never done";
  if (reason === "recursion") return recursionHint;
  if (reason === "memory") return memoryHint;
  for (const [pattern, hint] of hints) {
    const match = pattern.exec(message);
    if (match) return typeof hint === "string" ? hint : hint(match);
  }
  return undefined;
}

export const memoryHint = "the program needs more memory than it may have here; look for a slice, map or string that grows without end";

export const recursionHint = "the function calls itself without an end: check the condition that should stop it";

/** Recursion is the function that called itself too often, as far as it is known. */
export function parseRecursion(stack: string, sources: Map<string, string>): Death {
  const counts = new Map<string, number>();
  for (const match of stack.matchAll(/\bmain\.([^\s()]*(?:\(\*?\w+\))?[^\s()]*)/g)) {
    const name = match[1]!.replace(/^_(\*?)(\w+)_\./, "$2.").replace(/^_?\(?\*?(\w+?)\)?_?\.(?=\w)/, "$1.");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const name = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  const where = name === undefined ? {} : declaration(name, sources);
  const message = name === undefined ? "infinite recursion: functions call each other without an end" : `infinite recursion in ${name}`;
  return { reason: "recursion", message, hint: recursionHint, trace: calls(stack), ...where };
}

const told = 40; // calls

/** calls are the functions on the stack, the innermost first; those that follow one another are counted. */
function calls(stack: string): string {
  const list: [name: string, times: number][] = [];
  for (const match of stack.matchAll(/^\s*at (\S+) \(/gm)) {
    const last = list.at(-1);
    if (last && last[0] === match[1]) last[1]++;
    else list.push([match[1]!, 1]);
  }
  const lines = list.slice(0, told).map(([name, times]) => (times > 1 ? `${name}, ${times} times\n` : `${name}\n`));
  return lines.length === 0 ? "" : `the innermost calls:\n${lines.join("")}…\n`;
}

/** declaration finds where a function or method is declared; closures belong to the function around them. */
function declaration(name: string, sources: Map<string, string>): { file?: string; line?: number } {
  const parts = name.replace(/\[.*?\]/g, "").split(".").filter((part) => !/^(func\d+|\d+|gowrap\d+)$/.test(part));
  const simple = parts.at(-1);
  if (!simple) return {};
  const receiver = parts.length > 1 ? String.raw`\(\s*(?:\w+\s+)?\*?${parts[0]}\b[^)]*\)\s*` : "";
  const pattern = new RegExp(String.raw`^func\s+${receiver}${simple}\b`, "m");
  for (const [file, text] of sources) {
    const match = pattern.exec(text);
    if (match) return { file, line: text.slice(0, match.index).split("\n").length };
  }
  return {};
}
