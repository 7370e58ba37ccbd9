// Files in, a program or diagnostics out, and the programs built before.

import { check } from "./check.ts";
import { withDialects } from "./dialects.ts";
import { parseCompiler, parseLinker } from "./diagnostics.ts";
import { fetchProgram } from "./load.ts";
import { limitMemory } from "./memory.ts";
import type { Diagnostic, Phase, Program, SourceFile } from "./protocol.ts";
import type { ToolResult, Tools } from "./tools.ts";

export interface Built {
  module?: WebAssembly.Module; // if the program could be built
  diagnostics: Diagnostic[];
  compile: number; // ms, 0 for a program that was built before
  link: number;
}

/** keep is how many programs are remembered. */
const keep = 8;

/** Built program: its key tells the files and the limit that it was built for. */
export type Kept = [key: string, module: WebAssembly.Module];

/** Builder builds programs, and remembers the last few by their text. */
export class Builder {
  private built = new Map<string, WebAssembly.Module>();

  /** tools loads compiler and linker when they are first needed; share is told of each program that was built. */
  constructor(private tools: () => Promise<Tools>, private share: (program: Kept) => void = () => {}) {}

  async build({ files, built, compare }: Program, memoryBytes: number, phase: (phase: Phase) => void): Promise<Built> {
    const diagnostics = check(files);
    if (diagnostics.length > 0) return { diagnostics, compile: 0, link: 0 };
    const sources = compare ? withDialects(files) : files;
    const key = JSON.stringify([memoryBytes, sources.map((f) => [f.name, f.text])]);
    const known = this.built.get(key) ?? (built !== undefined && !compare ? await this.fetch(built, key, memoryBytes) : undefined);
    if (known) return { module: this.remember(key, known), diagnostics: [], compile: 0, link: 0 };
    const made = await this.compileAndLink(await this.tools(), sources, memoryBytes, phase);
    if (made.module) this.share([key, this.remember(key, made.module)]);
    return made;
  }

  /** adopt takes over programs that another worker has built. */
  adopt(programs: Kept[]): void {
    for (const [key, module] of programs) this.remember(key, module);
  }

  /** fetch gets what was built ahead. Without it the page can still compile, so its failure is no error. */
  private async fetch(url: string, key: string, memoryBytes: number): Promise<WebAssembly.Module | undefined> {
    try {
      const module = await WebAssembly.compile(limitMemory(await fetchProgram(url), memoryBytes));
      this.share([key, module]);
      return module;
    } catch {
      return undefined;
    }
  }

  private async compileAndLink(tools: Tools, files: SourceFile[], memoryBytes: number, phase: (phase: Phase) => void): Promise<Built> {
    const encoder = new TextEncoder();
    const first = files[0]!.name;
    phase("compile");
    const start = performance.now();
    const compiled = await tools.compile(new Map(files.map((f) => [f.name, encoder.encode(f.text)])));
    const compile = performance.now() - start;
    if (!compiled.output) {
      return { diagnostics: problems(compiled, first, (text) => parseCompiler(text, files, tools.manifest.importable)), compile, link: 0 };
    }
    phase("link");
    const linked = await tools.link(compiled.output);
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

