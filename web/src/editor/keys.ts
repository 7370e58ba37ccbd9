// The keys of the editor: one table that binds them and that the list of keys is made from.

/** Action is something that a key of the editor does. */
export type Action =
  | "run" | "save" | "format" | "complete" | "hover" | "signature" | "definition" | "rename"
  | "fix" | "nextProblem" | "previousProblem" | "problems" | "nextFile" | "previousFile" | "keys";

/** Key is a line of the table. keys is in CodeMirror's words, where Mod is Command on a Mac and Control elsewhere. */
export type Key = { keys: string; says: string; action?: Action };

/** Group is some keys of one kind. */
export type Group = { name: string; keys: Key[] };

/** groups is the table. Lines without an action are bound elsewhere: by the browser, CodeMirror or the tabs. */
export const groups: Group[] = [
  {
    name: "Program",
    keys: [
      { keys: "Mod-Enter", says: "Run the program", action: "run" },
      { keys: "Mod-s", says: "Format and keep the file", action: "save" },
      { keys: "Shift-Alt-f", says: "Format the file; imports are put right", action: "format" },
      { keys: "Alt-Enter", says: "Go to the first SQL statement of the line" },
      { keys: "F1", says: "Show these keys", action: "keys" },
    ],
  },
  {
    name: "Code",
    keys: [
      { keys: "Ctrl-Space", says: "Complete", action: "complete" },
      { keys: "Mod-k Mod-i", says: "What the name at the cursor means", action: "hover" },
      { keys: "Mod-Shift-Space", says: "Parameters of the call", action: "signature" },
      { keys: "F12", says: "Go to the declaration", action: "definition" },
      { keys: "F2", says: "Rename in all files", action: "rename" },
    ],
  },
  {
    name: "Problems",
    keys: [
      { keys: "F8", says: "Next problem", action: "nextProblem" },
      { keys: "Shift-F8", says: "Previous problem", action: "previousProblem" },
      { keys: "Mod-.", says: "Put the problem at the cursor right", action: "fix" },
      { keys: "Mod-Shift-m", says: "List of problems", action: "problems" },
    ],
  },
  {
    name: "Files",
    keys: [
      { keys: "Alt-PageDown", says: "Next file", action: "nextFile" },
      { keys: "Alt-PageUp", says: "Previous file", action: "previousFile" },
      { keys: "F2", says: "Rename the file, on its tab" },
      { keys: "Delete", says: "Remove the file, on its tab" },
    ],
  },
  {
    name: "Editing",
    keys: [
      { keys: "Tab", says: "Indent" },
      { keys: "Escape Tab", says: "Leave the editor" },
      { keys: "Mod-/", says: "Comment or uncomment" },
      { keys: "Alt-ArrowUp", says: "Move the line up; with the other arrow, down" },
      { keys: "Mod-z", says: "Undo" },
    ],
  },
];

const apple = /Mac|iPhone|iPad/.test(navigator.platform);
const names: Record<string, string> = apple
  ? { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧", ArrowUp: "↑", Escape: "Esc" }
  : { Mod: "Ctrl", ArrowUp: "↑", Escape: "Esc", PageUp: "Page Up", PageDown: "Page Down" };

/** strokes are what is printed on the keys: a list of strokes one after another, each some keys together. */
export function strokes(keys: string): string[][] {
  return keys.split(" ").map((stroke) => stroke.split("-").map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)));
}

/** bindings are the keys that do something, for CodeMirror. */
export function bindings(actions: Record<Action, () => boolean>): { key: string; run: () => boolean; preventDefault: boolean }[] {
  return groups.flatMap((group) => group.keys).flatMap(({ keys, action }) => (action ? [{ key: keys, run: actions[action], preventDefault: true }] : []));
}
