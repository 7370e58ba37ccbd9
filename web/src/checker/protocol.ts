// Messages between the page and the worker of the checker, and nothing else.
//
// The page asks, one question after another; each gets one answer with its id.
// Places count in UTF-16 units from the start of a file, as the editor counts.

import type { ForeignKey, SourceFile } from "../runner/protocol.ts";

/** Place is a part of a file. */
export interface Place {
  file: string;
  from: number;
  to: number;
}

/** Edit replaces a part of a file; edits that belong together count in the text before any of them. */
export interface Edit extends Place {
  text: string;
}

/** Problem is what the compiler would say about a place, a plain line about it, and ways to put it right. */
export interface Problem extends Place {
  message: string;
  hint?: string;
  fixes: { label: string; edits: Edit[] }[];
}

/** DocKey says whose documentation is meant: the path of a package, and a name in it or Type.Member. */
export type DocKey = [string, string];

/** Item is something that fits at a place. */
export interface Item {
  label: string;
  kind: "package" | "type" | "func" | "method" | "field" | "var" | "const" | "option" | "table" | "column";
  detail?: string;
  boost: number;
  doc?: DocKey;
  edits?: Edit[];
}

/** Completion is what fits at a place, and what of the text it replaces. sql says that the place is in SQL. */
export interface Completion extends Place {
  sql: boolean;
  items: Item[];
}

/** Hover is what a name means: its declaration in Go, and what is written about it. */
export interface Hover extends Place {
  code: string;
  text?: string;
  doc?: DocKey;
}

/** Signature is the function whose arguments are being written; params are parts of the label, active is -1 for none. */
export interface Signature {
  label: string;
  params: [number, number][];
  active: number;
  text?: string;
  doc?: DocKey;
}

/** Columns are a table of the database that SQL is written for. */
export interface Columns {
  table: string;
  columns: string[];
}

/** Models are the tables that a program declares. faulty says that its text has mistakes, so that some may be missing. */
export interface Models {
  tables: Model[];
  faulty: boolean;
}

/** Model is a table as CreateAll would make it; unsure says that the text does not tell all of its columns. */
export interface Model extends Place {
  name: string;
  structs: string[]; // that are mapped to it
  columns: ModelColumn[];
  foreignKeys: ForeignKey[];
  unsure: boolean;
}

/** ModelColumn has no type where the text does not tell it; unsure says that it does not tell either whether it may be NULL. */
export interface ModelColumn {
  name: string;
  type: string;
  notNull: boolean;
  unsure: boolean;
  primaryKey: boolean;
  generated: boolean;
}

interface At {
  files: SourceFile[];
  file: string;
  at: number;
}

export type Question =
  | { type: "load"; url: string } // of manifest.json
  | { type: "diagnose" | "models"; files: SourceFile[] }
  | ({ type: "complete"; tables: Columns[] } & At)
  | ({ type: "hover" | "signature" | "definition" } & At)
  | { type: "format"; files: SourceFile[]; file: string }
  | ({ type: "rename"; to: string } & At)
  | { type: "doc"; key: DocKey };

/** Answers gives the type of the answer to each question. */
export interface Answers {
  load: null;
  diagnose: Problem[];
  models: Models;
  complete: Completion;
  hover: Hover | null;
  signature: Signature | null;
  definition: Place | null;
  format: Edit[];
  rename: Edit[];
  doc: string;
}

export type ToChecker = Question & { id: number };

export type FromChecker = { id: number; value: unknown } | { id: number; error: string };
