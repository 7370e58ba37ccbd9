// Pictures of the real pages, for looking at: 390 and 1440 px, light and dark, into web/shots/.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch, openPage, Step } from "./harness.mjs";
import { serveSite } from "./site.mjs";

const dir = fileURLToPath(new URL("../../shots/", import.meta.url));
const pages = [["index", ""], ["missing", "404.html"], ["blog", "embed/"], ["scratch", "scratch/", "01-empty"], ["models", "lessons/01-models/", "05-twice"], ["sessions", "lessons/02-sessions/", "02-update"], ["census", "lessons/03-census/", "02-where"]];

mkdirSync(dir, { recursive: true });
const site = await serveSite();
const browser = await launch();
for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const [name, path, id] of pages) {
    const page = await openPage(browser, new URL(path, site.url).href, { viewport: { width, height }, deviceScaleFactor: width < 500 ? 2 : 1 });
    if (id) await (await new Step(page, id).ready()).run();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      if (id) await page.locator(`orm-step[id="${id}"]`).scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${dir}${name}-${width}-${colorScheme}.png`, fullPage: true });
      if (id) await page.locator(`orm-step[id="${id}"]`).screenshot({ path: `${dir}${name}-${width}-${colorScheme}-step.png` });
    }
    await page.context().close();
  }
}
await browser.close();
site.close();
