import { isBlank } from "../model/fold.ts";
import { hasDecimalComma, meantFigure } from "../model/meant-amount.ts";
import { nearest } from "../model/nearest.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import { LOT_STATUSES } from "../records/lot.ts";
import { COMPANY_SIZES, SUPPLIER_KINDS } from "../records/supplier.ts";
import { PRESENCE_FIELDS, QUERY_FIELDS, RUNS_OUT, STATES, USES } from "./fields.ts";
import type { WrittenValue } from "./lexer.ts";
import type { Clause, Operator, QueryField } from "./query.ts";
import type { QueryText } from "./query-error.ts";

import {
  type Amounts,
  type AskedAmount,
  askedAmount,
  type Dates,
  isEarlier,
  isValueProblem,
  parseAskedAmount,
  parseAskedDate,
  parseAskedQuantity,
  parseCount,
  parseRange,
  type Range,
  type ValueProblem,
} from "./values.ts";

/** Fields that accept only certain words. Only amounts are ever withheld. */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["is", STATES],
  ["status", LOT_STATUSES],
  ["kind", SUPPLIER_KINDS],
  ["size", COMPANY_SIZES],
  ["sme", ["yes", "no"]],
  ["use", USES],
  ["runsOut", RUNS_OUT],
  ["has", PRESENCE_FIELDS],
  ["missing", PRESENCE_FIELDS],
  ["withheld", QUERY_FIELDS.filter(({ type }) => type === "amount").map(({ name }) => name)],
]);

/** How to write an amount with commas in a query, where there is no doubt: `EUR1,5M` is EUR1.5M. */
const meantEnd = (written: string): string | undefined => {
  const [, before = "", figure = "", after = ""] =
    /^([A-Z\u20ac\u00a3]*)(.*?)([A-Z\u20ac\u00a3]{3}|[\u20ac\u00a3])?$/.exec(written) ?? [];
  const meant = meantFigure(figure)?.replaceAll(",", "");
  return meant === undefined ? undefined : before + meant + after;
};

export class ClauseReader {
  readonly #query: QueryText;

  constructor(query: QueryText) {
    this.#query = query;
  }

  #fail(message: string, expected: string, offset: number): never {
    return this.#query.fail(offset, message, expected);
  }

  read(field: QueryField, op: Operator, values: readonly WrittenValue[], offset: number): Clause {
    const { name, type } = field;
    for (const { perhaps, offset: at } of values) {
      if (perhaps && type !== "date")
        this.#fail(`"~" is for dates, and ${name} is not a date`, `for example ${field.example}`, at - 1);
    }
    switch (type) {
      case "amount":
        this.#refuseCommas(name, values);
        return { kind: "amounts", field: name, op, values: values.map((value) => this.#amounts(name, value, op)) };
      case "date":
        return { kind: "dates", field: name, op, values: values.map((value) => this.#dates(value, op)) };
      case "count":
        return { kind: "counts", field: name, op, values: values.map((value) => this.#counts(value, op)) };
      default:
        return {
          kind: "texts",
          field: name,
          op: this.#textOperator(field, op, offset),
          values: values.map((value) => this.#textValue(field, value)),
        };
    }
  }

  #textOperator({ name, type, example }: QueryField, op: Operator, offset: number): ":" | "=" | "!=" {
    const plain = type === "state" || type === "presence";
    if (op === ":" || (!plain && (op === "=" || op === "!="))) return op;
    return this.#fail(`${name} cannot be compared by "${op}"`, `for example ${example}`, offset + name.length);
  }

  #textValue({ name, type }: QueryField, { text, offset }: WrittenValue): string {
    const words = WORDS.get(name);
    if (words !== undefined && !words.includes(text)) {
      const near = nearest(text, words);
      const expected = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `one of ${words.join(", ")}`;
      this.#fail(`"${text}" is not a value of ${name}`, expected, offset);
    }
    if (name === "country" && !/^[A-Za-z]{2}$/.test(text))
      this.#fail(
        `"${text}" is not a country code`,
        "codes have two letters (ISO 3166-1), for example country:ES",
        offset,
      );
    if (type === "text" && isBlank(text))
      this.#fail("there is nothing to look for in this value", "write a word, or a part of one", offset);
    return text;
  }

  /**
   * Refuses commas within amounts. A comma separates values, so `10,252,762.00` and `1,5M` would silently ask for
   * several amounts.
   */
  #refuseCommas(name: string, values: readonly WrittenValue[]): void {
    const [first, ...others] = values;
    if (first === undefined || others.length === 0 || values.some(({ quoted }) => quoted)) return;
    const written = values.map(({ text }) => text).join(",");
    if (!/\d,\d/.test(written)) return;
    const ends = written.split("..").map((end) => (/\d,\d/.test(end) ? meantEnd(end) : end));
    const asked = ends.every((end) => end !== undefined)
      ? `write ${name}:${ends.join("..")}`
      : "write no commas in amounts";
    const several = values.every(({ text }) => /^\d+$/.test(text)) ? values.map(({ text }) => `${name}:${text}`) : [];
    const meant = [asked, ...(several.length > 0 ? [several.join(" OR ")] : [])].join(", or ");
    const comma = written.split("..").some(hasDecimalComma);
    this.#fail(`"${written}" ${comma ? "has a decimal comma" : "reads as several amounts"}`, meant, first.offset);
  }

  #range<T extends object | number>(
    value: WrittenValue,
    op: Operator,
    parse: (text: string) => T | ValueProblem,
  ): Range<T> {
    const range = parseRange(value.text, parse);
    if (isValueProblem(range)) return this.#fail(range.problem, range.expected, value.offset);
    if (op !== ":" && !range.single)
      this.#fail(
        `"${op}" compares with one value, not with a range`,
        "write the field, a colon and the range",
        value.offset,
      );
    return range;
  }

  #amounts(name: string, value: WrittenValue, op: Operator): Amounts {
    const range = this.#range(value, op, name === "quantity" ? parseAskedQuantity : parseAskedAmount);
    const { low, high, single } = range;
    if (single || low === undefined || high === undefined) return range;
    if (low.currency !== undefined && high.currency !== undefined && low.currency !== high.currency) {
      this.#fail(
        "the ends of the range are in different currencies",
        "ask for each currency by itself, with OR",
        value.offset,
      );
    }
    const currency = low.currency ?? high.currency;
    const least = this.#amountIn(low, currency, value.offset);
    const most = this.#amountIn(high, currency, value.offset);
    if (most.money.minor < least.money.minor) this.#empty(value);
    return { single, low: least, high: most };
  }

  /** Gives an amount the currency that stands at either end of its range. */
  #amountIn({ figure }: AskedAmount, currency: string | undefined, offset: number): AskedAmount {
    const asked = askedAmount(figure, currency);
    return "problem" in asked ? this.#fail(asked.problem, asked.hint, offset) : asked;
  }

  #dates(value: WrittenValue, op: Operator): Dates {
    const range = this.#range(value, op, parseAskedDate);
    if (value.perhaps && op !== ":")
      this.#fail('"~" goes with a colon', "for example awardDate:~2015-12-10..", value.offset - 1);
    const { low, high } = range;
    if (low?.kind === "date" && high?.kind === "date" && !range.single) {
      const padded = { ...low.date, month: low.date.month ?? 1, day: low.date.day ?? 1 };
      if (
        comparePartialDates({ year: high.date.year, month: high.date.month ?? 12, day: high.date.day ?? 31 }, padded) <
        0
      )
        this.#empty(value);
    }
    if (low?.kind === "relative" && high?.kind === "relative" && isEarlier(high, low)) this.#empty(value);
    return { ...range, perhaps: value.perhaps };
  }

  #counts(value: WrittenValue, op: Operator): Range<number> {
    const range = this.#range(value, op, parseCount);
    if (range.low !== undefined && range.high !== undefined && range.high < range.low) this.#empty(value);
    return range;
  }

  #empty({ text, offset }: WrittenValue): never {
    this.#fail(`nothing can lie in ${text}: its end is before its beginning`, "swap the ends", offset);
  }
}
