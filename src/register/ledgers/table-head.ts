import { type AmountUnit, unitOfHeading } from "../../model/amount-unit.ts";
import { type Finding, findingOf, type Position, withoutLine } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { addAll } from "../../model/lists.ts";
import { nearest } from "../../model/nearest.ts";
import { firstAndMore } from "../../model/phrases.ts";
import { type Ledger, ORDER_FIELDS, type OrderField } from "../../records/order.ts";
import type { FieldRow } from "../../syntax/csv-row.ts";
import { MOST_COLUMNS } from "../../syntax/sheet.ts";
import type { LedgerFile } from "./ledger-order.ts";

export interface TableHead {
  readonly width: number;
  readonly headings: readonly string[];
  /** Where in a row each part of an order stands, or {@link NOWHERE} for parts that the ledger does not have. */
  readonly places: Readonly<Record<OrderField, number>>;
  readonly unit: AmountUnit;
}

/** A place behind the end of every row. */
export const NOWHERE = Number.MAX_SAFE_INTEGER;

const NOWHERE_ALL: Record<OrderField, number> = {
  order: NOWHERE,
  lot: NOWHERE,
  supplier: NOWHERE,
  buyer: NOWHERE,
  date: NOWHERE,
  amount: NOWHERE,
  currency: NOWHERE,
  quantity: NOWHERE,
  unit: NOWHERE,
  description: NOWHERE,
  declinedBy: NOWHERE,
};

/** What a ledger of amounts must have. */
const REQUIRED: readonly OrderField[] = ["order", "amount"];
/**
 * The fields in the order in which their columns are sought: the quantity first, because an amount is then not
 * required.
 */
const SOUGHT: readonly OrderField[] = ["quantity", ...ORDER_FIELDS.filter((field) => field !== "quantity")];

/** The places of the headings that are a name exactly, or where none is, without regard to case. */
const placesOf = (name: string, headings: readonly string[]): readonly number[] => {
  const places = [...headings.keys()];
  const exact = places.filter((index) => headings[index] === name);
  return exact.length > 0 ? exact : places.filter((index) => fold(headings[index] ?? "") === fold(name));
};

const MOST_NAMED = 30;
const LETTERS_SHOWN = 100;

const shown = (headings: readonly string[]): string =>
  firstAndMore(
    headings.map((one) => `"${one.length > LETTERS_SHOWN ? `${one.slice(0, LETTERS_SHOWN)}\u2026` : one}"`),
    MOST_NAMED,
  );

const missing = (name: string, field: OrderField, headings: readonly string[], position: Position): Finding => {
  const [near] = nearest(name, headings);
  const message = `the ledger has no column "${name}"; its headings are ${shown(headings)}`;
  const hint =
    near === undefined
      ? `say in the register which it is: columns: { ${field}: HEADING }`
      : `if it is "${near}", say so in the register: columns: { ${field}: ${near} }`;
  return findingOf("F5", message, position, hint);
};

const TOO_WIDE = `its rows have more than ${MOST_COLUMNS} columns`;

const TABLE_NAME = /\.(?:csv|tsv|tab)$/i;

/**
 * A register may name any file in its folder as a ledger. Nothing is shown of one that is no table, by content or name.
 */
const noLedger = ({ columns = {} }: Ledger, position: Position): Finding => {
  const hint = `a ledger has at least ${REQUIRED.map((field) => `"${columns[field] ?? field}"`).join(" and ")}`;
  return withoutLine(findingOf("F5", "this is no ledger: its first line has none of the headings", position, hint));
};

/** An order has an id, and an amount unless it has a quantity, whose column has been sought by then. */
const isRequired = (field: OrderField, { quantity }: TableHead["places"]): boolean =>
  field === "order" || (field === "amount" && quantity === NOWHERE);

/** Finds the columns. Reports those that stand twice, and those that must be there and are not. */
const findColumns = (
  row: FieldRow,
  { columns = {} }: Ledger,
  positionAt: (offset: number) => Position,
  findings: Finding[],
): TableHead["places"] => {
  const headings = row.fields;
  const places = { ...NOWHERE_ALL };
  for (const field of SOUGHT) {
    const name = columns[field] ?? field;
    const [place, second] = placesOf(name, headings);
    if (place !== undefined) places[field] = place;
    if (second !== undefined) {
      findings.push(findingOf("F4", `two columns are headed "${name}"`, positionAt(row.start(second)), "rename one"));
    } else if (place === undefined && (isRequired(field, places) || columns[field] !== undefined)) {
      findings.push(missing(name, field, headings, positionAt(row.start(0))));
    }
  }
  return places;
};

/** Finds in the row of headings where the parts of an order stand. Undefined, with findings, if it cannot be used. */
export const findHead = (
  row: FieldRow,
  { ledger, file }: LedgerFile,
  positionAt: (offset: number) => Position,
  findings: Finding[],
): TableHead | undefined => {
  if (row.width > MOST_COLUMNS) {
    findings.push(
      findingOf("F9", TOO_WIDE, { ...positionAt(row.start(MOST_COLUMNS)), text: "" }, "leave columns out of it"),
    );
    return undefined;
  }
  const found: Finding[] = [];
  const places = findColumns(row, ledger, positionAt, found);
  const unit = unitOfHeading(row.field(places.amount));
  if (unit.currency !== undefined && ledger.currency !== undefined && unit.currency !== ledger.currency)
    found.push(
      findingOf(
        "N2-currency",
        `the heading "${row.field(places.amount)}" names ${unit.currency}, and the register says ${ledger.currency}`,
        positionAt(row.start(places.amount)),
        "correct one, or leave the ledger's currency out",
      ),
    );
  if (found.length === 0) return { width: row.width, headings: row.fields, places, unit };
  const isTable = TABLE_NAME.test(file) || Object.values(places).some((place) => place !== NOWHERE);
  addAll(findings, isTable ? found : [noLedger(ledger, positionAt(row.start(0)))]);
  return undefined;
};
