import type { PartialDate } from "../model/partial-date.ts";
import { type Selection, select } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import { type TermUnit, termUnits } from "../records/contract-term.ts";
import type { Register } from "../records/register.ts";
import { AWARD_NOTE } from "./contracts.ts";
import type { Closing } from "./report.ts";

export interface ContractTerm extends TermUnit {
  readonly contract: Contract;
}

/** The selected contracts with their terms, and what a reader must know of those that have none. */
interface Terms {
  readonly batches: AsyncIterable<readonly ContractTerm[]>;
  /** Complete only after the last contract; how ends are reckoned is told only where one is shown. */
  readonly closing: (shown?: boolean) => Closing;
}

const unknownNote = (count: number): string =>
  count === 1 ? "Left out: 1 contract whose end is unknown." : `Left out: ${count} contracts whose end is unknown.`;

export const readTerms = (register: Register, selection: Selection, day: PartialDate): Terms => {
  let unknown = 0;
  let reckonedFromAward = false;
  const batches = async function* () {
    for await (const batch of select(register, selection)) {
      const known: ContractTerm[] = [];
      for (const { contract, lots } of batch) {
        const units = termUnits(
          contract,
          lots.map(({ lot }) => lot),
          register.preference,
          day,
        );
        const ending = units.filter(({ dates }) => dates.phases.length > 0);
        if (ending.length === 0) unknown++;
        for (const unit of ending) known.push({ contract, ...unit });
      }
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
