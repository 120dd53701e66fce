import type { Preference } from "../model/claim.ts";
import { MEANING } from "../query/fields.ts";
import { isPerSupplier } from "../query/lot-ceiling.ts";
import { type SelectedContract, type Selection, select } from "../query/selection.ts";
import { type Contract, mayBeOrdered } from "../records/contract.ts";
import { lotTermDates, type TermDates } from "../records/contract-term.ts";
import type { LotGroup } from "../records/group.ts";
import type { Lot } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { ceilingOf, ceilingOfSeat, type LotCeiling } from "./ceilings.ts";
import { type Column, column, overlapping, type Report, reportOf } from "./report.ts";
import { awardedOf, supplierCell } from "./views.ts";

export interface SeatRow {
  readonly contract: Contract;
  readonly dates: TermDates;
  readonly ceiling: LotCeiling;
  readonly supplier: Supplier;
}

/** All that is known of a seat, in a row that can be read by itself, for spreadsheets. */
const seatColumns = (preference: Preference): readonly Column<SeatRow>[] => {
  const lotOf = ({ ceiling }: SeatRow) => ceiling.selected.lot;
  const cellOf = (row: SeatRow) => supplierCell(row.supplier, preference, lotOf(row));
  return [
    column.id("contract", MEANING.contract, ({ contract }) => contract.id),
    column.text("contractTitle", "The title of the contract.", ({ contract }) => contract.title),
    column.id("procedure", "The number of the procedure.", ({ contract }) => contract.procedure),
    column.text("buyer", MEANING.buyer, ({ contract }) => preference.value(contract.buyer)),
    column.date(
      "awardDate",
      "When the contract was awarded.",
      ({ contract }) => preference.value(contract.awardDate),
      "Awarded",
    ),
    column.date("firmEnd", "The end of the initial period.", ({ dates }) => dates.firmEnd),
    column.date("latestEnd", "The end with every renewal.", ({ dates }) => dates.latestEnd),
    column.id("lot", "The lot's id.", (row) => lotOf(row).id),
    column.text("lotTitle", "The title of the lot.", (row) => lotOf(row).title),
    column.text("status", "The lot's status.", (row) => lotOf(row).status),
    column.texts(
      "cpv",
      "Codes of the Common Procurement Vocabulary.",
      (row) => preference.value(lotOf(row).cpv) ?? preference.value(row.contract.cpv) ?? [],
      "CPV",
    ),
    column.text("callOff", "How orders are placed.", (row) => preference.value(lotOf(row).callOff), "Call-off"),
    column.id("supplier", MEANING.supplier, ({ supplier }) => supplier.id, "Supplier id"),
    column.text("name", "The supplier's name.", (row) => cellOf(row).name, "Supplier"),
    column.text("kind", "Company or grouping.", ({ supplier }) => supplier.kind),
    column.text("country", "Where the supplier comes from.", ({ supplier }) => preference.value(supplier.country)),
    column.id("legalId", "Its number in a register of companies.", ({ supplier }) => supplier.legalId),
    column.texts("organisations", "The companies behind it.", (row) => cellOf(row).organisations),
    column.count("holders", "How many hold the lot.", ({ ceiling }) => ceiling.selected.suppliers.length),
    column.text("held", "Sole or shared.", ({ ceiling }) => (ceiling.shared ? "shared" : "sole"), "Ceiling is"),
    overlapping(
      column.money(
        "ceiling",
        MEANING.repeatedCeiling,
        (row) => ceilingOfSeat(row.ceiling, row.supplier),
        "Lot's ceiling",
      ),
    ),
    column.money("ceilingPerSupplier", "The ceiling of this supplier, where each has its own.", (row) =>
      isPerSupplier(lotOf(row)) ? ceilingOfSeat(row.ceiling, row.supplier) : "missing",
    ),
    overlapping(
      column.money("contractCeiling", "The ceiling of the contract as a whole, repeated in each row.", ({ contract }) =>
        preference.value(contract.ceiling),
      ),
    ),
    overlapping(column.money("estimate", "The lot's estimate.", (row) => preference.value(lotOf(row).estimate))),
    overlapping(
      column.moneys("awarded", "The value of the lot's contracts, repeated in each row.", (row) =>
        awardedOf(lotOf(row), preference),
      ),
    ),
    column.id("source", "Who states the ceiling.", ({ ceiling }) => ceiling.by?.source),
    column.id(
      "callOffOf",
      "The framework agreement of which the contract is a call-off.",
      ({ contract }) => contract.callOffOf,
    ),
  ];
};

/** What has no place in a seat's row, each with how often a contract has it, in the order in which it is told. */
const BESIDES: Readonly<Record<string, (selected: SelectedContract) => number>> = {
  "ceilings of contracts as a whole": ({ contract, lots }) =>
    ceilingsOn([lots.some(({ matching }) => matching.length > 0) ? { ...contract, ceiling: undefined } : contract]),
  "ceilings of groups of lots": ({ contract }) => ceilingsOn(contract.groups),
  quantities: ({ contract, lots }) => quantitiesOn([contract, ...contract.groups, ...lots.map(({ lot }) => lot)]),
  "contracts without lots": ({ contract }) => (contract.lots.length === 0 ? 1 : 0),
  "lots that nobody holds": ({ lots }) => lots.filter(({ suppliers }) => suppliers.length === 0).length,
  "renewals without end": ({ contract, lots }) =>
    [contract, ...lots.map(({ lot }) => lot)].filter(({ term }) => term?.some(({ value }) => value.tacit !== undefined))
      .length,
};

const ORDERS: typeof BESIDES = { "orders and ledgers": ({ written }) => (mayBeOrdered(written) ? 1 : 0) };

const ceilingsOn = (all: readonly Pick<LotGroup, "ceiling" | "reestimate">[]): number =>
  all.filter(({ ceiling, reestimate }) => (ceiling ?? reestimate) !== undefined).length;

const quantitiesOn = (all: readonly Partial<Pick<Lot, "quantity" | "quantityPerSupplier">>[]): number =>
  all.filter(({ quantity, quantityPerSupplier }) => (quantity ?? quantityPerSupplier) !== undefined).length;

/**
 * The seats of a register, one row each, with all that is known of supplier, lot and contract. A note counts what has
 * no place in such rows. Contracts with orders are among that unless `withOrders`: then a table of orders stands
 * beside.
 */
export const seats = (register: Register, selection: Selection = {}, withOrders = false): Report<SeatRow> => {
  const { preference } = register;
  const kinds = Object.entries(withOrders ? BESIDES : { ...BESIDES, ...ORDERS });
  const counts = new Map<string, number>();
  const batches = async function* () {
    for await (const batch of select(register, selection, "seat")) {
      for (const [what, countOf] of kinds)
        counts.set(
          what,
          batch.reduce((count, selected) => count + countOf(selected), counts.get(what) ?? 0),
        );
      yield batch.flatMap(({ contract, lots }) =>
        lots.flatMap((selected) => {
          const dates = lotTermDates(contract, selected.lot, preference);
          const ceiling = ceilingOf(selected, preference);
          return selected.matching.map((supplier) => ({ contract, dates, ceiling, supplier }));
        }),
      );
    }
  };
  return reportOf(seatColumns(preference), batches(), () => {
    const besides = [...counts].flatMap(([what, count]) => (count === 0 ? [] : [`${what} (${count})`]));
    const notes =
      besides.length === 0
        ? []
        : [`a table of seats has no place for ${besides.join(", ")}: --to yaml and --to jsonl keep all`];
    return { summaries: [], notes };
  });
};
