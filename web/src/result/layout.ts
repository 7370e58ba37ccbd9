// SQL laid out in lines. It is fetched when the reader asks for it.

import { formatDialect, sqlite } from "sql-formatter";

/** layOut gives the statement in lines, or as it is if it is not understood. */
export function layOut(sql: string): string {
  try {
    return formatDialect(sql, { dialect: sqlite, tabWidth: 2, expressionWidth: 60, paramTypes: { positional: true, numbered: ["?"], named: [":", "@", "$"] } });
  } catch {
    return sql;
  }
}
