// What a program imports from the module "ormlab": requests to the engine,
// copied from one memory to the other, and documents for the result stream.

import type { Engine } from "./engine.ts";
import type { GoInstance } from "./gohost.ts";
import { dialectsEvent } from "./dialects.ts";
import type { DialectsEvent, ShowDoc } from "./protocol.ts";

/** Bridge links one program to the engine. */
export class Bridge {
  /** program is set before the program starts. */
  program!: GoInstance;
  /** failure is why a call could not be answered, when that has ended the program. */
  failure: string | undefined;
  private kept: Uint8Array | undefined; // an answer that the program had no room for

  constructor(
    private engine: Engine | undefined,
    private show: (doc: ShowDoc, bytes: number) => void,
    private compared: (event: DialectsEvent, bytes: number) => void,
  ) {}

  get imports(): WebAssembly.ModuleImports {
    return {
      call: (req: number, reqLength: number, resp: number, room: number) => this.call(req, reqLength, resp, room),
      take: (resp: number, room: number) => this.take(resp, room),
      show: (at: number, length: number) => this.showDocument(at, length),
    };
  }

  private call(req: number, reqLength: number, resp: number, room: number): number {
    let answer: Uint8Array;
    try {
      if (!this.engine) throw new Error("this page was built without a database engine");
      answer = this.engine.call(this.memory(req, reqLength));
    } catch (err) {
      this.failure = (err as Error).message;
      this.program.stop();
    }
    this.program.throwIfStopped();
    return this.give(answer!, resp, room);
  }

  private give(answer: Uint8Array, resp: number, room: number): number {
    this.kept = undefined;
    if (answer.length <= room) this.memory(resp, answer.length).set(answer);
    else this.kept = answer.slice();
    return answer.length;
  }

  private take(resp: number, room: number): number {
    const answer = this.kept ?? new Uint8Array(0);
    return this.give(answer, resp, room);
  }

  private showDocument(at: number, length: number): void {
    const text = new TextDecoder().decode(this.memory(at, length));
    const doc = JSON.parse(text) as { kind: unknown };
    const event = dialectsEvent(doc);
    if (event) this.compared(event, length);
    else this.show(doc as ShowDoc, length);
    this.program.throwIfStopped();
  }

  /** memory is looked up at each use, because growing replaces it. */
  private memory(at: number, length: number): Uint8Array {
    return new Uint8Array(this.program.memory, at >>> 0, length);
  }
}
