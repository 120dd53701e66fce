import { headroom } from "../engine/headroom/headroom.ts";
import type { HeadroomRow } from "../engine/headroom/headroom-rows.ts";
import { type Column, column, type Report, reportOf } from "../engine/report.ts";
import { firstDayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { isKnown, isQuantity } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { hasCome, type Modified, modifiedLot } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";
import { groupCeilingName } from "./part-tables.ts";

/** Each ceiling with what is left of it, and beside what `headroom` shows where it stands in the tree, who states it, and since when. */
export const ceilings = (register: Register, at: PartialDate): Report<HeadroomRow> => {
  const report = headroom(register, { at });
  const contracts = new Map<string, Contract>();
  const batches = async function* () {
    for await (const batch of register.contracts()) for (const contract of batch) contracts.set(contract.id, contract);
    yield* report.batches;
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

/** The days of the modifications that change a ceiling, in turn; those of groups are changed by none. */
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
