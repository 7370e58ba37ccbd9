// Makes the page's runner: a pool of workers over the tool set that the page names.

import { meta } from "../dom.ts";
import { Folders } from "./folders.ts";
import type { Runner } from "./runner.ts";

/** makePool starts nothing yet: the first warm or run fetches the tools. */
export async function makePool(): Promise<Runner> {
  if (!meta("toolchain") || !meta("runner")) throw new Error("this site was built without the compiler");
  const { RunnerPool } = await import("../runner/pool.ts");
  const root = new URL(meta("root"), document.baseURI);
  const worker = new URL(meta("runner"), root);
  const pool = new RunnerPool({
    manifest: new URL(meta("toolchain"), root).href,
    newWorker: () => new Worker(worker, { type: "module" }),
  });
  const folders = new Folders({
    snapshot: () => pool.ask({ type: "snapshot" }),
    restore: (databases) => pool.ask({ type: "restore", databases }),
  });
  return {
    warm: (files) => pool.warm(files),
    run: async (folder, files, onEvent) => {
      await folders.enter(folder);
      const done = await pool.run(files, { onEvent });
      await folders.leave(done.reason === "stopped" || done.reason === "crash").catch(() => {});
    },
    stop: () => pool.stop(),
  };
}
