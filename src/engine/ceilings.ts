import type { StatedAmount } from "../model/amount.ts";
import type { Attribution, Fact, Preference } from "../model/claim.ts";
import { type Amount, isKnown, type Money, sumByUnit, unitOf } from "../model/money.ts";
import { ceilingOfLot, isPerSupplier, statedCeiling } from "../query/lot-ceiling.ts";
import type { SelectedContract, SelectedLot } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import { type CeilingNode, ceilingTree, nodesOf, reachOf } from "./ceiling-tree.ts";

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

export const ceilingOf = (selected: SelectedLot, preference: Preference): LotCeiling => {
  const { lot, suppliers } = selected;
  const claim = statedCeiling(lot, preference);
  return {
    selected,
    each: claim?.value ?? "missing",
    amount: ceilingOfLot(lot, suppliers.length, preference),
    shared: !isPerSupplier(lot) && suppliers.length > 1,
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
  readonly contract: Contract;
  /** The source that should answer: the one asked for, else the most believed of those that state a ceiling here. */
  readonly preferred: string | undefined;
  readonly ceilings: readonly LotCeiling[];
  /** The usable total, one amount a currency, net and gross apart; empty where nothing is known. */
  readonly usable: readonly Money[];
  /** What is certain of it: less than the usable total where only an upper bound or a range is known. */
  readonly floor: readonly Money[];
  /** The declared ceilings of the contract and its groups; undefined where none can be held against the lots'. */
  readonly tree: CeilingNode | undefined;
}

const preferredSource = ({ contract, lots }: SelectedContract, preference: Preference): string | undefined => {
  if (preference.chosen !== undefined || preference.sources.length === 0) return preference.chosen;
  let best: string | undefined;
  const consider = (fact: Fact<StatedAmount> | undefined): void => {
    for (const { by } of fact ?? []) {
      if (by.source !== best && preference.rank(by.source) < preference.rank(best)) best = by.source;
    }
  };
  consider(contract.ceiling);
  for (const { lot } of lots) consider(lot.ceiling ?? lot.ceilingPerSupplier);
  return best;
};

/**
 * The usable total of the selected lots: min(declared ceiling, sum of the parts) for the contract and for each group (T4).
 * Declared ceilings in another currency than the lots' cannot be compared and are passed over.
 */
export const assess = (selected: SelectedContract, preference: Preference): ContractCeiling => {
  const { contract, lots } = selected;
  const ceilings = lots.map((selected) => ceilingOf(selected, preference));
  const amounts: Money[] = [];
  let withheld = 0;
  for (const { amount } of ceilings) {
    if (isKnown(amount)) amounts.push(amount);
    else if (amount === "withheld") withheld++;
  }
  const known = amounts.length;
  const coverage = {
    contract,
    preferred: preferredSource(selected, preference),
    lots: lots.length,
    known,
    withheld,
    missing: lots.length - known - withheld,
  };
  const sums = sumByUnit(amounts);
  if (contract.ceiling === undefined && contract.groups.length === 0) {
    return alone(coverage, ceilings, sums);
  }
  const tree = ceilingTree(contract, ceilings, preference);
  const units = new Set([
    ...sums.map(unitOf),
    ...nodesOf(tree).flatMap(({ declared }) => (declared ? [unitOf(declared.value)] : [])),
  ]);
  const [unit] = units;
  if (unit === undefined || units.size > 1) {
    return alone(coverage, ceilings, sums);
  }
  const { low, high, between } = reachOf(tree, unit, ({ amount }) => amount);
  if (high === undefined) {
    const usable = low.minor > 0n || coverage.known > 0 ? [{ ...low, bound: "atLeast" as const }] : [];
    return { ...coverage, ceilings, tree, usable, floor: usable };
  }
  const bound =
    low.minor === high.minor
      ? {}
      : between
        ? { bound: "between" as const, least: low.minor }
        : { bound: "atMost" as const };
  return { ...coverage, ceilings, tree, usable: [{ ...high, ...bound }], floor: [low] };
};

/** Lots that no declared ceiling limits together. Written out: objects that are spread take long to make. */
const alone = (
  coverage: Pick<ContractCeiling, keyof Coverage | "contract" | "preferred">,
  ceilings: readonly LotCeiling[],
  sums: readonly Money[],
): ContractCeiling => {
  const { contract, preferred, lots, known, missing, withheld } = coverage;
  const usable = bounded(sums, coverage);
  return { contract, preferred, lots, known, missing, withheld, ceilings, usable, floor: usable, tree: undefined };
};

const bounded = (sums: readonly Money[], { missing, withheld }: Coverage): readonly Money[] =>
  missing + withheld === 0 ? sums : sums.map((sum) => ({ ...sum, bound: "atLeast" as const }));
