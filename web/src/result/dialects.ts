// The same statement for several databases, side by side. It is fetched when the reader asks for it.

import { h } from "../dom.ts";
import type { DialectsEvent } from "../runner/protocol.ts";
import { copyButton } from "./copy.ts";
import { differences, type Span } from "./differ.ts";
import type { Compare, Highlight } from "./statement.ts";

const names: Record<string, string> = { sqlite: "SQLite", postgresql: "PostgreSQL", mysql: "MySQL" };

const own = "sqlite"; // the database of the page

type Version = { dialects: string[]; sql?: string; error?: string };

/** compare shows what the statement is for each database; those for which it is the same share a text. */
export const compare: Compare = (sql, told, { highlight, layOut }) => {
  const list = versions(sql, told);
  const shown = (version: Version) => layOut ? layOut(version.sql!, version.dialects[0]) : version.sql!;
  const base = shown(list[0]!);
  const parts = list.map((version) => {
    const called = version.dialects.map((name) => names[name] ?? name).join(" and ");
    if (version.error !== undefined) return part(called, h("p", { class: "dialect-error" }, version.error));
    const text = shown(version);
    return part(called, h("pre", { class: "sql" }, marked(highlight, text, differences(base, text))), copyButton(`Copy ${called}`, () => version.sql!));
  });
  const note = told.text && h("p", { class: "dialects-note" }, "The program wrote this SQL itself: only its binds follow the database.");
  return h("div", { class: "dialects" }, h("div", { class: "dialects-list" }, ...parts), note);
};

function versions(sql: string, { others }: DialectsEvent): Version[] {
  const list: Version[] = [{ dialects: [own], sql }];
  for (const { dialect, ...rest } of others) {
    const same = rest.sql !== undefined && list.find((version) => version.sql === rest.sql);
    if (same) same.dialects.push(dialect);
    else list.push({ dialects: [dialect], ...rest });
  }
  return list;
}

function part(called: string, body: HTMLElement, copy?: HTMLElement): HTMLElement {
  return h("div", { class: "dialect", role: "group", "aria-label": called }, h("p", { class: "dialect-name" }, called, copy), body);
}

// The statement with its colours, and the spans marked across them.
function marked(highlight: Highlight, sql: string, spans: Span[]): HTMLElement {
  const code = h("code", null, highlight(sql));
  let at = 0;
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const all: Text[] = [];
  while (texts.nextNode()) all.push(texts.currentNode as Text);
  for (const node of all) {
    const from = at;
    at += node.length;
    const within = spans.filter((span) => span.from < at && span.to > from);
    if (within.length === 0) continue;
    node.replaceWith(...pieces(node.data, within.map((span) => ({ from: Math.max(span.from - from, 0), to: Math.min(span.to - from, node.length) }))));
  }
  return code;
}

function pieces(text: string, spans: Span[]): (Node | string)[] {
  const list: (Node | string)[] = [];
  let done = 0;
  for (const { from, to } of spans) {
    if (from > done) list.push(text.slice(done, from));
    list.push(h("mark", { class: "differs" }, text.slice(from, to)));
    done = to;
  }
  if (done < text.length) list.push(text.slice(done));
  return list;
}
