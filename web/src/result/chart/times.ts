// Round times for an axis: whole seconds, hours, days, months or years.

const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const steps = [second, 5 * second, 15 * second, 30 * second, minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day];
const monthSteps = [1, 2, 3, 6];

/** timeTicks are about as many round times from low to high as asked for, in ms, with their texts. */
export function timeTicks(low: number, high: number, about: number): [at: number, text: string][] {
  const rough = (high - low) / Math.max(about, 1);
  const step = steps.find((one) => one >= rough);
  if (step) return evenly(low, high, step).map((at) => [at, text(at, step)]);
  const months = monthSteps.find((one) => one * 31 * day >= rough);
  return months ? monthly(low, high, months) : monthly(low, high, 12 * years(rough / (365 * day)));
}

function years(rough: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(rough)));
  return power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
}

function evenly(low: number, high: number, step: number): number[] {
  const list: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high && list.length < 100; at += step) list.push(at);
  return list;
}

function monthly(low: number, high: number, months: number): [number, string][] {
  const list: [number, string][] = [];
  const first = new Date(low);
  const from = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  for (let month = from; list.length < 100; month += months) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1);
    const at = date.getTime();
    if (!(at <= high)) break;
    const iso = date.toISOString(); // a year before 0 or after 9999 has a sign
    if (at >= low) list.push([at, iso.slice(0, iso.indexOf("-", 1) + (months < 12 ? 3 : 0))]);
  }
  return list;
}

function text(at: number, step: number): string {
  const iso = new Date(at).toISOString();
  if (step >= day) return iso.slice(0, -14);
  return iso.slice(-13, step >= minute ? -8 : -5);
}
