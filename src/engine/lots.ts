import type { StatedAmount } from "../model/amount.ts";
import type { Preference } from "../model/claim.ts";
import type { Amount } from "../model/money.ts";
import { type SelectedContract, type Selection, select } from "../query/selection.ts";
import type { Note } from "../records/history.ts";
import type { Register } from "../records/register.ts";
import { AwardedTally } from "./awarded.ts";
import { assess, type LotCeiling } from "./ceilings.ts";
import {
  type Closing,
  column,
  hidden,
  type Report,
  reportOf,
  type SupplierCell,
  whenKnown,
  whenVaried,
} from "./report.ts";
import { notesOn, Tally } from "./tally.ts";
import { awardedOf, seatCell } from "./views.ts";

export const COUNTED_ONCE = "each shared ceiling counted once";

/** One lot of a contract. */
export interface LotRow {
  readonly contract: string;
  readonly lot: string;
  readonly title: string | undefined;
  readonly status: string;
  readonly service: string | undefined;
  readonly deployment: string | undefined;
  /** What may be spent on the lot: one figure for all its suppliers, a per-supplier ceiling times their number. */
  readonly ceiling: Amount;
  readonly awarded: readonly StatedAmount[];
  readonly estimate: Amount;
  readonly reestimate: Amount;
  readonly cpv: readonly string[];
  /** The assumptions under which its contract's data answer. */
  readonly notes: readonly Note[];
  readonly suppliers: readonly SupplierCell[];
  readonly callOff: string | undefined;
  readonly buyer: string | undefined;
  readonly source: string | undefined;
}

export const CPV = "Codes of the Common Procurement Vocabulary, the main one first.";
export const NOTES = "The assumptions under which the data answer: each rule's id, and what was assumed.";

export const LOT_COLUMNS = [
  whenVaried(column.id<LotRow>("contract", "Contract", "The contract's id.", (row) => row.contract)),
  column.id<LotRow>("lot", "Lot", "The lot's id: 2, or cloud-i/2 among all contracts.", (row) => row.lot),
  column.text<LotRow>("title", "Title", "The title of the lot, the contract or the source.", (row) => row.title),
  hidden(
    column.text<LotRow>(
      "status",
      "Status",
      "The lot's status: awarded, closed-no-winner, open, no-result, pending, cancelled or unpublished.",
      (row) => row.status,
    ),
  ),
  column.text<LotRow>("service", "Service", "The kind of service.", (row) => row.service),
  column.text<LotRow>("deployment", "Deployment", "How it is deployed.", (row) => row.deployment),
  column.money<LotRow>(
    "ceiling",
    "Ceiling",
    "What may be spent, each shared ceiling counted once.",
    (row) => row.ceiling,
  ),
  whenKnown(
    column.moneys<LotRow>(
      "awarded",
      "Awarded",
      "The value of the contracts awarded, one amount a currency.",
      (row) => row.awarded,
    ),
  ),
  hidden(column.money<LotRow>("estimate", "Estimate", "What was expected before the award.", (row) => row.estimate)),
  hidden(
    column.money<LotRow>(
      "reestimate",
      "Re-estimate",
      "What is expected to be spent, estimated anew at the award.",
      (row) => row.reestimate,
    ),
  ),
  column.suppliers<LotRow>("suppliers", "Suppliers", "Who holds the lot.", (row) => row.suppliers),
  hidden(column.text<LotRow>("callOff", "Call-off", "How orders are placed.", (row) => row.callOff)),
  hidden(column.text<LotRow>("buyer", "Buyer", "Who buys.", (row) => row.buyer)),
  hidden(
    column.id<LotRow>(
      "source",
      "Source",
      "The source's id: who says so; of a lot, who states its ceiling.",
      (row) => row.source,
    ),
  ),
  hidden(column.texts<LotRow>("cpv", "CPV", CPV, (row) => row.cpv)),
  hidden(column.notes<LotRow>("notes", "Notes", NOTES, (row) => row.notes)),
] as const;

const rowOf = ({ contract }: SelectedContract, ceiling: LotCeiling, preference: Preference): LotRow => {
  const { lot, suppliers } = ceiling.selected;
  return {
    contract: contract.id,
    lot: lot.id,
    title: lot.title,
    status: lot.status,
    service: preference.value(lot.service),
    deployment: preference.value(lot.deployment),
    ceiling: ceiling.amount,
    awarded: awardedOf(lot, preference),
    estimate: preference.value(lot.estimate) ?? "missing",
    reestimate: preference.value(lot.reestimate) ?? "missing",
    cpv: preference.value(lot.cpv) ?? preference.value(contract.cpv) ?? [],
    notes: contract.notes,
    suppliers: suppliers.map((supplier) => seatCell(supplier, lot, preference)),
    callOff: preference.value(lot.callOff),
    buyer: preference.value(contract.buyer),
    source: ceiling.by?.source,
  };
};

/** What a table says below its rows: the true total of the ceilings, and what its reader must know of it. */
export const closingOf = (tally: Tally, preference: Preference, awarded = new AwardedTally()): Closing => {
  const ceilings = { label: "Total", column: "ceiling", amounts: tally.totals(), remark: COUNTED_ONCE };
  return {
    summaries: [ceilings, ...awarded.summaries()],
    notes: [...notesOn(tally, preference), ...awarded.notes()],
  };
};

/** The lots of a register, one row each, in reading order. */
export const lots = (register: Register, selection: Selection = {}): Report<LotRow> => {
  const { preference } = register;
  const tally = new Tally();
  const awarded = new AwardedTally();
  const batches = async function* () {
    for await (const batch of select(register, selection)) {
      const rows: LotRow[] = [];
      for (const contract of batch) {
        const assessed = assess(contract, preference);
        tally.addContract(assessed);
        awarded.addContract(contract, preference);
        for (const ceiling of assessed.ceilings) rows.push(rowOf(contract, ceiling, preference));
      }
      yield rows;
    }
  };
  return reportOf(LOT_COLUMNS, batches(), () => closingOf(tally, preference, awarded));
};
