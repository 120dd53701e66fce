import { amountText, type Cell, type Column } from "../engine/report.ts";
import { formatDate } from "../model/partial-date.ts";
import { type BoundedRatio, formatPercent, formatRatio, type Ratio } from "../model/ratio.ts";

export const isNumeric = (type: Column<never>["type"]): boolean =>
  ["money", "moneys", "count", "percent", "decimal"].includes(type);

export const isEmpty = (cell: Cell): boolean => Array.isArray(cell.value) && cell.value.length === 0;

/** A cell for people, one line for each of several values; not yet safe for a terminal. */
export const cellLines = (cell: Cell | undefined): readonly string[] => {
  if (cell === undefined) return ["–"];
  switch (cell.type) {
    case "id":
    case "text":
      return [cell.value];
    case "count":
      return [String(cell.value)];
    case "percent":
      return [`${ratioText(cell, formatPercent)} %`];
    case "decimal":
      return [ratioText(cell, formatRatio)];
    case "date":
      return [formatDate(cell.value)];
    case "money":
      return [amountText(cell.value)];
    case "moneys":
      return linesOrDash(cell.value.map(amountText));
    case "texts":
      return linesOrDash(cell.value);
    case "notes":
      return linesOrDash(cell.value.map(({ rule, text }) => `${rule}: ${text}`));
    case "flag":
      return [cell.value ? "yes" : "no"];
    case "composite":
      return [cell.value.text];
    case "composites":
      return linesOrDash(cell.value.map(({ text }) => text));
    case "suppliers":
      return linesOrDash(cell.value.map(({ name }) => name));
  }
};

/** `16.7`, `≥ 16.7`, `≤ 16.7`, or `0.0 to 16.7` for a range. */
const ratioText = ({ value, bound, least }: BoundedRatio, format: (ratio: Ratio) => string): string => {
  if (bound === undefined) return format(value);
  if (least !== undefined) return `${format(least)} to ${format(value)}`;
  return `${bound === "atLeast" ? "≥" : "≤"} ${format(value)}`;
};

const linesOrDash = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? ["–"] : lines);
