// A place in the program, as a button: the result asks for it with an event, the step moves the editor.

import { h } from "../dom.ts";

/** Place is a line of a file, as the program ran. */
export type Place = { file: string; line: number; column?: number };

/** locateEvent is the name of the event that asks the step to show a place. */
export const locateEvent = "orm-locate";

/** placeButton shows text and leads to the place. */
export function placeButton(place: Place, text: string, className: string): HTMLButtonElement {
  const element = h("button", { type: "button", class: className, "aria-label": text === String(place.line) ? `Go to ${place.file} line ${text}` : `${text}, go there` }, text);
  element.addEventListener("click", () => locate(element, place));
  return element;
}

/** locate asks the step around an element to show a place. */
export function locate(from: HTMLElement, place: Place): void {
  from.dispatchEvent(new CustomEvent<Place>(locateEvent, { bubbles: true, detail: place }));
}

/** pointEvent is the name of the event that asks the step to mark a place, or nothing, without going there. */
export const pointEvent = "orm-point";

/** point asks the step around an element to mark a place. */
export function point(from: HTMLElement, place: Place | null): void {
  from.dispatchEvent(new CustomEvent<Place | null>(pointEvent, { bubbles: true, detail: place }));
}
