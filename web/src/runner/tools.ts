// Loads a tool set, and runs its compiler and linker: a fresh instance each
// time, of modules that are compiled once.

import { GoInstance, type WasmExec } from "./gohost.ts";
import { MemFS } from "./memfs.ts";
import type { Manifest, PackPlace } from "./protocol.ts";

/** ToolAssets is what the tools are made of. */
export interface ToolAssets {
  manifest: Manifest;
  modules: Record<string, WebAssembly.Module>;
  pack: Blob; // archives.pack
  exports: Blob; // exports.pack
}

/** Tools is a tool set, ready for use. */
export class Tools {
  private archives: Promise<Uint8Array> | undefined;
  private exports: Promise<Uint8Array> | undefined;
  private readonly importcfg: string;
  private readonly linkcfg: string;

  constructor(private assets: ToolAssets, private wasmExec: WasmExec) {
    const { manifest } = assets;
    this.importcfg = configFor(manifest.importable);
    this.linkcfg = configFor(Object.keys(manifest.packages));
  }

  get manifest(): Manifest {
    return this.assets.manifest;
  }

  /** compile compiles sources of package main; the archive is in the answer if it worked. */
  async compile(sources: Map<string, Uint8Array>): Promise<ToolResult> {
    this.exports ??= bytesOf(this.assets.exports);
    const files = newFiles(await this.exports, this.manifest.exports);
    files.writeFile("/build/importcfg", this.importcfg);
    const names: string[] = [];
    for (const [name, text] of sources) {
      files.writeFile("/build/src/" + name, text);
      names.push("/build/src/" + name);
    }
    return this.run("compile", [...this.manifest.args.compile, ...names], files, "/build/main.a");
  }

  /** link links a compiled package main with all it needs. */
  async link(archive: Uint8Array): Promise<ToolResult> {
    this.archives ??= bytesOf(this.assets.pack);
    const files = newFiles(await this.archives, this.manifest.packages);
    files.writeFile("/build/importcfg.link", this.linkcfg);
    files.writeFile("/build/main.a", archive);
    return this.run("link", this.manifest.args.link, files, "/build/main.wasm");
  }

  private async run(tool: string, args: string[], files: MemFS, result: string): Promise<ToolResult> {
    const module = this.assets.modules[tool + ".wasm"];
    if (!module) throw new Error(`the tool set has no ${tool}.wasm`);
    let text = "";
    const decoder = new TextDecoder();
    const print = (bytes: Uint8Array) => void (text += decoder.decode(bytes, { stream: true }));
    const instance = new GoInstance(this.wasmExec, {
      args: [tool, ...args],
      env: { GOOS: "js", GOARCH: "wasm", GOROOT: "/go", TMPDIR: "/tmp", GOGC: "off" },
      files,
      streams: { stdout: print, stderr: print, runtime: print, stdin: () => {} },
    });
    instance.instantiate(module);
    instance.start();
    const exit = await instance.exited;
    if (exit.kind === "recursion") return { text, failure: "the program is nested too deeply for the compiler" };
    if (exit.kind !== "exit" || exit.code > 2 || (exit.code === 2 && /^(panic|fatal error|runtime|usage): /m.test(text))) {
      return { text, failure: `the ${tool === "link" ? "linker" : "compiler"} broke down` };
    }
    if (exit.code !== 0) return { text };
    return { text, output: files.readFile(result) };
  }
}

/** newFiles is a file system with a pack's archives in it, none of which is copied. */
function newFiles(pack: Uint8Array, places: Record<string, PackPlace>): MemFS {
  const files = new MemFS("/build");
  files.mkdirs("/tmp");
  for (const [path, { offset, size }] of Object.entries(places)) {
    files.writeFile(archivePath(path), pack.subarray(offset, offset + size));
  }
  return files;
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** ToolResult is what a tool printed, and what it made unless something was wrong. */
export interface ToolResult {
  text: string;
  output?: Uint8Array;
  /** failure is set when the tool itself failed, rather than the program it worked on. */
  failure?: string;
}

const archivePath = (path: string) => `/pkg/${path}.a`;

function configFor(packages: string[]): string {
  return packages.map((path) => `packagefile ${path}=${archivePath(path)}\n`).join("");
}
