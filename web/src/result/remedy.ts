// What would spare a program its N+1 queries, told from the line that sends them.

import type { SourceFile } from "../runner/protocol.ts";
import type { Place } from "./locate.ts";

/** Remedy is advice; code is what to write, if it can be told. */
export type Remedy = { words: string; code?: string };

/** remedyFor reads the line of the program that sent the query again and again. */
export function remedyFor(files: SourceFile[], { file, line }: Place): Remedy {
  const text = files.find((one) => one.name === file)?.text.split("\n")[line - 1] ?? "";
  const load = /\b(\w+)\.Load\(/.exec(text);
  if (load) return forField(files, load[1]!);
  if (/\.Get\(\s*\w+\s*,\s*\w+\s*,/.test(text)) return { words: "Ask for all of them at once, with the keys in one condition:", code: "Where(….In(keys…))" };
  return { words: "Ask once, before the loop, for all that the loop needs: with In, with a join, or, for a relationship, with a loader:", code: "Options(orm.SelectIn(…))" };
}

function forField(files: SourceFile[], field: string): Remedy {
  const owners = files.flatMap((file) => structsWith(file.text, field));
  const owner = owners.length === 1 ? owners[0]! : null;
  const model = owner && files.map((file) => variableOf(file.text, owner.struct)).find(Boolean);
  const address = `&${model ?? "…"}.F.${field}`;
  if (owner?.type === "Deferred") return { words: `Read ${field} with the query that reads the objects:`, code: `Options(orm.Undefer(${address}))` };
  return { words: `Read ${field} of all objects by one query more, where they are read:`, code: `Options(orm.SelectIn(${address}))` };
}

// A struct of a program that has gofmt's form ends with a brace at the margin.
function structsWith(source: string, field: string): { struct: string; type: string }[] {
  return [...source.matchAll(/^type (\w+) struct \{\n([^]*?)^\}/gm)].flatMap(([, struct, body]) => {
    const type = new RegExp(String.raw`^\s*${field}\s+orm\.(One|Many|Deferred)\[`, "m").exec(body!)?.[1];
    return type ? [{ struct: struct!, type }] : [];
  });
}

function variableOf(source: string, struct: string): string | undefined {
  return new RegExp(String.raw`\b(\w+)\s*=\s*orm\.Declare\[${struct}\]`).exec(source)?.[1];
}
