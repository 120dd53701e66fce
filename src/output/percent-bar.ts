import type { Cell } from "../engine/report.ts";
import { cellLines } from "./cell-text.ts";

const CELLS = 10;
const FIGURE_WIDTH = 7;

/** A percentage with a bar before it, a cell for each whole tenth, for a terminal; anything else as it is. */
export const linesWithBars = (cell: Cell | undefined): readonly string[] => {
  const lines = cellLines(cell);
  if (cell?.type !== "percent") return lines;
  const { numerator, denominator } = cell.value;
  const tenths = (numerator * BigInt(CELLS)) / (denominator * 100n);
  const filled = Math.max(0, Math.min(CELLS, Number(tenths)));
  return lines.map((line) => `${"█".repeat(filled)}${"░".repeat(CELLS - filled)} ${line.padStart(FIGURE_WIDTH)}`);
};
