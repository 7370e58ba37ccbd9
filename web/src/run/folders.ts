// Each step has a folder of its own, as at home: the databases that its programs left, and no others.

import type { Database } from "../runner/protocol.ts";

/** Store is what holds the databases of the program that runs. */
export interface Store {
  snapshot(): Promise<Database[]>;
  restore(databases: Database[]): Promise<unknown>;
}

/** Folders keeps the databases of the steps that are not at work. */
export class Folders {
  #store: Store;
  #kept = new Map<string, Database[]>();
  #inside: string | null = null;
  #fresh = true; // nothing has run yet, so there is nothing to take out

  constructor(store: Store) {
    this.#store = store;
  }

  /** enter puts a folder's databases in place. */
  async enter(folder: string): Promise<void> {
    if (this.#inside !== folder && !this.#fresh) await this.#store.restore(this.#kept.get(folder) ?? []);
    this.#inside = folder;
    this.#fresh = false;
  }

  /** leave keeps what a run left; after a run that was cut off, the folder is as it was before it. */
  async leave(cut: boolean): Promise<void> {
    const folder = this.#inside;
    this.#inside = null;
    if (cut || folder === null) return;
    this.#kept.set(folder, await this.#store.snapshot());
    this.#inside = folder;
  }
}
