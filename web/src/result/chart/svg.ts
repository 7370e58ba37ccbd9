// Building SVG without markup: what a program names can only ever become text.

const space = "http://www.w3.org/2000/svg";

type Attributes = Record<string, string | number | null>;

/** s makes an SVG element; null leaves an attribute out. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes, ...children: (Node | string | null)[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

let context: CanvasRenderingContext2D | null | undefined;

/** widthOf is how wide a text is, in pixels, in the charts' type. */
export function widthOf(text: string): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * 7;
  context.font = `12px ${getComputedStyle(document.documentElement).getPropertyValue("--sans") || "sans-serif"}`;
  return context.measureText(text).width;
}

/** label is a text that is cut to a width; the whole one can be pointed at. */
export function label(text: string, width: number, attributes: Attributes): SVGTextElement {
  const line = text.slice(0, 400).replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " "); // one line, in the direction of the page
  const cut = line.length === text.length ? fitting(line, width) : fitting(line + "…", width);
  return s("text", attributes, cut, cut === text ? null : s("title", {}, text.slice(0, 400)));
}

function fitting(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = [...text];
  let low = 0, high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(letters.slice(0, middle).join("") + "…") <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("") + "…";
}
