// What the drawings of all kinds of charts have in common.

import type { Model } from "./model.ts";

/** Cursor is one value of a chart. */
export interface Cursor {
  place: number;
  series: number;
}

/** Drawing is a chart of one width. */
export interface Drawing {
  /** parts are put into the scroller: the picture, and what stays in view above it. */
  parts: SVGSVGElement[];
  /** drawn is how many places there are in it. */
  drawn: number;
  /** find is the value under a point of the picture, in its pixels. */
  find(x: number, y: number): Cursor | null;
  /** mark shows which value is meant, or none, and gives the part of the picture that is to be seen. */
  mark(cursor: Cursor | null): { top: number; bottom: number } | null;
  /** keys move the cursor: what an arrow key adds to place and series. */
  keys: Record<string, [place: number, series: number]>;
}

/** Draw draws a model. */
export type Draw = (model: Model, width: number, alternative: string) => Drawing;

/** thinned is every how manieth label there is room for. */
export function thinned(count: number, room: number, each: number): number {
  const most = Math.max(1, Math.floor(room / each));
  for (let every = 1; ; every *= 10) for (const times of [1, 2, 5]) if (count / (every * times) <= most) return every * times;
}
