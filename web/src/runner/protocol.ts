// Messages between the page and its worker, and nothing else.
//
// The page sends requests; every request gets exactly one answer with its id.
// Between a request and its answer the worker may send events with that id.
// Files of the tool set are described by manifest.json (playground/toolchain).

/** SourceFile is one file of a program; name has no folder: "main.go". */
export interface SourceFile {
  name: string;
  text: string;
}

/** RunOptions are the limits of a run; what is left out has the default of limits.ts. */
export interface RunOptions {
  /** Bytes of standard output and standard error together. */
  outputBytes?: number;
  /** Bytes of memory of the program. */
  memoryBytes?: number;
  /** Statements reported one by one; further ones are only counted. */
  statements?: number;
}

/** Database is a database's file. */
export interface Database {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Assets are what a worker has loaded, in a form that another worker can take over. */
export interface Assets {
  manifest: Manifest;
  modules: Record<string, WebAssembly.Module>;
  pack: Blob;
}

export type Request =
  | { type: "load"; url: string; assets?: Assets } // url of manifest.json; assets instead of fetching
  | { type: "assets" }
  | { type: "build"; files: SourceFile[] } // build without running, so that a run finds it built
  | { type: "run"; files: SourceFile[]; options?: RunOptions }
  | { type: "snapshot" }
  | { type: "restore"; databases: Database[] } // replaces all databases
  | { type: "schema"; database: string }
  | { type: "plan"; database: string; sql: string };

/** Answers gives the type of the answer to each request. */
export interface Answers {
  load: null;
  assets: Assets;
  build: Diagnostic[]; // empty if it was built
  run: RunResult;
  snapshot: Database[];
  restore: null;
  schema: Table[];
  plan: PlanLine[];
}

/** RunResult is the answer to run, after the event "done". */
export interface RunResult {
  done: DoneEvent;
  databases: Database[]; // all databases as the run left them
}

export type ToWorker = Request & { id: number };

export type FromWorker =
  | { type: "answer"; id: number; value: unknown }
  | { type: "error"; id: number; message: string }
  | { type: "events"; id: number; events: RunEvent[] };

/** RunEvent is one entry of the result stream, in the order in which things happened. */
export type RunEvent =
  | PhaseEvent
  | { type: "stdout" | "stderr"; text: string }
  | { type: "show"; doc: ShowDoc }
  | StatementEvent
  | { type: "repeated"; id: number; times: number; us: number; affected: number }
  | { type: "skipped"; statements: number }
  | { type: "diagnostics"; items: Diagnostic[] }
  | DoneEvent;

export type Phase = "load" | "compile" | "link" | "run";

/** PhaseEvent begins a phase, or tells how many bytes of how many have come, while loading. */
export interface PhaseEvent {
  type: "phase";
  phase: Phase;
  loaded?: number;
  total?: number;
}

export interface StatementEvent {
  type: "statement";
  id: number;
  phase: "begin" | "end";
  sql: string;
  args: WireArg[];
  file: string;
  line: number;
  tx: number;
  verb?: "begin" | "commit" | "rollback" | "savepoint" | "release" | "rollback to";
  us?: number;
  rows?: number;
  affected?: number;
  error?: string;
  plan?: PlanLine[];
}

export interface WireArg {
  kind: "null" | "int" | "float" | "bool" | "text" | "blob" | "time";
  text: string;
  cut?: number;
}

export interface PlanLine {
  id: number;
  parent: number;
  detail: string;
}

export interface ShowDoc {
  kind: "table";
  title?: string;
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
  total: number;
  text: string;
}

/** Diagnostic is a problem of a program's text. Line and column count from 1, columns in UTF-16 units; line 0 is the file as a whole. */
export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  message: string;
  hint?: string;
}

export type Reason =
  | "ok" | "exit" | "compile" | "panic" | "deadlock" | "recursion"
  | "memory" | "output" | "stopped" | "crash";

export interface DoneEvent {
  type: "done";
  reason: Reason;
  code: number;
  message?: string;
  hint?: string;
  file?: string;
  line?: number;
  trace?: string; // what Go's runtime printed about a panic, with its goroutines
  timings: Timings;
}

/** Timings are milliseconds. */
export interface Timings {
  load: number;
  compile: number;
  link: number;
  instantiate: number;
  run: number;
}

/** Table is one table of a database's schema. */
export interface Table {
  name: string;
  sql: string;
  columns: Column[];
  rows: number; // -1 for a view
}

export interface Column {
  name: string;
  type: string;
  notNull: boolean;
  primaryKey: boolean;
}

/** Manifest is manifest.json of a tool set. */
export interface Manifest {
  version: number;
  go: string;
  id: string;
  files: Record<string, AssetFile>;
  packages: Record<string, { offset: number; size: number }>;
  importable: string[];
  args: { compile: string[]; link: string[] };
}

export interface AssetFile {
  path: string;
  size: number;
  gzip: number;
  brotli: number;
  sha256: string;
}
