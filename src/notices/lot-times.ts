import { formatPartialDate } from "../model/partial-date.ts";
import { formatTerm } from "../model/term.ts";
import type { Contract } from "../records/contract.ts";
import { saysWhenItRuns, statedTermOf, type Times } from "../records/contract-term.ts";
import type { Lot } from "../records/lot.ts";
import type { Modification } from "../records/modification.ts";

export const NO_TIMES: Times = { startDate: undefined, endDate: undefined, term: undefined };

/** When a lot runs by its notice; the contract itself where there is no such lot. */
export const timesOf = (contract: Contract, lot: Lot | undefined): Times => {
  const { startDate, endDate, term } = statedTermOf(contract, lot);
  return { startDate, endDate, term };
};

/**
 * A contract of which each lot says by itself when it runs: what one notice says once of all its lots holds of no others
 * that the contract comes to have.
 */
export const timedByLot = (contract: Contract): Contract =>
  contract.lots.length === 0 || !saysWhenItRuns(contract)
    ? contract
    : { ...contract, ...NO_TIMES, lots: contract.lots.map((lot) => ({ ...lot, ...timesOf(contract, lot) })) };

/** The same with what all lots agree in said once, of the contract. */
export const timedAsOne = (contract: Contract): Contract => {
  const { lots } = contract;
  const [first] = lots;
  if (first === undefined || saysWhenItRuns(contract)) return contract;
  const startDate = lots.every((lot) => beginText(lot) === beginText(first)) ? first.startDate : undefined;
  const alike = lots.every((lot) => endText(lot) === endText(first));
  const { term, endDate } = alike ? first : NO_TIMES;
  return {
    ...contract,
    startDate,
    term,
    endDate,
    lots: lots.map((lot) => ({
      ...lot,
      ...(startDate !== undefined && { startDate: undefined }),
      ...(alike && { term: undefined, endDate: undefined }),
    })),
  };
};

/** When something begins, to be compared; empty where nothing says so. */
const beginText = ({ startDate }: Times): string =>
  startDate === undefined ? "" : formatPartialDate(startDate[0].value);

/** When its initial period ends, likewise. */
const endText = ({ term, endDate }: Times): string =>
  [term && formatTerm(term[0].value), endDate && formatPartialDate(endDate[0].value)].join();

export const areTimedAlike = ([first, ...others]: readonly Times[]): boolean =>
  others.every((times) => beginText(times) === beginText(first ?? times) && endText(times) === endText(first ?? times));

/** What is new of when something runs; undefined where nothing is. */
export const changeOfTimes = (
  before: Times,
  now: Times,
): Pick<Modification, "startDate" | "endDate" | "term"> | undefined => {
  const isBegunAnew = beginText(now) !== beginText(before);
  const endsAnew = endText(now) !== endText(before);
  if (!isBegunAnew && !endsAnew) return undefined;
  return {
    startDate: isBegunAnew ? now.startDate?.[0].value : undefined,
    endDate: endsAnew ? now.endDate?.[0].value : undefined,
    term: endsAnew ? now.term?.[0].value : undefined,
  };
};

/** A lot that begins with its own award, where the ends that it comes to have are reckoned from no other day (D1). */
export const begunBy = (lot: Lot, { term, endDate }: Times, awardDate: Contract["awardDate"]): Lot =>
  lot.startDate !== undefined || (term ?? endDate) === undefined ? lot : { ...lot, startDate: awardDate };
