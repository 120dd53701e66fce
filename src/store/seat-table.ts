import type { Assessment } from "../engine/assessments.ts";
import { type Column, column, reportOf } from "../engine/report.ts";
import { addsUpBySeats, seatAmount } from "../engine/supplier-ceilings.ts";
import type { Amount } from "../model/money.ts";
import type { StoredTable } from "../model/stored-table.ts";
import { MEANING } from "../query/fields.ts";
import { saidHere } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import type { Places } from "./places.ts";
import { oneBatch, storedTable } from "./stored-table.ts";

interface SeatRow {
  readonly contract: string;
  readonly lot: string;
  readonly supplier: string;
  readonly called: string | undefined;
  readonly held: "shared" | "sole";
  readonly counted: Amount | undefined;
}

/**
 * Whether the seats of a contract say everything that its suppliers hold of it: no limit covers several of them, and no
 * orders, call-offs, later awards or unread ledgers add anything.
 */
const isBySeats = ({ family, use, unread, assessed }: Assessment): boolean =>
  family.kind === "none" && use?.known !== true && !unread && assessed.awardedLater !== true && addsUpBySeats(assessed);

const seatsOf = (assessment: Assessment): readonly SeatRow[] => {
  const { selected, assessed } = assessment;
  const bySeats = isBySeats(assessment);
  return assessed.ceilings.flatMap((ceiling) =>
    ceiling.selected.matching.map((supplier) => ({
      contract: selected.contract.id,
      lot: ceiling.selected.lot.id,
      supplier: supplier.id,
      called: saidHere(supplier, ceiling.selected.lot)?.name,
      held: ceiling.shared ? "shared" : "sole",
      counted: bySeats ? seatAmount(ceiling, supplier) : undefined,
    })),
  );
};

const columnsOf = (places: Places): readonly Column<SeatRow>[] => [
  places.column("seat"),
  column.id("contract", MEANING.contract),
  column.id("lot", "The lot's id."),
  column.id("supplier", MEANING.supplier),
  column.text("called", "What the notice of the lot calls it, where that is not its name in the table of suppliers."),
  column.text("held", "Sole or shared."),
  column.money(
    "counted",
    "What it may reach by this seat, where it stands in no row of counted_beside_seats for this contract.",
  ),
];

/** The seats of contracts that were assessed seat by seat. */
export const seatTable = (assessed: readonly Assessment[], places: Places): StoredTable =>
  storedTable(
    "seat",
    "A supplier of a lot, and what it holds by that alone or shared: counted may be added up for one supplier, never over several.",
    reportOf(columnsOf(places), oneBatch(assessed.flatMap(seatsOf))),
  );

/** A register of only those assessed contracts whose seats do not say everything that suppliers hold. */
export const besideSeats = (register: Register, assessed: readonly Assessment[]): Register => {
  const others = assessed.filter((assessment) => !isBySeats(assessment)).map(({ selected }) => selected.written);
  return { ...register, contracts: () => oneBatch(others) };
};
