// SQL laid out in lines. It is fetched when the reader asks for it.

import { formatDialect, mysql, postgresql, sqlite, type DialectOptions } from "sql-formatter";

const dialects: Record<string, DialectOptions> = { sqlite, postgresql, mysql };

/** layOut gives the statement in lines, or as it is if it is not understood. */
export function layOut(sql: string, name = "sqlite"): string {
  const dialect = dialects[name];
  if (!dialect) return sql;
  const numbered: ("?" | ":" | "$")[] = name === "postgresql" ? ["$"] : ["?"];
  const named: (":" | "@" | "$")[] = name === "sqlite" ? [":", "@", "$"] : [];
  try {
    return formatDialect(sql, { dialect, tabWidth: 2, expressionWidth: 60, paramTypes: { positional: name !== "postgresql", numbered, named } });
  } catch {
    return sql;
  }
}
