import type { PartialDate } from "../model/partial-date.ts";
import { formatStates, standingAt } from "../model/phases.ts";
import { precisionOf, type ReckonedDate } from "../model/reckoned-date.ts";
import { dayOf, type Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type Bar, column, type Report, reportOf } from "./report.ts";
import { type ContractTerm, readTerms } from "./terms.ts";

/** One phase of a contract's term. */
export type TimelineRow = Bar;

/** What an end means wherever one is shown. */
export const END_MEANING = "The last day, or the month or year that has it; 2016-07..2017-06: between the two.";

const dateColumns = (
  name: "begin" | "end",
  title: string,
  meaning: string,
  date: (row: TimelineRow) => ReckonedDate,
) => [
  column.date<TimelineRow>(name, title, meaning, date),
  column.text<TimelineRow>(
    `${name}Precision`,
    `${title} known to`,
    "To what the date is known: year, month or day; between for 2016-07..2017-06.",
    (row) => precisionOf(date(row)),
  ),
];

export const TIMELINE_COLUMNS = [
  column.id<TimelineRow>("contract", "Contract", "The contract's id.", (row) => row.contract),
  column.text<TimelineRow>("title", "Title", "The title of the lot, the contract or the source.", (row) => row.title),
  column.text<TimelineRow>(
    "phase",
    "Phase",
    "The part of the term: firm, renewal 1, renewal 2 ….",
    (row) => row.phase.name,
  ),
  ...dateColumns("begin", "Begin", "The first day, or the month or year that has it.", (row) => row.phase.begin),
  ...dateColumns("end", "End", END_MEANING, (row) => row.phase.end),
  column.text<TimelineRow>(
    "state",
    "State",
    "Where the contract stands in its term on the day, every open renewal taken up: not begun, firm, renewal 1 …, ended; several where its dates leave it open.",
    (row) => row.state,
  ),
] as const;

const rowsOf = ({ contract, dates: { phases } }: ContractTerm, day: PartialDate): readonly TimelineRow[] => {
  const state = formatStates(standingAt(phases, day));
  return phases.map((phase) => ({ contract: contract.id, title: contract.title, phase, state }));
};

/** The firm part and the renewals of each contract, one row a phase, in reading order; people see them drawn. */
export const timeline = (register: Register, selection: Selection = {}): Report<TimelineRow> => {
  const day = dayOf(selection);
  const terms = readTerms(register, selection);
  const batches = async function* () {
    for await (const batch of terms.batches) yield batch.flatMap((term) => rowsOf(term, day));
  };
  return {
    ...reportOf(TIMELINE_COLUMNS, batches(), () => terms.closing()),
    shape: { kind: "drawing", day, bar: (row) => row },
  };
};
