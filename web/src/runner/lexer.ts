// Splits Go source just far enough to tell comments and the first words from
// strings. It agrees with Go's own lexer on every text that Go accepts.

export interface Token {
  kind: "comment" | "word" | "string" | "other";
  text: string;
  offset: number;
}

/** tokens yields comments, words (identifiers, keywords and numbers), strings and all else, without white space. */
export function* tokens(source: string): Generator<Token> {
  const pattern =
    /(?<comment>\/\/[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<word>[\p{L}\p{Nd}_]+)|(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`[^`]*`?)|(?<other>[^\s\p{L}\p{Nd}_])/gu;
  for (const match of source.matchAll(pattern)) {
    const groups = match.groups as Record<Token["kind"], string | undefined>;
    for (const kind of ["comment", "word", "string", "other"] as const) {
      const text = groups[kind];
      if (text !== undefined) yield { kind, text, offset: match.index };
    }
  }
}

/** position turns an offset into a line and a column, both from 1. */
export function position(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - start + 1 };
}
