import type { Attribution } from "./claim.ts";
import type { Money } from "./money.ts";
import type { PartialDate } from "./partial-date.ts";

/** What was decided of a renewal, and when. */
export interface RenewalDecision {
  /** The number of the renewal, from 1. */
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

/** A change of a ceiling: of one lot's, or of the contract's own where no lot is named. */
export interface Modification {
  readonly id: string;
  readonly date: PartialDate;
  readonly lot: string | undefined;
  /** By how much the ceiling grew; less than zero where it shrank. Undefined where the change is not one of money. */
  readonly amount: Money | undefined;
  readonly ground: ModificationGround | undefined;
  readonly title: string | undefined;
  readonly by: Attribution;
  readonly note: string | undefined;
}
