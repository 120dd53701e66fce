import { mapClaims } from "../model/claim.ts";
import { flatMap } from "../model/lists.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import { Parties } from "./same-party.ts";
import { keyOf, type ToldBefore } from "./told-parts.ts";

/** Who holds the lots of a contract as modifications pass them on, each from its own day on. */
export class LotHolders {
  readonly #told: ToldBefore;
  /** Who holds lots, as the last modification says. */
  readonly #held = new Map<string, Lot["suppliers"]>();
  /** Who holds contracts that passed to others, by their keys. */
  readonly #passed = new Map<string, readonly Supplier[]>();

  constructor(told: ToldBefore) {
    this.#told = told;
  }

  /** Who holds a lot at first, and who from a modification on, where that is somebody else. */
  modify(known: Lot, lot: Lot, later: Contract): { first: Lot["suppliers"]; anew: readonly Supplier[] | undefined } {
    const replaces = later.modifications.some(({ ground }) => ground === "replacement of the contractor");
    const before = this.#held.get(lot.id) ?? known.suppliers;
    const now = replaces ? (lot.suppliers ?? before) : heldTogether(this.#staying(before, lot, later), lot.suppliers);
    if (later.modifications.length > 0 && before !== undefined && now !== undefined && !isHeldAlike(before, now)) {
      this.#held.set(lot.id, now);
      return { first: known.suppliers, anew: now[0].value };
    }
    return { first: this.#held.has(lot.id) ? known.suppliers : now, anew: undefined };
  }

  /** Who holds a lot without those from whom a modified contract passed to others. */
  #staying(suppliers: Lot["suppliers"], lot: Lot, { settledContracts }: Contract): Lot["suppliers"] {
    const anew = lot.suppliers?.[0].value;
    if (anew === undefined) return suppliers;
    const modified = new Map(
      settledContracts.filter(({ lots }) => lots.includes(lot.id)).map((one) => [keyOf(one), one]),
    );
    const others = [...this.#told.contracts].filter(([key, one]) => one.lots.includes(lot.id) && !modified.has(key));
    const staying = new Parties([...anew, ...flatMap(others, ([key, one]) => this.#passed.get(key) ?? one.suppliers)]);
    const before = flatMap([...modified], ([key, one]) => [...one.suppliers, ...(this.#passed.get(key) ?? [])]);
    const gone = new Parties(before.filter((supplier) => !staying.has(supplier)));
    const held = new Parties(anew);
    if (before.some((supplier) => !held.has(supplier))) for (const key of modified.keys()) this.#passed.set(key, anew);
    return suppliers && mapClaims(suppliers, (seats) => seats.filter((supplier) => !gone.has(supplier)));
  }
}

type Held = NonNullable<Lot["suppliers"]>;

const isHeldAlike = ([one]: Held, [other]: Held): boolean => {
  const [before, now] = [new Parties(one.value), new Parties(other.value)];
  return one.value.every((supplier) => now.has(supplier)) && other.value.every((supplier) => before.has(supplier));
};

/** Who holds a lot, with those of a later notice that are none of them. */
export const heldTogether = (before: Lot["suppliers"], later: Lot["suppliers"]): Lot["suppliers"] => {
  if (before === undefined || later === undefined) return before ?? later;
  const [first] = before;
  const known = new Parties(first.value);
  return [{ ...first, value: [...first.value, ...later[0].value.filter((supplier) => !known.has(supplier))] }];
};
