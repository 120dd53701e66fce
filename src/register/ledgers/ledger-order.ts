import type { Finding, Origin } from "../../model/errors.ts";
import { addAll } from "../../model/lists.ts";
import type { Money } from "../../model/money.ts";
import { Decoding } from "../../records/codec.ts";
import { type Ledger, type Order, orderCodec } from "../../records/order.ts";
import type { Plain, PlainMap } from "../../syntax/plain.ts";
import { toFinding } from "../records.ts";
import { NO_REFERENCES } from "../references.ts";

export interface LedgerFile {
  readonly ledger: Ledger;
  readonly file: string;
  /** Set where its contract's amounts include value added tax. */
  readonly vat: Money["vat"];
}

const isBareFigure = (text: string): boolean => /^-?[0-9.,]+(k|M|bn)?$/.test(text);

const amountWith = (currency: Plain | undefined, amount: Plain | undefined, at: Decoding): Plain | undefined => {
  if (typeof amount !== "string" || !isBareFigure(amount)) return amount;
  if (typeof currency === "string") return `${currency} ${amount}`;
  const hint = 'write it with the amount, in a column "currency", or in the register: currency: EUR';
  at.reportAt(["amount"], "N2-currency", `the amount "${amount}" has no currency`, hint);
  // A stand-in, so that whatever else is wrong with the order is told, too.
  return "EUR 0";
};

const quantityWith = (unit: Plain | undefined, quantity: Plain | undefined): Plain | undefined =>
  typeof quantity === "string" && typeof unit === "string" && isBareFigure(quantity) ? `${quantity} ${unit}` : quantity;

/**
 * Decodes the order that parts of a ledger make, which are named as in a register. The currency may be a part of its
 * own, or the ledger's. Problems are added to the findings, and then there is no order.
 */
export const decodeOrder = (
  { currency: named, amount: written, unit, quantity: counted, ...parts }: PlainMap,
  { ledger, vat }: LedgerFile,
  origin: Origin,
  findings: Finding[],
): Order | undefined => {
  const at = new Decoding(NO_REFERENCES, origin);
  at.vat = vat;
  const amount = amountWith(named ?? ledger.currency, written, at);
  const quantity = quantityWith(unit ?? ledger.unit, counted);
  const measures = { ...(amount !== undefined && { amount }), ...(quantity !== undefined && { quantity }) };
  const order = orderCodec.decode({ ...parts, ...measures }, at);
  const stated = order?.amount?.currency;
  if (at.issues.length === 0 && named !== undefined && stated !== undefined && stated !== named) {
    at.reportAt(["currency"], "N2-currency", `the amount is in ${stated}, its currency ${named}`, "keep one");
  }
  addAll(
    findings,
    at.issues.map((issue) => toFinding(issue, origin)),
  );
  return at.issues.length > 0 ? undefined : order;
};
