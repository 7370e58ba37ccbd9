// <orm-toolbar>: Run, Stop, Reset, and the state of the run in words. It fires "run", "stop" and "reset".

import { button, define, h } from "../dom.ts";
import { OrmMore } from "./orm-more.ts";
import { busy, detail, idle, label, type RunState } from "../run/machine.ts";

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** OrmToolbar is the custom element orm-toolbar. */
export class OrmToolbar extends HTMLElement {
  #run = button("Run", "run-button", () => this.#fire("run"));
  #stop = button("Stop", "stop-button", () => this.#fire("stop"));
  #reset = button("Reset", "reset-button", () => this.#fire("reset"));
  #status = h("span", { class: "status-text", role: "status" });
  #detail = h("span", { class: "status-detail", "aria-hidden": "true" });
  #progress = h("progress", { class: "status-progress", "aria-label": "Loading the compiler", hidden: true });
  #shown: RunState = idle;
  /** more is the menu beside the buttons. */
  readonly more = new OrmMore();

  connectedCallback(): void {
    if (this.firstChild) return;
    this.#run.title = `Run (${apple ? "⌘" : "Ctrl"}+Enter)`;
    this.#run.setAttribute("aria-keyshortcuts", apple ? "Meta+Enter" : "Control+Enter");
    this.#reset.title = "Bring the lesson's program back";
    this.#reset.hidden = true;
    this.append(this.#run, this.#stop, h("span", { class: "status" }, this.#status, this.#detail, this.#progress), this.#reset, this.more);
    this.show(idle);
  }

  /** show puts a state into words and enables what it allows. */
  show(state: RunState): void {
    const running = busy(state);
    const held = running && document.activeElement === this.#run;
    const freed = !running && document.activeElement === this.#stop;
    this.#run.hidden = running;
    this.#stop.hidden = !running;
    this.#stop.disabled = state.name === "stopping";
    if (held) this.#stop.focus({ preventScroll: true });
    if (freed) this.#run.focus({ preventScroll: true });
    this.dataset.state = state.name;
    this.dataset.reason = state.name === "ended" ? state.reason : "";
    if (label(state) !== label(this.#shown) || state.name === "idle") this.#status.textContent = label(state);
    this.#detail.textContent = detail(state);
    this.#load(state);
    this.#shown = state;
  }

  /** edited says whether there is something to reset. */
  edited(is: boolean): void {
    this.#reset.hidden = !is;
    this.more.edited(is);
  }

  #load(state: RunState): void {
    const loading = state.name === "loading" && state.total > 0;
    this.#progress.hidden = !loading;
    if (!loading) return;
    this.#progress.max = state.total;
    this.#progress.value = state.loaded;
  }

  #fire(name: string): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}

define("orm-toolbar", OrmToolbar);
