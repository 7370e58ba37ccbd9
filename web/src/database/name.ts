// What a database is called. One in memory has a name that no program can give: a sign, and then words for people.

const sign = "\x02"; // as in playground/engine

/** inMemory tells whether a name is that of a database in a program's memory. */
export function inMemory(name: string): boolean {
  return name.startsWith(sign);
}

/** label is what people read. */
export function label(name: string): string {
  return inMemory(name) ? name.slice(sign.length) : name;
}
