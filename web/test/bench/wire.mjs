// What a page costs on the wire: every file it asked for, as the server sends it to one that takes brotli.

import { request } from "node:http";

/** bytes is the length of a file's body as sent. */
export function bytes(url) {
  return new Promise((resolve, reject) => {
    request(url, { headers: { "accept-encoding": "br, gzip" } }, (response) => {
      let length = 0;
      response.on("data", (data) => { length += data.length; });
      response.on("end", () => resolve(length));
    }).on("error", reject).end();
  });
}

/** group says to which part of the site a file belongs. */
export function group(url) {
  const name = new URL(url).pathname.split("/").at(-1);
  if (!url.includes("/toolchain/")) return "page, editor and worker";
  return name.replace(/\.[0-9a-f]{6,}\./, ".");
}
