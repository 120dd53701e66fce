import { dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { formatStates, standingAt } from "../../model/phases.ts";
import { formatDate } from "../../model/reckoned-date.ts";
import type { SelectedContract, SelectedLot } from "../../query/selection.ts";
import type { Contract } from "../../records/contract.ts";
import { lotTermDates, type TermDates, termDates } from "../../records/contract-term.ts";
import { lotRef, onDay } from "../views.ts";
import { formerTexts } from "./headroom-notes.ts";

/** Whether one more order stays within a ceiling; unknown where the data do not tell. */
export type Fit = "yes" | "no" | "unknown";

/** Whether there is anything to order from on a day, whatever the amount; and what to know where only the ceilings decide. */
export interface Occasion {
  readonly fits: Fit;
  /** Why not, or why that is unknown. */
  readonly whyNot: string | undefined;
  readonly notes: readonly string[];
}

const YES: Occasion = { fits: "yes", whyNot: undefined, notes: [] };

const because = (fits: Fit, whyNot: string): Occasion => ({ fits, whyNot, notes: [] });

const onTerm = (ref: string, { phases, begin, latestEnd }: TermDates, day: PartialDate): Occasion => {
  if (phases.length === 0) return { ...YES, notes: [`No term is stated for ${ref}: only the ceilings decide.`] };
  const { states } = standingAt(phases, day);
  const on = formatPartialDate(day);
  if (states.length === 1 && states[0] === "ended")
    return because("no", `${ref} ended${latestEnd === undefined ? "" : ` ${onDay(formatDate(latestEnd))}`}`);
  if (states.length === 1 && states[0] === "not begun")
    return because("no", `${ref} has not begun${begin === undefined ? "" : ` before ${formatPartialDate(begin)}`}`);
  // A renewal that nobody decided may never come (D1c): it may as well have ended. A tacit one needs nobody.
  if (!states.includes("ended") && !states.includes("not begun")) return YES;
  return because("unknown", `on ${on} ${ref} is in "${formatStates({ states })}"`);
};

const onAward = ({ contract }: SelectedContract, day: PartialDate, preference: Preference): Occasion => {
  const awarded = preference.value(contract.awardDate);
  if (awarded === undefined || dayRange(awarded).first <= dayRange(day).last) return YES;
  return because("no", `${contract.id} is awarded only ${onDay(formatPartialDate(awarded))}`);
};

const onLot = (contract: Contract, { lot, suppliers }: SelectedLot): Occasion => {
  const ref = lotRef(contract, lot);
  if (lot.status === "cancelled") return because("no", `${ref} is cancelled`);
  const only = "only the ceilings decide";
  if (lot.status === "open" || lot.status === "pending")
    return { ...YES, notes: [`${ref} is ${lot.status}: ${only}.`] };
  if (lot.status === "closed-no-winner") return { ...YES, notes: [`${ref} was closed without a winner: ${only}.`] };
  return suppliers.length > 0 ? YES : { ...YES, notes: [`Nobody holds ${ref}: ${only}.`] };
};

/** Who was asked about and left may take no order; whoever else holds a seat on the lot may. */
const onSeat = (contract: Contract, { lot, matching, former }: SelectedLot, preference: Preference): Occasion => {
  const [text] = matching.length > 0 ? [] : formerTexts(former, preference);
  return text === undefined ? YES : because("no", `${text} (${lotRef(contract, lot)})`);
};

/** Whether there is anything to order from a lot on a day: it is not cancelled, and its contract awarded, begun and not over. */
export const occasionOf = (selected: SelectedContract, day: PartialDate, preference: Preference): Occasion => {
  const { contract, lots } = selected;
  const all = [onAward(selected, day, preference)].concat(
    lots.flatMap((lot) => [
      onLot(contract, lot),
      onSeat(contract, lot, preference),
      onTerm(lotRef(contract, lot.lot), lotTermDates(contract, lot.lot, preference, day), day),
    ]),
    lots.length === 0 ? onTerm(contract.id, termDates(contract, preference, day), day) : [],
  );
  const notes = all.flatMap((one) => one.notes);
  const decisive = all.find(({ fits }) => fits === "no") ?? all.find(({ fits }) => fits === "unknown");
  // What only the ceilings would decide is beside the point where they do not.
  return decisive === undefined ? { ...YES, notes } : { ...decisive, notes: [] };
};
