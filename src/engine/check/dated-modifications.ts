import { type DayRange, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { findingOf } from "../../model/errors.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import { formatEnd, type Phase } from "../../model/phases.ts";
import { modifiedLot } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import { phasesOn } from "../../records/contract-term.ts";
import type { Modification } from "../../records/modification.ts";
import type { ContractRule } from "./contract-rule.ts";

/** The last phase of what a modification changes; undefined where nothing says when it ends. */
const lastPhase = (contract: Contract, modification: Modification, preference: Preference): Phase | undefined => {
  const id = modifiedLot(modification, contract);
  const lot = contract.lots.find((one) => one.id === id);
  return phasesOn(contract, lot, preference).at(-1);
};

/** Why a modification cannot be of its date, as far as the dates are certain. */
const whyNot = (
  contract: Contract,
  days: DayRange,
  last: Phase | undefined,
  preference: Preference,
): string | undefined => {
  const award = preference.value(contract.awardDate);
  if (award !== undefined && days.last < dayRange(award).first)
    return `before the award on ${formatPartialDate(award)}`;
  return last !== undefined && days.first > last.lastDays.last
    ? `after the latest end on ${formatEnd(last)}`
    : undefined;
};

/** Modifications of what was not awarded yet, or is over, whatever today is (D1d). */
export const checkModificationDates: ContractRule = (contract, preference) =>
  contract.modifications.flatMap((modification, index) => {
    const { id, date } = modification;
    const why = whyNot(contract, dayRange(date), lastPhase(contract, modification, preference), preference);
    if (why === undefined) return [];
    const message = `${contract.id}: modification "${id}" is dated ${formatPartialDate(date)}, ${why}`;
    return [findingOf("D1-modification", message, contract.origin.locate(["modifications", index, "date"]))];
  });
