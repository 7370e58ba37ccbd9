// One SQL statement in the stream: its text, binds, effect and time, and the line of Go that caused it.

import { button, h } from "../dom.ts";
import { counted, micros } from "../format.ts";
import type { RunEvent } from "../runner/protocol.ts";
import { bindList } from "./binds.ts";
import { locate, placeButton } from "./locate.ts";
import { planDetails } from "./plan.ts";

type StatementEvent = Extract<RunEvent, { type: "statement" }>;

const clippedLines = 8;
const clippedLength = 600;

/** Highlight colours SQL; until the editor's kit has loaded it gives plain text. */
export type Highlight = (sql: string) => Node;

/** StatementItem is a statement that may still be running. */
export class StatementItem {
  readonly element: HTMLLIElement;
  readonly begin: StatementEvent;
  #facts = h("p", { class: "facts" }, h("span", { class: "fact pending" }, "running…"));
  #repeats = { times: 0, us: 0, affected: 0, element: null as HTMLElement | null };

  constructor(event: StatementEvent, highlight: Highlight) {
    this.begin = event;
    const slim = event.verb !== undefined;
    const tx = event.tx > 0 ? ` in-tx tx-${event.tx % 4}` : "";
    this.element = h("li", { class: `item statement${slim ? ` slim verb-${event.verb!.split(" ")[0]}` : ""}${tx}` },
      this.#line(), h("div", { class: "statement-body" }, sqlBlock(event.sql, highlight), slim ? null : bindList(event.args), this.#facts));
    if (event.line > 0) this.element.addEventListener("click", (click) => this.#clicked(click));
    if (event.phase === "end") this.end(event);
  }

  /** end fills in what is known when the statement has ended. */
  end(event: StatementEvent): void {
    this.#facts.replaceChildren(...facts(event));
    if (event.error) {
      this.element.classList.add("has-error");
      this.#facts.before(h("p", { class: "statement-error" }, event.error));
    }
    if (event.plan?.length) this.#facts.after(planDetails(event.plan));
  }

  /** unfinished says that the run ended first. */
  unfinished(): void {
    this.#facts.querySelector(".pending")?.replaceChildren("not finished");
  }

  /** repeat counts the statement again: the same line ran it with other arguments. */
  repeat(times: number, us: number, affected: number): void {
    const r = this.#repeats;
    r.times += times;
    r.us += us;
    r.affected += affected;
    if (!r.element) {
      r.element = h("p", { class: "repeats" });
      this.#facts.after(r.element);
    }
    const effect = r.affected > 0 ? `, ${counted(r.affected, "row")} affected` : "";
    r.element.textContent = `× ${counted(r.times, "more time")}${effect}, ${micros(r.us)}`;
  }

  /** here says whether the cursor stands on the statement's line. */
  here(file: string, line: number): void {
    const is = line > 0 && this.begin.line === line && this.begin.file === file;
    this.element.classList.toggle("is-here", is);
  }

  #line(): HTMLElement {
    const { file, line } = this.begin;
    return line > 0 ? placeButton({ file, line }, String(line), "line-button") : h("span", { class: "line-button" });
  }

  #clicked(click: MouseEvent): void {
    const target = click.target as HTMLElement;
    if (target.closest("button, summary, details") || !getSelection()?.isCollapsed) return;
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

function facts(event: StatementEvent): HTMLElement[] {
  const list: HTMLElement[] = [];
  if (event.line > 0 && event.file !== "main.go") list.push(h("span", { class: "fact" }, event.file));
  const fact = (text: string) => list.push(h("span", { class: "fact" }, text));
  if (event.affected !== undefined && event.affected > 0) fact(`${counted(event.affected, "row")} affected`);
  else if (event.rows !== undefined && !event.error && event.verb === undefined && returnsRows(event)) fact(counted(event.rows, "row"));
  if (event.us !== undefined) list.push(h("span", { class: "fact time" }, micros(event.us)));
  return list;
}

function returnsRows(event: StatementEvent): boolean {
  return event.rows! > 0 || /^\s*(select|with|values|pragma|explain)\b/i.test(event.sql ?? "");
}
