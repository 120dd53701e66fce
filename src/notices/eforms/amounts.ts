import type { StatedAmount } from "../../model/amount.ts";
import { plainText, type XmlElement } from "../../syntax/xml/element.ts";
import { amountFrom } from "../stated-values.ts";
import type { NoticeReading } from "./reading.ts";
import { isDeclaredSecret, type SecretGroup } from "./secrecy.ts";

/** A field that states an amount: its element, and its number among the business terms. */
export interface AmountField {
  readonly element: string;
  readonly term: string;
  /** By which codes it is kept secret: alone, and from SDK 1.16 on in its group (BT-195). */
  readonly secret?: readonly [alone: string, group: SecretGroup];
  /** Whether it may be less than nothing: credits, and contracts that bring money in (T10e). */
  readonly signed?: boolean;
}

const field = (term: string, element: string, secret?: AmountField["secret"]): AmountField =>
  secret === undefined ? { element, term } : { element, term, secret };

export const NOTICE_VALUE: AmountField = { ...field("BT-161", "TotalAmount", ["not-val", "not-valu"]), signed: true };
export const NOTICE_MAXIMUM = field("BT-118", "OverallMaximumFrameworkContractsAmount", ["not-max-val", "not-fram"]);
export const NOTICE_REESTIMATE = field("BT-1118", "OverallApproximateFrameworkContractsAmount", [
  "not-app-val",
  "not-fram",
]);
export const GROUP_MAXIMUM = field("BT-156", "GroupFrameworkMaximumValueAmount", ["gro-max-val", "not-fram"]);
export const GROUP_REESTIMATE = field("BT-1561", "GroupFrameworkReestimatedValueAmount", ["gro-ree-val", "not-fram"]);
export const LOT_MAXIMUM = field("BT-709", "MaximumValueAmount", ["max-val", "not-fram"]);
export const LOT_REESTIMATE = field("BT-660", "ReestimatedValueAmount", ["ree-val", "not-fram"]);
export const ANNOUNCED_MAXIMUM = field("BT-271", "FrameworkMaximumAmount");
export const ESTIMATE = field("BT-27", "EstimatedOverallContractAmount");
export const TENDER_VALUE: AmountField = {
  ...field("BT-720", "PayableAmount", ["win-ten-val", "ten-valu"]),
  signed: true,
};

const WITHHELD = /^-1(\.0*)?$/;

/**
 * What a part of a notice says of an amount (R-AMT): the Official Journal writes -1, and `unpublished` for a currency,
 * where it may not tell. A figure that stands there all the same counts, though its part declares it secret; what the
 * notice as a whole keeps secret is withheld whatever stands there, up to the day on which it is disclosed (E6).
 */
export const amountIn = (
  parent: XmlElement | undefined,
  field: AmountField,
  reading: NoticeReading,
  privacy: XmlElement | undefined = parent,
): StatedAmount | undefined => {
  const [alone, group] = field.secret ?? [];
  const secret = alone !== undefined && isDeclaredSecret(privacy, alone);
  if (group !== undefined && reading.secret.has(group)) return "withheld";
  const stated = parent?.children.find(({ name }) => name === field.element);
  const figure = stated === undefined ? "" : plainText(stated.text);
  const currency = stated?.attributes["currencyID"] ?? "";
  if (figure === "") return secret ? "withheld" : undefined;
  const masked = WITHHELD.test(figure) && (secret || field.signed !== true || !reading.allowsMinusOne);
  if (masked || [figure, currency].includes("unpublished")) return "withheld";
  if (secret) {
    reading.notes.add("R-AMT", "declared secret, yet a figure stands there: it counts", field.term);
  }
  return amountFrom(figure, currency, reading.notes, field.term, { signed: field.signed === true });
};
