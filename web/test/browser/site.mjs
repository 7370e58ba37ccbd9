// The real site: served by cmd/serve, built once for all test files of a process; ORMLAB_SITE names one that runs already.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** root is the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** serveSite starts the program serve on a free port and waits until it says where it is. */
export async function serveSite() {
  if (process.env.ORMLAB_SITE) return { url: process.env.ORMLAB_SITE, close() {} };
  const dir = mkdtempSync(path.join(tmpdir(), "ormlab-serve-"));
  const program = path.join(dir, "serve");
  execFileSync("go", ["build", "-o", program, "./cmd/serve"], { cwd: root, stdio: "inherit" });
  const server = spawn(program, ["-addr", "127.0.0.1:0"], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const url = await address(server);
  return { url, close() { server.kill(); rmSync(dir, { recursive: true, force: true }); } };
}

function address(server) {
  return new Promise((resolve, reject) => {
    let out = "", err = "";
    server.stderr.on("data", (data) => { err += data; });
    server.stdout.on("data", (data) => {
      out += data;
      const url = /http:\/\/\S+/.exec(out)?.[0];
      if (url) resolve(url);
    });
    server.on("exit", (code) => reject(new Error(`serve ended with code ${code}:\n${err}`)));
  });
}
