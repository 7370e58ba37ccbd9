// Lines from left to right; a gap in the data is a gap in the line.

import { type Cursor, type Draw, thinned } from "./drawing.ts";
import { colour, dash } from "./marks.ts";
import { extent, type Model } from "./model.ts";
import { axis, placeWriter, Scale, ticks, writer } from "./scale.ts";
import { label, s, widthOf } from "./svg.ts";
import { timeTicks } from "./times.ts";

const height = 300;
const top = 14;
const foot = 28;
const dots = 60; // places that have a dot each

/** drawLine is the chart of Line. */
export const drawLine: Draw = (model, width, alternative) => {
  const [low, high] = extent(model) ?? [0, 0];
  const list = axis(low, high, 5), write = writer(list);
  const left = Math.ceil(list.reduce((wide, n) => Math.max(wide, widthOf(write(n))), 0)) + 12;
  const down = new Scale(Math.min(low, list[0]!), Math.max(high, list.at(-1)!), height - foot, top);
  const places = placesOf(model, left, width - 18);
  const picture = s("svg", { class: "chart-picture", role: "img", "aria-label": alternative, width, height });
  for (const n of list) {
    picture.append(s("line", { class: n === 0 ? "zero" : "grid-line", x1: left, x2: width - 10, y1: down.at(n), y2: down.at(n) }));
    picture.append(s("text", { class: "chart-tick", x: left - 8, y: down.at(n) + 4, "text-anchor": "end" }, write(n)));
  }
  for (const [at, text] of places.ticks) {
    picture.append(s("line", { class: "tick-line", x1: at, x2: at, y1: height - foot, y2: height - foot + 4 }));
    const half = Math.min(widthOf(text), places.room) / 2;
    picture.append(label(text, places.room, { class: "chart-tick", x: Math.min(Math.max(at, half), width - half), y: height - 8, "text-anchor": "middle" }));
  }
  const few = model.places.length <= dots;
  for (const k of model.names.keys()) {
    picture.append(s("path", { class: `line ${colour(k)}`, d: path(model, k, places.at, down), "stroke-dasharray": dash(k) }));
    for (const place of alone(model, k, few)) picture.append(s("circle", { class: `point ${colour(k)}`, cx: places.at[place]!, cy: down.at(model.values[place]![k]!.number!), r: 3 }));
  }
  const rule = s("line", { class: "chart-rule", x1: 0, x2: 0, y1: top, y2: height - foot, visibility: "hidden" });
  const point = s("circle", { class: "chart-point", r: 5, visibility: "hidden" });
  picture.append(rule, point);
  const near = (x: number, y: number): Cursor | null => nearest(model, places.at, down, x, y);
  return {
    parts: [picture],
    drawn: model.places.length,
    keys: { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] },
    find: near,
    mark(cursor) {
      const x = cursor ? places.at[cursor.place]! : NaN;
      const number = cursor ? model.values[cursor.place]![cursor.series]!.number : null;
      rule.setAttribute("visibility", Number.isNaN(x) ? "hidden" : "visible");
      point.setAttribute("visibility", Number.isNaN(x) || number === null ? "hidden" : "visible");
      if (!cursor || Number.isNaN(x)) return null;
      rule.setAttribute("x1", String(x));
      rule.setAttribute("x2", String(x));
      point.setAttribute("class", `chart-point ${colour(cursor.series)}`);
      point.setAttribute("cx", String(x));
      if (number !== null) point.setAttribute("cy", String(down.at(number)));
      return { top: 0, bottom: height };
    },
  };
};

type Places = { at: number[]; ticks: [at: number, text: string][]; room: number };

// A place that is no number, among numbers, is nowhere.
function placesOf(model: Model, left: number, right: number): Places {
  const wide = right - left;
  if (!model.order) {
    const scale = new Scale(0, Math.max(model.places.length - 1, 1), left + 12, right - 12);
    const each = Math.min(120, Math.max(36, ...model.places.slice(0, 500).map((text) => widthOf(text.slice(0, 40)) + 12)));
    const every = thinned(model.places.length, wide, 1.4 * each);
    const at = model.places.map((_, i) => (model.places.length === 1 ? (left + right) / 2 : scale.at(i)));
    return { at, ticks: model.places.flatMap((text, i): [number, string][] => (i % every === 0 ? [[at[i]!, text]] : [])), room: each };
  }
  const known = model.order.filter((n) => !Number.isNaN(n));
  const low = known[0]!, high = known.at(-1)!;
  const scale = new Scale(low, high, left + 6, right - 6);
  const at = model.order.map((n) => (Number.isNaN(n) ? NaN : scale.at(n)));
  if (low === high) return { at, ticks: [[scale.at(low), model.places[0]!]], room: wide };
  if (model.time) {
    const list = timeTicks(low, high, wide / 100);
    return { at, ticks: list.map(([n, text]) => [scale.at(n), text]), room: 100 };
  }
  const list = ticks(low, high, wide / 80), write = placeWriter(list);
  return { at, ticks: list.map((n) => [scale.at(n), write(n)]), room: 80 };
}

function path(model: Model, series: number, at: number[], down: Scale): string {
  let d = "", pen = false;
  for (const [place, values] of model.values.entries()) {
    const number = values[series]!.number, x = at[place]!;
    if (number === null || Number.isNaN(x)) {
      pen = false;
      continue;
    }
    d += `${pen ? "L" : "M"}${x.toFixed(1)} ${down.at(number).toFixed(1)}`;
    pen = true;
  }
  return d;
}

// alone are the places that need a dot: all of few, and of many those between two gaps, which no line reaches.
function alone(model: Model, series: number, all: boolean): number[] {
  const there = (place: number): boolean => typeof model.values[place]?.[series]?.number === "number" && (!model.order || !Number.isNaN(model.order[place]!));
  return [...model.places.keys()].filter((place) => there(place) && (all || (!there(place - 1) && !there(place + 1))));
}

// The place nearest to x that is drawn, and its series nearest to y.
function nearest(model: Model, at: number[], down: Scale, x: number, y: number): Cursor | null {
  let best = -1;
  for (const [place, one] of at.entries()) if (!Number.isNaN(one) && (best < 0 || Math.abs(one - x) < Math.abs(at[best]! - x))) best = place;
  if (best < 0 || model.names.length === 0) return null;
  const away = (series: number): number => {
    const number = model.values[best]![series]!.number;
    return number === null ? Infinity : Math.abs(down.at(number) - y);
  };
  const series = model.names.map((_, k) => k).reduce((a, b) => (away(b) < away(a) ? b : a), 0);
  return { place: best, series };
}
