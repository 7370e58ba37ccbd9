// Reads what compiler and linker print, as data with a place and a hint.

import type { Diagnostic, SourceFile } from "./protocol.ts";

/** parseCompiler reads the compiler's messages; lines that begin with a tab continue the one before. */
export function parseCompiler(text: string, files: SourceFile[], importable: string[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of text.split("\n")) {
    const match = /^(?:\/build\/src\/)?([^:\s]+\.go):(\d+):(?:(\d+):)? (.*)$/.exec(line);
    const last = found.at(-1);
    if (match) {
      found.push(diagnostic(match[1]!, +match[2]!, +(match[3] ?? 1), match[4]!, files, importable));
    } else if (line.startsWith("\t") && last) {
      last.message += "\n" + line.slice(1);
    } else if (line.trim() !== "" && !line.startsWith("too many errors")) {
      found.push({ file: files[0]?.name ?? "main.go", line: 0, column: 0, message: line.replace(/^<[^>]*>:?\d*: /, "") });
    }
  }
  return found;
}

function diagnostic(file: string, line: number, column: number, message: string, files: SourceFile[], importable: string[]): Diagnostic {
  const source = files.find((f) => f.name === file)?.text.split("\n")[line - 1] ?? "";
  return { file, line, column: utf16Column(source, column), ...explain(message, importable) };
}

/** explain gives a message as it is shown, and a plain line about it if there is one: for what the compiler says and for what the checker does. */
export function explain(message: string, importable: string[]): { message: string; hint?: string } {
  const missing = /^could not import (\S+)/.exec(message)?.[1] ?? /^import "([^"]+)": import not allowed/.exec(message)?.[1];
  if (missing !== undefined) return { message: `import "${missing}" is not available here`, hint: importHint(importable) };
  const hint = hintFor(message, importable);
  return { message, ...(hint && { hint }) };
}

function importHint(importable: string[]): string {
  return "a program here can import: " + importable.join(", ");
}

/** utf16Column turns the compiler's column, in bytes of UTF-8, into one in UTF-16 units. */
function utf16Column(source: string, column: number): number {
  const before = new TextEncoder().encode(source).subarray(0, column - 1);
  return new TextDecoder().decode(before).length + 1;
}

/** hintFor puts a common message into other words, or names the next step. */
function hintFor(message: string, importable: string[]): string | undefined {
  const undefinedName = /^undefined: (\w+)$/.exec(message)?.[1];
  if (undefinedName !== undefined) {
    const path = importable.find((p) => p === undefinedName || p.endsWith("/" + undefinedName));
    return path && `if you mean the package, import "${path}"`;
  }
  for (const [pattern, hint] of hints) {
    if (pattern.test(message)) return hint;
  }
  return undefined;
}

const hints: [RegExp, string][] = [
  [/imported and not used/, "remove the import, or use the package"],
  [/declared and not used/, "use the variable, or remove it; _ takes a value that you do not need"],
  [/^missing return/, "every way through the function must end in return"],
  [/function main is undeclared/, "a program starts in func main()"],
  [/no new variables on left side of :=/, "the variable exists already: write = instead of :="],
  [/non-declaration statement outside function body/, "statements stand inside a function, such as func main()"],
];

/** parseLinker reads the linker's messages, which have no place in the text. */
export function parseLinker(text: string, file: string): Diagnostic[] {
  const lines = text.split("\n").map((line) => line.replace(/^link: /, "").trim());
  const message = lines.filter((line) => line !== "").join("\n");
  return [{ file, line: 0, column: 0, message: message || "the program could not be linked" }];
}
