// The bar above the result: which entries to show.

import { h } from "../dom.ts";
import { count } from "../format.ts";

/** Facts are what the filter asks of an entry. */
export interface Facts {
  readonly kind: Kind;
  readonly us: number;
  readonly failed: boolean;
  text(): string;
}

/** Kind is what an entry is. */
export type Kind = "read" | "write" | "transaction" | "schema" | "output";

const kinds: [Kind | "" | "error", string][] = [
  ["", "Everything"], ["read", "Queries"], ["write", "Changes"], ["transaction", "Transactions"], ["schema", "Schema and other SQL"],
  ["output", "Output and tables"], ["error", "Statements that failed"],
];
const times: [string, string][] = [["0", "Any time"], ["1000", "1 ms and more"], ["10000", "10 ms and more"], ["100000", "100 ms and more"]];

/** FilterBar asks the reader; changed is called when an answer changes. */
export class FilterBar {
  readonly element: HTMLElement;
  #text = h("input", { type: "search", class: "filter-text", placeholder: "Search", "aria-label": "Search in this result", autocomplete: "off", spellcheck: "false" });
  #kind = select("Which entries", kinds);
  #slow = select("How slow", times);
  #found = h("span", { class: "filter-found", role: "status" });

  constructor(changed: () => void) {
    this.#text.addEventListener("input", changed);
    this.#kind.addEventListener("change", changed);
    this.#slow.addEventListener("change", changed);
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#text.value === "") return;
      event.preventDefault();
      this.#text.value = "";
      changed();
    });
    this.element = h("div", { class: "filter", role: "search", "aria-label": "Result" }, this.#text, this.#kind, this.#slow, this.#found);
  }

  /** few says that there is too little to filter. */
  few(is: boolean): void {
    this.element.classList.toggle("of-few", is);
    if (!is) this.element.hidden = false;
  }

  /** active says whether anything is asked for. */
  get active(): boolean {
    return this.#text.value.trim() !== "" || this.#kind.value !== "" || this.#slow.value !== "0";
  }

  /** takes says whether an entry is asked for. */
  takes(facts: Facts): boolean {
    const kind = this.#kind.value;
    if (kind === "error" ? !facts.failed : kind !== "" && kind !== facts.kind) return false;
    const slow = Number(this.#slow.value);
    if (slow > 0 && facts.us < slow) return false;
    const wanted = this.#text.value.trim().toLowerCase();
    return wanted === "" || facts.text().toLowerCase().includes(wanted);
  }

  /** found says how many entries are shown. */
  found(shown: number, all: number): void {
    this.#found.textContent = this.active ? `${count(shown)} of ${count(all)}` : "";
  }
}

function select(name: string, options: [string, string][]): HTMLSelectElement {
  return h("select", { class: "filter-choice", "aria-label": name }, ...options.map(([value, text]) => h("option", { value }, text)));
}

/** kindOf is the kind of a statement. */
export function kindOf(sql: string, transaction: boolean): Kind {
  if (transaction) return "transaction";
  const word = /^\s*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? "";
  if (word === "with") return /\b(insert\s+into|update\s+\S+\s+set|delete\s+from)\b/i.test(sql) ? "write" : "read";
  if (word === "select" || word === "values" || word === "explain") return "read";
  return ["insert", "update", "delete", "replace", "truncate", "merge"].includes(word) ? "write" : "schema";
}
