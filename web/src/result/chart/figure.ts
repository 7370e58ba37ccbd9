// A chart in the page: drawn to the width it has, read by pointing or by arrow keys, told in words.

import { h } from "../../dom.ts";
import { count } from "../../format.ts";
import type { ShowDoc } from "../../runner/protocol.ts";
import { drawBars } from "./bars.ts";
import type { Cursor, Draw, Drawing } from "./drawing.ts";
import { drawLine } from "./line.ts";
import { colour, dash, Patterns } from "./marks.ts";
import { type Model, modelOf } from "./model.ts";
import { drawPyramid } from "./pyramid.ts";
import { s } from "./svg.ts";
import { reading, summary } from "./words.ts";

const draws: Record<Model["kind"], Draw> = { bar: drawBars, line: drawLine, pyramid: drawPyramid };
const leap = 10; // places that Page Up and Page Down move
const hint = "Point at the chart, or use the arrow keys, to read its values.";

/** figure is the chart of a document. */
export function figure(doc: ShowDoc): HTMLElement {
  const model = modelOf(doc);
  if (model.places.length === 0 || model.names.length === 0) return h("p", { class: "chart-empty", role: "img", "aria-label": summary(model) }, "No rows to draw.");
  return new Figure(model).element;
}

class Figure {
  readonly element: HTMLElement;
  #model: Model;
  #alternative: string;
  #scroller: HTMLElement;
  #value = h("p", { class: "chart-value", "aria-live": "polite" }, hint);
  #note = h("p", { class: "chart-note" });
  #drawing: Drawing | null = null;
  #width = 0;
  #cursor: Cursor | null = null;

  constructor(model: Model) {
    this.#model = model;
    this.#alternative = summary(model);
    this.#scroller = h("div", { class: `chart-scroll chart-${model.kind}`, tabindex: 0, role: "group", "aria-label": `${this.#alternative} Arrow keys read its values.`,
      onkeydown: (event) => this.#key(event as KeyboardEvent), onpointermove: (event) => this.#point(event as PointerEvent), onpointerdown: (event) => this.#point(event as PointerEvent),
      onpointerleave: (event) => (event as PointerEvent).pointerType !== "touch" && this.#move(null), onblur: () => this.#move(null) });
    this.element = h("figure", { class: "chart-figure" }, model.names.length > 1 && model.kind !== "pyramid" ? key(model) : null, this.#scroller, this.#value, this.#note);
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
  }

  #draw(): void {
    const width = Math.floor(this.#scroller.clientWidth);
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    this.#drawing = draws[this.#model.kind](this.#model, width, this.#alternative);
    this.#scroller.replaceChildren(...this.#drawing.parts);
    const { drawn } = this.#drawing, all = this.#model.places.length;
    this.#note.textContent = drawn < all ? `The first ${count(drawn)} of ${count(all)} places are drawn; the table has all rows.` : "";
    if (this.#cursor) this.#drawing.mark(this.#cursor);
  }

  #point(event: PointerEvent): void {
    const picture = this.#drawing?.parts.at(-1);
    if (!picture) return;
    const { left, top } = picture.getBoundingClientRect();
    this.#move(this.#drawing!.find(event.clientX - left, event.clientY - top));
  }

  #key(event: KeyboardEvent): void {
    if (!this.#drawing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { drawn, keys } = this.#drawing;
    const last = drawn - 1, at = this.#cursor;
    const up = (keys["ArrowUp"]![0] || 1) * leap; // to the right, in a line
    const step = keys[event.key] ?? (event.key === "PageUp" ? [up, 0] : event.key === "PageDown" ? [-up, 0] : null);
    if (event.key === "Escape") this.#move(null);
    else if (event.key === "Home" || event.key === "End") this.#reach({ place: event.key === "Home" ? 0 : last, series: at?.series ?? 0 });
    else if (step) this.#reach(at ? { place: clamp(at.place + step[0], last), series: clamp(at.series + step[1], this.#model.names.length - 1) } : { place: 0, series: 0 });
    else return;
    event.preventDefault();
  }

  #reach(cursor: Cursor): void {
    const seen = this.#move(cursor);
    if (!seen) return;
    const { scrollTop, clientHeight } = this.#scroller;
    const head = this.#drawing!.parts.length > 1 ? this.#drawing!.parts[0]!.clientHeight : 0;
    if (seen.top < scrollTop) this.#scroller.scrollTop = seen.top;
    else if (seen.bottom + head > scrollTop + clientHeight) this.#scroller.scrollTop = seen.bottom + head - clientHeight;
  }

  #move(cursor: Cursor | null): ReturnType<Drawing["mark"]> {
    this.#cursor = cursor;
    this.#value.textContent = cursor ? reading(this.#model, cursor.place, cursor.series) : hint;
    return this.#drawing?.mark(cursor) ?? null;
  }
}

function clamp(n: number, last: number): number {
  return Math.max(0, Math.min(last, n));
}

function key(model: Model): HTMLElement {
  const patterns = new Patterns();
  const swatch = (k: number): SVGSVGElement => s("svg", { class: "chart-swatch", "aria-hidden": "true", width: 26, height: 12 },
    ...(model.kind === "line" ? [s("path", { class: `line ${colour(k)}`, d: "M1 6H25", "stroke-dasharray": dash(k) })] : [patterns.definitions(k + 1), patterns.bar(k, 1, 1, 24, 10)]));
  return h("ul", { class: "chart-key", "aria-label": "Series" }, ...model.names.map((name, k) => h("li", null, swatch(k), name)));
}
