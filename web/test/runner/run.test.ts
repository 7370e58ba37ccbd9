// Whole runs: programs that work, and every way in which a program can fail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mainWith, runProgram } from "./helper.ts";

test("hello world", async () => {
  const { stdout, done, events } = await runProgram(mainWith(["fmt"], `\tfmt.Println("Hello, 世界")`));
  console.log(JSON.stringify(events).slice(0,3000));
  assert.equal(stdout, "Hello, 世界\n");
  assert.equal(done.reason, "ok");
  assert.deepEqual(events.filter((e) => e.type === "phase").map((e) => e.phase), ["compile", "link", "run"]);
  assert.equal(events.at(-1), done);
  console.log("timings", done.timings);
});
