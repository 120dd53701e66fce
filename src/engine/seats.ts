import type { Preference } from "../model/claim.ts";
import { type Selection, select } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import type { TermDates } from "../records/contract-term.ts";
import { lotTermDates } from "../records/contract-term.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { ceilingOf, type LotCeiling } from "./ceilings.ts";
import { type Column, column, overlapping, type Report, reportOf } from "./report.ts";
import { awardedOf, seatCell } from "./views.ts";

/** One supplier's seat on one lot. */
export interface SeatRow {
  /** As it stands on the day. */
  readonly contract: Contract;
  readonly dates: TermDates;
  readonly ceiling: LotCeiling;
  readonly supplier: Supplier;
}

/** All that is known of a seat, in a row that needs no other: for spreadsheets. */
const seatColumns = (preference: Preference): readonly Column<SeatRow>[] => {
  const lotOf = ({ ceiling }: SeatRow) => ceiling.selected.lot;
  const cellOf = (row: SeatRow) => seatCell(row.supplier, lotOf(row), preference);
  return [
    column.id("contract", "Contract", "The contract's id.", ({ contract }) => contract.id),
    column.text("contractTitle", "Contract title", "The title of the contract.", ({ contract }) => contract.title),
    column.id("procedure", "Procedure", "The number of the procedure.", ({ contract }) => contract.procedure),
    column.text("buyer", "Buyer", "Who buys.", ({ contract }) => preference.value(contract.buyer)),
    column.date("awardDate", "Awarded", "When the contract was awarded.", ({ contract }) =>
      preference.value(contract.awardDate),
    ),
    column.date("firmEnd", "Firm end", "The end of the initial period.", ({ dates }) => dates.firmEnd),
    column.date("latestEnd", "Latest end", "The end with every renewal.", ({ dates }) => dates.latestEnd),
    column.id("lot", "Lot", "The lot's id.", (row) => lotOf(row).id),
    column.text("lotTitle", "Lot title", "The title of the lot.", (row) => lotOf(row).title),
    column.text("status", "Status", "The lot's status.", (row) => lotOf(row).status),
    column.texts(
      "cpv",
      "CPV",
      "Codes of the Common Procurement Vocabulary.",
      (row) => preference.value(lotOf(row).cpv) ?? preference.value(row.contract.cpv) ?? [],
    ),
    column.text("callOff", "Call-off", "How orders are placed.", (row) => preference.value(lotOf(row).callOff)),
    column.id("supplier", "Supplier id", "The supplier's id.", ({ supplier }) => supplier.id),
    column.text("name", "Supplier", "The supplier's name.", (row) => cellOf(row).name),
    column.text("kind", "Kind", "Company or grouping.", ({ supplier }) => supplier.kind),
    column.text("country", "Country", "Where the supplier comes from.", ({ supplier }) =>
      preference.value(supplier.country),
    ),
    column.id("legalId", "Legal id", "Its number in a register of companies.", ({ supplier }) => supplier.legalId),
    column.texts("organisations", "Organisations", "The companies behind it.", (row) => cellOf(row).organisations),
    column.count("holders", "Holders", "How many hold the lot.", ({ ceiling }) => ceiling.selected.suppliers.length),
    column.text("held", "Ceiling is", "Sole or shared.", ({ ceiling }) => (ceiling.shared ? "shared" : "sole")),
    ...[
      column.money<SeatRow>(
        "ceiling",
        "Lot's ceiling",
        "The lot's ceiling, repeated for every supplier that shares it.",
        ({ ceiling }) => ceiling.each,
      ),
      column.money<SeatRow>("estimate", "Estimate", "The lot's estimate.", (row) =>
        preference.value(lotOf(row).estimate),
      ),
      column.moneys<SeatRow>("awarded", "Awarded", "The value of the lot's contracts, repeated in each row.", (row) =>
        awardedOf(lotOf(row), preference),
      ),
    ].map(overlapping),
    column.id("source", "Source", "Who states the ceiling.", ({ ceiling }) => ceiling.by?.source),
  ];
};

/** The seats of a register, one row each, with all that is known of supplier, lot and contract. */
export const seats = (register: Register, selection: Selection = {}): Report<SeatRow> => {
  const { preference } = register;
  const batches = async function* () {
    for await (const batch of select(register, selection, "seat")) {
      yield batch.flatMap(({ contract, lots }) =>
        lots.flatMap((selected) => {
          const dates = lotTermDates(contract, selected.lot, preference);
          const ceiling = ceilingOf(selected, preference);
          return selected.matching.map((supplier) => ({ contract, dates, ceiling, supplier }));
        }),
      );
    }
  };
  return reportOf(seatColumns(preference), batches());
};
