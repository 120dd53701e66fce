import { type Selection, select } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import { type TermDates, termDates } from "../records/contract-term.ts";
import type { Register } from "../records/register.ts";
import { AWARD_NOTE } from "./contracts.ts";
import type { Closing } from "./report.ts";

/** A contract that is selected, whose begin and term are known. */
export interface ContractTerm {
  readonly contract: Contract;
  readonly dates: TermDates;
}

/** The selected contracts with their terms, and what a reader must know of those that have none. */
interface Terms {
  readonly batches: AsyncIterable<readonly ContractTerm[]>;
  /** Complete only after the last contract; how ends are reckoned is told only where one is shown. */
  readonly closing: (shown?: boolean) => Closing;
}

const unknownNote = (count: number): string =>
  count === 1
    ? "Left out: 1 contract whose begin or term is not stated."
    : `Left out: ${count} contracts whose begin or term is not stated.`;

/** The terms of a register's contracts, in reading order. */
export const readTerms = (register: Register, selection: Selection): Terms => {
  let unknown = 0;
  let reckonedFromAward = false;
  const batches = async function* () {
    for await (const batch of select(register, selection)) {
      const all = batch.map(({ contract }) => ({ contract, dates: termDates(contract, register.preference) }));
      const known = all.filter(({ dates }) => dates.phases.length > 0);
      unknown += all.length - known.length;
      reckonedFromAward ||= known.some(({ dates }) => dates.from === "awardDate");
      yield known;
    }
  };
  const closing = (shown = true): Closing => ({
    summaries: [],
    notes: [...(unknown > 0 ? [unknownNote(unknown)] : []), ...(shown && reckonedFromAward ? [AWARD_NOTE] : [])],
  });
  return { batches: batches(), closing };
};
