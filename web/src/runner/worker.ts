// The worker's entry.

import type { FromWorker, ToWorker } from "./protocol.ts";
import { serve } from "./serve.ts";

/** Scope is what is used of a worker's global scope. */
interface Scope {
  onmessage: ((message: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = self as unknown as Scope;
const receive = serve((message) => scope.postMessage(message), (url) => import(url));
scope.onmessage = ({ data }) => void receive(data);
