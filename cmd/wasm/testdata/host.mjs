// The smallest host of DESIGN.md's bridge: it runs one program against one
// engine, under node.
//
//   node host.mjs wasm_exec.js engine.wasm program.wasm [arguments of the program]
//
// What the program prints goes to stdout; events and shown documents do too,
// in their order, each on a line that begins with "event " or "show ".
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

const [wasmExec, enginePath, programPath, ...args] = process.argv.slice(2);

let engine, program;

// What a program prints comes after the events that led to it.
globalThis.fs = Object.assign({}, fs, {
  write(fd, data, offset, length, position, callback) {
    engine?.exports.ormlab_flush();
    callback(null, fs.writeSync(fd, data, offset, length));
  },
});
globalThis.path = path;
vm.runInThisContext(fs.readFileSync(wasmExec, "utf8"), { filename: wasmExec });

const bytes = (instance, ptr, len) => new Uint8Array(instance.exports.mem.buffer, ptr, len);
const text = (instance, ptr, len) => new TextDecoder().decode(bytes(instance, ptr, len));
const print = (line) => fs.writeSync(1, line + "\n");

// start instantiates a Go program with the imports of the bridge, and runs it.
function start(file, args, imports, keep) {
  const go = new Go();
  go.argv = [path.basename(file), ...args];
  const instance = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(file)), {
    ...go.importObject,
    ormlab: imports,
  });
  keep(instance);
  return { done: go.run(instance), go };
}

start(enginePath, [], {
  event: (ptr, len) => {
    for (const line of text(engine, ptr, len).trimEnd().split("\n")) print("event " + line);
  },
}, (instance) => (engine = instance));

// ask puts a request of the host.
function ask(...request) {
  bytes(engine, engine.exports.ormlab_buffer(request.length), request.length).set(request);
  const length = engine.exports.ormlab_handle(request.length);
  return bytes(engine, engine.exports.ormlab_response(), length).slice();
}

let answerLength = 0;
const take = (ptr, cap) => {
  const n = Math.min(answerLength, cap);
  bytes(program, ptr, n).set(bytes(engine, engine.exports.ormlab_response(), n));
  return answerLength;
};
const imports = {
  call: (req, reqLen, resp, respCap) => {
    const buffer = engine.exports.ormlab_buffer(reqLen);
    bytes(engine, buffer, reqLen).set(bytes(program, req, reqLen));
    answerLength = engine.exports.ormlab_handle(reqLen);
    return answerLength <= respCap ? take(resp, respCap) : answerLength;
  },
  take,
  show: (ptr, len) => {
    engine.exports.ormlab_flush();
    print("show " + text(program, ptr, len));
  },
};

const ended = start(programPath, args, imports, (instance) => (program = instance));
let code = 0;
ended.go.exit = (c) => (code = c);
await ended.done;
const endRun = ask(11);
engine.exports.ormlab_flush();
if (endRun[0] !== 0) print("EndRun failed: " + endRun);
print("databases " + Buffer.from(ask(12)).toString("hex"));
process.exit(code);
