// Fetches the files of a tool set, counting the bytes that come over the wire.

import type { WasmExec } from "./gohost.ts";
import type { AssetFile, Assets, Manifest } from "./protocol.ts";
import { Tools } from "./tools.ts";

/** Progress is told how many bytes of how many have come. */
export type Progress = (loaded: number, total: number) => void;

/** ImportModule is import(), which tests replace. */
export type ImportModule = (url: string) => Promise<{ default: WasmExec }>;

const moduleNames = ["compile.wasm", "link.wasm", "engine.wasm"];

/** loadTools fetches the tool set whose manifest.json is at url. */
export async function loadTools(url: string, importModule: ImportModule, progress: Progress): Promise<Tools> {
  const manifest = (await (await get(url)).json()) as Manifest;
  if (manifest.version !== 1) throw new Error(`the tool set has format ${manifest.version}, this page knows 1: reload the page`);
  const counter = new ByteCounter(progress);
  const at = (name: string) => {
    const file = manifest.files[name];
    if (!file) throw new Error(`the tool set has no ${name}`);
    return { url: new URL(file.path, url).href, file };
  };
  const names = moduleNames.filter((name) => manifest.files[name]);
  for (const name of [...names, "archives.pack"]) counter.expect(at(name).file);
  const [wasmExec, pack, ...modules] = await Promise.all([
    importModule(at("wasm_exec.js").url),
    fetchBytes(at("archives.pack"), counter),
    ...names.map((name) => fetchModule(at(name), counter)),
  ]);
  const assets: Assets = {
    manifest,
    pack: new Blob([pack]),
    modules: Object.fromEntries(names.map((name, i) => [name, modules[i]!])),
  };
  return new Tools(assets, wasmExec.default);
}

/** adoptTools makes the same tools from what another worker has loaded. */
export async function adoptTools(url: string, assets: Assets, importModule: ImportModule): Promise<Tools> {
  const file = assets.manifest.files["wasm_exec.js"];
  if (!file) throw new Error("the tool set has no wasm_exec.js");
  const wasmExec = await importModule(new URL(file.path, url).href);
  return new Tools(assets, wasmExec.default);
}

interface Place {
  url: string;
  file: AssetFile;
}

async function get(url: string): Promise<Response> {
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
