// A query plan: what SQLite does, in words, with its own line under each; a tree where steps are within others.

import { h } from "../dom.ts";
import { counted } from "../format.ts";
import type { PlanLine } from "../runner/protocol.ts";
import { explain, type Step } from "./planwords.ts";

/** planDetails is the plan behind a disclosure that already says which tables are read whole and which indexes help. */
export function planDetails(plan: PlanLine[]): HTMLElement {
  const told = plan.map(step).filter((one) => one.how !== "other");
  const worst = told.find((one) => one.how === "scan") ?? told[0];
  const more = told.length > 1 ? ` (and ${counted(told.length - 1, "more step")})` : "";
  const summary = h("summary", null, worst ? `Query plan: ${worst.words}${more}` : "Query plan");
  return h("details", { class: `plan plan-of-${worst?.how ?? "other"}` }, summary, branch(plan, 0, new Set()));
}

function step({ detail, rows }: PlanLine): Step {
  return explain(detail, rows === undefined ? "" : counted(rows, "row"));
}

function branch(plan: PlanLine[], parent: number, seen: Set<number>): HTMLElement {
  const list = h("ul", { class: "plan-steps" });
  for (const line of plan) {
    if (line.parent !== parent || seen.has(line.id)) continue;
    seen.add(line.id);
    const below = plan.some((other) => other.parent === line.id) ? branch(plan, line.id, seen) : null;
    const { how, words } = step(line);
    list.append(h("li", { class: `plan-${how}` },
      words ? h("span", { class: "plan-words" }, words) : null, h("code", { class: "plan-detail" }, line.detail), below));
  }
  return list;
}
