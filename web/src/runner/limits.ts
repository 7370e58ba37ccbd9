// What a program may use up, and how large its text may be.

import type { RunOptions } from "./protocol.ts";

export const defaultLimits: Required<RunOptions> = {
  outputBytes: 256 << 10,
  memoryBytes: 512 << 20,
  statements: 1000,
};

/** sourceBytes is how much text a program may have: 1 MiB takes the compiler some seconds. */
export const sourceBytes = 1 << 20;

/** sizeText writes a number of bytes for people. */
export function sizeText(bytes: number): string {
  const units: [number, string][] = [[1 << 30, "GiB"], [1 << 20, "MiB"], [1 << 10, "KiB"]];
  for (const [size, unit] of units) {
    if (bytes >= size) return `${+(bytes / size).toFixed(1)} ${unit}`;
  }
  return `${bytes} bytes`;
}
