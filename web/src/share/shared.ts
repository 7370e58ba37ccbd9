// A program that came by a link: a step of its own, which shows the program and waits for its reader.

import { h } from "../dom.ts";
import type { SourceFile } from "../runner/protocol.ts";

/** warning is what its reader should know. */
export const warning = "This program came with a link. Read it before you run it; it runs only when you press Run, and it reaches nothing but this page's databases.";

/** sharedStep makes the step; the same link leads to the same edits and databases. */
export function sharedStep(code: string, files: SourceFile[]): HTMLElement {
  const sorted = [...files].sort((a, b) => Number(b.name === "main.go") - Number(a.name === "main.go"));
  const step = document.createElement("orm-step");
  step.id = "shared";
  step.dataset.step = `shared/${name(code)}`;
  step.dataset.warning = warning;
  step.append(...sorted.map((file) => h("figure", { class: "file", "data-file": file.name },
    h("figcaption", null, file.name), h("pre", { class: "chroma", tabindex: "0" }, h("code", null, file.text)))));
  return step;
}

// Two hashes of 32 bits: enough to tell a person's links from each other.
function name(code: string): string {
  let a = 0x811c9dc5, b = 5381;
  for (let i = 0; i < code.length; i++) {
    a = Math.imul(a ^ code.charCodeAt(i), 0x01000193);
    b = (Math.imul(b, 33) + code.charCodeAt(i)) | 0;
  }
  return [a, b].map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("");
}
