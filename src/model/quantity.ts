import { minorUnitDigits } from "./currency.ts";
import {
  compareFigures,
  type FigureVerdict,
  isMoneyProblem,
  type Money,
  type MoneyProblem,
  parseFigureIn,
  QUANTITY_DECIMALS,
} from "./money.ts";
import { once } from "./once.ts";
import { groupThousands } from "./phrases.ts";

/** A counted thing: `2500 virtual machines`, `75 %`, `about 50`; `count` is a whole number. */
export interface Quantity {
  readonly count: number;
  /** Empty for a bare number. */
  readonly unit: string;
  readonly approximate: boolean;
}

const QUANTITY = /^(about )?(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?: (\S.*))?$/;

/** Reads `2500 virtual machines`, `2,500 TB`, `75 %`, `56` or `about 50`; undefined for any other text. */
export const parseQuantity = (text: string): Quantity | undefined => {
  const match = QUANTITY.exec(text);
  if (match === null) return undefined;
  const [, about, written = "", unit = ""] = match;
  const digits = written.replaceAll(",", "");
  if (digits.length > 1 && digits.startsWith("0")) return undefined;
  return {
    count: Number(digits),
    unit,
    approximate: about !== undefined,
  };
};

export const formatQuantity = ({ count, unit, approximate }: Quantity): string => {
  const digits = groupThousands(String(count));
  return `${approximate ? "about " : ""}${digits}${unit === "" ? "" : ` ${unit}`}`;
};

const trailingZeros = (count: number): number => {
  const digits = String(count);
  return digits.length - digits.replace(/0+$/, "").length;
};

/** Compares two counts (N3). An approximate one is only known to its trailing zeros: `about 50` to the ten. */
export const compareQuantities = (a: Quantity, b: Quantity): FigureVerdict => {
  if (a.unit !== b.unit) return "contradicts";
  const figure = ({ count, approximate }: Quantity) => ({
    units: BigInt(count),
    precision: approximate ? trailingZeros(count) : 0,
  });
  return compareFigures(figure(a), figure(b));
};

const FORMS = "write 2500 machines, 2,500 machines or 1250.5 hours";

const wrong = (problem: string, hint = FORMS): MoneyProblem => ({ rule: "L4-quantity", problem, hint });

const COUNTED = /^(-?[\d.,]+(?:k|M|bn)?)\s+(\S.*)$/;
/** Characters that no unit begins with, and others that no unit has anywhere. */
const noUnit = once(() => /^[\d\p{P}\p{S}]|[\u0000-\u001f\u007f;|"]/u);
/** Three decimals behind a point may be thousands. Two readers need not read 1.500 alike. */
const AMBIGUOUS = /^-?\d{1,3}\.\d{3}$/;

const MOST_LETTERS = 60;

/** The key that tells units apart: the same words are the same unit, whatever their case (L4). */
export const unitKey = (unit: string): string => unit.trim().replace(/\s+/g, " ").normalize("NFC").toLowerCase();

const unitProblem = (unit: string, figure: string): MoneyProblem | undefined => {
  if (unit.length > MOST_LETTERS) return wrong(`the unit "${unit.slice(0, 20)}…" is too long`);
  if (minorUnitDigits(unit.toUpperCase()) !== undefined)
    return wrong(
      `${unit} is a currency, and no unit of a quantity`,
      `an amount is a ceiling: ${unit.toUpperCase()} ${figure}`,
    );
  return noUnit().test(unit) ? wrong(`"${unit}" is no unit of a quantity`) : undefined;
};

export const countedIn = (figure: string, unit: string): Money | MoneyProblem => {
  const problem = unitProblem(unit, figure);
  if (problem !== undefined) return problem;
  if (AMBIGUOUS.test(figure)) {
    const digits = figure.replace(".", ",");
    return wrong(
      `"${figure}" may have decimals or thousands`,
      `write ${digits} for thousands, ${figure}0 for decimals`,
    );
  }
  const key = unitKey(unit);
  const read = parseFigureIn(figure, key, QUANTITY_DECIMALS);
  if (isMoneyProblem(read)) return { ...read, hint: FORMS };
  const called = unit.trim().replace(/\s+/g, " ");
  return called === key ? read : { ...read, called };
};

/** Reads a quantity as people write it: `2500 machines`, `2,500 machines`, `1250.5 GPU hours` (L4). */
export const parseCounted = (text: string): Money | MoneyProblem => {
  const [, figure, unit] = COUNTED.exec(text) ?? [];
  if (figure !== undefined && unit !== undefined) return countedIn(figure, unit);
  return wrong(/^-?[\d.,]+(k|M|bn)?$/.test(text) ? `the quantity "${text}" has no unit` : `"${text}" is no quantity`);
};
