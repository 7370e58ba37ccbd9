// A learner's edits, kept per step and file beside the hash of the original they were made to.
// Storage may be full, forbidden or broken: then edits live only as long as the page.

type Saved = { original: string; text: string };

/** Draft is what was kept for a file: its text, and whether the lesson has changed since. */
export type Draft = { text: string; stale: boolean };

/** load gives the kept edit of a file, or null. */
export function load(step: string, file: string, original: string): Draft | null {
  try {
    const raw = localStorage.getItem(key(step, file));
    if (raw === null) return null;
    const saved = JSON.parse(raw) as Partial<Saved>;
    if (typeof saved.text !== "string") return null;
    return { text: saved.text, stale: saved.original !== hash(original) };
  } catch {
    return null;
  }
}

/** save keeps a file's edit, or forgets it when the text is the original again. */
export function save(step: string, file: string, original: string, text: string): void {
  try {
    if (text === original) localStorage.removeItem(key(step, file));
    else localStorage.setItem(key(step, file), JSON.stringify({ original: hash(original), text } satisfies Saved));
  } catch {
    // Nothing to do: the text is still in the editor.
  }
}

function key(step: string, file: string): string {
  return `ormlab:edit:${step}/${file}`;
}

/** hash is FNV-1a: it only has to notice that a lesson's text has changed. */
export function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16).padStart(8, "0");
}
