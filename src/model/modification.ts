import type { PartialDate } from "./partial-date.ts";

export interface RenewalDecision {
  readonly renewal: number;
  readonly decision: "exercised" | "declined";
  readonly date: PartialDate;
}

/** Why a contract was changed (Directive 2014/24/EU art. 72(1) and (2)). */
export const MODIFICATION_GROUNDS = [
  "review clause",
  "additional works",
  "unforeseen circumstances",
  "replacement of the contractor",
  "not substantial",
  "de minimis",
] as const;
export type ModificationGround = (typeof MODIFICATION_GROUNDS)[number];
