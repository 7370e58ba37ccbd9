// How a run ended, when it did not simply end: in plain words, with the program's own words under them.

import { h } from "../dom.ts";
import type { RunEvent } from "../runner/protocol.ts";
import { sentence } from "../format.ts";
import { placeButton } from "./locate.ts";

type Done = Extract<RunEvent, { type: "done" }>;

const titles: Partial<Record<Done["reason"], string>> = {
  compile: "The program does not compile.",
  panic: "The program panicked.",
  deadlock: "Every goroutine is waiting: deadlock.",
  recursion: "A function called itself without end.",
  memory: "The program ran out of memory.",
  output: "The program printed more than the page shows.",
  stopped: "Stopped. The database is as it was before this run.",
  crash: "The program could not be run to its end.",
};

// Ends whose title says all that the message says.
const plain = new Set<Done["reason"]>(["exit", "stopped"]);

const hints: Partial<Record<Done["reason"], string>> = {
  crash: "Press Run to try again. If the compiler could not be fetched, check the connection first.",
};

/** calloutItem is the last entry of the stream, or null after a run that simply ended. */
export function calloutItem(done: Done, diagnosed: boolean): HTMLLIElement | null {
  if (done.reason === "ok" || (done.reason === "compile" && diagnosed)) return null;
  const title = done.reason === "exit" ? `The program ended itself with exit code ${done.code}.` : titles[done.reason] ?? "The run ended.";
  const hint = done.hint ?? hints[done.reason];
  return h("li", { class: `item callout callout-${done.reason}` },
    h("p", { class: "callout-title" }, title, " ", place(done)),
    done.message && !plain.has(done.reason) ? h("pre", { class: "callout-message" }, done.message) : null,
    hint ? h("p", { class: "callout-hint" }, sentence(hint)) : null,
    done.trace ? h("details", { class: "callout-trace" }, h("summary", null, done.reason === "recursion" ? "The calls" : "What Go printed"), h("pre", null, done.trace)) : null);
}

function place(done: Done): HTMLElement | null {
  if (!done.file || !done.line) return null;
  const target = { file: done.file, line: done.line };
  return placeButton(target, `${done.file}:${done.line}`, "place-button");
}
