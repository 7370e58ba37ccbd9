// What reads and judges text: the lexer, the compiler's messages, panics, output.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCompiler } from "../../src/runner/diagnostics.ts";
import { position, tokens } from "../../src/runner/lexer.ts";
import { limitMemory } from "../../src/runner/memory.ts";
import { Output } from "../../src/runner/output.ts";
import { parseDeath, parseRecursion } from "../../src/runner/panics.ts";
import type { RunEvent } from "../../src/runner/protocol.ts";
import { EventQueue } from "../../src/runner/queue.ts";

test("the lexer tells comments from strings", () => {
  const source = "a := \"//no\" + `/* no\n` + '\"' // yes \"\n/* yes\n*/ b \"open\nc";
  const found = [...tokens(source)];
  assert.deepEqual(found.filter((t) => t.kind === "comment").map((t) => t.text), ['// yes "', "/* yes\n*/"]);
  assert.deepEqual(found.filter((t) => t.kind === "string").map((t) => t.text), ['"//no"', "`/* no\n`", "'\"'", '"open']);
  assert.deepEqual(found.filter((t) => t.kind === "word").map((t) => t.text), ["a", "b", "c"]);
  assert.deepEqual(position(source, source.indexOf("b \"")), { line: 4, column: 4 });
});

test("the compiler's messages continue over lines and end with too many errors", () => {
  const files = [{ name: "main.go", text: "package main\n\tx := é.y\n" }];
  const found = parseCompiler("main.go:2:11: é.y undefined\n\thave a\n\twant b\n<unknown line number>: internal\ntoo many errors\n", files, []);
  assert.deepEqual(found, [
    { file: "main.go", line: 2, column: 10, message: "é.y undefined\nhave a\nwant b" },
    { file: "main.go", line: 0, column: 0, message: "internal" },
  ]);
});

test("a death is read from what the runtime printed", () => {
  const text = "panic: first\n\tpanic: second\n\ngoroutine 1 [running]:\nmain.(*T).f(...)\n\thelp.go:9 +0x1\nmain.main()\n\tmain.go:4 +0x2\nexit";
  assert.deepEqual(parseDeath(text, ["main.go", "help.go"]), { reason: "panic", message: "panic: first\n\tpanic: second", file: "help.go", line: 9 });
  assert.equal(parseDeath(text, ["main.go"])?.line, 4);
  assert.equal(parseDeath("nothing of the kind", []), undefined);
  assert.equal(parseDeath("runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\nruntime stack:\n", [])?.reason, "recursion");
  assert.equal(parseDeath("runtime: out of memory: cannot allocate 4194304-byte block\nfatal error: out of memory\n", [])?.reason, "memory");
});

test("a panic is said plainly, with its numbers", () => {
  const hint = (message: string) => parseDeath(`panic: ${message}\n\ngoroutine 1 [running]:\nmain.main()\n\t/build/src/main.go:4 +0x2\n`, ["main.go"])?.hint ?? "";
  for (const [message, said] of [
    ["assignment to entry in nil map", /use make\(map/],
    ["runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation]", /something here is nil/],
    ["runtime error: index out of range [5] with length 3", /^there are 3, counted from 0, so the last index is 2, not 5$/],
    ["runtime error: index out of range [0] with length 0", /^it is empty/],
    ["runtime error: index out of range [-1]", /never negative/],
    ["runtime error: slice bounds out of range [:5] with capacity 3", /^the end 5 lies beyond the capacity, which is 3/],
    ["runtime error: slice bounds out of range [:5] with length 3", /beyond the length, which is 3/],
    ["runtime error: slice bounds out of range [3:1]", /^the start 3 lies behind the end 1/],
    ["runtime error: slice bounds out of range [-1:]", /never negative/],
    ["runtime error: slice bounds out of range [::9] with capacity 3", /the end 9 lies beyond the capacity/],
    ["runtime error: integer divide by zero", /divisor/],
    ["interface conversion: interface {} is string, not int", /v, ok := x\.\(T\)/],
    ["runtime error: makeslice: len out of range", /make needs a length/],
    ["runtime error: hash of unhashable type []int", /cannot be a key/],
    ["send on closed channel", /only the sender/],
    ["close of nil channel", /make\(chan T\)/],
    ["sync: negative WaitGroup counter", /Done/],
    ["orm: no rows", /orm\.ErrNoRows/],
    ["adding a pet: orm: UNIQUE constraint failed: pets.name (unique) [SQL: INSERT INTO pets (name) VALUES (?)] [arguments: 'Rex']", /the database refused a statement/],
    ["orm: the session needs Rollback first", /if err != nil/],
    ["no pets", /^$/],
  ] as const) assert.match(hint(message), said, message);
});

test("a recursion is named by the function that is most on the stack", () => {
  const sources = new Map([["main.go", "package main\n\nfunc Map[T any](x T) {}\n\nfunc (t *tree[K]) walk() {}\nfunc even(n int) {}\n"]]);
  const stack = (name: string) => `RangeError: Maximum call stack size exceeded\n    at fmt.Sprint (wasm://wasm/1:wasm-function[9]:0x1)\n${`    at ${name} (wasm://wasm/1:wasm-function[8]:0x1)\n`.repeat(9)}`;
  for (const [symbol, name, line] of [
    ["main.even", "even", 6], ["main.__tree_.walk", "tree.walk", 5], ["main.Map[go.shape.int]", "Map", 3], ["main.even.func1", "even.func1", 6],
  ] as const) {
    const found = parseRecursion(stack(symbol), sources);
    assert.ok(found.message.startsWith("infinite recursion in " + name), found.message);
    assert.equal(found.line, line, symbol);
    assert.ok(found.trace!.startsWith(`the innermost calls:\nfmt.Sprint\n${symbol}, 9 times\n`), found.trace);
  }
  assert.match(parseRecursion("at f (wasm-function[1])", sources).message, /^infinite recursion: /);
});

test("output keeps characters whole across writes, and its order with the engine's", () => {
  const events: RunEvent[] = [];
  const output = new Output(100, (e) => events.push(e), () => events.push({ type: "skipped", statements: 1 }), () => {});
  const bytes = new TextEncoder().encode("é!");
  output.stdout(bytes.subarray(0, 1));
  output.stdout(bytes.subarray(1));
  output.stderr(bytes.subarray(0, 1));
  assert.equal(output.end(false), "");
  assert.deepEqual(events, [
    { type: "skipped", statements: 1 }, { type: "stdout", text: "é!" }, { type: "stderr", text: "\ufffd" },
  ]);
});

test("what looked like a panic and was none is printed", () => {
  const events: RunEvent[] = [];
  const output = new Output(100, (e) => events.push(e), () => {}, () => {});
  for (const piece of ["panic: ", "no", "\n"]) output.runtime(new TextEncoder().encode(piece));
  assert.deepEqual(events, []);
  assert.equal(output.end(false), "");
  assert.deepEqual(events, [{ type: "stderr", text: "panic: no\n" }]);
});

test("events go out at once while there are few, and in batches when there are many", () => {
  const sent: RunEvent[][] = [];
  const queue = new EventQueue((events) => sent.push(events));
  for (let i = 0; i < 100_000; i++) queue.add({ type: "stdout", text: "x" });
  assert.equal(sent[0]!.length, 1);
  queue.add({ type: "stderr", text: "y" });
  queue.flush();
  assert.ok(sent.length < 2000, String(sent.length));
  const all = sent.flat();
  assert.equal(all.map((e) => (e.type === "stdout" ? e.text : "")).join("").length, 100_000);
  assert.deepEqual(all.at(-1), { type: "stderr", text: "y" });
});

test("the progress of loading takes no event of the program's, and what a sleeping program printed last comes", async () => {
  const sent: RunEvent[][] = [];
  let came!: () => void;
  const last = new Promise<void>((resolve) => (came = resolve));
  const queue = new EventQueue((events) => {
    sent.push(events);
    if (events.some((e) => e.type === "stdout" && e.text.endsWith("last"))) came();
  });
  for (let i = 0; i < 1000; i++) queue.add({ type: "phase", phase: "load", what: "engine", loaded: i, total: 1000 });
  queue.add({ type: "stdout", text: "x" });
  assert.deepEqual(sent.at(-1), [{ type: "stdout", text: "x" }]);
  for (let i = 0; i < 1000; i++) queue.add({ type: "stdout", text: "x" });
  queue.add({ type: "stdout", text: "last" });
  await last;
});

test("a module's memory gets a maximum, and stays valid", async () => {
  const module = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, /* memory */ 5, 3, 1, 0, 2, /* export "mem" */ 7, 7, 1, 3, 0x6d, 0x65, 0x6d, 2, 0]);
  const limited = await WebAssembly.instantiate(limitMemory(module, 4 * 65536), {});
  const memory = limited.instance.exports["mem"] as WebAssembly.Memory;
  assert.equal(memory.buffer.byteLength, 2 * 65536);
  memory.grow(2);
  assert.throws(() => memory.grow(1), RangeError);
  assert.throws(() => limitMemory(module.subarray(0, 8), 65536), /no memory/);
  assert.throws(() => limitMemory(module.subarray(0, 10), 65536), /cut off/);
});
