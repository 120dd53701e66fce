import type { StatedAmount } from "../../model/amount.ts";
import { childOf, descend, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { Notes } from "../notes.ts";
import { readFigure } from "../stated-figure.ts";
import { formattedFigure } from "./formatted-figure.ts";

const CODED = /^\d+$/;

/** The text of the first element of a name, paragraphs joined; undefined where there is none. */
export const textIn = (parent: XmlElement | undefined, name: string): string | undefined => {
  const element = childOf(parent, name);
  return element === undefined ? undefined : textOf(element) || undefined;
};

/** A figure in a currency; what cannot be read is left out, and said to be. */
export const amountOf = (
  figure: string,
  currency: string,
  notes: Notes,
  subject?: string,
): StatedAmount | undefined => {
  const read = readFigure(figure.replace(/[\s\u00a0]/g, ""), currency);
  if ("problem" in read) {
    notes.add("N2", `a value is left out: ${read.problem}`, subject);
    return undefined;
  }
  if (read.assumption !== undefined) notes.add("N2", read.assumption, subject);
  return read.money;
};

/** `<VAL_TOTAL CURRENCY="EUR">1000.00</VAL_TOTAL>`. */
export const plainValue = (element: XmlElement | undefined, notes: Notes, subject?: string): StatedAmount | undefined =>
  element && amountOf(textOf(element), element.attributes["CURRENCY"] ?? "", notes, subject);

/** The total of a part of a form; a range from the lowest to the highest offer is no value, and said to be there. */
export const totalIn = (parent: XmlElement | undefined, notes: Notes, subject?: string): StatedAmount | undefined => {
  const total = childOf(parent, "VAL_TOTAL");
  if (total === undefined && childOf(parent, "VAL_RANGE_TOTAL") !== undefined) {
    notes.add("R-AMT", "a range of offers stands for the value: nothing is counted", subject);
  }
  return plainValue(total, notes, subject);
};

/**
 * `<VALUE_COST FMTVAL="1420000">1 420 000</VALUE_COST>` in an element with the currency, of the forms before 2014. Whether
 * it includes value added tax stands beside it.
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
  return gross && amount !== undefined && amount !== "withheld" ? { ...amount, vat: "included" } : amount;
};

/** Codes of the Common Procurement Vocabulary of an element: its main one, then the others. */
export const cpvIn = (element: XmlElement | undefined): readonly string[] =>
  (element?.children ?? [])
    .filter(({ name }) => name === "CPV_MAIN" || name === "CPV_ADDITIONAL")
    .sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0))
    .flatMap((part) => childOf(part, "CPV_CODE")?.attributes["CODE"] ?? [])
    .filter((code) => CODED.test(code) && code.length === 8);
