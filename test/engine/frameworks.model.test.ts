import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { decisions } from "../../src/engine/decisions.ts";
import { headroom } from "../../src/engine/headroom/headroom.ts";
import { headroomByBuyer } from "../../src/engine/headroom/headroom-by-buyer.ts";
import type { OrderGrouping } from "../../src/engine/orders/order-groups.ts";
import { orderGroups, orders } from "../../src/engine/orders/orders.ts";
import { shares } from "../../src/engine/shares.ts";
import { type Amount, formatMoney, isKnown } from "../../src/model/money.ts";
import { formatDate } from "../../src/model/partial-date.ts";
import type { BoundedRatio } from "../../src/model/ratio.ts";
import type { Register } from "../../src/records/register.ts";
import { times } from "../long.ts";
import { openText, rowsOf } from "../open-text.ts";

/** Frameworks as plain figures in cents, of which the answers are worked out here by adding up one by one. */
interface Order {
  readonly lot: number;
  readonly seat: number;
  readonly buyer: number;
  /** Days after 2024-01-01. */
  readonly day: number;
  readonly cents: number;
}

interface Framework {
  /** In cents. */
  readonly ceiling: number | undefined;
  readonly lots: readonly {
    readonly ceiling: number;
    readonly perSeat: boolean;
    readonly seats: readonly number[];
    readonly awarded: number;
  }[];
  readonly orders: readonly Order[];
  readonly months: number;
  readonly notice: number;
  readonly begin: number;
}

const SUPPLIERS = 8;
const BUYERS = ["Archive", "Fire brigade", "Museum", "Zoo"];
const TODAY = "2025-06-30";
const DAY = 86_400_000;

const dateOf = (day: number): string => new Date(Date.UTC(2024, 0, 1) + day * DAY).toISOString().slice(0, 10);

const arbitraryLot = fc.record({
  ceiling: fc.integer({ min: 1, max: 5_000_000 }),
  perSeat: fc.boolean(),
  seats: fc.uniqueArray(fc.nat({ max: SUPPLIERS - 1 }), { minLength: 1, maxLength: 3 }),
  awarded: fc.integer({ min: 1, max: 1_000_000 }),
});

const arbitraryFramework: fc.Arbitrary<Framework> = fc
  .record({
    ceiling: fc.option(fc.integer({ min: 1, max: 9_000_000 }), { nil: undefined }),
    lots: fc.array(arbitraryLot, { minLength: 1, maxLength: 4 }),
    drawn: fc.array(
      fc.record({
        lot: fc.nat(),
        seat: fc.nat(),
        buyer: fc.nat({ max: BUYERS.length - 1 }),
        day: fc.nat({ max: 700 }),
        cents: fc.integer({ min: -5_000, max: 900_000 }),
      }),
      { maxLength: 12 },
    ),
    months: fc.integer({ min: 1, max: 48 }),
    notice: fc.integer({ min: 1, max: 200 }),
    begin: fc.nat({ max: 500 }),
  })
  .map(({ drawn, ...rest }) => ({
    ...rest,
    orders: drawn.map(({ lot, seat, ...order }) => {
      const at = lot % rest.lots.length;
      const seats = rest.lots[at]?.seats ?? [];
      return { ...order, lot: at, seat: seats[seat % seats.length] ?? 0 };
    }),
  }));

const FRAMEWORKS = fc.sample(arbitraryFramework, { numRuns: times(500, 150), seed: 16 });

const money = (cents: number): string => {
  const [sign, size] = cents < 0 ? ["-", -cents] : ["", cents];
  return `EUR ${sign}${Math.floor(size / 100)}.${String(size % 100).padStart(2, "0")}`;
};

const idOf = (index: number): string => `k${index}`;

const register = (): string =>
  JSON.stringify({
    suppliers: Array.from({ length: SUPPLIERS }, (_, index) => ({ supplier: `s${index}`, name: `Supplier ${index}` })),
    contracts: FRAMEWORKS.map((framework, index) => ({
      contract: idOf(index),
      ...(framework.ceiling !== undefined && { ceiling: money(framework.ceiling) }),
      startDate: dateOf(framework.begin),
      term: `${framework.months} months`,
      noticePeriod: `${framework.notice} days`,
      lots: framework.lots.map((lot, at) => ({
        lot: String(at),
        [lot.perSeat ? "ceilingPerSupplier" : "ceiling"]: money(lot.ceiling),
        suppliers: lot.seats.map((seat) => `s${seat}`),
        ...(lot.seats.length === 1 && { awarded: money(lot.awarded) }),
      })),
      orders: framework.orders.map((order, at) => ({
        order: String(at),
        lot: String(order.lot),
        supplier: `s${order.seat}`,
        buyer: BUYERS[order.buyer],
        date: dateOf(order.day),
        amount: money(order.cents),
      })),
    })),
  });

const isByNow = ({ day }: Order): boolean => dateOf(day) <= TODAY;

const centsOf = (amount: Amount): number | string =>
  isKnown(amount) && amount.bound === undefined ? Number(amount.minor) : isKnown(amount) ? formatMoney(amount) : amount;

/** Adds up by a key, one by one. */
const sumsBy = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  centsIn: (item: T) => number,
): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const item of items) sums[keyOf(item)] = (sums[keyOf(item)] ?? 0) + centsIn(item);
  return sums;
};

const placed = FRAMEWORKS.flatMap((framework, index) =>
  framework.orders.filter(isByNow).map((order) => ({ ...order, contract: idOf(index) })),
);

let asked: Register;
beforeAll(async () => {
  asked = await openText(register());
});

describe(`${FRAMEWORKS.length} frameworks: orders`, () => {
  const month = ({ day }: Order): string => dateOf(day).slice(0, 7);
  const KEYS: readonly (readonly [readonly OrderGrouping[], (order: (typeof placed)[number]) => string])[] = [
    [["contract"], ({ contract }) => contract],
    [["lot"], ({ contract, lot }) => `${contract}/${lot}`],
    [["buyer"], ({ buyer }) => BUYERS[buyer] ?? ""],
    [["supplier"], ({ seat }) => `s${seat}`],
    [["month"], month],
    [["buyer", "month"], (order) => `${BUYERS[order.buyer]} ${month(order)}`],
    [["contract", "buyer"], ({ contract, buyer }) => `${contract} ${BUYERS[buyer]}`],
  ];

  test.each(KEYS)("by %s are the sums of the orders that came by then", async (by, keyOf) => {
    const rows = (await rowsOf(orderGroups(asked, { at: TODAY }, { by }))).filter(({ row }) => row === "group");
    const sums = Object.fromEntries(rows.map(({ groups, ordered }) => [groups.join(" "), centsOf(ordered)]));
    expect(sums).toEqual(sumsBy(placed, keyOf, ({ cents }) => cents));
  });

  test("leave of their narrowest ceiling what all of them before leave", async () => {
    const rows = await rowsOf(orders(asked, { at: TODAY }));
    expect(rows.length).toBe(placed.length);
    for (const [index, framework] of FRAMEWORKS.entries()) {
      const own = rows.filter(({ contract }) => contract === idOf(index));
      const sums = new Map<string, number>();
      for (const { lot, supplier, amount, balances } of own) {
        const at = framework.lots[Number(lot)];
        const key = at?.perSeat === true ? `${lot} ${supplier}` : String(lot);
        sums.set(key, (sums.get(key) ?? 0) + Number(isKnown(amount ?? "missing") ? centsOf(amount ?? "missing") : 0));
        expect(centsOf(balances.at(-1)?.left ?? "missing")).toBe((at?.ceiling ?? 0) - (sums.get(key) ?? 0));
      }
    }
  });
});

/** By the name of each ceiling what it is and what was ordered, buyer by buyer. */
const ceilings = FRAMEWORKS.flatMap((framework, index) => {
  const own = framework.orders.filter(isByNow);
  const lots = framework.lots.flatMap((lot, at) => {
    const name = `${idOf(index)}/${at}`;
    const here = own.filter((order) => order.lot === at);
    if (!lot.perSeat) return [{ name, ceiling: lot.ceiling, orders: here }];
    return lot.seats.map((seat) => ({
      name: `${name} s${seat}`,
      ceiling: lot.ceiling,
      orders: here.filter((order) => order.seat === seat),
    }));
  });
  const whole = framework.ceiling;
  return [...(whole === undefined ? [] : [{ name: idOf(index), ceiling: whole, orders: own }]), ...lots];
});

const total = (all: readonly Order[]): number => all.reduce((sum, { cents }) => sum + cents, 0);

const statusOf = (ordered: number, ceiling: number): string => {
  if (ordered > ceiling) return "breach";
  if (ordered === ceiling) return "exhausted";
  return ordered * 100 >= ceiling * 80 ? "warning" : "open";
};

describe(`${FRAMEWORKS.length} frameworks: ceilings`, () => {
  test("have left what is not ordered, and say how far they are used", async () => {
    const rows = (await rowsOf(headroom(asked, { at: TODAY }))).filter(({ ceiling }) => isKnown(ceiling));
    // Where nobody ordered anything nothing is known of it.
    const said = rows.filter(({ ordered }) => isKnown(ordered));
    const expected = ceilings.map(({ name, ceiling, orders: own }) => {
      const sum = total(own);
      return [name, { ordered: sum, left: ceiling - sum, status: statusOf(sum, ceiling) }];
    });
    expect(said.length).toBe(rows.length);
    expect(
      Object.fromEntries(
        said.map(({ ceilingOf, ordered, left, stages }) => [
          ceilingOf,
          { ordered: centsOf(ordered), left: centsOf(left), status: stages.join(" or ") },
        ]),
      ),
    ).toEqual(Object.fromEntries(expected));
  });

  test("by buyer come to the same", async () => {
    const rows = (await rowsOf(headroomByBuyer(asked, { at: TODAY }))).filter(({ ceiling }) => isKnown(ceiling));
    expect(
      Object.fromEntries(rows.map(({ ceilingOf, buyer, ordered }) => [`${ceilingOf} ${buyer}`, centsOf(ordered)])),
    ).toEqual(
      Object.assign(
        {},
        ...ceilings.map(({ name, orders: own }) =>
          sumsBy(
            own,
            ({ buyer }) => `${name} ${BUYERS[buyer]}`,
            ({ cents }) => cents,
          ),
        ),
      ),
    );
  });
});

test(`${FRAMEWORKS.length} frameworks: what each supplier was awarded, the largest first`, async () => {
  const sole = FRAMEWORKS.flatMap(({ lots }) => lots).filter(({ seats }) => seats.length === 1);
  const sums = sumsBy(
    sole,
    ({ seats }) => `s${seats[0]}`,
    ({ awarded }) => awarded,
  );
  const rows = await rowsOf(shares(asked, { at: TODAY }, "awarded"));
  const own = rows.filter(({ row }) => row === "supplier");
  expect(Object.fromEntries(own.map(({ supplier, amount }) => [supplier, centsOf(amount)]))).toEqual(sums);
  expect(own.map(({ amount }) => centsOf(amount))).toEqual(Object.values(sums).sort((a, b) => b - a));

  const sizes = Object.values(sums).sort((a, b) => b - a);
  const whole = sizes.reduce((a, b) => a + b, 0);
  const percent = (count: number) => (sizes.slice(0, count).reduce((a, b) => a + b, 0) / whole) * 100;
  for (const [index, { share, cumulative, rank }] of own.entries()) {
    expect(numberOf(share)).toBeCloseTo(percent(index + 1) - percent(index), 8);
    expect(numberOf(cumulative)).toBeCloseTo(percent(index + 1), 8);
    expect(rank).toBe(sizes.indexOf(sizes[index] ?? 0) + 1);
  }
  expect(numberOf(rows.find(({ row }) => row === "top")?.share)).toBeCloseTo(percent(5), 8);
  const hhi = sizes.reduce((sum, size) => sum + ((size / whole) * 100) ** 2, 0);
  expect(numberOf(rows.find(({ row }) => row === "total")?.hhi)).toBeCloseTo(hhi, 6);
});

const numberOf = (ratio: BoundedRatio | undefined): number =>
  Number(ratio?.value.numerator ?? Number.NaN) / Number(ratio?.value.denominator);

/** Some amount of a framework, and who may have it: of a lot that suppliers share, any of them. */
interface Cell {
  readonly cap: number;
  readonly holders: readonly number[];
}

const cellsOf = ({ lots }: Framework): readonly Cell[] =>
  lots.flatMap(({ ceiling, perSeat, seats }): readonly Cell[] =>
    perSeat ? seats.map((seat) => ({ cap: ceiling, holders: [seat] })) : [{ cap: ceiling, holders: seats }],
  );

/** What each supplier has if all may be spent, and cells are filled and given to their holders in some order. */
const spent = (orderOf: <T>(items: readonly T[]) => readonly T[], favourite: number | undefined): readonly number[] => {
  const sums = Array.from({ length: SUPPLIERS }, () => 0);
  const likes = ({ holders }: Cell): number => Number(favourite !== undefined && holders.includes(favourite));
  for (const framework of FRAMEWORKS) {
    let rest = framework.ceiling ?? Number.POSITIVE_INFINITY;
    for (const { cap, holders } of [...orderOf(cellsOf(framework))].sort((a, b) => likes(b) - likes(a))) {
      const [first = 0] = orderOf(holders);
      const holder = favourite !== undefined && holders.includes(favourite) ? favourite : first;
      sums[holder] = (sums[holder] ?? 0) + Math.min(cap, rest);
      rest -= Math.min(cap, rest);
    }
  }
  return sums;
};

test(`${FRAMEWORKS.length} frameworks: shares of what may be spent, and the HHI, hold for every way to spend all of it`, async () => {
  const rows = await rowsOf(shares(asked, { at: TODAY }, "ceiling"));
  const random = fc.sample(fc.infiniteStream(fc.nat()), { numRuns: 1, seed: 20 })[0];
  const shuffled = <T>(items: readonly T[]): readonly T[] =>
    items
      .map((item) => ({ item, key: Number(random?.next().value) }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  const favourites = [undefined, undefined, undefined, ...Array.from({ length: SUPPLIERS }, (_, index) => index)];
  const hhi = rows.find(({ row }) => row === "total")?.hhi;
  for (const favourite of favourites) {
    const sums = spent(shuffled, favourite);
    const whole = sums.reduce((a, b) => a + b, 0);
    expect(rows.find(({ row }) => row === "total")?.amount).toMatchObject({ minor: BigInt(whole) });
    for (const [index, sum] of sums.entries()) {
      const row = rows.find(({ supplier }) => supplier === `s${index}`);
      const { minor = 0n, least = minor } = typeof row?.amount === "object" ? row.amount : {};
      expect([Number(least) <= sum, sum <= Number(minor)]).toEqual([true, true]);
      const share = (sum / whole) * 100;
      expect([leastOf(row?.share) <= share + 1e-9, share <= numberOf(row?.share) + 1e-9]).toEqual([true, true]);
    }
    const found = sums.reduce((all, sum) => all + ((sum / whole) * 100) ** 2, 0);
    expect([leastOf(hhi) <= found + 1e-6, found <= numberOf(hhi) + 1e-6]).toEqual([true, true]);
  }
  expect(leastOf(hhi)).toBeLessThan(numberOf(hhi));
});

const leastOf = (ratio: BoundedRatio | undefined): number =>
  ratio?.least === undefined ? numberOf(ratio) : Number(ratio.least.numerator) / Number(ratio.least.denominator);

test(`${FRAMEWORKS.length} frameworks: notice is given by the last day that leaves the whole period, as trying every day finds`, async () => {
  const rows = await rowsOf(decisions(asked, { at: TODAY }));
  const found = Object.fromEntries(rows.map(({ contract, act, by }) => [`${contract} ${act}`, formatDate(by)]));
  const expected = FRAMEWORKS.flatMap((framework, index) => {
    const end = lastDayOf(framework);
    if (dateOf(end) < TODAY) return [];
    let day = end;
    while (end - day < framework.notice) day--;
    return [[`${idOf(index)} give notice`, dateOf(day)] as const];
  });
  expect(found).toEqual(Object.fromEntries(expected));
});

/** The day before the same day so many months later; the last of a month that does not have it. */
const lastDayOf = ({ begin, months }: Framework): number => {
  const first = new Date(Date.UTC(2024, 0, 1) + begin * DAY);
  const [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth() + months, first.getUTCDate()];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const next = day <= length ? Date.UTC(year, month, day) : Date.UTC(year, month + 1, 1);
  return (next - Date.UTC(2024, 0, 1)) / DAY - 1;
};
