// What the site tells its service worker, in front of the worker's script.

/** Config lists what is kept; paths are below the site's root. */
export type Config = {
  off?: boolean; // the kill switch: forget everything and go away
  version: string;
  pages: string[];
  assets: string[]; // hash-named, small: kept at once
  tools: string[]; // hash-named, large: kept when the page says so
};

/** ToWorker and ToPage are the messages between a page and the worker. */
export type ToWorker = { type: "keep" } | { type: "waiting"; version: string } | { type: "activate" };
export type ToPage = { type: "kept"; failed: boolean } | { type: "ready" };
