// A program's output on its way to the result stream: counted, decoded, and in
// the order in which things happened.

import type { Streams } from "./posix.ts";
import { isDeathCry } from "./panics.ts";
import type { DialectsEvent, RunEvent, ShowDoc } from "./protocol.ts";

/** showFactor is how much more tables may hold than text: the page folds them. */
const showFactor = 16;
const toldBytes = 16 << 20; // of comparisons

/** Output is the standard streams of one run. */
export class Output implements Streams {
  /** full says that the program printed more than it may. */
  full = false;
  readStdin = false;
  private size = 0;
  private shown = 0;
  private told = 0;
  private decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  private dying: string | undefined; // what the runtime has printed about a panic so far

  /** flush is called before anything is emitted, so that the engine reports first; stop when the output is full. */
  constructor(
    private limit: number,
    private emit: (event: RunEvent) => void,
    private flush: () => void,
    private stop: () => void,
  ) {}

  stdout(bytes: Uint8Array): void {
    this.print("stdout", bytes);
  }

  stderr(bytes: Uint8Array): void {
    this.print("stderr", bytes);
  }

  stdin(): void {
    this.readStdin = true;
  }

  /** runtime holds back the report of a panic, which becomes part of the last event. */
  runtime(bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes);
    if (this.dying !== undefined) this.dying += this.dying.length < 1 << 20 ? text : "";
    else if (isDeathCry(text)) this.dying = text;
    else this.print("stderr", bytes);
  }

  /** show passes on a document of some bytes. */
  show(doc: ShowDoc, bytes: number): void {
    if (this.full) return;
    this.flush();
    this.emit({ type: "show", doc });
    this.shown += bytes;
    if (this.shown > this.limit * showFactor) this.fill();
  }

  /** compared passes on what a statement is for other databases; of a program that tells too much, no more. */
  compared(event: DialectsEvent, bytes: number): void {
    this.told += bytes;
    if (this.full || this.told > toldBytes) return;
    this.flush();
    this.emit(event);
  }

  /** report passes on what the engine reports. */
  report(events: RunEvent[]): void {
    for (const event of events) this.emit(event);
  }

  /** end returns the report of a panic; if the program did not die of one, it was an output like any other. */
  end(died: boolean): string {
    if (!died && this.dying !== undefined) {
      this.print("stderr", new TextEncoder().encode(this.dying));
      this.dying = undefined;
    }
    for (const stream of ["stdout", "stderr"] as const) {
      const rest = this.decoders[stream].decode();
      if (rest !== "") this.emit({ type: stream, text: rest });
    }
    return this.dying ?? "";
  }

  private print(stream: "stdout" | "stderr", bytes: Uint8Array): void {
    if (this.full) return;
    const room = this.limit - this.size;
    const tooMuch = bytes.length > room;
    if (tooMuch) bytes = bytes.subarray(0, room);
    this.size += bytes.length;
    const text = this.decoders[stream].decode(bytes, { stream: true });
    if (text !== "") {
      this.flush();
      this.emit({ type: stream, text });
    }
    if (tooMuch) this.fill();
  }

  private fill(): void {
    this.full = true;
    this.stop();
  }
}
