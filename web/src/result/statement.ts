// One SQL statement in the stream: its text, binds, effect and time, and the line of Go that caused it.

import { button, h, present } from "../dom.ts";
import { counted, micros } from "../format.ts";
import type { DialectsEvent, StatementEvent } from "../runner/protocol.ts";
import { Again } from "./again.ts";
import { bindList } from "./binds.ts";
import { copyButton } from "./copy.ts";
import { kindOf, type Facts, type Kind } from "./filter.ts";
import { withValues } from "./literal.ts";
import { locate, placeButton, point } from "./locate.ts";
import { planDetails } from "./plan.ts";
import { verbOf, type Member } from "./transactions.ts";

const clippedLines = 8;
const clippedLength = 600;

/** Highlight colours SQL; until the editor's kit has loaded it gives plain text. */
export type Highlight = (sql: string) => Node;

/** LayOut lays SQL out in lines. */
export type LayOut = (sql: string, dialect?: string) => string;

/** Compare shows the same statement for several databases. */
export type Compare = (sql: string, told: DialectsEvent, show: { highlight: Highlight; layOut: LayOut | null }) => HTMLElement;

/** View is how the reader wants to see statements. */
export interface View {
  readonly inPlace: boolean;
  readonly layOut: LayOut | null;
  readonly compare: Compare | null;
}

const deepest = 5; // that is drawn

/** StatementItem is a statement that may still be running. */
export class StatementItem implements Facts, Member {
  readonly element: HTMLLIElement;
  readonly body: HTMLElement;
  readonly begin: StatementEvent;
  readonly kind: Kind;
  us = 0;
  failed = false;
  #text = h("div", { class: "statement-text" });
  #highlight: Highlight;
  #others: DialectsEvent | undefined;
  #facts = h("p", { class: "facts" }, h("span", { class: "fact pending" }, "running…"));
  #again: Again | null = null;
  #within: StatementItem | null = null; // the run that this one repeats
  #runs: StatementItem[] = [];

  /** depth is how deep the statement stands in its transaction, see Transactions; others is the statement for other databases. */
  constructor(event: StatementEvent, highlight: Highlight, depth: number, view: View, others?: DialectsEvent) {
    this.begin = event;
    this.#others = others;
    this.#highlight = highlight;
    const verb = verbOf(event);
    this.kind = kindOf(event.sql, verb !== "");
    this.body = h("div", { class: "statement-body" }, this.#text, this.#foot());
    this.show(view);
    this.element = h("li", { class: classes(event, verb, depth) }, this.#line(), this.body);
    if (event.line > 0) this.#leadBack();
    if (event.phase === "end") this.end(event);
  }

  /** show writes the statement as the reader wants to see it. */
  show({ inPlace, layOut, compare }: View): void {
    const { sql, args, verb } = this.begin;
    if (compare && this.#others) {
      return this.#text.replaceChildren(...present([compare(sql, this.#others, { highlight: this.#highlight, layOut }), bindList(args)]));
    }
    const text = inPlace ? withValues(this.begin) : sql;
    const list = verb !== undefined || inPlace ? null : bindList(args);
    this.#text.replaceChildren(...present([sqlBlock(layOut && verb === undefined ? layOut(text) : text, this.#highlight), list]));
  }

  /** end fills in what is known when the statement has ended; fact is what its transaction says of it. */
  end(event: StatementEvent, fact = ""): void {
    this.us = event.us ?? 0;
    this.failed = event.error !== undefined;
    this.#facts.replaceChildren(...facts(event, fact));
    if (event.error) {
      this.element.classList.add("has-error");
      this.#facts.parentElement!.before(h("p", { class: "statement-error" }, event.error));
    }
    if (event.plan?.length) this.#facts.parentElement!.after(planDetails(event.plan));
    this.#within?.ended(this, event);
  }

  /** unfinished says that the run ended first. */
  unfinished(): void {
    this.#facts.querySelector(".pending")?.replaceChildren("not finished");
  }

  /** undone says that what the statement did was taken back. */
  undone(how: string): void {
    this.element.classList.add("undone");
    if (this.kind === "write" && !this.failed) this.#facts.append(h("span", { class: "fact undone-fact" }, how));
  }

  /** repeats says whether the same line sends the same statement as this one. */
  repeats(event: StatementEvent): boolean {
    const { sql, file, line, verb } = this.begin;
    return line > 0 && verb === undefined && event.verb === undefined && event.sql === sql && event.file === file && event.line === line;
  }

  /** add takes a further run in, which is shown within this entry. */
  add(run: StatementItem): void {
    run.#within = this;
    this.#runs.push(run);
    this.#more().list(run.element);
  }

  /** ended hears of the end of such a run. */
  ended(run: StatementItem, event: StatementEvent): void {
    this.us = Math.max(this.us, run.us);
    this.failed ||= run.failed;
    this.#more().ended(event);
  }

  /** repeat counts runs that are not told one by one. */
  repeat(times: number, us: number, affected: number): void {
    (this.#within ?? this).#more().count(times, us, affected);
  }

  /** here is told where the cursor stands, and tells whether that is the statement's line. */
  here(file: string, line: number): boolean {
    const is = line > 0 && this.begin.line === line && this.begin.file === file;
    this.element.classList.toggle("is-here", is);
    return is;
  }

  /** text is what a search looks through. */
  text(): string {
    const { sql, args, file, line } = this.begin;
    const error = this.element.querySelector(".statement-error")?.textContent ?? "";
    return [sql, ...args.map((arg) => arg.text), `${file}:${line}`, error, ...this.#runs.map((run) => run.text())].join("\n");
  }

  #more(): Again {
    if (!this.#again) {
      this.#again = new Again();
      this.body.append(this.#again.element);
    }
    return this.#again;
  }

  #foot(): HTMLElement {
    const { sql, args } = this.begin;
    const copies = [copyButton("Copy SQL", () => sql)];
    if (args.length > 0) copies.push(copyButton("Copy with values", () => withValues(this.begin)));
    return h("div", { class: "statement-foot" }, this.#facts, this.begin.verb ? null : h("p", { class: "copies" }, ...copies));
  }

  #leadBack(): void {
    const place = { file: this.begin.file, line: this.begin.line };
    this.element.addEventListener("click", (click) => this.#clicked(click));
    for (const come of ["mouseenter", "focusin"]) this.element.addEventListener(come, () => point(this.element, place));
    for (const go of ["mouseleave", "focusout"]) this.element.addEventListener(go, () => point(this.element, null));
  }

  #line(): HTMLElement {
    const { file, line } = this.begin;
    return line > 0 ? placeButton({ file, line }, String(line), "line-button") : h("span", { class: "line-button" });
  }

  #clicked(click: MouseEvent): void {
    const target = click.target as HTMLElement;
    if (target.closest("button, summary, details") || target.closest(".statement") !== this.element || !getSelection()?.isCollapsed) return;
    locate(this.element, { file: this.begin.file, line: this.begin.line });
  }
}

function sqlBlock(sql: string, highlight: Highlight): HTMLElement {
  const code = h("code", null, highlight(sql));
  const pre = h("pre", { class: "sql" }, code);
  if (sql.length <= clippedLength && sql.split("\n").length <= clippedLines) return pre;
  pre.classList.add("clipped");
  const all = button("Show all", "show-more", () => {
    pre.classList.remove("clipped");
    all.remove();
  });
  return h("div", null, pre, all);
}

function classes(event: StatementEvent, verb: string, depth: number): string {
  const list = ["item", "statement"];
  if (event.verb !== undefined) list.push("slim");
  if (verb) list.push(`verb-${verb.replace(" ", "-")}`);
  if (event.tx > 0) list.push("in-tx", `tx-${event.tx % 4}`, `depth-${Math.min(depth, deepest)}`);
  return list.join(" ");
}

function facts(event: StatementEvent, told: string): HTMLElement[] {
  const list: HTMLElement[] = [];
  if (event.line > 0 && event.file !== "main.go") list.push(h("span", { class: "fact" }, event.file));
  const fact = (text: string) => list.push(h("span", { class: "fact" }, text));
  if (told) fact(told);
  if (event.affected !== undefined && event.affected > 0) fact(`${counted(event.affected, "row")} affected`);
  else if (event.rows !== undefined && !event.error && event.verb === undefined && returnsRows(event)) fact(counted(event.rows, "row"));
  if (event.us !== undefined) list.push(h("span", { class: "fact time" }, micros(event.us)));
  return list;
}

function returnsRows(event: StatementEvent): boolean {
  return event.rows! > 0 || /^\s*(select|with|values|pragma|explain)\b/i.test(event.sql ?? "");
}
