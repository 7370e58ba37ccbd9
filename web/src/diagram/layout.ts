// Where the boxes of a diagram stand, and how its arrows run.

import { Graph, layout as dagreLayout } from "@dagrejs/dagre";
import type { Relation, Schema, SchemaTable } from "./compare.ts";

/** Box is a table in its place; x and y are those of its top left corner. */
export interface Box {
  table: SchemaTable;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Arrow is a foreign key as the content of a path's d. */
export interface Arrow {
  relation: Relation;
  path: string;
}

/** Layout is a diagram's boxes and arrows, and how large it is. */
export interface Layout {
  boxes: Box[];
  arrows: Arrow[];
  width: number;
  height: number;
}

export const headHeight = 44;
export const rowHeight = 22;
/** rowsShown are the rows of a box; what a table has beyond them is counted in one more. */
export const rowsShown = 40;
const margin = 36;

/** heightOf is the height of a table's box. */
export function heightOf(table: SchemaTable): number {
  const rows = table.columns.length > rowsShown ? rowsShown + 1 : Math.max(table.columns.length, 1);
  return headHeight + rows * rowHeight + 6;
}

/** layOut places the tables from left to right: what is referred to stands on the left. */
export function layOut(schema: Schema, widthOf: (table: SchemaTable) => number): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 28, ranksep: 72, edgesep: 16, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  // Names of tables could be names that the graph's objects have, so the nodes are numbers.
  const number = new Map(schema.tables.map((table, i) => [table.name, `t${i}`]));
  for (const table of schema.tables) graph.setNode(number.get(table.name)!, { width: widthOf(table), height: heightOf(table) });
  const drawn = schema.relations.filter(({ from, to }) => number.has(from) && number.has(to));
  drawn.forEach(({ from, to }, i) => {
    if (from !== to) graph.setEdge(number.get(to)!, number.get(from)!, {}, `r${i}`);
  });
  dagreLayout(graph);
  const boxes = schema.tables.map((table): Box => {
    const { x, y, width, height } = graph.node(number.get(table.name)!) as { x: number; y: number; width: number; height: number };
    return { table, x: x - width / 2, y: y - height / 2, width, height };
  });
  const boxOf = new Map(boxes.map((box) => [box.table.name, box]));
  const arrows = drawn.map((relation, i): Arrow => {
    const edge = relation.from === relation.to ? undefined : graph.edge({ v: number.get(relation.to)!, w: number.get(relation.from)!, name: `r${i}` }) as { points?: Point[] };
    const bends = (edge?.points ?? []).slice(1, -1).reverse();
    return { relation, path: pathOf(relation, boxOf.get(relation.from)!, boxOf.get(relation.to)!, bends) };
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { boxes, arrows, width, height };
}

interface Point {
  x: number;
  y: number;
}

// An arrow begins and ends beside the rows of its columns, on the sides that face each other.
function pathOf(relation: Relation, from: Box, to: Box, bends: Point[]): string {
  const [start, end] = [rowOf(from, relation.columns[0]), rowOf(to, relation.targets[0])];
  if (from === to) {
    const right = from.x + from.width;
    const out = right + margin - 8;
    return `M${right} ${start}C${out} ${start} ${out} ${end === start ? end + 0.5 : end} ${right} ${end === start ? end + 12 : end}`;
  }
  const leftwards = to.x + to.width <= from.x;
  const beside = !leftwards && to.x < from.x + from.width; // one above the other
  const points = [
    { x: leftwards ? from.x : from.x + from.width, y: start },
    ...(beside ? [] : bends),
    { x: leftwards || beside ? to.x + to.width : to.x, y: end },
  ];
  let path = `M${points[0]!.x} ${points[0]!.y}`;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const bend = beside ? Math.max(a.x, b.x) + margin : (a.x + b.x) / 2;
    path += `C${bend} ${a.y} ${bend} ${b.y} ${b.x} ${b.y}`;
  }
  return path;
}

function rowOf(box: Box, column: string | undefined): number {
  const at = box.table.columns.findIndex((one) => one.name.toLowerCase() === column?.toLowerCase());
  return at < 0 ? box.y + headHeight / 2 : box.y + headHeight + (Math.min(at, rowsShown) + 0.5) * rowHeight;
}
