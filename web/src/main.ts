// What every page loads. What only programs need comes when the page has one.

import { listenForKeys } from "./elements/keys-dialog.ts";
import "./elements/theme-toggle.ts";
import { stayOffline, tellOffline } from "./offline/register.ts";

if (document.querySelector("orm-step, orm-scratch, orm-framed")) void import("./programs.ts");
listenForKeys();
if (self === top) {
  void stayOffline();
  tellOffline();
}
