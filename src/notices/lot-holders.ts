import { mapClaims } from "../model/claim.ts";
import { flatMap } from "../model/lists.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import type { Parties } from "./same-party.ts";
import type { ToldBefore } from "./told-parts.ts";

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

  /** Who holds a lot at first, and who holds it from a modification on where that is somebody else. */
  modify(known: Lot, lot: Lot, later: Contract): { first: Lot["suppliers"]; anew: readonly Supplier[] | undefined } {
    const { parties } = this.#told;
    const replaces = later.modifications.some(({ ground }) => ground === "replacement of the contractor");
    const before = this.#held.get(lot.id) ?? known.suppliers;
    const now = replaces
      ? (lot.suppliers ?? before)
      : heldTogether(this.#staying(before, lot, later), lot.suppliers, parties);
    if (
      later.modifications.length > 0 &&
      before !== undefined &&
      now !== undefined &&
      !isHeldAlike(before, now, parties)
    ) {
      this.#held.set(lot.id, now);
      return { first: known.suppliers, anew: now[0].value };
    }
    return { first: this.#held.has(lot.id) ? known.suppliers : now, anew: undefined };
  }

  /** The holders of a lot, without those from whom a modified contract passed to others. */
  #staying(suppliers: Lot["suppliers"], lot: Lot, { settledContracts }: Contract): Lot["suppliers"] {
    const { parties } = this.#told;
    const anew = lot.suppliers?.[0].value;
    if (anew === undefined) return suppliers;
    const modified = new Map(
      settledContracts.filter(({ lots }) => lots.includes(lot.id)).map((one) => [this.#told.keyOf(one), one]),
    );
    const others = [...this.#told.contracts].filter(([key, one]) => one.lots.includes(lot.id) && !modified.has(key));
    const staying = parties.among([
      ...anew,
      ...flatMap(others, ([key, one]) => this.#passed.get(key) ?? one.suppliers),
    ]);
    const before = flatMap([...modified], ([key, one]) => [...one.suppliers, ...(this.#passed.get(key) ?? [])]);
    const gone = parties.among(before.filter((supplier) => !staying(supplier)));
    const held = parties.among(anew);
    if (before.some((supplier) => !held(supplier))) for (const key of modified.keys()) this.#passed.set(key, anew);
    return suppliers && mapClaims(suppliers, (seats) => seats.filter((supplier) => !gone(supplier)));
  }
}

type Held = NonNullable<Lot["suppliers"]>;

const isHeldAlike = ([one]: Held, [other]: Held, parties: Parties): boolean =>
  one.value.every(parties.among(other.value)) && other.value.every(parties.among(one.value));

/** The holders of a lot, with those whom a later notice adds to them. */
export const heldTogether = (before: Lot["suppliers"], later: Lot["suppliers"], parties: Parties): Lot["suppliers"] => {
  if (before === undefined || later === undefined) return before ?? later;
  const [first] = before;
  const isKnown = parties.among(first.value);
  return [{ ...first, value: [...first.value, ...later[0].value.filter((supplier) => !isKnown(supplier))] }];
};
