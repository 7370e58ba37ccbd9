// The worker's state and its answers to requests, without the worker.

import { Builder } from "./build.ts";
import { Engine } from "./engine.ts";
import { defaultLimits } from "./limits.ts";
import { type ImportModule, type Progress, type Share, Toolset } from "./load.ts";
import type { Answers, Assets, Diagnostic, Program, Request, RunEvent, RunResult } from "./protocol.ts";
import { run } from "./run.ts";

/** Emit passes on an event of a request. */
export type Emit = (event: RunEvent) => void;

interface Loaded {
  toolset: Toolset;
  builder: Builder;
  engine: Engine | undefined;
}

/** Session answers requests, one after another. */
export class Session {
  private loaded: Loaded | undefined;
  private loadTime = 0;
  private last: Promise<unknown> = Promise.resolve();
  private progress: Progress = () => {}; // of the tools, for the request that waits for them

  constructor(private importModule: ImportModule, private share: Share = () => {}) {}

  /** handle answers a request once those before it are answered; the tools come meanwhile. */
  handle<R extends Request>(request: R, emit: Emit): Promise<Answers[R["type"]]> {
    if (request.type === "tools") return this.tools(emit) as Promise<Answers[R["type"]]>;
    const answer = this.last.then(() => this.answer(request, emit));
    this.last = answer.catch(() => {});
    return answer as Promise<Answers[R["type"]]>;
  }

  private answer(request: Request, emit: Emit): unknown {
    switch (request.type) {
      case "load":
        return this.load(request, emit);
      case "tools":
        return null; // handle has answered it
      case "adopt":
        return this.adopt(request.assets);
      case "build":
        return this.build(request, emit);
      case "run":
        return this.run(request, emit);
      case "snapshot":
        return this.engine().snapshot();
      case "restore":
        this.engine().restore(request.databases);
        return null;
      case "schema":
        return this.engine().schema(request.database);
      case "tables":
        return this.engine().tables();
      case "databases":
        return this.engine().databaseTables();
      case "changes":
        return this.engine().changes(request.database);
      case "page":
        return this.engine().page(request);
      case "script":
        return this.engine().script(request.database, request.sql, request.whole);
      case "export":
        return this.engine().export(request.database, request.format, request.table);
      case "import":
        return this.engine().import(request.database, request.format, request.table, request.data);
      case "mark":
        this.engine().mark();
        return null;
      case "plan":
        return this.engine().plan(request.database, request.sql);
    }
  }

  private async load(request: Request & { type: "load" }, emit: Emit): Promise<null> {
    if (this.loaded) return null;
    const start = performance.now();
    const toolset = new Toolset(request.url, this.importModule, this.share);
    if (request.assets) toolset.adopt(request.assets);
    await toolset.loadBase(telling(emit, "engine"));
    const engine = toolset.engine && new Engine(toolset.wasmExec, toolset.engine);
    const builder = new Builder(() => this.timed(toolset), (program) => this.share({ programs: [program] }));
    builder.adopt(request.assets?.programs ?? []);
    this.loaded = { toolset, builder, engine };
    this.loadTime = performance.now() - start;
    return null;
  }

  /** tools loads compiler and linker while other requests are answered. */
  private async tools(emit: Emit): Promise<null> {
    await this.ready().toolset.loadTools(telling(emit, "compiler"));
    return null;
  }

  private async timed(toolset: Toolset) {
    const start = performance.now();
    const tools = await toolset.loadTools((loaded, total) => this.progress(loaded, total));
    this.loadTime += performance.now() - start;
    return tools;
  }

  private adopt(assets: Assets): null {
    const { toolset, builder } = this.ready();
    toolset.adopt(assets);
    builder.adopt(assets.programs);
    return null;
  }

  private async build(program: Program, emit: Emit): Promise<Diagnostic[]> {
    this.progress = telling(emit, "compiler");
    const built = await this.ready().builder.build(program, defaultLimits.memoryBytes, () => {});
    return built.diagnostics;
  }

  private async run(request: Request & { type: "run" }, emit: Emit): Promise<RunResult> {
    const { builder, engine, toolset } = this.ready();
    this.progress = telling(emit, "compiler");
    const done = await run({ builder, engine, wasmExec: toolset.wasmExec, emit, loadTime: () => this.takeLoadTime() }, request, request.options ?? {});
    return { done, databases: engine && !engine.broken ? engine.snapshot() : [] };
  }

  /** takeLoadTime is what loading took since it was last asked for: the run that had to wait for it tells. */
  private takeLoadTime(): number {
    const time = this.loadTime;
    this.loadTime = 0;
    return time;
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

function telling(emit: Emit, what: "engine" | "compiler"): Progress {
  return (loaded, total) => emit({ type: "phase", phase: "load", what, loaded, total });
}
