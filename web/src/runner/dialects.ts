// What is added to a program whose reader compares databases, and what such a program tells.

import type { DialectsEvent, OtherSQL, SourceFile } from "./protocol.ts";

const source = 'package main\n\nimport _ "github.com/ormlab/ormlab/playground/dialects"\n';

/** withDialects is the program with one more file, which the reader does not see. */
export function withDialects(files: SourceFile[]): SourceFile[] {
  let name = "dialects.go";
  while (files.some((file) => file.name === name)) name = "x" + name;
  return [...files, { name, text: source }];
}

/** dialectsEvent is the event that a document of playground/dialects stands for; undefined for any other document. */
export function dialectsEvent(doc: { kind: unknown; sql?: unknown; text?: unknown; others?: unknown }): DialectsEvent | undefined {
  if (doc.kind !== "dialects" || typeof doc.sql !== "string" || !Array.isArray(doc.others)) return undefined;
  return { type: "dialects", sql: doc.sql, text: doc.text === true, others: doc.others.filter(isOther) };
}

function isOther(one: OtherSQL | null): one is OtherSQL {
  const texts = [one?.sql, one?.error].filter((text) => text !== undefined);
  return typeof one?.dialect === "string" && texts.length === 1 && typeof texts[0] === "string";
}
