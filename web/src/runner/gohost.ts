// Runs one Go instance: a program built for GOOS=js, with wasm_exec.js between
// it and a globalThis of its own that has nothing of the page in it.

import type { MemFS } from "./memfs.ts";
import { newFS, newPath, newProcess, type Streams } from "./posix.ts";

/** Go is the class that wasm_exec.js defines, with the members that are used here. */
interface Go {
  argv: string[];
  env: Record<string, string>;
  exit: (code: number) => void;
  exited: boolean;
  importObject: { gojs: Record<string, (sp: number) => void> } & WebAssembly.Imports;
  mem: DataView;
  _values: unknown[];
  _scheduledTimeouts: Map<number, unknown>;
  _pendingEvent: unknown;
  run(instance: WebAssembly.Instance): Promise<void>;
  _resume(): void;
}

/** WasmExec is the wrapped wasm_exec.js: it takes a globalThis and returns the class. */
export type WasmExec = (globalThis: object) => new () => Go;

export interface GoOptions {
  args: string[];
  env?: Record<string, string>;
  files: MemFS;
  streams: Streams;
  /** imports are more modules for the program to import from. */
  imports?: WebAssembly.Imports;
  /** resident programs are called through their exports and may be idle for ever. */
  resident?: boolean;
}

/** Exit is how a Go instance ended. */
export type Exit =
  | { kind: "exit"; code: number; deadlock: boolean } // deadlock: it could never have gone on
  | { kind: "stopped" } // by stop()
  | { kind: "recursion"; stack: string } // the host's stack was too small
  | { kind: "trap"; message: string };

/** stopped is thrown through a program's frames to end it. */
const stopped = { toString: () => "stopped" };

/** GoInstance is one program, running or ended. */
export class GoInstance {
  readonly exited: Promise<Exit>;
  exports!: WebAssembly.Exports;
  private go: Go;
  private ended = false;
  private stopping = false;
  private deadlock = false;
  private resolve!: (exit: Exit) => void;
  private timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(wasmExec: WasmExec, private options: GoOptions) {
    this.exited = new Promise((resolve) => (this.resolve = resolve));
    this.go = new (wasmExec(this.bareGlobal()))();
    this.go.argv = options.args;
    this.go.env = options.env ?? {};
    this.go.exit = (code) => this.end({ kind: "exit", code, deadlock: this.deadlock });
    this.guard("syscall/js.valueCall", 64, 56);
    this.guard("syscall/js.valueInvoke", 48, 40);
    this.guard("syscall/js.valueNew", 48, 40);
    this.guard("runtime.wasmWrite");
  }

  /** instantiate makes the instance; start runs it. */
  instantiate(module: WebAssembly.Module): void {
    const imports = { ...this.go.importObject, ...this.options.imports };
    const instance = new WebAssembly.Instance(module, imports);
    this.exports = instance.exports;
    this.instance = instance;
  }
  private instance!: WebAssembly.Instance;

  /** start runs main until it ends or waits; exited tells the rest. */
  start(): void {
    this.enter(() => {
      // What run does not catch by itself comes out of its promise.
      this.go.run(this.instance).catch((err) => this.fail(err));
    });
  }

  /** stop ends the program at its next call to the host, or at once if it is not running. */
  stop(): void {
    this.stopping = true;
  }

  /** throwIfStopped is for the host's own imports, so that stop ends the program before they return to it. */
  throwIfStopped(): void {
    if (this.stopping) throw stopped;
  }

  /** memory is the program's memory now; growing replaces it. */
  get memory(): ArrayBuffer {
    return (this.exports["mem"] as WebAssembly.Memory).buffer;
  }

  private enter(work: () => void): void {
    if (this.ended) return;
    try {
      work();
    } catch (err) {
      this.fail(err);
    }
    // run reports failures a moment later, so look again then.
    queueMicrotask(() => this.detectDeadlock());
  }

  /** detectDeadlock lets Go print its message when nothing is left that could wake the program. */
  private detectDeadlock(): void {
    if (this.ended || this.options.resident || this.go._scheduledTimeouts.size > 0) return;
    this.deadlock = true;
    this.go._pendingEvent = { id: 0 };
    try {
      this.go._resume();
    } catch (err) {
      this.fail(err);
    }
    this.end({ kind: "exit", code: 2, deadlock: true });
  }

  private fail(err: unknown): void {
    if (err === stopped || this.stopping) this.end({ kind: "stopped" });
    else if (isStackOverflow(err)) this.end({ kind: "recursion", stack: String((err as Error).stack) });
    else this.end({ kind: "trap", message: err instanceof Error ? err.message : String(err) });
  }

  private end(exit: Exit): void {
    if (this.ended) return;
    this.ended = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.resolve(exit);
  }

  /**
   * guard replaces an import that would swallow what the host throws. A call
   * into JavaScript that ran out of stack ends the program as any other
   * overflow does; flagAt and errorAt are where the import puts its outcome.
   */
  private guard(name: string, flagAt?: number, errorAt = 0): void {
    const gojs = this.go.importObject.gojs;
    const original = gojs[name];
    if (!original) throw new Error(`wasm_exec.js has no ${name}`);
    gojs[name] = (sp) => {
      original(sp);
      if (this.stopping) throw stopped;
      if (flagAt === undefined) return;
      const at = (this.exports["getsp"] as () => number)() >>> 0;
      if (this.go.mem.getUint8(at + flagAt) !== 0) return;
      const err = this.go._values[this.go.mem.getUint32(at + errorAt, true)];
      if (isStackOverflow(err)) throw err;
    };
  }

  /** bareGlobal is all that a Go program can see of JavaScript. */
  private bareGlobal(): object {
    const { files, streams } = this.options;
    const silent = () => {};
    return Object.assign(Object.create(null), {
      fs: newFS(files, streams),
      process: newProcess(files),
      path: newPath(files),
      crypto: { getRandomValues: (b: Uint8Array<ArrayBuffer>) => fillRandom(b) },
      performance: { now: () => performance.now() },
      console: { log: silent, warn: silent, error: silent },
      setTimeout: (f: () => void, ms: number) => this.setTimeout(f, ms),
      clearTimeout: (timer: ReturnType<typeof setTimeout>) => {
        this.timers.delete(timer);
        clearTimeout(timer);
      },
      Object, Array, Uint8Array, Date, Error, TextEncoder, TextDecoder,
    });
  }

  private setTimeout(f: () => void, ms: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.enter(f);
    }, ms);
    this.timers.add(timer);
    return timer;
  }
}

/** fillRandom fills any length; the host's function takes at most 64 KiB at once. */
function fillRandom(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  for (let at = 0; at < bytes.length; at += 65536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65536));
  }
  return bytes;
}

/** isStackOverflow knows the errors of V8 and WebKit (RangeError) and of Firefox (InternalError). */
function isStackOverflow(err: unknown): boolean {
  if (!(err instanceof Error)) return false;
  return /call stack|too much recursion/i.test(err.message);
}
