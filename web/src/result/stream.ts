// Turns the events of a run into entries of a list, a frame at a time, so that a program that prints
// without end cannot hold the page up.

import { button, h } from "../dom.ts";
import { count, counted } from "../format.ts";
import type { RunEvent } from "../runner/protocol.ts";
import { calloutItem } from "./callout.ts";
import { OutputBlock } from "./output.ts";
import { problemList } from "./problems.ts";
import { mainFile, SetupGroup } from "./setup.ts";
import { StatementItem, type Highlight } from "./statement.ts";
import { tableItem } from "./table.ts";
import { Totals } from "./totals.ts";

const frameBudget = 8; // ms of a frame spent on entries
const itemsShown = 400; // entries before "show more", and added by it

/** Stream renders one run. A new run gets a new Stream; the old one is dropped with its queue. */
export class Stream {
  readonly element = h("ol", { class: "stream", "aria-label": "What the program did, in order" });
  readonly before = h("div", { class: "stream-before" });
  readonly rest = h("div", { class: "stream-rest" });
  readonly after = h("div", { class: "stream-after" });
  #highlight: Highlight;
  #settled: (done: Extract<RunEvent, { type: "done" }>) => void;
  #queue: RunEvent[] = [];
  #waiting = false;
  #dropped = false;
  #last: OutputBlock | null = null;
  #statements = new Map<number, StatementItem>();
  #open = new Set<StatementItem>();
  #group: SetupGroup | null = null; // that the next statement may join
  #groups = new Map<number, SetupGroup>(); // by statement
  #totals = new Totals();
  #diagnosed = false;
  #appended = 0;
  #limit = itemsShown;
  #held: HTMLLIElement[] = [];
  #more: HTMLButtonElement | null = null;
  #here = { file: "", line: 0 };

  constructor(highlight: Highlight, settled: (done: Extract<RunEvent, { type: "done" }>) => void) {
    this.#highlight = highlight;
    this.#settled = settled;
  }

  /** push queues an event for the next frame. */
  push(event: RunEvent): void {
    this.#queue.push(event);
    this.#schedule();
  }

  /** drop forgets what has not been shown. */
  drop(): void {
    this.#dropped = true;
    this.#queue = [];
  }

  /** here marks the statements that come from a line. */
  here(file: string, line: number): void {
    this.#here = { file, line };
    for (const item of this.#statements.values()) item.here(file, line);
  }

  // A hidden page gets no frames; the run must still reach its end there.
  #schedule(): void {
    if (this.#waiting || this.#dropped) return;
    this.#waiting = true;
    if (document.hidden) setTimeout(() => this.#frame(), 0);
    else requestAnimationFrame(() => this.#frame());
  }

  #frame(): void {
    this.#waiting = false;
    if (this.#dropped) return;
    const until = performance.now() + frameBudget;
    let taken = 0;
    while (taken < this.#queue.length && performance.now() < until) this.#take(this.#queue[taken++]!);
    this.#queue = this.#queue.slice(taken);
    if (this.#queue.length > 0) this.#schedule();
  }

  #take(event: RunEvent): void {
    this.#totals.add(event);
    if (event.type !== "stdout" && event.type !== "stderr" && event.type !== "phase") this.#closeOutput(event);
    switch (event.type) {
      case "phase": return;
      case "stdout":
      case "stderr": return this.#print(event.type, event.text);
      case "show": return this.#append(tableItem(event.doc));
      case "statement": return event.phase === "begin" ? this.#begin(event) : this.#end(event);
      case "repeated": return this.#repeat(event);
      case "skipped": return this.#skip(event.statements);
      case "diagnostics": return this.#problems(event.items);
      case "done": return this.#done(event);
    }
  }

  // The end of a statement puts nothing into the list, so printed text before and after it stays one block.
  #closeOutput(event: RunEvent): void {
    if (event.type === "repeated" || (event.type === "statement" && event.phase === "end")) return;
    this.#last = null;
  }

  #print(stream: "stdout" | "stderr", text: string): void {
    if (this.#last?.stream !== stream) {
      this.#last = new OutputBlock(stream);
      this.#append(this.#last.element);
    }
    this.#last.add(text);
  }

  #begin(event: Extract<RunEvent, { type: "statement" }>): void {
    const item = new StatementItem(event, this.#highlight);
    this.#statements.set(event.id, item);
    this.#open.add(item);
    item.here(this.#here.file, this.#here.line);
    if (event.line > 0 && event.file !== mainFile) this.#setUp(event, item);
    else this.#append(item.element);
  }

  #setUp(event: Extract<RunEvent, { type: "statement" }>, item: StatementItem): void {
    if (!this.#group?.takes(event.file)) {
      const group = new SetupGroup(event.file);
      this.#append(group.element);
      this.#group = group;
    }
    this.#group!.add(item);
    this.#groups.set(event.id, this.#group!);
  }

  #repeat(event: Extract<RunEvent, { type: "repeated" }>): void {
    this.#statements.get(event.id)?.repeat(event.times, event.us, event.affected);
    this.#groups.get(event.id)?.repeat(event.times);
  }

  #end(event: Extract<RunEvent, { type: "statement" }>): void {
    const item = this.#statements.get(event.id);
    if (!item) return;
    item.end({ ...item.begin, ...event, sql: item.begin.sql, args: item.begin.args });
    this.#open.delete(item);
    if (event.error) this.#groups.get(event.id)?.open();
  }

  #skip(statements: number): void {
    this.#append(h("li", { class: "item skipped" }, `${counted(statements, "more statement")} ran and are not listed.`));
  }

  #problems(items: Extract<RunEvent, { type: "diagnostics" }>["items"]): void {
    this.#diagnosed = items.length > 0;
    this.before.replaceChildren(problemList(items));
  }

  #done(done: Extract<RunEvent, { type: "done" }>): void {
    for (const item of this.#open) {
      item.unfinished();
      this.#groups.get(item.begin.id)?.open();
    }
    const callout = calloutItem(done, this.#diagnosed);
    if (callout) this.element.append(callout);
    if (callout && this.#held.length > 0) this.#offerMore();
    if (this.#appended === 0 && !callout && !this.#diagnosed) {
      this.element.append(h("li", { class: "item silent" }, "The program ended without printing anything."));
    }
    this.after.append(this.#totals.element(done.timings));
    this.#settled(done);
  }

  #append(item: HTMLLIElement): void {
    this.#appended++;
    this.#group = null;
    if (this.#appended <= this.#limit) return void this.element.append(item);
    this.#held.push(item);
    this.#offerMore();
  }

  #offerMore(): void {
    this.#more ??= button("", "show-more show-more-items", () => this.#showMore());
    this.#more.textContent = `Show more (${count(this.#held.length)} entries hidden)`;
    if (!this.#more.isConnected) this.rest.append(this.#more);
  }

  #showMore(): void {
    this.#limit += itemsShown;
    const callout = this.element.querySelector(":scope > .callout");
    for (const item of this.#held.splice(0, itemsShown)) this.element.insertBefore(item, callout);
    if (this.#held.length > 0) this.#offerMore();
    else this.#more?.remove();
  }
}
