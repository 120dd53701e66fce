/**
 * An order that says too little is understood in several ways: with each lot, seat and buyer that it may have. A query
 * is asked of each of these ways. An order that falls into one group is certain there, and one that may fall into
 * several is possible in each. A statement in the order of dates (`orders-by-date.ts`) holds one part of a long ledger
 * at a time, and reads the ledger again for the next part.
 */

import { UNATTRIBUTED } from "../../model/claim.ts";
import { madeUnder } from "../../model/lists.ts";
import { standInFor, suppliersOf } from "../../query/subject.ts";
import { buyersOf } from "../../query/text-values.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { type Supplier, supplierCodec } from "../../records/supplier.ts";
import type { Place } from "../headroom/order-places.ts";

export interface OrderSeat {
  readonly contract: Contract;
  readonly lot: Lot | undefined;
  /** The lot that a query is asked of: the order's, or what stands in for it. */
  readonly asked: Lot;
  readonly supplier: Supplier | undefined;
}

export interface OrderView {
  readonly seat: OrderSeat;
  readonly buyer: string | undefined;
}

/** All ways to understand an order: each of the seats with each of the buyers. One of each where it says enough. */
export interface OrderViews {
  readonly seats: OrderSeats;
  readonly buyers: readonly (string | undefined)[];
}

/**
 * Those with whom an order may be placed: the same ones on every lot, or a function that gives the holders of a lot.
 */
type Deliverers = readonly (Supplier | undefined)[] | ((lot: Lot) => readonly (Supplier | undefined)[]);

/**
 * The seats on which an order may be. There are many where it says little, so each is made only when it is looked at.
 */
export class OrderSeats implements Iterable<OrderSeat> {
  readonly lots: readonly (Lot | undefined)[];
  readonly deliverers: Deliverers;
  readonly #contract: Contract;
  readonly #standIn: Lot;
  #supplier: { readonly value: Supplier | undefined } | undefined;

  constructor(contract: Contract, standIn: Lot, lots: readonly (Lot | undefined)[], deliverers: Deliverers) {
    this.#contract = contract;
    this.#standIn = standIn;
    this.lots = lots;
    this.deliverers = deliverers;
  }

  *[Symbol.iterator](): Generator<OrderSeat> {
    for (const lot of this.lots) yield* this.on(lot);
  }

  on(lot: Lot | undefined): readonly OrderSeat[] {
    const suppliers =
      typeof this.deliverers !== "function" ? this.deliverers : lot === undefined ? NOBODY : this.deliverers(lot);
    return suppliers.map((supplier) => ({ contract: this.#contract, lot, asked: lot ?? this.#standIn, supplier }));
  }

  /** The only lot of all seats; undefined where they differ. */
  get lot(): Lot | undefined {
    return this.lots.length === 1 ? this.lots[0] : undefined;
  }

  /** The supplier of all seats; undefined where they differ. */
  get supplier(): Supplier | undefined {
    const only = this.#supplier ?? { value: onlySupplierOf(this) };
    this.#supplier = only;
    return only.value;
  }
}

const onlySupplierOf = (seats: OrderSeats): Supplier | undefined => {
  const { deliverers } = seats;
  // The same on every lot.
  if (typeof deliverers !== "function" && deliverers.length === 1) return deliverers[0];
  const [first] = seats;
  for (const { supplier } of seats) if (supplier !== first?.supplier) return undefined;
  return first?.supplier;
};

const NOBODY = [undefined] as const;

const orNobody = <T>(all: readonly T[]): readonly (T | undefined)[] => (all.length === 0 ? NOBODY : all);

/** How many buyers are remembered. Those who order often are met early. */
const MOST_BUYERS = 10_000;

/** Finds the ways to understand the orders of a contract. Remembers them: most orders resemble an earlier one. */
export class OrderViewing {
  readonly #register: Register;
  readonly #contract: Contract;
  readonly #standIn: Lot;
  readonly #anyBuyer: OrderViews["buyers"];
  readonly #noLots: readonly undefined[] = [undefined];
  readonly #seats = new WeakMap<Place, OrderSeats>();
  readonly #buyers = new Map<string, OrderViews["buyers"]>();
  readonly #undeclared = new Map<string, Supplier>();

  constructor(register: Register, contract: Contract) {
    this.#register = register;
    this.#contract = contract;
    this.#standIn = standInFor(contract);
    const users = register.preference.value(contract.users) ?? [];
    this.#anyBuyer = orNobody([...new Set([...buyersOf(contract, register.preference), ...users])]);
  }

  of(order: Order, place: Place): OrderViews {
    return { seats: this.#seatsOf(order, place), buyers: this.#buyersOf(order) };
  }

  #seatsOf({ supplier }: Order, place: Place): OrderSeats {
    return madeUnder(this.#seats, place, () => {
      const lots = place.lots.length === 0 ? this.#noLots : place.lots;
      return new OrderSeats(this.#contract, this.#standIn, lots, this.#deliverersOf(supplier, place));
    });
  }

  /** With whom an order may be placed: the supplier that it names, or else any that holds the lot. */
  #deliverersOf(name: string | undefined, { suppliers = [] }: Place): Deliverers {
    if (suppliers.length > 0) return suppliers;
    if (name === undefined) return (lot) => orNobody(suppliersOf(lot, this.#register.preference));
    const named = this.#register.supplierNamed(name);
    return [named === undefined || named === "several" ? this.#standInNamed(name) : named];
  }

  /** Stands in for a supplier whose name nobody declares, or several have. It has no id. */
  #standInNamed(name: string): Supplier {
    const { origin } = this.#contract;
    return madeUnder(this.#undeclared, name, () =>
      supplierCodec.of({ id: "", name: [{ value: name, by: UNATTRIBUTED }], origin }),
    );
  }

  #buyersOf({ buyer }: Order): OrderViews["buyers"] {
    if (buyer === undefined) return this.#anyBuyer;
    const known = this.#buyers.get(buyer);
    if (known !== undefined) return known;
    const buyers = [buyer];
    if (this.#buyers.size < MOST_BUYERS) this.#buyers.set(buyer, buyers);
    return buyers;
  }
}
