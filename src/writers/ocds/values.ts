import { escapeHidden } from "../../model/hidden-characters.ts";
import { exactLiteral, type Money, type StatedAmount } from "../../model/money.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import type { Quantity } from "../../model/quantity.ts";
import type { Duration } from "../../model/term.ts";
import type { NamedField } from "../../records/record.ts";

/** An amount to its last decimal. ProZorro's extension states whether VAT is included. */
const moneyValue = (money: Money, losses: Losses): JsonMap => {
  if (money.precision > 0) losses.add("precision");
  return {
    amount: new NumberLiteral(exactLiteral(money)),
    currency: money.currency,
    valueAddedTaxIncluded: money.vat === "included" ? true : undefined,
  };
};

/**
 * The figure, if one is known. A withheld one is counted as a loss: only awards have a place for that, and they state
 * it themselves.
 */
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
 * The first or last moment of a day. OCDS has only moments (RFC 3339), so a date known to the month only has no place
 * and is counted as a loss. A day without an offset is in UTC.
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

/** A number that is known exactly. One that is approximate or has a unit is counted as a loss. */
export const countOf = (quantity: Quantity | undefined, losses: Losses): NumberLiteral | undefined => {
  if (quantity === undefined) return undefined;
  if (quantity.approximate || quantity.unit !== "") {
    losses.add("approximate");
    return undefined;
  }
  return wholeNumber(quantity.count);
};

const quoted = (text: string): string => escapeHidden(JSON.stringify(text));

/** A JSON number as it will be written, because amounts may have more digits than binary numbers keep. */
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

/** Whether a text is a prefix like those that the Open Contracting Partnership gives to publishers: `ocds-a1b2c3`. */
export const isOcidPrefix = (text: string): boolean => ALONE.test(text);

export const hasOcidPrefix = (text: string): boolean => BEFORE_MORE.test(text);

/** What OCDS has no place for, apart from the fields that the tables of records declare lost. */
const LOSSES = {
  claims: "what other sources say of a fact",
  attributions: "which source states a fact",
  coarseDate: "dates known to the month or year only",
  precision: "to how many digits a rounded figure is known",
  bound: "how high a figure is at most",
  perSupplier: "ceilings that each supplier has for itself",
  unawardedCeiling: "ceilings of lots that have neither an award nor a framework agreement",
  withheld: "that an amount other than an award's is withheld",
  buyerCountry: "where a buyer is whose name is not stated",
  jointBuyer: "that a joint buyer is the buyer, too, or named again",
  pendingSuppliers: "who holds lots of which the award is pending",
  status: "that the result of a lot is not published",
  term: "terms beside an end date",
  renewals: "renewals of different lengths, or without end",
  maximumDuration: "maximum durations without a first day",
  unpublishedContract: "contracts that were signed for lots without an award",
  contractValue: "values of signed contracts for several lots, whose awards state their own",
  contractReference: "references of signed contracts",
  contractAward: "when the award of a signed contract was made, where others of its lots were made on other days",
  grouping: "that a supplier is a grouping, where its members are not stated",
  history: "earlier notices of a contract",
  awardDate: "award dates of contracts without an award",
  amendment: "modifications of contracts without an award",
  amendmentAmount: "by how much a modification changed a ceiling, which has its new value",
  growth: "by how much modifications changed what contracts are worth",
  frameworks: "the framework agreements of single contracts",
  approximate: "that a number is approximate, or of what it is one",
  unawardedValue: "values and expectations of lots without an award",
} as const;

type Loss = keyof typeof LOSSES;

export class Losses {
  readonly #counts = new Map<string, number>();

  add(loss: Loss, count = 1): void {
    this.#count(LOSSES[loss], count);
  }

  /** Counts what a record states in fields that OCDS has no place for. Each item of a list counts. */
  addFields(fields: readonly NamedField[], record: Readonly<Record<string, unknown>>): void {
    for (const field of fields) {
      if (field.ocds !== undefined && "lost" in field.ocds) this.#count(field.ocds.lost, timesStated(field, record));
    }
  }

  told(): readonly string[] {
    const counts = [...this.#counts].sort(([, a], [, b]) => b - a);
    return counts.map(([words, count]) => `${words} (${count})`);
  }

  #count(words: string, count: number): void {
    if (count > 0) this.#counts.set(words, (this.#counts.get(words) ?? 0) + count);
  }
}

/** How many values a record states in a field; 0 for a value that is usual there. */
const timesStated = ({ name, presence, fallback }: NamedField, record: Readonly<Record<string, unknown>>): number => {
  const value = record[name];
  if (presence === "usual" && Array.isArray(value)) return value.length;
  return value === undefined || (presence === "usual" && value === fallback?.(record)) ? 0 : 1;
};
