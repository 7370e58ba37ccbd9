// What the models and the database say of the same tables, side by side. Nothing here knows the page.

import type { Model, ModelColumn } from "../checker/protocol.ts";
import type { Column, ForeignKey, Table } from "../runner/protocol.ts";

/** State says where something is: in both alike, in one only, or in both and not alike. */
export type State = "same" | "models" | "database" | "differs";

/** Schema is all that a diagram shows. compared is false where only one side is known. */
export interface Schema {
  tables: SchemaTable[];
  relations: Relation[];
  compared: boolean;
}

/** SchemaTable is a table, or a view; differences are sentences about the table, its columns and its foreign keys. */
export interface SchemaTable {
  name: string;
  structs: string[];
  view: boolean;
  state: State;
  columns: SchemaColumn[];
  differences: string[];
}

/** SchemaColumn is a column as the database has it, else as the models have it; was is the models' type where it differs. */
export interface SchemaColumn {
  name: string;
  type: string;
  was: string;
  null: boolean;
  primary: boolean;
  foreign: boolean;
  state: State;
  difference: string;
}

/** Relation is a foreign key; from and to are names of tables as the schema has them, to may be of a table that is not there. */
export interface Relation {
  from: string;
  to: string;
  columns: string[];
  targets: string[];
  state: State;
}

/** compare joins what the models say with what the database holds; null is what is not known. */
export function compare(models: Model[] | null, database: Table[] | null): Schema {
  const compared = models !== null && models.length > 0 && database !== null;
  const modelled = new Map((compared || database === null ? united(models ?? []) : []).map((one) => [key(one.name), one]));
  const live = new Map((database ?? []).map((one) => [key(one.name), one]));
  const names = [...modelled.keys(), ...[...live.keys()].filter((name) => !modelled.has(name))];
  const relations: Relation[] = [];
  const tables = names.map((name) => {
    const model = modelled.get(name);
    const table = live.get(name);
    const links = keysOf(model, table, live, compared);
    relations.push(...links);
    return tableOf(model, table, links, compared);
  });
  // Where a key leads to, in the words of the table that is there.
  for (const one of relations) one.to = tables.find((table) => key(table.name) === key(one.to))?.name ?? one.to;
  return { tables, relations, compared };
}

// SQLite does not tell big letters from small in names.
function key(name: string): string {
  return name.toLowerCase();
}

// Several structs may be mapped to one table.
function united(models: Model[]): Model[] {
  const all = new Map<string, Model>();
  for (const model of models) {
    const before = all.get(key(model.name));
    if (!before) {
      all.set(key(model.name), model);
      continue;
    }
    const more = model.columns.filter((column) => !before.columns.some((one) => key(one.name) === key(column.name)));
    all.set(key(model.name), {
      ...before, structs: [...before.structs, ...model.structs], columns: [...before.columns, ...more],
      foreignKeys: [...before.foreignKeys, ...model.foreignKeys.filter((one) => !before.foreignKeys.some((other) => sameColumns(one.columns, other.columns)))],
      unsure: before.unsure || model.unsure,
    });
  }
  return [...all.values()];
}

function tableOf(model: Model | undefined, table: Table | undefined, relations: Relation[], compared: boolean): SchemaTable {
  const view = table !== undefined && table.rows < 0;
  const both = model !== undefined && table !== undefined && !view;
  const columns = columnsOf(model, table, both).map((column) => ({ ...column, foreign: relations.some((one) => one.columns.some((name) => key(name) === key(column.name))) }));
  const differences = both
    ? [...columns.map((one) => one.difference), ...relations.map(differenceOf)].filter(Boolean)
    : [];
  const alone: State = model ? "models" : "database";
  const state: State = !compared || view ? "same" : !both ? alone : differences.length > 0 ? "differs" : "same";
  return { name: table?.name ?? model!.name, structs: model?.structs ?? [], view, state, columns, differences };
}

function columnsOf(model: Model | undefined, table: Table | undefined, both: boolean): SchemaColumn[] {
  const live = new Map((table?.columns ?? []).map((one) => [key(one.name), one]));
  const modelled = new Set((model?.columns ?? []).map((one) => key(one.name)));
  const known = (model?.columns ?? []).map((column) => {
    const there = live.get(key(column.name));
    if (!there) return { ...alone(column), ...(both && { state: "models" as const, difference: `${column.name} is only in the models` }) };
    return both ? joined(column, there) : alone(there);
  });
  const rest = (table?.columns ?? []).filter((column) => !modelled.has(key(column.name)));
  const more = rest.map((column) => ({ ...alone(column), ...(both && !model?.unsure && { state: "database" as const, difference: `${column.name} is only in the database` }) }));
  return [...known, ...more];
}

function alone(column: Column | ModelColumn): SchemaColumn {
  const unsure = "unsure" in column && column.unsure;
  return { name: column.name, type: column.type, was: "", null: !column.notNull && !column.primaryKey && !unsure, primary: column.primaryKey, foreign: false, state: "same", difference: "" };
}

function joined(model: ModelColumn, there: Column): SchemaColumn {
  const faults: string[] = [];
  const retyped = model.type !== "" && plain(model.type) !== plain(there.type);
  if (retyped) faults.push(`has the type ${there.type || "(none)"} in the database and ${model.type} in the models`);
  if (model.primaryKey !== there.primaryKey) faults.push(there.primaryKey ? "is part of the primary key in the database only" : "is part of the primary key in the models only");
  // SQLite does not say of every primary key that it is never NULL.
  else if (!model.primaryKey && !model.unsure && model.notNull !== there.notNull) faults.push(there.notNull ? "may be NULL in the models only" : "may be NULL in the database only");
  if (model.generated !== there.generated) faults.push(there.generated ? "is computed in the database only" : "is computed in the models only");
  const difference = faults.length > 0 ? `${there.name} ${faults.join(", and ")}` : "";
  return { ...alone(there), was: retyped ? model.type : "", state: difference ? "differs" : "same", difference };
}

// A type without what does not matter in it.
function plain(type: string): string {
  return type.toUpperCase().replace(/\s+/g, " ").replace(/ ?([(),]) ?/g, "$1").trim();
}

function keysOf(model: Model | undefined, table: Table | undefined, live: Map<string, Table>, compared: boolean): Relation[] {
  const there = (table?.foreignKeys ?? []).map((one) => ({ ...one, targets: targetsOf(one, live) }));
  const from = table?.name ?? model?.name ?? "";
  const relation = (one: ForeignKey, state: State): Relation => ({ from, to: one.table, columns: one.columns, targets: one.targets, state });
  if (!compared || !model || !table) return (table ? there : (model?.foreignKeys ?? [])).map((one) => relation(one, compared ? (table ? "database" : "models") : "same"));
  const rest = [...there];
  const known = model.foreignKeys.map((one) => {
    const at = rest.findIndex((other) => key(other.table) === key(one.table) && sameColumns(other.columns, one.columns) && sameColumns(other.targets, one.targets));
    if (at < 0) return relation(one, "models");
    const [other] = rest.splice(at, 1);
    return relation(other!, sameAction(one.onDelete, other!.onDelete) && sameAction(one.onUpdate, other!.onUpdate) ? "same" : "differs");
  });
  return [...known, ...rest.map((one) => relation(one, model.unsure ? "same" : "database"))];
}

// A foreign key that names no columns means the primary key.
function targetsOf(one: ForeignKey, live: Map<string, Table>): string[] {
  if (one.targets.length > 0) return one.targets;
  return live.get(key(one.table))?.columns.filter((column) => column.primaryKey).map((column) => column.name) ?? [];
}

function sameColumns(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((name, i) => key(name) === key(b[i]!));
}

// "" is what the text does not tell.
function sameAction(a: string, b: string): boolean {
  return a === "" || b === "" || a === b;
}

/** wordsOf says which columns lead where: author_id → authors.id. */
export function wordsOf({ columns, to, targets }: Relation): string {
  const end = targets.length === 1 ? `${to}.${targets[0]}` : targets.length > 1 ? `${to} (${targets.join(", ")})` : to;
  return `${columns.join(", ")} → ${end}`;
}

function differenceOf(one: Relation): string {
  const words = wordsOf(one);
  switch (one.state) {
    case "same": return "";
    case "models": return `the foreign key ${words} is only in the models`;
    case "database": return `the foreign key ${words} is only in the database`;
    case "differs": return `the foreign key ${words} has other ON DELETE or ON UPDATE actions in the models`;
  }
}
