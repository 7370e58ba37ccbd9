// Fetching a tool set: bytes as they are on the wire, and what can go wrong.

import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { after, before, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Toolset } from "../../src/runner/load.ts";
import type { Assets } from "../../src/runner/protocol.ts";
import { importModule } from "./helper.ts";

const emptyModule = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const contents: Record<string, Buffer> = {
  "compile.wasm": emptyModule,
  "link.wasm": emptyModule,
  "wasm_exec.js": Buffer.from("export default () => class {};\n"),
  "exports.pack": Buffer.from("exports ".repeat(1000)),
  "archives.pack": Buffer.from("archive ".repeat(50_000)),
};
const types: Record<string, string> = { wasm: "application/wasm", js: "text/javascript", json: "application/json" };

/** serving changes what the server answers. */
const serving = { encoding: "", version: 2, short: "", missing: "" };

const manifest = () => ({
  version: serving.version, go: "go1.26.8", id: "x", packages: {}, exports: {}, importable: [], args: { compile: [], link: [] },
  files: Object.fromEntries(Object.entries(contents).map(([name, bytes]) => [name, {
    path: name, size: bytes.length, gzip: gzipSync(bytes).length, brotli: brotliCompressSync(bytes).length, sha256: "",
  }])),
});

let server: Server;
let url = "";

before(async () => {
  server = createServer((request, response) => {
    const name = request.url!.slice(1);
    if (name === serving.missing) return void response.writeHead(404).end();
    response.setHeader("content-type", types[name.split(".").at(-1)!] ?? "application/octet-stream");
    if (name === "manifest.json") return void response.end(JSON.stringify(manifest()));
    const bytes = contents[name]!.subarray(0, contents[name]!.length - (name === serving.short ? 3 : 0));
    if (serving.encoding) response.setHeader("content-encoding", serving.encoding);
    response.end(serving.encoding === "br" ? brotliCompressSync(bytes) : serving.encoding === "gzip" ? gzipSync(bytes) : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as { port: number };
  url = `http://127.0.0.1:${address.port}/manifest.json`;
});
after(() => void server.close());

const load = async (change: Partial<typeof serving> = {}) => {
  Object.assign(serving, { encoding: "", version: 2, short: "", missing: "" }, change);
  const progress: [number, number][] = [];
  const assets: Partial<Assets> = {};
  const set = new Toolset(url, importModule, (more) => Object.assign(assets, more));
  await set.loadBase(() => assert.fail("there is no engine to load"));
  assert.equal(assets.pack, undefined, "the compiler is not loaded before it is needed");
  await Promise.all([set.loadTools((loaded, total) => progress.push([loaded, total])), set.loadTools(() => {})]);
  return { assets, progress };
};

test("progress ends at the bytes that went over the wire, whatever the encoding", async () => {
  const files = Object.entries(manifest().files).filter(([name]) => name !== "wasm_exec.js").map(([, file]) => file);
  for (const [encoding, size] of [["", "size"], ["gzip", "gzip"], ["br", "brotli"]] as const) {
    const { progress, assets } = await load({ encoding });
    const total = files.reduce((sum, file) => sum + file[size], 0);
    assert.deepEqual(progress.at(-1), [total, total], encoding);
    for (let i = 1; i < progress.length; i++) assert.ok(progress[i]![0] >= progress[i - 1]![0]);
    assert.equal(assets.pack!.size, contents["archives.pack"]!.length);
    assert.ok(assets.modules!["link.wasm"] instanceof WebAssembly.Module);
    assert.equal(assets.modules!["engine.wasm"], undefined);
  }
});

test("failures say what could not be had", async () => {
  await assert.rejects(load({ missing: "link.wasm" }), /could not fetch .*link\.wasm: 404/);
  await assert.rejects(load({ missing: "manifest.json" }), /could not fetch .*manifest\.json: 404/);
  await assert.rejects(load({ version: 3 }), /format 3, this page knows 2: reload/);
  await assert.rejects(load({ short: "archives.pack" }), /archives\.pack ended after 399997 of 400000 bytes/);
  await assert.rejects(load({ short: "link.wasm" }), WebAssembly.CompileError);
  const nowhere = new Toolset("http://127.0.0.1:1/manifest.json", importModule, () => {});
  await assert.rejects(nowhere.loadBase(() => {}), /is the network off/);
});

test("a failure is not kept, and what another worker has is not fetched again", async () => {
  Object.assign(serving, { encoding: "", version: 2, short: "", missing: "link.wasm" });
  const assets: Assets = { modules: {}, programs: [] };
  const set = new Toolset(url, importModule, (more) => Object.assign(assets, more));
  await set.loadBase(() => {});
  await assert.rejects(set.loadTools(() => {}), /link\.wasm: 404/);
  serving.missing = "";
  await set.loadTools(() => {});
  const other = new Toolset(url, importModule, () => {});
  other.adopt(assets);
  serving.missing = "archives.pack";
  const progress: number[] = [];
  await other.loadBase(() => {});
  await other.loadTools((loaded) => progress.push(loaded));
  assert.deepEqual(progress, []);
});
