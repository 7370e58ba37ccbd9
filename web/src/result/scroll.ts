// Shows an entry of the result without moving the page or the focus.

/** bringIntoView scrolls the pane, and nothing around it, to the first of the entries, unless one of them is in view. */
export function bringIntoView(pane: HTMLElement, entries: HTMLElement[]): void {
  if (entries.length === 0 || pane.scrollHeight <= pane.clientHeight) return;
  const { top, bottom } = visible(pane);
  const boxes = entries.map((entry) => entry.getBoundingClientRect());
  if (boxes.some((box) => box.top >= top - 1 && (box.bottom <= bottom + 1 || box.top < top + (bottom - top) / 2))) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  pane.scrollTo({ top: pane.scrollTop + boxes[0]!.top - top - (bottom - top) / 4, behavior });
}

// What is stuck to the edges of the pane covers entries.
function visible(pane: HTMLElement): { top: number; bottom: number } {
  let { top, bottom } = pane.getBoundingClientRect();
  for (const part of pane.children) {
    if (getComputedStyle(part).position !== "sticky") continue;
    const box = part.getBoundingClientRect();
    if (box.height === 0) continue;
    if (part === pane.firstElementChild) top = Math.max(top, box.bottom);
    else bottom = Math.min(bottom, box.top);
  }
  return { top, bottom };
}
