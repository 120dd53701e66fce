import type { Assessment } from "../engine/assessments.ts";
import type { LotCeiling } from "../engine/ceilings.ts";
import { headroom } from "../engine/headroom/headroom.ts";
import type { HeadroomRow } from "../engine/headroom/headroom-rows.ts";
import { type Column, column, type Report, reportOf } from "../engine/report.ts";
import { firstDayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { isKnown, isQuantity, type Money, unitOf } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { hasCome, type Modified, modifiedLot } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";
import { groupCeilingName } from "./part-tables.ts";

/** Finds the lots whose ceiling needs no row of its own, because the lot's row says everything about it. */
export class CeilingsAlone {
  readonly #ofLots = new Map<string, LotCeiling>();
  readonly #alone = new Set<string>();

  /** The contracts must have been assessed seat by seat. */
  constructor(assessed: readonly Assessment[]) {
    for (const { selected, assessed: contract } of assessed)
      for (const ceiling of contract.ceilings)
        this.#ofLots.set(keyOf(selected.contract.id, ceiling.selected.lot.id), ceiling);
  }

  /** Whether a row of `ceiling` says no more than its lot's row. If so, the lot is remembered. */
  take(place: Placed): boolean {
    const isAlone = this.#saysNoMore(place);
    if (isAlone) this.#alone.add(keyOf(place.row.contract, place.row.lot));
    return isAlone;
  }

  /** Whether a lot's ceiling was found to need no row. */
  has(contract: string, lot: string): boolean {
    return this.#alone.has(keyOf(contract, lot));
  }

  #saysNoMore(place: Placed): boolean {
    const { contract, lot, scope, ceiling, orders, ordered, use } = place.row;
    if (scope !== "lot" || orders > 0 || ordered !== "missing" || use !== "unknown" || !isKnown(ceiling)) return false;
    const ofLot = this.#ofLots.get(keyOf(contract, lot));
    if (ofLot === undefined || !isKnown(ofLot.amount) || !isSame(ofLot.amount, ceiling)) return false;
    if (parentOf(place) !== undefined || changesOf(place).length > 0) return false;
    return sourceOf(place) === ofLot.by?.source;
  }
}

const keyOf = (contract: string, lot: string | undefined): string => JSON.stringify([contract, lot]);

const isSame = (one: Money, other: Money): boolean =>
  unitOf(one) === unitOf(other) && one.minor === other.minor && one.bound === other.bound && one.least === other.least;

/**
 * Each ceiling with what is left of it. Beside the columns of `headroom`, it says where the ceiling stands in the tree,
 * who states it, and since when. Ceilings that stand with their lot alone are left out.
 */
export const ceilings = (register: Register, at: PartialDate, alone: CeilingsAlone): Report<HeadroomRow> => {
  const report = headroom(register, { at });
  const contracts = new Map<string, Contract>();
  const batches = async function* () {
    for await (const batch of register.contracts()) for (const contract of batch) contracts.set(contract.id, contract);
    for await (const batch of report.batches)
      yield batch.filter((row) => placed((place) => alone.take(place))(row) !== true);
  };
  const placed =
    <T>(value: (place: Placed) => T | undefined) =>
    (row: HeadroomRow): T | undefined => {
      const contract = contracts.get(row.contract);
      return contract && value({ row, contract, measure: measureOf(row), preference: register.preference, at });
    };
  return reportOf([...report.columns, ...columnsOf(placed)], batches(), report.closing);
};

interface Placed {
  readonly row: HeadroomRow;
  readonly contract: Contract;
  readonly measure: Modified;
  readonly preference: Preference;
  readonly at: PartialDate;
}

type Placing = <T>(value: (place: Placed) => T | undefined) => (row: HeadroomRow) => T | undefined;

const columnsOf = (placed: Placing): readonly Column<HeadroomRow>[] => [
  column.id("parent", "The ceiling that it lies in; of groups that cross, ceiling_lot tells.", placed(parentOf)),
  column.id("source", "Who states it.", placed(sourceOf)),
  column.date("from", "Since when it is this: the day of the last modification that has come.", placed(fromOf)),
  column.date("to", "Until when: the day of the next modification that is announced.", placed(toOf)),
];

const measureOf = ({ ceiling }: HeadroomRow): Modified =>
  isKnown(ceiling) && isQuantity(ceiling) ? "quantity" : "amount";

const ownOf = <Own extends Pick<Contract, "ceiling" | "quantity">>(measure: Modified, { ceiling, quantity }: Own) =>
  measure === "quantity" ? quantity : ceiling;

const parentOf = ({ row, contract, measure }: Placed): string | undefined => {
  if (row.scope === "contract") return undefined;
  const groups = row.lot === undefined ? [] : contract.groups.filter(({ lots }) => lots.includes(row.lot ?? ""));
  const [group, ...others] = groups.filter((each) => ownOf(measure, each) !== undefined);
  if (group !== undefined && others.length === 0) return groupCeilingName(contract.id, group.id);
  return group === undefined && ownOf(measure, contract) !== undefined ? contract.id : undefined;
};

const sourceOf = ({ row, contract, measure, preference }: Placed): string | undefined => {
  const lot = contract.lots.find(({ id }) => id === row.lot);
  const group = contract.groups.find(({ id }) => id === row.group);
  const ofSeats = measure === "quantity" ? lot?.quantityPerSupplier : lot?.ceilingPerSupplier;
  const fact = row.scope === "supplier" ? ofSeats : ownOf(measure, lot ?? group ?? contract);
  return fact && preference.choose(fact).by.source;
};

/** The dates of the modifications that change a ceiling, in turn. None changes the ceiling of a group. */
const changesOf = ({ row, contract, measure }: Placed): readonly PartialDate[] =>
  row.scope === "group"
    ? []
    : contract.modifications
        .filter((one) => one[measure] !== undefined && modifiedLot(one, contract, measure) === row.lot)
        .map(({ date }) => date)
        .sort((a, b) => firstDayNumber(a) - firstDayNumber(b));

const fromOf = (place: Placed): PartialDate | undefined =>
  changesOf(place)
    .filter((date) => hasCome(date, place.at))
    .at(-1);

const toOf = (place: Placed): PartialDate | undefined => changesOf(place).find((date) => !hasCome(date, place.at));
