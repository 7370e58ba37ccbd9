// What goes wrong with keeping things is told once a page: nothing stops working because of it.

/** Trouble is why something could not be kept. */
export type Trouble = "full" | "denied";

type Listener = (trouble: Trouble) => void;

const told = new Set<Trouble>();
let listen: Listener = () => {};

/** onTrouble says who is told. */
export function onTrouble(listener: Listener): void {
  listen = listener;
}

/** report tells of a failure to keep something, the first time that it is of its kind. */
export function report(cause: unknown): void {
  const trouble = cause instanceof DOMException && cause.name === "QuotaExceededError" ? "full" : "denied";
  if (told.has(trouble)) return;
  told.add(trouble);
  listen(trouble);
}
