import type { StatedAmount } from "../../model/amount.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { CompanySize } from "../../records/supplier.ts";

/** A company as the older forms name it. */
export interface Contractor {
  readonly name: string;
  readonly legalId: string | undefined;
  /** ISO 3166-1, two letters. */
  readonly country: string | undefined;
  readonly size: CompanySize | undefined;
}

/** One award of a notice: the older forms have one for each contract, whichever lots it is for. */
export interface Award {
  /** The award's own number, else its place: it tells awards of one notice apart. */
  readonly id: string;
  readonly reference: string | undefined;
  /** What stands in the field for the lot's number, which may be anything. */
  readonly lotText: string | undefined;
  readonly title: string | undefined;
  readonly outcome: "awarded" | "closed-no-winner";
  readonly contractors: readonly Contractor[];
  /** Whether they won as one grouping. */
  readonly together: boolean;
  readonly value: StatedAmount | undefined;
  readonly estimate: StatedAmount | undefined;
  readonly date: PartialDate | undefined;
  readonly offers: string | undefined;
}

/** A lot that a notice describes. */
export interface DescribedLot {
  readonly number: string | undefined;
  readonly title: string | undefined;
  readonly cpv: readonly string[];
}

/** A change of a contract's value (F20). */
export interface ValueChange {
  readonly before: StatedAmount;
  readonly after: StatedAmount;
  readonly ground: "unforeseen circumstances" | "additional works" | undefined;
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
  readonly startDate: PartialDate | undefined;
  readonly endDate: PartialDate | undefined;
  readonly changes: readonly ValueChange[];
}
