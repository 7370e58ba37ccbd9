// Numbers as a reader wants them.

const counts = new Intl.NumberFormat("en-US");

/** count groups digits: 8,772. */
export function count(n: number): string {
  return counts.format(n);
}

/** counted adds the noun in its number: "1 row", "8,772 rows". */
export function counted(n: number, noun: string, plural = noun + "s"): string {
  return `${count(n)} ${n === 1 ? noun : plural}`;
}

/** micros shows the time of a statement: "14 µs", "2.4 ms", "1.20 s". */
export function micros(us: number): string {
  if (us <= 0) return "< 0.1 ms"; // a browser's clock ticks every 0.1 ms
  if (us < 1000) return `${Math.round(us)} µs`;
  if (us < 1_000_000) return `${trim(us / 1000)} ms`;
  return `${(us / 1_000_000).toFixed(2)} s`;
}

/** millis shows the time of a stage: "0 ms", "38 ms", "0.61 s". */
export function millis(ms: number): string {
  return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** megabytes shows a size without its unit: "3.1". */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

/** size shows a size with its unit. */
export function size(bytes: number): string {
  if (bytes < 1000) return counted(bytes, "byte");
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${megabytes(bytes)} MB`;
}

/** sentence makes a hint, which is written like a Go error, into a sentence. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?:)]$/.test(begun) ? begun : begun + ".";
}

function trim(n: number): string {
  return n >= 100 ? n.toFixed(0) : n.toFixed(1);
}
