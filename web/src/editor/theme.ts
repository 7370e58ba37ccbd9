// How the editor looks: every colour is a CSS variable of styles/tokens.css, so light and dark need no code.

import { EditorView } from "@codemirror/view";

const mono = "var(--mono)";

/** theme maps CodeMirror's parts to the page's variables. */
export const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: mono, lineHeight: "var(--code-leading)", overflow: "auto" },
  ".cm-content": { padding: "var(--code-pad) 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 1rem 0 .5rem" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 .5rem 0 .75rem", minWidth: "2.75rem", fontVariantNumeric: "tabular-nums" },
  ".cm-activeLine": { backgroundColor: "var(--line-here)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--line-here)", color: "var(--ink)" },
  "&:not(.cm-focused) .cm-activeLine, &:not(.cm-focused) .cm-activeLineGutter": { backgroundColor: "transparent" },
  ".cm-line.line-sent": { boxShadow: "inset 2px 0 var(--sql)" },
  ".cm-line.line-found": { backgroundColor: "var(--line-found) !important" },
  ".cm-line.line-failed": { backgroundColor: "var(--bad-soft) !important", boxShadow: "inset 3px 0 var(--bad)" },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": { backgroundColor: "var(--bracket)", outline: "none" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-soft)" },
  // The stock marks are data: images, which the page's policy does not let in.
  ".cm-lintRange": { backgroundImage: "none !important", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--bad) 1px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
  ".cm-gutter-lint": { width: ".75rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0", display: "flex", alignItems: "center", justifyContent: "center" },
  ".cm-lint-marker": { width: ".5rem", height: ".5rem", content: "normal !important" },
  ".cm-lint-marker-error": { borderRadius: "50%", backgroundColor: "var(--bad)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--rule)", borderRadius: "var(--radius-s)", fontFamily: "var(--sans)", fontSize: ".875rem", maxWidth: "36rem" },
  ".cm-diagnostic": { padding: ".5rem .75rem", borderLeft: "3px solid var(--bad)", whiteSpace: "pre-wrap" },
});
