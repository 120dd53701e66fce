import type { StatedAmount } from "../../model/amount.ts";
import type { Claim } from "../../model/claim.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { readFigure } from "../stated-values.ts";
import { mapIn, textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/**
 * What an object states under a key as a value with its currency; what cannot be read is noted, and missing (T8). Values
 * are net, unless they say that tax is in them (ProZorro), or state a gross amount alone (Find a Tender).
 */
export const amountIn = (
  object: PlainMap,
  key: string,
  pointer: string,
  process: Process,
): Claim<StatedAmount> | undefined => {
  const value = mapIn(object, key);
  if (value === undefined) return undefined;
  const place = `${pointer}/${key}`;
  const amount = amountOf(value, place, process);
  return amount && { value: amount, by: process.by(value, place) };
};

const MASK = "-1";
const MASKED_CURRENCY = "unpublished";

/** Whose values may be less than nothing: credits, and contracts that bring money in (T10e). */
const SIGNED = /^\/(?:awards|contracts)\/\d+\/value$/;

const amountOf = (value: PlainMap, place: string, { assumptions }: Process): StatedAmount | undefined => {
  const net = textIn(value, "amount");
  const figure = net ?? textIn(value, "amountGross");
  const currency = textIn(value, "currency");
  if (figure === undefined) return undefined;
  if (figure === MASK || currency === MASKED_CURRENCY) {
    assumptions.make("maskedAmount", place);
    return "withheld";
  }
  const read = currency === undefined ? { problem: "no currency" } : readFigure(figure, currency.toUpperCase());
  if ("problem" in read || (read.money.minor < 0n && !SIGNED.test(place))) {
    assumptions.make("noAmount", place, "problem" in read ? read.problem : `"${figure}" is less than nothing`);
    return undefined;
  }
  if (read.assumption !== undefined) assumptions.make("rounded", place, read.assumption);
  const gross = net === undefined || textIn(value, "valueAddedTaxIncluded") === "true";
  return gross ? { ...read.money, vat: "included" } : read.money;
};
