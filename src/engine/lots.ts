import type { Preference } from "../model/claim.ts";
import type { Amount, Money } from "../model/money.ts";
import { MEANING } from "../query/fields.ts";
import type { Selection } from "../query/selection.ts";
import { type CONTRACT, type Contract, contractCodec } from "../records/contract.ts";
import { daysToAward } from "../records/contract-term.ts";
import type { Note } from "../records/history.ts";
import { type LOT, lotCodec } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import { type Assessment, assessments, frameworkOf } from "./assessments.ts";
import type { LotCeiling } from "./ceilings.ts";
import { orderedOnLot } from "./ordered.ts";
import { type Column, column, hidden, type Report, reportOf, type SupplierCell, whenVaried } from "./report.ts";
import { type ShownOf, TableColumns } from "./table-columns.ts";
import { CallOffNotes, Totals, UnheldLots } from "./totals.ts";
import { supplierCell } from "./views.ts";

/** The facts of its contract that a lot shows, for questions about a market. */
const OF_CONTRACT = [
  "procedureType",
  "directAward",
  "nature",
  "regime",
  "buyerCountry",
  "callDate",
  "awardDate",
  "longTermReason",
] as const;
type MarketFacts = Pick<ShownOf<typeof CONTRACT>, (typeof OF_CONTRACT)[number]> & {
  readonly daysToAward: number | undefined;
};

export type LotRow = ShownOf<typeof LOT> &
  MarketFacts & {
    readonly contract: string;
    readonly lot: string;
    readonly title: string | undefined;
    /** What may be spent on the lot: one figure for all its suppliers, or a per-supplier ceiling once for each seat. */
    readonly ceiling: Amount;
    readonly cpv: readonly string[];
    readonly notes: readonly Note[];
    readonly suppliers: readonly SupplierCell[];
    readonly buyer: string | undefined;
    readonly source: string | undefined;
    readonly ordered: readonly Money[];
    readonly callOffOf: string | undefined;
  };

const shown = new TableColumns<typeof LOT>(lotCodec);
const ofContract = new TableColumns<typeof CONTRACT>(contractCodec);

const marketFacts = (contract: Contract, preference: Preference): MarketFacts => {
  const { procedureType, directAward, nature, regime, buyerCountry, callDate, awardDate, longTermReason } =
    ofContract.rowOf(contract, preference);
  const stated = { procedureType, directAward, nature, regime, buyerCountry, callDate, awardDate, longTermReason };
  return { daysToAward: daysToAward(contract, preference), ...stated };
};

const FIRST: readonly Column<LotRow>[] = [
  whenVaried(column.id("contract", MEANING.contract)),
  column.id("lot", MEANING.lot),
  column.text("title", MEANING.title),
  shown.named("status"),
  shown.named("service"),
  shown.named("deployment"),
  column.money("ceiling", MEANING.ceiling),
  shown.named("ceilingPerSupplier"),
  shown.named("quantity"),
  shown.named("awarded"),
  column.moneys("ordered", MEANING.ordered),
  shown.named("estimate"),
  shown.named("reestimate"),
  column.suppliers("suppliers", "Who holds the lot."),
  shown.named("callOff"),
  ofContract.named("callOffOf"),
  hidden(column.text("buyer", MEANING.buyer)),
  hidden(column.id("source", MEANING.source)),
  hidden(column.texts("cpv", MEANING.cpv, "CPV")),
  hidden(column.notes("notes", MEANING.notes)),
];

export const LOT_COLUMNS: readonly Column<LotRow>[] = [
  ...FIRST,
  ...shown.without(FIRST.map(({ name }) => name)),
  ...OF_CONTRACT.map((name) => hidden<LotRow>(ofContract.named(name))),
  hidden(column.count("daysToAward", MEANING.daysToAward)),
];

const rowOf = (
  assessment: Assessment,
  ceiling: LotCeiling,
  counted: LotCeiling | undefined,
  facts: MarketFacts,
  preference: Preference,
): LotRow => {
  const { contract } = assessment.selected;
  const { lot, suppliers } = ceiling.selected;
  return {
    contract: contract.id,
    lot: lot.id,
    title: lot.title,
    ceiling: ceiling.amount,
    cpv: preference.value(lot.cpv) ?? preference.value(contract.cpv) ?? [],
    notes: contract.notes,
    suppliers: suppliers.map((supplier) => supplierCell(supplier, preference, lot)),
    buyer: preference.value(contract.buyer),
    source: ceiling.by?.source,
    ordered: orderedOnLot(assessment.use, ceiling.selected),
    callOffOf: frameworkOf(assessment),
    ...facts,
    ...shown.rowOf(lot, preference),
    quantity: counted?.amount ?? "missing",
    longTermReason: preference.value(lot.longTermReason) ?? facts.longTermReason,
  };
};

export const lots = (register: Register, selection: Selection = {}): Report<LotRow> => {
  const { preference } = register;
  const totals = new Totals(preference);
  const rowless = new UnheldLots();
  const callOffs = new CallOffNotes();
  const batches = async function* () {
    for await (const batch of assessments(register, selection)) {
      const rows: LotRow[] = [];
      for (const assessment of batch) {
        const { selected, assessed } = assessment;
        const isCounted = callOffs.counts(assessment);
        // A contract without lots has no row, and so no part in the total of the rows.
        if (selected.lots.length === 0) {
          if (isCounted) rowless.see(selected);
          continue;
        }
        const facts = marketFacts(selected.contract, preference);
        for (const [index, ceiling] of assessed.ceilings.entries())
          rows.push(rowOf(assessment, ceiling, assessed.quantities?.ceilings[index], facts, preference));
        if (isCounted) totals.add(assessment);
      }
      yield rows;
    }
  };
  return reportOf(LOT_COLUMNS, batches(), () => totals.closing(selection, rowless, callOffs));
};
