// <orm-playground>: one program of this site in somebody else's page. The script is all that the page loads;
// the rest comes in a frame of the site, when the reader asks for it. It needs nothing of the page around it.

// A classic script: modules of another origin need its leave, which not every host gives.
const site = new URL("../", (document.currentScript as HTMLScriptElement).src);

const css = `
:host { display: block; border: 1px solid #8886; border-radius: 8px; overflow: hidden; color-scheme: light dark; }
:host([hidden]) { display: none; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding: .5rem .75rem; font: 15px/1.4 system-ui, sans-serif; }
button { font: inherit; font-weight: 600; min-height: 44px; padding: .375rem 1.25rem; border: 0; border-radius: 999px; background: #0d5c52; color: #fff; cursor: pointer; }
button:focus-visible { outline: 2px solid; outline-offset: 2px; }
.code { display: block; overflow: auto; padding: 0 .75rem; font-size: 14px; }
iframe { display: block; width: 100%; border: 0; }
.said { padding: .5rem .75rem; font: 15px/1.4 system-ui, sans-serif; }`;

class OrmPlayground extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const bar = make("div", "bar");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Run it here";
    button.onclick = () => void this.#load(root);
    bar.append(button, this.getAttribute("label") ?? "A Go program, compiled and run in this page by ormlab");
    const code = make("div", "code");
    code.append(document.createElement("slot"));
    root.append(code, bar);
  }

  async #load(root: ShadowRoot): Promise<void> {
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("label") ?? "ormlab: a Go program";
    frame.height = String(Math.min(Math.max(Number(this.getAttribute("height")) || 560, 200), 2000));
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "no-referrer";
    try {
      frame.src = await this.#address();
    } catch (cause) {
      const said = make("p", "said");
      said.textContent = cause instanceof Error ? cause.message : String(cause);
      return root.replaceChildren(said);
    }
    root.replaceChildren(frame);
    frame.focus();
  }

  async #address(): Promise<string> {
    const step = this.getAttribute("step");
    const theme = this.getAttribute("theme");
    const query = theme === "light" || theme === "dark" ? `?theme=${theme}` : "";
    if (step !== null) {
      if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(step)) throw new Error(`There is no step ${step}: name it like 01-models/05-twice.`);
      return new URL(`embed/${step}/${query}`, site).href;
    }
    const code = this.getAttribute("code") ?? await pack(this.textContent ?? "");
    return new URL(`embed/code/${query}#code=${code}`, site).href;
  }
}

function make(name: string, className: string): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

// As web/src/share/code.ts does, which is too much for this script.
async function pack(text: string): Promise<string> {
  const program = text.replace(/^\s*\n/, "").trimEnd() + "\n";
  const stream = new Blob([JSON.stringify([["main.go", program]])]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const code = "1" + btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  if (code.length > 16_000) throw new Error("This program is too long to be embedded.");
  return code;
}

if (!customElements.get("orm-playground")) customElements.define("orm-playground", OrmPlayground);
