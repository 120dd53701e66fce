import type { StatedAmount, StatedAmounts } from "../model/amount.ts";
import type { Preference } from "../model/claim.ts";
import { type Amount, isKnown } from "../model/money.ts";
import type { SelectedContract } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import type { SettledContract } from "../records/history.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import type { Summary } from "./report.ts";
import { Tally } from "./tally.ts";

/** A contract with those of its lots whose values count. */
export type Awards = Pick<SelectedContract, "contract" | "lots">;

/** What contracts were awarded for, each value once: a measure of its own, never added to ceilings. */
export class AwardedTally {
  readonly tally = new Tally();

  /** Adds the values of the selected lots, and those awarded for several lots together (T9). */
  addContract({ contract, lots }: Awards, preference: Preference): void {
    const selected = new Set(contract.sharedAwards.length > 0 ? lots.map(({ lot }) => lot.id) : []);
    const together = contract.sharedAwards.filter((award) => award.lots.some((id) => selected.has(id)));
    const inTogether = new Set(together.flatMap((award) => award.lots));
    for (const { lot } of lots) {
      const value = preference.value(lot.awarded);
      if (value !== undefined) this.#add(value);
      else if (isDue(lot, preference) && !inTogether.has(lot.id)) this.#add("missing");
    }
    for (const award of together)
      this.#add(
        award.value,
        award.lots.every((id) => selected.has(id)),
      );
  }

  /**
   * Adds what one supplier was awarded: the contracts that were signed with it, and the values of lots that say no more.
   * The value of a lot that several suppliers hold may be all of one's or nothing.
   */
  addSupplier(supplier: Supplier, { contract, lots }: Awards, preference: Preference): void {
    const held = heldBy(lots)(supplier);
    const ids = new Set(held.map(({ lot }) => lot.id));
    const holds = (id: string): boolean => ids.has(id);
    const signed = signedBy(contract)(supplier).filter((each) => each.lots.some(holds));
    const signedFor = new Set(signed.flatMap((each) => each.lots));
    for (const { value, lots: ofLots } of signed)
      this.#add(typeof value === "string" ? value : [value], ofLots.every(holds));
    for (const { lot, suppliers } of held) {
      if (signedFor.has(lot.id)) continue;
      const value = preference.value(lot.awarded);
      if (value !== undefined) this.#add(value, suppliers.length === 1);
      else if (isDue(lot, preference)) this.#add("missing");
    }
  }

  #add(value: StatedAmounts | "missing", whole = true): void {
    for (const amount of typeof value === "string" ? [value] : value) {
      // Of a value for several lots, those that were asked for may be all or nothing.
      if (whole || !isKnown(amount)) this.tally.addAmount(amount);
      else this.tally.add({ ...amount, bound: "atMost" }, { ...amount, minor: 0n });
    }
  }

  /** A value that is due and not stated. */
  addMissing(): void {
    this.tally.addAmount("missing");
  }

  /** The total in one unit, a currency net or gross; undefined where nothing is known, or not in this one. */
  totalIn(unit: string | undefined): Amount | undefined {
    return this.tally.units.includes(unit ?? "") ? this.tally.totalIn(unit) : undefined;
  }

  /** The line below a table; none where nothing is known. */
  summaries(): readonly Summary[] {
    const amounts = this.tally.totals();
    return amounts.length === 0 ? [] : [{ label: "Total awarded", column: "awarded", amounts, remark: undefined }];
  }

  /** What a reader must know of the figures; nothing where none is known. */
  notes(): readonly string[] {
    const { missing, withheld } = this.tally;
    if (this.tally.totals().length === 0 || missing + withheld === 0) return [];
    const gaps = [...(missing > 0 ? [`${missing} not stated`] : []), ...(withheld > 0 ? [`${withheld} withheld`] : [])];
    return [`Awarded values are not known for all lots (${gaps.join(", ")}): their total is a lower bound.`];
  }
}

type Valued = SettledContract & { readonly value: StatedAmount };

/** Remembers what was made of something as long as that is in use: every supplier of a contract asks for the same. */
const remembering = <From extends object, To>(make: (from: From) => To): ((from: From) => To) => {
  const made = new WeakMap<From, { readonly result: To }>();
  return (from) => {
    const known = made.get(from) ?? { result: make(from) };
    made.set(from, known);
    return known.result;
  };
};

/** Finds the items that name a supplier. */
const naming = <T>(items: readonly T[], suppliersOf: (item: T) => readonly Supplier[]) => {
  const found = new Map<Supplier, T[]>();
  for (const item of items) {
    for (const supplier of new Set(suppliersOf(item))) {
      const own = found.get(supplier);
      if (own === undefined) found.set(supplier, [item]);
      else own.push(item);
    }
  }
  return (supplier: Supplier): readonly T[] => found.get(supplier) ?? [];
};

/** The contracts of known value that each supplier signed. */
const signedBy = remembering(({ settledContracts }: Contract) =>
  naming(settledContracts.filter(isValued), ({ suppliers }) => suppliers),
);

/** The lots that each supplier holds. */
const heldBy = remembering((lots: Awards["lots"]) => naming(lots, ({ matching }) => matching));

const isValued = (settled: SettledContract): settled is Valued => settled.value !== undefined;

/** Whether a contract says anything of what was awarded. */
export const statesAwarded = ({ lots, sharedAwards, settledContracts }: Contract): boolean =>
  sharedAwards.length > 0 || settledContracts.length > 0 || lots.some(({ awarded }) => awarded !== undefined);

/** Whether a value is to be expected: somebody won the lot. */
const isDue = (lot: Lot, preference: Preference): boolean =>
  lot.status === "awarded" && (preference.value(lot.suppliers)?.length ?? 0) > 0;
