import type { Finding, Position } from "../model/errors.ts";
import type { Money } from "../model/money.ts";
import { detached } from "../syntax/detached.ts";
import { isList, isMap } from "../syntax/plain.ts";
import { type Codec, type Decoding, listOf, oneOf } from "./codec.ts";
import { type Field, given, nested, optional, required } from "./field.ts";
import { ofKind, type Value } from "./kinds.ts";
import type { Seated } from "./lot.ts";
import { type RecordCodec, type RecordOf, record } from "./record.ts";
import type { Supplier } from "./supplier.ts";
import { currencyCode, date, signedAmount, signedCount, smallNumber, text } from "./values.ts";

const placeOf = (reading: Decoding, ...below: readonly string[]): (() => Position) => {
  const path = [...reading.path(), ...below];
  return () => reading.origin.locate(path);
};

export const ORDER = {
  id: required(ofKind("id", text), "", {
    key: "order",
    says: "The order's id within its contract.",
    example: "PO-2024-017",
    asked: { name: "order", example: "order:PO-2024-017" },
  }),
  lot: optional(ofKind("lot", text), { says: "The lot that it is placed under.", example: "1" }),
  /** As it was written. It is looked for among the seats when the order is counted. */
  supplier: optional(text, { says: "Who delivers: a supplier by id, name or alias.", example: "nordlicht" }),
  buyer: optional(text, { says: "Who orders.", example: "Port of Example" }),
  date: optional(date, {
    says: "When it was placed.",
    meaning: "When the order was placed.",
    example: "2024-05-17",
    column: { title: "Date", shown: "known" },
    asked: { example: "date:2024-01..2024-06" },
  }),
  amount: optional(signedAmount, {
    says: "What it costs, which only a quantity may stand for; negative for a credit.",
    meaning: "What the order costs; negative for a credit.",
    example: "EUR 12,000.00",
    column: { title: "Amount", shown: "known" },
    asked: { example: "amount:10k.." },
  }),
  description: optional(text, {
    says: "What is ordered.",
    example: "Switches for pier 4",
    column: { title: "Description", shown: "never" },
    asked: { example: "description:switches" },
  }),
  quantity: optional(signedCount, {
    says: "How much is ordered, in units that are counted; negative where it is given back.",
    meaning: "How much is ordered, in units that are counted.",
    example: "300 machines",
    column: { title: "Quantity", shown: "known" },
  }),
  /** Free text: who declined, when, and why the next in the row was asked (L5). */
  declinedBy: optional(text, {
    says: "Who was asked before and declined, where suppliers are asked in a row: a cascade.",
    example: "Nordlicht, on 2024-05-02",
    column: { title: "Declined by", shown: "never" },
    asked: { example: "declinedBy:nordlicht" },
  }),
  /** Where the order stands in its file. Worked out only when it is asked for. */
  position: given((reading) => placeOf(reading)),
};

/** A call-off: an order placed under a framework agreement, which uses up its ceiling (L1). */
export type Order = RecordOf<typeof ORDER> & {
  /** Where it belongs, if it is a call-off that is a contract of its own (T11). Its amount may then be a bound. */
  readonly callOff?: CallOffPlace;
  /**
   * Set on what is no order in a ledger and is only reported: a row, or another sheet that looks like the one that is
   * read.
   */
  readonly noOrder?: "headings" | "remark" | "sheet";
};

/**
 * What a row may be other than a plain order. A `sum` is called a total and comes to what rows above it come to. A
 * `total` is only called one, and says nothing else that an order would. Neither is an order. A `doubt` is called a
 * total but says more and comes to something else, and counts as an order. Repeated headings and remarks never count.
 */
export type RowKind = "total" | "sum" | "doubt" | NonNullable<Order["noOrder"]>;

/** What a reader of orders may report besides them, and who may take orders that are only added up. */
export interface BesideOrders {
  /** Called with a row that sums up those above it, or is called so, or is no order at all. */
  readonly onOther?: (row: Order, kind: RowKind) => void;
  /**
   * Called with what is wrong with a row of a ledger that cannot be read. The row is left out, where the register was
   * opened leniently.
   */
  readonly onUnread?: (finding: Finding) => void;
  /** Takes the orders of ledgers that need not be looked at one by one. They are then not given as orders. */
  readonly tally?: OrderTally;
}

/** The place of a call-off that is a contract of its own under its framework agreement. */
export interface CallOffPlace extends Seated {
  /** The lots of the framework agreement of which it is for one. Empty where it says nothing of them. */
  readonly lots: readonly string[];
  /** Who delivers. Empty where nobody says so. */
  readonly suppliers: readonly Supplier[];
  /** For an order under that contract, or under one below it: the order itself, where it is told in full. */
  readonly placed?: Placed;
}

/** An order, named by the contract that states it and its id there. */
export interface Placed {
  readonly contract: string;
  readonly order: string;
}

const orderRecord = record(ORDER, {
  check: ({ amount, quantity }, reading) => {
    if (amount === undefined && quantity === undefined && reading.issues.length === 0)
      reading.report("F5", '"amount" is missing', "for example amount: EUR 12,000.00, or quantity: 300 machines");
  },
});

/**
 * A copy of an order that can be kept. A text that was cut out of a ledger, and the order's position there, would keep
 * the whole ledger in memory. The names in it are remembered anyway.
 */
export const heldOrder = (order: Order): Order => {
  const { description, declinedBy } = order;
  const { file, line, column, text: written } = order.position();
  const position = { file, line, column, text: detached(written) };
  return {
    ...order,
    id: heldId(order),
    description: description && detached(description),
    declinedBy: declinedBy && detached(declinedBy),
    position: () => position,
  };
};

/** A copy of an order's id that can be kept: see {@link heldOrder}. */
export const heldId = ({ id }: Pick<Order, "id">): string => detached(id);

export const orderCodec: RecordCodec<typeof ORDER> = {
  ...orderRecord,
  schema: () => ({ ...orderRecord.schema(), anyOf: [{ required: ["amount"] }, { required: ["quantity"] }] }),
};

/** What an order uses up: money, a quantity, or both. Empty for a record that is refused. */
export const measuresOf = ({ amount, quantity }: Order): readonly Money[] =>
  amount === undefined
    ? quantity === undefined
      ? []
      : [quantity]
    : quantity === undefined
      ? [amount]
      : [amount, quantity];

export const ORDER_FIELDS = [
  "order",
  "lot",
  "supplier",
  "buyer",
  "date",
  "amount",
  "currency",
  "quantity",
  "unit",
  "description",
  "declinedBy",
] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];

const heading = (name: OrderField): Field<string, "optional"> =>
  optional(text, { says: `The heading of the column with the ${name}.`, example: "No." });

const COLUMNS = {
  order: heading("order"),
  lot: heading("lot"),
  supplier: heading("supplier"),
  buyer: heading("buyer"),
  date: heading("date"),
  amount: heading("amount"),
  currency: heading("currency"),
  quantity: heading("quantity"),
  unit: heading("unit"),
  description: heading("description"),
  declinedBy: heading("declinedBy"),
} satisfies Record<OrderField, Field<string, "optional">>;

const OUTSIDE = /^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/;
/**
 * Hidden files, `.git/config` and its passwords among them, and names with control characters, which no file of a user
 * has.
 */
const HIDDEN = /(^|[/\\])\.[^/\\]|[\0-\x1f\x7f]/;

/**
 * The file of a ledger. Registers may come from strangers, so they can name no files outside their folder. Links are
 * followed only when the file is read.
 */
const ledgerFile: Value<string, "text"> = {
  kind: "text",
  schema: text.schema,
  encode: text.encode,
  decode: (value, at) => {
    const file = text.decode(value, at);
    if (file === undefined) return file;
    const hint = "put the ledger beside the register, or in a folder there, and name it from there: orders/2024.csv";
    if (OUTSIDE.test(file)) return at.report("F6", `"${file}" is not in the folder of the register`, hint);
    return HIDDEN.test(file) ? at.report("F6", `"${file}" is hidden, and no ledger`, hint) : file;
  },
};

/** How a ledger writes its days. It only counts for days that are in doubt without it. */
const DATE_NOTATIONS = ["DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY"] as const;
export type DateNotation = (typeof DATE_NOTATIONS)[number];

const LEDGER_ENCODINGS = ["utf-8", "windows-1252", "utf-16"] as const;
export type LedgerEncoding = (typeof LEDGER_ENCODINGS)[number];

/** How a table is written, where that is in doubt. Ledgers and the maps of imports share these keys. */
export const DIALECT = {
  currency: optional(currencyCode, { says: "The currency of amounts that name none.", example: "EUR" }),
  decimal: optional(ofKind("text", oneOf([".", ","])), {
    says: "What stands before the decimals of its figures, where that is in doubt.",
    example: '","',
  }),
  dates: optional(ofKind("text", oneOf(DATE_NOTATIONS)), {
    says: "How its days are written, where that is in doubt.",
    example: "DD/MM/YYYY",
  }),
  encoding: optional(ofKind("text", oneOf(LEDGER_ENCODINGS)), {
    says: "How its letters are encoded; utf-8 when left out.",
    example: "windows-1252",
  }),
  skip: optional(ofKind("text", smallNumber("F6", "a number of rows")), {
    says: "How many rows stand above the headings.",
    example: "3",
  }),
};

const { currency, ...NOTATION } = DIALECT;

const LEDGER = {
  /** A path from the folder that the register lies in. */
  file: required(ledgerFile, "", { says: "The file, from the folder of this register.", example: "orders-2024.csv" }),
  sheet: optional(text, {
    says: "Which sheet of a workbook; the first that is not hidden when left out.",
    example: "2026",
  }),
  currency,
  unit: optional(text, { says: "The unit of quantities that name none.", example: "machines" }),
  ...NOTATION,
  lines: optional(ofKind("text", oneOf(["sum"])), {
    says: "sum where an order may have several rows, which are added up.",
    example: "sum",
  }),
  columns: nested(record(COLUMNS), {
    says: "Under which headings the parts of an order stand, where these are not their names.",
    example: "{ order: PO number, amount: Net amount }",
  }),
  /** Where the register names it. Worked out only when it is asked for. */
  position: given((reading) => placeOf(reading, "file")),
};

export type Ledger = RecordOf<typeof LEDGER>;

const described = record(LEDGER);

const isPlain = ({ file: _file, position: _position, columns = {}, ...dialect }: Ledger): boolean =>
  Object.keys(columns).length === 0 && Object.values(dialect).every((value) => value === undefined);

const ledger: Codec<Ledger> = {
  schema: () => ({ anyOf: [ledgerFile.schema(), described.schema()] }),
  encode: (one, at) => (isPlain(one) ? ledgerFile.encode(one.file, at) : described.encode(one, at)),
  decode: (value, at) => {
    if (isMap(value)) return described.decode(value, at);
    const file = ledgerFile.decode(value, at);
    return file === undefined ? undefined : { file, position: placeOf(at) };
  },
};

const several = listOf(ledger);

export const ledgersCodec: Value<readonly Ledger[], "ledgers"> = {
  kind: "ledgers",
  schema: () => ({ anyOf: [ledgerFile.schema(), described.schema(), several.schema()] }),
  encode: (ledgers, at) => {
    const [only, ...others] = ledgers;
    return only !== undefined && others.length === 0 ? ledger.encode(only, at) : several.encode(ledgers, at);
  },
  decode: (value, at) => {
    if (isList(value)) return several.decode(value, at);
    const only = ledger.decode(value, at);
    return only === undefined ? undefined : [only];
  },
};

/** Takes the place of the number of a day, for an order without a date. */
export const UNDATED = -(2 ** 30);

/**
 * Adds up orders of ledgers that only differ from others in their ids, their words and their amounts, so that no
 * objects are made of them. What such orders have in common is asked for once, and has a number from then on.
 */
export interface OrderTally {
  /** Whether it matters who buys. Otherwise the number of every buyer is 0. */
  readonly tellsBuyers: boolean;
  /** The number of a lot and a supplier, as an order names them. Below 0 where each such order must be looked at. */
  placeOf(lot: string | undefined, supplier: string | undefined): number;
  /** The number of a buyer. Below 0 where each order of the buyer must be looked at. */
  buyerOf(buyer: string | undefined): number;
  /**
   * The number of amounts in one currency that are written to one precision. Below 0 where each order with such an
   * amount must be looked at.
   */
  measureOf(like: Money): number;
  /**
   * Adds an order of `minor` minor units, placed on a day by its number or {@link UNDATED}. False where the order must
   * be looked at, as the first of its kind must.
   */
  add(place: number, buyer: number, measure: number, day: number, minor: number): boolean;
}
