import type { Cell, Column } from "../engine/report.ts";
import { addAll } from "../model/lists.ts";
import { type Amount, exactLiteral, isKnown, moneyLiteral, unitOf } from "../model/money.ts";
import { type BoundedRatio, formatPercent, formatRatio, type Ratio } from "../model/ratio.ts";

/** A figure in fields of its own, so that a number is a number and a bound says that it is one (T8). */
export interface FigureFields {
  readonly value: string;
  /** The unit within which amounts may be added up: `EUR`, `EUR incl. VAT`, or the unit of a quantity. */
  readonly currency: string;
  readonly bound: string;
  /** The lower end of a range; the value is the upper one. */
  readonly least: string;
  readonly state: string;
}

type FieldName = keyof FigureFields;

const RATIO_FIELDS: readonly FieldName[] = ["value", "bound", "least", "state"];
const AMOUNT_FIELDS: readonly FieldName[] = ["value", "currency", "bound", "least", "state"];

/**
 * The fields that a column's figures take; undefined if it has no figures, or only numbers that are always known
 * exactly.
 */
export const figureFieldsOf = (type: Column<never>["type"]): readonly FieldName[] | undefined => {
  switch (type) {
    case "percent":
    case "decimal":
      return RATIO_FIELDS;
    case "money":
    case "moneys":
    case "any":
      return AMOUNT_FIELDS;
    default:
      return undefined;
  }
};

/** The column's own name for its values, and `ceiling_bound` for what belongs to them. */
const headingOf = (column: string, field: FieldName): string => (field === "value" ? column : `${column}_${field}`);

/** The headings of columns. A column of figures has several: for the number, and for what belongs to it. */
export const headingsOf = <Row>(columns: readonly Column<Row>[]): readonly string[] =>
  columns.flatMap(({ name, type }) => figureFieldsOf(type)?.map((field) => headingOf(name, field)) ?? [name]);

/** The fields of a place without a figure. */
export const NO_FIGURE: FigureFields = { value: "", currency: "", bound: "", least: "", state: "" };
const MISSING: FigureFields = { ...NO_FIGURE, state: "missing" };
const WITHHELD: FigureFields = { ...NO_FIGURE, state: "withheld" };

const amountFields = (amount: Amount): FigureFields => {
  if (!isKnown(amount)) return amount === "missing" ? MISSING : WITHHELD;
  const { currency, precision, bound, least } = amount;
  return {
    value: exactLiteral(amount),
    currency: amount.called ?? unitOf(amount),
    bound: bound ?? "exactly",
    least: least === undefined ? "" : moneyLiteral({ minor: least, currency, precision }),
    state: "known",
  };
};

const ratioFields = ({ value, bound, least }: BoundedRatio, format: (ratio: Ratio) => string): FigureFields => ({
  value: format(value),
  currency: "",
  bound: bound ?? "exactly",
  least: least === undefined ? "" : format(least),
  state: "known",
});

export const figuresIn = (cell: Cell | undefined): readonly FigureFields[] | undefined => {
  switch (cell?.type) {
    case undefined:
      return [MISSING];
    case "count":
      return [{ ...NO_FIGURE, value: String(cell.value), bound: "exactly", state: "known" }];
    case "percent":
      return [ratioFields(cell, formatPercent)];
    case "decimal":
      return [ratioFields(cell, formatRatio)];
    case "money":
      return [amountFields(cell.value)];
    case "moneys":
      return cell.value.length === 0 ? [MISSING] : cell.value.map(amountFields);
    default:
      return undefined;
  }
};

/** The parts of a cell for the nth line of its row. Further lines repeat everything but figures. */
export type LineParts<Part> = (
  column: Pick<Column<never>, "name" | "type">,
  cell: Cell | undefined,
  nth: number,
) => readonly Part[];

/** How many lines a row takes: as many as its cells have amounts in several currencies at most, and at least one. */
export const linesNeeded = (cells: readonly (Cell | undefined)[]): number =>
  cells.reduce((most, cell) => (cell?.type === "moneys" && cell.value.length > most ? cell.value.length : most), 1);

/** The lines of a row: one, or several if a cell has amounts in several currencies. */
export const linesOf = <Row, Part>(
  columns: readonly Column<Row>[],
  row: Row,
  partsOf: LineParts<Part>,
): readonly (readonly Part[])[] => {
  const cells = columns.map(({ cell }) => cell(row));
  return Array.from({ length: linesNeeded(cells) }, (_, nth) => {
    const line: Part[] = [];
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index];
      if (column !== undefined) addAll(line, partsOf(column, cells[index], nth));
    }
    return line;
  });
};
