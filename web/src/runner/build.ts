// Files in, a program or diagnostics out, and the programs built before.

import { check } from "./check.ts";
import { parseCompiler, parseLinker } from "./diagnostics.ts";
import { limitMemory } from "./memory.ts";
import type { Diagnostic, Phase, SourceFile } from "./protocol.ts";
import type { ToolResult, Tools } from "./tools.ts";

export interface Built {
  module?: WebAssembly.Module; // if the program could be built
  diagnostics: Diagnostic[];
  compile: number; // ms, 0 for a program that was built before
  link: number;
}

/** keep is how many programs are remembered. */
const keep = 8;

/** Builder builds programs, and remembers the last few by their text. */
export class Builder {
  private built = new Map<string, WebAssembly.Module>();

  constructor(private tools: Tools) {}

  async build(files: SourceFile[], memoryBytes: number, phase: (phase: Phase) => void): Promise<Built> {
    const diagnostics = check(files);
    if (diagnostics.length > 0) return { diagnostics, compile: 0, link: 0 };
    const key = JSON.stringify([memoryBytes, files.map((f) => [f.name, f.text])]);
    const known = this.built.get(key);
    if (known) return { module: this.remember(key, known), diagnostics: [], compile: 0, link: 0 };
    const built = await this.compileAndLink(files, memoryBytes, phase);
    if (built.module) this.remember(key, built.module);
    return built;
  }

  private async compileAndLink(files: SourceFile[], memoryBytes: number, phase: (phase: Phase) => void): Promise<Built> {
    const encoder = new TextEncoder();
    const first = files[0]!.name;
    phase("compile");
    const start = performance.now();
    const compiled = await this.tools.compile(new Map(files.map((f) => [f.name, encoder.encode(f.text)])));
    const compile = performance.now() - start;
    if (!compiled.output) {
      return { diagnostics: problems(compiled, first, (text) => parseCompiler(text, files, this.tools.manifest.importable)), compile, link: 0 };
    }
    phase("link");
    const linked = await this.tools.link(compiled.output);
    const link = performance.now() - start - compile;
    if (!linked.output) return { diagnostics: problems(linked, first, (text) => parseLinker(text, first)), compile, link };
    const module = await WebAssembly.compile(limitMemory(linked.output, memoryBytes));
    return { module, diagnostics: [], compile, link: performance.now() - start - compile };
  }

  private remember(key: string, module: WebAssembly.Module): WebAssembly.Module {
    this.built.delete(key);
    this.built.set(key, module);
    for (const old of this.built.keys()) {
      if (this.built.size <= keep) break;
      this.built.delete(old);
    }
    return module;
  }
}

function problems(result: ToolResult, file: string, parse: (text: string) => Diagnostic[]): Diagnostic[] {
  if (result.failure !== undefined) return [{ file, line: 0, column: 0, message: result.failure, hint: result.text.split("\n", 20).join("\n") }];
  return parse(result.text);
}

