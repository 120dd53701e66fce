import { addUnder } from "../model/lists.ts";
import { type Amount, divideMoney, isKnown, type Money } from "../model/money.ts";
import type { CeilingNode } from "./ceiling-tree.ts";
import { byMeasure, type ContractCeiling, isElsewhere, type LotCeiling } from "./ceilings.ts";

/** Each lot's part of what a contract allows, by the lot's id; one amount for each unit. */
type PartsByLot = ReadonlyMap<string, readonly Amount[]>;

export type LotParts = readonly PartsByLot[];

export const partsByMeasure = (contract: ContractCeiling): LotParts => byMeasure(contract).map(partsOf);

/**
 * Divides what a contract's lots may cost among them, so that the parts add up to it. A lot that gets no part keeps its
 * own figure, if it counts at all.
 */
export const partsOf = ({ ceilings, units, usable }: ContractCeiling): PartsByLot => {
  const parts = new Map<string, Money[]>();
  for (const { tree } of units) {
    const { high } = tree.root.reach;
    const loose = usable.some((money) => money.bound !== undefined && isAlike(money, high));
    divide(tree.root, high, ({ selected }, part) => {
      const { id } = selected.lot;
      addUnder(parts, id, loose && high !== undefined ? { ...part, bound: "atMost" } : part);
    });
  }
  return new Map(
    ceilings.map((ceiling) => {
      const { id } = ceiling.selected.lot;
      const { counted } = ceiling;
      return [id, parts.get(id) ?? (counted === undefined || isElsewhere(counted, ceiling) ? [] : [counted])];
    }),
  );
};

const isAlike = (money: Money, other: Money | undefined): boolean =>
  money.currency === other?.currency && money.vat === other.vat;

type Give = (lot: LotCeiling, part: Money) => void;

interface Item {
  /** Items are ordered by it, so that who gets the odd cent does not depend on the order of the register. */
  readonly key: string;
  readonly high: Money | undefined;
  readonly give: (part: Money) => void;
}

const divide = ({ lots, below }: CeilingNode<LotCeiling>, whole: Money | undefined, give: Give): void =>
  divideOver(
    [
      ...lots.map(({ lot, reach }) => ({
        key: lot.selected.lot.id,
        high: reach.high,
        give: (part: Money) => give(lot, part),
      })),
      ...below.map((node) => ({
        key: node.limits.map(({ limit }) => limit.group ?? "").join(),
        high: node.reach.high,
        give: (part: Money) => divide(node, part, give),
      })),
    ],
    whole,
  );

const divideOver = (unordered: readonly Item[], whole: Money | undefined): void => {
  const items = [...unordered].sort((a, b) => (a.key < b.key ? -1 : 1));
  const open = items.filter(({ high }) => high === undefined);
  const sum = items.reduce((total, { high }) => total + (high?.minor ?? 0n), 0n);
  // The whole may also exceed the sum: where an uncertain ceiling does not apply, there is more for what lies below it.
  if (whole !== undefined && (sum >= whole.minor || open.length === 0)) {
    const weights = items.map(({ high }) => high?.minor ?? 0n);
    for (const [index, share] of divideMoney(whole, weights).entries()) items[index]?.give(share);
    return;
  }
  for (const { high, give } of items) if (high !== undefined) give(high);
  if (whole === undefined) return;
  const rest = { ...whole, minor: whole.minor - sum };
  const equal = open.map(() => 1n);
  for (const [index, share] of divideMoney(rest, equal).entries()) open[index]?.give(share);
};

/**
 * Divides a part by the weights of seats, exactly to the minor unit. If the part is not known, neither is any share.
 */
export const sharesOf = (part: Amount, weights: readonly bigint[]): readonly Amount[] =>
  isKnown(part) ? divideMoney(part, weights) : weights.map(() => part);
