import type { Preference } from "../../model/claim.ts";
import { type Amount, isKnown, multiplyMoney, unitOf } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { isPerSupplier, seatsOf, statedCeiling } from "../../query/lot-ceiling.ts";
import { suppliersOf } from "../../query/subject.ts";
import { leaverOn, seatOn } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { Supplier } from "../../records/supplier.ts";
import { CeilingUse, type Scope } from "./ceiling-use.ts";

/** A seat that nobody holds any more: its ceiling stays with who held it last. */
export interface LeftSeat {
  readonly use: CeilingUse;
  readonly left: PartialDate;
}

/** A lot's ceilings: one that its suppliers share, or one for each of them. */
export interface LotCeilings {
  /** What is ordered on the lot, whatever its ceilings are. */
  readonly all: CeilingUse;
  readonly shared: CeilingUse | undefined;
  readonly bySupplier: ReadonlyMap<Supplier, CeilingUse>;
  /** The seats that were given up by the day, by who held them last. */
  readonly left: ReadonlyMap<Supplier, LeftSeat>;
}

/** Every ceiling of a contract, by what it is for. */
export interface ContractCeilings {
  /** What is ordered under the contract, whether it states a ceiling of its own or not. */
  readonly whole: CeilingUse;
  /** Undefined where the contract states none of its own. */
  readonly contract: CeilingUse | undefined;
  readonly groups: readonly CeilingUse[];
  readonly lots: ReadonlyMap<string, LotCeilings>;
}

/** A contract as it is written, and as it stands on a day. */
export interface StandingContract {
  readonly written: Contract;
  readonly contract: Contract;
  readonly day: PartialDate;
}

/** The unit of the first ceiling that is known, for those that are not. */
const unitIn = ({ ceiling, groups, lots }: Contract, preference: Preference): string | undefined => {
  const stated = [
    preference.value(ceiling),
    ...groups.map((group) => preference.value(group.ceiling)),
    ...lots.map((lot) => statedCeiling(lot, preference)?.value),
  ];
  const [known] = stated.flatMap((value) => (value !== undefined && isKnown(value) ? [value] : []));
  return known && unitOf(known);
};

const NO_SEATS: ReadonlyMap<Supplier, never> = new Map<Supplier, never>();

/** A supplier that gave seats up, when it gave up the last, and how many there were. */
interface Given {
  readonly left: PartialDate;
  readonly seats: number;
}

/** The seats of a lot that were given up by the day. */
const givenUp = (lot: Lot, written: Lot, { contract, day }: StandingContract, preference: Preference) => {
  const given = new Map<Supplier, Given>();
  const seat = seatOn(contract, lot);
  for (const supplier of suppliersOf(written, preference)) {
    if (supplier.successions.length === 0) continue;
    const leaver = leaverOn(supplier, day, seat);
    if (leaver === undefined) continue;
    const seats = (given.get(leaver.supplier)?.seats ?? 0) + 1;
    given.set(leaver.supplier, { left: leaver.left, seats });
  }
  return given;
};

const timesSeats = (ceiling: Amount | undefined, seats: number): Amount | undefined =>
  ceiling !== undefined && isKnown(ceiling) ? multiplyMoney(ceiling, seats) : ceiling;

/** The ceilings of a contract as it stands, of which nothing is used up so far. */
export const ceilingsOf = (standing: StandingContract, preference: Preference): ContractCeilings => {
  const { contract, written } = standing;
  const unit = unitIn(contract, preference);
  const use = (scope: Scope, ceiling: Amount | undefined): CeilingUse =>
    new CeilingUse(scope, ceiling ?? "missing", unit);
  const lotCeilings = (lot: Lot, index: number): LotCeilings => {
    const ceiling = statedCeiling(lot, preference)?.value;
    if (!isPerSupplier(lot)) {
      const shared = use({ kind: "lot", lot }, ceiling);
      return { all: shared, shared, bySupplier: NO_SEATS, left: NO_SEATS };
    }
    const seats = suppliersOf(lot, preference);
    const ofSeats = (supplier: Supplier, count: number): CeilingUse =>
      use({ kind: "supplier", lot, supplier }, timesSeats(ceiling, count));
    const given = contract === written ? [] : [...givenUp(lot, written.lots[index] ?? lot, standing, preference)];
    const all = use({ kind: "lot", lot }, undefined);
    return {
      all,
      // A ceiling for each supplier of a lot that nobody holds tells nothing of the lot (T3).
      shared: seats.length === 0 ? all : undefined,
      bySupplier: new Map(seats.map((supplier) => [supplier, ofSeats(supplier, seatsOf(lot, seats, [supplier]))])),
      left: new Map(given.map(([who, { left, seats }]) => [who, { left, use: ofSeats(who, seats) }])),
    };
  };
  const own = preference.value(contract.ceiling);
  const whole = use({ kind: "contract" }, own);
  return {
    whole,
    contract: own === undefined ? undefined : whole,
    groups: contract.groups.map((group) => use({ kind: "group", group }, preference.value(group.ceiling))),
    lots: new Map(contract.lots.map((lot, index) => [lot.id, lotCeilings(lot, index)])),
  };
};

/** All of them, the contract's own first, then the groups' and the lots'; of seats that were given up those that are used. */
export const allCeilings = ({ contract, groups, lots }: ContractCeilings): readonly CeilingUse[] => [
  ...(contract === undefined ? [] : [contract]),
  ...groups,
  ...[...lots.values()].flatMap(({ shared, bySupplier, left }) => [
    ...(shared === undefined ? [] : [shared]),
    ...bySupplier.values(),
    ...[...left.values()].flatMap(({ use }) => (use.isUsed ? [use] : [])),
  ]),
];
