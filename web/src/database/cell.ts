// A value of the database as a cell of a table: NULL visible, long values cut.

import { button, h } from "../dom.ts";
import { size } from "../format.ts";
import type { Cell, ColumnHead } from "../runner/protocol.ts";

/** valueOf is a value as text for people, and what shows that it is no text where one could think so. */
export function valueOf(cell: Cell): Node {
  if (cell.kind === "null") return h("span", { class: "null" }, "NULL");
  if (cell.kind === "text" && cell.text === "") return h("span", { class: "null" }, "empty text");
  const text = cell.kind === "blob" ? `x'${cell.text}${cell.cut > 0 ? "…" : "'"}` : cell.text + (cell.cut > 0 ? "…" : "");
  return cell.kind === "blob" ? h("span", { class: "db-mono" }, text) : document.createTextNode(text);
}

/** kindClass aligns a cell: numbers to the right. */
export function kindClass(cell: Cell): string {
  return cell.kind === "int" || cell.kind === "float" ? "num" : "txt";
}

/** alignment is that of the head of a column of cells. */
export function alignment(cells: (Cell | undefined)[]): string {
  return cells.some((cell) => cell && kindClass(cell) === "num") ? "num" : "txt";
}

/** valueCell is a cell of a table; all shows the whole of a value that was cut. */
export function valueCell(cell: Cell, all?: { label: string; show: () => void }): HTMLTableCellElement {
  const td = h("td", { class: kindClass(cell) }, valueOf(cell));
  if (cell.cut === 0) return td;
  const missing = `${size(cell.cut)} more`;
  if (!all) td.append(" ", h("span", { class: "null" }, missing));
  else {
    const show = button(missing, "db-all", all.show);
    show.setAttribute("aria-label", `${missing}: ${all.label}`);
    td.append(" ", show);
  }
  return td;
}

/** headText is what stands in the head of a column. */
export function headText(column: ColumnHead): Node[] {
  return [h("span", { class: "db-name" }, column.name), ...(column.type ? [h("span", { class: "column-type" }, column.type)] : [])];
}

/** showValue shows the whole of a value in a dialog. */
export function showValue(title: string, cell: Cell): void {
  const heading = h("h2", null, title);
  const close = button("Close", "keys-close", () => dialog.close());
  const note = cell.cut > 0 ? h("p", { class: "db-body db-status" }, `The first part; ${size(cell.cut)} more are not shown.`) : null;
  const dialog = h("dialog", { class: "value", "aria-label": title }, h("div", { class: "keys-head" }, heading, close), note,
    h("pre", { tabindex: 0 }, cell.text)) as HTMLDialogElement;
  dialog.addEventListener("close", () => dialog.remove(), { once: true });
  document.body.append(dialog);
  dialog.showModal();
}
