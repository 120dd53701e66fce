import type { Cell, Column, Report } from "../engine/report.ts";
import { addAll } from "../model/lists.ts";
import { cellLines } from "./cell-text.ts";

/** How many rows a person looks at. What depends on the rows is decided by these. */
const LOOKED_AT = 500;

interface Looked<Row> {
  readonly columns: readonly Column<Row>[];
  readonly first: readonly Row[];
  readonly batches: AsyncIterable<readonly Row[]>;
  readonly rest: AsyncIterable<readonly Row[]>;
}

export const isKnownCell = (cell: Cell | undefined): boolean => {
  if (cell === undefined || (cell.type === "money" && cell.value === "missing")) return false;
  return !Array.isArray(cell.value) || cell.value.length > 0;
};

const isShown = <Row>({ shown, cell }: Column<Row>, first: readonly Row[]): boolean => {
  switch (shown) {
    case "asked":
      return true;
    case "never":
      return false;
    case "varied":
      return new Set(first.map((row) => cellLines(cell(row)).join("\n"))).size > 1;
    case "known":
      return first.some((row) => isKnownCell(cell(row)));
  }
};

/** Decides by the first rows which columns a table shows: those whose values vary only if they do. */
export const visibleColumns = async <Row>(report: Report<Row>): Promise<Looked<Row>> => {
  const iterator = report.batches[Symbol.asyncIterator]();
  const first: Row[] = [];
  let beyond: readonly Row[] = [];
  while (first.length < LOOKED_AT) {
    const next = await iterator.next();
    if (next.done === true) break;
    const space = LOOKED_AT - first.length;
    addAll(first, next.value.slice(0, space));
    beyond = next.value.slice(space);
  }
  async function* rest() {
    if (beyond.length > 0) yield beyond;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  async function* batches() {
    yield first;
    yield* rest();
  }
  const columns = report.columns.filter((column) => isShown(column, first));
  return { columns, first, batches: batches(), rest: rest() };
};
