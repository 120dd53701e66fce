import type { StatedAmount } from "../../model/amount.ts";
import { exactLiteral, type Money } from "../../model/money.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import type { Quantity } from "../../model/quantity.ts";
import type { Duration } from "../../model/term.ts";
import { type JsonMap, NumberLiteral, wholeNumber } from "./json-text.ts";
import type { Losses } from "./losses.ts";

/** An amount to its last decimal; that tax is in it says the extension of ProZorro. */
const moneyValue = (money: Money, losses: Losses): JsonMap => {
  if (money.bound !== undefined) losses.add("bound");
  if (money.precision > 0) losses.add("precision");
  return {
    amount: new NumberLiteral(exactLiteral(money)),
    currency: money.currency,
    valueAddedTaxIncluded: money.vat === "included" ? true : undefined,
  };
};

/** The figure, where one is known. That one is withheld has no place but in awards, which say so otherwise. */
export const figureOf = (amount: StatedAmount | undefined, losses: Losses): JsonMap | undefined => {
  if (amount === undefined) return undefined;
  if (amount === "withheld") {
    losses.add("withheld");
    return undefined;
  }
  return moneyValue(amount, losses);
};

const FIRST_MOMENT = "00:00:00";
const LAST_MOMENT = "23:59:59";

/**
 * The first or last moment of a day: OCDS knows moments only (RFC 3339), so that what is known to the month has no place.
 * A day without an offset is one of UTC.
 */
export const momentOf = (
  date: PartialDate | undefined,
  losses: Losses,
  time: typeof FIRST_MOMENT | typeof LAST_MOMENT = FIRST_MOMENT,
): string | undefined => {
  if (date === undefined) return undefined;
  const { offset = "Z", ...day } = date;
  if (day.day === undefined) {
    losses.add("coarseDate");
    return undefined;
  }
  return `${formatPartialDate(day)}T${time}${offset}`;
};

export const lastMomentOf = (date: PartialDate | undefined, losses: Losses): string | undefined =>
  momentOf(date, losses, LAST_MOMENT);

/** A duration in days, as publishers count them: years of 365, other months of 30. */
export const daysOf = ({ months, weeks = 0, days = 0 }: Duration): NumberLiteral =>
  wholeNumber(months === 0 ? weeks * 7 + days : months % 12 === 0 ? (months / 12) * 365 : months * 30);

/** A number of things that is exactly known. */
export const countOf = (quantity: Quantity | undefined, losses: Losses): NumberLiteral | undefined => {
  if (quantity === undefined) return undefined;
  if (quantity.approximate || quantity.unit !== "") {
    losses.add("approximate");
    return undefined;
  }
  return wholeNumber(quantity.count);
};
