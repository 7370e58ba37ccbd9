// A way to see a database, or to do something to it. Each is fetched when it is first chosen.

import type { Notices } from "../notice.ts";
import type { Change, Changed, Look, Looked } from "../run/runner.ts";
import type { DatabaseTables, SourceFile } from "../runner/protocol.ts";

/** View is what stands below the tabs of the panel. */
export interface View {
  readonly element: HTMLElement;
  /** show shows a database and, where the view has use for it, one of its tables, "" if it has none. */
  show(database: DatabaseTables, table: string): void | Promise<void>;
  /** none shows what can be done where there is no database. */
  none?(): void;
}

/** Desk is what a view asks of the panel. */
export interface Desk {
  readonly folder: string;
  readonly notices: Notices;
  /** program gives the files of the step's program as they stand. */
  readonly program: () => SourceFile[];
  look<L extends Look>(look: L): Promise<Looked<L>>;
  change<C extends Change>(change: C): Promise<Changed<C>["answer"]>;
  /** refresh reads the databases again; choose also shows another one. */
  refresh(choose?: string): Promise<void>;
}

/** reason is what went wrong, in words. */
export function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
