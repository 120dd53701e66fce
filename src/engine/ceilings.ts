/**
 * A ceiling is a thing, not a column: it belongs to a lot or a contract and is assessed once, whoever holds it. By
 * supplier, *sole* and *shared* answer two different questions and are not added up. *Split* is a third, an assumption
 * that adds up to the true total to the last cent. All answers take their contracts, with what they may cost, from
 * `assessments.ts`.
 */

import type { Attribution, Preference } from "../model/claim.ts";
import { addUnder, flatMap } from "../model/lists.ts";
import {
  type Amount,
  isKnown,
  type Money,
  multiplyMoney,
  showingAll,
  smallerOf,
  sumByUnit,
  unitOf,
  zeroMoney,
} from "../model/money.ts";
import {
  ceilingOfLot,
  contractIn,
  isPerSupplier,
  lotIn,
  type Measure,
  measuresIn,
  seatsOf,
  statedCeiling,
} from "../query/lot-ceiling.ts";
import type { SelectedContract, SelectedLot } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import { cameToNothing } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import {
  type CeilingLimit,
  type ContractLimits,
  countedCeiling,
  limitsOf,
  orderedLimit,
  preferredSource,
  vainCells,
} from "./ceiling-limits.ts";
import { type CeilingTree, exactly, type Held, type Leaf, moneyOf, type Reach, treeOf } from "./ceiling-tree.ts";
import type { Joint, OrderedInVain } from "./ordered-in-vain.ts";

export interface LotCeiling {
  readonly selected: SelectedLot;
  /**
   * What the suppliers that were asked for may reach together. A per-supplier ceiling counts once for each seat (T3).
   */
  readonly amount: Amount;
  /**
   * The amount that counts in totals. A lot that came to nothing counts up to what was ordered on it (T4g). Undefined
   * where its ceiling is not known and nothing was ordered.
   */
  readonly counted: Amount | undefined;
  /** What one of its suppliers may reach. */
  readonly each: Amount;
  /** Whether several suppliers draw on one and the same ceiling. */
  readonly shared: boolean;
  readonly by: Attribution | undefined;
  /** The orders on it and on other lots that came to nothing, if it did. */
  readonly inVain: OrderedInVain | undefined;
}

export const ceilingOf = (selected: SelectedLot, preference: Preference, inVain?: OrderedInVain): LotCeiling => {
  const { lot, matching, suppliers } = selected;
  const claim = statedCeiling(lot, preference);
  return {
    selected,
    each: claim?.value ?? "missing",
    amount: ceilingOfLot(lot, matching, preference),
    counted: countedCeiling(lot, matching, preference, inVain),
    shared: !isPerSupplier(lot) && suppliers.length > 1,
    by: claim?.by,
    inVain: cameToNothing(lot) ? inVain : undefined,
  };
};

/**
 * What one supplier may reach on a lot. A per-supplier ceiling counts once for each of its seats, including any that it
 * took over.
 */
export const ceilingOfSeat = ({ selected, each }: LotCeiling, supplier: Supplier): Amount =>
  isPerSupplier(selected.lot) && isKnown(each)
    ? multiplyMoney(each, seatsOf(selected.lot, selected.suppliers, [supplier]))
    : each;

/** How much of an answer rests on known figures (T8). */
export interface Coverage {
  readonly lots: number;
  readonly known: number;
  readonly missing: number;
  readonly withheld: number;
}

interface UnitCeiling {
  readonly unit: string;
  readonly tree: CeilingTree<LotCeiling>;
}

/** What some lots of a contract may cost together at most, with each ceiling counted once (T1). */
export interface Allowance {
  /** The usable total, one amount a unit; empty where nothing is known. */
  readonly usable: readonly Money[];
  /** What is certain of it: less than the usable total where only an upper bound or a range is known. */
  readonly floor: readonly Money[];
  /** Whether some part of it has no upper bound. */
  readonly open: boolean;
  /**
   * The tree of each unit. Empty where figures could simply be added up, because no declared ceiling is over the lots.
   */
  readonly units: readonly UnitCeiling[];
}

/** What lots of one contract may cost at most, and on what that rests. */
export interface ContractCeiling extends Coverage, Allowance {
  readonly contract: Contract;
  /** The source that should answer: the one asked for, else the most believed of those that state a ceiling here. */
  readonly preferred: string | undefined;
  readonly ceilings: readonly LotCeiling[];
  readonly limits: ContractLimits | undefined;
  readonly inVain: OrderedInVain | undefined;
  /** The same for quantities, if the contract limits any (L4). They are never added to money. */
  readonly quantities?: ContractCeiling;
  /** Whether it was awarded only after the day. It is counted all the same, and a note says so (D3). */
  readonly awardedLater?: boolean;
}

/** What a contract may cost at most by each of its measures: in money, and in quantities if it limits any. */
export const byMeasure = (contract: ContractCeiling): readonly ContractCeiling[] =>
  contract.quantities === undefined ? [contract] : [contract, contract.quantities];

/** What is known of a contract as a whole before lots of it are looked at. */
interface ContractBasis extends Pick<ContractCeiling, "preferred" | "limits" | "inVain"> {
  readonly quantities?: ContractBasis;
}

const basisOf = (contract: Contract, preference: Preference, inVain: OrderedInVain | undefined): ContractBasis => {
  const basisIn = (measured: Contract, ordered: OrderedInVain | undefined): ContractBasis => ({
    preferred: preferredSource(measured, preference),
    limits: limitsOf(measured, preference, ordered),
    inVain: ordered,
  });
  if (measuresIn(contract).length === 1) return basisIn(contract, inVain);
  const by = (measure: Measure) => basisIn(contractIn(measure, contract), inVain?.in(measure));
  return { ...by("money"), quantities: by("quantity") };
};

/** The usable total of the selected lots: the most that all declared ceilings allow together (T4). */
export const assess = (selected: SelectedContract, preference: Preference, inVain?: OrderedInVain): ContractCeiling =>
  assessOn(basisOf(selected.contract, preference, inVain), selected, preference);

/** The same for some lots of a contract that was assessed before. */
export const assessOn = (basis: ContractBasis, selected: SelectedContract, preference: Preference): ContractCeiling => {
  const { quantities } = basis;
  if (quantities === undefined) return assessIn(basis, selected, preference);
  const money = assessIn(basis, selectedIn("money", selected), preference);
  const counted = assessIn(quantities, selectedIn("quantity", selected), preference);
  return { ...money, contract: selected.contract, ...bothCovered(money, counted), quantities: counted };
};

/** A contract with the lots that are selected, by one measure. */
const selectedIn = (measure: Measure, { contract, lots, ...selected }: SelectedContract): SelectedContract => ({
  ...selected,
  contract: contractIn(measure, contract),
  lots: lots.map((one) => ({ ...one, lot: lotIn(measure, one.lot) })),
});

const assessIn = (
  { preferred, limits, inVain }: ContractBasis,
  { contract, lots }: SelectedContract,
  preference: Preference,
): ContractCeiling => {
  const ceilings = lots.map((selected) => ceilingOf(selected, preference, inVain));
  const { usable, floor, open, units } =
    lots.length === 0 ? bare(limits) : allowanceOf(ceilings.map(wholeLook), limits);
  const { known, missing, withheld } = coverageOf(ceilings.map(stateOf));
  // Written out field by field: objects made by spreads, one for each contract, are slow to make and to read.
  return {
    contract,
    preferred,
    ceilings,
    limits,
    inVain,
    lots: lots.length,
    known,
    missing,
    withheld,
    usable,
    floor,
    open,
    units,
  };
};

/** Whether a lot's ceiling is known, missing or withheld; undefined where another measure limits the lot. */
export type Known = "known" | "missing" | "withheld" | undefined;

const stateOf = ({ counted, selected }: LotCeiling): Known => {
  if (counted === undefined || isKnown(counted)) return "known";
  return counted === "missing" && selected.lot.limitedOtherwise === true ? undefined : counted;
};

const coverageOf = (states: readonly Known[]): Coverage => {
  const [missing, withheld] = [states.filter(isMissing).length, states.filter(isWithheld).length];
  return { lots: states.length, known: states.length - missing - withheld, missing, withheld };
};

const isMissing = (state: Known): boolean => state === "missing";
const isWithheld = (state: Known): boolean => state === "withheld";

/** What is known of each lot of a contract by all measures together. A lot that one of them limits needs no other. */
export const statesOf = ({
  ceilings,
  quantities,
}: Pick<ContractCeiling, "ceilings" | "quantities">): readonly Known[] =>
  ceilings.map((ceiling, index) => {
    const other = quantities?.ceilings[index];
    const both = [stateOf(ceiling), other && stateOf(other)];
    return both.find(isWithheld) ?? both.find(isMissing) ?? "known";
  });

const bothCovered = (money: ContractCeiling, counted: ContractCeiling): Coverage & Pick<Allowance, "open"> => {
  const states = statesOf({ ceilings: money.ceilings, quantities: counted });
  // A contract without lots needs a ceiling in only one of them, too.
  const isElsewhere = money.lots === 0 && money.limits === undefined && !counted.open;
  return { ...coverageOf(states), open: money.open && !isElsewhere };
};

/** What a contract without lots allows: its own ceiling (T4g). */
const bare = (limits: ContractLimits | undefined): Allowance => {
  const value = limits?.all.find(({ group }) => group === undefined)?.value;
  const usable = value === undefined || value === "withheld" ? [] : [value];
  return { usable, floor: usable, open: usable.length === 0, units: [] };
};

/** A lot's ceiling through the seats that are looked at, and what these may reach of it. */
export interface Look {
  readonly lot: LotCeiling;
  readonly amount: Amount | undefined;
  readonly whole: boolean;
  /** Whose seats are looked at, if the ceiling is per supplier. */
  readonly seats: readonly Supplier[];
}

const wholeLook = (lot: LotCeiling): Look => {
  const { lot: of, suppliers, matching } = lot.selected;
  const whole = !isPerSupplier(of) || matching.length === suppliers.length;
  return { lot, amount: lot.counted, whole, seats: matching };
};

/** What one of a lot's suppliers may reach on it. */
export const lookOf = (lot: LotCeiling, supplier: Supplier): Look => {
  const { lot: of, suppliers, matching } = lot.selected;
  const whole = !isPerSupplier(of) || suppliers.length === 1;
  const { counted, inVain } = lot;
  const seats = [supplier];
  if (whole || counted === undefined || !isKnown(counted)) return { lot, amount: counted, whole, seats };
  if (inVain !== undefined) {
    const cells = vainCells(of, suppliers, seats, lot.each);
    return { lot, amount: inVain.upTo(cells[0]?.amount ?? "missing", cells), whole, seats };
  }
  const [own, all] = [[supplier], matching].map((seats) => BigInt(seatsOf(of, suppliers, seats)));
  const amount = isKnown(lot.amount) && own && all ? { ...lot.amount, minor: (lot.amount.minor * own) / all } : counted;
  return { lot, amount: smallerOf(amount, counted), whole, seats };
};

/** The looks that each known declared ceiling covers, and the limits over each look. */
interface Covered {
  readonly known: ReadonlyMap<CeilingLimit, readonly Look[]>;
  readonly limitsOf: (look: Look) => readonly CeilingLimit[];
  readonly limits: ContractLimits;
}

const NO_LIMITS: ContractLimits = { all: [], byLot: new Map(), unproven: new Set() };
const NONE: readonly CeilingLimit[] = [];

/** What lots may cost together as they are looked at, unit by unit (T4a). */
export const allowanceOf = (looks: readonly Look[], limits: ContractLimits | undefined): Allowance => {
  if (limits === undefined && looks.every(({ amount }) => amount === undefined || !isBounded(amount))) {
    return alone(looks);
  }
  const covered = coveredBy(looks, limits ?? NO_LIMITS);
  const units = unitsIn(looks, covered).map((unit) => ({ unit, tree: treeIn(unit, looks, covered) }));
  const usable: Money[] = [];
  const floor: Money[] = [];
  for (const { unit, tree } of units) {
    const { reach } = tree.root;
    const money = moneyOf(reach);
    if (money === undefined || (isNothing(money) && !looks.some(({ amount }) => isIn(amount, unit)))) continue;
    usable.push(money);
    floor.push(reach.sure);
  }
  const open = units.length === 0 ? looks.some(isGap) : units.some(({ tree }) => tree.root.reach.high === undefined);
  return { usable, floor, open, units };
};

/** Whether an unknown amount may be spent. */
export const isGap = ({ amount, lot }: Look): boolean =>
  amount !== undefined && !isKnown(amount) && !isElsewhere(amount, lot);

/** Whether a lot is limited by another measure only. */
export const isElsewhere = (amount: Amount, { selected }: LotCeiling): boolean =>
  amount === "missing" && selected.lot.limitedOtherwise === true;

const isBounded = (amount: Amount): boolean => isKnown(amount) && amount.bound !== undefined;
const isNothing = ({ minor, bound }: Money): boolean => minor === 0n && bound === "atLeast";

const isIn = (amount: Amount | undefined, unit: string): boolean =>
  amount !== undefined && isKnown(amount) && unitOf(amount) === unit;

const alone = (looks: readonly Look[]): Allowance => {
  const amounts: Money[] = [];
  let open = false;
  for (const look of looks) {
    const { amount } = look;
    if (amount === undefined) continue;
    if (isKnown(amount)) amounts.push(amount);
    else if (isGap(look)) open = true;
  }
  const sums = sumByUnit(amounts);
  const usable = open ? sums.map((sum) => ({ ...sum, bound: "atLeast" as const })) : sums;
  return { usable, floor: usable, open, units: [] };
};

const coveredBy = (looks: readonly Look[], limits: ContractLimits): Covered => {
  const known = new Map<CeilingLimit, Look[]>();
  const limitsOf = ({ lot }: Look) => limits.byLot.get(lot.selected.lot.id) ?? NONE;
  for (const look of looks) {
    if (look.amount === undefined) continue;
    for (const limit of limitsOf(look)) {
      if (!isKnown(limit.value)) continue;
      addUnder(known, limit, look);
    }
  }
  return { known, limitsOf, limits };
};

/** The units of what is known, and of the ceilings that cover what is not. */
const unitsIn = (looks: readonly Look[], { known }: Covered): readonly string[] => {
  const units = new Set<string>();
  for (const { amount } of looks) if (amount !== undefined && isKnown(amount)) units.add(unitOf(amount));
  for (const [{ value }, covered] of known) {
    if (isKnown(value) && covered.some(({ amount }) => amount !== undefined && !isKnown(amount))) {
      units.add(unitOf(value));
    }
  }
  return [...units];
};

/**
 * Whether a lot counts in a unit. A lot with a figure counts in the unit of that figure alone. One without counts in
 * every unit, unless it is covered by a certain ceiling in another unit and by none in this one. A lot that another
 * measure limits counts only where a ceiling in the unit covers it.
 */
const countsIn = (unit: string, look: Look, { limitsOf }: Covered): boolean => {
  const { amount } = look;
  if (amount === undefined) return false;
  if (isKnown(amount)) return unitOf(amount) === unit;
  const covers = limitsOf(look).filter(({ value }) => isKnown(value));
  if (covers.some(({ value }) => isIn(value, unit))) return true;
  return !isElsewhere(amount, look.lot) && !covers.some(({ certain }) => certain);
};

const treeIn = (unit: string, looks: readonly Look[], covered: Covered): CeilingTree<LotCeiling> => {
  const leaves = new Map<Look, Leaf<LotCeiling>>();
  for (const look of looks) if (countsIn(unit, look, covered)) leaves.set(look, leafIn(unit, look, covered));
  const held = flatMap([...covered.known], ([limit, all]): readonly Held<Leaf<LotCeiling>>[] => {
    const { value: cap } = limit;
    if (!isKnown(cap) || unitOf(cap) !== unit) return [];
    const parts = flatMap(all, (look) => leaves.get(look) ?? []);
    if (parts.length === 0) return [];
    const whole = all.filter((look) => look.whole && leaves.has(look)).length;
    const complete = whole === (limit.known.get(unit) ?? 0) + limit.unknown;
    return [{ limit, cap, parts, complete, proven: !covered.limits.unproven.has(limit) }];
  });
  return treeOf([...leaves.values()], [...held, ...orderedOnceIn(unit, leaves, covered)], unit);
};

/** The limits of lots that came to nothing and have orders in common, by which each order counts once. */
const orderedOnceIn = (
  unit: string,
  leaves: ReadonlyMap<Look, Leaf<LotCeiling>>,
  covered: Covered,
): readonly Held<Leaf<LotCeiling>>[] => {
  const looks = [...leaves.keys()].filter(({ amount, lot }) => lot.inVain !== undefined && isIn(amount, unit));
  const cells = new Map(
    looks.map((look) => {
      const { lot, suppliers } = look.lot.selected;
      return [look, vainCells(lot, suppliers, look.seats, look.lot.each)];
    }),
  );
  return flatMap(looks[0]?.lot.inVain?.joint(unit, cells) ?? [], (joint) => heldOnce(joint, leaves, covered));
};

const heldOnce = (
  { parts: looks, low, high }: Joint<Look>,
  leaves: ReadonlyMap<Look, Leaf<LotCeiling>>,
  { limitsOf }: Covered,
): readonly Held<Leaf<LotCeiling>>[] => {
  const parts = flatMap(looks, (look) => leaves.get(look) ?? []);
  const highs = flatMap(parts, ({ reach }) => reach.high ?? []);
  const [first] = highs;
  const isTold = sumMinor(highs) === high && sumMinor(parts.map(({ reach }) => reach.low)) === low;
  if (first === undefined || isTold) return [];
  const [cap, least] = [showingAll({ ...first, minor: high }, low), showingAll({ ...first, minor: low }, high)];
  const lots = new Set(looks.map(({ lot }) => lot.selected.lot.id));
  const proven = looks.every((look) => limitsOf(look).every(({ value }) => value !== "withheld"));
  return [{ limit: orderedLimit(cap, lots), cap, least, parts, complete: true, proven }];
};

const sumMinor = (all: readonly Money[]): bigint => all.reduce((sum, { minor }) => sum + minor, 0n);

const leafIn = (unit: string, look: Look, { limitsOf }: Covered): Leaf<LotCeiling> => {
  const { lot, amount } = look;
  const zero = zeroMoney(unit);
  if (amount === undefined || !isKnown(amount)) {
    return { lot, reach: { low: zero, high: undefined, sure: zero, between: false, exact: true } };
  }
  const { bound, least = amount.minor, ...high } = amount;
  const low = bound === undefined ? amount : { ...high, minor: least };
  const isVeiled = limitsOf(look).some(({ value }) => value === "withheld");
  if (bound === undefined && !isVeiled) return { lot, reach: exactly(amount) };
  const reach: Reach = {
    low,
    high: bound === undefined ? amount : high,
    sure: isVeiled ? zero : low,
    between: bound !== undefined,
    exact: true,
  };
  return { lot, reach };
};
