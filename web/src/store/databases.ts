// The databases that a step's programs left, kept in IndexedDB: large, and written while the page goes on.
//
// Tabs share them, as programs that run in one folder share its files. Each writing has a number; who
// writes over another number than it began with is told.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Database } from "../runner/protocol.ts";
import { report } from "./trouble.ts";

/** Kept is what a folder holds, and the number of the writing that it is of; 0 is nothing yet. */
export type Kept = { writing: number; databases: Database[] };

interface Schema extends DBSchema {
  databases: { key: string; value: Kept };
}

const nothing: Kept = { writing: 0, databases: [] };

/** DatabaseStore keeps folders. Without IndexedDB it keeps them as long as the page lives. */
export class DatabaseStore {
  #db: Promise<IDBPDatabase<Schema>> | null = null;
  #memory = new Map<string, Kept>(); // folders that could not be written

  /** read gives what a folder holds. */
  async read(folder: string): Promise<Kept> {
    const here = this.#memory.get(folder);
    if (here) return here;
    try {
      return (await (await this.#open()).get("databases", folder)) ?? nothing;
    } catch (cause) {
      report(cause);
      return nothing;
    }
  }

  /** write keeps a folder that was read at a writing. Over says that somebody else has written since. */
  async write(folder: string, databases: Database[], at: number): Promise<{ writing: number; over: boolean }> {
    try {
      const tx = (await this.#open()).transaction("databases", "readwrite");
      const before = (await tx.store.get(folder))?.writing ?? 0;
      const writing = before + 1;
      if (databases.length > 0 || before > 0) void tx.store.put({ writing, databases }, folder).catch(() => {}); // done tells
      await tx.done;
      this.#memory.delete(folder);
      return { writing: databases.length > 0 || before > 0 ? writing : 0, over: before !== at };
    } catch (cause) {
      report(cause);
      this.#memory.set(folder, { writing: at + 1, databases });
      return { writing: at + 1, over: false };
    }
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= openDB<Schema>("ormlab", 1, {
      upgrade: (db) => void db.createObjectStore("databases"),
      terminated: () => (this.#db = null),
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(), // a newer page wants to upgrade
    });
    this.#db.catch(() => (this.#db = null));
    return this.#db;
  }
}
