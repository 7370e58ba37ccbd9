// The fs, process and path that wasm_exec.js expects, over a MemFS: what Go's
// package syscall calls on js/wasm (fs_js.go). Callbacks are called before the
// function returns, so a program never waits for its files.

import { type DirNode, type FileNode, FSError, MemFS, readAt, resize, writeAt } from "./memfs.ts";

/** Streams are the other ends of a program's standard streams. */
export interface Streams {
  /** stdout and stderr get bytes that are valid only during the call. */
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
  /** runtime gets what Go's runtime itself prints: println, panics, fatal errors. */
  runtime(bytes: Uint8Array): void;
  /** stdin is told that the program read its standard input, which is always at its end. */
  stdin(): void;
}

type Callback = (err: unknown, value?: unknown) => void;

interface OpenFile {
  node: FileNode | DirNode;
  path: string;
  position: number;
  flags: number;
}

const constants = {
  O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 0o100, O_EXCL: 0o200,
  O_TRUNC: 0o1000, O_APPEND: 0o2000, O_DIRECTORY: 0o200000,
};

const modeDir = 0o040755;
const modeFile = 0o100644;
const modeDevice = 0o020620;

/** newFS returns the object fs for one program. */
export function newFS(files: MemFS, streams: Streams): Record<string, unknown> {
  const open = new Map<number, OpenFile>();

  const opened = (fd: number): OpenFile => {
    const file = open.get(fd);
    if (!file) throw new FSError("EBADF", `file descriptor ${fd}`);
    return file;
  };
  const openedFile = (fd: number): FileNode => {
    const { node, path } = opened(fd);
    if (node.kind !== "file") throw new FSError("EISDIR", path);
    return node;
  };

  const write = (fd: number, bytes: Uint8Array, position: number | null): number => {
    if (fd === 1) streams.stdout(bytes);
    else if (fd === 2) streams.stderr(bytes);
    else {
      const node = openedFile(fd);
      const file = opened(fd);
      if ((file.flags & 3) === constants.O_RDONLY) throw new FSError("EBADF", file.path);
      if (file.flags & constants.O_APPEND) file.position = node.size;
      writeAt(node, bytes, position ?? file.position);
      if (position === null) file.position += bytes.length;
    }
    return bytes.length;
  };

  const read = (fd: number, into: Uint8Array, position: number | null): number => {
    if (fd === 0) {
      streams.stdin();
      return 0;
    }
    const node = openedFile(fd);
    const file = opened(fd);
    if ((file.flags & 3) === constants.O_WRONLY) throw new FSError("EBADF", file.path);
    const n = readAt(node, into, position ?? file.position);
    if (position === null) file.position += n;
    return n;
  };

  const openPath = (path: string, flags: number): number => {
    let node = files.find(path);
    if (node && flags & constants.O_CREAT && flags & constants.O_EXCL) throw new FSError("EEXIST", path);
    if (!node && flags & constants.O_CREAT) node = files.create(path);
    if (!node) throw new FSError("ENOENT", path);
    if (node.kind === "dir" && (flags & 3) !== constants.O_RDONLY) throw new FSError("EISDIR", path);
    if (node.kind === "file" && flags & constants.O_DIRECTORY) throw new FSError("ENOTDIR", path);
    if (node.kind === "file" && flags & constants.O_TRUNC) resize(node, 0);
    let fd = 3;
    while (open.has(fd)) fd++;
    open.set(fd, { node, path: files.resolve(path), position: 0, flags });
    return fd;
  };

  const fstat = (fd: number) => (fd <= 2 ? stat(undefined) : stat(opened(fd).node));
  const close = (fd: number) => {
    if (!open.delete(fd) && fd > 2) throw new FSError("EBADF", `file descriptor ${fd}`);
  };
  const exists = (path: string) => void files.get(path);
  const refuse = () => {
    throw new FSError("ENOSYS");
  };

  return {
    constants,
    // writeSync is called by Go's runtime alone.
    writeSync(fd: number, bytes: Uint8Array): number {
      streams.runtime(bytes);
      return fd >= 0 ? bytes.length : 0;
    },
    write: answer((fd: number, b: Uint8Array, offset: number, length: number, position: number | null) =>
      write(fd, b.subarray(offset, offset + length), position)),
    read: answer((fd: number, b: Uint8Array, offset: number, length: number, position: number | null) =>
      read(fd, b.subarray(offset, offset + length), position)),
    open: answer(openPath),
    close: answer(close),
    fstat: answer(fstat),
    stat: answer((path: string) => stat(files.get(path))),
    lstat: answer((path: string) => stat(files.get(path))),
    ftruncate: answer((fd: number, size: number) => resize(openedFile(fd), size)),
    truncate: answer((path: string, size: number) => resize(files.getFile(path), size)),
    mkdir: answer((path: string) => files.mkdir(path)),
    readdir: answer((path: string) => [...files.getDir(path).children.keys()].sort()),
    rename: answer((from: string, to: string) => files.rename(from, to)),
    rmdir: answer((path: string) => files.remove(path, "dir")),
    unlink: answer((path: string) => files.remove(path, "file")),
    fsync: answer((fd: number) => void opened(fd)),
    fchmod: answer((fd: number) => void opened(fd)),
    fchown: answer((fd: number) => void opened(fd)),
    chmod: answer(exists),
    chown: answer(exists),
    lchown: answer(exists),
    utimes: answer(exists),
    link: answer(refuse),
    symlink: answer(refuse),
    readlink: answer((path: string) => {
      files.get(path);
      throw new FSError("EINVAL", path); // what readlink says of a file that is not a link
    }),
  };
}

/** answer turns a function that returns or throws into one that calls back, with the callback as its last argument. */
function answer<A extends unknown[]>(work: (...args: A) => unknown): (...args: unknown[]) => void {
  return (...args) => {
    const callback = args.pop() as Callback;
    let value: unknown;
    try {
      value = work(...(args as A));
    } catch (err) {
      if (!(err instanceof FSError)) throw err;
      callback(err);
      return;
    }
    callback(null, value);
  };
}

/** stat describes a file, a folder, or one of the standard streams (undefined). */
function stat(node: FileNode | DirNode | undefined) {
  const size = node?.kind === "file" ? node.size : 0;
  const time = node?.mtime ?? 0;
  return {
    dev: 1, ino: node?.ino ?? 0, nlink: 1, uid: 0, gid: 0, rdev: 0,
    mode: !node ? modeDevice : node.kind === "dir" ? modeDir : modeFile,
    size, blksize: 4096, blocks: Math.ceil(size / 512),
    atimeMs: time, mtimeMs: time, ctimeMs: time,
    isDirectory: () => node?.kind === "dir",
  };
}

/** newProcess returns the object process for a program that works in a folder of files. */
export function newProcess(files: MemFS): Record<string, unknown> {
  const refuse = () => {
    throw new FSError("ENOSYS");
  };
  return {
    pid: 1, ppid: 0,
    getuid: () => 0, getgid: () => 0, geteuid: () => 0, getegid: () => 0, getgroups: () => [],
    umask: () => 0o022,
    cwd: () => files.cwd,
    chdir: refuse,
  };
}

/** newPath returns the object path. */
export function newPath(files: MemFS): Record<string, unknown> {
  return { resolve: (...names: string[]) => files.resolve(names.join("/")) };
}
