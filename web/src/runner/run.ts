// One run: build the program, run it against the engine, and tell in order
// what happened.

import { Bridge } from "./bridge.ts";
import type { Builder } from "./build.ts";
import type { Engine } from "./engine.ts";
import { type Exit, GoInstance, type WasmExec } from "./gohost.ts";
import { defaultLimits, sizeText } from "./limits.ts";
import { MemFS } from "./memfs.ts";
import { Output } from "./output.ts";
import { deadlock, type Death, memoryHint, parseDeath, parseRecursion } from "./panics.ts";
import type { DoneEvent, Program, RunEvent, RunOptions, SourceFile, Timings } from "./protocol.ts";

export interface RunContext {
  builder: Builder;
  engine: Engine | undefined;
  wasmExec: WasmExec;
  emit: (event: RunEvent) => void;
  loadTime: () => number; // ms that this run waited for something to load
}

/** run does it all; the last event is the one that it returns. */
export async function run(context: RunContext, program: Program, options: RunOptions): Promise<DoneEvent> {
  const { builder, emit } = context;
  const { files } = program;
  const limits = { ...defaultLimits, ...options };
  const timings: Timings = { load: 0, compile: 0, link: 0, instantiate: 0, run: 0 };
  const built = await builder.build(program, limits.memoryBytes, (phase) => emit({ type: "phase", phase }));
  timings.load = context.loadTime();
  timings.compile = built.compile;
  timings.link = built.link;
  let done: DoneEvent;
  if (built.module) {
    done = await execute(context, built.module, files, limits, timings);
  } else {
    emit({ type: "diagnostics", items: built.diagnostics });
    done = { type: "done", reason: "compile", code: 1, message: countText(built.diagnostics.length), timings };
  }
  emit(done);
  return done;
}

const countText = (n: number) => (n === 1 ? "the program has an error" : `the program has ${n} errors`);

async function execute(
  { wasmExec, engine, emit }: RunContext,
  module: WebAssembly.Module,
  files: SourceFile[],
  limits: Required<RunOptions>,
  timings: Timings,
): Promise<DoneEvent> {
  emit({ type: "phase", phase: "run" });
  const bridge = new Bridge(engine, (doc, bytes) => output.show(doc, bytes), (event, bytes) => output.compared(event, bytes));
  const output = new Output(limits.outputBytes, emit, () => engine?.flush(), () => program.stop());
  const program = new GoInstance(wasmExec, {
    args: ["main"],
    env: { HOME: "/home", TMPDIR: "/tmp" },
    files: workFolder(),
    streams: output,
    imports: { ormlab: bridge.imports },
  });
  bridge.program = program;
  if (engine) {
    engine.onEvents = (events) => output.report(events);
    engine.beginRun(limits.statements);
  }
  const start = performance.now();
  program.instantiate(module);
  timings.instantiate = performance.now() - start;
  program.start();
  const exit = await program.exited;
  timings.run = performance.now() - start - timings.instantiate;
  endRun(engine);
  const end = output.end(exit.kind !== "exit" || exit.code === 2);
  return { type: "done", ...outcome(exit, { files, limits, bridge, output, runtimeText: end }), timings };
}

function workFolder(): MemFS {
  const files = new MemFS("/home");
  files.mkdirs("/tmp");
  return files;
}

/** endRun closes what the program left open; an engine that broke down has said so already. */
function endRun(engine: Engine | undefined): void {
  if (!engine || engine.broken) return;
  engine.endRun();
}

interface Ended {
  files: SourceFile[];
  limits: Required<RunOptions>;
  bridge: Bridge;
  output: Output;
  runtimeText: string; // what Go's runtime printed about the end
}

type Outcome = Omit<DoneEvent, "type" | "timings">;

function outcome(exit: Exit, ended: Ended): Outcome {
  const found = verdict(exit, ended);
  if (ended.output.readStdin && found.hint === undefined) {
    found.hint = "the program read its standard input, which is empty in the page";
  }
  return found;
}

function verdict(exit: Exit, { files, limits, bridge, output, runtimeText }: Ended): Outcome {
  if (output.full) {
    const message = `the output reached ${sizeText(limits.outputBytes)}, so the program was ended`;
    return { reason: "output", code: 2, message, hint: "look for a loop that prints without an end" };
  }
  if (bridge.failure !== undefined) return { reason: "crash", code: 2, message: bridge.failure };
  const sources = new Map(files.map((f) => [f.name, f.text]));
  switch (exit.kind) {
    case "exit":
      if (exit.deadlock) return deathOutcome(deadlock(runtimeText, [...sources.keys()]), runtimeText);
      return exitOutcome(exit.code, runtimeText, sources);
    case "recursion":
      return { code: 2, ...parseRecursion(exit.stack, sources) };
    case "stopped":
      return { reason: "stopped", code: 2 };
    case "trap":
      return trapOutcome(exit.message, runtimeText, sources);
  }
}

function exitOutcome(code: number, runtimeText: string, sources: Map<string, string>): Outcome {
  if (code === 0) return { reason: "ok", code };
  const death = code === 2 ? parseDeath(runtimeText, [...sources.keys()]) : undefined;
  if (death) return deathOutcome(death, runtimeText);
  return { reason: "exit", code, message: `the program ended with code ${code}` };
}

function trapOutcome(message: string, runtimeText: string, sources: Map<string, string>): Outcome {
  const death = parseDeath(runtimeText, [...sources.keys()]);
  if (death) return deathOutcome(death, runtimeText);
  if (/memory/i.test(message) && !/out of bounds/i.test(message)) return { reason: "memory", code: 2, message, hint: memoryHint };
  return { reason: "crash", code: 2, message: `the program crashed: ${message}` };
}

function deathOutcome(death: Death, trace: string): Outcome {
  return { code: 2, ...death, trace };
}
