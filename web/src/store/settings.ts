// The reader's settings.

import { read, write } from "./local.ts";

/** liveMode is whether programs run by themselves after a pause; it is off until it is chosen. */
export const liveMode = {
  get on(): boolean {
    return read("live") === "on";
  },
  set on(is: boolean) {
    write("live", is ? "on" : null);
  },
};

/** sqlView is how statements are shown: values in their places, or listed; laid out in lines, or as they are sent; beside those for other databases, or alone. */
export const sqlView = {
  get inPlace(): boolean {
    return read("sql-values") === "in place";
  },
  set inPlace(is: boolean) {
    write("sql-values", is ? "in place" : null);
  },
  get laidOut(): boolean {
    return read("sql-layout") === "on";
  },
  set laidOut(is: boolean) {
    write("sql-layout", is ? "on" : null);
  },
  get compare(): boolean {
    return read("sql-compare") === "on";
  },
  set compare(is: boolean) {
    write("sql-compare", is ? "on" : null);
  },
};
