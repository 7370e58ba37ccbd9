// One program runs at a time on a page; another step's Run waits its turn.

/** Turns hands out turns in the order they were asked for. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #taken = 0;

  /** free tells whether a turn would come at once. */
  get free(): boolean {
    return this.#taken === 0;
  }

  /** take resolves when it is the caller's turn, with the function that ends it. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => (release = resolve));
    this.#taken++;
    await before;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#taken--;
      release();
    };
  }
}

/** turns are the page's: of programs, and of looks at the databases that they left. */
export const turns = new Turns();
