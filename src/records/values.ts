import { minorUnitDigits } from "../model/currency.ts";
import { explainDate } from "../model/meant-date.ts";
import {
  formatMoney,
  isMoneyProblem,
  type Money,
  minorDigits,
  parseMoney,
  rangeTo,
  roundDecimal,
  type StatedAmount,
  type StatedAmounts,
  unitOf,
} from "../model/money.ts";
import { remembered } from "../model/once.ts";
import { formatPartialDate, parsePartialDate } from "../model/partial-date.ts";
import { parseCounted, parseQuantity } from "../model/quantity.ts";
import type { RuleId } from "../model/rule.ts";
import { formatDuration, formatTerm, parseDuration, parseTerm } from "../model/term.ts";
import { isList } from "../syntax/plain.ts";
import {
  type Codec,
  type Decoding,
  type Encoding,
  isProblem,
  listOf,
  oneOf,
  type Problem,
  Recalled,
  scalar,
} from "./codec.ts";
import { type Field, lost, optional, type Place } from "./field.ts";
import { ofKind, type Value } from "./kinds.ts";

/** The single values of the register format: how each is read, and what an editor is told of it. */

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** The types that editors may take a text of this form for: 2016 is a number to them, and true a boolean. */
const typesOf = (form: RegExp): readonly string[] => [
  "string",
  ...(["2016", "20160101", "1e3"].some((number) => form.test(number)) ? ["number"] : []),
  ...(form.test("true") ? ["boolean"] : []),
];

const readText = (written: string): string | Problem => {
  if (CONTROL.test(written)) return { rule: "F9", problem: "control characters do not belong in a text" };
  return written.isWellFormed() ? written : { rule: "F9", problem: "half a surrogate pair does not belong in a text" };
};

const asItIs = (written: string): string => written;

export const text = ofKind("text", {
  ...scalar<string>(() => ({ type: typesOf(/./), minLength: 1 }), readText, asItIs),
  // A string that the cursor accepts has none of the characters that `readText` refuses.
  decodeQuickly: (json) => (json.string() ? json.written() : undefined),
  passQuickly: (json) => json.string(),
});

const word = (pattern: string, rule: RuleId, what: string, hint: string): Codec<string> => {
  const form = new RegExp(pattern);
  return scalar<string>(
    () => ({ type: typesOf(form), pattern }),
    (written) => (form.test(written) ? written : { rule, problem: `"${written}" is not ${what}`, hint }),
    asItIs,
  );
};

const SMALL_NUMBER = "^[1-9][0-9]?$";

/** A number from 1 to 99. */
export const smallNumber = (rule: RuleId, what: string): Codec<string> =>
  scalar<string>(
    () => ({ type: ["string", "integer"], pattern: SMALL_NUMBER }),
    (written) =>
      new RegExp(SMALL_NUMBER).test(written)
        ? written
        : { rule, problem: `"${written}" is not ${what}`, hint: "write 1, 2 …" },
    asItIs,
  );

const ID = /^\S(?:.*\S)?$/;

/** An id: any text that readers can tell from another by looking at it, because ids in notices are of many kinds. */
export const id = ofKind("id", {
  ...scalar<string>(
    () => ({ type: typesOf(ID), pattern: ID.source }),
    (written) => {
      if (ID.test(written)) return readText(written);
      const hint = "an id stands on one line, with no space before or after it";
      return { rule: "N5-id", problem: `"${written}" is not an id`, hint };
    },
    asItIs,
  ),
  decodeQuickly: (json) => {
    if (!json.string()) return undefined;
    const written = json.written();
    return json.isWord || ID.test(written) ? written : undefined;
  },
  passQuickly: (json) => json.string() && (json.isWord || ID.test(json.written())),
});

export const name = ofKind(
  "id",
  word(
    "^(?=.*[A-Za-z_-])[A-Za-z0-9][A-Za-z0-9_-]*$",
    "N5-id",
    "a name",
    "a name has letters, digits, - and _, one letter or - at least, and starts with a letter or digit",
  ),
);
export const country = ofKind(
  "text",
  word("^[A-Z]{2}$", "F6", "a country code", "write two capitals (ISO 3166-1): BE, ES, NO"),
);

const parsed = <T extends object>(
  pattern: string,
  parse: (written: string) => T | undefined,
  explain: (written: string) => Problem,
  write: (value: T) => string,
): Codec<T> => {
  const recalled = new Recalled<T>();
  return {
    ...scalar<T>(
      () => ({ type: typesOf(new RegExp(pattern)), pattern }),
      remembered((written) => parse(written) ?? explain(written)),
      write,
    ),
    decodeQuickly: (json) => (json.string() ? recalled.find(json, parse) : undefined),
  };
};

const isNot =
  (rule: RuleId, what: string, hint: string) =>
  (written: string): Problem => ({ rule, problem: `"${written}" is not ${what}`, hint });

const yesOrNo = oneOf(["yes", "no"]);
const DURATION_PATTERN = "[1-9][0-9]* (years?|months?|weeks?|days?)";

export const date = ofKind(
  "date",
  parsed(
    "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?)?$",
    parsePartialDate,
    (written) => ({ rule: "N4-date", ...explainDate(written) }),
    formatPartialDate,
  ),
);
export const duration = ofKind(
  "duration",
  parsed(
    `^${DURATION_PATTERN}$`,
    parseDuration,
    isNot("D1-term", "a duration", "write 4 years, 18 months, 26 weeks or 1000 days"),
    formatDuration,
  ),
);
export const term = ofKind(
  "term",
  parsed(
    `^${DURATION_PATTERN}( \\+ [1-9][0-9]* renewals? of ${DURATION_PATTERN})*( \\+ tacit renewals of ${DURATION_PATTERN})?$`,
    parseTerm,
    isNot(
      "D1-term",
      "a term",
      "write 4 years, 1000 days, 2 years + 2 renewals of 1 year, or 1 year + tacit renewals of 1 year",
    ),
    formatTerm,
  ),
);
export const quantity = ofKind(
  "quantity",
  parsed(
    "^(about )?[0-9][0-9,]*( .+)?$",
    parseQuantity,
    isNot("F6", "a count", "write 56, about 50, 75 % or 2500 virtual machines"),
    ({ count, unit, approximate }) => `${approximate ? "about " : ""}${count}${unit === "" ? "" : ` ${unit}`}`,
  ),
);

export const flag: Value<boolean, "flag"> = {
  kind: "flag",
  schema: () => ({ type: "string", enum: ["yes", "no"] }),
  encode: (value) => (value ? "yes" : "no"),
  decode: (value, reading) => {
    const word = yesOrNo.decode(value, reading);
    return word === undefined ? undefined : word === "yes";
  },
  decodeQuickly: (json, reading) => {
    const word = yesOrNo.decodeQuickly?.(json, reading);
    return word === undefined ? undefined : word === "yes";
  },
};

/** What an amount may say besides its figure: that a notice states more decimals, and whether it includes tax. */
const REMARKS_PATTERN = "( \\(stated as -?[0-9]+[.][0-9]+\\))?( (incl|excl)\\. VAT)?";
const CURRENCY_PATTERN = "([A-Z]{3}|[€£])";
const FIGURE_PATTERN = "[0-9.,]+(k|M|bn)?";
const moneyPattern = (figure: string): string =>
  `(${CURRENCY_PATTERN} ?${figure}|${figure} ?${CURRENCY_PATTERN})${REMARKS_PATTERN}`;
const UNSIGNED = moneyPattern(FIGURE_PATTERN);
const SIGNED = moneyPattern(`-?${FIGURE_PATTERN}`);

/** Reads an amount. It says itself whether it includes value added tax, or else its contract does. */
const readMoney = (text: string, { vat }: Decoding): Money | Problem => {
  const hasRemarks = text.endsWith("VAT") || text.endsWith(")");
  const [remarks = "", , stated, , said] = (hasRemarks && REMARKS.exec(text)) || [];
  const money = parseMoney(text.slice(0, text.length - remarks.length));
  if (isMoneyProblem(money)) return money;
  const taxed = (said ?? vat)?.startsWith("incl") ? { ...money, vat: "included" as const } : money;
  return stated === undefined ? taxed : withStated(taxed, stated);
};

const REMARKS = /( \(stated as (-?[0-9]+[.][0-9]+)\))?( (incl|excl)\. VAT)?$/;

const withStated = (money: Money, written: string): Money | Problem => {
  if (roundDecimal(written, minorDigits(money.currency)) === money.minor) return { ...money, written };
  const hint = "the figure that a notice states is rounded to the decimals of its currency";
  return { rule: "N2-decimals", problem: `${written} does not round to ${formatMoney(money)}`, hint };
};

const writeMoney = ({ minor, currency, precision, vat, written }: Money, at: Encoding): string => {
  const stated = written === undefined ? "" : ` (stated as ${written})`;
  const basis = vat === at.vat ? "" : vat === undefined ? " excl. VAT" : " incl. VAT";
  return `${formatMoney({ minor, currency, precision })}${stated}${basis}`;
};

/** An amount with its currency. It may be below zero. */
export const signedAmount = ofKind(
  "amount",
  scalar<Money>(() => ({ type: "string", pattern: `^${SIGNED}$` }), readMoney, writeMoney),
);

const readStated = (written: string, at: Decoding): StatedAmount | Problem =>
  written === "withheld" ? written : readMoney(written, at);

const readAmount = (written: string, at: Decoding): StatedAmount | Problem => {
  const money = readStated(written, at);
  if (money === "withheld" || isProblem(money) || money.minor >= 0n) return money;
  return { rule: "N2-negative", problem: `"${written}" is negative`, hint: "a ceiling is zero or more" };
};

const writeAmount = (amount: StatedAmount, at: Encoding): string =>
  amount === "withheld" ? amount : writeMoney(amount, at);

/**
 * What a contract is worth, or `withheld`. It is below zero where the contract brings in money or is a credit (T10e).
 */
export const worth = ofKind(
  "amount",
  scalar<StatedAmount>(() => ({ type: "string", pattern: `^(withheld|${SIGNED})$` }), readStated, writeAmount),
);

/**
 * A ceiling or estimate: an amount with its currency, or the word `withheld`. It is left out where nothing is known
 * (T8).
 */
export const amount = ofKind(
  "amount",
  scalar<StatedAmount>(() => ({ type: "string", pattern: `^(withheld|${UNSIGNED})$` }), readAmount, writeAmount),
);

const COUNTED = "[0-9][0-9.,]*(k|M|bn)? [^0-9].*";

const readCounted = (written: string): Money | Problem => {
  const sound = readText(written);
  if (typeof sound !== "string") return sound;
  const money = parseCounted(sound);
  return isMoneyProblem(money) ? { rule: money.rule, problem: money.problem, hint: money.hint } : money;
};

const writeCounted = ({ minor, currency, called = currency, precision }: Money): string =>
  formatMoney({ minor, currency, called, precision });

export const signedCount = ofKind(
  "amount",
  scalar<Money>(() => ({ type: "string", pattern: `^-?${COUNTED}$` }), readCounted, writeCounted),
);

/** A quantity with its unit as a ceiling, or the word `withheld` (L4). */
export const countedCeiling = ofKind(
  "amount",
  scalar<StatedAmount>(
    () => ({ type: "string", pattern: `^(withheld|${COUNTED})$` }),
    (written) => {
      if (written === "withheld") return "withheld";
      const money = readCounted(written);
      if (isProblem(money) || money.minor >= 0n) return money;
      return { rule: "N2-negative", problem: `"${written}" is negative`, hint: "a ceiling is zero or more" };
    },
    (amount) => (amount === "withheld" ? amount : writeCounted(amount)),
  ),
);

const AT_LEAST = "at least ";
const RANGE = /^between (.+) and (.+)$/;

const readBounded = (written: string, at: Decoding): StatedAmount | Problem => {
  const [, least, most] = RANGE.exec(written) ?? [];
  if (least !== undefined && most !== undefined) return readRange(written, readStated(least, at), readStated(most, at));
  if (!written.startsWith(AT_LEAST)) return readStated(written, at);
  const read = readStated(written.slice(AT_LEAST.length), at);
  return isProblem(read) || read === "withheld" ? read : { ...read, bound: "atLeast" };
};

const readRange = (
  written: string,
  least: StatedAmount | Problem,
  most: StatedAmount | Problem,
): StatedAmount | Problem => {
  if (isProblem(least)) return least;
  if (isProblem(most)) return most;
  if (least !== "withheld" && most !== "withheld" && unitOf(least) === unitOf(most) && least.minor <= most.minor)
    return rangeTo(most, least.minor);
  return { rule: "N2-amount", problem: `"${written}" is no range`, hint: "write between EUR 2M and EUR 3M" };
};

const writeBounded = (amount: StatedAmount, at: Encoding): string => {
  if (amount === "withheld" || amount.bound === undefined) return writeAmount(amount, at);
  const { bound, least = 0n, ...exact } = amount;
  if (bound === "atLeast") return AT_LEAST + writeAmount(exact, at);
  return `between ${writeAmount({ ...exact, minor: least }, at)} and ${writeAmount(exact, at)}`;
};

/**
 * A value that is partly unknown or withheld, or lies between two amounts: `at least EUR 2M`,
 * `between EUR 2M and EUR 3M`.
 */
const boundedAmount: Codec<StatedAmount> = scalar<StatedAmount>(
  () => ({ type: "string", pattern: `^(withheld|(${AT_LEAST})?${SIGNED}|between ${SIGNED} and ${SIGNED})$` }),
  readBounded,
  writeBounded,
);

const amountList = listOf(boundedAmount);

/** The value of several contracts: one amount, or a list with one per currency, net and gross apart. */
export const amounts: Value<StatedAmounts, "amounts"> = {
  kind: "amounts",
  schema: () => ({ anyOf: [boundedAmount.schema(), amountList.schema()] }),
  encode: (stated, at) => {
    const list = stated === "withheld" ? [stated] : stated;
    const [only] = list;
    return list.length === 1 && only !== undefined ? boundedAmount.encode(only, at) : amountList.encode(list, at);
  },
  decode: (value, at) => {
    const list = isList(value) ? amountList.decode(value, at) : [boundedAmount.decode(value, at)];
    const [first, ...others] = (list ?? []).filter((item) => item !== undefined);
    if (first === undefined) return undefined;
    if (first === "withheld") {
      return others.length === 0
        ? first
        : at.report("N2-amount", "withheld stands alone", "write the amounts, or withheld");
    }
    const known = others.filter((item) => item !== "withheld");
    const units = new Set([first, ...known].map(unitOf));
    if (known.length < others.length || units.size <= known.length) {
      return at.report("N2-amount", "a list of amounts has one amount per currency", "add up those of one currency");
    }
    return [first, ...known];
  },
};

/** Codes of the Common Procurement Vocabulary: eight digits, with or without the check digit. */
export const cpv = ofKind(
  "texts",
  listOf(
    word(
      "^[0-9]{8}(-[0-9])?$",
      "F6",
      "a CPV code",
      "a CPV code has eight digits: 72000000, or 72000000-5 with its check digit",
    ),
  ),
);

export const currencyCode = ofKind(
  "text",
  scalar<string>(
    () => ({ type: "string", pattern: "^[A-Z]{3}$" }),
    (written) =>
      minorUnitDigits(written) === undefined
        ? {
            rule: "N2-currency",
            problem: `"${written}" is not an ISO 4217 currency code`,
            hint: "use a code such as EUR or GBP",
          }
        : written,
    asItIs,
  ),
);

export const url = ofKind("text", word("^https?://[^ ]+$", "F6", "a link", "a link starts with https:// or http://"));

export const note = optional(text, {
  says: "A remark for readers.",
  example: "the ordering rules are in annex 2",
  ocds: lost("notes"),
});

/** Who speaks for a record. It is read before the record's facts. */
export const speaker: Field<string, "aside"> & { readonly ocds: Place } = {
  key: "source",
  presence: "aside",
  codec: text,
  says: "Who states the facts of this record that name no source of their own: a source's id and the place in it.",
  example: "article 2",
  ocds: lost("which source states a fact"),
  effect: (spoken, reading) => {
    const by = reading.references.attribution(spoken);
    if (isProblem(by)) reading.reportAt(["source"], by.rule, by.problem, by.hint);
    else reading.by = by;
  },
};

export const texts = ofKind("texts", listOf(text));
export const quantities = ofKind("quantities", listOf(quantity));
