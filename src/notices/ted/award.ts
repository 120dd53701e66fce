import type { StatedAmount } from "../../model/amount.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { Term } from "../../model/term.ts";
import type { CompanySize } from "../../records/supplier.ts";

/** A company as the older forms name it. */
export interface Contractor {
  readonly name: string;
  readonly legalId: string | undefined;
  /** ISO 3166-1, two letters. */
  readonly country: string | undefined;
  readonly size: CompanySize | undefined;
}

/** Who won an award. */
export interface Holders {
  readonly contractors: readonly Contractor[];
  /** Whether they won as one grouping. */
  readonly together: boolean;
}

/** One award of a notice: the older forms have one for each contract, whichever lots it is for. */
export interface Award extends Holders {
  /** The award's own number, else its place: it tells awards of one notice apart. */
  readonly id: string;
  readonly reference: string | undefined;
  /** What stands in the field for the lot's number, which may be anything. */
  readonly lotText: string | undefined;
  readonly title: string | undefined;
  readonly outcome: "awarded" | "closed-no-winner";
  readonly value: StatedAmount | undefined;
  readonly estimate: StatedAmount | undefined;
  readonly date: PartialDate | undefined;
  readonly offers: string | undefined;
}

/** When a contract runs, or a lot of it. */
export interface Period {
  readonly start: PartialDate | undefined;
  readonly end: PartialDate | undefined;
  readonly term: Term | undefined;
}

/** A lot that a notice describes. */
export interface DescribedLot extends Period {
  readonly number: string | undefined;
  readonly title: string | undefined;
  readonly cpv: readonly string[];
  readonly estimate: StatedAmount | undefined;
}

/** A change of what a contract is worth (F20). */
export interface ValueChange {
  readonly before: StatedAmount | undefined;
  readonly after: StatedAmount | undefined;
  readonly ground: "unforeseen circumstances" | "additional works" | undefined;
}

/** What a contract is after its changes (F20): what is left open is as it was. */
export interface Modified {
  readonly period: Period;
  readonly holders: Holders | undefined;
  readonly changes: readonly ValueChange[];
}

/** What a form says, in whichever generation of forms. */
export interface Form {
  readonly title: string | undefined;
  readonly buyers: readonly string[];
  readonly framework: boolean;
  readonly cpv: readonly string[];
  readonly lots: readonly DescribedLot[];
  readonly awards: readonly Award[];
  /** The value of all contracts together, as declared. */
  readonly total: StatedAmount | undefined;
  readonly estimate: StatedAmount | undefined;
  /** What became of the contract of its award; undefined of a form that modifies none. */
  readonly modified: Modified | undefined;
}
