import { linesEndingIn, type TextBlock } from "../../inputs/text-blocks.ts";
import { addAll } from "../../model/add-all.ts";
import { type Finding, type Position, withoutLine } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { nearest } from "../../model/nearest.ts";
import { type Ledger, ORDER_FIELDS, type OrderField } from "../../records/order.ts";
import { CsvRow } from "../../syntax/csv-row.ts";
import { positionsIn } from "../../syntax/plain.ts";
import type { LedgerFile } from "./ledger-order.ts";

/** What the headings of a ledger say of its rows. */
export interface CsvHead {
  readonly separator: string;
  /** How many fields a row has. */
  readonly width: number;
  /** Where in a row each part of an order stands; {@link NOWHERE} for those that the ledger does not have. */
  readonly places: Readonly<Record<OrderField, number>>;
  /** What follows the headings in their block. */
  readonly below: TextBlock;
}

/** A place behind the end of every row. */
export const NOWHERE = Number.MAX_SAFE_INTEGER;

const SEPARATORS = [",", ";", "\t", "|"] as const;
/** What a ledger of amounts has. */
const REQUIRED: readonly OrderField[] = ["order", "amount"];
/** In the order in which they are found. */
const SOUGHT: readonly OrderField[] = ["quantity", ...ORDER_FIELDS.filter((field) => field !== "quantity")];

/** The headings, divided by the separator that gives the most of them. */
const readHeadings = (
  text: string,
  start: number,
): { readonly row: CsvRow; readonly next: number; separator: string } => {
  const read = SEPARATORS.map((separator) => {
    const row = new CsvRow(separator);
    return { separator, row, next: row.read(text, start) ?? text.length };
  });
  return read.reduce((best, other) => (other.row.width > best.row.width ? other : best));
};

/** The places of the headings that say a name, without regard to case where none says it exactly. */
const placesOf = (name: string, headings: readonly string[]): readonly number[] => {
  const places = [...headings.keys()];
  const exact = places.filter((index) => headings[index] === name);
  return exact.length > 0 ? exact : places.filter((index) => fold(headings[index] ?? "") === fold(name));
};

const missing = (name: string, field: OrderField, headings: readonly string[]): Pick<Finding, "message" | "hint"> => {
  const [near] = nearest(name, headings);
  return {
    message: `the ledger has no column "${name}"; its headings are ${headings.map((one) => `"${one}"`).join(", ")}`,
    hint:
      near === undefined
        ? `say in the register which it is: columns: { ${field}: HEADING }`
        : `if it is "${near}", say so in the register: columns: { ${field}: ${near} }`,
  };
};

const TABLE_NAME = /\.(?:csv|tsv|tab)$/i;

/** A register may name any file of its folder as its ledger: nothing is shown of one that neither is nor is called a table. */
const noLedger = ({ columns = {} }: Ledger, position: Position): Finding =>
  withoutLine({
    rule: "F5",
    severity: "error",
    message: "this is no ledger: its first line has none of the headings",
    hint: `a ledger has at least ${REQUIRED.map((field) => `"${columns[field] ?? field}"`).join(" and ")}`,
    position,
  });

const placesOfAll = (place: number): Record<OrderField, number> => ({
  order: place,
  lot: place,
  supplier: place,
  buyer: place,
  date: place,
  amount: place,
  currency: place,
  quantity: place,
  unit: place,
  description: place,
  declinedBy: place,
});

/** An order has an id, and an amount unless it has a quantity: the columns of these are found before the amount's. */
const isRequired = (field: OrderField, { quantity }: CsvHead["places"]): boolean =>
  field === "order" || (field === "amount" && quantity === NOWHERE);

/** Finds the columns; reports those that stand twice, and those that must be there and are not. */
const findColumns = (
  row: CsvRow,
  { columns = {} }: Ledger,
  positionAt: (offset: number) => Position,
  findings: Finding[],
): CsvHead["places"] => {
  const headings = row.fields;
  const places = placesOfAll(NOWHERE);
  for (const field of SOUGHT) {
    const name = columns[field] ?? field;
    const [place, second] = placesOf(name, headings);
    if (place !== undefined) places[field] = place;
    if (second !== undefined) {
      const position = positionAt(row.start(second));
      findings.push({
        rule: "F4",
        severity: "error",
        message: `two columns are headed "${name}"`,
        hint: "rename one",
        position,
      });
    } else if (place === undefined && (isRequired(field, places) || columns[field] !== undefined)) {
      const position = positionAt(row.start(0));
      findings.push({ rule: "F5", severity: "error", ...missing(name, field, headings), position });
    }
  }
  return places;
};

/** Reads the headings, which are the first line of a block that is not blank; undefined, with findings, where that will not do. */
export const readHead = (block: TextBlock, { ledger, file }: LedgerFile, findings: Finding[]): CsvHead | undefined => {
  const { text, firstLine } = block;
  const positionAt = positionsIn(text, file, firstLine);
  const start = text.lastIndexOf("\n", text.search(/\S/)) + 1;
  const { row, next, separator } = readHeadings(text, start);
  if (row.fields.some((heading) => heading.includes("\r"))) {
    const message = "the lines of this file end with carriage returns alone";
    findings.push({ rule: "F1", severity: "error", message, hint: "save it with line feeds", position: positionAt(0) });
    return undefined;
  }
  const found: Finding[] = [];
  const places = findColumns(row, ledger, positionAt, found);
  if (found.length > 0) {
    const isTable = TABLE_NAME.test(file) || Object.values(places).some((place) => place !== NOWHERE);
    addAll(findings, isTable ? found : [noLedger(ledger, positionAt(start))]);
    return undefined;
  }
  const below = { text: text.slice(next), firstLine: firstLine + linesEndingIn(text, next) };
  return { separator, width: row.width, places, below };
};
