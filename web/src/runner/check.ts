// Refuses, before the compiler sees it, what a program must not do in the page
// and what the compiler would say less clearly.

import { type Token, position, tokens } from "./lexer.ts";
import { sizeText, sourceBytes } from "./limits.ts";
import type { Diagnostic, SourceFile } from "./protocol.ts";

/**
 * allowedDirectives are the //go: comments that a program may use. All others
 * are refused: linkname, wasmimport, wasmexport and cgo's reach out of the
 * program, embed needs files, and the rest belongs to Go's runtime.
 */
const allowedDirectives = new Set(["build", "debug", "fix", "generate", "noinline"]);

/** check returns what is wrong with the files as a program; the compiler judges the rest. */
export function check(files: SourceFile[]): Diagnostic[] {
  const problems = [...checkNames(files), ...checkSize(files)];
  if (problems.length > 0) return problems;
  return files.flatMap(checkFile);
}

function* checkNames(files: SourceFile[]): Generator<Diagnostic> {
  if (files.length === 0) yield whole("main.go", "there is no file to run");
  const seen = new Set<string>();
  for (const { name } of files) {
    if (!/^[A-Za-z0-9][\w.-]*\.go$/.test(name)) {
      yield whole(name, `${JSON.stringify(name)} is not a name for a Go file`, "use letters, digits, _ and -, and end in .go");
    } else if (name.endsWith("_test.go")) {
      yield whole(name, `${name} is a test file, which does not run here`, "rename it, without _test");
    } else if (seen.has(name)) {
      yield whole(name, `there are two files named ${name}`);
    }
    seen.add(name);
  }
}

function* checkSize(files: SourceFile[]): Generator<Diagnostic> {
  let size = 0;
  for (const { name, text } of files) {
    size += new TextEncoder().encode(text).length;
    const half = /\p{Surrogate}/u.exec(text);
    if (half) yield { file: name, ...position(text, half.index), message: "here is half a character, which no UTF-8 text can hold" };
  }
  if (size > sourceBytes) {
    yield whole(files[0]!.name, `the program is ${sizeText(size)} long; the limit is ${sizeText(sourceBytes)}`, "data can be computed, or kept in a database");
  }
}

type Report = (token: Token, message: string, hint?: string) => void;

function checkFile({ name, text }: SourceFile): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report: Report = (token, message, hint) => {
    found.push({ file: name, ...position(text, token.offset), message, ...(hint && { hint }) });
  };
  const all = [...tokens(text)];
  for (const token of all) if (token.kind === "comment") checkComment(token, report);
  const code = all.filter((token) => token.kind !== "comment");
  checkPackage(code, report);
  const paths = new Set([...imports(code)].map((token) => checkImport(token, report)));
  if (paths.has("reflect")) checkReflect(code, report);
  return found;
}

function checkPackage(code: Token[], report: Report): void {
  const name = code[0]?.text === "package" ? code[1] : undefined;
  if (name?.kind === "word" && name.text !== "main") {
    report(name, `a program is package main, this is package ${name.text}`, "write: package main");
  }
}

/** imports yields the paths in import declarations: import is a keyword, so it means nothing else. */
function* imports(code: Token[]): Generator<Token> {
  for (let i = 0; i < code.length; i++) {
    if (code[i]!.text !== "import") continue;
    const group = code[i + 1]?.text === "(";
    const end = group ? code.findIndex((token, at) => at > i && token.text === ")") : i + 3;
    const specs = code.slice(i + 1, end < 0 ? code.length : end);
    const strings = specs.filter((token) => token.kind === "string");
    yield* group ? strings : strings.slice(0, 1);
  }
}

const unavailable: Record<string, string> = {
  C: "cgo needs a C compiler, which the page does not have",
  unsafe: "a program in the page must not reach memory that Go does not give it",
};

/** checkImport refuses what the compiler would import by itself, and returns the path. */
function checkImport(token: Token, report: Report): string {
  const path = token.text.slice(1, -1);
  if (path.includes("\\")) report(token, "write the import path without escapes");
  const hint = Object.hasOwn(unavailable, path) ? unavailable[path] : undefined;
  if (hint !== undefined) report(token, `import "${path}" is not available here`, hint);
  return path;
}

/** checkReflect refuses the functions of reflect that see memory as another type than it has, as unsafe would. */
function checkReflect(code: Token[], report: Report): void {
  for (const token of code) {
    if (token.kind === "word" && (token.text === "NewAt" || token.text === "SliceAt")) {
      report(token, `reflect.${token.text} is not available here`, unavailable["unsafe"]);
    }
  }
}

function checkComment(token: Token, report: Report): void {
  const directive = /^\/\/go:([^\s]*)/.exec(token.text)?.[1];
  if (directive !== undefined && !allowedDirectives.has(directive)) {
    report(token, `//go:${directive} is not available here`, "a program in the page cannot reach out of Go; remove the directive");
  }
  if (/^\/[/*]line /.test(token.text)) {
    report(token, "line directives are not available here", "messages would no longer point at your text; remove the directive");
  }
}

function whole(file: string, message: string, hint?: string): Diagnostic {
  return { file, line: 0, column: 0, message, ...(hint && { hint }) };
}
