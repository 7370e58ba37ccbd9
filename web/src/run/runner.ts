// What a step asks of the thing that builds and runs programs. The page has one, made when first needed.

import type { Answers, Database, Request, RunEvent, SourceFile, Table } from "../runner/protocol.ts";
import type { Surprise } from "./folders.ts";

/**
 * Program is a step's files as they stand; built names what the site has built from them, if it has; compare asks
 * what the statements are for other databases.
 */
export interface Program {
  files: SourceFile[];
  built?: string;
  compare?: boolean;
}

/** Look is a question about the databases of a folder. */
export type Look = Extract<Request, { type: "databases" | "changes" | "page" | "export" }>;

/** Change is something that the reader does to the databases of a folder. */
export type Change = Extract<Request, { type: "script" | "import" }>;

/** Changed is the answer, and what is surprising about the databases. */
export type Changed<C extends Change> = { answer: Answers[C["type"]]; surprise: Surprise | null };

/** Looked is the answer; null to a question for changes that are not known, since another program has run. */
export type Looked<L extends Look> = Answers[L["type"]] | (L extends { type: "changes" } ? null : never);

/** Runner builds and runs programs, one at a time. */
export interface Runner {
  /** warm fetches the tools and builds a program, so that the first Run is a quick one. */
  warm(program: Program): Promise<unknown>;
  /**
   * run builds and runs a program and resolves after its "done" event; it fetches the tools if need be.
   * Programs of one folder find the databases that the last of them left; those of another do not.
   * It answers with what is surprising about them.
   */
  run(folder: string, program: Program, onEvent: (event: RunEvent) => void): Promise<Surprise | null | void>;
  /** tables are those of the databases that the last run of a folder left, as far as this page knows. */
  tables(folder: string): Promise<Table[]>;
  /** look looks into the databases that the programs of a folder left; it waits until no program runs. */
  look<L extends Look>(folder: string, look: L): Promise<Looked<L>>;
  /** change changes them, and keeps what they are then as it does after a run. */
  change<C extends Change>(folder: string, change: C): Promise<Changed<C>>;
  /** databases are those that a folder has, as files. */
  databases(folder: string): Promise<Database[]>;
  /** replace gives a folder other databases, none to empty it, and answers with those that it had. */
  replace(folder: string, databases: Database[]): Promise<Database[]>;
  /** stop ends the program that runs; its "done" event says "stopped". */
  stop(): void;
}

let make: (() => Promise<Runner>) | null = null;
let made: Promise<Runner> | null = null;
let warmed = false;

/** provide says how the page's runner is made. */
export function provide(factory: () => Promise<Runner>): void {
  make = factory;
  made = null;
  warmed = false;
}

/** runner is the page's runner; a failure to make it is not kept, so that the next Run tries again. */
export function runner(): Promise<Runner> {
  if (!make) return Promise.reject(new Error("this page has no runner"));
  made ??= make().catch((cause: unknown) => {
    made = null;
    throw cause;
  });
  return made;
}

/** warm prepares the runner ahead of the first Run; what goes wrong will be told by Run itself. */
export async function warm(program: Program): Promise<void> {
  if (warmed) return;
  warmed = true;
  try {
    await (await runner()).warm(program);
  } catch {
    warmed = false; // Run tries again, and says why it fails.
  }
}
