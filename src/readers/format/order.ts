import { zeroMoney } from "../../model/money.ts";
import { type Ledger, ORDER_FIELDS, type Order, type OrderField } from "../../model/order.ts";
import { type Codec, listOf } from "../codec.ts";
import type { Decoding } from "../decode.ts";
import { isList, isMap } from "../plain.ts";
import { type Field, field, record, requiredField } from "../record-codec.ts";
import { currencyCode, date, signedAmount, text } from "./scalars.ts";

const ORDER_RECORD = {
  order: requiredField("order", text, "The order's id within its contract.", "PO-2024-017"),
  lot: field("lot", text, "The lot that it is placed under.", "1"),
  supplier: field("supplier", text, "Who delivers: a supplier by id, name or alias.", "nordlicht"),
  buyer: field("buyer", text, "Who orders.", "Port of Example"),
  date: field("date", date, "When it was placed.", "2024-05-17"),
  amount: requiredField("amount", signedAmount, "What it costs; negative for a credit.", "EUR 12,000.00"),
  description: field("description", text, "What is ordered.", "Switches for pier 4"),
};

export const orderCodec: Codec<Order> = record(
  ORDER_RECORD,
  (reader, at): Order => {
    const path = at.path();
    return {
      id: reader.required(ORDER_RECORD.order, ""),
      lot: reader.optional(ORDER_RECORD.lot),
      supplier: reader.optional(ORDER_RECORD.supplier),
      buyer: reader.optional(ORDER_RECORD.buyer),
      date: reader.optional(ORDER_RECORD.date),
      amount: reader.required(ORDER_RECORD.amount, zeroMoney("EUR")),
      description: reader.optional(ORDER_RECORD.description),
      position: () => at.origin.locate(path),
    };
  },
  (order) => ({ ...order, order: order.id }),
);

const heading = (name: OrderField): Field<string> =>
  field(name, text, `The heading of the column with the ${name}.`, "No.");

const COLUMN_FIELDS: Readonly<Record<OrderField, Field<string>>> = {
  order: heading("order"),
  lot: heading("lot"),
  supplier: heading("supplier"),
  buyer: heading("buyer"),
  date: heading("date"),
  amount: heading("amount"),
  currency: heading("currency"),
  description: heading("description"),
};

const columns: Codec<Ledger["columns"]> = record(
  COLUMN_FIELDS,
  (reader) =>
    Object.fromEntries(
      ORDER_FIELDS.flatMap((name) => {
        const written = reader.optional(COLUMN_FIELDS[name]);
        return written === undefined ? [] : [[name, written]];
      }),
    ),
  (headings) => ({
    order: headings.order,
    lot: headings.lot,
    supplier: headings.supplier,
    buyer: headings.buyer,
    date: headings.date,
    amount: headings.amount,
    currency: headings.currency,
    description: headings.description,
  }),
);

const OUTSIDE = /^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/;
/** Files that nobody sees, `.git/config` and its passwords among them, and names that no file of a user has. */
const HIDDEN = /(^|[/\\])\.[^/\\]|[\0-\x1f\x7f]/;

/** Registers may come from strangers: they name no files outside of their folder. Links are followed when it is read. */
const ledgerFile: Codec<string> = {
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

const LEDGER_FIELDS = {
  file: requiredField("file", ledgerFile, "The file, from the folder of this register.", "orders-2024.csv"),
  currency: field("currency", currencyCode, "The currency of amounts that name none.", "EUR"),
  columns: field(
    "columns",
    columns,
    "Under which headings the parts of an order stand, where these are not their names.",
    "{ order: PO number, amount: Net amount }",
  ),
};

/** Where the value stands that is being read, or a part of it. */
const placeOf = (at: Decoding, ...below: readonly string[]): Ledger["position"] => {
  const path = [...at.path(), ...below];
  return () => at.origin.locate(path);
};

const described: Codec<Ledger> = record(
  LEDGER_FIELDS,
  (reader, at) => ({
    file: reader.required(LEDGER_FIELDS.file, ""),
    currency: reader.optional(LEDGER_FIELDS.currency),
    columns: reader.optional(LEDGER_FIELDS.columns) ?? {},
    position: placeOf(at, "file"),
  }),
  (described) => ({
    ...described,
    columns: Object.keys(described.columns).length > 0 ? described.columns : undefined,
  }),
);

/** A ledger by its file alone, or with its columns. */
const ledger: Codec<Ledger> = {
  schema: { anyOf: [ledgerFile.schema, described.schema] },
  encode: (one, at) =>
    one.currency === undefined && Object.keys(one.columns).length === 0
      ? ledgerFile.encode(one.file, at)
      : described.encode(one, at),
  decode: (value, at) => {
    if (isMap(value)) return described.decode(value, at);
    const file = ledgerFile.decode(value, at);
    return file === undefined ? undefined : { file, currency: undefined, columns: {}, position: placeOf(at) };
  },
};

const several = listOf(ledger);

/** One ledger, or a list. */
export const ledgersCodec: Codec<readonly Ledger[]> = {
  schema: { anyOf: [ledgerFile.schema, described.schema, several.schema] },
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
