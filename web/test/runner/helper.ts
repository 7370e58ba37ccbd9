// What the runner's tests share: a session over the tool set that the Go test
// serves, and programs run in it.

import type { WasmExec } from "../../src/runner/gohost.ts";
import type { Diagnostic, DoneEvent, RunEvent, RunOptions, RunResult, SourceFile } from "../../src/runner/protocol.ts";
import { Session } from "../../src/runner/session.ts";

export const manifestURL = process.env["ORMLAB_MANIFEST"]!;

/** importModule stands for import(), which node does not offer for http. */
export async function importModule(url: string): Promise<{ default: WasmExec }> {
  const source = await (await fetch(url)).text();
  return import("data:text/javascript;base64," + Buffer.from(source).toString("base64"));
}

let session: Promise<Session> | undefined;

/** theSession is loaded once for each test file. */
export function theSession(): Promise<Session> {
  session ??= (async () => {
    const s = new Session(importModule);
    await s.handle({ type: "load", url: manifestURL }, () => {});
    return s;
  })();
  return session;
}

export interface Ran {
  done: DoneEvent;
  events: RunEvent[];
  stdout: string;
  stderr: string;
  diagnostics: Diagnostic[];
  result: RunResult;
}

/** runProgram runs files, or one main.go. */
export async function runProgram(source: string | SourceFile[], options: RunOptions = {}): Promise<Ran> {
  const files = typeof source === "string" ? [{ name: "main.go", text: source }] : source;
  const events: RunEvent[] = [];
  const result = await (await theSession()).handle({ type: "run", files, options }, (event) => events.push(event));
  const text = (type: "stdout" | "stderr") => events.map((e) => (e.type === type ? e.text : "")).join("");
  return {
    done: result.done, events, result,
    stdout: text("stdout"), stderr: text("stderr"),
    diagnostics: events.flatMap((e) => (e.type === "diagnostics" ? e.items : [])),
  };
}

/** mainWith is a program whose main has a body. */
export function mainWith(imports: string[], body: string): string {
  return `package main\n\nimport (\n${imports.map((i) => `\t"${i}"\n`).join("")})\n\nfunc main() {\n${body}\n}\n`;
}
