// Colours Go with the editor's own parser, into spans of text.

import { goLanguage } from "@codemirror/lang-go";
import { classHighlighter, highlightTree } from "@lezer/highlight";
import { h } from "../dom.ts";

/** colour gives Go source as text nodes and spans with tok-… classes. */
export function colour(code: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let done = 0;
  highlightTree(goLanguage.parser.parse(code), classHighlighter, (from, to, classes) => {
    if (from > done) fragment.append(code.slice(done, from));
    fragment.append(h("span", { class: classes }, code.slice(from, to)));
    done = to;
  });
  if (done < code.length) fragment.append(code.slice(done));
  return fragment;
}
