import { dateOfDay, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { firstAndMore } from "../../model/first-few.ts";
import { formatMoney, isKnown, type Money, toMinorPrecision, unitOf } from "../../model/money.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import type { Contract } from "../../records/contract.ts";
import { heldId, type Order } from "../../records/order.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { CountedOrder } from "../headroom/contract-use.ts";
import { lotRef, nameOf, plural } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";
import type { OrderPattern } from "./order-pattern.ts";

/** Below which amount, and in how many days, orders are looked at together. Nothing is assumed where nobody says so. */
export interface SplitLimits {
  readonly below: Money;
  readonly days: number;
}

/** What the check was asked to look for, else what the contract's register says. */
export const splitLimitsOf = (
  { splitBelow, splitDays, vat }: Contract,
  preference: Preference,
  asked: SplitLimits | undefined,
): SplitLimits | undefined => {
  // An amount without a word of the tax is as those of its contract are (L1b).
  if (asked !== undefined) return vat === "included" ? { ...asked, below: { ...asked.below, vat } } : asked;
  const [below, days] = [preference.value(splitBelow), preference.value(splitDays)];
  return below === undefined || days === undefined || !isKnown(below) ? undefined : { below, days: days.count };
};

/** A threshold without its days, or days without a threshold: neither says anything alone. */
export const checkSplitLimits: ContractRule = ({ id, splitBelow, splitDays, origin }) => {
  if ((splitBelow === undefined) === (splitDays === undefined)) return [];
  const [stated, missing, example] =
    splitDays === undefined
      ? (["splitBelow", "splitDays", "30"] as const)
      : (["splitDays", "splitBelow", "EUR 15k"] as const);
  const message = `${id}: "${stated}" says nothing without "${missing}"`;
  return [findingOf("F5", message, origin.locate([stated]), `for example ${missing}: ${example}`)];
};

interface SmallOrder {
  readonly id: string;
  readonly day: number;
  readonly minor: bigint;
}

/** Orders that lie within the days, and what they come to. */
interface Span {
  readonly orders: readonly SmallOrder[];
  readonly sum: bigint;
}

/** Spans of days in which orders come to the threshold together, each order in one of them at most; in the order of days. */
const spansIn = (orders: readonly SmallOrder[], { below, days }: SplitLimits): readonly Span[] => {
  const spans: Span[] = [];
  let [next, sum] = [0, 0n];
  for (const [from, first] of orders.entries()) {
    // It is in the span before.
    if (from < next && sum === 0n) continue;
    for (; (orders[next]?.day ?? Number.POSITIVE_INFINITY) < first.day + days; next++) sum += orders[next]?.minor ?? 0n;
    if (sum >= below.minor) {
      spans.push({ orders: orders.slice(from, next), sum });
      sum = 0n;
    } else sum -= first.minor;
  }
  return spans;
};

/** Orders of one supplier and lot, on days that are known. */
class SmallOrders {
  readonly #bySupplier = new Map<Supplier, Map<string | undefined, SmallOrder[]>>();
  readonly #below: Money;

  constructor({ below }: SplitLimits) {
    this.#below = below;
  }

  see(order: Order, { timing, place: { who, lot, lots } }: CountedOrder): void {
    const { date, amount } = order;
    if (timing === "later" || who === undefined || (lot === undefined && lots.length > 0)) return;
    if (date?.day === undefined || amount === undefined || !this.#isSmall(amount)) return;
    const byLot = this.#bySupplier.get(who) ?? new Map<string | undefined, SmallOrder[]>();
    this.#bySupplier.set(who, byLot);
    const orders = byLot.get(lot) ?? [];
    byLot.set(lot, orders);
    orders.push({ id: heldId(order), day: dayRange(date).first, minor: amount.minor });
  }

  #isSmall(amount: Money): boolean {
    const isExact = amount.bound === undefined && unitOf(amount) === unitOf(this.#below);
    return isExact && amount.minor > 0n && amount.minor < this.#below.minor;
  }

  *all(): Generator<readonly [supplier: Supplier, lot: string | undefined, orders: readonly SmallOrder[]]> {
    for (const [supplier, byLot] of this.#bySupplier)
      for (const [lot, orders] of byLot) yield [supplier, lot, orders.sort((a, b) => a.day - b.day)];
  }
}

const MOST_NAMED = 5;

const textOf = ({ orders, sum }: Span, { below, days }: SplitLimits): string => {
  const [first, last] = [orders[0], orders.at(-1)].map((one) => formatPartialDate(dateOfDay(one?.day ?? 0)));
  const total = formatMoney(toMinorPrecision({ ...below, minor: sum }));
  const ids = firstAndMore(
    orders.map(({ id }) => id),
    MOST_NAMED,
  );
  const when = first === last ? `on ${first}` : `from ${first} to ${last}`;
  return `${orders.length} orders within ${plural(days, "day")}, ${when}, are each below ${formatMoney(below)} and come to ${total} (${ids})`;
};

/** Orders of one supplier and lot that are each below a threshold, and together not, within so many days (L5). */
export const splitOrders = (contract: Contract, preference: Preference, limits: SplitLimits): OrderPattern => {
  const small = new SmallOrders(limits);
  const places = new Map(contract.lots.map(({ id }, index) => [id, index]));
  const placeOf = (lot = ""): Position => {
    const index = places.get(lot);
    return contract.origin.locate(index === undefined ? ["contract"] : ["lots", index]);
  };
  const findingsOf = (
    supplier: Supplier,
    lot: string | undefined,
    orders: readonly SmallOrder[],
  ): readonly Finding[] => {
    const [first, ...others] = spansIn(orders, limits);
    if (first === undefined) return [];
    const where = lot === undefined ? contract.id : lotRef(contract, { id: lot });
    const more = others.length === 0 ? "" : `; likewise ${plural(others.length, "more time")}`;
    const message = `${where}, ${nameOf(supplier, preference)}: ${textOf(first, limits)}${more}`;
    return [findingOf("L5-split", message, placeOf(lot), "look at what was ordered: only the figures are known")];
  };
  return {
    see: (order, counted) => small.see(order, counted),
    findings: () => [...small.all()].flatMap(([supplier, lot, orders]) => findingsOf(supplier, lot, orders)),
  };
};
