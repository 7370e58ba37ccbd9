// Why nothing is kept, in words, with what to do.

import type { Trouble } from "../store/trouble.ts";

/** troubles say what has happened. */
export const troubles: Record<Trouble, string> = {
  full: "The browser's storage for this site is full, so what you change now is not kept. Everything else works; copy what you want to keep before you close the page.",
  denied: "The browser does not let this page keep anything, so what you change lasts as long as the page is open. Everything else works.",
};
