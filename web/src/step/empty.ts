// Forgets the databases that a step's programs left, and brings them back if that was a mistake.

import type { Notices } from "../notice.ts";
import { runner } from "../run/runner.ts";
import type { Database } from "../runner/protocol.ts";

const failed = (what: string, cause: unknown) => `The databases could not be ${what}: ${cause instanceof Error ? cause.message : String(cause)}`;

/** empty forgets a folder's databases; changed is told whenever they are others. */
export async function empty(folder: string, notices: Notices, changed: () => void): Promise<void> {
  try {
    const before = await (await runner()).replace(folder, []);
    notices.show("databases", "The databases are as the lesson has them: there are none until its program runs.", before.length === 0 ? [] : [
      { label: "Undo", act: () => void fill(folder, before, notices, changed) },
    ]);
    changed();
  } catch (cause) {
    notices.show("databases", failed("emptied", cause));
  }
}

/** fill gives a folder the databases that it had. */
export async function fill(folder: string, databases: Database[], notices: Notices, changed: () => void): Promise<void> {
  try {
    await (await runner()).replace(folder, databases);
    notices.show("databases", "The databases are back.");
    changed();
  } catch (cause) {
    notices.show("databases", failed("brought back", cause));
  }
}
