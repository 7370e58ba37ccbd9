// Bars to the right, and to the left if they are negative; the scale stays in view above them.

import type { Cursor, Draw } from "./drawing.ts";
import { Patterns } from "./marks.ts";
import { extent, type Model } from "./model.ts";
import { axis, Scale, writer } from "./scale.ts";
import { label, s, widthOf } from "./svg.ts";

const most = 2000; // bars
const axisHeight = 24;
const between = 6; // px between two places

/** drawBars is the chart of Bar. */
export const drawBars: Draw = (model, width, alternative) => {
  const series = model.names.length;
  const thick = series === 1 ? 16 : series < 4 ? 12 : 8;
  const step = thick * series + between;
  const drawn = Math.min(model.places.length, Math.floor(most / Math.max(series, 1)));
  const height = drawn * step + between;
  const left = labelWidth(model, drawn, width);
  const [low, high] = extent(model) ?? [0, 0];
  const about = Math.max(2, Math.floor((width - left) / 90));
  const list = axis(Math.min(low, 0), Math.max(high, 0), about);
  const scale = new Scale(Math.min(low, list[0]!), Math.max(high, list.at(-1)!), left, width - 18);
  const zero = scale.at(0);
  const patterns = new Patterns();
  const bars: SVGRectElement[][] = [];
  const picture = s("svg", { class: "chart-picture", role: "img", "aria-label": alternative, width, height }, patterns.definitions(series));
  picture.append(...list.map((n) => s("line", { class: n === 0 ? "zero" : "grid-line", x1: scale.at(n), x2: scale.at(n), y1: 0, y2: height })));
  for (let place = 0; place < drawn; place++) {
    const top = between + place * step;
    picture.append(label(model.places[place]!, left - 10, { class: "chart-label", x: left - 8, y: top + (step - between) / 2 + 4, "text-anchor": "end" }));
    bars.push(model.values[place]!.map(({ number }, k) => {
      const at = scale.at(number ?? 0);
      const wide = number === null ? 0 : number === 0 ? 0 : Math.max(Math.abs(at - zero), 1);
      return patterns.bar(k, at < zero ? zero - wide : zero, top + k * thick, wide, thick - 1);
    }));
    picture.append(...bars[place]!);
  }
  let marked: SVGRectElement | null = null;
  const band = s("rect", { class: "chart-band", x: 0, y: 0, width, height: 0 });
  picture.prepend(band);
  return {
    parts: [head(list, scale, width), picture],
    drawn,
    keys: { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] },
    find(_, y) {
      const place = Math.floor((y - between / 2) / step);
      if (place < 0 || place >= drawn) return null;
      return { place, series: Math.max(0, Math.min(series - 1, Math.floor((y - between - place * step) / thick))) };
    },
    mark(cursor: Cursor | null) {
      marked?.classList.remove("marked");
      marked = cursor && bars[cursor.place]![cursor.series]!;
      marked?.classList.add("marked");
      band.setAttribute("height", String(cursor ? thick : 0));
      if (!cursor) return null;
      const top = between + cursor.place * step + cursor.series * thick;
      band.setAttribute("y", String(top - 0.5));
      return { top: top - axisHeight, bottom: top + thick + axisHeight };
    },
  };
};

function head(list: number[], scale: Scale, width: number): SVGSVGElement {
  const write = writer(list);
  const labels = list.map((n) => {
    const text = write(n), half = widthOf(text) / 2;
    return s("text", { class: "chart-tick", x: Math.min(Math.max(scale.at(n), half), width - half), y: 16, "text-anchor": "middle" }, text);
  });
  return s("svg", { class: "chart-axis", "aria-hidden": "true", width, height: axisHeight }, ...labels, s("line", { class: "zero", x1: scale.from, x2: scale.to, y1: axisHeight - 0.5, y2: axisHeight - 0.5 }));
}

// Labels get what they need, but at most two fifths.
function labelWidth(model: Model, drawn: number, width: number): number {
  let wide = 24;
  for (const text of model.places.slice(0, drawn)) {
    wide = Math.max(wide, widthOf(text.slice(0, 60)));
    if (wide > width * 0.4) return Math.round(width * 0.4);
  }
  return Math.ceil(wide) + 14;
}
