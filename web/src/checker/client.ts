// The page's end of the checker: questions become promises, and of two of a
// kind only the newer is asked.

import type { Answers, FromChecker, Question, ToChecker } from "./protocol.ts";

/** Port is what is used of a Worker. */
export interface Port {
  postMessage(message: ToChecker): void;
  terminate(): void;
  onmessage: ((message: MessageEvent<FromChecker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Stale is the error of a question that a newer one has replaced. */
export class Stale extends Error {
  constructor() {
    super("a newer question has replaced this one");
  }
}

interface Waiting {
  question: Question;
  resolve: (value: never) => void;
  reject: (err: Error) => void;
}

/** CheckerClient asks one worker, one question at a time. */
export class CheckerClient {
  private waiting = new Map<string, Waiting>(); // by kind, in the order of asking
  private asked: Waiting | undefined;
  private id = 0;
  private failure: Error | undefined;

  constructor(private port: Port) {
    port.onmessage = ({ data }) => this.receive(data);
    port.onerror = (event) => this.fail(new Error(event.message || "the checker could not be started"));
  }

  /** ask asks; the answer of a question that was replaced before it was asked is the error Stale. */
  ask<Q extends Question>(question: Q): Promise<Answers[Q["type"]]> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      const kind = kindOf(question);
      this.waiting.get(kind)?.reject(new Stale());
      this.waiting.delete(kind);
      this.waiting.set(kind, { question, resolve, reject });
      this.next();
    });
  }

  /** close ends the worker; what was asked of it fails. */
  close(): void {
    this.fail(new Error("the checker was ended"));
  }

  private next(): void {
    if (this.asked) return;
    for (const [kind, one] of this.waiting) {
      this.waiting.delete(kind);
      this.asked = one;
      this.port.postMessage({ ...one.question, id: ++this.id });
      return;
    }
  }

  private receive(message: FromChecker): void {
    const one = this.asked;
    if (!one || message.id !== this.id) return;
    this.asked = undefined;
    if ("error" in message) one.reject(new Error(message.error));
    else one.resolve(message.value as never);
    this.next();
  }

  private fail(err: Error): void {
    this.failure ??= err;
    this.port.terminate();
    for (const one of [this.asked, ...this.waiting.values()]) one?.reject(this.failure);
    this.asked = undefined;
    this.waiting.clear();
  }
}

// Two questions are of a kind if the answer to the newer makes that to the older useless.
function kindOf(question: Question): string {
  if (question.type === "doc") return `doc ${question.key.join(" ")}`;
  if (question.type === "models") return JSON.stringify(question); // several steps may ask
  return question.type;
}
