// The site as serve build writes it, on a plain server under a path: no header but the type, nothing compressed.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./site.mjs";

const types = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".wasm": "application/wasm", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".webmanifest": "application/manifest+json" };

/** writeSite writes the site into a folder; remove it with its remove(). */
export function writeSite(...flags) {
  const dir = mkdtempSync(path.join(tmpdir(), "ormlab-site-"));
  execFileSync("go", ["run", "./cmd/serve", "build", "-out", dir, ...flags], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** serveStatic serves folders under a path; which of them is the site can change. */
export async function serveStatic(dir, under = "/a/b/") {
  const state = { dir, cut: false };
  const server = createServer(async (request, response) => {
    let { pathname } = new URL(request.url, "http://localhost");
    if (state.cut) return request.destroy();
    if (!pathname.startsWith(under)) return response.writeHead(404).end();
    if (pathname.endsWith("/")) pathname += "index.html";
    try {
      const body = await readFile(path.join(state.dir, pathname.slice(under.length)));
      response.writeHead(200, { "content-type": types[path.extname(pathname)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.url = `http://127.0.0.1:${server.address().port}${under}`;
  state.close = () => { server.closeAllConnections(); server.close(); };
  return state;
}
