// The page's checker: one for all its steps, loaded once, missed by nobody if it cannot be.

import { meta } from "../dom.ts";
import { CheckerClient } from "./client.ts";
import type { Answers, Question } from "./protocol.ts";

let client: Promise<CheckerClient> | null = null;
let tell: (is: boolean) => void = () => {};

/** ready resolves when the checker is there, with false when it cannot be had. */
export const ready = new Promise<boolean>((resolve) => (tell = resolve));

/** load starts the checker, once; it tells whether there is one. A page works without it. */
export async function load(): Promise<boolean> {
  if (!client) {
    client = start();
    client.then(() => tell(true), () => tell(false));
  }
  return ready;
}

/** ask asks the page's checker; where there is none the answer is an error. */
export async function ask<Q extends Question>(question: Q): Promise<Answers[Q["type"]]> {
  if (!client) throw new Error("the checker is not loaded yet");
  return (await client).ask(question);
}

async function start(): Promise<CheckerClient> {
  if (!meta("toolchain") || !meta("checker")) throw new Error("this site was built without a checker");
  const root = new URL(meta("root"), document.baseURI);
  const one = new CheckerClient(new Worker(new URL(meta("checker"), root), { type: "module" }));
  try {
    await one.ask({ type: "load", url: new URL(meta("toolchain"), root).href });
  } catch (err) {
    one.close();
    throw err;
  }
  return one;
}
