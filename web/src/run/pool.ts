// Makes the page's runner: a pool of workers over the tool set that the page names.

import { meta } from "../dom.ts";
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
  return {
    warm: (files) => pool.warm(files),
    run: (files, onEvent) => pool.run(files, { onEvent }),
    stop: () => pool.stop(),
  };
}
