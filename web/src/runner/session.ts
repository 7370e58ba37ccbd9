// The worker's state and its answers to requests, without the worker.

import { Builder } from "./build.ts";
import { Engine } from "./engine.ts";
import { defaultLimits } from "./limits.ts";
import { adoptTools, type ImportModule, loadTools } from "./load.ts";
import type { Answers, Diagnostic, Request, RunEvent, RunResult, SourceFile } from "./protocol.ts";
import { run } from "./run.ts";
import type { Tools } from "./tools.ts";

/** Emit passes on an event of a request. */
export type Emit = (event: RunEvent) => void;

interface Loaded {
  tools: Tools;
  builder: Builder;
  engine: Engine | undefined;
}

/** Session answers requests, one after another. */
export class Session {
  private loaded: Loaded | undefined;
  private loadTime = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private importModule: ImportModule) {}

  /** handle answers a request once those before it are answered. */
  handle<R extends Request>(request: R, emit: Emit): Promise<Answers[R["type"]]> {
    const answer = this.last.then(() => this.answer(request, emit));
    this.last = answer.catch(() => {});
    return answer as Promise<Answers[R["type"]]>;
  }

  private answer(request: Request, emit: Emit): unknown {
    switch (request.type) {
      case "load":
        return this.load(request, emit);
      case "assets":
        return this.ready().tools.assets;
      case "build":
        return this.build(request.files);
      case "run":
        return this.run(request, emit);
      case "snapshot":
        return this.engine().snapshot();
      case "restore":
        this.engine().restore(request.databases);
        return null;
      case "schema":
        return this.engine().schema(request.database);
      case "plan":
        return this.engine().plan(request.database, request.sql);
    }
  }

  private async load(request: Request & { type: "load" }, emit: Emit): Promise<null> {
    if (this.loaded) return null;
    const start = performance.now();
    const progress = (loaded: number, total: number) => emit({ type: "phase", phase: "load", loaded, total });
    const tools = request.assets
      ? await adoptTools(request.url, request.assets, this.importModule)
      : await loadTools(request.url, this.importModule, progress);
    const module = tools.module("engine.wasm");
    const engine = module && new Engine(tools.wasmExec, module);
    this.loaded = { tools, builder: new Builder(tools), engine };
    this.loadTime = performance.now() - start;
    return null;
  }

  private async build(files: SourceFile[]): Promise<Diagnostic[]> {
    const built = await this.ready().builder.build(files, defaultLimits.memoryBytes, () => {});
    return built.diagnostics;
  }

  private async run(request: Request & { type: "run" }, emit: Emit): Promise<RunResult> {
    const loaded = this.ready();
    const done = await run({ ...loaded, emit }, request.files, request.options ?? {}, this.loadTime);
    this.loadTime = 0; // the first run alone had to wait for it
    const engine = loaded.engine;
    return { done, databases: engine && !engine.broken ? engine.snapshot() : [] };
  }

  private ready(): Loaded {
    if (!this.loaded) throw new Error("the tools are not loaded");
    return this.loaded;
  }

  private engine(): Engine {
    const { engine } = this.ready();
    if (!engine) throw new Error("this page was built without a database engine");
    return engine;
  }
}
