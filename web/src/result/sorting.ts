// The order of a table's rows by one column: numbers as numbers, NULL always last.

type Row = (string | null)[];

/** Direction is how a column is sorted; "" is the order in which the rows came. */
export type Direction = "" | "ascending" | "descending";

/** numeric says whether a type's values are numbers. */
export function numeric(type: string): boolean {
  return /^(u?int|float|num|dec|real|double|big)/i.test(type);
}

/** sorted is the rows in order; the old list stays as it is. */
export function sorted(rows: Row[], column: number, type: string, direction: Direction): Row[] {
  if (direction === "") return rows;
  const compare = numeric(type) ? numbers : texts;
  const sign = direction === "ascending" ? 1 : -1;
  return [...rows].sort((a, b) => {
    const left = a[column] ?? null, right = b[column] ?? null;
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}

// Integers beyond what a number holds exactly differ as bigints; what is no number, such as NaN, comes first.
function numbers(a: string, b: string): number {
  const left = Number(a), right = Number(b);
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
  if (left !== right) return left < right ? -1 : 1;
  if (!/^-?\d+$/.test(a) || !/^-?\d+$/.test(b)) return 0;
  const exact = BigInt(a) - BigInt(b);
  return exact < 0n ? -1 : exact > 0n ? 1 : 0;
}

const collator = new Intl.Collator("en");

function texts(a: string, b: string): number {
  return collator.compare(a, b);
}
