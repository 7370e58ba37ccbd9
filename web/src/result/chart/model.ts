// What a chart draws: places, series, and the number of each series at each place.

import type { ShowDoc } from "../../runner/protocol.ts";
import { numeric } from "../sorting.ts";

/** Value is a number as the program gave it; number is null where there is nothing to draw. */
export interface Value {
  text: string;
  number: number | null;
}

/** Model is the data of one chart. */
export interface Model {
  kind: "bar" | "line" | "pyramid";
  title: string;
  across: string; // the name of the places' column
  places: string[];
  order: number[] | null; // of places that are numbers or times (ms); NaN for one that is neither
  time: boolean;
  names: string[]; // of the series
  values: Value[][]; // by place and series
}

const none: Value = { text: "no row", number: null };

/** modelOf reads a document. What does not fit, of a document that show did not write, is left out. */
export function modelOf(doc: ShowDoc): Model {
  const x = doc.x ?? 0;
  const y = (doc.y ?? []).filter((column) => column in doc.columns);
  const type = doc.columns[x]?.type ?? "";
  const model: Model = {
    kind: doc.kind === "table" ? "bar" : doc.kind, title: doc.title ?? "", across: doc.columns[x]?.name ?? "",
    places: [], order: null, time: type === "time", names: [], values: [],
  };
  if (doc.series === undefined) fill(model, doc, x, y);
  else fillSeries(model, doc, x, y[0] ?? -1, doc.series);
  if (model.kind === "line" && (model.time || numeric(type))) putInOrder(model);
  return model;
}

function fill(model: Model, { columns, rows }: ShowDoc, x: number, y: number[]): void {
  model.names = y.map((column) => columns[column]!.name);
  model.places = rows.map((row) => row[x] ?? "NULL");
  model.values = rows.map((row) => y.map((column) => value(row[column] ?? null)));
}

function fillSeries(model: Model, { rows }: ShowDoc, x: number, y: number, by: number): void {
  const names = new Index(), places = new Index();
  for (const row of rows) names.add(row[by] ?? null);
  for (const row of rows) {
    const place = places.add(row[x] ?? null);
    model.values[place] ??= names.texts.map(() => none);
    model.values[place][names.add(row[by] ?? null)] = value(row[y] ?? null);
  }
  model.names = names.texts;
  model.places = places.texts;
}

// Index numbers values in the order in which they come first; NULL is not the text NULL.
class Index {
  readonly texts: string[] = [];
  #known = new Map<string | null, number>();

  add(value: string | null): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#known.set(value, this.texts.length);
    return this.texts.push(value ?? "NULL") - 1;
  }
}

function value(text: string | null): Value {
  if (text === null) return { text: "NULL", number: null };
  const number = text.trim() === "" ? NaN : Number(text);
  return { text, number: Number.isFinite(number) ? number : null };
}

// Places that have no number come last, and are not drawn.
function putInOrder(model: Model): void {
  const numbers = model.places.map((text) => (model.time ? Date.parse(text.replace(" ", "T") + (text.includes(" ") ? "Z" : "")) : text.trim() === "" ? NaN : Number(text)));
  if (!numbers.some(Number.isFinite)) return;
  const rank = (i: number): number => (Number.isFinite(numbers[i]) ? numbers[i]! : Infinity);
  const sorted = numbers.map((_, i) => i).sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a - b));
  model.places = sorted.map((i) => model.places[i]!);
  model.values = sorted.map((i) => model.values[i]!);
  model.order = sorted.map((i) => (Number.isFinite(numbers[i]) ? numbers[i]! : NaN));
}

/** extent is the least and the largest number, or null if there is none. */
export function extent(model: Model): [low: number, high: number] | null {
  let low = Infinity, high = -Infinity;
  for (const values of model.values) {
    for (const { number } of values) {
      if (number === null) continue;
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
  }
  return low > high ? null : [low, high];
}
