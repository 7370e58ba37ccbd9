// Turns the events of a run into entries of a list, a frame at a time, so that a program that prints
// without end cannot hold the page up.

import { h } from "../dom.ts";
import { counted } from "../format.ts";
import type { DialectsEvent, DoneEvent, RunEvent, SourceFile, StatementEvent } from "../runner/protocol.ts";
import { calloutItem } from "./callout.ts";
import { chartItem } from "./chart.ts";
import { Entries } from "./entries.ts";
import type { FilterBar } from "./filter.ts";
import { OutputBlock } from "./output.ts";
import { problemList } from "./problems.ts";
import { Repeats } from "./repeats.ts";
import { mainFile, SetupGroup } from "./setup.ts";
import { StatementItem, type Highlight, type View } from "./statement.ts";
import { tableItem } from "./table.ts";
import { Totals } from "./totals.ts";
import { Transactions } from "./transactions.ts";

const frameBudget = 8; // ms of a frame spent on entries
const frameWait = 250; // ms without a frame after which the page counts as hidden

/** Stream renders one run. A new run gets a new Stream; the old one is dropped with its queue. */
export class Stream {
  readonly before = h("div", { class: "stream-before" });
  readonly after = h("div", { class: "stream-after" });
  #highlight: Highlight;
  #settled: (done: DoneEvent) => void;
  #queue: RunEvent[] = [];
  #waiting = false;
  #dropped = false;
  #last: OutputBlock | null = null;
  #statements = new Map<number, StatementItem>();
  #open = new Set<StatementItem>();
  #view: View;
  #entries: Entries;
  #repeats: Repeats;
  #transactions = new Transactions();
  #latest: StatementItem | null = null; // that a repetition may join
  #group: SetupGroup | null = null; // that the next statement may join
  #groups = new Map<number, SetupGroup>(); // by statement
  #totals = new Totals();
  #others = new Map<string, DialectsEvent>(); // by SQL, what was told last
  #diagnosed = false;
  #here = { file: "", line: 0 };

  /** files are the program as it runs; bar is the filter above the stream, view how SQL is shown. */
  constructor(highlight: Highlight, files: SourceFile[], bar: FilterBar, view: View, settled: (done: DoneEvent) => void) {
    this.#highlight = highlight;
    this.#view = view;
    this.#entries = new Entries(bar);
    this.#repeats = new Repeats(files);
    this.#settled = settled;
  }

  /** parts are what stands in the result, in order. */
  get parts(): HTMLElement[] {
    return [this.before, this.#entries.element, this.#entries.rest, this.after];
  }

  /** filter shows the entries that the bar asks for. */
  filter(): void {
    this.#entries.filter();
  }

  /** show writes all statements as the reader wants to see them now. */
  show(): void {
    for (const item of this.#statements.values()) item.show(this.#view);
  }

  /** reach moves the focus to the first statement of a line, and tells whether there is one. */
  reach(file: string, line: number): boolean {
    for (const { begin, element } of this.#statements.values()) {
      if (begin.line !== line || begin.file !== file) continue;
      for (const details of [element.closest<HTMLDetailsElement>("details.setup, details.again-details")]) if (details) details.open = true;
      element.querySelector<HTMLElement>(".line-button")?.focus();
      return true;
    }
    return false;
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

  /** here marks the statements that come from a line, and gives those that are on show. */
  here(file: string, line: number): HTMLElement[] {
    this.#here = { file, line };
    return [...this.#statements.values()].filter((item) => item.here(file, line) && item.element.checkVisibility()).map((item) => item.element);
  }

  // A page that is hidden, also after it asked, gets no frames; the run must still reach its end there.
  #schedule(): void {
    if (this.#waiting || this.#dropped) return;
    this.#waiting = true;
    const frame = () => {
      clearTimeout(timer);
      cancelAnimationFrame(request);
      this.#frame();
    };
    const timer = setTimeout(frame, document.hidden ? 0 : frameWait);
    const request = requestAnimationFrame(frame);
  }

  #frame(): void {
    this.#waiting = false;
    if (this.#dropped) return;
    const until = performance.now() + frameBudget;
    let taken = 0;
    while (taken < this.#queue.length && performance.now() < until) this.#take(this.#queue[taken++]!);
    this.#queue = this.#queue.slice(taken);
    this.#entries.settle();
    if (this.#queue.length > 0) this.#schedule();
  }

  #take(event: RunEvent): void {
    this.#totals.add(event);
    if (event.type !== "stdout" && event.type !== "stderr" && event.type !== "phase") this.#closeOutput(event);
    switch (event.type) {
      case "phase": return;
      case "stdout":
      case "stderr": return this.#print(event.type, event.text);
      case "show": return this.#show(event.doc);
      case "dialects": return void this.#others.set(event.sql, event);
      case "statement": return event.phase === "begin" ? this.#begin(event) : this.#end(event);
      case "repeated": return this.#repeat(event);
      case "skipped": return this.#skip(event.statements);
      case "diagnostics": return this.#problems(event.items);
      case "done": return this.#done(event);
    }
  }

  // The end of a statement puts nothing into the list, so printed text before and after it stays one block.
  #closeOutput(event: RunEvent): void {
    if (event.type === "repeated" || event.type === "dialects" || (event.type === "statement" && event.phase === "end")) return;
    this.#last = null;
  }

  #print(stream: "stdout" | "stderr", text: string): void {
    if (this.#last?.stream !== stream) {
      const block = this.#last = new OutputBlock(stream);
      this.#append(block.element, () => block.text());
    }
    this.#last.add(text);
  }

  #show(doc: Extract<RunEvent, { type: "show" }>["doc"]): void {
    const element = doc.kind === "table" ? tableItem(doc) : chartItem(doc);
    this.#append(element, () => doc.text || element.textContent!);
  }

  #begin(event: StatementEvent): void {
    const item = new StatementItem(event, this.#highlight, this.#transactions.begin(event), this.#view, this.#others.get(event.sql));
    this.#statements.set(event.id, item);
    this.#open.add(item);
    item.here(this.#here.file, this.#here.line);
    if (event.line > 0 && event.file !== mainFile) return this.#setUp(event, item);
    if (this.#latest?.repeats(event)) {
      this.#latest.add(item);
    } else {
      this.#group = null;
      this.#entries.statement(item);
      this.#latest = item;
    }
    this.#repeats.add(event, (this.#latest ?? item).body);
  }

  #setUp(event: StatementEvent, item: StatementItem): void {
    if (!this.#group?.takes(event.file)) {
      this.#group = new SetupGroup(event.file);
      this.#latest = null;
      this.#entries.group(this.#group);
    }
    this.#group!.add(item);
    this.#groups.set(event.id, this.#group!);
  }

  #repeat(event: Extract<RunEvent, { type: "repeated" }>): void {
    this.#statements.get(event.id)?.repeat(event.times, event.us, event.affected);
    this.#groups.get(event.id)?.repeat(event.times);
    this.#repeats.repeat(event.id, event.times);
    this.#transactions.repeat(this.#statements.get(event.id)?.begin.tx ?? 0, event.times, event.affected);
  }

  #end(event: StatementEvent): void {
    const item = this.#statements.get(event.id);
    if (!item) return;
    const whole = { ...item.begin, ...event, sql: item.begin.sql, args: item.begin.args };
    item.end(whole, this.#transactions.end(item, whole));
    this.#open.delete(item);
    if (event.error) this.#groups.get(event.id)?.open();
  }

  #skip(statements: number): void {
    const said = `${counted(statements, "more statement")} ran and are not listed.`;
    this.#append(h("li", { class: "item skipped" }, said), () => said);
  }

  #problems(items: Extract<RunEvent, { type: "diagnostics" }>["items"]): void {
    this.#diagnosed = items.length > 0;
    this.before.replaceChildren(problemList(items));
  }

  #done(done: DoneEvent): void {
    for (const item of this.#open) {
      item.unfinished();
      this.#groups.get(item.begin.id)?.open();
    }
    this.#transactions.finish();
    const callout = calloutItem(done, this.#diagnosed);
    if (callout) this.#entries.last(callout);
    else if (this.#entries.size === 0 && !this.#diagnosed) this.#entries.last(h("li", { class: "item silent" }, "The program ended without printing anything."));
    this.#entries.settle();
    this.after.append(this.#totals.element(done.timings, this.#repeats.found));
    this.#settled(done);
  }

  #append(item: HTMLLIElement, text: () => string): void {
    this.#group = null;
    this.#latest = null;
    this.#entries.output(item, text);
  }
}
