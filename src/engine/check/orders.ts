import { dateOfDay, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { addUnder, madeUnder } from "../../model/lists.ts";
import { formatMoney, isKnown, type Money, toMinorPrecision, unitOf } from "../../model/money.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { firstAndMore, listed, plural } from "../../model/phrases.ts";
import { formatPercent } from "../../model/ratio.ts";
import type { RuleId } from "../../model/rule.ts";
import { suppliersOf } from "../../query/subject.ts";
import { contractAsOf } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import { heldId, type Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { CeilingLine, CeilingUse } from "../headroom/ceiling-use.ts";
import { allCeilings } from "../headroom/contract-ceilings.ts";
import { type CountedOrder, useOf } from "../headroom/contract-use.ts";
import { ceilingName } from "../headroom/headroom-rows.ts";
import { figuresOf, WARN_AT } from "../headroom/use-figures.ts";
import { lotRef, nameOf } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

/** A pattern that an auditor looks for in the orders of a contract: a fact, never an accusation (L5). */
interface OrderPattern {
  readonly see: (order: Order, counted: CountedOrder) => void;
  readonly findings: () => readonly Finding[];
}

const HINT =
  "where it was asked and declined, say so in the orders: declinedBy: its name and the day; the rank is the place among the lot's suppliers";

interface Ranking {
  readonly suppliers: readonly Supplier[];
  readonly places: ReadonlyMap<Supplier, number>;
}

/** The lots, by id, on which suppliers are asked in their order. None for notices, which list winners in any order. */
const cascadesIn = ({ lots, publications }: Contract, preference: Preference): ReadonlyMap<string, Lot> =>
  new Map(
    publications.length > 0
      ? []
      : lots.filter(({ callOff }) => preference.value(callOff) === "cascade").map((lot) => [lot.id, lot]),
  );

/** Ranks the holders of a lot on a day. Where none of them ever left, all days have the same ranking. */
const rankings = (contract: Contract, preference: Preference): ((lot: Lot, date: PartialDate) => Ranking) => {
  const known = new Map<string, Ranking>();
  return (lot, date) => {
    const isSteady =
      known.has(lot.id) ||
      (suppliersOf(lot, preference).every(({ successions }) => successions.length === 0) &&
        contract.modifications.every(({ suppliers }) => suppliers === undefined));
    const key = isSteady ? lot.id : `${lot.id}\n${formatPartialDate(date)}`;
    return madeUnder(known, key, () => {
      const then = isSteady ? lot : contractAsOf(contract, date).lots.find(({ id }) => id === lot.id);
      return rankingOf(then === undefined ? [] : suppliersOf(then, preference));
    });
  };
};

const rankingOf = (holders: readonly Supplier[]): Ranking => {
  const suppliers = [...new Set(holders)];
  return { suppliers, places: new Map(suppliers.map((supplier, place) => [supplier, place])) };
};

/** Orders with a supplier for which nothing says that the suppliers ranked before it declined. */
interface Skipping {
  readonly lot: Lot;
  readonly supplier: Supplier;
  readonly rank: number;
  /** The first few of the suppliers ranked before it. */
  readonly before: readonly Supplier[];
  readonly ids: string[];
  count: number;
}

/** Finds orders with a supplier of lower rank in a cascade where nothing says that the higher ones declined (L5). */
const cascadeOrders = (written: Contract, preference: Preference, day: PartialDate): OrderPattern => {
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
      const skipping = madeUnder(found, key, () => ({
        lot,
        supplier: who,
        rank: place + 1,
        before: suppliers.slice(0, Math.min(place, MOST_NAMED)),
        ids: [],
        count: 0,
      }));
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

/**
 * Orders below this amount and within these days are looked at together. Nothing is assumed where nobody states them.
 */
export interface SplitLimits {
  readonly below: Money;
  readonly days: number;
}

/** The limits that the check was asked to use, or else those that the contract's register states. */
const splitLimitsOf = (
  { splitBelow, splitDays, vat }: Contract,
  preference: Preference,
  asked: SplitLimits | undefined,
): SplitLimits | undefined => {
  // An amount that does not mention VAT includes it if the contract's amounts do (L1b).
  if (asked !== undefined) return vat === "included" ? { ...asked, below: { ...asked.below, vat } } : asked;
  const [below, days] = [preference.value(splitBelow), preference.value(splitDays)];
  return below === undefined || days === undefined || !isKnown(below) ? undefined : { below, days: days.count };
};

/** Finds a threshold without its days, or days without a threshold: neither says anything alone. */
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

interface Span {
  readonly orders: readonly SmallOrder[];
  readonly sum: bigint;
}

/** Spans of days in which orders together reach the threshold, in order. Each order is in one span at most. */
const spansIn = (orders: readonly SmallOrder[], { below, days }: SplitLimits): readonly Span[] => {
  const spans: Span[] = [];
  let [next, sum] = [0, 0n];
  for (const [from, first] of orders.entries()) {
    // The order is in the span before.
    if (from < next && sum === 0n) continue;
    for (; (orders[next]?.day ?? Number.POSITIVE_INFINITY) < first.day + days; next++) sum += orders[next]?.minor ?? 0n;
    if (sum >= below.minor) {
      spans.push({ orders: orders.slice(from, next), sum });
      sum = 0n;
    } else sum -= first.minor;
  }
  return spans;
};

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
    const byLot = madeUnder(this.#bySupplier, who, () => new Map<string | undefined, SmallOrder[]>());
    addUnder(byLot, lot, { id: heldId(order), day: dayRange(date).first, minor: amount.minor });
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

/**
 * Finds orders of one supplier and lot, within a number of days, that are each below a threshold and together not (L5).
 */
const splitOrders = (contract: Contract, preference: Preference, limits: SplitLimits): OrderPattern => {
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

const positionOf = ({ scope }: CeilingUse, { measure }: CeilingLine, { groups, lots, origin }: Contract): Position => {
  const field = measure === "money" ? "ceiling" : "quantity";
  switch (scope.kind) {
    case "contract":
      return origin.locate([field]);
    case "group":
      return origin.locate(["groups", groups.findIndex(({ id }) => id === scope.group.id), field]);
    case "lot":
      return origin.locate(["lots", lots.findIndex(({ id }) => id === scope.lot.id), field]);
    case "supplier":
      return origin.locate(["lots", lots.findIndex(({ id }) => id === scope.lot.id), `${field}PerSupplier`]);
  }
};

const MEANING =
  "above its stated maximum a framework has no effect (CJEU C-23/20, Simonsen & Weel): check the orders, or record the modification";

const CHECK_ORDERS = "check the orders: which of them belong here, and by the day";

/** What a finding says of a ceiling that is used up, or may be. Undefined where there is nothing to say. */
const stageOf = (status: string, ordered: Money): readonly [rule: RuleId, text: string, hint?: string] | undefined => {
  if (status === "breach") return ["L1-breach", "above the ceiling of", MEANING];
  if (status === "exhausted") return ["L1-exhausted", "all of the ceiling of"];
  if (status === "exhausted or breach") return ["L1-possible", "all of the ceiling or more, of", CHECK_ORDERS];
  // Where orders in other units leave everything open, there is a finding on these orders already.
  if (!status.endsWith("breach") || ordered.bound !== "between") return undefined;
  return ["L1-possible", `perhaps above the ceiling of`, CHECK_ORDERS];
};

const checkUse = (use: CeilingUse, line: CeilingLine, written: Contract): readonly Finding[] => {
  const { ceiling } = line;
  if (!isKnown(ceiling)) return [];
  const { ordered, used, use: howUsed } = figuresOf(use, ceiling, unitOf(ceiling), WARN_AT);
  if (!isKnown(ordered) || ordered.minor <= 0n) return [];
  const [rule, text, hint] = stageOf(howUsed, ordered) ?? [];
  if (rule === undefined) return [];
  const least = used?.bound === undefined ? "" : "≥ ";
  const share = used === undefined || howUsed !== "breach" ? "" : ` (${least}${formatPercent(used.value)} %)`;
  const message = `${ceilingName(use, written)}: ${formatMoney(ordered)} ordered, ${text} ${formatMoney(ceiling)}${share}`;
  return [findingOf(rule, message, positionOf(use, line, written), hint)];
};

/**
 * Checks the orders of a contract on a day. Finds orders that do not belong where they say, ceilings that are exceeded
 * (L1), and what orders show together (L5). Throws DataError for orders that cannot be read.
 */
export const orderCheck =
  (register: Register, day: PartialDate, split: SplitLimits | undefined) =>
  async (written: Contract): Promise<readonly Finding[]> => {
    const { preference } = register;
    const limits = splitLimitsOf(written, preference, split);
    const patterns = [
      ...(limits === undefined ? [] : [splitOrders(written, preference, limits)]),
      cascadeOrders(written, preference, day),
    ];
    const contract = contractAsOf(written, day);
    const use = await useOf(register, { contract, written }, { day }, (order, counted) => {
      if (order.callOff?.placed === undefined) for (const { see } of patterns) see(order, counted);
    });
    return [
      ...use.findings,
      ...allCeilings(use).flatMap((one) => one.lines.flatMap((line) => checkUse(one, line, written))),
      ...patterns.flatMap(({ findings }) => findings()),
    ];
  };
