import type { Money, StatedAmount } from "../../model/money.ts";
import { childOf, childrenOf, descend, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { Notes } from "../notice.ts";
import { amountFrom } from "../stated-values.ts";

const CODED = /^\d+$/;

/** The text of the first element of a name, paragraphs joined; undefined where there is none. */
export const textIn = (parent: XmlElement | undefined, name: string): string | undefined => {
  const element = childOf(parent, name);
  const paragraphs = childrenOf(element, "P");
  if (paragraphs.length > 1) return paragraphs.map(textOf).join(" ").trim() || undefined;
  return element === undefined ? undefined : textOf(element) || undefined;
};

const amountOf = (figure: string, currency: string, notes: Notes, subject?: string): Money | undefined =>
  amountFrom(figure.replace(/[\s\u00a0]/g, ""), currency, notes, subject, { leftOut: "a value is left out" });

/** `<VAL_TOTAL CURRENCY="EUR">1000.00</VAL_TOTAL>`. */
export const plainValue = (element: XmlElement | undefined, notes: Notes, subject?: string): StatedAmount | undefined =>
  element && amountOf(textOf(element), element.attributes["CURRENCY"] ?? "", notes, subject);

/** The total of a part of a form. A range from the lowest to the highest offer is no value, and is noted. */
export const totalIn = (parent: XmlElement | undefined, notes: Notes, subject?: string): StatedAmount | undefined => {
  const total = childOf(parent, "VAL_TOTAL");
  if (total === undefined && childOf(parent, "VAL_RANGE_TOTAL") !== undefined) {
    notes.add("R-AMT", "a range of offers stands for the value: nothing is counted", subject);
  }
  return plainValue(total, notes, subject);
};

/**
 * `<VALUE_COST FMTVAL="1420000">1 420 000</VALUE_COST>`, in an element that states the currency, as in the forms before
 * 2014. Whether it includes value added tax stands beside it.
 */
export const formattedValue = (
  element: XmlElement | undefined,
  notes: Notes,
  subject?: string,
): StatedAmount | undefined => {
  if (element === undefined) return undefined;
  const cost = childOf(element, "VALUE_COST");
  if (cost === undefined) {
    if (descend(element, "RANGE_VALUE_COST") !== undefined) {
      notes.add("R-AMT", "a range of offers stands for the value: nothing is counted", subject);
    }
    return undefined;
  }
  const { figure, assumption } = formattedFigure(cost.attributes["FMTVAL"], textOf(cost));
  if (assumption !== undefined) notes.add("R-AMT", assumption, subject);
  const amount = amountOf(figure, element.attributes["CURRENCY"] ?? "", notes, subject);
  const gross = childOf(element, "INCLUDING_VAT") !== undefined;
  return gross && amount !== undefined ? { ...amount, vat: "included" } : amount;
};

/** The CPV codes of an element: the main one, then the others. */
export const cpvIn = (element: XmlElement | undefined): readonly string[] =>
  (element?.children ?? [])
    .filter(({ name }) => name === "CPV_MAIN" || name === "CPV_ADDITIONAL")
    .sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0))
    .flatMap((part) => childOf(part, "CPV_CODE")?.attributes["CODE"] ?? [])
    .filter((code) => CODED.test(code) && code.length === 8);

interface FormattedFigure {
  readonly figure: string;
  readonly assumption: string | undefined;
}

/**
 * Chooses between the two forms of one figure: `1420000`, which a program wrote in an attribute, and `1 420 000`, which
 * people wrote in the text. Where the two differ by a power of ten, the text counts (F1). Where they differ otherwise,
 * the attribute does.
 */
const formattedFigure = (attribute: string | undefined, text: string): FormattedFigure => {
  const readings = readingsOf(text);
  const [likely] = readings;
  if (attribute === undefined) return { figure: likely ?? text, assumption: undefined };
  const agree = likely === undefined || readings.some((reading) => plainDecimal(reading) === plainDecimal(attribute));
  if (agree) return { figure: attribute, assumption: undefined };
  const shifted = digitsOf(attribute) === digitsOf(likely);
  const counts = shifted ? "the text" : "the attribute";
  return {
    figure: shifted ? likely : attribute,
    assumption: `a value is ${attribute} in its attribute and ${text.trim()} in its text: ${counts} counts`,
  };
};

/**
 * The figures that a text may mean, the likeliest first. A point or comma before three digits mostly separates
 * thousands.
 */
const readingsOf = (text: string): readonly string[] => {
  const compact = text.replace(/[\s\u00a0\u202f'\u2019]/g, "");
  const match = /^(-?)(\d+(?:[.,]\d+)*)$/.exec(compact);
  if (match === null) return [];
  const [, sign = "", figure = ""] = match;
  const marks = figure.replace(/\d/g, "");
  const last = Math.max(figure.lastIndexOf("."), figure.lastIndexOf(","));
  const whole = sign + figure.replace(/[.,]/g, "");
  if (marks === "") return [whole];
  const decimals = figure.length - last - 1;
  const decimal = `${sign}${figure.slice(0, last).replace(/[.,]/g, "")}.${figure.slice(last + 1)}`;
  const alike = new Set(marks).size === 1;
  if (alike && marks.length > 1) return [whole];
  return alike && decimals === 3 ? [whole, decimal] : [decimal];
};

const plainDecimal = (figure: string): string => {
  const [whole = "", fraction = ""] = figure.trim().split(".");
  const rest = fraction.replace(/0+$/, "");
  return `${whole.replace(/^(-?)0+(?=\d)/, "$1")}${rest === "" ? "" : `.${rest}`}`;
};

/** The digits of a figure, wherever its point is, without zeros at either end. */
const digitsOf = (figure: string): string => figure.replace(/\D/g, "").replace(/^0+|0+$/g, "");
