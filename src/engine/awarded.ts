import type { Preference } from "../model/claim.ts";
import { addUnder, flatMap } from "../model/lists.ts";
import {
  type Amount,
  compareMoney,
  formatMoney,
  isKnown,
  type Money,
  minorDigits,
  rangeTo,
  type StatedAmount,
  type StatedAmounts,
  unitOf,
} from "../model/money.ts";
import { firstFew } from "../model/phrases.ts";
import type { SelectedContract } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import type { SettledContract } from "../records/history.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import type { Summary } from "./report.ts";
import { gapsText, Tally } from "./tally.ts";

export type Awards = Pick<SelectedContract, "contract" | "lots">;

/** What contracts were awarded for, each value once: a measure of its own, never added to ceilings. */
export class AwardedTally {
  readonly tally = new Tally();
  readonly #differing: Differing[] = [];

  /**
   * Adds the values of the selected lots, and the values awarded for several lots together (T9). If the whole contract
   * is selected, the total that it declares is held against them (T10b).
   */
  addContract(awards: Awards, preference: Preference): void {
    const held = heldAgainstDeclared(awards, preference);
    if (held?.total === undefined) addParts(this.tally, awards, preference);
    else this.#addHeld(held.total);
    if (held?.differing !== undefined) this.#differing.push(held.differing);
  }

  #addHeld(total: Money): void {
    if (total.bound === "between") this.tally.add(total, lowerEnd(total));
    else this.tally.add(total);
  }

  /**
   * Adds what one supplier was awarded. A contract that it holds alone counts for what the contract comes to, and a lot
   * that it holds alone for its value, so that there the supplier's row and the total have one measure (T10d). For
   * other lots the contracts that were signed with the supplier count or, where there are none, the values of lots and
   * of several lots together. A value that others hold a part of, too, may be all this supplier's or none of it.
   */
  addSupplier(supplier: Supplier, awards: Awards, preference: Preference): void {
    const whole = isHeldBy(supplier, awards) ? heldAgainstDeclared(awards, preference)?.total : undefined;
    if (whole !== undefined) this.#addHeld(whole);
    else this.#addSeats(supplier, awards, preference);
  }

  #addSeats(supplier: Supplier, { contract, lots }: Awards, preference: Preference): void {
    const held = heldBy(lots)(supplier);
    const ids = new Set(held.map(({ lot }) => lot.id));
    const holds = (id: string): boolean => ids.has(id);
    const alone = new Map(
      flatMap(held, ({ lot, suppliers }) => (suppliers.length === 1 ? [[lot.id, lot] as const] : [])),
    );
    const isAlone = (id: string): boolean => alone.has(id);
    const together = contract.sharedAwards.filter((award) => award.lots.some(holds));
    const stated = new Set([
      ...[...alone.values()].filter((lot) => typeof preference.value(lot.awarded) === "object").map(({ id }) => id),
      ...flatMap(
        together.filter((award) => award.lots.every(isAlone)),
        (award) => award.lots,
      ),
    ]);
    const saysNoMore = (id: string): boolean => ids.has(id) && !stated.has(id);
    const signed = signedBy(contract)(supplier).filter((each) => each.lots.some(saysNoMore));
    const signedFor = new Set(flatMap(signed, (each) => each.lots));
    for (const { value, lots: ofLots } of signed)
      addAmounts(this.tally, typeof value === "string" ? value : [value], ofLots.every(holds));
    const inTogether = new Set<string>();
    for (const { value, lots: ofLots } of together) {
      if (ofLots.some((id) => signedFor.has(id))) continue;
      addAmounts(this.tally, value, ofLots.every(isAlone));
      for (const id of ofLots) inTogether.add(id);
    }
    for (const { lot, suppliers } of held) {
      if (signedFor.has(lot.id)) continue;
      const value = preference.value(lot.awarded);
      if (value !== undefined) addAmounts(this.tally, value, suppliers.length === 1);
      else if (isDue(lot, preference) && !inTogether.has(lot.id)) addAmounts(this.tally, "missing");
    }
  }

  addMissing(count: number): void {
    this.tally.addMissing(count);
  }

  /** The total in one unit: a currency, net or gross. Undefined where nothing is known in that unit. */
  totalIn(unit: string | undefined): Amount | undefined {
    return this.tally.units.includes(unit ?? "") ? this.tally.totalIn(unit) : undefined;
  }

  summaries(): readonly Summary[] {
    const amounts = this.tally.totals();
    return amounts.length === 0 ? [] : [{ label: "Total awarded", column: "awarded", amounts, remark: undefined }];
  }

  notes(): readonly string[] {
    const { missing, withheld } = this.tally;
    const totals = differingTexts(this.#differing);
    if (this.tally.totals().length === 0 || missing + withheld === 0) return totals;
    const gaps = gapsText(this.tally);
    return [...totals, `Awarded values are not known for all lots (${gaps}): their total is a lower bound.`];
  }
}

/** Whether nobody but this supplier holds any of the lots. */
const isHeldBy = (supplier: Supplier, { lots }: Awards): boolean =>
  lots.every(({ suppliers }) => suppliers.length === 0 || isOnly(supplier, suppliers));

/**
 * Whether the awards of a contract's suppliers add up to the contract's own. Where the contract declares a total, or
 * signed contracts have values, that is so only if one supplier holds everything and the declared total can be held
 * against its parts.
 */
export const addsUpBySupplier = (awards: Awards, preference: Preference): boolean => {
  const { awarded, settledContracts } = awards.contract;
  if (awarded === undefined && settledContracts.every(({ value }) => value === undefined)) return true;
  const [holder] = flatMap(awards.lots, ({ suppliers }) => suppliers);
  const isWhole = holder !== undefined && isHeldBy(holder, awards);
  return isWhole && heldAgainstDeclared(awards, preference)?.total !== undefined;
};

const isOnly = (supplier: Supplier, [first, ...others]: readonly Supplier[]): boolean =>
  first === supplier && others.length === 0;

interface Differing {
  readonly id: string;
  readonly declared: Money;
  readonly sums: readonly Money[];
  /**
   * Whether some parts are in another currency than the total, or net where that is gross or the reverse. The total
   * says nothing about those, so the parts count (T7).
   */
  readonly isApart: boolean;
}

const MOST_NAMED = 3;

const lowerEnd = ({ least, ...money }: Money): Money => ({ ...money, minor: least ?? money.minor });

/** What a whole contract was awarded for, if it declares a total, and how its parts differ from that. */
interface HeldTotal {
  /** Undefined where it cannot be held against its parts. */
  readonly total: Money | undefined;
  readonly differing: Differing | undefined;
}

const heldAgainstDeclared = ({ contract, lots }: Awards, preference: Preference): HeldTotal | undefined => {
  const declared = preference.value(contract.awarded);
  if (typeof declared !== "object" || lots.length < contract.lots.length) return undefined;
  const parts = new Tally();
  addParts(parts, { contract, lots }, preference);
  const total = againstDeclared(declared, parts);
  const isApart = total === undefined;
  const differs = isApart || (total.bound === "between" && !isAmongOffers(declared, parts));
  return { total, differing: differs ? { id: contract.id, declared, sums: parts.totals(), isApart } : undefined };
};

/**
 * Whether the parts are offers for one volume, and so come to a range, and the declared total lies in that range or
 * agrees with its upper end.
 */
const isAmongOffers = (declared: Money, parts: Tally): boolean =>
  parts.totals().some((sum) => {
    const { bound: _, least, ...most } = sum;
    if (least === undefined) return false;
    return agree(declared, most) || (declared.minor >= least && declared.minor <= most.minor);
  });

/** How the declared total of a contract and its parts differ; undefined where they do not, or nothing is declared. */
export const differingAwards = (awards: Awards, preference: Preference): Differing | undefined =>
  heldAgainstDeclared(awards, preference)?.differing;

export const differingText = ({ id, declared, sums }: Differing): string =>
  `${id} declares ${formatMoney(declared)} awarded in all; its parts come to ${sums.map(formatMoney).join(" and ")}`;

const differingTexts = (differing: readonly Differing[]): readonly string[] => [
  ...textsOf(
    differing.filter(({ isApart }) => !isApart),
    ["that their parts do not come to", "the total lies between"],
  ),
  ...textsOf(
    differing.filter(({ isApart }) => isApart),
    ["in other currencies than their parts", "the parts count"],
  ),
];

/** A single contract is told with its figures. Several are only named, because each has a finding of its own. */
const textsOf = (
  differing: readonly Differing[],
  [how, counts]: readonly [how: string, counts: string],
): readonly string[] => {
  const [one, ...others] = differing;
  if (one === undefined) return [];
  if (others.length === 0) return [`${differingText(one)}: ${counts}.`];
  const names = firstFew(
    differing.map(({ id }) => id),
    MOST_NAMED,
  );
  return [`${differing.length} contracts declare totals ${how} (${names}): ${counts}.`];
};

const addAmounts = (tally: Tally, value: StatedAmounts | "missing", whole = true): void => {
  for (const amount of typeof value === "string" ? [value] : value) {
    // Where others share in a value, what was asked for may be all of it or nothing.
    if (whole || !isKnown(amount)) tally.addAmount(amount);
    else tally.add({ ...amount, bound: amount.bound === "atLeast" ? "atLeast" : "atMost" }, { ...amount, minor: 0n });
  }
};

const addParts = (tally: Tally, { contract, lots }: Awards, preference: Preference): void => {
  const selected = new Set(contract.sharedAwards.length > 0 ? lots.map(({ lot }) => lot.id) : []);
  const together = contract.sharedAwards.filter((award) => award.lots.some((id) => selected.has(id)));
  const inTogether = new Set(flatMap(together, (award) => award.lots));
  for (const { lot } of lots) {
    const value = preference.value(lot.awarded);
    if (value !== undefined) addAmounts(tally, value);
    else if (isDue(lot, preference) && !inTogether.has(lot.id)) addAmounts(tally, "missing");
  }
  for (const award of together) {
    const whole = award.lots.every((id) => selected.has(id));
    addAmounts(tally, award.value, whole);
  }
};

/**
 * What a contract was awarded for, if it declares a total (T10b): the sum of its parts if both agree within rounding,
 * the total if a part is unknown and the others do not exceed it, and otherwise the range between the two. Undefined if
 * its parts are in another currency than the total, or net where that is gross or the reverse.
 */
const againstDeclared = (declared: Money, parts: Tally): Money | undefined => {
  const unit = unitOf(declared);
  if (parts.units.some((other) => other !== unit)) return undefined;
  const [sum] = parts.totals();
  const isOpen = parts.missing + parts.withheld > 0 || sum?.bound === "atLeast";
  if (sum === undefined) return declared;
  const { bound: _, least: __, ...most } = sum;
  if (isOpen && declared.minor >= most.minor) return declared;
  if (!isOpen && agree(declared, most)) return sum;
  return declared.minor < most.minor ? rangeTo(most, declared.minor) : rangeTo(declared, most.minor);
};

/** Whether two amounts agree within rounding: to the precision of the coarser one, or to one unit of the currency. */
const agree = (a: Money, b: Money): boolean => {
  const difference = a.minor < b.minor ? b.minor - a.minor : a.minor - b.minor;
  return compareMoney(a, b) !== "contradicts" || difference <= 10n ** BigInt(minorDigits(a.currency));
};

type Valued = SettledContract & { readonly value: StatedAmount };

/**
 * Remembers the result for the last argument only, because all suppliers of a contract ask for the same, one after the
 * other. Remembering more, even in a WeakMap, would keep results in memory after their contracts until a full garbage
 * collection.
 */
const rememberingLast = <From extends object, To>(make: (from: From) => To): ((from: From) => To) => {
  let last: { readonly from: From; readonly result: To } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, result: make(from) };
    return last.result;
  };
};

const naming = <T>(items: readonly T[], suppliersOf: (item: T) => readonly Supplier[]) => {
  const found = new Map<Supplier, T[]>();
  for (const item of items) {
    for (const supplier of new Set(suppliersOf(item))) {
      addUnder(found, supplier, item);
    }
  }
  return (supplier: Supplier): readonly T[] => found.get(supplier) ?? [];
};

const signedBy = rememberingLast(({ settledContracts }: Contract) =>
  naming(settledContracts.filter(isValued), ({ suppliers }) => suppliers),
);

const heldBy = rememberingLast((lots: Awards["lots"]) => naming(lots, ({ matching }) => matching));

const isValued = (settled: SettledContract): settled is Valued => settled.value !== undefined;

/** Whether a contract says anything of what was awarded. */
export const statesAwarded = ({ lots, sharedAwards, settledContracts }: Contract): boolean =>
  sharedAwards.length > 0 || settledContracts.length > 0 || lots.some(({ awarded }) => awarded !== undefined);

/** Whether a value is to be expected: somebody won the lot. */
const isDue = (lot: Lot, preference: Preference): boolean =>
  lot.status === "awarded" && (preference.value(lot.suppliers)?.length ?? 0) > 0;
