// Puts events into messages: at once while there are few, so that nothing is
// held back from a program that then loops for ever; in batches when there are
// many. The last batch of a program that sleeps goes when its time is over.

import type { RunEvent } from "./protocol.ts";

const atOnce = 500; // events that are sent one by one
const batchMs = 25;

/** EventQueue joins the events of one request. */
export class EventQueue {
  private waiting: RunEvent[] = [];
  private count = 0;
  private sent = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private send: (events: RunEvent[]) => void) {}

  add(event: RunEvent): void {
    const urgent = event.type === "phase" || event.type === "done";
    if (!urgent) this.count++; // loading tells of its progress a thousand times
    this.join(event);
    if (urgent || this.count <= atOnce || performance.now() - this.sent > batchMs) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), batchMs);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    this.send(this.waiting);
    this.waiting = [];
    this.sent = performance.now();
  }

  /** join adds printed text to the text before it. */
  private join(event: RunEvent): void {
    const last = this.waiting.at(-1);
    if (last && (event.type === "stdout" || event.type === "stderr") && last.type === event.type) {
      last.text += event.text;
    } else {
      this.waiting.push(event.type === "stdout" || event.type === "stderr" ? { ...event } : event);
    }
  }
}
