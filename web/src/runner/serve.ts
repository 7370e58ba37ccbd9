// Wires a session to the messages of a worker.

import type { ImportModule } from "./load.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { EventQueue } from "./queue.ts";
import { Session } from "./session.ts";

/** Send posts a message to the page. */
export type Send = (message: FromWorker) => void;

/** serve returns what handles each message from the page. */
export function serve(send: Send, importModule: ImportModule): (request: ToWorker) => Promise<void> {
  // The stack of an infinite recursion through several functions names them all.
  (Error as { stackTraceLimit?: number }).stackTraceLimit = 50;
  const session = new Session(importModule, (assets) => send({ type: "share", assets: { modules: {}, programs: [], ...assets } }));
  return async (request) => {
    const { id } = request;
    const queue = new EventQueue((events) => send({ type: "events", id, events }));
    try {
      const value = await session.handle(request, (event) => queue.add(event));
      queue.flush();
      send({ type: "answer", id, value });
    } catch (err) {
      queue.flush();
      send({ type: "error", id, message: err instanceof Error ? err.message : String(err) });
    }
  };
}
