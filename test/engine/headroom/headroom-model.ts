import {
  changesIn,
  type Limited,
  limitedBy,
  type Measured,
  type Named,
  type Said,
  SOURCES,
  type UseCallOff,
  type UseLot,
  type UseOrder,
  type UseRegister,
} from "./random-uses.ts";

/**
 * What is left of each ceiling, by trying every place and time that an order may have (L1, L1a–L1c, L4, T11, D3): the rules
 * written once more, slowly and plainly, and sharing nothing with the program.
 */

/** Without an end where amounts in other units come on top. */
export interface Range {
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
}

export interface Limit {
  readonly measure: "money" | "quantity";
  readonly unit: string;
  readonly value: bigint | "withheld";
}

interface Place {
  /** None in a contract without lots. */
  readonly lot: number | undefined;
  /** Whose seat it uses up, by who holds it or gave it up; nobody's otherwise. */
  readonly seat: number | undefined;
}

type Timing = "by then" | "perhaps" | "later";

interface Amount {
  readonly unit: string;
  readonly low: bigint;
  /** Undefined where it may be any amount more. */
  readonly high: bigint | undefined;
}

/** On which lot an order may be, and with whom: with nobody who holds a seat or gave one up where that is undefined. */
interface Spot {
  /** None in a contract without lots. */
  readonly lot: number | undefined;
  readonly who: number | undefined;
}

interface PlacedOrder {
  readonly places: readonly Place[];
  readonly spots: readonly Spot[];
  readonly timing: Timing;
  readonly date: string | undefined;
  readonly amounts: readonly Amount[];
}

export interface Ceiling {
  readonly name: string;
  readonly limits: readonly Limit[];
  readonly certain: boolean;
  readonly isUsedAt: (place: Place) => boolean;
  /** Of a seat that was given up: it is told of only where it may be used. */
  readonly left: boolean;
}

const firstOf = (date: string): string => `${date}-01-01`.slice(0, "2020-01-01".length);
const lastOf = (date: string): string => {
  const [year = "", month, day] = date.split("-");
  if (day !== undefined) return date;
  return month === undefined ? `${year}-12-31` : `${year}-${month}-31`;
};

const believed = <T>(claims: Said<T>, prefer: string | undefined): T | undefined => {
  for (const source of [prefer, ...SOURCES, "nobody"]) {
    const claim = claims.find(({ by }) => by === source);
    if (claim !== undefined) return claim.value;
  }
  return undefined;
};

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** All that the answers on one day need to know of a register. */
export class HeadroomModel {
  readonly register: UseRegister;
  /** Of each lot the suppliers that it was awarded to, by the preferred source; undefined where nobody says so. */
  readonly #stated: readonly (readonly number[] | undefined)[];
  readonly #orders: readonly PlacedOrder[];
  readonly #counted: ReadonlySet<string>;
  readonly ceilings: readonly Ceiling[];

  constructor(register: UseRegister) {
    this.register = register;
    this.#stated = register.lots.map(({ holders }) => believed(holders, register.prefer));
    this.ceilings = [...this.#wholes(), ...register.lots.flatMap((lot, place) => this.#ofLot(lot, place))];
    this.#counted = new Set(
      [register, ...register.groups, ...register.lots]
        .flatMap((one) => this.#limitsOf(one, one))
        .flatMap((limit) => (limit.measure === "quantity" && limit.value !== "withheld" ? [limit.unit] : [])),
    );
    this.#orders = [
      ...(register.orders ?? []).map((order) => this.#placed(order)),
      ...register.callOffs.flatMap((callOff) => this.#takenBy(callOff)),
    ];
  }

  /** Whether anything is said of orders. */
  get known(): boolean {
    return this.register.orders !== undefined || this.register.callOffs.length > 0;
  }

  /* Seats */

  /** Who has a seat on the day, or who gave it up last. */
  seatAfter(supplier: number, lot: number): { readonly holder: number } | { readonly leaver: number } {
    const { gone, awardDate, at } = this.register;
    const one = gone[supplier];
    if (one === undefined || firstOf(one.date) > lastOf(at) || (one.lot !== undefined && one.lot !== lot))
      return { holder: supplier };
    if (one.into !== undefined) return this.seatAfter(one.into, lot);
    const stands = awardDate !== undefined && firstOf(awardDate) > lastOf(one.date);
    return stands ? { holder: supplier } : { leaver: supplier };
  }

  /** On each seat of a lot, its holder on the day. */
  holdersOf(lot: number): readonly number[] {
    return (this.#stated[lot] ?? []).flatMap((one) => {
      const seat = this.seatAfter(one, lot);
      return "holder" in seat ? [seat.holder] : [];
    });
  }

  #leaversOf(lot: number): readonly number[] {
    return (this.#stated[lot] ?? []).flatMap((one) => {
      const seat = this.seatAfter(one, lot);
      return "leaver" in seat ? [seat.leaver] : [];
    });
  }

  /** The seats that have ceilings of their own. */
  #seatsOf(lot: number): readonly number[] {
    const { moneyEach = false, quantityEach = false, ceiling = [], quantity = [] } = this.register.lots[lot] ?? {};
    const each = (moneyEach && ceiling.length > 0) || (quantityEach && quantity.length > 0);
    return each ? unique([...this.holdersOf(lot), ...this.#leaversOf(lot)]) : [];
  }

  /* Ceilings */

  #limitsOf(of: Limited, place: Limited | number | undefined, seats = 1n): readonly Limit[] {
    const { prefer, gross } = this.register;
    const limit = (measure: "money" | "quantity"): readonly Limit[] => {
      const value = believed(measure === "money" ? of.ceiling : of.quantity, prefer);
      if (value === undefined) return [];
      const unit = measure === "quantity" ? of.counted : gross ? "EUR incl. VAT" : "EUR";
      if (value === "withheld") return [{ measure, unit, value }];
      return [{ measure, unit, value: (value + this.#added(measure, of)) * seats }];
    };
    return place === undefined ? [] : [...limit("money"), ...limit("quantity")];
  }

  /** By how much a ceiling was changed by the day. */
  #added(measure: "money" | "quantity", of: Limited): bigint {
    const key = measure === "money" ? "ceiling" : "quantity";
    return changesIn(this.register)
      .filter((change) => firstOf(change.date) <= lastOf(this.register.at))
      .filter((change) => limitedBy(change.lot, key, this.register) === of)
      .reduce((sum, change) => sum + ((measure === "money" ? change.money : change.quantity?.units) ?? 0n), 0n);
  }

  #wholes(): readonly Ceiling[] {
    const own = this.#limitsOf(this.register, this.register);
    const usual = { certain: true, left: false };
    return [
      ...(own.length === 0 ? [] : [{ ...usual, name: "k", limits: own, isUsedAt: () => true }]),
      ...this.register.groups.map((group, place) => ({
        ...usual,
        name: `k group g${place}`,
        limits: this.#limitsOf(group, group),
        certain: group.certain,
        isUsedAt: ({ lot }: Place) => lot !== undefined && group.lots.includes(lot),
      })),
    ];
  }

  #ofLot(lot: UseLot, place: number): readonly Ceiling[] {
    const isEach = ({ measure }: Limit) => (measure === "money" ? lot.moneyEach : lot.quantityEach);
    const all = this.#limitsOf(lot, lot);
    const shared = all.filter((limit) => !isEach(limit));
    const holders = this.holdersOf(place);
    const hasEach = shared.length < all.length;
    const seat = (supplier: number, count: number, left: boolean): Ceiling => ({
      name: `k/${place + 1} s${supplier}`,
      limits: this.#limitsOf(lot, lot, BigInt(count)).filter(isEach),
      certain: true,
      isUsedAt: (used) => used.lot === place && used.seat === supplier,
      left,
    });
    const times = (all: readonly number[], one: number) => all.filter((other) => other === one).length;
    const leavers = this.#leaversOf(place);
    return [
      ...(shared.length > 0 || !hasEach || holders.length === 0
        ? [
            {
              name: `k/${place + 1}`,
              limits: shared,
              certain: true,
              isUsedAt: (used: Place) => used.lot === place,
              left: false,
            },
          ]
        : []),
      ...(hasEach ? unique(holders).map((one) => seat(one, times(holders, one), false)) : []),
      ...(hasEach ? unique(leavers).map((one) => seat(one, times(leavers, one), true)) : []),
    ];
  }

  /* Where and when orders are placed */

  #timingOf(date: string | undefined): Timing {
    const day = lastOf(this.register.at);
    // An order without a date counts today, and no answer here is for today.
    if (date === undefined) return day < "2026" ? "perhaps" : "by then";
    if (firstOf(date) > day) return "later";
    return lastOf(date) <= day ? "by then" : "perhaps";
  }

  #placed({ lot, supplier, amounts, date }: UseOrder): PlacedOrder {
    return {
      places: this.#placesOf(lot, supplier, date),
      spots: this.#spotsOf(lot, supplier, date),
      timing: this.#timingOf(date),
      date,
      amounts: amounts.map((one) => this.#amount(one)),
    };
  }

  /** What a call-off takes, and what a modification adds from its own day: of money, and of what is counted, what is known. */
  #takenBy({ lots, suppliers, value, quantity, grown, date: made }: UseCallOff): readonly PlacedOrder[] {
    const exactly = (unit: string, units: bigint | undefined): readonly Amount[] =>
      units === undefined ? [] : [{ unit, low: units, high: units }];
    const taken = (date: string | undefined, money: bigint | undefined, units: bigint | undefined): PlacedOrder => {
      const amounts = [...exactly("EUR", money), ...(quantity === undefined ? [] : exactly(quantity.unit, units))];
      return {
        places: this.#placesOfCallOff(lots, suppliers, date),
        spots: this.#spotsOfCallOff(lots, suppliers, date),
        timing: this.#timingOf(date),
        date,
        amounts: amounts.length === 0 ? [{ unit: "EUR", low: 0n, high: undefined }] : amounts,
      };
    };
    const more = quantity === undefined || grown === undefined ? undefined : grown;
    return [
      taken(made, value, quantity?.units),
      ...(more === undefined ? [] : [taken(more.date, value === undefined ? undefined : 0n, more.units)]),
    ];
  }

  #amount({ units, unit }: Measured): Amount {
    const isMoney = unit === "EUR" || unit === "USD";
    return { unit: isMoney && this.register.gross ? `${unit} incl. VAT` : unit, low: units, high: units };
  }

  #placesOf(lot: Named, supplier: Named, date: string | undefined): readonly Place[] {
    const { lots } = this.register;
    if (lots.length === 0) return [{ lot: undefined, seat: undefined }];
    const own = typeof supplier === "number" ? this.#lotsWithSeatOf(supplier, date) : [...lots.keys()];
    const only = lots.length === 1 ? 0 : own.length === 1 ? own[0] : undefined;
    const certain = typeof lot === "number" ? lot : lot === undefined ? only : undefined;
    if (certain !== undefined) return this.#placesOn(certain, supplier, date);
    const any = own.length > 0 ? own : [...lots.keys()];
    return any.flatMap((one) => [{ lot: one, seat: undefined }, ...this.#placesOn(one, supplier, date)]);
  }

  #placesOfCallOff(lots: readonly number[], suppliers: readonly number[], date: string | undefined): readonly Place[] {
    const all = [...this.register.lots.keys()];
    if (all.length === 0) return [{ lot: undefined, seat: undefined }];
    const held = lots.length > 0 ? lots : unique(suppliers.flatMap((one) => this.#lotsWithSeatOf(one, date)));
    const found = held.length > 0 ? held : all;
    const supplier = suppliers.length === 1 ? suppliers[0] : undefined;
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return this.#placesOn(only, supplier, date);
    return found.flatMap((one) => this.#placesOn(one, supplier, date));
  }

  /** On which seat of a lot an order is, or may be; a day after its supplier left is on none. */
  #placesOn(lot: number, supplier: Named, date: string | undefined): readonly Place[] {
    const seats = this.#seatsOf(lot);
    const nobody = { lot, seat: undefined };
    if (supplier === undefined) return seats.length === 0 ? [nobody] : seats.map((seat) => ({ lot, seat }));
    if (supplier === "unknown") return [nobody, ...seats.map((seat) => ({ lot, seat }))];
    const after = this.seatAfter(supplier, lot);
    const who = "holder" in after ? after.holder : after.leaver;
    const isLate = this.#isLate(supplier, lot, date);
    const has = "holder" in after ? this.holdersOf(lot).includes(who) : this.#leaversOf(lot).includes(who);
    return [has && !isLate && seats.includes(who) ? { lot, seat: who } : nobody];
  }

  /** Whether a supplier, or who took over its seat, certainly had left a lot when an order was placed. */
  #isLate(supplier: number, lot: number, date: string | undefined): boolean {
    const after = this.seatAfter(supplier, lot);
    if (!("leaver" in after) || date === undefined) return false;
    return firstOf(date) > lastOf(this.register.gone[after.leaver]?.date ?? "");
  }

  /**
   * The lots on which a supplier has a seat, or had one at a time, or may have one as nobody says who holds them, unless
   * they came to nothing.
   */
  #lotsWithSeatOf(supplier: number, date: string | undefined): readonly number[] {
    return [...this.register.lots.keys()].filter((lot) => {
      const stated = this.#stated[lot];
      const { status } = this.register.lots[lot] ?? {};
      if (stated === undefined) return status !== "cancelled" && status !== "closed-no-winner";
      if (this.#isLate(supplier, lot, date)) return false;
      if (stated.includes(supplier)) return true;
      const after = this.seatAfter(supplier, lot);
      const holder = "holder" in after ? after.holder : undefined;
      return holder !== undefined && this.holdersOf(lot).includes(holder);
    });
  }

  #spotsOf(lot: Named, supplier: Named, date: string | undefined): readonly Spot[] {
    const { lots } = this.register;
    if (lots.length === 0) return [{ lot: undefined, who: undefined }];
    const own = typeof supplier === "number" ? this.#lotsWithSeatOf(supplier, date) : [];
    const any = own.length > 0 ? own : [...lots.keys()];
    const only = lot === undefined && lots.length === 1 ? [0] : any;
    return this.#spotsOn(typeof lot === "number" ? [lot] : only, supplier);
  }

  #spotsOfCallOff(lots: readonly number[], suppliers: readonly number[], date: string | undefined): readonly Spot[] {
    const all = [...this.register.lots.keys()];
    if (all.length === 0) return [{ lot: undefined, who: undefined }];
    const held = lots.length > 0 ? lots : unique(suppliers.flatMap((one) => this.#lotsWithSeatOf(one, date)));
    return this.#spotsOn(held.length > 0 ? held : all, suppliers.length === 1 ? suppliers[0] : undefined);
  }

  #spotsOn(lots: readonly number[], supplier: Named): readonly Spot[] {
    return lots.flatMap((lot) => {
      if (typeof supplier === "number") {
        const after = this.seatAfter(supplier, lot);
        return [{ lot, who: "holder" in after ? after.holder : after.leaver }];
      }
      const seats = unique([...this.holdersOf(lot), ...this.#leaversOf(lot)]);
      const nobody = supplier === "unknown" || seats.length === 0 ? [undefined] : [];
      return [...seats, ...nobody].map((who) => ({ lot, who }));
    });
  }

  /* What is ordered */

  /** What is ordered in a unit where something is looked at, each order once: lots, or seats that are held. */
  orderedAt(isLookedAt: (spot: Spot) => boolean, unit: string): Range & { readonly isTouched: boolean } {
    let [low, high]: [bigint, bigint] = [0n, 0n];
    let [isOpen, isOpenBelow, isTouched] = [false, false, false];
    for (const { places, spots, timing, amounts } of this.#orders) {
      const within = spots.filter(isLookedAt).length;
      if (within === 0 || timing === "later") continue;
      if (this.#leavesUntold(unit, places, amounts)) {
        isOpen ||= amounts.some((amount) => amount.low > 0n);
        isOpenBelow ||= amounts.some((amount) => amount.low < 0n);
      }
      const isCertain = timing === "by then" && within === spots.length;
      isOpen ||= amounts.some((amount) => amount.high === undefined);
      for (const amount of amounts.filter((one) => one.unit === unit)) {
        isTouched = true;
        low += isCertain || amount.low < 0n ? amount.low : 0n;
        const most = amount.high ?? amount.low;
        high += isCertain || most > 0n ? most : 0n;
      }
    }
    return { low: isOpenBelow ? undefined : low, high: isOpen ? undefined : high, isTouched };
  }

  /** Whether an order says how much it is in money alone, or in quantities alone, and may use up a ceiling in a unit of the other. */
  #leavesUntold(unit: string, places: readonly Place[], amounts: readonly Amount[]): boolean {
    const measureOf = (of: string) => (/^(EUR|USD)/.test(of) ? "money" : "quantity");
    if (amounts.some((amount) => measureOf(amount.unit) === measureOf(unit))) return false;
    return this.ceilings.some(
      ({ limits, isUsedAt }) =>
        places.some(isUsedAt) && limits.some((limit) => limit.unit === unit && limit.value !== "withheld"),
    );
  }

  /** Whether an order by then, or perhaps, is or may be under a ceiling. */
  mayBeUsed(ceiling: Ceiling): boolean {
    return this.#orders.some(({ places, timing }) => timing !== "later" && places.some(ceiling.isUsedAt));
  }

  /** What is ordered in a unit under a ceiling in it; with later orders as possible ones for who asks about one more. */
  orderedUnder(ceiling: Ceiling, unit: string, withLater = false): Range {
    return this.#ordered(ceiling, unit, withLater, true);
  }

  /** The same where no ceiling in the unit is known: what is ordered in others has a line of its own. */
  statedUnder(ceiling: Ceiling, unit: string): Range {
    return this.#ordered(ceiling, unit, false, false);
  }

  #ordered(ceiling: Ceiling, unit: string, withLater: boolean, isLimited: boolean): Range {
    let [low, high]: [bigint, bigint] = [0n, 0n];
    let [less, more] = [false, false];
    const others = new Map<string, bigint>();
    for (const { places, timing, amounts } of this.#orders) {
      const used = places.filter(ceiling.isUsedAt).length;
      if (used === 0 || (timing === "later" && !withLater)) continue;
      const isCertain = timing === "by then" && used === places.length;
      if (amounts.some((amount) => amount.high === undefined)) more = true;
      const own = amounts.find((amount) => amount.unit === unit);
      if (own !== undefined) {
        low += isCertain || own.low < 0n ? own.low : 0n;
        const most = own.high ?? own.low;
        high += isCertain || most > 0n ? most : 0n;
      } else if (isLimited && !this.#takesNone(unit, amounts)) {
        // Of what is certain in one unit it matters what it comes to.
        const key = isCertain ? amounts.map((amount) => amount.unit).join() : undefined;
        for (const amount of amounts) {
          if (key === undefined) {
            less ||= amount.low < 0n;
            more ||= amount.low > 0n;
          } else others.set(`${key} ${amount.unit}`, (others.get(`${key} ${amount.unit}`) ?? 0n) + amount.low);
        }
      }
    }
    for (const sum of others.values()) {
      less ||= sum < 0n;
      more ||= sum > 0n;
    }
    return { low: less ? undefined : low, high: more ? undefined : high };
  }

  /* How long the rest lasts */

  /**
   * Each way to understand all orders under a ceiling, where they are in its unit: which are placed there by the day, which
   * of these within the time that gives the pace, and how much each comes to; one of any amount comes to nothing more, or
   * to much more than all else.
   */
  worldsUnder(ceiling: Ceiling, unit: string, since: string): readonly World[] {
    return this.#orders
      .filter(({ places, timing }) => timing !== "later" && places.some(ceiling.isUsedAt))
      .map((order) => this.#waysOf(order, ceiling, unit, since))
      .reduce(
        (worlds, ways) => distinctOf(worlds.flatMap((world) => ways.map((way) => sumOf(world, way)))),
        [{ ordered: 0n, recent: 0n }],
      );
  }

  #waysOf(
    { places, timing, date, amounts }: PlacedOrder,
    ceiling: Ceiling,
    unit: string,
    since: string,
  ): readonly World[] {
    const isCertain = timing === "by then" && places.every(ceiling.isUsedAt);
    const isRecent = date === undefined || lastOf(date) >= since;
    const isOlder = date === undefined || firstOf(date) < since;
    const own = amounts.find((amount) => amount.unit === unit);
    const { low = 0n, high = MUCH } = own ?? { high: 0n };
    return [low, high].flatMap((ordered) => [
      ...(isCertain ? [] : [{ ordered: 0n, recent: 0n }]),
      ...(isRecent ? [{ ordered, recent: ordered }] : []),
      ...(isOlder ? [{ ordered, recent: 0n }] : []),
    ]);
  }

  /** Who says how many machines it takes takes no hours, where both are counted. */
  #takesNone(unit: string, amounts: readonly Amount[]): boolean {
    return (unit === "machines" || unit === "hours") && amounts.some((amount) => this.#counted.has(amount.unit));
  }
}

/** What is ordered under a ceiling, and of that what was ordered of late. */
export interface World {
  readonly ordered: bigint;
  readonly recent: bigint;
}

/** More than all that is ever written of ceilings and orders here. */
export const MUCH = 1_000_000n;

const sumOf = (one: World, other: World): World => ({
  ordered: one.ordered + other.ordered,
  recent: one.recent + other.recent,
});

const distinctOf = (worlds: readonly World[]): readonly World[] => [
  ...new Map(worlds.map((world) => [`${world.ordered} ${world.recent}`, world])).values(),
];

/** How long a ceiling lasts, in the time that gives the pace; for ever where nothing was ordered in it. */
export const lasts = ({ ordered, recent }: World, ceiling: bigint): number => {
  const rest = ceiling - ordered;
  if (rest <= 0n) return 0;
  return recent <= 0n ? Number.POSITIVE_INFINITY : Number(rest) / Number(recent);
};

const STAGES = ["open", "warning", "exhausted", "breach"] as const;

const stageAt = (ordered: bigint, ceiling: bigint): number => {
  if (ordered >= ceiling) return ordered > ceiling ? 3 : 2;
  return ordered * 10n >= ceiling * 8n ? 1 : 0;
};

/** How far a ceiling is used up, from the least to the most that is ordered. */
export const statusOf = ({ low, high }: Range, ceiling: bigint, certain: boolean): string => {
  if (low === undefined && high === undefined) return "unknown";
  const first = low === undefined ? 0 : stageAt(low, ceiling);
  const last = high === undefined ? 3 : stageAt(high, ceiling);
  // Whether an uncertain ceiling is reached nobody knows, only that it is not.
  if (!certain && last > (first === 1 ? 1 : 0)) return "unknown";
  if (first === last) return STAGES[first] ?? "";
  return `${STAGES[first]} ${last - first > 1 ? "to" : "or"} ${STAGES[last]}`;
};

export type Answer = "yes" | "no" | "unknown";

const worse = (a: Answer, b: Answer): Answer => (a === "no" || b === "no" ? "no" : a === "unknown" ? a : b);

/** Whether one more order fits; undefined where the question is not clear. */
export const fitsModel = (model: HeadroomModel): Answer | undefined => {
  const { lots, asked, gross } = model.register;
  const lot = lots.length === 0 ? undefined : asked.lot % lots.length;
  const seat = lot === undefined ? undefined : seatAsked(model, lot);
  if (seat === "nobody's" || seat === "several") return undefined;
  const occasion = seat === "left" ? "no" : occasionOf(model, lot);
  const place = { lot, seat: typeof seat === "number" ? seat : undefined };
  const unit = gross ? "EUR incl. VAT" : "EUR";
  const answers = model.ceilings.flatMap((ceiling): readonly Answer[] => {
    if (ceiling.left || !ceiling.isUsedAt(place)) return [];
    return ceiling.limits.flatMap(({ measure, value }) => {
      if (measure === "quantity") return [];
      if (value === "withheld" || !model.known) return ["unknown"];
      const { low, high } = model.orderedUnder(ceiling, unit, true);
      const most = value - asked.units;
      if (high !== undefined && high <= most) return ["yes"];
      return [low !== undefined && low > most && ceiling.certain ? "no" : "unknown"];
    });
  });
  const [first, ...others] = answers;
  return first === undefined ? worse(occasion, "unknown") : others.reduce(worse, worse(occasion, first));
};

/** With whom an order on a lot would be: `left` where that supplier has gone, undefined where nobody is named. */
const seatAsked = (model: HeadroomModel, lot: number): number | "left" | "nobody's" | "several" | undefined => {
  const { lots, asked, prefer } = model.register;
  const of = lots[lot];
  const holders = unique(model.holdersOf(lot));
  const isEach = of?.moneyEach === true && of.ceiling.length > 0;
  if (asked.supplier === undefined) {
    if (isEach && holders.length > 1) return "several";
    return holders.length === 1 ? holders[0] : undefined;
  }
  if (holders.includes(asked.supplier)) return asked.supplier;
  const before = (of === undefined ? undefined : believed(of.holders, prefer)) ?? [];
  const seats = before.map((one) => ({ one, after: model.seatAfter(one, lot) }));
  const heirs = seats.flatMap(({ one, after }) => (one === asked.supplier && "holder" in after ? [after.holder] : []));
  if (heirs.length > 0) return heirs[0];
  const isGone = seats.some(
    ({ one, after }) => "leaver" in after && [one, after.leaver].includes(asked.supplier ?? one),
  );
  return isGone ? "left" : "nobody's";
};

const occasionOf = ({ register }: HeadroomModel, lot: number | undefined): Answer => {
  const { at, awardDate } = register;
  const of = lot === undefined ? undefined : register.lots[lot];
  const [first, last] = [firstOf(at), lastOf(at)];
  if (of?.status === "cancelled" || (awardDate !== undefined && firstOf(awardDate) > last)) return "no";
  const end = of?.endDate ?? register.endDate;
  if (end === undefined) return "yes";
  // Nothing is ordered before the award, so that a term without a begin begins with it.
  const begin = register.startDate ?? awardDate ?? "0000";
  const begun = [firstOf(begin), lastOf(begin)] as const;
  const isReversed = begun[0] > lastOf(end);
  const ends = [isReversed || begun[0] < firstOf(end) ? firstOf(end) : begun[0], lastOf(end)] as const;
  if (ends[1] < first) return "no";
  // An end before the begin stands, and the begin with it.
  const begins = isReversed ? ends : begun;
  if (begins[0] > last) return "no";
  const isBegun = (begins[1] < ends[1] ? begins[1] : ends[1]) <= first;
  return isBegun && ends[0] >= last ? "yes" : "unknown";
};
