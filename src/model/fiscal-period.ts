import type { PartialDate } from "./partial-date.ts";

export const PERIODS = ["year", "quarter", "month"] as const;
export type PeriodName = (typeof PERIODS)[number];

export const isPeriod = (name: string): name is PeriodName => PERIODS.some((period) => period === name);
const two = (value: number): string => String(value).padStart(2, "0");

/** The period that a month lies in, of years that begin with a month from 1 to 12. */
const periodOfMonth = (month: number, period: PeriodName, start: number): string => {
  const [year, ofYear] = [Math.floor(month / 12), (month % 12) + 1];
  if (period === "month") return `${String(year).padStart(4, "0")}-${two(ofYear)}`;
  const begun = ofYear >= start ? year : year - 1;
  const name = String(begun).padStart(4, "0") + (start === 1 ? "" : `/${two((begun + 1) % 100)}`);
  return period === "year" ? name : `${name}-Q${Math.floor(((ofYear - start + 12) % 12) / 3) + 1}`;
};

/**
 * The periods that a date may lie in, one where it is known well enough: `2024`, `2024-Q2` and `2024-05`; of years that
 * begin with another month `2024/25` and `2024/25-Q1`.
 */
export const periodsOf = (date: PartialDate, period: PeriodName, start = 1): readonly string[] => {
  const first = date.year * 12 + (date.month ?? 1) - 1;
  const count = date.month === undefined ? 12 : 1;
  return [...new Set(Array.from({ length: count }, (_, index) => periodOfMonth(first + index, period, start)))];
};
