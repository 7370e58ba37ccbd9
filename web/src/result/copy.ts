// Buttons that copy, and say so.

import { copyText } from "../clipboard.ts";
import { button } from "../dom.ts";

const shown = 1600; // ms

/** copyButton copies what text gives when it is pressed. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const element = button(label, "copy-button", () => void copyText(text()).then(say));
  const say = (copied: boolean): void => {
    element.textContent = copied ? "Copied" : "Not allowed";
    setTimeout(() => (element.textContent = label), shown);
  };
  return element;
}
