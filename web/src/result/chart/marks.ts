// What tells series apart: a colour, and a pattern or a dash besides.

import { s } from "./svg.ts";

const colours = 4;

/** colour is the class of a series. */
export function colour(series: number): string {
  return `series-${series % colours}`;
}

const hatches: ((pattern: SVGPatternElement) => void)[] = [
  () => {}, // solid
  (p) => p.append(s("path", { d: "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6", class: "hatch" })),
  (p) => p.append(s("circle", { cx: 2, cy: 2, r: 1.6, class: "dot" }), s("circle", { cx: 6, cy: 6, r: 1.6, class: "dot" })),
  (p) => p.append(s("path", { d: "M0 2 H8 M0 6 H8", class: "hatch" })),
  (p) => p.append(s("path", { d: "M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2", class: "hatch" })),
  (p) => p.append(s("path", { d: "M2 0 V8 M6 0 V8", class: "hatch" })),
];

let charts = 0;

/** Patterns are the fills of one chart's series. */
export class Patterns {
  #prefix = `chart-${++charts}-`;

  // null is the plain colour.
  private fill(series: number): string | null {
    return series % hatches.length === 0 ? null : `url(#${this.#prefix}${series})`;
  }

  /** definitions are what the fills refer to; they may stand once in a document. */
  definitions(series: number): SVGDefsElement {
    const list = Array.from({ length: series }, (_, k) => {
      const pattern = s("pattern", { id: `${this.#prefix}${k}`, class: colour(k), width: 8, height: 8, patternUnits: "userSpaceOnUse" }, s("rect", { width: 8, height: 8, class: "ground" }));
      hatches[k % hatches.length]!(pattern);
      return pattern;
    });
    return s("defs", {}, ...list);
  }

  /** bar is a bar of a series, with its pattern. */
  bar(series: number, x: number, y: number, width: number, height: number): SVGRectElement {
    const fill = this.fill(series);
    const element = bar(series, x, y, width, height);
    if (fill) {
      element.classList.add("hatched");
      element.setAttribute("fill", fill);
    }
    return element;
  }
}

/** bar is a bar of a series without a pattern, where its side tells it apart. */
export function bar(series: number, x: number, y: number, width: number, height: number): SVGRectElement {
  return s("rect", { class: `bar ${colour(series)}`, x, y, width, height });
}

const dashes = [null, "7 3", "2 3", "9 3 2 3", "14 3", "5 3 5 3 1 3"];

/** dash is the dash of a series' line. */
export function dash(series: number): string | null {
  return dashes[series % dashes.length]!;
}
