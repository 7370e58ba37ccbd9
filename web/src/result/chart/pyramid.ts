// Bars to both sides of the places, the first place at the bottom.

import { type Draw, thinned } from "./drawing.ts";
import { bar } from "./marks.ts";
import { extent } from "./model.ts";
import { axis, Scale, writer } from "./scale.ts";
import { label, s, widthOf } from "./svg.ts";

const most = 1000; // places
const high = 430; // px of many places
const foot = 24;
const head = 22;

/** drawPyramid is the chart of Pyramid. What is negative is as long as what is positive: there are two sides already. */
export const drawPyramid: Draw = (model, width, alternative) => {
  const drawn = Math.min(model.places.length, most);
  const step = Math.min(22, Math.max(4, Math.floor(high / Math.max(drawn, 1))));
  const bottom = head + drawn * step;
  const labels = Math.min(width * 0.3, 20 + model.places.slice(0, drawn).reduce((wide, text) => Math.max(wide, widthOf(text.slice(0, 40))), 12));
  const [low, top] = extent(model) ?? [0, 0];
  const half = (width - labels) / 2 - 14;
  const about = Math.max(2, Math.floor(half / 80));
  const longest = Math.max(Math.abs(low), Math.abs(top));
  const list = axis(0, longest, about), write = writer(list);
  const end = Math.max(longest, list.at(-1)!);
  const middle = width / 2;
  const sides = [new Scale(0, end, middle - labels / 2, 14), new Scale(0, end, middle + labels / 2, width - 14)];
  const picture = s("svg", { class: "chart-picture", role: "img", "aria-label": alternative, width, height: bottom + foot });
  const bars: SVGRectElement[][] = [];
  const band = s("rect", { class: "chart-band", x: 0, y: 0, width, height: 0 });
  picture.append(band);
  for (const [k, side] of sides.entries()) {
    picture.append(...list.flatMap((n) => [
      s("line", { class: n === 0 ? "zero" : "grid-line", x1: side.at(n), x2: side.at(n), y1: head, y2: bottom }),
      s("text", { class: "chart-tick", x: side.at(n), y: bottom + 16, "text-anchor": n === 0 ? (k === 0 ? "end" : "start") : "middle" }, write(n)),
    ]));
    picture.append(label(model.names[k] ?? "", half, { class: "chart-side", x: side.from, y: 14, "text-anchor": k === 0 ? "end" : "start" }));
  }
  const every = thinned(drawn, drawn * step, 14);
  for (let place = 0; place < drawn; place++) {
    const y = bottom - (place + 1) * step;
    if (place % every === 0) picture.append(label(model.places[place]!, labels - 8, { class: "chart-label", x: middle, y: y + step / 2 + 4, "text-anchor": "middle" }));
    bars.push(sides.map((side, k) => {
      const number = model.values[place]![k]?.number ?? null;
      const wide = number === null || number === 0 ? 0 : Math.max(1, Math.abs(side.at(Math.abs(number)) - side.from));
      return bar(k, k === 0 ? side.from - wide : side.from, y, wide, step > 6 ? step - 2 : step - 0.5);
    }));
    picture.append(...bars[place]!);
  }
  let marked: SVGRectElement | null = null;
  return {
    parts: [picture],
    drawn,
    keys: { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] },
    find(x, y) {
      const place = Math.floor((bottom - y) / step);
      return place < 0 || place >= drawn || model.names.length < 2 ? null : { place, series: x < middle ? 0 : 1 };
    },
    mark(cursor) {
      marked?.classList.remove("marked");
      marked = cursor && bars[cursor.place]![cursor.series]!;
      marked?.classList.add("marked");
      band.setAttribute("height", String(cursor ? step : 0));
      if (!cursor) return null;
      const y = bottom - (cursor.place + 1) * step;
      band.setAttribute("y", String(y - 0.5));
      return { top: y - 10, bottom: y + step + 10 };
    },
  };
};
