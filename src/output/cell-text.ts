import type { Cell, Column } from "../engine/report.ts";
import { type Amount, formatMoney } from "../model/money.ts";
import { formatRatio } from "../model/ratio.ts";
import { formatDate } from "../model/reckoned-date.ts";

/** An amount for people; what is unknown is named, never left blank. */
export const amountText = (amount: Amount): string => {
  if (amount === "missing") return "not stated";
  return amount === "withheld" ? "withheld" : formatMoney(amount);
};

/** Whether the cells of a column are figures, which people read from the right. */
export const isNumeric = (type: Column<never>["type"]): boolean =>
  ["money", "moneys", "count", "percent", "decimal"].includes(type);

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
      return [`${boundSign(cell.bound)}${formatRatio(cell.value)} %`];
    case "decimal":
      return [`${boundSign(cell.bound)}${formatRatio(cell.value)}`];
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
    case "suppliers":
      return linesOrDash(cell.value.map(({ name }) => name));
  }
};

const boundSign = (bound: "atLeast" | "atMost" | undefined): string =>
  bound === undefined ? "" : bound === "atLeast" ? "≥ " : "≤ ";

const linesOrDash = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? ["–"] : lines);
