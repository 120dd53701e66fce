import { type PartialDate, precisionOf, type ReckonedDate } from "../model/partial-date.ts";
import { formatStates, standingAt } from "../model/phases.ts";
import { MEANING } from "../query/fields.ts";
import { dayOf, type Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { type Bar, type Column, column, type Report, reportOf } from "./report.ts";
import { type ContractTerm, readTerms } from "./terms.ts";

export interface TimelineRow extends Bar {
  readonly lot: string | undefined;
}

const dateColumns = (
  name: "begin" | "end",
  title: string,
  meaning: string,
  date: (row: TimelineRow) => ReckonedDate | undefined,
): readonly Column<TimelineRow>[] => [
  column.date(name, meaning, date, title),
  column.text(
    `${name}Precision`,
    "To what the date is known: year, month or day; between for 2016-07..2017-06.",
    (row) => {
      const known = date(row);
      return known && precisionOf(known);
    },
    `${title} known to`,
  ),
];

export const TIMELINE_COLUMNS: readonly Column<TimelineRow>[] = [
  column.id("contract", MEANING.contract),
  column.id("lot", MEANING.lot),
  column.text("title", MEANING.title),
  column.text(
    "phase",
    "The part of the term: firm, renewal 1, renewal 2 …, or extended where only the latest end is known.",
    (row) => row.phase.name,
  ),
  ...dateColumns("begin", "Begin", "The first day, or the month or year that has it.", (row) => row.phase.begin),
  ...dateColumns("end", "End", MEANING.end, (row) => row.phase.end),
  column.text("state", MEANING.state),
];

const rowsOf = ({ contract, lot, dates: { phases } }: ContractTerm, day: PartialDate): readonly TimelineRow[] => {
  const state = formatStates(standingAt(phases, day));
  const title = lot?.title ?? contract.title;
  return phases.map((phase) => ({ contract: contract.id, lot: lot?.id, title, phase, state }));
};

/** A lot with a term of its own has a bar of its own, beside that of its contract. */
const barOf = (row: TimelineRow): Bar =>
  row.lot === undefined ? row : { ...row, contract: `${row.contract}/${row.lot}` };

/**
 * The firm part and the renewals of each contract, one row per phase, in reading order. People see them as a drawing.
 */
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
