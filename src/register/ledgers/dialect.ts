import {
  CURRENCY_SIGNS,
  hasDecimalComma,
  meantFigure,
  SHARED_SIGNS,
  signPattern,
  suffixMeant,
} from "../../model/meant-amount.ts";
import type { Ledger, Order } from "../../records/order.ts";

/** How a spreadsheet writes figures and dates, as far as the register declares it. */
export type Dialect = Pick<Ledger, "decimal" | "dates">;

/** Figures with a decimal comma, and thousands in groups or not at all. */
const COMMA_FIGURE = /^-?(?:\d{1,3}(?:[. '\u2019\u00a0\u202f]\d{3})+|\d+)(?:,\d+)?$/;
/** Thousands in groups, between signs that mean nothing else in a figure. */
const SPACED_FIGURE = /^-?\d{1,3}(?:[ '\u2019\u00a0\u202f]\d{3})+(?:\.\d+)?$/;
/** Points that occur more than once stand between thousands. */
const POINTED_FIGURE = /^-?\d{1,3}(?:\.\d{3}){2,}$/;
/** Thousands in groups of three, and above them in groups of two: `1,23,45,678.90`. */
const INDIAN_FIGURE = /^-?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$/;
/** Thousands in groups, and one comma after them, which can only mark decimals. */
const BOTH = /^-?\d{1,3}(?:[. '\u2019\u00a0\u202f]\d{3})+,\d+$/;

/**
 * A figure with its beginning as registers write it. Accounting programs put the minus behind a figure, write it as a
 * sign of its own (U+2212), or put a plus before it. Databases leave out the zero before decimals.
 */
const withPlainBeginning = (written: string): string => {
  const signed = written.includes("\u2212") ? written.replaceAll("\u2212", "-") : written;
  const text = signed.replace(/^\+(?=[\d.,])/, "").replace(/^(-?)(?=[.,]\d+$)/, "$10");
  const [, figure = "", currency = ""] = (text.includes("-") && /^([^-]*\d)-(\s*[^-\d\s]*)$/.exec(text)) || [];
  return figure === "" ? text : figure.replace(/\d/, "-$&") + currency;
};

/** A figure in the notation of registers. It stays as it is if its notation is neither declared nor certain. */
export const figureOf = (text: string, { decimal }: Dialect): string => {
  const written = withPlainBeginning(text);
  if (decimal === ",") {
    return COMMA_FIGURE.test(written) ? written.replaceAll(/[. '\u2019\u00a0\u202f]/g, "").replace(",", ".") : written;
  }
  if (INDIAN_FIGURE.test(written)) return written.replaceAll(",", "");
  if (decimal === undefined && POINTED_FIGURE.test(written)) return written.replaceAll(".", "");
  if (SPACED_FIGURE.test(written)) return written.replaceAll(/[ '\u2019\u00a0\u202f]/g, "");
  const isCertain = BOTH.test(written) || (/^-?\d+,\d+$/.test(written) && hasDecimalComma(written));
  return decimal === undefined && isCertain ? (meantFigure(written) ?? written) : written;
};

const SIGN = `[Ee]uros?|${[...CURRENCY_SIGNS.keys(), ...SHARED_SIGNS.keys()].map(signPattern).join("|")}|[A-Za-z]{3}`;
/** A dash in place of the cents: `12.500,-`. */
const NO_CENTS = "(?:([.,])[-\u2013\u2014]{1,2})?";
const AMOUNT = new RegExp(
  `^(?:(${SIGN})\\s*)?(\\(?-?[\\d.,'\u2019\\s]*\\d\\)?)${NO_CENTS}\\s*(?:(${SIGN})|([A-Za-z]+\\.?)\\s*(${SIGN})?)?$`,
);

/** A letter for thousands that stands with the currency: `5 TEUR`, `5 T\u20ac`. */
const THOUSANDS = new RegExp(`(?<=[\\d.,]) ?[Tk](?= ?(?:${SIGN})$)`);

const codeOf = (sign: string): string =>
  CURRENCY_SIGNS.get(sign) ?? (/^euros?$/i.test(sign) ? "EUR" : sign.toUpperCase());

/** An amount below zero, with its currency behind the minus or within the brackets: `-$50.00`, `($50.00)`. */
const BELOW_ZERO = /^(?:\((.+)\)|-\s*([^\d\s].*))$/;

interface WrittenAmount {
  readonly figure: string;
  readonly currency: string | undefined;
}

/**
 * A figure with its sign, code or size: `12.500,- €`, `1,5 Mio. EUR`, `(50.00)`. Undefined for any other text, and for
 * one with a sign that several currencies share, unless the column's currency is one of them.
 */
export const writtenAmount = (text: string, dialect: Dialect, column?: string): WrittenAmount | undefined => {
  const [, bracketed, behind = bracketed] = BELOW_ZERO.exec(text) ?? [];
  if (behind === undefined) return unsignedAmount(text, dialect, column);
  const amount = unsignedAmount(behind, dialect, column);
  return amount?.figure.startsWith("-") === false ? { ...amount, figure: `-${amount.figure}` } : undefined;
};

const unsignedAmount = (text: string, dialect: Dialect, column: string | undefined): WrittenAmount | undefined => {
  const [, before, written = "", point, code, word = "", last] =
    AMOUNT.exec(withPlainBeginning(text).replace(THOUSANDS, " k ")) ?? [];
  // Mio and Tsd have three letters as codes of currencies do, but are words for a size.
  const size = code === undefined ? suffixMeant(word) : suffixMeant(code);
  if (written === "" || (size === undefined && code === undefined)) return undefined;
  const sign = before ?? last ?? (size === undefined ? code : undefined);
  const shared = SHARED_SIGNS.get(sign ?? "");
  if (shared !== undefined && !shared.includes(column ?? "")) return undefined;
  const figure = figureOf(
    written
      .replace(/^\((.+)\)$/, "-$1")
      .replace(/[\u00a0\u202f]/g, " ")
      .trim(),
    point === "," ? { ...dialect, decimal: "," } : dialect,
  );
  return { figure: figure + (size ?? ""), currency: shared === undefined ? sign && codeOf(sign) : column };
};

/** Whether the point in a figure with a size may mark decimals or thousands, because nothing says which: `1.250k`. */
export const isAmbiguousFigure = (amount: string, { decimal }: Dialect): boolean =>
  decimal === undefined && /(?:^| )-?\d{1,3}\.\d{3}(?:k|M|bn)$/.test(amount);

/** Whether a figure with too many decimals may have thousands instead, because nothing says what its point marks. */
export const mayHaveThousands = (amount: string, { decimal }: Dialect): boolean =>
  decimal === undefined && /(?:^| )-?[1-9]\d{0,2}\.\d{3}$/.test(amount);

/**
 * A spreadsheet's amount in the notation of registers. It stays as it is if its notation is neither declared nor
 * certain.
 */
export const amountOf = (given: string, dialect: Dialect, column?: string): string => {
  const text = withPlainBeginning(given);
  const figure = figureOf(text, dialect);
  if (figure !== text || /^-?[\d.,]*$/.test(text)) return figure;
  const written = writtenAmount(text, dialect, column);
  if (written === undefined) return text;
  return written.currency === undefined ? written.figure : `${written.currency} ${written.figure}`;
};

/** What spreadsheets call a row that sums up those above. */
const TOTAL =
  "(?:(?:grand|sub)[- ]?)?(?:totals?|sum|summe|gesamt(?:summe|betrag)?|zwischensumme|somme|total g\u00e9n\u00e9ral|sous-total|totaal|subtotaal|totale|suma|summa|razem|celkem|saldo|\u2211)";

/** What may follow such a word: a period, a lot, or whether tax is included. */
const OF_WHAT =
  "(?:(?:19|20)\\d\\d(?:[/-](?:19|20)?\\d\\d)?|q[1-4]|(?:lot|los|perceel|lote|lotto|part) \\S+|h\\.?t\\.?(?:va)?|t\\.?t\\.?c\\.?|tvac|net(?:to|te)?|brut(?:to)?|g\u00e9n\u00e9ral|general|(?:excl|incl|ex|inc|exkl|inkl|ohne|mit|zzgl|plus)\\.? ?(?:vat|btw|tva|mwst|iva)\\.?|hors taxes?)";

const PLAIN_TOTAL = new RegExp(`^${TOTAL}\\s*:?$`, "i");
const ANY_TOTAL = new RegExp(`^${TOTAL}(?:[\\s:_-]+\\(?${OF_WHAT}\\)?(?:\\s+\\(?${OF_WHAT}\\)?){0,2})?\\s*:?$`, "i");

const BEGINNINGS: ReadonlySet<string> = new Set(["to", "gr", "su", "ge", "zw", "so", "ra", "ce", "sa"]);
const FIRST_LETTERS = Array.from({ length: 128 }, (_, code) =>
  [...BEGINNINGS].some((letters) => letters.charCodeAt(0) === (code | 32)),
);

/**
 * Whether a text that begins with two character codes may be called a total. It is a quick test, because in a long
 * ledger next to no row is one.
 */
export const mayBeginTotal = (first: number, second: number): boolean =>
  first >= FIRST_LETTERS.length ||
  (FIRST_LETTERS[first] === true && BEGINNINGS.has(String.fromCharCode(first | 32, second | 32)));

/** Whether a text is called a total, whatever else is said beside it. */
export const saysTotal = (text: string): boolean =>
  mayBeginTotal(text.charCodeAt(0), text.charCodeAt(1)) && ANY_TOTAL.test(text);

/** Whether a row is called a total, and says nothing else that would make it an order. */
export const isPlainTotal = ({ id, date, lot, supplier }: Order): boolean =>
  date === undefined && lot === undefined && supplier === undefined && PLAIN_TOTAL.test(id);

/** A word before a colon, or several words. */
const REMARK = /\p{L}{2,}:\s|(?:^|\s)\p{L}{3,}\s(?:.*\s)?\p{L}{3,}/u;
const LEAST_COLUMNS = 3;

/** Whether a row of a table is only a remark: words in one of its cells, and nothing in the others. */
export const isRemark = (fields: readonly string[], columns: number): boolean => {
  const [text, ...others] = fields.filter((field) => field !== "");
  return columns >= LEAST_COLUMNS && text !== undefined && others.length === 0 && REMARK.test(text) && !saysTotal(text);
};

/** Whether a row without an id calls itself a total in any of its fields. */
export const isTotalRow = (fields: readonly string[]): boolean => fields.some(saysTotal);
