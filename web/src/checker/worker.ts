// The entry of the checker's worker.

import type { FromChecker, ToChecker } from "./protocol.ts";
import { CheckerSession } from "./session.ts";

/** Scope is what is used of a worker's global scope. */
interface Scope {
  onmessage: ((message: MessageEvent<ToChecker>) => void) | null;
  postMessage(message: FromChecker): void;
}

const scope = self as unknown as Scope;
const session = new CheckerSession((url) => import(url));

scope.onmessage = ({ data }) => {
  const { id } = data;
  session.answer(data).then(
    (value) => scope.postMessage({ id, value }),
    (err: unknown) => scope.postMessage({ id, error: err instanceof Error ? err.message : String(err) }),
  );
};
