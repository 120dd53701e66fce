import type { Preference } from "../model/claim.ts";
import { addAll } from "../model/lists.ts";
import type { Amount } from "../model/money.ts";
import { MEANING } from "../query/fields.ts";
import type { Selection } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { assessments, heldPart } from "./assessments.ts";
import { ceilingOfSeat, type LotCeiling } from "./ceilings.ts";
import { type Column, column, hidden, type Report, reportOf, type SupplierCell, whenVaried } from "./report.ts";
import { CallOffNotes, Totals, UnheldLots } from "./totals.ts";
import { supplierCell } from "./views.ts";

export interface AwardRow {
  readonly contract: string;
  readonly lot: string;
  readonly supplier: string;
  readonly name: string;
  readonly organisations: readonly string[];
  readonly held: "sole" | "shared";
  /** The lot's ceiling; it stands in every row of a shared lot and must not be added up over rows. */
  readonly ceiling: Amount;
}

export const AWARD_COLUMNS: readonly Column<AwardRow>[] = [
  whenVaried(column.id("contract", MEANING.contract)),
  column.id("lot", MEANING.lot),
  hidden(column.id("supplier", MEANING.supplier, "Supplier id")),
  column.text("name", MEANING.name, "Supplier"),
  column.texts("organisations", MEANING.organisations),
  column.text("held", "Whether the supplier has the ceiling for itself (sole) or shares it (shared).", "Ceiling is"),
  column.money("ceiling", MEANING.repeatedCeiling, "Lot's ceiling"),
];

export const awards = (register: Register, selection: Selection = {}): Report<AwardRow> => {
  const { preference } = register;
  const totals = new Totals(preference);
  const unheld = new UnheldLots();
  const callOffs = new CallOffNotes();
  const batches = async function* () {
    for await (const batch of assessments(register, selection, "seat")) {
      const rows: AwardRow[] = [];
      for (const assessment of batch) {
        const held = heldPart(assessment, preference);
        const isCounted = callOffs.counts(assessment);
        if (isCounted) unheld.see(assessment.selected);
        if (held === undefined) continue;
        if (isCounted) totals.ceilings.addContract(held);
        addAll(
          rows,
          held.ceilings.flatMap((ceiling) => rowsOf(held.contract.id, ceiling, preference)),
        );
      }
      yield rows;
    }
  };
  return reportOf(AWARD_COLUMNS, batches(), () => totals.closing(selection, callOffs, unheld));
};

const called = ({ name, organisations }: SupplierCell) => ({ name, organisations });

const rowsOf = (contract: string, ceiling: LotCeiling, preference: Preference): readonly AwardRow[] =>
  ceiling.selected.matching.map((supplier) => ({
    contract,
    lot: ceiling.selected.lot.id,
    supplier: supplier.id,
    ...called(supplierCell(supplier, preference, ceiling.selected.lot)),
    held: ceiling.shared ? "shared" : "sole",
    ceiling: ceilingOfSeat(ceiling, supplier),
  }));
