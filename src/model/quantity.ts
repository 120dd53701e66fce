import { compareFigures, type FigureVerdict } from "./money.ts";

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
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${approximate ? "about " : ""}${digits}${unit === "" ? "" : ` ${unit}`}`;
};

const trailingZeros = (count: number): number => {
  const digits = String(count);
  return digits.length - digits.replace(/0+$/, "").length;
};

/** Compares two counts (N3); an approximate one is known to its trailing zeros: `about 50` to the ten. */
export const compareQuantities = (a: Quantity, b: Quantity): FigureVerdict => {
  if (a.unit !== b.unit) return "contradicts";
  const figure = ({ count, approximate }: Quantity) => ({
    units: BigInt(count),
    precision: approximate ? trailingZeros(count) : 0,
  });
  return compareFigures(figure(a), figure(b));
};
