// What the page loads only when an editor comes near: CodeMirror with Go, and the colouring of SQL.

export { openEditor, type EditorHandle } from "./open.ts";
export { highlightSQL } from "./sql.ts";
