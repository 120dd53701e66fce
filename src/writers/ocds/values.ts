import { escapeHidden } from "../../model/hidden-characters.ts";
import { exactLiteral, type Money, type StatedAmount } from "../../model/money.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import type { Quantity } from "../../model/quantity.ts";
import type { Duration } from "../../model/term.ts";
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

const quoted = (text: string): string => escapeHidden(JSON.stringify(text));

/** A number of JSON as it is to be written: amounts have more digits than binary numbers keep. */
export class NumberLiteral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = string | boolean | NumberLiteral | readonly Json[] | JsonMap;

/** Members that are undefined are left out. */
export interface JsonMap {
  readonly [key: string]: Json | undefined;
}

export const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

export const jsonText = (json: Json): string => {
  if (typeof json === "string") return quoted(json);
  if (typeof json === "boolean") return String(json);
  if (json instanceof NumberLiteral) return json.text;
  if (isList(json)) return `[${json.map(jsonText).join(",")}]`;
  const members = Object.entries(json).flatMap(([key, value]) =>
    value === undefined ? [] : [`${quoted(key)}:${jsonText(value)}`],
  );
  return `{${members.join(",")}}`;
};

export const wholeNumber = (count: number): NumberLiteral => new NumberLiteral(String(count));

/** A list that is left out where it is empty, as OCDS wants it. */
export const someOf = <T extends Json>(list: readonly T[]): readonly T[] | undefined =>
  list.length === 0 ? undefined : list;

/** An object that is left out where it says nothing. */
export const anyOf = (map: JsonMap): JsonMap | undefined =>
  Object.values(map).every((value) => value === undefined) ? undefined : map;

const PREFIX = "ocds-[a-z0-9]{6}";
const ALONE = new RegExp(`^${PREFIX}$`);
const BEFORE_MORE = new RegExp(`^${PREFIX}-`);

/** Whether a text is a prefix as the Open Contracting Partnership gives them to publishers: `ocds-a1b2c3`. */
export const isOcidPrefix = (text: string): boolean => ALONE.test(text);

export const hasOcidPrefix = (text: string): boolean => BEFORE_MORE.test(text);
