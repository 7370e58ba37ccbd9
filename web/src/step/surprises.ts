// What a run's databases can surprise with, in words.

import type { Surprise } from "../run/folders.ts";

/** surprises say what has happened. */
export const surprises: Record<Surprise, string> = {
  overwritten: "Another tab ran this step at the same time. The databases are now those that this run left.",
  unreadable: "The databases that were kept for this step could not be read, so this run began without.",
};
