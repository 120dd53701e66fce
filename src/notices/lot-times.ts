import { formatPartialDate } from "../model/partial-date.ts";
import { formatTerm } from "../model/term.ts";
import type { Contract } from "../records/contract.ts";
import { statedTermOf } from "../records/contract-term.ts";
import type { Lot } from "../records/lot.ts";

/** When a contract or a lot runs, as far as a notice says (D1a). */
export type Times = Pick<Lot, "startDate" | "endDate" | "term">;

const NOTHING: Times = { startDate: undefined, endDate: undefined, term: undefined };

export const saysWhenItRuns = ({ startDate, endDate, term }: Times): boolean =>
  (startDate ?? endDate ?? term) !== undefined;

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
    : { ...contract, ...NOTHING, lots: contract.lots.map((lot) => ({ ...lot, ...timesOf(contract, lot) })) };

/** The same with what all lots agree in said once, of the contract. */
export const timedAsOne = (contract: Contract): Contract => {
  const { lots } = contract;
  const [first] = lots;
  if (first === undefined || saysWhenItRuns(contract)) return contract;
  const startDate = lots.every((lot) => beginText(lot) === beginText(first)) ? first.startDate : undefined;
  const alike = lots.every((lot) => endText(lot) === endText(first));
  const { term, endDate } = alike ? first : NOTHING;
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

const beginText = ({ startDate }: Times): string =>
  startDate === undefined ? "" : formatPartialDate(startDate[0].value);

const endText = ({ term, endDate }: Times): string =>
  [term && formatTerm(term[0].value), endDate && formatPartialDate(endDate[0].value)].join();

/** What a later notice says of when a lot runs, in the place of what was said before: one end is in the place of all. */
export const retimed = (before: Times, later: Times): Times => {
  const { term, endDate } = (later.term ?? later.endDate) === undefined ? before : later;
  return { startDate: later.startDate ?? before.startDate, term, endDate };
};

/** A lot that begins with its own award, where its ends are reckoned from no other day (D1). */
export const begunBy = (lot: Lot, awardDate: Contract["awardDate"]): Lot =>
  lot.startDate !== undefined || (lot.term ?? lot.endDate) === undefined ? lot : { ...lot, startDate: awardDate };
