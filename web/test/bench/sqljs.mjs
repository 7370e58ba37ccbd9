// The work of throughput.go, done by sql.js in a page of the same browser.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const dist = path.dirname(createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.js"));

function work(rows) {
  return window.initSqlJs({ locateFile: (file) => "/" + file }).then((SQL) => Array.from({ length: 5 }, () => {
    const db = new SQL.Database();
    db.run("CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT, hunger INTEGER)");
    let start = performance.now();
    db.run("BEGIN");
    const insert = db.prepare("INSERT INTO pets (name, hunger) VALUES (?, ?)");
    for (let i = 0; i < rows; i++) insert.run(["Fluffy", i]);
    insert.free();
    db.run("COMMIT");
    const inserted = performance.now() - start;
    start = performance.now();
    let sum = 0;
    const select = db.prepare("SELECT id, name, hunger FROM pets");
    while (select.step()) {
      const [id, name, hunger] = select.get();
      sum += id + name.length + hunger;
    }
    select.free();
    const fetched = performance.now() - start;
    db.close();
    return [inserted * 1000, fetched * 1000, sum];
  }));
}

/** sqljs gives microseconds for inserting and fetching, and a checksum, for each of five rounds. */
export async function sqljs(browser, rows) {
  const server = createServer(async ({ url }, response) => {
    if (url === "/") return response.setHeader("content-type", "text/html").end("<!doctype html><script src=sql-wasm.js></script>");
    const body = await readFile(path.join(dist, path.basename(url))).catch(() => null);
    response.writeHead(body ? 200 : 404, { "content-type": url.endsWith(".wasm") ? "application/wasm" : "text/javascript" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const result = await page.evaluate(`(${work})(${rows})`);
  await page.close();
  server.close();
  return result;
}
