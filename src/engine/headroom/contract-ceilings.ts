import type { Preference } from "../../model/claim.ts";
import { type Amount, isKnown, multiplyMoney, unitOf } from "../../model/money.ts";
import { isPerSupplier, seatsOf, statedCeiling } from "../../query/lot-ceiling.ts";
import { suppliersOf } from "../../query/subject.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { Supplier } from "../../records/supplier.ts";
import { CeilingUse, type Scope } from "./ceiling-use.ts";

/** A lot's ceilings: one that its suppliers share, or one for each of them. */
export interface LotCeilings {
  readonly shared: CeilingUse | undefined;
  readonly bySupplier: ReadonlyMap<Supplier, CeilingUse>;
}

/** Every ceiling of a contract, by what it is for. */
export interface ContractCeilings {
  /** Undefined where the contract states none of its own. */
  readonly contract: CeilingUse | undefined;
  readonly groups: readonly CeilingUse[];
  readonly lots: ReadonlyMap<string, LotCeilings>;
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

/** The ceilings of a contract as it stands, of which nothing is used up so far. */
export const ceilingsOf = (contract: Contract, preference: Preference): ContractCeilings => {
  const unit = unitIn(contract, preference);
  const use = (scope: Scope, ceiling: Amount | undefined): CeilingUse =>
    new CeilingUse(scope, ceiling ?? "missing", unit);
  const lotCeilings = (lot: Lot): LotCeilings => {
    const ceiling = statedCeiling(lot, preference)?.value;
    const seats = isPerSupplier(lot) ? suppliersOf(lot, preference) : [];
    // A ceiling for each supplier of a lot that nobody holds tells nothing of the lot (T3).
    const own = isPerSupplier(lot) && seats.length === 0 ? undefined : ceiling;
    if (seats.length === 0) return { shared: use({ kind: "lot", lot }, own), bySupplier: new Map() };
    const ofSeats = (supplier: Supplier): Amount | undefined =>
      ceiling !== undefined && isKnown(ceiling) ? multiplyMoney(ceiling, seatsOf(lot, [supplier])) : ceiling;
    const bySupplier = seats.map(
      (supplier) => [supplier, use({ kind: "supplier", lot, supplier }, ofSeats(supplier))] as const,
    );
    return { shared: undefined, bySupplier: new Map(bySupplier) };
  };
  const own = preference.value(contract.ceiling);
  return {
    contract: own === undefined ? undefined : use({ kind: "contract" }, own),
    groups: contract.groups.map((group) => use({ kind: "group", group }, preference.value(group.ceiling))),
    lots: new Map(contract.lots.map((lot) => [lot.id, lotCeilings(lot)])),
  };
};

/** All of them, the contract's own first, then the groups' and the lots'. */
export const allCeilings = ({ contract, groups, lots }: ContractCeilings): readonly CeilingUse[] => [
  ...(contract === undefined ? [] : [contract]),
  ...groups,
  ...[...lots.values()].flatMap(({ shared, bySupplier }) => [
    ...(shared === undefined ? [] : [shared]),
    ...bySupplier.values(),
  ]),
];
