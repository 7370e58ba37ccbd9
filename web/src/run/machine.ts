// The state of one step's run. Every path leads to "ended", and from there only a new start leads on.

import type { RunEvent } from "../runner/protocol.ts";
import { megabytes, millis } from "../format.ts";

type Done = Extract<RunEvent, { type: "done" }>;

/** Reason says how a run ended. */
export type Reason = Done["reason"];

/** RunState is what the toolbar shows. */
export type RunState =
  | { name: "idle" }
  | { name: "waiting" }
  | { name: "loading"; what: "engine" | "compiler"; loaded: number; total: number }
  | { name: "compiling" }
  | { name: "linking" }
  | { name: "running" }
  | { name: "stopping" }
  | { name: "ended"; reason: Reason; code: number; ms: number };

/** Input is what can happen to a run: the reader's two buttons, or an event of the runner. */
export type Input = { type: "start" } | { type: "wait" } | { type: "stop" } | RunEvent;

/** idle is the state before the first run. */
export const idle: RunState = { name: "idle" };

/** busy tells whether a run is under way. */
export function busy(state: RunState): boolean {
  return state.name !== "idle" && state.name !== "ended";
}

/** next is the state after an input; inputs that do not fit a state leave it as it is. */
export function next(state: RunState, input: Input): RunState {
  if (input.type === "start") return busy(state) ? state : { name: "loading", what: "engine", loaded: 0, total: 0 };
  if (!busy(state)) return state;
  if (input.type === "done") return { name: "ended", reason: input.reason, code: input.code, ms: wall(input) };
  if (state.name === "stopping") return state;
  if (input.type === "wait") return { name: "waiting" };
  if (input.type === "stop") return { name: "stopping" };
  if (input.type === "phase") return phase(input);
  return state;
}

function phase(event: Extract<RunEvent, { type: "phase" }>): RunState {
  switch (event.phase) {
    case "load": return { name: "loading", what: event.what ?? "compiler", loaded: event.loaded ?? 0, total: event.total ?? 0 };
    case "compile": return { name: "compiling" };
    case "link": return { name: "linking" };
    case "run": return { name: "running" };
  }
}

// The time a learner waits for at every run; loading happens once and is shown on its own.
function wall(done: Done): number {
  const t = done.timings;
  return t.compile + t.link + t.instantiate + t.run;
}

/** label is the state in words, short enough for the toolbar and stable enough to be announced. */
export function label(state: RunState): string {
  switch (state.name) {
    case "idle": return "";
    case "waiting": return "Waiting for another step";
    case "loading": return state.total > 0 ? `Loading the ${state.what === "engine" ? "database" : "compiler"}` : "Starting…";
    case "compiling": return "Compiling…";
    case "linking": return "Linking…";
    case "running": return "Running…";
    case "stopping": return "Stopping…";
    case "ended": return outcome(state);
  }
}

/** detail is what changes too often to be announced: the bytes while loading. */
export function detail(state: RunState): string {
  if (state.name !== "loading" || state.total === 0) return "";
  return `${megabytes(state.loaded)} of ${megabytes(state.total)} MB`;
}

const outcomes: Record<Exclude<Reason, "ok" | "exit">, string> = {
  compile: "Compile error",
  panic: "Panicked",
  deadlock: "Deadlock",
  recursion: "Infinite recursion",
  memory: "Out of memory",
  output: "Too much output",
  stopped: "Stopped",
  crash: "Crashed",
};

function outcome(state: Extract<RunState, { name: "ended" }>): string {
  if (state.reason === "ok") return `Done in ${millis(state.ms)}`;
  if (state.reason === "exit") return `Exit code ${state.code}`;
  return outcomes[state.reason] ?? "Ended";
}
