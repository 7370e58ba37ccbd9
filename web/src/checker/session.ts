// The worker's state and its answers, without the worker.

import { check } from "../runner/check.ts";
import { explain } from "../runner/diagnostics.ts";
import { fetchManifest, get, type ImportModule } from "../runner/load.ts";
import type { Diagnostic, Manifest, SourceFile } from "../runner/protocol.ts";
import { Instance } from "./instance.ts";
import type { Completion, DocKey, Edit, Hover, Models, Place, Problem, Question, Signature } from "./protocol.ts";

type Docs = Record<string, Record<string, string>>;

/** CheckerSession answers questions. */
export class CheckerSession {
  private instance: Instance | undefined;
  private manifest: Manifest | undefined;
  private url = "";
  private docs: Promise<Docs> | undefined;

  constructor(private importModule: ImportModule) {}

  /** answer answers a question; what cannot be had is an error whose message can be shown. */
  async answer(question: Question): Promise<unknown> {
    if (question.type === "load") return this.load(question.url);
    if (question.type === "doc") return this.doc(question.key);
    const instance = this.instance;
    if (!instance || !this.manifest) throw new Error("the checker is not loaded");
    const ask = (file: string, at: number, extra: string) => instance.ask(question.type, file, String(at), extra, ...question.files.flatMap(({ name, text }) => [name, text]));
    switch (question.type) {
      case "diagnose":
        return this.diagnose(question.files, ask("", 0, "") as Problem[]);
      case "models":
        return ask("", 0, "") as Models;
      case "complete":
        return ask(question.file, question.at, question.tables.map(({ table, columns }) => [table, ...columns].join("\t") + "\n").join("")) as Completion;
      case "hover":
        return this.documented(ask(question.file, question.at, "") as Hover | null);
      case "signature":
        return this.documented(ask(question.file, question.at, "") as Signature | null);
      case "definition":
        return ask(question.file, question.at, "") as Place | null;
      case "format":
        return ask(question.file, 0, "") as Edit[];
      case "rename":
        return ask(question.file, question.at, question.to) as Edit[];
    }
  }

  private async load(url: string): Promise<null> {
    const manifest = await fetchManifest(url);
    const place = (name: string) => {
      const file = manifest.files[name];
      if (!file) throw new Error(`the tool set has no ${name}`);
      return new URL(file.path, url).href;
    };
    const [wasmExec, module, exports] = await Promise.all([
      this.importModule(place("wasm_exec.js")),
      get(place("checker.wasm")).then((response) => WebAssembly.compileStreaming(response)),
      get(place("exports.pack")).then((response) => response.arrayBuffer()),
    ]);
    const instance = new Instance(wasmExec.default, module);
    const packages = Object.entries(manifest.exports).flatMap(([path, { offset, size }]) => [path, new Uint8Array(exports, offset, size)]);
    const lang = manifest.args.compile[manifest.args.compile.indexOf("-lang") + 1] ?? "";
    instance.ask("load", lang, ...packages);
    this.url = url;
    this.manifest = manifest;
    this.instance = instance;
    return null;
  }

  /** diagnose joins what the checker says with what the runner refuses; of two words about one place the runner's count. */
  private diagnose(files: SourceFile[], found: Problem[]): Problem[] {
    const refused = check(files).filter((one) => one.line > 0).map((one) => refusal(files, one));
    const rest = found.filter((one) => !refused.some((other) => other.file === one.file && other.from === one.from));
    const explained = rest.map((problem) => {
      const { message, hint } = explain(problem.message, this.manifest!.importable);
      const line = problem.hint ?? hint;
      return { ...problem, message, ...(line && { hint: line }) };
    });
    return [...refused, ...explained];
  }

  private async documented<T extends { text?: string; doc?: DocKey }>(found: T | null): Promise<T | null> {
    if (!found?.doc || found.text) return found;
    return { ...found, text: await this.doc(found.doc).catch(() => "") };
  }

  /** doc is what is written about a name. The texts are fetched when the first is asked for. */
  private async doc([path, name]: DocKey): Promise<string> {
    const file = this.manifest?.files["docs.json"];
    if (!file) return "";
    this.docs ??= get(new URL(file.path, this.url).href).then((response) => response.json() as Promise<Docs>);
    this.docs.catch(() => (this.docs = undefined));
    const texts = (await this.docs)[path] ?? {};
    return (Object.hasOwn(texts, name) && texts[name]) || "";
  }
}

function refusal(files: SourceFile[], { file, line, column, message, hint }: Diagnostic): Problem {
  const text = files.find((one) => one.name === file)?.text ?? "";
  let from = 0;
  for (let i = 1; i < line; i++) from = text.indexOf("\n", from) + 1;
  from += column - 1;
  const length = /^("[^"\n]*"?|`[^`\n]*`?|\/\/\S*|[\p{L}\p{N}_]+|.)/u.exec(text.slice(from))?.[0].length ?? 0;
  return { file, from, to: from + length, message, ...(hint && { hint }), fixes: [] };
}
