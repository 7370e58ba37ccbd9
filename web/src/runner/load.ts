// Fetches the files of a tool set, counting the bytes that come over the wire.

import type { WasmExec } from "./gohost.ts";
import type { AssetFile, Assets, Manifest } from "./protocol.ts";
import { Tools } from "./tools.ts";

/** Progress is told how many bytes of how many have come. */
export type Progress = (loaded: number, total: number) => void;

/** ImportModule is import(), which tests replace. */
export type ImportModule = (url: string) => Promise<{ default: WasmExec }>;

const engine = "engine.wasm";
const tools = ["compile.wasm", "link.wasm"];

/** Share is told what has been loaded or built. */
export type Share = (assets: Partial<Assets>) => void;

/** Toolset is a tool set of which everything is fetched when it is first needed, and only once. */
export class Toolset {
  private assets: Assets = { modules: {}, programs: [] };
  private exec: WasmExec | undefined;
  private toolsLoading: Promise<Tools> | undefined;
  private followers = new Set<Progress>();

  constructor(private url: string, private importModule: ImportModule, private share: Share) {}

  /** adopt takes over what another worker has. */
  adopt(assets: Assets): void {
    const { manifest = assets.manifest, pack = assets.pack, exports = assets.exports } = this.assets;
    this.assets = { manifest, pack, exports, modules: { ...assets.modules, ...this.assets.modules }, programs: [] };
  }

  /** loadBase fetches what every run needs: the manifest, Go's host and the engine. */
  async loadBase(progress: Progress): Promise<void> {
    this.assets.manifest ??= await fetchManifest(this.url);
    const counter = new ByteCounter(progress);
    const [wasmExec] = await Promise.all([
      this.importModule(this.at("wasm_exec.js").url),
      this.manifest.files[engine] && this.loadModules([engine], counter),
    ]);
    this.exec = wasmExec.default;
    this.share({ manifest: this.manifest, modules: this.assets.modules });
  }

  /** loadTools fetches compiler, linker and archives. It may be called again, to follow the progress, and after a failure. */
  async loadTools(progress: Progress): Promise<Tools> {
    this.followers.add(progress);
    this.toolsLoading ??= this.fetchTools();
    try {
      return await this.toolsLoading;
    } catch (err) {
      this.toolsLoading = undefined;
      throw err;
    } finally {
      this.followers.delete(progress);
    }
  }

  get manifest(): Manifest {
    return this.assets.manifest!;
  }

  get wasmExec(): WasmExec {
    return this.exec!;
  }

  get engine(): WebAssembly.Module | undefined {
    return this.assets.modules[engine];
  }

  private async fetchTools(): Promise<Tools> {
    const counter = new ByteCounter((loaded, total) => this.followers.forEach((follow) => follow(loaded, total)));
    const names = tools.filter((name) => this.manifest.files[name]);
    const [pack, exports] = await Promise.all([
      this.assets.pack ?? this.fetchPack("archives.pack", counter),
      this.assets.exports ?? this.fetchPack("exports.pack", counter),
      this.loadModules(names, counter),
    ]);
    Object.assign(this.assets, { pack, exports });
    this.share({ modules: this.assets.modules, pack, exports });
    return new Tools({ manifest: this.manifest, modules: this.assets.modules, pack, exports }, this.wasmExec);
  }

  private async fetchPack(name: string, counter: ByteCounter): Promise<Blob> {
    counter.expect(this.at(name).file);
    return new Blob([await fetchBytes(this.at(name), counter)]);
  }

  private async loadModules(names: string[], counter: ByteCounter): Promise<void> {
    const missing = names.filter((name) => !this.assets.modules[name]);
    for (const name of missing) counter.expect(this.at(name).file);
    await Promise.all(missing.map(async (name) => {
      this.assets.modules[name] = await fetchModule(this.at(name), counter);
    }));
  }

  private at(name: string): Place {
    const file = this.manifest.files[name];
    if (!file) throw new Error(`the tool set has no ${name}`);
    return { url: new URL(file.path, this.url).href, file };
  }
}

/** fetchManifest fetches a tool set's manifest.json. */
export async function fetchManifest(url: string): Promise<Manifest> {
  const manifest = (await (await get(url)).json()) as Manifest;
  if (manifest.version !== 2) throw new Error(`the tool set has format ${manifest.version}, this page knows 2: reload the page`);
  return manifest;
}

/** fetchProgram fetches a program that was built ahead. */
export async function fetchProgram(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await get(url)).arrayBuffer());
}

interface Place {
  url: string;
  file: AssetFile;
}

/** get fetches, and says what is wrong if it cannot. */
export async function get(url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new Error(`could not fetch ${url}: is the network off?`);
  }
  if (!response.ok) throw new Error(`could not fetch ${url}: ${response.status} ${response.statusText}`);
  return response;
}

async function fetchBytes(place: Place, counter: ByteCounter): Promise<Uint8Array<ArrayBuffer>> {
  const response = await get(place.url);
  const bytes = new Uint8Array(place.file.size);
  let at = 0;
  await counter.read(response, place.file, (chunk) => {
    if (at + chunk.length > bytes.length) throw new Error(`${place.url} is longer than the manifest says`);
    bytes.set(chunk, at);
    at += chunk.length;
  });
  if (at !== bytes.length) throw new Error(`${place.url} ended after ${at} of ${bytes.length} bytes`);
  return bytes;
}

/** fetchModule compiles while the bytes come, from a response with a URL, so that the browser keeps the machine code. */
async function fetchModule(place: Place, counter: ByteCounter): Promise<WebAssembly.Module> {
  const response = await get(place.url);
  const counted = counter.read(response.clone(), place.file, () => {});
  const [module] = await Promise.all([WebAssembly.compileStreaming(response), counted]);
  return module;
}

/** ByteCounter adds up bytes on the wire. Scripts see bytes after decompression only, so each file's share is scaled. */
class ByteCounter {
  private totals = new Map<AssetFile, number>();
  private loaded = new Map<AssetFile, number>();

  constructor(private progress: Progress) {}

  expect(file: AssetFile): void {
    this.totals.set(file, file.brotli || file.gzip || file.size);
  }

  async read(response: Response, file: AssetFile, use: (chunk: Uint8Array) => void): Promise<void> {
    const wire = wireSize(response, file);
    this.totals.set(file, wire);
    let size = 0;
    const reader = response.body!.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      use(value);
      size += value.length;
      this.loaded.set(file, file.size ? (size / file.size) * wire : 0);
      this.report();
    }
  }

  private report(): void {
    this.progress(Math.round(sum(this.loaded)), sum(this.totals));
  }
}

function wireSize(response: Response, file: AssetFile): number {
  switch (response.headers.get("content-encoding")) {
    case "br":
      return file.brotli || file.size;
    case "gzip":
      return file.gzip || file.size;
    default:
      return file.size;
  }
}

function sum(map: Map<unknown, number>): number {
  let total = 0;
  for (const n of map.values()) total += n;
  return total;
}
