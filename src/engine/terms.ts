import type { DayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { type SelectedContract, type Selection, select } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import { type TermUnit, termUnits } from "../records/contract-term.ts";
import type { Register } from "../records/register.ts";
import type { Closing } from "./report.ts";

export interface ContractTerm extends TermUnit {
  readonly contract: Contract;
}

/** What has a term: a contract, or a lot with one of its own. */
export interface Termed {
  readonly contract: string;
  /** The lot, where it has a term of its own. */
  readonly lot: string | undefined;
  readonly title: string | undefined;
  readonly buyer: string | undefined;
}

export const termedOf = ({ contract, lot }: ContractTerm, preference: Preference): Termed => ({
  contract: contract.id,
  lot: lot?.id,
  title: lot?.title ?? contract.title,
  buyer: preference.value(contract.buyer),
});

/** `ports`, or `ports/2` of a lot. */
export const termedName = ({ contract, lot }: Termed): string => (lot === undefined ? contract : `${contract}/${lot}`);

export const titleOfTermed = (termed: Termed): string =>
  termed.title === undefined ? termedName(termed) : `${termedName(termed)}, ${termed.title}`;

export const linesOfTermed = ({ contract, lot, title, buyer }: Termed): readonly string[] => [
  `Contract: ${contract}`,
  ...(lot === undefined ? [] : [`Lot: ${lot}`]),
  ...(title === undefined ? [] : [`Title: ${title}`]),
  ...(buyer === undefined ? [] : [`Buyer: ${buyer}`]),
];

/** How many days before an event a calendar reminds of it. */
export const ALARMS: readonly number[] = [30, 7];

export const soonestFirst = (a: DayRange, b: DayRange): number => a.first - b.first || a.last - b.last;

/** The selected contracts with their terms, and what a reader must know of those that have none. */
interface Terms {
  readonly batches: AsyncIterable<readonly ContractTerm[]>;
  /** Complete only after the last contract. Tells how ends are counted only where one is `shown`. */
  readonly closing: (shown?: boolean) => Closing;
}

const unknownNote = (count: number): string =>
  count === 1 ? "Left out: 1 contract whose end is unknown." : `Left out: ${count} contracts whose end is unknown.`;

export const AWARD_NOTE = "Where no start date is stated, ends are counted from the award date.";

/** The terms of what is selected of a contract: its own, and those of its lots that have one. */
export const termsOf = (
  { contract, lots }: Pick<SelectedContract, "contract" | "lots">,
  preference: Preference,
  day: PartialDate,
): readonly TermUnit[] => {
  const selected = lots.map(({ lot }) => lot);
  return termUnits(contract, selected, preference, day);
};

export const readTerms = (register: Register, selection: Selection, day: PartialDate): Terms => {
  let unknown = 0;
  let reckonedFromAward = false;
  const batches = async function* () {
    for await (const batch of select(register, selection)) {
      const known: ContractTerm[] = [];
      for (const selected of batch) {
        const units = termsOf(selected, register.preference, day);
        const ending = units.filter(({ dates }) => dates.phases.length > 0);
        if (ending.length === 0) unknown++;
        for (const unit of ending) known.push({ contract: selected.contract, ...unit });
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
