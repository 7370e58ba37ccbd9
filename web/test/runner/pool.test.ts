// The pool, with threads of node as workers.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Worker } from "node:worker_threads";
import type { Port } from "../../src/runner/client.ts";
import { RunnerPool } from "../../src/runner/pool.ts";
import type { FromWorker, RunEvent } from "../../src/runner/protocol.ts";
import { Toolset } from "../../src/runner/load.ts";
import { importModule, mainWith, manifestURL } from "./helper.ts";

const live = new Set<Worker>();

function newWorker(): Port {
  const worker = new Worker(new URL("./node-worker.mjs", import.meta.url));
  live.add(worker);
  worker.on("exit", () => live.delete(worker));
  const port: Port = {
    postMessage: (message) => worker.postMessage(message),
    terminate: () => void worker.terminate(),
    onmessage: null,
    onerror: null,
  };
  worker.on("message", (data: FromWorker) => port.onmessage?.({ data } as MessageEvent<FromWorker>));
  worker.on("error", (err) => port.onerror?.({ message: String(err) } as ErrorEvent));
  return port;
}

const pool = new RunnerPool({ manifest: manifestURL, newWorker });
after(() => pool.close());

const files = (text: string) => [{ name: "main.go", text }];
const hello = files(mainWith(["fmt"], '\tfmt.Println("hello")'));

const count = files(`package main

import (
	"context"
	"fmt"
	"github.com/ormlab/ormlab/orm"
	_ "github.com/ormlab/ormlab/orm/dialect/sqlite"
)

func main() {
	ctx := context.Background()
	engine, err := orm.Open("sqlite:///count.db", orm.Options{})
	if err != nil {
		panic(err)
	}
	for _, sql := range []string{"CREATE TABLE IF NOT EXISTS t (n INTEGER)", "INSERT INTO t VALUES (1)"} {
		if _, err := orm.Text(sql).Exec(ctx, engine); err != nil {
			panic(err)
		}
	}
	rows, err := orm.Text("SELECT count(*) FROM t").All(ctx, engine)
	if err != nil {
		panic(err)
	}
	fmt.Println("rows:", rows.Values()[0][0])
	// forever
}
`);
const countForever = files(count[0]!.text.replace("// forever", "for {\n\t}"));

/** untilPrinted runs a program and resolves when it prints. */
function untilPrinted(program: { name: string; text: string }[]) {
  const events: RunEvent[] = [];
  let printed!: () => void;
  let failed!: (err: Error) => void;
  const first = new Promise<void>((resolve, reject) => ([printed, failed] = [resolve, reject]));
  first.catch(() => {}); // not everyone waits for it
  const done = pool.run({ files: program }, {
    onEvent: (event) => {
      events.push(event);
      if (event.type === "stdout") printed();
      if (event.type === "done") failed(new Error("ended before it printed: " + JSON.stringify(events)));
    },
  });
  const text = () => events.map((e) => (e.type === "stdout" ? e.text : "")).join("");
  return { done, first, events, text };
}

/** phases are the phases of a run, without those of loading. */
const phases = (events: RunEvent[]) => events.flatMap((e) => (e.type === "phase" && e.phase !== "load" ? e.phase : []));

test("a program that was built ahead runs without the compiler, and without its bytes is compiled", async () => {
  const built = new URL("program.wasm", manifestURL).href;
  const program = files(process.env["ORMLAB_PROGRAM"]!);
  for (const url of [built, new URL("none.wasm", manifestURL).href]) {
    const fresh = new RunnerPool({ manifest: manifestURL, newWorker });
    const events: RunEvent[] = [];
    const done = await fresh.run({ files: program, built: url }, { onEvent: (event) => events.push(event) });
    fresh.close();
    assert.equal(done.reason, "ok");
    const loaded = new Set(events.flatMap((e) => (e.type === "phase" && e.what ? e.what : [])));
    assert.deepEqual([...loaded], url === built ? ["engine"] : ["engine", "compiler"]);
    assert.deepEqual(phases(events), url === built ? ["run"] : ["compile", "link", "run"]);
    const text = events.map((e) => (e.type === "stdout" ? e.text : "")).join("");
    assert.equal(text, "built\n");
  }
});

test("the page's tools make the same bytes as those of this machine", async () => {
  const program = process.env["ORMLAB_PROGRAM"]!;
  const set = new Toolset(manifestURL, importModule, () => {});
  await set.loadBase(() => {});
  const tools = await set.loadTools(() => {});
  const compiled = await tools.compile(new Map([["main.go", new TextEncoder().encode(program)]]));
  const linked = await tools.link(compiled.output!);
  const ahead = new Uint8Array(await (await fetch(new URL("program.wasm", manifestURL))).arrayBuffer());
  assert.equal(Buffer.compare(linked.output!, ahead), 0);
});

test("load tells bytes, and a run before it is done waits for it", async () => {
  const progress: number[][] = [];
  const loading = pool.load(({ loaded, total }) => progress.push([loaded!, total!]));
  const { done, text, events } = untilPrinted(hello);
  assert.equal((await done).reason, "ok");
  await loading;
  assert.equal(text(), "hello\n");
  const [loaded, total] = progress.at(-1)!;
  assert.equal(loaded, total);
  assert.ok(total! > 1 << 20);
  assert.ok(events.some((e) => e.type === "phase" && e.phase === "load" && e.loaded! > 0));
  assert.equal(events.at(-1)?.type, "done");
});

test("an endless loop is stopped, and the database is as it was before the run", async () => {
  const one = untilPrinted(count);
  await one.first;
  await one.done;
  assert.match(one.text(), /^rows: 1/);
  await pool.warm({ files: countForever });
  const endless = untilPrinted(countForever);
  await endless.first;
  assert.match(endless.text(), /^rows: 2/);
  const start = performance.now();
  pool.stop();
  const done = await endless.done;
  const stopTime = performance.now() - start;
  assert.equal(done.reason, "stopped");
  const again = untilPrinted(count);
  assert.equal((await again.done).reason, "ok");
  assert.deepEqual(phases(again.events), ["run"], "what the ended worker had built is not built again");
  assert.match(again.text(), /^rows: 2/, "the row of the stopped run is gone, the one of the run before is not");
  console.log(`stop ${stopTime.toFixed(1)} ms, next run printed after ${Math.round(performance.now() - start)} ms`);
});

test("a run that is asked for stops the one that is running", async () => {
  const endless = untilPrinted(countForever);
  await endless.first;
  const next = untilPrinted(hello);
  assert.equal((await endless.done).reason, "stopped");
  assert.equal((await next.done).reason, "ok");
  assert.equal(next.text(), "hello\n");
});

test("two stops in a row, and a stop with nothing running", async () => {
  for (let i = 0; i < 2; i++) {
    const endless = untilPrinted(files(mainWith(["fmt"], "\tfmt.Println(1)\n\tfor {\n\t}")));
    await endless.first;
    pool.stop();
    pool.stop();
    assert.equal((await endless.done).reason, "stopped");
  }
  pool.stop();
  const { done } = untilPrinted(hello);
  assert.equal((await done).reason, "ok");
});

test("a stop before the program has begun", async () => {
  const { done, events } = untilPrinted(hello);
  pool.stop();
  assert.equal((await done).reason, "stopped");
  const n = events.length;
  assert.equal((await untilPrinted(hello).done).reason, "ok");
  assert.equal(events.length, n, "nothing comes after done");
});

test("warm answers with diagnostics", async () => {
  const diagnostics = await pool.warm({ files: files("package main\n\nfunc main() { x := 1 }\n") });
  assert.match(diagnostics[0]!.message, /declared and not used/);
});

test("tools that cannot be fetched end the run with a message, and the next run tries again", async () => {
  let url = new URL("/none/manifest.json", manifestURL).href;
  const broken = new RunnerPool({ get manifest() { return url; }, newWorker });
  const run = () => broken.run({ files: hello }, { onEvent: () => {} });
  const done = await run();
  assert.equal(done.reason, "crash");
  assert.match(done.message!, /could not fetch .*404/);
  url = manifestURL;
  assert.equal((await run()).reason, "ok");
  broken.close();
});

test("a worker that dies ends the run, and the next run has another", async () => {
  const dying = new RunnerPool({ manifest: manifestURL, newWorker });
  await dying.load();
  const before = [...live];
  let printed!: () => void;
  const first = new Promise<void>((resolve) => (printed = resolve));
  const running = dying.run({ files: files(mainWith(["fmt", "time"], "\tfmt.Println(1)\n\ttime.Sleep(time.Hour)")) }, {
    onEvent: (e) => e.type === "stdout" && printed(),
  });
  await first;
  before.at(-1)!.emit("error", new Error("out of memory"));
  const done = await running;
  assert.deepEqual([done.reason, done.message], ["crash", "Error: out of memory"]);
  assert.equal((await dying.run({ files: hello }, { onEvent: () => {} })).reason, "ok");
  dying.close();
});
