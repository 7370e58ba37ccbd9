// What the page runs programs with: a worker at work, and a spare that takes
// over, with the databases as they were before, when the first is stopped.

import { Client, type Port, Terminated } from "./client.ts";
import type { Answers, Assets, Database, Diagnostic, DoneEvent, PhaseEvent, Program, Request, RunEvent, RunOptions } from "./protocol.ts";

export interface PoolOptions {
  /** manifest is the absolute URL of the tool set's manifest.json. */
  manifest: string;
  /** newWorker starts a worker: () => new Worker(url, { type: "module" }). */
  newWorker: () => Port;
}

export interface RunHandlers {
  onEvent: (event: RunEvent) => void;
  options?: RunOptions;
}

/** LoadHandler is told how many bytes of how many have come. */
export type LoadHandler = (progress: PhaseEvent) => void;

/** keep is how many built programs a new worker is given. */
const keep = 8;

interface Running {
  ended: boolean;
  start: number;
  onEvent: (event: RunEvent) => void;
  finish: (done: DoneEvent) => void;
}

/** RunnerPool runs one program at a time. */
export class RunnerPool {
  private active: Promise<Client> | undefined;
  private spare: Promise<Client> | undefined;
  private assets: Assets = { modules: {}, programs: [] };
  private current: Running | undefined; // the last run that was asked for
  private started: Running | undefined; // the last run that a worker got
  private settled: Promise<void> = Promise.resolve(); // when the last run's databases are known
  private databases: Database[] = [];
  private closed = false;
  private loadHandlers = new Set<LoadHandler>();

  constructor(private options: PoolOptions) {}

  /** load fetches the tools, once; it may be called again to follow the progress, and after a failure. */
  async load(onProgress?: LoadHandler): Promise<void> {
    if (onProgress) this.loadHandlers.add(onProgress);
    if (this.closed) throw new Error("the runner is closed");
    this.active ??= this.startFirst();
    try {
      await this.active;
    } catch (err) {
      this.active = undefined;
      throw err;
    } finally {
      if (onProgress) this.loadHandlers.delete(onProgress);
    }
  }

  /**
   * warm loads and builds when the page is idle, so that running the program, or one like it, is quick:
   * first what a program that is built already needs, then the compiler.
   */
  async warm(program: Program): Promise<Diagnostic[]> {
    await this.load();
    if (program.built !== undefined && !program.compare) await this.ask({ type: "build", ...program });
    await this.ask({ type: "tools" });
    this.ensureSpare();
    // Compiling once makes the browser translate the compiler. The spare does it: someone may press Run meanwhile.
    const { files, compare } = program;
    return this.spare ? (await this.spare).request({ type: "build", files, ...(compare && { compare }) }) : [];
  }

  /** run runs a program. It resolves with the last event; a program that is still running is stopped first. */
  async run(program: Program, { onEvent, options }: RunHandlers): Promise<DoneEvent> {
    this.stop();
    const result = new Promise<DoneEvent>((finish) => {
      this.current = { ended: false, start: performance.now(), onEvent, finish };
    });
    const running = this.current!;
    this.runOn(running, program, options).catch((err: Error) => {
      if (err instanceof Terminated) return; // stop has said so
      discard(this.active); // a worker that failed once is not asked again
      this.active = undefined;
      this.end(running, crash(err));
    });
    return result;
  }

  /** stop ends the running program, whatever it does. The next run finds the databases as they were before it. */
  stop(): void {
    const running = this.current;
    if (!running || running.ended) return;
    this.end(running, stopped(performance.now() - running.start));
    if (running !== this.started) return; // it was not yet at work
    discard(this.active);
    this.active = this.closed ? undefined : this.promoteSpare();
    this.active?.catch(() => {}); // the next run tells
  }

  /** ask passes a request about databases to the worker at work. */
  async ask<R extends Request>(request: R): Promise<Answers[R["type"]]> {
    await this.load();
    return (await this.active!).request(request);
  }

  /** close ends all workers. */
  close(): void {
    this.closed = true;
    this.stop();
    discard(this.active);
    discard(this.spare);
    this.active = this.spare = undefined;
  }

  private async runOn(running: Running, { files, built, compare }: Program, options: RunOptions | undefined): Promise<void> {
    await this.load((progress) => this.emit(running, progress));
    const client = await this.active!;
    this.ensureSpare();
    await this.settled; // the databases as the run before left them are needed if this one is stopped
    if (running.ended) return;
    this.started = running;
    const request = { type: "run" as const, files, ...(built !== undefined && { built }), ...(compare && { compare }), ...(options && { options }) };
    const answer = client.request(request, (events) => {
      for (const event of events) {
        if (event.type === "done") this.end(running, event);
        else this.emit(running, event);
      }
    });
    this.settled = answer.then(({ databases }) => void (this.databases = databases), () => {});
    await answer;
  }

  private emit(running: Running, event: RunEvent): void {
    if (!running.ended) running.onEvent(event);
  }

  private end(running: Running, done: DoneEvent): void {
    if (running.ended) return;
    running.onEvent(done);
    running.ended = true;
    running.finish(done);
  }

  private async startFirst(): Promise<Client> {
    const client = await this.start((events) => this.report(events));
    if (this.databases.length > 0) await client.request({ type: "restore", databases: this.databases });
    return client;
  }

  private report(events: RunEvent[]): void {
    for (const event of events) {
      if (event.type === "phase") for (const handler of this.loadHandlers) handler(event);
    }
  }

  /** start starts a worker, which takes over what others have loaded and built. */
  private async start(onEvents: (events: RunEvent[]) => void = () => {}): Promise<Client> {
    const client = new Client(this.options.newWorker(), (assets) => this.gather(assets));
    try {
      await client.request({ type: "load", url: this.options.manifest, assets: this.assets }, onEvents);
    } catch (err) {
      client.terminate();
      throw err;
    }
    return client;
  }

  private gather({ manifest, modules, pack, exports, programs }: Assets): void {
    const known = new Map([...this.assets.programs, ...programs]);
    this.assets = {
      manifest: manifest ?? this.assets.manifest,
      modules: { ...this.assets.modules, ...modules },
      pack: pack ?? this.assets.pack,
      exports: exports ?? this.assets.exports,
      programs: [...known].slice(-keep),
    };
  }

  /** ensureSpare starts a spare worker from what the first has loaded. */
  private ensureSpare(): void {
    if (this.spare || this.closed || !this.assets.manifest) return;
    const spare = this.start();
    this.spare = spare;
    spare.catch(() => this.spare === spare && (this.spare = undefined));
  }

  private async promoteSpare(): Promise<Client> {
    const spare = this.spare ?? this.start();
    this.spare = undefined;
    const client = await spare;
    await client.request({ type: "adopt", assets: this.assets });
    if (this.databases.length > 0) await client.request({ type: "restore", databases: this.databases });
    this.ensureSpare();
    return client;
  }
}

/** discard ends a worker, or lets it end when it has started. */
function discard(worker: Promise<Client> | undefined): void {
  worker?.then((client) => client.terminate(), () => {});
}

const noTimings = { load: 0, compile: 0, link: 0, instantiate: 0, run: 0 };

function stopped(ms: number): DoneEvent {
  return { type: "done", reason: "stopped", code: 2, message: "stopped", timings: { ...noTimings, run: ms } };
}

function crash(err: Error): DoneEvent {
  return { type: "done", reason: "crash", code: 2, message: err.message, timings: noTimings };
}
