import type { Preference } from "../../model/claim.ts";
import { isKnown, multiplyMoney, unitOf, usualUnit } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { isPerSupplier, lotIn, type Measure, measuresIn, seatsOf, statedCeiling } from "../../query/lot-ceiling.ts";
import { holdersSoFar, suppliersOf } from "../../query/subject.ts";
import { holdsOn, leaverOn, seatOn } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { Supplier } from "../../records/supplier.ts";
import { CeilingUse, type Scope, type ScopeCeiling } from "./ceiling-use.ts";

export interface LeftSeat {
  readonly use: CeilingUse;
  readonly left: PartialDate;
}

export interface LotCeilings {
  /** What is ordered on the lot, whatever its ceilings are. */
  readonly all: CeilingUse;
  /** The common ceiling. Undefined where each supplier has a ceiling of its own and there is no other. */
  readonly shared: CeilingUse | undefined;
  readonly bySupplier: ReadonlyMap<Supplier, CeilingUse>;
  /** The seats that were given up by the day, by the supplier that held them last. */
  readonly left: ReadonlyMap<Supplier, LeftSeat>;
}

export interface ContractCeilings {
  /** What is ordered under the contract, whether it states a ceiling of its own or not. */
  readonly whole: CeilingUse;
  /** Undefined where the contract states no ceiling of its own. */
  readonly contract: CeilingUse | undefined;
  readonly groups: readonly CeilingUse[];
  readonly lots: ReadonlyMap<string, LotCeilings>;
}

export interface StandingContract {
  readonly written: Contract;
  readonly contract: Contract;
  readonly day: PartialDate;
}

/** The unit to assume for unknown ceilings: that of the contract's own, or else that of most known ones. */
const unitIn = ({ ceiling, groups, lots }: Contract, preference: Preference): string | undefined => {
  const own = preference.value(ceiling);
  if (own !== undefined && isKnown(own)) return unitOf(own);
  const stated = [
    ...groups.map((group) => preference.value(group.ceiling)),
    ...lots.map((lot) => statedCeiling(lot, preference)?.value),
  ];
  return usualUnit(stated.flatMap((value) => (value !== undefined && isKnown(value) ? [unitOf(value)] : [])));
};

/** The units of a contract's quantities. Empty where it limits only money or only quantities. */
const countedIn = (contract: Contract, preference: Preference): ReadonlySet<string> => {
  if (measuresIn(contract).length === 1) return NO_UNITS;
  const { quantity, groups, lots } = contract;
  const facts = [
    quantity,
    ...groups.map((group) => group.quantity),
    ...lots.map((lot) => lot.quantity ?? lot.quantityPerSupplier),
  ];
  const stated = facts.flatMap((fact) => preference.value(fact) ?? []);
  return new Set(stated.flatMap((value) => (isKnown(value) ? [unitOf(value)] : [])));
};

const NO_UNITS: ReadonlySet<string> = new Set();
const NO_SEATS: ReadonlyMap<Supplier, never> = new Map<Supplier, never>();

/** When a supplier gave up the last of its seats on a lot, and how many it gave up. */
interface Given {
  readonly left: PartialDate;
  readonly seats: number;
}

const givenUp = (lot: Lot, written: Lot, { contract, day }: StandingContract, preference: Preference) => {
  const given = new Map<Supplier, Given>();
  const seat = seatOn(contract, lot);
  for (const supplier of holdersSoFar(written, lot, preference)) {
    if (holdsOn(supplier, lot)) continue;
    const leaver = leaverOn(supplier, day, seat);
    if (leaver === undefined) continue;
    const seats = (given.get(leaver.supplier)?.seats ?? 0) + 1;
    given.set(leaver.supplier, { left: leaver.left, seats });
  }
  return given;
};

const timesSeats = ({ measure, ceiling }: ScopeCeiling, seats: number): ScopeCeiling => ({
  measure,
  ceiling: isKnown(ceiling) ? multiplyMoney(ceiling, seats) : ceiling,
});

const NOT_STATED: readonly ScopeCeiling[] = [{ measure: "money", ceiling: "missing" }];

/** What is stated for a scope, in money and as a quantity. A missing amount of money where nothing is. */
const orMissing = (stated: readonly ScopeCeiling[]): readonly ScopeCeiling[] =>
  stated.length === 0 ? NOT_STATED : stated;

/** What a lot states in each measure: for all its suppliers together, and for each of them. */
const statedOf = (lot: Lot, measures: readonly Measure[], preference: Preference) => {
  const shared: ScopeCeiling[] = [];
  const each: ScopeCeiling[] = [];
  for (const measure of measures) {
    const measured = lotIn(measure, lot);
    const claim = statedCeiling(measured, preference);
    if (claim !== undefined) (isPerSupplier(measured) ? each : shared).push({ measure, ceiling: claim.value });
  }
  return { shared, each };
};

/** The ceilings of a contract as it stands on a day, with nothing used up so far. */
export const ceilingsOf = (standing: StandingContract, preference: Preference): ContractCeilings => {
  const { contract, written } = standing;
  const units = { unit: unitIn(contract, preference), counted: countedIn(contract, preference) };
  const measures = measuresIn(contract);
  const use = (scope: Scope, stated: readonly ScopeCeiling[]): CeilingUse =>
    new CeilingUse(scope, orMissing(stated), units);
  const lotCeilings = (lot: Lot, index: number): LotCeilings => {
    const { shared, each } = statedOf(lot, measures, preference);
    const all = use({ kind: "lot", lot }, shared);
    if (each.length === 0) return { all, shared: all, bySupplier: NO_SEATS, left: NO_SEATS };
    const seats = suppliersOf(lot, preference);
    const ofSeats = (supplier: Supplier, count: number): CeilingUse =>
      use(
        { kind: "supplier", lot, supplier },
        each.map((one) => timesSeats(one, count)),
      );
    const given = contract === written ? [] : [...givenUp(lot, written.lots[index] ?? lot, standing, preference)];
    return {
      all,
      // Where nobody holds a lot, a ceiling for each supplier says nothing of the lot as a whole (T3).
      shared: seats.length === 0 || shared.length > 0 ? all : undefined,
      bySupplier: new Map(seats.map((supplier) => [supplier, ofSeats(supplier, seatsOf(lot, seats, [supplier]))])),
      left: new Map(given.map(([who, { left, seats }]) => [who, { left, use: ofSeats(who, seats) }])),
    };
  };
  const statedBy = (part: Pick<Contract, "ceiling" | "quantity">): readonly ScopeCeiling[] => {
    const [money, quantity] = [preference.value(part.ceiling), preference.value(part.quantity)];
    return [
      ...(money === undefined ? [] : [{ measure: "money", ceiling: money } as const]),
      ...(quantity === undefined ? [] : [{ measure: "quantity", ceiling: quantity } as const]),
    ];
  };
  const own = statedBy(contract);
  const whole = use({ kind: "contract" }, own);
  return {
    whole,
    contract: own.length === 0 ? undefined : whole,
    groups: contract.groups.map((group) => use({ kind: "group", group }, statedBy(group))),
    lots: new Map(contract.lots.map((lot, index) => [lot.id, lotCeilings(lot, index)])),
  };
};

/** All that orders are counted under, even where nothing limits it. */
export const everyUse = ({ whole, groups, lots }: ContractCeilings): readonly CeilingUse[] => [
  whole,
  ...groups,
  ...[...lots.values()].flatMap(({ all, bySupplier, left }) => [
    all,
    ...bySupplier.values(),
    ...[...left.values()].map(({ use }) => use),
  ]),
];

/**
 * All ceilings: the contract's own first, then those of groups and of lots. Of seats that were given up, only those
 * with orders.
 */
export const allCeilings = ({ contract, groups, lots }: ContractCeilings): readonly CeilingUse[] => [
  ...(contract === undefined ? [] : [contract]),
  ...groups,
  ...[...lots.values()].flatMap(({ shared, bySupplier, left }) => [
    ...(shared === undefined ? [] : [shared]),
    ...bySupplier.values(),
    ...[...left.values()].flatMap(({ use }) => (use.isUsed ? [use] : [])),
  ]),
];
