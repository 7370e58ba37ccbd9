// What a step asks of the thing that builds and runs programs. The page has one, made when first needed.

import type { RunEvent } from "../runner/protocol.ts";

/** SourceFile is a file of the program. */
export type SourceFile = { name: string; text: string };

/** Runner builds and runs programs, one at a time. */
export interface Runner {
  /** load fetches and warms the tools; onEvent hears "phase" events with bytes. */
  load(onEvent: (event: RunEvent) => void): Promise<void>;
  /** run builds and runs a program and resolves after its "done" event. */
  run(files: SourceFile[], onEvent: (event: RunEvent) => void): Promise<void>;
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
