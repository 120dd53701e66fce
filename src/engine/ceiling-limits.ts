/**
 * The most believed source speaks for the whole: its total caps all parts, whoever states them. Where it is silent, the
 * total of the next source caps only that source's own parts and parts without a figure, because figures of different
 * sources may differ by rounding alone.
 */

import { type Attribution, type Claim, type Fact, type Preference, UNATTRIBUTED } from "../model/claim.ts";
import { flatMap } from "../model/lists.ts";
import {
  type Amount,
  isKnown,
  type Money,
  multiplyMoney,
  type StatedAmount,
  unitOf,
  zeroLike,
} from "../model/money.ts";
import { ceilingOfLot, isPerSupplier, seatsOf, statedCeiling } from "../query/lot-ceiling.ts";
import { suppliersOf } from "../query/subject.ts";
import type { Contract } from "../records/contract.ts";
import type { LotGroup } from "../records/group.ts";
import { cameToNothing, type Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import type { OrderedInVain, VainCell } from "./ordered-in-vain.ts";

/** The ceilings of a lot that came to nothing: the one that its suppliers share, or that of each of some suppliers. */
export const vainCells = (
  lot: Lot,
  holders: readonly Supplier[],
  suppliers: readonly Supplier[],
  each: Amount,
): readonly VainCell[] => {
  if (!isPerSupplier(lot) || suppliers.length === 0) {
    const amount = isPerSupplier(lot) ? "missing" : each;
    return [{ lot, seats: undefined, holders: holders.length, amount }];
  }
  return suppliers.map((supplier) => ({
    lot,
    seats: [supplier],
    holders: holders.length,
    amount: isKnown(each) ? multiplyMoney(each, seatsOf(lot, holders, [supplier])) : each,
  }));
};

/**
 * What suppliers of a lot together may reach, as it counts in totals. A lot that came to nothing counts up to what was
 * ordered on it (T4g). Undefined where its ceiling is not known and nothing was ordered.
 */
export const countedCeiling = (
  lot: Lot,
  suppliers: readonly Supplier[],
  preference: Preference,
  inVain: OrderedInVain | undefined,
): Amount | undefined => {
  const amount = ceilingOfLot(lot, suppliers, preference);
  if (!cameToNothing(lot)) return amount;
  if (inVain === undefined) return isKnown(amount) ? zeroLike(amount) : undefined;
  const each = statedCeiling(lot, preference)?.value ?? "missing";
  return inVain.upTo(amount, vainCells(lot, suppliersOf(lot, preference), suppliers, each));
};

export interface CeilingLimit {
  readonly group: string | undefined;
  readonly value: StatedAmount;
  readonly by: Attribution;
  /** Whether it is certain that its lots share one ceiling and do not have one each (T9). */
  readonly certain: boolean;
  readonly lots: ReadonlySet<string>;
  /** Whether it fills in for a more believed source, which states other ceilings here but not this one. */
  readonly fillsIn: boolean;
  /** By unit, how many of the lots that it was declared for have a figure. */
  readonly known: ReadonlyMap<string, number>;
  readonly unknown: number;
  /**
   * Set where nobody declared it: it is what was ordered on lots that came to nothing, with each order counted once.
   */
  readonly isOrdered?: true;
}

/** The limit of lots that came to nothing: what was ordered on them together. */
export const orderedLimit = (value: Money, lots: ReadonlySet<string>): CeilingLimit => ({
  group: "",
  value,
  by: UNATTRIBUTED,
  certain: true,
  lots,
  fillsIn: false,
  known: new Map(),
  unknown: 0,
  isOrdered: true,
});

/** The declared ceilings of a contract's lots, as far as they hold by the order in which sources are believed (T4d). */
export interface ContractLimits {
  readonly all: readonly CeilingLimit[];
  readonly byLot: ReadonlyMap<string, readonly CeilingLimit[]>;
  /** Limits that have lots in common with a withheld ceiling, unless that lies wholly below them (T4c). */
  readonly unproven: ReadonlySet<CeilingLimit>;
}

/** How one lot counts: in which unit, undefined where it has no figure, and whether a source states its figure. */
interface LotFigure {
  readonly id: string;
  readonly unit: string | undefined;
  readonly isStated: boolean;
  readonly source: string | undefined;
}

/** The source that should answer: the one asked for, else the most believed of those that state any ceiling here. */
export const preferredSource = (contract: Contract, preference: Preference): string | undefined => {
  if (preference.chosen !== undefined || preference.sources.length === 0) return preference.chosen;
  let best: string | undefined;
  const consider = (fact: Fact<StatedAmount> | undefined): void => {
    for (const { by } of fact ?? []) {
      if (by.source !== best && preference.rank(by.source) < preference.rank(best)) best = by.source;
    }
  };
  consider(contract.ceiling);
  for (const { ceiling } of contract.groups) consider(ceiling);
  for (const lot of contract.lots) consider(lot.ceiling ?? lot.ceilingPerSupplier);
  return best;
};

const figuresOf = (
  { lots }: Contract,
  preference: Preference,
  inVain: OrderedInVain | undefined,
): readonly LotFigure[] =>
  flatMap(lots, (lot) => {
    const suppliers = suppliersOf(lot, preference);
    const amount = countedCeiling(lot, suppliers, preference, inVain);
    if (amount === undefined) return [];
    const unit = isKnown(amount) ? unitOf(amount) : undefined;
    const isStated = isKnown(ceilingOfLot(lot, suppliers, preference));
    return [{ id: lot.id, unit, isStated, source: statedCeiling(lot, preference)?.by.source }];
  });

/** Whether a source may speak where the preferred one is silent. */
type FillsIn = (source: string | undefined) => boolean;

/**
 * Tells which sources fill in for the preferred one. The notices of one contract tell one after the other what its
 * buyer set, so none of them fills in for another, unless one was asked for.
 */
const fillingIn = (contract: Contract, preference: Preference): FillsIn => {
  const preferred = preferredSource(contract, preference);
  const isOwn = (source: string | undefined): boolean => contract.publications.some(({ id }) => id === source);
  return (source) =>
    source !== preferred &&
    preferred !== undefined &&
    (preference.chosen !== undefined || !isOwn(source) || !isOwn(preferred));
};

/**
 * Makes a limit of a declared ceiling. If its source fills in for another, it holds only over lots with that source's
 * own figures, and over lots without a stated one.
 */
const limitOf = (
  group: LotGroup | undefined,
  { value, by }: Claim<StatedAmount>,
  isFillingIn: FillsIn,
  figures: readonly LotFigure[],
): CeilingLimit => {
  const fillsIn = isFillingIn(by.source);
  const held = fillsIn ? figures.filter(({ isStated, source }) => !isStated || source === by.source) : figures;
  const known = new Map<string, number>();
  let unknown = 0;
  for (const { unit } of figures) {
    if (unit === undefined) unknown++;
    else known.set(unit, (known.get(unit) ?? 0) + 1);
  }
  const lots = new Set(held.map(({ id }) => id));
  return { group: group?.id, value, by, certain: group?.certain ?? true, lots, fillsIn, known, unknown };
};

/** The declared ceilings of a contract and its groups; undefined where there are none, as in most contracts. */
export const limitsOf = (
  contract: Contract,
  preference: Preference,
  inVain?: OrderedInVain,
): ContractLimits | undefined => {
  const { ceiling, groups } = contract;
  if (ceiling === undefined && groups.every((group) => group.ceiling === undefined)) return undefined;
  const isFillingIn = fillingIn(contract, preference);
  const figures = figuresOf(contract, preference, inVain);
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const all = [
    ...(ceiling === undefined ? [] : [limitOf(undefined, preference.choose(ceiling), isFillingIn, figures)]),
    ...flatMap(groups, (group) => {
      if (group.ceiling === undefined) return [];
      const own = flatMap(group.lots, (id) => byId.get(id) ?? []);
      return [limitOf(group, preference.choose(group.ceiling), isFillingIn, own)];
    }),
  ];
  const byLot = new Map<string, CeilingLimit[]>(figures.map(({ id }) => [id, []]));
  for (const limit of all) for (const id of limit.lots) byLot.get(id)?.push(limit);
  return { all, byLot, unproven: unprovenIn(all, byLot) };
};

const unprovenIn = (all: readonly CeilingLimit[], byLot: ContractLimits["byLot"]): ReadonlySet<CeilingLimit> => {
  const unproven = new Set<CeilingLimit>();
  for (const withheld of all.filter(({ value }) => value === "withheld")) {
    const counts = new Map<CeilingLimit, number>();
    for (const id of withheld.lots) {
      for (const limit of byLot.get(id) ?? []) counts.set(limit, (counts.get(limit) ?? 0) + 1);
    }
    for (const [limit, count] of counts) {
      const isBelow = count === withheld.lots.size && (limit.group === undefined || count < limit.lots.size);
      if (!isBelow || withheld.group === undefined) unproven.add(limit);
    }
  }
  return unproven;
};
