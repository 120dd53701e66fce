import { isPeriod, PERIODS, type PeriodName, periodsOf } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { UsageError } from "../../model/errors.ts";
import { compareNatural } from "../../model/fold.ts";
import { madeUnder } from "../../model/lists.ts";
import type { Amount } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { MEANING } from "../../query/fields.ts";
import { measuresOf } from "../../records/order.ts";
import type { Supplier } from "../../records/supplier.ts";
import { type Column, column, hidden } from "../report.ts";
import { lotRef, nameOf } from "../views.ts";
import { OrderSums } from "./order-sums.ts";
import type { OrderSeat, OrderSeats, OrderView, OrderViews } from "./order-views.ts";
import type { SeenOrder } from "./seen-orders.ts";

export const ORDER_GROUPINGS = ["contract", "lot", "supplier", "buyer", ...PERIODS] as const;
export type OrderGrouping = (typeof ORDER_GROUPINGS)[number];

/** What orders of one group come to in one currency, or all of them. */
export interface OrderGroupRow {
  readonly row: "group" | "total";
  /** The group's value of each key. Empty for the total; undefined for what has no such value. */
  readonly groups: readonly (string | undefined)[];
  readonly name: string | undefined;
  /** How many orders are certainly in the group. `possibleOrders`: how many more may be. */
  readonly orders: number;
  readonly possibleOrders: number;
  readonly ordered: Amount;
  /** What the orders come to that may be in it, or elsewhere. Undefined where there are none. */
  readonly possible: Amount | undefined;
}

type Keys = readonly (string | undefined)[];

/** Amounts that are certainly in a group, and those that may be. */
class GroupSums {
  readonly certain = new OrderSums();
  readonly possible = new OrderSums();

  get units(): readonly string[] {
    return [...new Set([...this.certain.units, ...this.possible.units])].sort();
  }
}

/**
 * All keys that orders may have by one side of them: where they are placed, who placed them, or when; or by several of
 * these sides together.
 */
interface Side {
  readonly all: readonly Keys[];
  /** What this side makes together with another one. */
  readonly next: Map<Side, Side>;
  /** The sums of the orders of this place and buyer, by the side that says when they were placed. */
  readonly sums: Map<Side, GroupSums>;
}

/**
 * The most ways. Beyond, rows would grow with the square of the orders that say too little, and nobody reads so many.
 */
const MOST_WAYS = 50_000;

export class OrderGroups {
  readonly #by: readonly OrderGrouping[];
  readonly #start: number;
  readonly #preference: Preference;
  readonly #sides = new Map<string, Side>();
  readonly #ofSeats = new WeakMap<OrderSeats, Side>();
  readonly #ofLots = new WeakMap<OrderSeats["lots"], Side>();
  readonly #ofViews = new WeakMap<readonly OrderView[], Side>();
  readonly #ofBuyers = new WeakMap<OrderViews["buyers"], Side>();
  readonly #ofDates = new Map<number | undefined, Side>();
  readonly #names = new Map<string, string>();
  readonly #total = new GroupSums();
  #undated = 0;
  /** In how many groups the orders may be that may be in several. */
  #ways = 0;
  #overlaps = false;

  constructor(by: readonly OrderGrouping[], start: number, preference: Preference) {
    this.#by = by;
    this.#start = start;
    this.#preference = preference;
  }

  add({ order, counted, views, matching, certain }: SeenOrder): void {
    const { date } = order;
    const { sums } = matching === "all" ? this.#sideOfAll(views) : this.#sideOfViews(matching);
    const cell = madeUnder(sums, this.#timeOf(date), () => new GroupSums());
    const own = certain ? cell.certain : cell.possible;
    for (const money of measuresOf(order)) own.add(money);
    own.addUntold(counted.untold);
    if (date === undefined) this.#undated++;
  }

  /** The side with these keys. Equal keys have the same side. */
  #sideOf(keys: readonly Keys[]): Side {
    const all = distinct(keys);
    const id = JSON.stringify(all);
    return madeUnder(this.#sides, id, () => ({ all, next: new Map(), sums: new Map() }));
  }

  #sideOfAll({ seats, buyers }: OrderViews): Side {
    return this.#cross(this.#placeOf(seats), this.#buyersOf(buyers));
  }

  /** Combines each key of one side with each of another. Throws UsageError where orders may be in too many groups. */
  #cross(side: Side, other: Side): Side {
    const known = side.next.get(other);
    if (known !== undefined) return known;
    const ways = side.all.length * other.all.length;
    if (ways > 1) this.#ways += ways;
    if (this.#ways > MOST_WAYS)
      throw new UsageError(
        `orders that say too little may be in more than ${MOST_WAYS} rows by ${this.#by.join(" and ")}`,
        "group them by less, or give each order its lot and its supplier",
      );
    const both = this.#sideOf(crossed(side.all, other.all));
    side.next.set(other, both);
    return both;
  }

  #placeOf(seats: OrderSeats): Side {
    const { lots, deliverers } = seats;
    return madeUnder(this.#ofSeats, seats, () =>
      typeof deliverers === "function"
        ? this.#sideOf([...seats].map((seat) => this.#keysOfSeat(seat)))
        : this.#cross(this.#lotsOf(seats, lots), this.#sideOf(deliverers.map((one) => this.#keysOfSupplier(one)))),
    );
  }

  /** The keys that orders may have by their lots alone. */
  #lotsOf(seats: OrderSeats, lots: OrderSeats["lots"]): Side {
    return madeUnder(this.#ofLots, lots, () =>
      this.#sideOf(lots.flatMap((lot) => seats.on(lot).slice(0, 1)).map((seat) => this.#keysOfLot(seat))),
    );
  }

  #buyersOf(buyers: OrderViews["buyers"]): Side {
    return madeUnder(this.#ofBuyers, buyers, () => this.#sideOf(buyers.map((buyer) => this.#keysOfBuyer(buyer))));
  }

  #sideOfViews(views: readonly OrderView[]): Side {
    return madeUnder(this.#ofViews, views, () =>
      this.#sideOf(views.flatMap(({ seat, buyer }) => crossed([this.#keysOfSeat(seat)], [this.#keysOfBuyer(buyer)]))),
    );
  }

  #keysOfBuyer(buyer: string | undefined): Keys {
    return this.#by.map((key) => (key === "buyer" ? buyer : undefined));
  }

  #keysOfSeat(seat: OrderSeat): Keys {
    const ofSupplier = this.#keysOfSupplier(seat.supplier);
    return this.#keysOfLot(seat).map((key, index) => key ?? ofSupplier[index]);
  }

  #keysOfLot({ contract, lot }: OrderSeat): Keys {
    return this.#by.map((key) =>
      key === "contract" ? contract.id : key === "lot" ? lot && lotRef(contract, lot) : undefined,
    );
  }

  #keysOfSupplier(supplier: Supplier | undefined): Keys {
    return this.#by.map((key) => (key === "supplier" && supplier !== undefined ? this.#named(supplier) : undefined));
  }

  /** The id of a supplier, or its name if nobody declares it. Remembers the name. */
  #named(supplier: Supplier): string {
    const name = nameOf(supplier, this.#preference);
    const key = supplier.id || name;
    this.#names.set(key, name);
    return key;
  }

  /** The periods of a date: for each month that it may be in, the values of all keys. */
  #timeOf(date: PartialDate | undefined): Side {
    const code = date && date.year * 13 + (date.month ?? 0);
    return madeUnder(this.#ofDates, code, () => {
      const months = date === undefined ? [undefined] : monthsOf(date);
      return this.#sideOf(months.map((month) => this.#by.map((key) => this.#periodOf(month, key))));
    });
  }

  #periodOf(month: PartialDate | undefined, key: OrderGrouping): string | undefined {
    return month !== undefined && isPeriod(key) ? periodsOf(month, key, this.#start)[0] : undefined;
  }

  rows(isLeast: boolean): readonly OrderGroupRow[] {
    const groups = new Map<string, { readonly keys: Keys; readonly sums: GroupSums }>();
    for (const { all, sums } of this.#sides.values())
      for (const [time, cell] of sums) this.#spread(groups, crossed(all, time.all), cell);
    for (const { certain } of [this.#total, ...[...groups.values()].map(({ sums }) => sums)]) certain.isLeast = isLeast;
    const rows = [...groups.values()].sort((a, b) => this.#compare(a.keys, b.keys));
    return [
      ...rows.flatMap(({ keys, sums }) => this.#rowsOf("group", keys, sums)),
      ...this.#rowsOf("total", [], this.#total),
    ];
  }

  /** Adds sums to the group that they belong to, or as possible to each group that they may belong to. */
  #spread(
    groups: Map<string, { readonly keys: Keys; readonly sums: GroupSums }>,
    all: readonly Keys[],
    cell: GroupSums,
  ): void {
    this.#total.certain.addAll(cell.certain);
    this.#total.possible.addAll(cell.possible);
    this.#overlaps ||= all.length > 1;
    for (const keys of all) {
      const group = madeUnder(groups, JSON.stringify(keys), () => ({ keys, sums: new GroupSums() }));
      group.sums[all.length === 1 ? "certain" : "possible"].addAll(cell.certain);
      group.sums.possible.addAll(cell.possible);
    }
  }

  #rowsOf(row: OrderGroupRow["row"], groups: Keys, { units, certain, possible }: GroupSums): readonly OrderGroupRow[] {
    const supplier = groups[this.#by.indexOf("supplier")];
    return units.map((unit) => ({
      row,
      groups,
      name: supplier === undefined ? undefined : this.#names.get(supplier),
      orders: certain.ordersIn(unit),
      possibleOrders: possible.ordersIn(unit),
      ordered: certain.sum(unit),
      possible: possible.has(unit) ? possible.sum(unit) : undefined,
    }));
  }

  /** Compares groups by each key in turn, suppliers by name. What has no value comes last. */
  #compare(a: Keys, b: Keys): number {
    for (const [index, key] of this.#by.entries()) {
      const [first, second] = [a[index], b[index]];
      if (first === second) continue;
      if (first === undefined || second === undefined) return first === undefined ? 1 : -1;
      const byName = key === "supplier" ? compareNatural(`${this.#names.get(first)}`, `${this.#names.get(second)}`) : 0;
      return byName || compareNatural(first, second);
    }
    return 0;
  }

  get sums(): GroupSums {
    return this.#total;
  }

  notes(): readonly string[] {
    const periods = this.#by.filter(isPeriod);
    return [
      ...(this.#overlaps
        ? ["What may be in one of several rows is possible in each of them; only the total has it once."]
        : []),
      ...(this.#undated > 0 && periods.length > 0 ? [undatedNote(this.#undated, periods)] : []),
    ];
  }
}

const undatedNote = (count: number, [period]: readonly PeriodName[]): string =>
  `${count === 1 ? "1 order without a date is" : `${count} orders without a date are`} in the rows without a ${period}.`;

const distinct = (all: readonly Keys[]): readonly Keys[] => [
  ...new Map(all.map((keys) => [JSON.stringify(keys), keys])).values(),
];

/** Combines each of some keys with each of others. At each index only one of the two has a value. */
const crossed = (some: readonly Keys[], others: readonly Keys[]): readonly Keys[] =>
  some.flatMap((keys) => others.map((other) => keys.map((key, index) => key ?? other[index])));

const monthsOf = ({ year, month }: PartialDate): readonly PartialDate[] =>
  month === undefined ? Array.from({ length: 12 }, (_, index) => ({ year, month: index + 1 })) : [{ year, month }];

const keyColumns = (by: OrderGrouping, index: number): readonly Column<OrderGroupRow>[] => {
  const group = (row: OrderGroupRow) => row.groups[index];
  switch (by) {
    case "contract":
      return [column.id(by, MEANING.contract, group, "Contract")];
    case "lot":
      return [column.id(by, MEANING.lot, group, "Lot")];
    case "supplier":
      return [
        hidden(column.id(by, MEANING.supplier, group, "Supplier id")),
        column.text("name", MEANING.name, "Supplier"),
      ];
    case "buyer":
      return [column.text(by, MEANING.buyer, group, "Buyer")];
    default:
      return [column.text(by, PERIOD_MEANINGS[by], group, PERIOD_TITLES[by])];
  }
};

const PERIOD_TITLES = { year: "Year", quarter: "Quarter", month: "Month" } as const;
const PERIOD_MEANINGS = {
  year: "The year in which orders were placed: 2024, or 2024/25 of years that begin with another month than January.",
  quarter: "The quarter in which orders were placed: 2024-Q2.",
  month: "The month in which orders were placed: 2024-05.",
} as const;

export const orderGroupColumns = (by: readonly OrderGrouping[]): readonly Column<OrderGroupRow>[] => [
  hidden(column.text("row", ROW)),
  ...by.flatMap(keyColumns),
  column.count("orders", MEANING.orders),
  column.money("ordered", "What the orders come to that certainly count."),
  hidden(column.count("possibleOrders", "How many more orders may count for it, or elsewhere.")),
  column.money("possible", "What the orders come to that may count besides, or elsewhere."),
];

const ROW = "group, or total: every order once.";
