// Places in a text. The engine counts bytes of UTF-8, people lines and columns, the editor UTF-16 units.

/** Spot is a place in a text: units before it, and its line and column, which count from 1. */
export type Spot = { at: number; line: number; column: number };

/** sliceBytes is the part of a text from one byte to another. */
export function sliceBytes(text: string, from: number, to: number): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text).subarray(from, to));
}

/** placeIn finds the place of a byte. */
export function placeIn(text: string, byte: number): Spot {
  const before = sliceBytes(text, 0, byte);
  const lines = before.split("\n");
  return { at: before.length, line: lines.length, column: [...lines.at(-1)!].length + 1 };
}
