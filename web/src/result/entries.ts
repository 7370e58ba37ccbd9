// The list of a run's entries: only some of a long one are in the page, and only those that the reader asks for.

import { button, h } from "../dom.ts";
import { count } from "../format.ts";
import type { Facts, FilterBar } from "./filter.ts";
import type { SetupGroup } from "./setup.ts";
import type { StatementItem } from "./statement.ts";

const itemsShown = 400; // entries before "show more", and added by it
const worthFiltering = 5; // entries

type Takes = (facts: Facts) => boolean;
type Entry = { element: HTMLElement; filter: (takes: Takes, active: boolean) => [shown: number, all: number] };

/** Entries is the list. */
export class Entries {
  readonly element = h("ol", { class: "stream", "aria-label": "What the program did, in order" });
  readonly rest = h("div", { class: "stream-rest" });
  #bar: FilterBar;
  #entries: Entry[] = [];
  #limit = itemsShown;
  #held: HTMLElement[] = [];
  #more: HTMLButtonElement | null = null;
  #last: HTMLElement | null = null;
  #filtered = false;
  #stale = false;

  constructor(bar: FilterBar) {
    this.#bar = bar;
    bar.element.hidden = true;
    bar.few(true);
  }

  /** size is how many entries there are. */
  get size(): number {
    return this.#entries.length;
  }

  /** output adds printed text, a table or a notice. */
  output(element: HTMLElement, text: () => string): void {
    this.#add(element, single(element, { kind: "output", us: 0, failed: false, text }));
  }

  /** statement adds a statement, group the statements of another file. */
  statement(item: StatementItem): void {
    this.#bar.element.hidden = false; // it has the switches for SQL, too
    this.#add(item.element, single(item.element, item));
  }

  group(group: SetupGroup): void {
    this.#bar.element.hidden = false;
    this.#add(group.element, (takes, active) => group.filter(takes, active));
  }

  /** last puts an element after all others, which no filter hides. */
  last(element: HTMLElement): void {
    this.#last = element;
    this.element.append(element);
  }

  /** settle filters what has come meanwhile, once for each frame. */
  settle(): void {
    if (this.#stale && this.#bar.active) this.filter();
    this.#stale = false;
  }

  /** filter shows the entries that the bar asks for. */
  filter(): void {
    const active = this.#bar.active;
    if (!active && !this.#filtered) return this.#bar.found(0, 0);
    this.#filtered = active;
    if (active) this.#release(this.#held.length); // a search finds what "show more" would show, too
    const takes: Takes = (facts) => !active || this.#bar.takes(facts);
    let shown = 0, all = 0;
    for (const entry of this.#entries) {
      const [some, of] = entry.filter(takes, active);
      shown += some;
      all += of;
    }
    this.#bar.found(shown, all);
  }

  #add(element: HTMLElement, filter: Entry["filter"]): void {
    this.#entries.push({ element, filter });
    this.#stale = true;
    if (this.#entries.length >= worthFiltering) this.#bar.few(false);
    if (this.#entries.length <= this.#limit) return void this.element.insertBefore(element, this.#last);
    this.#held.push(element);
    this.#offerMore();
  }

  #offerMore(): void {
    this.#more ??= button("", "show-more show-more-items", () => this.#release(itemsShown));
    this.#more.textContent = `Show more (${count(this.#held.length)} entries hidden)`;
    if (!this.#more.isConnected) this.rest.append(this.#more);
  }

  #release(n: number): void {
    this.#limit += n;
    for (const item of this.#held.splice(0, n)) this.element.insertBefore(item, this.#last);
    if (this.#held.length > 0) this.#offerMore();
    else this.#more?.remove();
  }
}

function single(element: HTMLElement, facts: Facts): Entry["filter"] {
  return (takes) => {
    element.hidden = !takes(facts);
    return [element.hidden ? 0 : 1, 1];
  };
}
