import { comparePartialDates } from "../model/partial-date.ts";
import type { Contract } from "../records/contract.ts";
import { type Note, TOTALS_LEFT_OUT } from "../records/history.ts";
import { type Modification, NO_DATE } from "../records/modification.ts";
import { timedByLot } from "./lot-times.ts";
import { isOfNotice, isTold, overlay, withoutAwards } from "./told-parts.ts";

/**
 * A contract as a change of its notice states it anew. A change repeats the whole notice. Lots of which it tells
 * nothing stay as they were. The totals of the two notices are then of different lots, and limit nothing.
 */
export const changedBy = (first: Contract, last: Contract): Contract => {
  const [before, later] = [timedByLot(first), timedByLot(last)];
  const told = new Map(later.lots.filter(isTold).map((lot) => [lot.id, lot]));
  const kept = new Set(before.lots.filter(({ id }) => !told.has(id)).map(({ id }) => id));
  const modifications =
    later.modifications.length > 0
      ? later.modifications.map((one) => datedAsBefore(one, later, before))
      : before.modifications;
  if (![...before.lots].some((lot) => kept.has(lot.id) && isTold(lot)) && later.lots.length >= before.lots.length)
    return { ...last, modifications };
  const stays = ({ lots }: { readonly lots: readonly string[] }): boolean => lots.some((lot) => kept.has(lot));
  const known = new Set(before.lots.map(({ id }) => id));
  const regrouped = new Set(later.groups.map(({ id }) => id));
  return {
    ...overlay(before, later),
    ceiling: undefined,
    reestimate: undefined,
    awarded: undefined,
    lots: [...before.lots.map((lot) => told.get(lot.id) ?? lot), ...later.lots.filter(({ id }) => !known.has(id))],
    groups: [...before.groups.filter(({ id }) => !regrouped.has(id)), ...later.groups].filter(
      (group) => !isOfNotice(group),
    ),
    settledContracts: [...before.settledContracts.filter(stays), ...later.settledContracts],
    sharedAwards: [...before.sharedAwards.filter(stays), ...later.sharedAwards],
    modifications,
    notes: [...before.notes, ...later.notes, ...totalsLeftOut(before, later)],
  };
};

/**
 * A modification that is dated only by its notice came with the notice that is corrected, and not with the correction.
 */
const datedAsBefore = (one: Modification, later: Contract, before: Contract): Modification => {
  const [published] = later.publications;
  const first = before.modifications.find(({ lot }) => lot === one.lot);
  const isDated = published === undefined || comparePartialDates(one.date, published.date ?? NO_DATE) !== 0;
  return isDated || first === undefined ? one : { ...one, date: first.date };
};

/**
 * A contract whose notice was cancelled: nothing that it states counts. Lots that it awarded are known to have come to
 * nothing. If it was no award, its lots have no result by it.
 */
export const withdrawn = (contract: Contract, isAward: boolean): Contract => ({
  ...withoutAwards(contract),
  ceiling: undefined,
  reestimate: undefined,
  settledContracts: [],
  groups: [],
  modifications: [],
  lots: contract.lots.map((lot) => ({
    ...lot,
    status: isAward ? "cancelled" : "no-result",
    ceiling: undefined,
    awarded: undefined,
    suppliers: undefined,
  })),
  notes: [...contract.notes, { rule: "R-STATUS", text: "its notice was cancelled: nothing that it states counts" }],
});

const TOTALS = ["ceiling", "reestimate", "awarded"] as const;

const totalsLeftOut = (before: Contract, later: Contract): readonly Note[] => {
  const isOfPart = [...before.groups, ...later.groups].some(isOfNotice);
  const stated = TOTALS.filter(
    (name) => (before[name] ?? later[name]) !== undefined || (name === "ceiling" && isOfPart),
  );
  const text = `${TOTALS_LEFT_OUT} (${stated.join(", ")})`;
  return stated.length === 0 ? [] : [{ rule: "T4", text }];
};
