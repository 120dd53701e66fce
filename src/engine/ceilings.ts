import type { Attribution, Claim, Preference } from "../model/claim.ts";
import type { Contract, Lot, StatedAmount } from "../model/contract.ts";
import { type Amount, isKnown, type Money, MoneySum, multiplyMoney, smallerOf, sumByCurrency } from "../model/money.ts";
import type { SelectedContract, SelectedLot } from "../query/selection.ts";

/** One lot's ceiling as it counts towards a total. */
export interface LotCeiling {
  readonly selected: SelectedLot;
  /** What all its suppliers together may reach: a per-supplier ceiling times its suppliers (T3). */
  readonly amount: Amount;
  /** What one of its suppliers may reach. */
  readonly each: Amount;
  /** Whether several suppliers draw on one and the same ceiling. */
  readonly shared: boolean;
  readonly by: Attribution | undefined;
}

/** The ceiling stated for a lot by the preferred source, each supplier's own where there is one a supplier. */
export const statedCeiling = (lot: Lot, preference: Preference): Claim<StatedAmount> | undefined => {
  const fact = lot.ceiling ?? lot.ceilingPerSupplier;
  return fact === undefined ? undefined : preference.choose(fact);
};

export const ceilingOf = (selected: SelectedLot, preference: Preference): LotCeiling => {
  const { lot, suppliers } = selected;
  const claim = statedCeiling(lot, preference);
  const perSupplier = lot.ceiling === undefined && lot.ceilingPerSupplier !== undefined;
  const stated: Amount = claim?.value ?? "missing";
  return {
    selected,
    each: stated,
    amount: perSupplier && isKnown(stated) ? multiplyMoney(stated, suppliers.length) : stated,
    shared: !perSupplier && suppliers.length > 1,
    by: claim?.by,
  };
};

/** How much of an answer rests on known figures (T8). */
export interface Coverage {
  readonly lots: number;
  readonly known: number;
  readonly missing: number;
  readonly withheld: number;
}

/** What lots of one contract may cost at most, with each ceiling counted once (T1), and on what that rests. */
export interface ContractCeiling extends Coverage {
  readonly ceilings: readonly LotCeiling[];
  /** The usable total, one amount a currency; empty where nothing is known. */
  readonly usable: readonly Money[];
  /** What is certain of it: the same, but where only an upper bound is known the sum of the lots that have a figure. */
  readonly floor: readonly Money[];
  /** The contract's own declared ceiling, where it can be held against its lots'. */
  readonly declared: Claim<Money> | undefined;
  /** Whether the declared ceiling, and not the lots' sum, is the usable total. */
  readonly capped: boolean;
}

const sourcesOf = (ceilings: readonly LotCeiling[]): ReadonlySet<string | undefined> =>
  new Set(ceilings.filter(({ amount }) => isKnown(amount)).map(({ by }) => by?.source));

/**
 * The contract's declared ceiling, as said by those who state the lots' ceilings: one source's total never caps
 * another source's parts, for their figures may differ by mere rounding. Where no lot has a figure, the preferred source's.
 */
const declaredCeiling = (
  contract: Contract,
  ceilings: readonly LotCeiling[],
  preference: Preference,
): Claim<Money> | undefined => {
  if (contract.ceiling === undefined) return undefined;
  const sources = sourcesOf(ceilings);
  const [first, ...others] = contract.ceiling.filter(({ by }) => sources.size === 0 || sources.has(by.source));
  if (first === undefined) return undefined;
  const { value, by } = preference.choose([first, ...others]);
  return value === "withheld" ? undefined : { value, by };
};

/**
 * The usable total of the selected lots: min(declared ceiling of the contract, sum of the lots) (T4).
 * A declared ceiling in another currency than the lots' cannot be compared and is passed over.
 */
export const assess = ({ contract, lots }: SelectedContract, preference: Preference): ContractCeiling => {
  const ceilings = lots.map((selected) => ceilingOf(selected, preference));
  const known = ceilings.flatMap(({ amount }) => (isKnown(amount) ? [amount] : []));
  const withheld = ceilings.filter(({ amount }) => amount === "withheld").length;
  const coverage = {
    lots: lots.length,
    known: known.length,
    missing: lots.length - known.length - withheld,
    withheld,
  };
  const sums = sumByCurrency(known);
  const declared = declaredCeiling(contract, ceilings, preference);
  const cap = declared?.value;
  const comparable =
    cap !== undefined && (sums.length === 0 || (sums.length === 1 && sums[0]?.currency === cap.currency));
  if (!comparable) {
    const usable = bounded(sums, coverage);
    return {
      ...coverage,
      ceilings,
      usable,
      floor: usable,
      declared: undefined,
      capped: false,
    };
  }
  const sum = sums[0] ?? new MoneySum(cap.currency).value();
  if (known.length === lots.length) {
    const capped = cap.minor < sum.minor;
    const usable = [smallerOf(sum, cap)];
    return { ...coverage, ceilings, usable, floor: usable, declared, capped };
  }
  // Lots without a figure of their own: all lots together reach the declared ceiling, some of them reach it at most,
  // unless those that have a figure reach it already.
  if (lots.length === contract.lots.length) {
    return {
      ...coverage,
      ceilings,
      usable: [cap],
      floor: [cap],
      declared,
      capped: true,
    };
  }
  return {
    ...coverage,
    ceilings,
    usable: [sum.minor < cap.minor ? { ...cap, bound: "atMost" } : cap],
    floor: [smallerOf(sum, cap)],
    declared,
    capped: true,
  };
};

const bounded = (sums: readonly Money[], { missing, withheld }: Coverage): readonly Money[] =>
  missing + withheld === 0 ? sums : sums.map((sum) => ({ ...sum, bound: "atLeast" as const }));
