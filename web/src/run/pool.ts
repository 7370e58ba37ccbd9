// Makes the page's runner: a pool of workers over the tool set that the page names.

import { meta } from "../dom.ts";
import type { Database, DatabaseTables, Table } from "../runner/protocol.ts";
import { DatabaseStore } from "../store/databases.ts";
import { Folders } from "./folders.ts";
import { turns } from "./queue.ts";
import { inMemory } from "../database/name.ts";
import type { Change, Changed, Look, Looked, Program, Runner } from "./runner.ts";

/** makePool starts nothing yet: the first warm or run fetches the tools. */
export async function makePool(): Promise<Runner> {
  if (!meta("toolchain") || !meta("runner")) throw new Error("this site was built without the compiler");
  const { RunnerPool } = await import("../runner/pool.ts");
  const root = new URL(meta("root"), document.baseURI);
  const worker = new URL(meta("runner"), root);
  const manifest = new URL(meta("toolchain"), root).href;
  const pool = new RunnerPool({
    manifest,
    newWorker: () => new Worker(worker, { type: "module" }),
  });
  // What the site has built stands beside the tools that it was built with.
  const placed = ({ files, built, compare }: Program) => ({ files, ...(compare && { compare }), ...(built && { built: new URL(`programs/${built}.wasm`, manifest).href }) });
  let ran: string | null = null; // the folder of the last run, while its changes are known
  let left: string | null = null; // and while what it left in memory is there
  const place = {
    snapshot: () => pool.ask({ type: "snapshot" as const }),
    restore: (databases: Database[]) => {
      ran = null; // what was marked is gone
      return pool.ask({ type: "restore" as const, databases });
    },
  };
  const folders = new Folders(place, new DatabaseStore());
  const tables = new Map<string, Promise<Table[]>>();
  return {
    warm: (program) => pool.warm(placed(program)),
    run: async (folder, program, onEvent) => {
      const found = await folders.enter(folder);
      ran = left = null;
      const done = await pool.run(placed(program), { onEvent });
      if (done.reason !== "stopped" && done.reason !== "crash") tables.set(folder, pool.ask({ type: "tables" }).catch(() => []));
      const surprise = await folders.leave(done.reason === "stopped" || done.reason === "crash").catch(() => null);
      if (done.reason !== "stopped" && done.reason !== "crash") ran = left = folder;
      return surprise ?? found;
    },
    look: async <L extends Look>(folder: string, look: L) => {
      const release = await turns.take();
      try {
        await folders.enter(folder);
        if (look.type === "changes" && ran !== folder && !inMemory(look.database)) return null as Looked<L>;
        const answer = await pool.ask(look);
        return (look.type === "databases" && left !== folder ? (answer as DatabaseTables[]).filter(({ memory }) => !memory) : answer) as Looked<L>;
      } finally {
        release();
      }
    },
    change: async <C extends Change>(folder: string, change: C) => {
      const release = await turns.take();
      try {
        const found = await folders.enter(folder);
        if (ran !== folder) await pool.ask({ type: "mark" });
        ran = folder;
        const answer = await pool.ask(change);
        if (!answer.wrote) return { answer, surprise: found } as Changed<C>;
        tables.set(folder, pool.ask({ type: "tables" }).catch(() => []));
        return { answer, surprise: (await folders.leave(false)) ?? found } as Changed<C>;
      } finally {
        release();
      }
    },
    tables: async (folder) => tables.get(folder) ?? [],
    databases: (folder) => folders.read(folder),
    replace: async (folder, databases) => {
      const release = await turns.take();
      try {
        tables.delete(folder);
        if (left === folder) left = null; // it is to be as if no program had run
        return await folders.replace(folder, databases);
      } finally {
        release();
      }
    },
    stop: () => pool.stop(),
  };
}
