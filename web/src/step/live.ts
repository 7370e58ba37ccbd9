// Live mode: a program runs by itself when its reader has stopped typing.

import { liveMode } from "../store/settings.ts";

/** pause is how long typing must rest, in milliseconds. */
const pause = 900;

/** Live runs a program after each pause, if the reader wants that. */
export class Live {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;

  constructor(private run: { busy: () => boolean; start: () => void; stop: () => void }) {}

  /** changed is told of each change. */
  changed(): void {
    clearTimeout(this.#timer);
    if (liveMode.on) this.#timer = setTimeout(() => this.#due(), pause);
  }

  /** ended is told when a run has ended. */
  ended(): void {
    if (!this.#again) return;
    this.#again = false;
    this.run.start();
  }

  #due(): void {
    if (!this.run.busy()) return this.run.start();
    this.#again = true; // the run is of an older text
    this.run.stop();
  }
}
