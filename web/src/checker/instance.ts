// The resident checker: one Go instance, asked by messages.

import { GoInstance, type WasmExec } from "../runner/gohost.ts";
import { MemFS } from "../runner/memfs.ts";

interface CheckerExports {
  ormlab_buffer(n: number): number;
  ormlab_handle(n: number): number;
  ormlab_response(): number;
}

/** Instance is a running checker. */
export class Instance {
  private instance: GoInstance;
  private exports: CheckerExports;
  private failure: string | undefined;
  private printed = "";

  constructor(wasmExec: WasmExec, module: WebAssembly.Module) {
    const print = (bytes: Uint8Array) => {
      this.printed = (this.printed + new TextDecoder().decode(bytes)).slice(-4096);
    };
    this.instance = new GoInstance(wasmExec, {
      args: ["checker"],
      files: new MemFS(),
      streams: { stdout: print, stderr: print, runtime: print, stdin: () => {} },
      resident: true,
    });
    this.instance.instantiate(module);
    this.exports = this.instance.exports as unknown as CheckerExports;
    this.instance.start();
    void this.instance.exited.then(() => (this.failure ??= "the checker has ended"));
  }

  /** ask hands texts to the checker (see playground/checker, Service.Handle) and gives its answer; what it refuses is an error. */
  ask(...texts: (string | Uint8Array)[]): unknown {
    if (this.failure !== undefined) throw new Error(this.failure);
    const answer = this.call(message(texts)) as { value: unknown } | { error: string };
    if ("error" in answer) throw new Error(answer.error);
    return answer.value;
  }

  private call(request: Uint8Array): unknown {
    try {
      const at = this.exports.ormlab_buffer(request.length) >>> 0;
      new Uint8Array(this.instance.memory, at, request.length).set(request);
      const length = this.exports.ormlab_handle(request.length);
      const answer = new Uint8Array(this.instance.memory, this.exports.ormlab_response() >>> 0, length);
      return JSON.parse(new TextDecoder().decode(answer));
    } catch (err) {
      // Its memory cannot be trusted after a fault.
      this.failure = `the checker broke down: ${this.printed.trim().split("\n")[0] || String(err)}`;
      throw new Error(this.failure);
    }
  }
}

/** message puts texts behind their lengths. */
function message(texts: (string | Uint8Array)[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts = texts.map((text) => (typeof text === "string" ? encoder.encode(text) : text));
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 5, 0));
  let at = 0;
  for (const part of parts) {
    let n = part.length;
    for (; n >= 0x80; n >>>= 7) out[at++] = (n & 0x7f) | 0x80;
    out[at++] = n;
    out.set(part, at);
    at += part.length;
  }
  return out.subarray(0, at);
}
