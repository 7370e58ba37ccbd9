// What a step of SQLite's query plan means, in words.

/** Step is one step: how is its colour, words its meaning. */
export type Step = { how: "scan" | "search" | "other"; words: string };

const covering = "everything the query needs stands there";
const fixed: [RegExp, (match: RegExpExecArray) => string][] = [
  [/^USE TEMP B-TREE FOR (.+)$/, ([, what]) => `sorts what it has read, for ${what}: no index gives this order`],
  [/^SCAN CONSTANT ROW$/, () => "needs no table"],
  [/^SCAN \d+ CONSTANT ROWS$/, () => "reads the rows that stand in the statement"],
  [/^CORRELATED (?:SCALAR|LIST) SUBQUERY/, () => "runs this subquery again for each row"],
  [/^(?:SCALAR|LIST) SUBQUERY/, () => "runs this subquery once"],
  [/^REUSE (?:SCALAR|LIST) SUBQUERY/, () => "uses the subquery's result again"],
  [/^CO-ROUTINE (.+)$/, ([, name]) => `takes the rows of ${name} one by one from this query`],
  [/^MATERIALIZE (.+)$/, ([, name]) => `keeps the rows of ${name} aside, made by this query`],
  [/^MULTI-INDEX OR$/, () => "finds the rows of each part of OR by itself"],
  [/^INDEX \d+$/, () => "one part of OR"],
  [/^COMPOUND QUERY$/, () => "several queries put together"],
  [/^LEFT-MOST SUBQUERY$/, () => "the first of them"],
  [/^(UNION|UNION ALL|INTERSECT|EXCEPT)(?: USING TEMP B-TREE)?$/, ([, word]) => `the next of them, by ${word}`],
  [/^MERGE \((.+)\)$/, ([, word]) => `merges two sorted queries, by ${word}`],
  [/^(?:LEFT|RIGHT)$/, ([word]) => `its ${word.toLowerCase()} side`],
  [/^SETUP$/, () => "the rows to begin with"],
  [/^RECURSIVE STEP$/, () => "the step that is repeated until it gives no rows"],
  [/^BLOOM FILTER ON (\S+)/, ([, name]) => `looks into a filter first, to skip rows that ${name} does not have`],
  [/^RIGHT-JOIN (\S+)$/, ([, name]) => `adds the rows of ${name} that found no partner`],
];

/** explain says what a step does; rows is how many the scanned table has, if that is known. */
export function explain(detail: string, rows = ""): Step {
  const scan = /^SCAN (\S+)(?: USING (COVERING )?INDEX (\S+))?( LEFT-JOIN)?$/.exec(detail);
  if (scan) return { how: "scan", words: scanned(scan[1]!, scan[3], scan[2] !== undefined) + (rows && `: ${rows}`) };
  const search = /^SEARCH (\S+) USING (.*?)(?: \((.*)\))?( LEFT-JOIN)?$/.exec(detail);
  if (search) return { how: search[2]!.startsWith("AUTOMATIC") ? "scan" : "search", words: searched(search[1]!, search[2]!, search[3]) };
  for (const [pattern, words] of fixed) {
    const match = pattern.exec(detail);
    if (match) return { how: "other", words: words(match) };
  }
  return { how: "other", words: "" };
}

function scanned(table: string, index: string | undefined, all: boolean): string {
  if (index === undefined) return `reads the whole table ${table}`;
  return all ? `reads the whole index ${index} of ${table} (${covering})` : `reads the whole table ${table} in the order of its index ${index}`;
}

function searched(table: string, means: string, terms: string | undefined): string {
  const by = terms ? `, by ${terms.replaceAll(/\browid\b/g, "the key").replaceAll(/\s*([=<>]+)\s*\?/g, " $1 ?").replaceAll(" AND ", " and ")}` : "";
  if (/INTEGER PRIMARY KEY|PRIMARY KEY/.test(means) && !/INDEX/.test(means)) return `finds rows of ${table} by the primary key`;
  if (means.startsWith("AUTOMATIC")) return `makes an index of ${table} for this query alone${by}: one that stays would save that`;
  const index = /INDEX (\S+)/.exec(means)?.[1] ?? means;
  const own = /^sqlite_autoindex_/.test(index);
  const name = own ? `finds rows of ${table} by the index of a UNIQUE or PRIMARY KEY constraint` : `uses index ${index} of ${table}`;
  return name + by + (means.startsWith("COVERING") ? ` (${covering})` : "");
}
