// What a chart says in words.

import { count, counted } from "../../format.ts";
import type { Model } from "./model.ts";

const kinds = { bar: "Bar chart", line: "Line chart", pyramid: "Pyramid" };
const told = 4; // series, one by one

/** summary is the text alternative of a chart: what it is, and what stands out. */
export function summary(model: Model): string {
  const head = `${kinds[model.kind]}${model.title ? `: ${short(model.title)}` : ""}.`;
  if (model.places.length === 0) return `${head} There are no rows.`;
  const places = `${counted(model.places.length, "place")} by ${short(model.across)}, from ${short(model.places[0]!)} to ${short(model.places.at(-1)!)}.`;
  const series = model.names.slice(0, told).map((name, k) => range(model, name, k));
  const rest = model.names.length > told ? [`${count(model.names.length - told)} more series.`] : [];
  return [head, places, ...series, ...rest].join(" ");
}

function range(model: Model, name: string, series: number): string {
  let low = -1, high = -1, gaps = 0;
  const number = (place: number): number => model.values[place]![series]!.number!;
  for (const [place, values] of model.values.entries()) {
    if (values[series]!.number === null) {
      gaps++;
      continue;
    }
    if (low < 0 || number(place) < number(low)) low = place;
    if (high < 0 || number(place) > number(high)) high = place;
  }
  if (low < 0) return `${short(name)}: no numbers.`;
  const missing = gaps > 0 ? `, ${counted(gaps, "gap")}` : "";
  const text = (place: number): string => `${grouped(model.values[place]![series]!.text)} (${short(model.places[place]!)})`;
  return low === high ? `${short(name)}: ${text(low)}${missing}.` : `${short(name)}: from ${text(low)} to ${text(high)}${missing}.`;
}

/** reading is the value of a series at a place. */
export function reading(model: Model, place: number, series: number): string {
  const { text, number } = model.values[place]![series]!;
  const name = model.names.length > 1 || model.kind === "pyramid" ? `${short(model.names[series]!)}, ` : "";
  return `${short(model.across)} ${short(model.places[place]!)}: ${name}${number === null ? text : grouped(text)}`;
}

// Whole numbers get commas, others stay as they are.
function grouped(text: string): string {
  return /^-?\d{1,18}$/.test(text) ? BigInt(text).toLocaleString("en-US") : text;
}

function short(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ");
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
