import type { PartialDate } from "../model/partial-date.ts";
import { formatStates, standingAt } from "../model/phases.ts";
import { precisionOf, type ReckonedDate } from "../model/reckoned-date.ts";
import { dayOf, type Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type Bar, column, type Report, reportOf } from "./report.ts";
import { END_MEANING, LOT_MEANING, STATE_MEANING } from "./term-words.ts";
import { type ContractTerm, readTerms } from "./terms.ts";

/** One phase of a contract's term, or of a lot's that has its own. */
export interface TimelineRow extends Bar {
  readonly lot: string | undefined;
}

const dateColumns = (
  name: "begin" | "end",
  title: string,
  meaning: string,
  date: (row: TimelineRow) => ReckonedDate | undefined,
) => [
  column.date<TimelineRow>(name, title, meaning, date),
  column.text<TimelineRow>(
    `${name}Precision`,
    `${title} known to`,
    "To what the date is known: year, month or day; between for 2016-07..2017-06.",
    (row) => {
      const known = date(row);
      return known && precisionOf(known);
    },
  ),
];

export const TIMELINE_COLUMNS = [
  column.id<TimelineRow>("contract", "Contract", "The contract's id.", (row) => row.contract),
  column.id<TimelineRow>("lot", "Lot", LOT_MEANING, (row) => row.lot),
  column.text<TimelineRow>("title", "Title", "The title of the lot, the contract or the source.", (row) => row.title),
  column.text<TimelineRow>(
    "phase",
    "Phase",
    "The part of the term: firm, renewal 1, renewal 2 …, or extended where only the latest end is known.",
    (row) => row.phase.name,
  ),
  ...dateColumns("begin", "Begin", "The first day, or the month or year that has it.", (row) => row.phase.begin),
  ...dateColumns("end", "End", END_MEANING, (row) => row.phase.end),
  column.text<TimelineRow>("state", "State", STATE_MEANING, (row) => row.state),
] as const;

const rowsOf = ({ contract, lot, dates: { phases } }: ContractTerm, day: PartialDate): readonly TimelineRow[] => {
  const state = formatStates(standingAt(phases, day));
  const title = lot?.title ?? contract.title;
  return phases.map((phase) => ({ contract: contract.id, lot: lot?.id, title, phase, state }));
};

/** A lot with a term of its own has a bar of its own, beside that of its contract. */
const barOf = (row: TimelineRow): Bar =>
  row.lot === undefined ? row : { ...row, contract: `${row.contract}/${row.lot}` };

/** The firm part and the renewals of each contract, one row a phase, in reading order; people see them drawn. */
export const timeline = (register: Register, selection: Selection = {}): Report<TimelineRow> => {
  const day = dayOf(selection);
  const terms = readTerms(register, selection, day);
  const batches = async function* () {
    for await (const batch of terms.batches) yield batch.flatMap((term) => rowsOf(term, day));
  };
  return {
    ...reportOf(TIMELINE_COLUMNS, batches(), () => terms.closing()),
    shape: { kind: "drawing", day, bar: barOf },
  };
};
