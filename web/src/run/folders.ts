// Each step has a folder of its own, as at home: the databases that its programs left, and no others.
// They outlive the page.

import type { Database } from "../runner/protocol.ts";
import type { Kept } from "../store/databases.ts";

/** Place is what holds the databases of the program that runs. */
export interface Place {
  snapshot(): Promise<Database[]>;
  restore(databases: Database[]): Promise<unknown>;
}

/** Keeper is where folders are kept. */
export interface Keeper {
  read(folder: string): Promise<Kept>;
  write(folder: string, databases: Database[], at: number): Promise<{ writing: number; over: boolean }>;
}

/** Entered and left: what the reader should know of. */
export type Surprise = "unreadable" | "overwritten";

/** Folders puts the databases of the step that runs in place, and keeps them afterwards. */
export class Folders {
  #place: Place;
  #keeper: Keeper;
  #inside: string | null = null; // whose databases are in place
  #writing = 0; // which writing of that folder they are
  #empty = true; // nothing has run yet, so there is nothing to take out

  constructor(place: Place, keeper: Keeper) {
    this.#place = place;
    this.#keeper = keeper;
  }

  /** enter puts a folder's databases in place. */
  async enter(folder: string): Promise<Surprise | null> {
    const { writing, databases } = await this.#keeper.read(folder);
    if (this.#inside === folder && this.#writing === writing) return null;
    this.#inside = null;
    const surprise = await this.#put(databases);
    this.#inside = folder;
    this.#writing = writing;
    return surprise;
  }

  /** leave keeps what a run left; after a run that was cut off, the folder is as it was before it. */
  async leave(cut: boolean): Promise<Surprise | null> {
    const folder = this.#inside;
    this.#empty = false;
    this.#inside = null;
    if (cut || folder === null) return null;
    const { writing, over } = await this.#keeper.write(folder, await this.#place.snapshot(), this.#writing);
    this.#inside = folder;
    this.#writing = writing;
    return over ? "overwritten" : null;
  }

  /** read gives the databases of a folder. */
  async read(folder: string): Promise<Database[]> {
    return (await this.#keeper.read(folder)).databases;
  }

  /** replace gives a folder other databases, none to empty it, and answers with those that it had. */
  async replace(folder: string, databases: Database[]): Promise<Database[]> {
    const before = await this.#keeper.read(folder);
    await this.#keeper.write(folder, databases, before.writing);
    if (this.#inside === folder) this.#inside = null;
    return before.databases;
  }

  async #put(databases: Database[]): Promise<Surprise | null> {
    if (this.#empty && databases.length === 0) return null;
    this.#empty = false;
    try {
      await this.#place.restore(databases);
      return null;
    } catch {
      await this.#place.restore([]);
      return "unreadable";
    }
  }
}
