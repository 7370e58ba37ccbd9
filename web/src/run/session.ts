// One step's runs: takes a turn, drives the state machine, and makes sure that every run has its end.

import type { RunEvent } from "../runner/protocol.ts";
import { busy, idle, next, type Input, type RunState } from "./machine.ts";
import type { Surprise } from "./folders.ts";
import { turns } from "./queue.ts";
import { runner, type Program, type Runner } from "./runner.ts";

type Done = Extract<RunEvent, { type: "done" }>;

/** Watch is what a session tells its step. */
export type Watch = { state: (state: RunState) => void; event: (event: RunEvent) => void; surprise: (surprise: Surprise) => void };

/** RunSession runs a step's program, again and again. */
export class RunSession {
  #state: RunState = idle;
  #watch: Watch;
  #folder: () => string;
  #runner: Runner | null = null;
  #run = 0;

  constructor(watch: Watch, folder: () => string) {
    this.#watch = watch;
    this.#folder = folder;
  }

  /** busy tells whether a run is under way. */
  get busy(): boolean {
    return busy(this.#state);
  }

  /** start runs the program; it resolves when the run has ended, however it did. */
  async start(program: Program): Promise<void> {
    if (this.busy) return;
    const run = ++this.#run;
    this.#input({ type: "start" });
    if (!turns.free) this.#input({ type: "wait" });
    const release = await turns.take();
    try {
      if (run === this.#run && this.busy) await this.#drive(run, program);
    } catch (cause) {
      if (run === this.#run) this.#event(crash(cause));
    } finally {
      this.#runner = null;
      if (run === this.#run && this.busy) this.#event(ended("crash", "The runner gave no answer. Run again."));
      release();
    }
  }

  /** stop ends the run; one that only waits for its turn ends at once. */
  stop(): void {
    if (!this.busy || this.#state.name === "stopping") return;
    if (!this.#runner) return this.#event(ended("stopped"));
    this.#input({ type: "stop" });
    this.#runner.stop();
  }

  async #drive(run: number, program: Program): Promise<void> {
    const current = () => run === this.#run && this.busy;
    const tool = await runner();
    if (!current()) return;
    this.#runner = tool;
    const surprise = await tool.run(this.#folder(), program, (event) => current() && this.#event(event));
    if (surprise) this.#watch.surprise(surprise);
  }

  #event(event: RunEvent): void {
    this.#watch.event(event);
    this.#input(event);
  }

  #input(input: Input): void {
    const before = this.#state;
    this.#state = next(before, input);
    if (this.#state !== before) this.#watch.state(this.#state);
  }
}

function ended(reason: Done["reason"], message?: string): Done {
  return { type: "done", reason, code: 0, message, timings: { load: 0, compile: 0, link: 0, instantiate: 0, run: 0 } };
}

function crash(cause: unknown): Done {
  const message = cause instanceof Error ? cause.message : String(cause);
  return ended("crash", message);
}
