import type { PartialDate } from "../../model/partial-date.ts";
import type { SettledContract, SharedAward } from "../../records/history.ts";
import type { Lot } from "../../records/lot.ts";

/** What a notice tells of the results of a procedure. */
export interface Results {
  readonly lots: readonly Lot[];
  readonly settledContracts: readonly SettledContract[];
  readonly sharedAwards: readonly SharedAward[];
  /** The notice of the framework agreement under which the contracts are call-offs (E7). */
  readonly callOffOf: string | undefined;
  /** When winners were chosen, where no contract says so. */
  readonly awardDates?: readonly PartialDate[];
}
