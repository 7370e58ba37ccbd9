// Small things that are kept at once: localStorage, which may be full, forbidden or broken.

import { report } from "./trouble.ts";

const prefix = "ormlab:";

/** read gives what is kept under a key, or null. */
export function read(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

/** write keeps a text, or forgets it when it is null, and tells whether that worked; if not, the page says so. */
export function write(key: string, text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, text);
    return true;
  } catch (cause) {
    report(cause);
    return false;
  }
}

/** onWrite tells when another tab has written under a key. */
export function onWrite(key: string, act: (text: string | null) => void): void {
  addEventListener("storage", (event) => {
    if (event.key === prefix + key) act(event.newValue);
  });
}
