// The page's end of one worker: requests become promises.

import type { Answers, Assets, FromWorker, Request, RunEvent, ToWorker } from "./protocol.ts";

/** Port is what is used of a Worker. */
export interface Port {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((message: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Terminated is the error of requests whose worker was ended before it answered. */
export class Terminated extends Error {
  constructor() {
    super("the worker was ended");
  }
}

interface Waiting {
  resolve: (value: never) => void;
  reject: (err: Error) => void;
  onEvents: (events: RunEvent[]) => void;
}

/** Client asks one worker. */
export class Client {
  private nextID = 1;
  private waiting = new Map<number, Waiting>();
  private failure: Error | undefined;

  /** onShare is given what the worker has loaded and built, for other workers. */
  constructor(private port: Port, private onShare: (assets: Assets) => void) {
    port.onmessage = ({ data }) => this.receive(data);
    port.onerror = (event) => this.fail(new Error(event.message || "the worker could not be started"));
  }

  request<R extends Request>(request: R, onEvents: (events: RunEvent[]) => void = () => {}): Promise<Answers[R["type"]]> {
    if (this.failure) return Promise.reject(this.failure);
    const id = this.nextID++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onEvents });
      this.port.postMessage({ ...request, id });
    });
  }

  /** terminate ends the worker whatever it does; what was asked of it fails. */
  terminate(): void {
    this.port.terminate();
    this.fail(new Terminated());
  }

  private receive(message: FromWorker): void {
    if (message.type === "share") return this.onShare(message.assets);
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    if (message.type === "events") {
      waiting.onEvents(message.events);
      return;
    }
    this.waiting.delete(message.id);
    if (message.type === "answer") waiting.resolve(message.value as never);
    else waiting.reject(new Error(message.message));
  }

  private fail(err: Error): void {
    this.failure ??= err;
    for (const { reject } of this.waiting.values()) reject(this.failure);
    this.waiting.clear();
  }
}
