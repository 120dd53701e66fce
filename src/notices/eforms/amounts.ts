import type { StatedAmount } from "../../model/amount.ts";
import { childrenOf, plainText, type XmlElement } from "../../syntax/xml/element.ts";
import { readFigure } from "../stated-figure.ts";
import { type NoticeReading, valueIn } from "./reading.ts";

/** A field that states an amount: its element, its number among the business terms, and by which code it is kept secret (BT-195). */
export interface AmountField {
  readonly element: string;
  readonly term: string;
  readonly secret: string | undefined;
}

const field = (term: string, element: string, secret?: string): AmountField => ({ element, term, secret });

export const NOTICE_VALUE = field("BT-161", "TotalAmount", "not-val");
export const NOTICE_MAXIMUM = field("BT-118", "OverallMaximumFrameworkContractsAmount", "not-max-val");
export const NOTICE_REESTIMATE = field("BT-1118", "OverallApproximateFrameworkContractsAmount", "not-app-val");
export const GROUP_MAXIMUM = field("BT-156", "GroupFrameworkMaximumValueAmount", "gro-max-val");
export const GROUP_REESTIMATE = field("BT-1561", "GroupFrameworkReestimatedValueAmount", "gro-ree-val");
export const LOT_MAXIMUM = field("BT-709", "MaximumValueAmount", "max-val");
export const LOT_REESTIMATE = field("BT-660", "ReestimatedValueAmount", "ree-val");
export const ANNOUNCED_MAXIMUM = field("BT-271", "FrameworkMaximumAmount");
export const ESTIMATE = field("BT-27", "EstimatedOverallContractAmount");
export const TENDER_VALUE = field("BT-720", "PayableAmount", "win-ten-val");

const WITHHELD = /^-1(\.0*)?$/;

/**
 * What a part of a notice says of an amount (R-AMT): the Official Journal writes -1, and `unpublished` for a currency,
 * where it may not tell. A figure that stands there all the same counts, though the notice declares it secret.
 */
export const amountIn = (
  parent: XmlElement | undefined,
  field: AmountField,
  reading: NoticeReading,
  privacy: XmlElement | undefined = parent,
): StatedAmount | undefined => {
  const secret = field.secret !== undefined && isDeclaredSecret(privacy, field.secret);
  const stated = parent?.children.find(({ name }) => name === field.element);
  const figure = stated === undefined ? "" : plainText(stated.text);
  const currency = stated?.attributes["currencyID"] ?? "";
  if (figure === "") return secret ? "withheld" : undefined;
  if (WITHHELD.test(figure) || [figure, currency].includes("unpublished")) return "withheld";
  if (secret) {
    reading.notes.add("R-AMT", "declared secret, yet a figure stands there: it counts", field.term);
  }
  return readAmount(figure, currency, field, reading);
};

const isDeclaredSecret = (parent: XmlElement | undefined, code: string): boolean =>
  childrenOf(parent, "FieldsPrivacy").some((privacy) => valueIn(privacy, "FieldIdentifierCode") === code);

const readAmount = (
  figure: string,
  currency: string,
  { term }: AmountField,
  { notes }: NoticeReading,
): StatedAmount | undefined => {
  const read = readFigure(figure, currency);
  if ("problem" in read || read.money.minor < 0n) {
    const problem = "problem" in read ? read.problem : `"${figure}" is less than nothing`;
    notes.add("N2", `left out: ${problem}`, term);
    return undefined;
  }
  if (read.assumption !== undefined) notes.add("N2", read.assumption, term);
  return read.money;
};
