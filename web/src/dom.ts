// Building elements without HTML strings: what a program prints can only ever become text.

type Child = Node | string | null | undefined | false;
type Props = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;

/** h makes an element: `on…` functions become listeners, true an empty attribute, null and false nothing. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props?: Props | null, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2).toLowerCase(), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...present(children));
  return element;
}

/** present drops the children that are not there. */
export function present(children: Child[]): (Node | string)[] {
  return children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false);
}

/** button makes a button that does not submit anything. */
export function button(label: string, className: string, onClick: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: className, onclick: onClick }, label);
}

/** define registers a custom element once, so that a bundle loaded twice does no harm. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** meta reads what the site tells the script in <meta name="ormlab-…">. */
export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="ormlab-${name}"]`)?.content ?? "";
}
