// <theme-toggle>: light, dark, or as the system says; theme.ts applies the choice before the first paint.

import { define, h } from "../dom.ts";

type Choice = "light" | "dark";

const storageKey = "ormlab:theme";

class ThemeToggle extends HTMLElement {
  #button = h("button", { type: "button", class: "theme-button", onclick: () => this.#flip() }, icon());
  #system = matchMedia("(prefers-color-scheme: dark)");

  connectedCallback(): void {
    this.replaceChildren(this.#button);
    this.#system.addEventListener("change", this.#show);
    this.#show();
  }

  disconnectedCallback(): void {
    this.#system.removeEventListener("change", this.#show);
  }

  #current(): Choice {
    const chosen = document.documentElement.dataset.theme;
    if (chosen === "light" || chosen === "dark") return chosen;
    return this.#system.matches ? "dark" : "light";
  }

  #flip(): void {
    const choice: Choice = this.#current() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = choice;
    try {
      localStorage.setItem(storageKey, choice);
    } catch {
      // The choice then lasts as long as the page.
    }
    this.#show();
  }

  #show = (): void => {
    const other = this.#current() === "dark" ? "light" : "dark";
    this.#button.setAttribute("aria-label", `Switch to ${other} colours`);
    this.#button.title = `Switch to ${other} colours`;
  };
}

// A disc, half of it filled: drawn as elements, since a string of markup would need innerHTML.
function icon(): SVGSVGElement {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const ring = document.createElementNS(ns, "circle");
  for (const [name, value] of [["cx", "10"], ["cy", "10"], ["r", "7"], ["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "1.5"]] as const) ring.setAttribute(name, value);
  const half = document.createElementNS(ns, "path");
  half.setAttribute("d", "M10 3a7 7 0 0 1 0 14z");
  half.setAttribute("fill", "currentColor");
  svg.append(ring, half);
  return svg;
}

define("theme-toggle", ThemeToggle);
