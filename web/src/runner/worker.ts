// The worker's entry: messages in, answers and events out.

import { EventQueue } from "./queue.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Session } from "./session.ts";

/** Scope is what is used of the worker's global scope. */
interface Scope {
  onmessage: ((message: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = self as unknown as Scope;
// The stack of an infinite recursion through several functions names them all.
(Error as { stackTraceLimit?: number }).stackTraceLimit = 50;

const session = new Session((url) => import(url));

scope.onmessage = async ({ data: request }) => {
  const { id } = request;
  const queue = new EventQueue((events) => scope.postMessage({ type: "events", id, events }));
  try {
    const value = await session.handle(request, (event) => queue.add(event));
    queue.flush();
    scope.postMessage({ type: "answer", id, value });
  } catch (err) {
    queue.flush();
    scope.postMessage({ type: "error", id, message: err instanceof Error ? err.message : String(err) });
  }
};
