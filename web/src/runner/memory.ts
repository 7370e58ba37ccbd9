// Gives a linked program an upper limit of memory, which Go's linker does not.

const memorySection = 5;
const pageBytes = 65536;

/** limitMemory returns the module with its memory section's maximum set. */
export function limitMemory(module: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const reader = new Reader(module, 8); // after magic and version
  while (!reader.done) {
    const start = reader.at;
    const id = reader.byte();
    const size = reader.uint();
    const end = reader.at + size;
    if (id !== memorySection) {
      reader.at = end;
      continue;
    }
    if (reader.uint() !== 1) throw new Error("the program does not have one memory");
    reader.byte(); // flags: whether it has a maximum
    const min = reader.uint();
    const max = Math.max(min, Math.floor(bytes / pageBytes));
    const body = [1, 1, ...uint(min), ...uint(max)];
    return concat(module.subarray(0, start), new Uint8Array([memorySection, ...uint(body.length), ...body]), module.subarray(end));
  }
  throw new Error("the program has no memory");
}

class Reader {
  constructor(private bytes: Uint8Array, public at: number) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const b = this.bytes[this.at++];
    if (b === undefined) throw new Error("the program is cut off");
    return b;
  }

  /** uint reads an unsigned LEB128 number of at most 32 bits. */
  uint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const b = this.byte();
      value += (b & 0x7f) * 2 ** shift;
      if (b < 0x80) return value;
    }
  }
}

function uint(value: number): number[] {
  const out: number[] = [];
  while (value >= 0x80) {
    out.push((value & 0x7f) | 0x80);
    value = Math.floor(value / 128);
  }
  return [...out, value];
}

function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
