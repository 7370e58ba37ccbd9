// The file system in memory, and the fs object that Go sees of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FSError, MemFS } from "../../src/runner/memfs.ts";
import { newFS } from "../../src/runner/posix.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (b: Uint8Array) => new TextDecoder().decode(b);

interface Calls {
  constants: Record<string, number>;
  [name: string]: any;
}

function newCalls(files: MemFS) {
  const out: string[] = [];
  const print = (name: string) => (b: Uint8Array) => void out.push(name + ":" + text(b));
  const fs = newFS(files, { stdout: print("out"), stderr: print("err"), runtime: print("rt"), stdin: () => void out.push("stdin") }) as Calls;
  const call = (name: string, ...args: unknown[]): any => {
    let result: any;
    let called = 0;
    fs[name](...args, (err: unknown, value: unknown) => {
      called++;
      result = err ? (err as FSError).code : value;
    });
    assert.equal(called, 1, name + " calls back once, before it returns");
    return result;
  };
  return { fs, call, out };
}

test("writes and reads at positions, and beyond the end", () => {
  const files = new MemFS("/home");
  const { fs, call } = newCalls(files);
  const fd = call("open", "a.txt", fs.constants["O_CREAT"]! | fs.constants["O_RDWR"]!, 0o644);
  assert.equal(call("write", fd, bytes("hello"), 0, 5, null), 5);
  assert.equal(call("write", fd, bytes("__J__"), 2, 1, 0), 1);
  assert.equal(call("write", fd, bytes("!"), 0, 1, 8), 1);
  assert.equal(text(files.readFile("/home/a.txt")), "Jello\0\0\0!");
  const into = new Uint8Array(4);
  assert.equal(call("read", fd, into, 1, 3, 0), 3);
  assert.equal(text(into), "\0Jel");
  assert.equal(call("read", fd, into, 0, 4, 100), 0);
  assert.equal(call("fstat", fd).size, 9);
  call("ftruncate", fd, 2);
  call("ftruncate", fd, 4);
  assert.equal(text(files.readFile("/home/a.txt")), "Je\0\0");
  assert.equal(call("close", fd), undefined);
  assert.equal(call("close", fd), "EBADF");
});

test("many small writes cost no more than their bytes", () => {
  const files = new MemFS();
  const { fs, call } = newCalls(files);
  const fd = call("open", "/big", fs.constants["O_CREAT"]! | fs.constants["O_WRONLY"]!, 0o644);
  const start = performance.now();
  for (let i = 0; i < 200_000; i++) call("write", fd, bytes("0123456789"), 0, 10, null);
  assert.equal(files.readFile("/big").length, 2_000_000);
  assert.ok(performance.now() - start < 5000, "growing copies the whole file each time");
});

test("a file that was put without a copy is copied before it changes", () => {
  const files = new MemFS();
  const shared = bytes("shared");
  files.writeFile("/a/b/c", shared);
  const { fs, call } = newCalls(files);
  const fd = call("open", "/a/b/c", fs.constants["O_RDWR"]!, 0);
  call("write", fd, bytes("S"), 0, 1, 0);
  assert.equal(text(shared), "shared");
  assert.equal(text(files.readFile("/a/b/c")), "Shared");
});

test("open: exclusive, truncating, appending, folders", () => {
  const files = new MemFS();
  files.writeFile("/f", "abc");
  const { fs, call } = newCalls(files);
  const flags = (...names: string[]) => names.reduce((sum, name) => sum | fs.constants[name]!, 0);
  assert.equal(call("open", "/none", 0, 0), "ENOENT");
  assert.equal(call("open", "/f", flags("O_CREAT", "O_EXCL"), 0), "EEXIST");
  assert.equal(call("open", "/f", flags("O_DIRECTORY"), 0), "ENOTDIR");
  assert.equal(call("open", "/", flags("O_WRONLY"), 0), "EISDIR");
  assert.equal(call("open", "/f/x", flags("O_CREAT"), 0), "ENOTDIR");
  const fd = call("open", "/f", flags("O_WRONLY", "O_APPEND"), 0);
  call("write", fd, bytes("d"), 0, 1, null);
  assert.equal(text(files.readFile("/f")), "abcd");
  assert.equal(call("read", fd, new Uint8Array(1), 0, 1, null), "EBADF");
  call("open", "/f", flags("O_WRONLY", "O_TRUNC"), 0);
  assert.equal(files.readFile("/f").length, 0);
  assert.equal(call("fstat", call("open", "/", 0, 0)).isDirectory(), true);
});

test("folders are made, listed, renamed and removed", () => {
  const files = new MemFS();
  const { call } = newCalls(files);
  call("mkdir", "/d", 0o755);
  assert.equal(call("mkdir", "/d", 0o755), "EEXIST");
  assert.equal(call("mkdir", "/x/y", 0o755), "ENOENT");
  files.writeFile("/d/b", "1");
  files.writeFile("/d/a", "2");
  assert.deepEqual(call("readdir", "/d"), ["a", "b"]);
  assert.equal(call("rmdir", "/d"), "ENOTEMPTY");
  assert.equal(call("rename", "/d", "/d/inside"), "EINVAL");
  call("rename", "/d", "/e");
  assert.equal(call("unlink", "/e"), "EISDIR");
  call("unlink", "/e/a");
  call("unlink", "/e/b");
  call("rmdir", "/e");
  assert.equal(call("stat", "/e"), "ENOENT");
  assert.equal(call("rmdir", "/"), "EPERM");
  assert.equal(call("readlink", "/"), "EINVAL");
  assert.equal(call("symlink", "/", "/s"), "ENOSYS");
});

test("standard streams", () => {
  const { fs, call, out } = newCalls(new MemFS());
  call("write", 1, bytes("a"), 0, 1, null);
  call("write", 2, bytes("b"), 0, 1, null);
  fs["writeSync"](2, bytes("c"));
  assert.equal(call("read", 0, new Uint8Array(8), 0, 8, null), 0);
  assert.deepEqual(out, ["out:a", "err:b", "rt:c", "stdin"]);
});

test("paths are resolved against the working folder, and never leave the root", () => {
  const files = new MemFS("/home/here");
  assert.equal(files.resolve("../a/./b"), "/home/a/b");
  assert.equal(files.resolve("../../../../etc"), "/etc");
  assert.equal(files.resolve("/"), "/");
});
