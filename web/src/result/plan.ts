// A query plan as SQLite tells it: a tree of steps, where a scan reads everything and a search uses an index.

import { h } from "../dom.ts";
import type { RunEvent } from "../runner/protocol.ts";

type Plan = NonNullable<Extract<RunEvent, { type: "statement" }>["plan"]>;

/** planDetails is the plan behind a disclosure. */
export function planDetails(plan: Plan): HTMLElement {
  return h("details", { class: "plan" }, h("summary", null, "Query plan"), branch(plan, 0, new Set()));
}

function branch(plan: Plan, parent: number, seen: Set<number>): HTMLElement {
  const list = h("ul", { class: "plan-steps" });
  for (const step of plan) {
    if (step.parent !== parent || seen.has(step.id)) continue;
    seen.add(step.id);
    const below = plan.some((other) => other.parent === step.id) ? branch(plan, step.id, seen) : null;
    list.append(h("li", { class: kind(step.detail) }, step.detail, below));
  }
  return list;
}

function kind(detail: string): string {
  if (detail.startsWith("SCAN")) return "plan-scan";
  if (detail.startsWith("SEARCH")) return "plan-search";
  return "plan-step";
}
