// A statement with its values written into it, for people who want to run it elsewhere.

import type { StatementEvent, WireArg } from "../runner/protocol.ts";

// What may hold a question mark that is no placeholder (strings, names, comments), then the placeholders of SQLite.
const parts = /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?|--[^\n]*|\/\*[^]*?(?:\*\/|$)|\?(\d*)|[:@$][A-Za-z_]\w*|\$\d+/g;

/** Piece is a part of a statement; value says that it stood for an argument. */
export type Piece = { text: string; value: boolean };

/** withValues is the SQL with its arguments in place of the placeholders. */
export function withValues({ sql, args }: Pick<StatementEvent, "sql" | "args">): string {
  return pieces(sql, args).map((piece) => piece.text).join("");
}

/** pieces is the same, with the values told apart from the text. A placeholder without an argument stays. */
export function pieces(sql: string, args: WireArg[]): Piece[] {
  const list: Piece[] = [];
  const names = new Map<string, number>();
  let next = 0, done = 0;
  for (const match of sql.matchAll(parts)) {
    const [word, number] = match;
    if (number === undefined && !/^[:@$]/.test(word)) continue;
    const at = placeOf(word, number ?? "", names, () => next);
    next = Math.max(next, at + 1);
    const arg = args[at];
    if (!arg) continue;
    list.push({ text: sql.slice(done, match.index), value: false }, { text: literal(arg), value: true });
    done = match.index + word.length;
  }
  list.push({ text: sql.slice(done), value: false });
  return list;
}

// SQLite numbers a placeholder by what it says, and a new name or a bare ? by the next number.
function placeOf(word: string, number: string, names: Map<string, number>, next: () => number): number {
  if (number !== "") return Number(number) - 1;
  if (word === "?") return next();
  const at = names.get(word) ?? next();
  names.set(word, at);
  return at;
}

/** literal writes one argument as SQL. */
export function literal(arg: WireArg): string {
  const cut = arg.cut ? ` /* ${arg.cut} bytes more */` : "";
  switch (arg.kind) {
    case "null": return "NULL";
    case "bool": return arg.text === "true" ? "TRUE" : "FALSE";
    case "blob": return `x'${arg.text}'${cut}`;
    case "text": case "time": return `'${arg.text.replaceAll("'", "''")}'${cut}`;
    default: return arg.text;
  }
}
