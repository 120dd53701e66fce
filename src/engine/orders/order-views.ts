import { UNATTRIBUTED } from "../../model/claim.ts";
import { standInFor, suppliersOf } from "../../query/subject.ts";
import { buyersOf } from "../../query/text-values.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { type Supplier, supplierCodec } from "../../records/supplier.ts";
import type { Place } from "../headroom/order-places.ts";

/** On which lot an order may be, and with whom. */
export interface OrderSeat {
  readonly contract: Contract;
  /** Undefined of a contract without lots. */
  readonly lot: Lot | undefined;
  /** What a query is asked of: the lot, or what stands for it. */
  readonly asked: Lot;
  /** Undefined where nobody holds the lot. */
  readonly supplier: Supplier | undefined;
}

/** One way to understand an order. */
export interface OrderView {
  readonly seat: OrderSeat;
  /** Undefined where nothing says who buys. */
  readonly buyer: string | undefined;
}

/** All ways to understand an order: each of the seats with each of the buyers, one of each where it says enough. */
export interface OrderViews {
  readonly seats: readonly OrderSeat[];
  readonly buyers: readonly (string | undefined)[];
}

const NOBODY = [undefined] as const;

const orNobody = <T>(all: readonly T[]): readonly (T | undefined)[] => (all.length === 0 ? NOBODY : all);

/** So many buyers are remembered; who orders often is met early. */
const MOST_BUYERS = 10_000;

/** Finds out how the orders of one contract may be understood; most have the place and the buyer of some order before. */
export class OrderViewing {
  readonly #register: Register;
  readonly #contract: Contract;
  readonly #standIn: Lot;
  readonly #anyBuyer: OrderViews["buyers"];
  readonly #seats = new WeakMap<Place, readonly OrderSeat[]>();
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

  #seatsOf({ supplier }: Order, place: Place): readonly OrderSeat[] {
    const known = this.#seats.get(place);
    if (known !== undefined) return known;
    const seats = orNobody(place.lots).flatMap((lot) =>
      this.#suppliersOf(lot, supplier, place).map((one) => this.#seat(lot, one)),
    );
    this.#seats.set(place, seats);
    return seats;
  }

  #seat(lot: Lot | undefined, supplier: Supplier | undefined): OrderSeat {
    return { contract: this.#contract, lot, asked: lot ?? this.#standIn, supplier };
  }

  /** With whom an order may be placed: with whom it names, else with any that holds the lot. */
  #suppliersOf(
    lot: Lot | undefined,
    name: string | undefined,
    { suppliers = [] }: Place,
  ): readonly (Supplier | undefined)[] {
    if (suppliers.length > 0) return suppliers;
    if (name === undefined) return lot === undefined ? NOBODY : orNobody(suppliersOf(lot, this.#register.preference));
    const named = this.#register.supplierNamed(name);
    return [named === undefined || named === "several" ? this.#standInNamed(name) : named];
  }

  /** What stands for a supplier that is named and that nobody declares, or several are called so; it has no id. */
  #standInNamed(name: string): Supplier {
    const known = this.#undeclared.get(name);
    if (known !== undefined) return known;
    const { origin } = this.#contract;
    const supplier = supplierCodec.of({ id: "", name: [{ value: name, by: UNATTRIBUTED }], origin });
    this.#undeclared.set(name, supplier);
    return supplier;
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

/** What all seats have in common; undefined where they differ. */
export const common = <T>(seats: readonly OrderSeat[], of: (seat: OrderSeat) => T): T | undefined => {
  const [first, ...others] = seats;
  if (first === undefined) return undefined;
  const value = of(first);
  return others.every((seat) => of(seat) === value) ? value : undefined;
};
