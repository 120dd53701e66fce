import { type DayRange, dayRange, presentDay } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import type { Finding } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { madeUnder } from "../../model/lists.ts";
import { isQuantity, type Money, unitOf } from "../../model/money.ts";
import { remembered } from "../../model/once.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { SelectedContract } from "../../query/selection.ts";
import { buyersOf } from "../../query/text-values.ts";
import { type Contract, mayBeOrdered } from "../../records/contract.ts";
import { type BesideOrders, measuresOf, type Order, type OrderTally } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { type AlikeOrders, AlikeTally } from "./alike-orders.ts";
import {
  type CeilingUse,
  calledBy,
  countUnder,
  isOfOneMeasure,
  type Measured,
  NONE,
  type OrderedAmounts,
  type Recency,
  type Untold,
} from "./ceiling-use.ts";
import { type ContractCeilings, ceilingsOf, everyUse } from "./contract-ceilings.ts";
import { OrderPlaces, type Place } from "./order-places.ts";
import { OrderProblems, type Problem } from "./order-problems.ts";
import { PlacedOrders } from "./placed-orders.ts";

/**
 * All that is ordered under a contract as it is written, in batches: the orders that its register and its ledgers
 * state, then the call-offs that are contracts of their own (T11), with the orders under those of them that state no
 * value. `beside` is told of what is no order. Throws as `Register.orders` does.
 */
export async function* ordersUnder(
  register: Register,
  written: Contract,
  beside?: BesideOrders,
): AsyncGenerator<readonly Order[]> {
  yield* register.orders(written, beside);
  const callOffs = await register.callOffs();
  const own = callOffs.under(written, register.preference);
  if (own.length > 0) yield own;
  for (const { contract, asUnder } of callOffs.orderedUnder(written, register.preference))
    for await (const batch of register.orders(contract)) yield batch.map(asUnder);
}

/** How many words of a name are compared. */
const MOST_WORDS = 16;

/**
 * Makes a test of whether a buyer may order, by its name. Undefined where anybody may: a contract says who may only
 * where it names joint buyers or users, because under a single buyer its departments order, too. Where one name
 * contains the other as whole words, the two may be a body and its part, and the buyer may order.
 */
const mayOrder = (contract: Contract, preference: Preference): ((buyer: string) => boolean) | undefined => {
  const users = preference.value(contract.users) ?? [];
  const joint = preference.value(contract.jointBuyers) ?? [];
  if (users.length + joint.length === 0) return undefined;
  const coordinator = preference.value(contract.coordinator);
  const stated = [...buyersOf(contract, preference), ...users, ...(coordinator === undefined ? [] : [coordinator])];
  const names = new Set(stated.map((name) => wordsOf(name).join(" ")));
  const parts = new Set(stated.flatMap((name) => phrasesIn(wordsOf(name))));
  return remembered((buyer) => {
    const words = wordsOf(buyer);
    return parts.has(words.join(" ")) || phrasesIn(words).some((phrase) => names.has(phrase));
  });
};

const wordsOf = (name: string): readonly string[] =>
  fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .slice(0, MOST_WORDS);

const phrasesIn = (words: readonly string[]): readonly string[] =>
  words.flatMap((_, start) => words.slice(start).map((_word, more) => words.slice(start, start + more + 1).join(" ")));

export interface ContractUse extends ContractCeilings {
  /** Whether the register says anything of orders. If not, nothing is known of what is left (T8). */
  readonly known: boolean;
  readonly dates: OrderDates;
  readonly findings: readonly Finding[];
  /** What is ordered, by where each order may be. */
  readonly placed: PlacedOrders;
  /**
   * How many rows of its ledgers could not be read and are left out. What is ordered is at least what the others say.
   */
  readonly unread: number;
}

/** How many orders do not simply say by a date that they were placed by the day. */
export interface OrderDates {
  later: number;
  coarse: number;
  /** Without a date, where the day asked for lies in the past: they may be from after it. */
  undated: number;
  /** Without a date, so that they may belong to the pace or not. */
  paceless: number;
}

export interface UseOptions {
  readonly day: PartialDate;
  /** The days whose orders count for the pace, too. */
  readonly recent?: DayRange | undefined;
  /**
   * Whether orders dated after the day count as possible, because one more order would come on top. Else they are left
   * out.
   */
  readonly withLater?: boolean;
  /** Whether to look only at places and dates, and what is wrong with them. Ceilings then stay unused. */
  readonly onlyPlaces?: boolean;
  /** The present day, by which orders without a date must have been placed. */
  readonly today?: PartialDate;
}

/** Whether an order was placed by the day. */
type Timing = "by then" | "perhaps" | "later";

export interface CountedOrder {
  readonly timing: Timing;
  readonly place: Place;
  readonly uses: readonly CeilingUse[];
  readonly untold: Untold;
}

export class OrderCount {
  readonly #ceilings: ContractCeilings;
  #known: boolean;
  readonly #supplierHint: Register["supplierHint"];
  readonly #places: OrderPlaces;
  readonly #problems: OrderProblems;
  readonly #mayOrder: ((buyer: string) => boolean) | undefined;
  readonly #lastDay: number;
  readonly #withLater: boolean;
  readonly #onlyPlaces: boolean;
  readonly #undated: Timing;
  readonly #awarded: DayRange | undefined;
  readonly #recent: DayRange | undefined;
  #alike: AlikeTally | undefined;
  /** The ceilings in each unit. */
  readonly #limited = new Map<string, readonly CeilingUse[]>();
  readonly #dates: OrderDates = { later: 0, coarse: 0, undated: 0, paceless: 0 };
  readonly #placed = new PlacedOrders();
  /** What there is to say of units at a place, by the place and the units. */
  readonly #unlike = new WeakMap<Place, Map<string, UnitsThere>>();
  /** The places of rows that could not be read. A set, because one row may have several faults. */
  readonly #unread = new Set<string>();

  constructor(
    { preference, supplierNamed, supplierHint }: Register,
    { contract, written }: Pick<SelectedContract, "contract" | "written">,
    { day, recent, withLater = false, onlyPlaces = false, today = presentDay() }: UseOptions,
  ) {
    const ceilings = ceilingsOf({ contract, written, day }, preference);
    const awarded = preference.value(contract.awardDate);
    this.#ceilings = ceilings;
    this.#known = mayBeOrdered(written);
    this.#supplierHint = supplierHint;
    this.#places = new OrderPlaces({ written, contract, ceilings, day, preference, supplierNamed });
    this.#problems = new OrderProblems(contract.id);
    this.#mayOrder = mayOrder(contract, preference);
    this.#lastDay = dayRange(day).last;
    this.#withLater = withLater;
    this.#onlyPlaces = onlyPlaces;
    this.#undated = this.#lastDay < dayRange(today).first ? "perhaps" : "by then";
    this.#awarded = awarded && dayRange(awarded);
    this.#recent = recent;
  }

  /** A tally for callers that show no orders. It adds up those that are like others, without a look at each. */
  tally(): OrderTally {
    this.#alike ??= new AlikeTally({
      placeOf: (lot, supplier) => this.#places.always(lot, supplier),
      mayOrder: this.#mayOrder,
      daysOf: (place) => this.#daysWithoutRemark(place),
      lastDay: this.#lastDay,
      recentFrom: this.#recent?.first ?? Number.POSITIVE_INFINITY,
    });
    return this.#alike;
  }

  /** The days on which an order may be placed and its supplier has not left. */
  #daysWithoutRemark({ term, left }: Place): DayRange {
    return {
      first: Math.max(term?.first ?? Number.NEGATIVE_INFINITY, this.#awarded?.first ?? Number.NEGATIVE_INFINITY),
      last: Math.min(term?.last ?? Number.POSITIVE_INFINITY, left?.last ?? Number.POSITIVE_INFINITY),
    };
  }

  finish(): ContractUse {
    for (const alike of this.#alike?.all() ?? []) this.#addAlike(alike);
    const findings = this.#problems.findings(this.#supplierHint);
    const unread = this.#unread.size;
    return { known: this.#known, dates: this.#dates, placed: this.#placed, findings, unread, ...this.#ceilings };
  }

  /** Is told of rows that are no orders, or may be: one that cannot be read may be under any ceiling, of any amount. */
  readonly beside: BesideOrders = {
    onOther: (row, kind) => this.#problems.add(kind, row, row.id),
    onUnread: ({ position }) => {
      if (this.#unread.size === 0) this.#leaveOpen();
      this.#unread.add(position === undefined ? "" : `${position.file}:${position.line}`);
    },
  };

  #leaveOpen(): void {
    for (const use of everyUse(this.#ceilings)) use.addPerhaps(NONE, true, "perhaps");
    this.#placed.isOpen = true;
  }

  /** The order with its quantity's unit called what the ceilings it uses up call it, or else any of the contract's. */
  asCalled(order: Order, { uses }: CountedOrder): Order {
    const { quantity } = order;
    if (quantity === undefined) return order;
    const unit = unitOf(quantity);
    const isIn = (use: CeilingUse) => use.limitIn(unit) !== undefined;
    const own = uses.find(isIn);
    const named =
      own === undefined ? madeUnder(this.#limited, unit, () => everyUse(this.#ceilings).filter(isIn)) : [own];
    return { ...order, quantity: calledBy(named, quantity) };
  }

  #addAlike({ place, day, count, sum }: AlikeOrders): void {
    const days = day === undefined ? undefined : { first: day, last: day };
    const timing = this.#timingOf(days);
    this.#noteDate(timing, days, count);
    if (timing !== "later" || this.#withLater)
      this.#addUp(place, [sum], timing, this.#recencyOf(days), ALL_TOLD, count);
  }

  add(order: Order): CountedOrder {
    this.#known = true;
    const { buyer, date, callOff } = order;
    const isTold = callOff?.placed !== undefined;
    const mayBuy = isTold || buyer === undefined || this.#mayOrder?.(buyer) !== false;
    if (!mayBuy) this.#problems.add("buyer", order, buyer);
    const days = date && dayRange(date);
    const place = this.#places.of(order, days);
    const timing = this.#timingOf(days);
    if (!isTold) this.#noteDate(timing, days);
    const isAfter = days !== undefined && place.left !== undefined && days.first > place.left.last;
    const counted = isAfter ? withoutSeat(place) : place;
    const measured = measuresOf(order);
    const untold = this.#untold(measured, counted);
    if (timing !== "later" || this.#withLater) this.#count(order, measured, { place: counted, timing, untold }, days);
    if (isTold) return { timing, place, uses: counted.uses, untold };
    if (isAfter) this.#problems.add("left", order, place.subject);
    if (days !== undefined) this.#judgeDate(order, days, place);
    if (mayBuy) this.#noteAlike(order, place, days);
    return { timing, place, uses: counted.uses, untold };
  }

  /** Notes that orders like this one need no look, unless there is something to say of it apart from its date. */
  #noteAlike({ amount, quantity, callOff }: Order, place: Place, days: DayRange | undefined): void {
    if (this.#alike === undefined || amount === undefined || quantity !== undefined || callOff !== undefined) return;
    if (place.problem !== undefined || days?.first !== days?.last) return;
    const { problems, untold } = this.#unitsAt([amount], place);
    if (problems.size + untold.length === 0) this.#alike.looked(place, days?.first, amount);
  }

  #timingOf(days: DayRange | undefined): Timing {
    if (days === undefined) return this.#undated;
    if (days.first > this.#lastDay) return "later";
    return days.last <= this.#lastDay ? "by then" : "perhaps";
  }

  /** Whether days are among those that count for the pace. Where no pace is asked for, none are. */
  #recencyOf(days: DayRange | undefined): Recency {
    if (days === undefined) return "perhaps";
    if (this.#recent === undefined || days.last < this.#recent.first) return "no";
    return days.first >= this.#recent.first ? "yes" : "perhaps";
  }

  #noteDate(timing: Timing, days: DayRange | undefined, count = 1): void {
    if (days === undefined) {
      this.#dates.paceless += count;
      if (timing === "perhaps") this.#dates.undated += count;
    } else if (timing === "later") this.#dates.later += count;
    else if (timing === "perhaps") this.#dates.coarse += count;
  }

  #count(
    order: Order,
    measured: Measured,
    { place, timing, untold }: Pick<CountedOrder, "place" | "timing" | "untold">,
    days: DayRange | undefined,
  ): void {
    this.#addUp(place, measured, timing, this.#recencyOf(days), untold);
    if (place.problem !== undefined && order.callOff?.placed === undefined)
      this.#problems.add(place.problem, order, place.subject);
    const isUnsaid = measured.every(saysNothing);
    for (const [problem, subject] of this.#unitsAt(measured, place).problems)
      if (!isUnsaid || !UNLIKE_MONEY.has(problem)) this.#problems.add(problem, order, subject);
  }

  #addUp(place: Place, measured: Measured, timing: Timing, recency: Recency, untold: Untold, count = 1): void {
    if (this.#onlyPlaces) return;
    const amounts = amountsAt(timing, measured);
    this.#placed.add(place.spots, amounts, untold);
    countUnder(place, amounts, measured, recency, count);
  }

  /** What an order takes without saying how much. An order of nothing leaves nothing unsaid. */
  #untold(measured: Measured, place: Place): Untold {
    const { untold } = this.#unitsAt(measured, place);
    const taking =
      untold.length === 0 ? undefined : measured.find(({ minor, bound }) => minor !== 0n || bound !== undefined);
    return taking === undefined ? ALL_TOLD : { units: untold, isCredit: taking.minor < 0n };
  }

  /** What there is to say of an order's units where it belongs. Remembered, as most orders resemble an earlier one. */
  #unitsAt(measured: Measured, place: Place): UnitsThere {
    const byUnits = madeUnder(this.#unlike, place, () => new Map<string, UnitsThere>());
    const [first, ...others] = measured;
    const units = first === undefined ? "" : others.length === 0 ? unitOf(first) : measured.map(unitOf).join("\n");
    const known = byUnits.get(units);
    if (known !== undefined) return known;
    const found = { problems: unitProblems(measured, place), untold: untoldAt(measured, place) };
    byUnits.set(units, found);
    return found;
  }

  /** Notes an order that is certainly dated before the award or outside of the term, whatever the day asked for is. */
  #judgeDate(order: Order, { first, last }: DayRange, { term }: Place): void {
    if (this.#awarded !== undefined && last < this.#awarded.first) this.#problems.add("award", order);
    else if (term !== undefined && (first > term.last || last < term.first)) this.#problems.add("term", order);
  }
}

export const amountsAt = (timing: Timing, measured: Measured): OrderedAmounts => {
  const amounts = boundsOf(measured);
  return timing === "by then" ? amounts : { certain: NONE, perhaps: measured, isOpen: amounts.isOpen };
};

/**
 * What an order certainly comes to, and what may come on top: the value of a call-off may be a bound or a range (T11).
 */
const boundsOf = (measured: Measured): OrderedAmounts => {
  if (measured.every(({ bound }) => bound === undefined)) return { certain: measured, perhaps: NONE, isOpen: false };
  return {
    certain: measured.flatMap(({ bound, least, ...exact }) => {
      if (bound === undefined) return [exact];
      const minor = bound === "atLeast" ? exact.minor : (least ?? 0n);
      return bound === "atLeast" && minor === 0n ? [] : [{ ...exact, minor }];
    }),
    perhaps: measured.flatMap(({ bound, least = 0n, ...exact }) =>
      bound === undefined || bound === "atLeast" ? [] : [{ ...exact, minor: exact.minor - least }],
    ),
    isOpen: measured.some(({ bound }) => bound === "atLeast"),
  };
};

/** What there is to say of the units of an order at a place. */
interface UnitsThere {
  readonly problems: ReadonlyMap<Problem, string | undefined>;
  /** The units of ceilings that the order uses up there without saying how much. */
  readonly untold: readonly string[];
}

const ALL_TOLD: Untold = { units: [], isCredit: false };

/** The problems of an order in another unit than a ceiling that it uses up. */
const unitProblems = (measured: Measured, { uses }: Place): UnitsThere["problems"] => {
  const problems = new Map<Problem, string | undefined>();
  for (const use of uses) {
    const unlike = use.unlike(measured);
    if (unlike === undefined) continue;
    const [problem, subject] = unitProblem(measured, unlike);
    if (!problems.has(problem)) problems.set(problem, subject);
  }
  return problems;
};

const untoldAt = (measured: Measured, { uses, maybe }: Place): readonly string[] => [
  ...new Set([...uses.flatMap((use) => use.untoldBy(measured)), ...(maybe?.untoldBy(measured) ?? [])]),
];

/** Why an order cannot be compared with a ceiling, and what that is about. */
const unitProblem = (measured: Measured, ceiling: Money): readonly [problem: Problem, subject?: string] => {
  const alike = measured.find((money) => isOfOneMeasure(money, ceiling));
  if (isQuantity(ceiling))
    return alike === undefined ? ["uncounted", ceiling.called ?? ceiling.currency] : ["unit", unitOf(alike)];
  if (alike === undefined) return ["unpriced"];
  if (ceiling.currency !== alike.currency) return ["currency", unitOf(alike)];
  return [alike.vat === undefined ? "net" : "gross"];
};

/** Problems of units that an order of "at least zero" does not have: it says nothing in any unit. */
const UNLIKE_MONEY: ReadonlySet<Problem> = new Set(["currency", "net", "gross"]);
const saysNothing = ({ minor, bound }: Money): boolean => minor === 0n && bound === "atLeast";

const withoutSeat = (place: Place): Place => ({
  ...place,
  uses: place.uses.filter((use) => use !== place.left?.seat),
});

/**
 * What is ordered under the ceilings of a contract. `see` is shown each order once it is counted. Throws DataError for
 * orders that cannot be read.
 */
export const useOf = async (
  register: Register,
  selected: Pick<SelectedContract, "contract" | "written">,
  options: UseOptions,
  see?: (order: Order, counted: CountedOrder) => void,
): Promise<ContractUse> => {
  const count = new OrderCount(register, selected, options);
  const isTallied = see === undefined && mayBeOrdered(selected.written);
  const beside = isTallied ? { ...count.beside, tally: count.tally() } : count.beside;
  for await (const batch of ordersUnder(register, selected.written, beside)) {
    for (const order of batch) {
      const counted = count.add(order);
      see?.(order, counted);
    }
  }
  return count.finish();
};
