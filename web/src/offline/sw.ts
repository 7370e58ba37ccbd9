// The service worker: the site works without a network after one visit.
//
// Pages come from the network first, so nobody is held at an old version; what has a hash in its name comes
// from the cache first, since it never changes. A new worker waits until its pages are shown, or its reader agrees.

import type { Config, ToPage, ToWorker } from "./config.ts";

/** Scope is what is used of the worker's global scope. */
interface Scope {
  ormlab: Config;
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", act: (event: Extendable) => void): void;
  addEventListener(type: "fetch", act: (event: Extendable & { request: Request; respondWith(response: Promise<Response>): void }) => void): void;
  addEventListener(type: "message", act: (event: Extendable & { data: unknown; source: { postMessage(message: ToPage): void } | null }) => void): void;
}
interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

const worker = self as unknown as Scope;
const config = worker.ormlab;
const scope = new URL(worker.registration.scope);
const prefix = `ormlab ${scope.pathname} `; // other sites of this origin have caches too
const kept = `${prefix}kept`;
const pages = `${prefix}pages ${config.version}`;
const at = (path: string) => new URL(path, scope).href;
const list = at("service-worker-list"); // under this name, what the worker before this one kept

/** patience is how long a network that is there but does not answer may keep a page, in milliseconds. */
const patience = 4000;

worker.addEventListener("install", (event) => {
  if (config.off) return void worker.skipWaiting();
  event.waitUntil(Promise.all([keepPages(), keep(config.assets)]));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(config.off ? leave() : takeOver());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (config.off || request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length);
  if (/^(assets|toolchain\/[^/]+\/programs)\//.test(path)) event.respondWith(fromCache(request));
  else if (path.startsWith("toolchain/")) event.respondWith(passedOn(request));
  else event.respondWith(fromNetwork(request));
});

worker.addEventListener("message", (event) => {
  const message = event.data as ToWorker;
  const answer = (reply: ToPage) => event.source?.postMessage(reply);
  switch (message.type) {
    case "keep":
      return event.waitUntil(keep(config.tools).then(() => answer({ type: "kept", failed: false }), () => answer({ type: "kept", failed: true })));
    case "waiting": // a page that is of this version already has nothing to ask its reader
      return message.version === config.version ? void worker.skipWaiting() : answer({ type: "ready" });
    case "activate":
      return void worker.skipWaiting();
  }
});

async function keepPages(): Promise<void> {
  const cache = await caches.open(pages);
  await cache.addAll(config.pages.map((path) => new Request(at(path), { cache: "no-cache" })));
}

/** keep fetches what is not kept yet; the browser's own cache may have it. */
async function keep(paths: string[]): Promise<void> {
  const cache = await caches.open(kept);
  for (const path of paths) {
    if (!(await cache.match(at(path)))) await cache.add(at(path));
  }
}

/** takeOver forgets what neither this version nor the one before needs: its pages may still be open. */
async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(`${prefix}pages `) && name !== pages) await caches.delete(name);
  }
  const cache = await caches.open(kept);
  const before = ((await (await cache.match(list))?.json()) ?? []) as string[];
  const own = [...config.assets, ...config.tools];
  const needed = new Set([...own, ...before].map(at));
  const folders = [...own, ...before].map(toolset).filter(Boolean).map(at);
  for (const { url } of await cache.keys()) {
    if (url !== list && !needed.has(url) && !folders.some((folder) => url.startsWith(folder))) await cache.delete(url);
  }
  await cache.put(list, Response.json(own));
  await worker.clients.claim();
}

/** toolset is the folder of a tool set, in which programs are kept as they are used. */
function toolset(path: string): string {
  return /^toolchain\/[^/]+\//.exec(path)?.[0] ?? "";
}

async function leave(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
  await worker.registration.unregister();
}

async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(kept);
  const there = await cache.match(request.url);
  if (there) return there;
  const response = await fetch(request);
  if (response.ok && response.status === 200) void cache.put(request.url, response.clone()).catch(() => {}); // full: it comes from the network again
  return response;
}

/**
 * passedOn is for the tools. The browser keeps the machine code of a module with the response of its own cache, where
 * the module most often is, and would compile one that a worker hands out anew at each visit.
 */
async function passedOn(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    const there = await (await caches.open(kept)).match(request.url);
    if (there) return there;
    throw cause;
  }
}

async function fromNetwork(request: Request): Promise<Response> {
  const answer = fetch(request);
  answer.catch(() => {}); // there may be another answer
  const cache = await caches.open(pages);
  const there = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (!there) return answer;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(there), patience));
  return Promise.race([answer.catch(() => there), late]);
}
