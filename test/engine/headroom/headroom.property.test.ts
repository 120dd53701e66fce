import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { headroom } from "../../../src/engine/headroom/headroom.ts";
import type { HeadroomRow } from "../../../src/engine/headroom/headroom-rows.ts";
import { type Amount, isKnown } from "../../../src/model/money.ts";
import { formatPartialDate, parsePartialDate } from "../../../src/model/partial-date.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { allOf } from "../../reading.ts";
import { seeded } from "../../seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-headroom-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where an order is written: in the register or in one of its ledgers. */
const FILES = ["register", "a.csv", "b.csv", "c.jsonl"] as const;

interface PlainOrder {
  readonly lot: "1" | "2" | "3";
  readonly supplier: "x" | "y" | "Ypsilon";
  readonly cents: bigint;
  /** Days since 2024-01-01. */
  readonly day: number;
  readonly file: (typeof FILES)[number];
}

const order: fc.Arbitrary<PlainOrder> = fc.record({
  lot: fc.constantFrom("1", "2", "3"),
  supplier: fc.constantFrom("x", "y", "Ypsilon"),
  cents: fc.bigInt(-100n, 10_000_000_000_000n),
  day: fc.nat(300),
  file: fc.constantFrom(...FILES),
});

const dateOf = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

const figure = (cents: bigint): string => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0");
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const CEILINGS = { contract: 7_000_000_000_000_000n, group: 300n, shared: 900_000_000n, each: 40_000_000n } as const;

const write = (orders: readonly PlainOrder[]): string => {
  const rows = orders.map(({ lot, supplier, cents, day, file }, index) => ({
    file,
    record: { order: `o${index}`, lot, supplier, amount: `EUR ${figure(cents)}`, date: dateOf(day) },
  }));
  const recordsIn = (wanted: string) => rows.filter(({ file }) => file === wanted).map(({ record }) => record);
  for (const name of ["a.csv", "b.csv"]) {
    const separator = name === "a.csv" ? "," : ";";
    const lines = recordsIn(name).map((record) => Object.values(record).join(separator));
    const headings = ["order", "lot", "supplier", "amount", "date"].join(separator);
    writeFileSync(join(folder, name), `${[headings, ...lines].join("\n")}\n`);
  }
  writeFileSync(
    join(folder, "c.jsonl"),
    recordsIn("c.jsonl")
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(""),
  );
  const path = join(folder, "register.yaml");
  writeFileSync(
    path,
    `suppliers: [{ supplier: x, name: Xi }, { supplier: y, name: Ypsilon }]
contracts:
  - contract: k
    ceiling: EUR ${figure(CEILINGS.contract)}
    groups: [{ group: g, lots: [1, 3], ceiling: EUR ${figure(CEILINGS.group)} }]
    lots:
      - { lot: 1, ceiling: EUR ${figure(CEILINGS.shared)}, suppliers: [x, y] }
      - { lot: 2, ceilingPerSupplier: EUR ${figure(CEILINGS.each)}, suppliers: [x, y] }
      - { lot: 3, suppliers: [x, y] }
    orders: ${JSON.stringify(recordsIn("register"))}
    ledger: [a.csv, b.csv, c.jsonl]
`,
  );
  return path;
};

const minor = (amount: Amount): bigint | undefined => (isKnown(amount) ? amount.minor : undefined);

const figuresOn = async (orders: readonly PlainOrder[], day: number): Promise<readonly HeadroomRow[]> => {
  const at = parsePartialDate(dateOf(day));
  const register = await openRegister(write(orders));
  return allOf(headroom(register, at === undefined ? {} : { at }));
};

/** The model: what is ordered under each ceiling by a day. */
const sums = (orders: readonly PlainOrder[], day: number) => {
  const sumOf = (belongs: (order: PlainOrder) => boolean): bigint =>
    orders.filter((each) => each.day <= day && belongs(each)).reduce((sum, { cents }) => sum + cents, 0n);
  const isX = ({ supplier }: PlainOrder) => supplier === "x";
  return [
    ["k", CEILINGS.contract, sumOf(() => true)],
    ["k group g", CEILINGS.group, sumOf(({ lot }) => lot !== "2")],
    ["k/1", CEILINGS.shared, sumOf(({ lot }) => lot === "1")],
    ["k/2 x", CEILINGS.each, sumOf((each) => each.lot === "2" && isX(each))],
    ["k/2 y", CEILINGS.each, sumOf((each) => each.lot === "2" && !isX(each))],
    ["k/3", undefined, sumOf(({ lot }) => lot === "3")],
  ] as const;
};

const statusOf = (ceiling: bigint | undefined, sum: bigint): string => {
  if (ceiling === undefined) return "unknown";
  if (sum >= ceiling) return sum > ceiling ? "breach" : "exhausted";
  return sum * 5n >= ceiling * 4n ? "warning" : "open";
};

test("L1: what is left is the ceiling less the orders, for every subset, order and division into files", async () => {
  const asked = fc.record({ orders: fc.array(order, { maxLength: 12 }), day: fc.nat(320) });
  await fc.assert(
    fc.asyncProperty(asked, async ({ orders, day }) => {
      const rows = await figuresOn(orders, day);
      const shown = rows.map(({ ceilingOf, ordered, left, use }) => [ceilingOf, minor(ordered), minor(left), use]);
      const expected = sums(orders, day).map(([name, ceiling, sum]) => [
        name,
        sum,
        ceiling === undefined ? undefined : ceiling - sum,
        statusOf(ceiling, sum),
      ]);
      expect(shown).toEqual(expected);
    }),
    seeded(60),
  );
});

test("L1: the order of records and files changes nothing", async () => {
  const shuffled = fc
    .array(order, { maxLength: 10 })
    .chain((orders) =>
      fc.tuple(
        fc.constant(orders),
        fc.shuffledSubarray(orders, { minLength: orders.length }),
        fc.array(fc.constantFrom(...FILES), { minLength: orders.length, maxLength: orders.length }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([orders, others, files]) => {
      const moved = others.map((each, index) => ({ ...each, file: files[index] ?? each.file }));
      const figures = async (some: readonly PlainOrder[]) =>
        (await figuresOn(some, 320)).map(({ ordered, left, used, use, orders: count }) => ({
          ordered: minor(ordered),
          left: minor(left),
          used: used?.value,
          use,
          count,
        }));
      expect(await figures(moved)).toEqual(await figures(orders));
    }),
    seeded(30),
  );
});

test("D3: what is ordered by a day is ordered on every later one", async () => {
  const spent = order.map((each) => ({ ...each, cents: each.cents < 0n ? -each.cents : each.cents }));
  const asked = fc.record({ orders: fc.array(spent, { maxLength: 8 }), one: fc.nat(320), other: fc.nat(320) });
  await fc.assert(
    fc.asyncProperty(asked, async ({ orders, one, other }) => {
      const [early, late] = [
        await figuresOn(orders, Math.min(one, other)),
        await figuresOn(orders, Math.max(one, other)),
      ];
      early.forEach(({ ordered }, index) => {
        const later = late[index]?.ordered;
        expect(later !== undefined && (minor(later) ?? -1n) >= (minor(ordered) ?? 0n)).toBe(true);
      });
    }),
    seeded(30),
  );
});

test("the model's dates are those of the calendar", () => {
  const date = parsePartialDate(dateOf(60));
  expect(date && formatPartialDate(date)).toBe("2024-03-01");
});
