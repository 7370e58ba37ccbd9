// A file system in memory: paths to files and folders, without links or owners.

/** Code is the name of a POSIX error, as Go's syscall package knows it. */
export type Code =
  | "ENOENT" | "EEXIST" | "ENOTDIR" | "EISDIR" | "EBADF" | "EINVAL" | "ENOTEMPTY" | "ENOSYS" | "EPERM";

/** FSError is what a failed operation throws. */
export class FSError extends Error {
  constructor(readonly code: Code, path = "") {
    super(`${code}: ${path}`);
  }
}

export interface FileNode {
  kind: "file";
  ino: number;
  data: Uint8Array; // the first size bytes are the content
  size: number;
  shared: boolean; // data belongs to someone else and must be copied before a write
  mtime: number;
}

export interface DirNode {
  kind: "dir";
  ino: number;
  children: Map<string, Node>;
  mtime: number;
}

export type Node = FileNode | DirNode;

/** MemFS holds files by absolute path; the working folder is always the one given. */
export class MemFS {
  private nextIno = 1;
  readonly root: DirNode = this.newDir();

  constructor(readonly cwd = "/") {
    this.mkdirs(cwd);
  }

  /** parts splits a path, resolved against the working folder, into names. */
  parts(path: string): string[] {
    const names: string[] = [];
    const full = path.startsWith("/") ? path : this.cwd + "/" + path;
    for (const name of full.split("/")) {
      if (name === "..") names.pop();
      else if (name !== "" && name !== ".") names.push(name);
    }
    return names;
  }

  resolve(path: string): string {
    return "/" + this.parts(path).join("/");
  }

  find(path: string): Node | undefined {
    let node: Node | undefined = this.root;
    for (const name of this.parts(path)) {
      if (node?.kind !== "dir") return undefined;
      node = node.children.get(name);
    }
    return node;
  }

  /** get is find for a path that must exist. */
  get(path: string): Node {
    const node = this.find(path);
    if (!node) throw new FSError("ENOENT", path);
    return node;
  }

  getDir(path: string): DirNode {
    const node = this.get(path);
    if (node.kind !== "dir") throw new FSError("ENOTDIR", path);
    return node;
  }

  getFile(path: string): FileNode {
    const node = this.get(path);
    if (node.kind !== "file") throw new FSError("EISDIR", path);
    return node;
  }

  /** slot returns the folder that holds path and path's last name. */
  slot(path: string): [DirNode, string] {
    const names = this.parts(path);
    const name = names.pop();
    if (name === undefined) throw new FSError("EPERM", path);
    return [this.getDir("/" + names.join("/")), name];
  }

  create(path: string): FileNode {
    const [dir, name] = this.slot(path);
    const file: FileNode = {
      kind: "file", ino: this.nextIno++, data: new Uint8Array(0), size: 0, shared: false, mtime: Date.now(),
    };
    dir.children.set(name, file);
    dir.mtime = file.mtime;
    return file;
  }

  mkdir(path: string): void {
    const [dir, name] = this.slot(path);
    if (dir.children.has(name)) throw new FSError("EEXIST", path);
    dir.children.set(name, this.newDir());
  }

  mkdirs(path: string): void {
    let dir = this.root;
    for (const name of this.parts(path)) {
      let next = dir.children.get(name);
      if (!next) dir.children.set(name, (next = this.newDir()));
      if (next.kind !== "dir") throw new FSError("ENOTDIR", path);
      dir = next;
    }
  }

  private newDir(): DirNode {
    return { kind: "dir", ino: this.nextIno++, children: new Map(), mtime: Date.now() };
  }

  /** remove takes a file away, or an empty folder; kind says which is meant. */
  remove(path: string, kind: "file" | "dir"): void {
    const [dir, name] = this.slot(path);
    const node = this.get(path);
    if (kind === "dir" && node.kind !== "dir") throw new FSError("ENOTDIR", path);
    if (kind === "file" && node.kind === "dir") throw new FSError("EISDIR", path);
    if (node.kind === "dir" && node.children.size > 0) throw new FSError("ENOTEMPTY", path);
    dir.children.delete(name);
  }

  rename(from: string, to: string): void {
    const [oldDir, oldName] = this.slot(from);
    const node = this.get(from);
    const [newDir, newName] = this.slot(to);
    const target = newDir.children.get(newName);
    if (target === node) return;
    if (node.kind === "dir" && (this.resolve(to) + "/").startsWith(this.resolve(from) + "/")) {
      throw new FSError("EINVAL", to);
    }
    if (target?.kind === "dir") {
      if (node.kind !== "dir") throw new FSError("EISDIR", to);
      if (target.children.size > 0) throw new FSError("ENOTEMPTY", to);
    } else if (target && node.kind === "dir") {
      throw new FSError("ENOTDIR", to);
    }
    oldDir.children.delete(oldName);
    newDir.children.set(newName, node);
  }

  /** writeFile puts a file and the folders above it; the bytes are not copied until someone writes to them. */
  writeFile(path: string, content: Uint8Array | string): void {
    const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.mkdirs(path.slice(0, path.lastIndexOf("/") + 1) || ".");
    const file = this.create(path);
    file.data = data;
    file.size = data.length;
    file.shared = true;
  }

  /** readFile returns the content as a view that is valid until the next write. */
  readFile(path: string): Uint8Array {
    const file = this.getFile(path);
    return file.data.subarray(0, file.size);
  }
}

/** writeAt writes bytes into a file, which grows by doubling so that many small writes stay cheap. */
export function writeAt(file: FileNode, bytes: Uint8Array, position: number): void {
  resize(file, Math.max(file.size, position + bytes.length));
  file.data.set(bytes, position);
}

/** resize sets a file's length; new bytes are zero. The caller may write up to it afterwards. */
export function resize(file: FileNode, size: number): void {
  if (file.shared || size > file.data.length) {
    const room = size > file.data.length ? Math.max(size, file.data.length * 2, 4096) : size;
    const grown = new Uint8Array(room);
    grown.set(file.data.subarray(0, Math.min(file.size, size)));
    file.data = grown;
    file.shared = false;
  } else if (size < file.size) {
    file.data.fill(0, size, file.size);
  }
  file.size = size;
  file.mtime = Date.now();
}

/** readAt copies bytes of a file into a buffer and returns how many there were. */
export function readAt(file: FileNode, into: Uint8Array, position: number): number {
  const part = file.data.subarray(position, Math.min(file.size, position + into.length));
  into.set(part);
  return part.length;
}
