// A file that the reader brings: what it is, and what of it the engine is given.

/** Brought is a file that was recognised. */
export type Brought = { kind: "db" | "csv"; stem: string; data: Uint8Array<ArrayBuffer> } | { kind: "sql"; stem: string; text: string };

const most = 64 << 20; // bytes, as a database in the engine
const header = "SQLite format 3\0";

/** read recognises a file by what it begins with, and otherwise by its name. */
export async function read(file: File): Promise<Brought> {
  const named = `“${file.name}”`;
  if (file.size > most) throw new Error(`${named} is larger than ${most >> 20} MiB, which is the most that a database here can hold.`);
  const data = new Uint8Array(await file.arrayBuffer());
  const [, stem = file.name, ending = ""] = /^(.*?)\.([^.]*)$/.exec(file.name) ?? [];
  if (new TextDecoder("latin1").decode(data.subarray(0, header.length)) === header) return { kind: "db", stem, data };
  switch (ending.toLowerCase()) {
    case "db": case "sqlite": case "sqlite3": case "db3":
      throw new Error(`${named} is not an SQLite database: it does not begin as one.`);
    case "sql":
      return { kind: "sql", stem, text: textOf(data, named) };
    case "csv":
      return { kind: "csv", stem, data };
  }
  throw new Error(`${named} is neither an SQLite database nor a file whose name ends in .sql or .csv.`);
}

function textOf(data: Uint8Array, named: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    throw new Error(`${named} is not text in UTF-8: save it in that encoding.`);
  }
}
