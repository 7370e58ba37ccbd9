// The link to a program: the scratch page, with the program in its fragment, which is never sent to a server.

import { copyText } from "../clipboard.ts";
import { h, meta } from "../dom.ts";
import type { Notices } from "../notice.ts";
import type { SourceFile } from "../runner/protocol.ts";
import { encode, ShareError } from "./code.ts";

/** parameter is what stands before the program in a fragment. */
export const parameter = "#code=";

/** share makes the link, copies it where that is allowed, and shows it. */
export async function share(files: SourceFile[], notices: Notices): Promise<void> {
  let link: string;
  try {
    const page = new URL("scratch/", new URL(meta("root"), document.baseURI));
    link = page.href + parameter + await encode(files);
  } catch (cause) {
    if (!(cause instanceof ShareError)) throw cause;
    return notices.show("share", cause.message);
  }
  const copied = await copyText(link);
  const field = h("input", { class: "notice-link", readonly: true, value: link, "aria-label": "Link to this program", onfocus: () => field.select() });
  notices.show("share", copied ? "The link is copied. Whoever opens it gets this program as text, and runs it or not." : "Copy the link. Whoever opens it gets this program as text, and runs it or not.", [], field);
  if (!copied) field.focus();
}
