import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { headroom } from "../../../src/engine/headroom/headroom.ts";
import { orderGroups, orderSample, orders } from "../../../src/engine/orders/orders.ts";
import { ordersByDate } from "../../../src/engine/orders/orders-by-date.ts";
import { type Amount, isKnown } from "../../../src/model/money.ts";
import { parseQuery } from "../../../src/query/parse-query.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { allOf } from "../../reading.ts";
import { seeded } from "../../seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-orders-"));
afterAll(() => rmSync(folder, { recursive: true }));

const BUYERS = ["City", "Harbour"] as const;
/** Who holds which lot. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = { "1": ["x", "y"], "2": ["y"] };
const LOTS = ["1", "2"] as const;

/** An order as its ledger writes it; what is undefined is left out. */
interface PlainOrder {
  readonly lot: string | undefined;
  readonly supplier: string | undefined;
  readonly buyer: (typeof BUYERS)[number] | undefined;
  readonly date: string | undefined;
  readonly cents: number;
}

const order: fc.Arbitrary<PlainOrder> = fc.record({
  lot: fc.constantFrom("1", "2", undefined),
  supplier: fc.constantFrom("x", "y", undefined),
  buyer: fc.constantFrom(...BUYERS, undefined),
  date: fc.constantFrom("2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01", "2024-05", "2024", undefined),
  cents: fc.integer({ min: -500, max: 100_000 }),
});

const AT = { at: { year: 2024, month: 12, day: 31 } };

const money = (cents: number): string => (cents / 100).toFixed(2);

const write = (all: readonly PlainOrder[]): string => {
  const path = join(folder, "register.yaml");
  const rows = all.map(({ lot = "", supplier = "", buyer = "", date = "", cents }, index) =>
    [`o${index}`, lot, supplier, buyer, date, money(cents)].join(","),
  );
  writeFileSync(join(folder, "orders.csv"), `${["order,lot,supplier,buyer,date,amount", ...rows].join("\n")}\n`);
  writeFileSync(
    path,
    `suppliers: [{ supplier: x, name: Xi }, { supplier: y, name: Ypsilon }]
contracts:
  - contract: k
    buyer: City
    users: [Harbour]
    ceiling: EUR 5000
    lots:
      - { lot: 1, ceiling: EUR 3000, suppliers: [x, y] }
      - { lot: 2, ceiling: EUR 2000, suppliers: [y] }
    ledger: { file: orders.csv, currency: EUR }
`,
  );
  return path;
};

const minor = (amount: Amount | undefined): number =>
  amount !== undefined && isKnown(amount) ? Number(amount.minor) : 0;

/** The months that a date may lie in, counted from the year 0; none of no date. */
const monthsOf = (date: string | undefined): readonly number[] => {
  if (date === undefined) return [];
  const [year = 0, month] = date.split("-").map(Number);
  return month === undefined ? Array.from({ length: 12 }, (_, index) => year * 12 + index) : [year * 12 + month - 1];
};

const fiscalYear = (month: number): string => {
  const begun = Math.floor((month - 3) / 12);
  return `${begun}/${String((begun + 1) % 100).padStart(2, "0")}`;
};

/** On which lots an order may be, by the rules of the domain (L1c). */
const lotsOf = ({ lot, supplier }: PlainOrder): readonly string[] => {
  if (lot !== undefined) return [lot];
  return LOTS.filter((each) => supplier === undefined || HOLDERS[each]?.includes(supplier));
};

const KEYS = {
  lot: (one: PlainOrder) => lotsOf(one).map((lot) => `k/${lot}`),
  supplier: (one: PlainOrder) =>
    one.supplier === undefined ? [...new Set(lotsOf(one).flatMap((lot) => HOLDERS[lot] ?? []))] : [one.supplier],
  buyer: (one: PlainOrder) => (one.buyer === undefined ? BUYERS : [one.buyer]),
  year: (one: PlainOrder) => (one.date === undefined ? [undefined] : [...new Set(monthsOf(one.date).map(fiscalYear))]),
} as const;
type Key = keyof typeof KEYS;

/** The model: each order in the one pair of keys that it has, or possible in each that it may have. */
const modelOf = (all: readonly PlainOrder[], by: readonly Key[]): ReadonlyMap<string, readonly [number, number]> => {
  const groups = new Map<string, [number, number]>();
  for (const one of all) {
    // A lot and a supplier go together: nobody is supplier of a lot that it does not hold, unless an order says so.
    const pairs = lotsOf(one).flatMap((lot) => {
      const seats = one.supplier === undefined ? (HOLDERS[lot] ?? []) : [one.supplier];
      return seats.map((supplier) => ({ ...one, lot, supplier }));
    });
    const keys = pairs.flatMap((pair) =>
      by.reduce<readonly (readonly (string | undefined)[])[]>(
        (found, key) => found.flatMap((some) => KEYS[key](pair).map((value) => [...some, value])),
        [[]],
      ),
    );
    const distinct = [...new Set(keys.map((each) => JSON.stringify(each)))];
    for (const id of distinct) {
      const group = groups.get(id) ?? [0, 0];
      groups.set(id, group);
      group[distinct.length === 1 ? 0 : 1] += one.cents;
    }
  }
  return groups;
};

const BY: readonly (readonly Key[])[] = [
  ["lot"],
  ["supplier"],
  ["buyer", "year"],
  ["year"],
  ["lot", "supplier"],
  ["supplier", "year"],
];

test("L1: what is certain and what is possible in each group, as reckoned order by order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 9 }), fc.constantFrom(...BY), async (all, by) => {
      const register = await openRegister(write(all));
      // Today is long past, so that orders without a date are by then.
      const rows = await allOf(orderGroups(register, {}, { by: [...by], fiscalStart: 4 }));
      const found = rows
        .filter(({ row }) => row === "group")
        .map(({ groups, ordered, possible }) => [JSON.stringify(groups), [minor(ordered), minor(possible)]] as const);
      expect(new Map(found)).toEqual(modelOf(all, by));
      const [total] = rows.filter(({ row }) => row === "total");
      expect(minor(total?.ordered)).toBe(all.reduce((sum, { cents }) => sum + cents, 0));
    }),
    seeded(120),
  );
});

const firstDay = ({ date }: PlainOrder): string => (date === undefined ? "9999" : `${date}-01-01`.slice(0, 10));

test("L1: orders come by the first day that each may be from, and the last balance is what headroom leaves", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 9 }), async (all) => {
      const register = await openRegister(write(all));
      const rows = await allOf(orders(register, AT));
      const stable = all
        .map((one, index) => ({ one, index }))
        .filter(({ one }) => firstDay(one) <= "2024-12-31" || one.date === undefined)
        .sort((a, b) =>
          firstDay(a.one) < firstDay(b.one) ? -1 : firstDay(a.one) > firstDay(b.one) ? 1 : a.index - b.index,
        );
      expect(rows.map((row) => row.order)).toEqual(stable.map(({ index }) => `o${index}`));
      const left = new Map((await allOf(headroom(register, AT))).map((row) => [row.ceilingOf, row.left]));
      const last = new Map(
        rows.flatMap(({ balances }) => balances.map((each) => [each.ceilingOf, each.left] as const)),
      );
      // The contract's own is used up by every order, so the last one has the last word on it.
      expect(last.get("k")).toEqual(left.get("k"));
    }),
    seeded(80),
  );
});

const QUERIES = [
  "amount:EUR100..",
  "date:2024",
  "date:~2024-04",
  "missing:buyer",
  "has:buyer",
  "missing:lot,supplier",
  "buyer:harbour",
  "supplier:xi lot:1",
];

test("a query is certain of an order where it is true however the order is understood", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 8 }), fc.constantFrom(...QUERIES), async (all, text) => {
      const register = await openRegister(write(all));
      const query = parseQuery(text, undefined, undefined, "orders");
      const report = orders(register, { query });
      const rows = await allOf(report);
      const found = new Map(rows.map((row) => [row.order, row.counts]));
      const expected = all.flatMap((one, index): (readonly [string, string])[] => {
        const truths = readings(one).map((each) => holds(text, one, each));
        if (!truths.includes(true)) return [];
        return [[`o${index}`, truths.includes(false) ? "possible" : "certain"]];
      });
      expect(found).toEqual(new Map(expected));
      const centsOf = (counts: string) =>
        all.reduce((sum, { cents }, index) => (found.get(`o${index}`) === counts ? sum + cents : sum), 0);
      const isPossible = [...found.values()].includes("possible");
      const totals = report.closing().summaries.map(({ amounts, remark }) => ({
        minors: amounts.map(({ minor }) => Number(minor)),
        remark: remark !== undefined,
      }));
      expect(totals).toEqual(found.size === 0 ? [] : [{ minors: [centsOf("certain")], remark: isPossible }]);
    }),
    seeded(120),
  );
});

interface Reading {
  readonly lot: string;
  readonly supplier: string;
  readonly buyer: string;
}

const readings = (one: PlainOrder): readonly Reading[] =>
  lotsOf(one).flatMap((lot) =>
    (one.supplier === undefined ? (HOLDERS[lot] ?? []) : [one.supplier]).flatMap((supplier) =>
      (one.buyer === undefined ? BUYERS : [one.buyer]).map((buyer) => ({ lot, supplier, buyer })),
    ),
  );

const holds = (query: string, one: PlainOrder, { lot, supplier, buyer }: Reading): boolean => {
  switch (query) {
    case "amount:EUR100..":
      return one.cents >= 10_000;
    case "date:2024":
      return one.date?.startsWith("2024") === true;
    case "date:~2024-04":
      return monthsOf(one.date).includes(2024 * 12 + 3);
    case "missing:buyer":
      return one.buyer === undefined;
    case "has:buyer":
      return one.buyer !== undefined;
    case "missing:lot,supplier":
      return one.lot === undefined || one.supplier === undefined;
    case "buyer:harbour":
      return buyer === "Harbour";
    default:
      return supplier === "x" && lot === "1";
  }
};

test("however few orders are held at a time, they come in the same order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (all, most) => {
      const register = await openRegister(write(all));
      const [contract] = (await allOf(register.contracts())).flat();
      const idsWith = async (count: number) => {
        const ids: string[] = [];
        for await (const batch of contract === undefined ? [] : ordersByDate(register, contract, {}, count))
          ids.push(...batch.map(({ id }) => id));
        return ids;
      };
      expect(await idsWith(most)).toEqual(await idsWith(1000));
    }),
    seeded(60),
  );
});

test("a sample is the same whatever order its orders stand in, and is part of every larger one", async () => {
  const all: readonly PlainOrder[] = Array.from({ length: 40 }, (_, index) => ({
    lot: "1",
    supplier: "x",
    buyer: "City",
    date: `2024-02-${String(1 + (index % 28)).padStart(2, "0")}`,
    cents: 1000 + index,
  }));
  const idsOf = async (size: number, seed: string) => {
    const register = await openRegister(write(all));
    const rows = await allOf(orderSample(register, AT, { size, seed, byAmount: false }));
    return new Set(rows.map((row) => row.order));
  };
  const [small, large, other] = [await idsOf(5, "7"), await idsOf(12, "7"), await idsOf(5, "8")];
  expect(small.size).toBe(5);
  expect([...small].filter((id) => !large.has(id))).toEqual([]);
  expect(other).not.toEqual(small);
});

test("a sample by amount draws every order that is as large as an interval, and as many points as were asked for", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(order, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 6 }),
      async (all, size) => {
        const register = await openRegister(write(all));
        const rows = await allOf(orderSample(register, {}, { size, seed: "1", byAmount: true }));
        const total = all.reduce((sum, { cents }) => sum + Math.max(0, cents), 0);
        const drawn = rows.reduce((sum, row) => sum + (row.drawn ?? 0), 0);
        expect(drawn).toBe(total === 0 ? 0 : size);
        const ids = new Set(rows.map((row) => row.order));
        for (const [index, { cents }] of all.entries()) {
          if (cents <= 0) expect(ids.has(`o${index}`)).toBe(false);
          else if (cents * size > total) expect(ids.has(`o${index}`)).toBe(true);
        }
      },
    ),
    seeded(80),
  );
});
