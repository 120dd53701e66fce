import type { Money } from "./money.ts";

/** What a record says an amount is: a figure, or that the figure is kept secret. */
export type StatedAmount = Money | "withheld";

/** The value of several contracts together, one amount per currency, never empty; withheld where all that is there is secret. */
export type StatedAmounts = readonly [Money, ...Money[]] | "withheld";
