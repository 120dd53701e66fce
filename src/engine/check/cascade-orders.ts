import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { listed } from "../../model/first-few.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { holderOn, seatOn } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import { heldId, type Order } from "../../records/order.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { CountedOrder } from "../headroom/contract-use.ts";
import { lotRef, nameOf, plural } from "../views.ts";
import type { OrderPattern } from "./order-pattern.ts";

const HINT =
  "where it was asked and declined, say so in the orders: declinedBy: its name and the day; the rank is the place among the lot's suppliers";

const MOST_NAMED = 5;

/** Suppliers in the order in which they are asked. */
interface Ranking {
  readonly suppliers: readonly Supplier[];
  readonly places: ReadonlyMap<Supplier, number>;
}

/** The lots on which suppliers are asked in their order, by id. Notices list winners in any order. */
const cascadesIn = ({ lots, publications }: Contract, preference: Preference): ReadonlyMap<string, Lot> =>
  new Map(
    publications.length > 0
      ? []
      : lots.filter(({ callOff }) => preference.value(callOff) === "cascade").map((lot) => [lot.id, lot]),
  );

/** Ranks the holders of lots on days; where none of them ever left, all days have one ranking. */
const rankings = (contract: Contract, preference: Preference): ((lot: Lot, date: PartialDate) => Ranking) => {
  const known = new Map<string, Ranking>();
  return (lot, date) => {
    const stated = preference.value(lot.suppliers) ?? [];
    const isSteady = known.has(lot.id) || stated.every(({ successions }) => successions.length === 0);
    const key = isSteady ? lot.id : `${lot.id}\n${formatPartialDate(date)}`;
    const ranking =
      known.get(key) ?? rankingOf(stated.flatMap((one) => holderOn(one, date, seatOn(contract, lot)) ?? []));
    known.set(key, ranking);
    return ranking;
  };
};

const rankingOf = (holders: readonly Supplier[]): Ranking => {
  const suppliers = [...new Set(holders)];
  return { suppliers, places: new Map(suppliers.map((supplier, place) => [supplier, place])) };
};

/** Orders with a supplier, of which nothing tells that those before it declined. */
interface Skipping {
  readonly lot: Lot;
  readonly supplier: Supplier;
  readonly rank: number;
  /** The first of those before it. */
  readonly before: readonly Supplier[];
  /** The first ids, and how many there are. */
  readonly ids: string[];
  count: number;
}

/** Orders with a supplier of a lower rank in a cascade, while nothing tells that the higher ones declined (L5). */
export const cascadeOrders = (written: Contract, preference: Preference, day: PartialDate): OrderPattern => {
  const cascades = cascadesIn(written, preference);
  const rankingOn = rankings(written, preference);
  const found = new Map<string, Skipping>();
  return {
    see: ({ id, date = day, declinedBy }: Order, { timing, place: { who, lot: lotId } }: CountedOrder) => {
      const lot = lotId === undefined ? undefined : cascades.get(lotId);
      if (lot === undefined || who === undefined || declinedBy !== undefined || timing === "later") return;
      const { suppliers, places } = rankingOn(lot, date);
      const place = places.get(who) ?? 0;
      if (place === 0) return;
      const key = `${lot.id}\n${who.id}\n${place}`;
      const fresh = () => ({
        lot,
        supplier: who,
        rank: place + 1,
        before: suppliers.slice(0, Math.min(place, MOST_NAMED)),
        ids: [],
        count: 0,
      });
      const skipping: Skipping = found.get(key) ?? fresh();
      found.set(key, skipping);
      if (skipping.count++ < MOST_NAMED) skipping.ids.push(heldId({ id }));
    },
    findings: () => {
      const places = new Map(written.lots.map((lot, index) => [lot, index]));
      return [...found.values()].map((skipping) =>
        findingFor(skipping, written, preference, places.get(skipping.lot) ?? 0),
      );
    },
  };
};

const findingFor = (
  { lot, supplier, rank, before, ids, count }: Skipping,
  contract: Contract,
  preference: Preference,
  index: number,
): Finding => {
  const orders = `${plural(count, "order")} (${listed(ids, count)}) ${count === 1 ? "is" : "are"}`;
  const names = listed(
    before.map((one) => nameOf(one, preference)),
    rank - 1,
  );
  const message = `${lotRef(contract, lot)}: ${orders} with ${nameOf(supplier, preference)}, rank ${rank} of a cascade; nothing tells that ${names} declined`;
  return findingOf("L5-cascade", message, contract.origin.locate(["lots", index]), HINT);
};
