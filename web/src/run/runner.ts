// What a step asks of the thing that builds and runs programs. The page has one, made when first needed.

import type { RunEvent, SourceFile } from "../runner/protocol.ts";

/** Runner builds and runs programs, one at a time. */
export interface Runner {
  /** warm fetches the tools and builds a program, so that the first Run is a quick one. */
  warm(files: SourceFile[]): Promise<unknown>;
  /**
   * run builds and runs a program and resolves after its "done" event; it fetches the tools if need be.
   * Programs of one folder find the databases that the last of them left; those of another do not.
   */
  run(folder: string, files: SourceFile[], onEvent: (event: RunEvent) => void): Promise<unknown>;
  /** stop ends the program that runs; its "done" event says "stopped". */
  stop(): void;
}

let make: (() => Promise<Runner>) | null = null;
let made: Promise<Runner> | null = null;

/** provide says how the page's runner is made. */
export function provide(factory: () => Promise<Runner>): void {
  make = factory;
  made = null;
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
export async function warm(files: SourceFile[]): Promise<void> {
  if (made) return;
  try {
    await (await runner()).warm(files);
  } catch {
    // Run tries again, and says why it fails.
  }
}
