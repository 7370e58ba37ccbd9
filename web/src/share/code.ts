// A program as a piece of a link, and back. The link is somebody else's text: it is measured before it is
// unpacked, while it is unpacked, and afterwards, and it is only ever shown.

import type { SourceFile } from "../runner/protocol.ts";

/** maxCode is how long the piece may be: longer links are cut off by the programs that carry them. */
export const maxCode = 16_000;

const maxBytes = 256 << 10; // of all files, unpacked
const maxFiles = 20;
const version = "1";
const fileName = /^[A-Za-z0-9][\w.-]{0,99}$/;

/** ShareError is what a reader is told of a program that cannot go into a link, or come out of one. */
export class ShareError extends Error {}

/** encode packs files. */
export async function encode(files: SourceFile[]): Promise<string> {
  const text = JSON.stringify(files.map(({ name, text }) => [name, text]));
  const packed = await pipe(new TextEncoder().encode(text), new CompressionStream("deflate-raw"), Infinity);
  const code = version + base64url(packed);
  if (code.length > maxCode) {
    throw new ShareError(`The program is too long for a link: it would have ${code.length.toLocaleString("en")} characters, and ${maxCode.toLocaleString("en")} is the most. Send the files instead.`);
  }
  return code;
}

/** decode unpacks files, whoever made the code. */
export async function decode(code: string): Promise<SourceFile[]> {
  if (code.length > maxCode) throw new ShareError("The link is longer than any link that this site makes.");
  if (code[0] !== version) throw new ShareError("The link was made by another version of this site.");
  if (!/^[A-Za-z0-9_-]*$/.test(code)) throw damaged();
  let files: unknown;
  try {
    const bytes = await pipe(fromBase64url(code.slice(1)), new DecompressionStream("deflate-raw"), maxBytes);
    files = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw cause instanceof ShareError ? cause : damaged();
  }
  if (!Array.isArray(files) || files.length === 0 || files.length > maxFiles) throw damaged();
  const checked = files.map(file);
  if (new Set(checked.map(({ name }) => name)).size !== checked.length) throw damaged();
  return checked;
}

const damaged = () => new ShareError("The link is damaged: there is no program in it. Perhaps it was cut off; ask for it again.");

function file(entry: unknown): SourceFile {
  if (!Array.isArray(entry) || entry.length !== 2) throw damaged();
  const [name, text] = entry as [unknown, unknown];
  if (typeof name !== "string" || typeof text !== "string" || !fileName.test(name)) throw damaged();
  return { name, text };
}

/** pipe sends bytes through a stream; more than the limit is refused before it is all there. */
async function pipe(bytes: Uint8Array<ArrayBuffer>, through: GenericTransformStream, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(through as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      void reader.cancel();
      throw new ShareError("The program in the link is larger than a link may bring.");
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}
