// Scales: where a number stands, which round numbers stand beside it, and how they are written.

/** Scale maps numbers from low to high onto pixels. */
export class Scale {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;

  constructor(low: number, high: number, from: number, to: number) {
    [this.low, this.high, this.from, this.to] = [low, high, from, to];
  }

  /** at is the pixel of a number. */
  at(n: number): number {
    if (this.low === this.high) return (this.from + this.to) / 2;
    const whole = this.high - this.low;
    const part = Number.isFinite(whole) ? (n - this.low) / whole : (n / 2 - this.low / 2) / (this.high / 2 - this.low / 2);
    return this.from + part * (this.to - this.from);
  }
}

/** ticks are about as many round numbers from low to high as asked for: steps of 1, 2 or 5 and zeros. */
export function ticks(low: number, high: number, about: number): number[] {
  if (!(low < high)) return [low];
  const rough = high / Math.max(about, 1) - low / Math.max(about, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power >= rough * 0.999) ?? 10);
  const from = Math.ceil(low / step), to = Math.floor(high / step);
  if (!(step > 0) || !Number.isFinite(step) || !(to - from < 100) || to <= from) return [low, high];
  return Array.from({ length: to - from + 1 }, (_, i) => clean((from + i) * step));
}

// 3 * 0.1 is 0.30000000000000004; -0 is 0.
function clean(n: number): number {
  return Number(n.toPrecision(12)) + 0;
}

/** axis is ticks from below low to above high, unless that is beyond all numbers. */
export function axis(low: number, high: number, about: number): number[] {
  if (low === high) return ticks(Math.min(low, 0), low === 0 ? 1 : Math.max(high, 0), about);
  const list = ticks(low, high, about);
  const step = list[1]! - list[0]!;
  if (list[0]! > low && Number.isFinite(list[0]! - step)) list.unshift(clean(list[0]! - step));
  if (list.at(-1)! < high && Number.isFinite(list.at(-1)! + step)) list.push(clean(list.at(-1)! + step));
  return list;
}

/** writer writes the numbers of one axis, with as many digits as tell its ticks apart. */
export function writer(list: number[]): (n: number) => string {
  const most = Math.max(...list.map(Math.abs));
  const step = list.length > 1 ? Math.abs(list[1]! / 2 - list[0]! / 2) * 2 : most;
  const digits = (unit: number): number => Math.min(12, Math.max(0, Math.ceil(Math.log10(unit / step) - 1e-9) || 0));
  if (most >= 1e15 || (most > 0 && most < 1e-4)) return format({ notation: "scientific", maximumFractionDigits: Math.min(digits(10 ** Math.floor(Math.log10(most))), 6) });
  if (most < 1e6) return format({ maximumFractionDigits: digits(1) });
  return format({ notation: "compact", maximumFractionDigits: digits(1000 ** Math.floor(Math.log10(most) / 3 + 1e-9)) });
}

function format(options: Intl.NumberFormatOptions): (n: number) => string {
  const numbers = new Intl.NumberFormat("en-US", options);
  return (n) => numbers.format(n);
}

/** placeWriter writes numbers that are places: a year is 2008, not 2,008. */
export function placeWriter(list: number[]): (n: number) => string {
  const most = Math.max(...list.map(Math.abs));
  return most < 1e4 && most >= 1e-4 ? (n) => String(n) : writer(list);
}
