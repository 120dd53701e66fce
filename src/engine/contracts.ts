import type { Preference } from "../model/claim.ts";
import { type Amount, isKnown, type Money, unitOf } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { formatStates } from "../model/phases.ts";
import { formatTerm } from "../model/term.ts";
import { MEANING } from "../query/fields.ts";
import { dayOf, type SelectedContract, type Selection } from "../query/selection.ts";
import { type CONTRACT, contractCodec } from "../records/contract.ts";
import { datesTogether, daysToAward, standingOf, type TermDates } from "../records/contract-term.ts";
import type { Note } from "../records/history.ts";
import type { Register } from "../records/register.ts";
import { type Assessment, assessments, frameworkOf } from "./assessments.ts";
import { AwardedTally } from "./awarded.ts";
import { CeilingSources } from "./ceiling-sources.ts";
import { byMeasure, type ContractCeiling } from "./ceilings.ts";
import { orderedUnder } from "./ordered.ts";
import { type Column, column, hidden, type Report, reportOf } from "./report.ts";
import { type ShownOf, TableColumns } from "./table-columns.ts";
import { AWARD_NOTE, termsOf } from "./terms.ts";
import { CallOffNotes, Totals } from "./totals.ts";

/** One contract, in one row for each currency or unit of its ceilings. */
export type ContractRow = ShownOf<typeof CONTRACT> &
  Pick<TermDates, "from" | "firmEnd" | "latestEnd"> & {
    readonly contract: string;
    readonly title: string | undefined;
    readonly term: string | undefined;
    /** Where it stands in its term on the day: not begun, firm, renewal 1 …, ended. */
    readonly state: string | undefined;
    readonly renewalsLeft: number | undefined;
    readonly daysToAward: number | undefined;
    readonly lots: number;
    readonly suppliers: number;
    /** The usable total: min(declared ceiling, sum of the lots). */
    readonly ceiling: Amount;
    readonly awarded: readonly Money[];
    readonly ordered: readonly Money[];
    readonly sources: readonly string[];
    readonly notes: readonly Note[];
  };

const shown = new TableColumns<typeof CONTRACT>(contractCodec);

const FIRST: readonly Column<ContractRow>[] = [
  column.id("contract", MEANING.contract),
  column.text("title", MEANING.title),
  shown.named("buyer"),
  shown.named("awardDate"),
  hidden(column.text("term", "The initial period and the renewals.")),
  column.date("firmEnd", MEANING.firmEnd),
  column.date("latestEnd", MEANING.latestEnd),
  hidden(
    column.text(
      "termFrom",
      "The date from which the ends are counted: startDate, or awardDate where no start is stated.",
      (row) => row.from,
    ),
  ),
  hidden(column.text("state", MEANING.state)),
  hidden(column.count("daysToAward", MEANING.daysToAward)),
  hidden(
    column.count(
      "renewalsLeft",
      "The renewals that may still be taken up and have not begun on the day; nothing where its dates leave it open.",
    ),
  ),
  column.count("lots", MEANING.lots),
  column.count("suppliers", MEANING.holders),
  column.money("ceiling", MEANING.ceiling),
  column.moneys("awarded", "The value of the contracts awarded, one amount per currency.", "Awarded value"),
  column.moneys("ordered", MEANING.ordered),
  shown.named("callOffOf"),
  hidden(column.texts("sources", MEANING.sources)),
  shown.named("jointBuyers"),
  shown.named("users"),
  shown.named("procedure"),
  shown.named("regime"),
  shown.named("cpv"),
  shown.named("tags"),
  hidden(column.notes("notes", MEANING.notes)),
];

export const CONTRACT_COLUMNS: readonly Column<ContractRow>[] = [
  ...FIRST,
  ...shown.without(FIRST.map(({ name }) => name)),
];

const rowsOf = (assessment: Assessment, preference: Preference, day: PartialDate): ContractRow[] => {
  const { selected, assessed } = assessment;
  const { contract, lots } = selected;
  const usable = byMeasure(assessed).flatMap((measured) => measured.usable);
  const amounts: readonly Amount[] = usable.length > 0 ? usable : [stateOf(selected, assessed, preference)];
  const counted = new CeilingSources();
  for (const measured of byMeasure(assessed)) counted.addContract(measured);
  const awarded = new AwardedTally();
  awarded.addContract(selected, preference);
  const dates = datesTogether(termsOf(selected, preference, day));
  const { from, term, firmEnd, latestEnd, endless } = dates;
  const standing = standingOf(dates, day);
  const ordered = orderedUnder(assessment.use, selected);
  return amounts.map((ceiling) => ({
    contract: contract.id,
    title: contract.title,
    term: term && formatTerm(term),
    from: term && from,
    firmEnd,
    latestEnd,
    state: formatStates(standing),
    renewalsLeft: endless ? undefined : standing.renewalsLeft,
    daysToAward: daysToAward(contract, preference),
    lots: lots.length,
    suppliers: new Set(lots.flatMap(({ matching }) => matching)).size,
    ceiling,
    awarded: awarded.tally.totals(),
    ordered,
    sources: counted.ids(preference, isKnown(ceiling) ? unitOf(ceiling) : undefined),
    notes: contract.notes,
    ...shown.rowOf(contract, preference),
    callOffOf: frameworkOf(assessment),
  }));
};

/** Why nothing is known of what a contract may cost. */
const stateOf = (
  { contract, lots }: SelectedContract,
  { missing, withheld }: ContractCeiling,
  preference: Preference,
): Amount => {
  if (lots.length === 0) return preference.value(contract.ceiling) === "withheld" ? "withheld" : "missing";
  return withheld > 0 && missing === 0 ? "withheld" : "missing";
};

export const contracts = (register: Register, selection: Selection = {}): Report<ContractRow> => {
  const { preference } = register;
  const day = dayOf(selection);
  const totals = new Totals(preference);
  const callOffs = new CallOffNotes();
  let reckonedFromAward = false;
  const batches = async function* () {
    for await (const batch of assessments(register, selection)) {
      const rows: ContractRow[] = [];
      for (const assessment of batch) {
        for (const row of rowsOf(assessment, preference, day)) {
          rows.push(row);
          reckonedFromAward ||= row.from === "awardDate";
        }
        if (callOffs.counts(assessment)) totals.add(assessment);
      }
      yield rows;
    }
  };
  return reportOf(CONTRACT_COLUMNS, batches(), () => {
    const { summaries, notes } = totals.closing(selection, callOffs);
    return { summaries, notes: reckonedFromAward ? [...notes, AWARD_NOTE] : notes };
  });
};
