// Colours SQL with the editor's own parser, into spans of text.

import { SQLite } from "@codemirror/lang-sql";
import { classHighlighter, highlightTree } from "@lezer/highlight";
import { h } from "../dom.ts";

/** highlightSQL gives the statement as text nodes and spans with tok-… classes. */
export function highlightSQL(sql: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let done = 0;
  highlightTree(SQLite.language.parser.parse(sql), classHighlighter, (from, to, classes) => {
    if (from > done) fragment.append(sql.slice(done, from));
    fragment.append(h("span", { class: classes }, sql.slice(from, to)));
    done = to;
  });
  if (done < sql.length) fragment.append(sql.slice(done));
  return fragment;
}
