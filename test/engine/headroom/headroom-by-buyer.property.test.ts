import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { headroomByBuyer } from "../../../src/engine/headroom/headroom-by-buyer.ts";
import { type Amount, isKnown } from "../../../src/model/money.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { times } from "../../long.ts";
import { openText, rowsOf } from "../../open-text.ts";
import { seeded } from "../../seeded.ts";

/** Two lots, of which each supplier has a ceiling on the second. */
const LOTS = ["1", "2"] as const;
const SUPPLIERS = ["a", "b"] as const;
/** In the order in which they are listed: what nobody is said to have ordered stands last. */
const BUYERS = ["Museum", "Zoo", undefined] as const;

interface Order {
  readonly lot: (typeof LOTS)[number] | undefined;
  readonly supplier: (typeof SUPPLIERS)[number] | undefined;
  readonly buyer: (typeof BUYERS)[number];
  /** `2025` may be from after the day. */
  readonly date: "2025" | "2025-03-01";
  readonly cents: number;
}

const orders: fc.Arbitrary<readonly Order[]> = fc.array(
  fc.record({
    lot: fc.option(fc.constantFrom(...LOTS), { nil: undefined }),
    supplier: fc.option(fc.constantFrom(...SUPPLIERS), { nil: undefined }),
    buyer: fc.constantFrom(...BUYERS),
    date: fc.constantFrom("2025", "2025-03-01"),
    cents: fc.integer({ min: -9_999, max: 9_999 }),
  }),
  { minLength: 1, maxLength: 8 },
);

const registerOf = (placed: readonly Order[]): string =>
  JSON.stringify({
    suppliers: SUPPLIERS.map((supplier) => ({ supplier, name: supplier.toUpperCase() })),
    contracts: [
      {
        contract: "k",
        ceiling: "EUR 1000",
        lots: [
          { lot: "1", ceiling: "EUR 600", suppliers: SUPPLIERS },
          { lot: "2", ceilingPerSupplier: "EUR 300", suppliers: SUPPLIERS },
        ],
        orders: placed.map(({ cents, ...order }, index) => ({
          order: String(index),
          ...order,
          amount: `EUR ${(cents / 100).toFixed(2)}`,
        })),
      },
    ],
  });

/** The ceilings that an order uses up on a lot with a supplier. */
const ceilingsOn = (lot: string, supplier: string): readonly string[] => ["k", lot === "1" ? "k/1" : `k/2 ${supplier}`];

/** By ceiling and buyer the least and the most that is ordered, over all ways to understand each order. */
const modelOf = (placed: readonly Order[]): ReadonlyMap<string, readonly [number, number]> => {
  const sums = new Map<string, readonly [number, number]>();
  for (const { lot, supplier, buyer, date, cents } of placed) {
    const ways = (lot === undefined ? LOTS : [lot]).flatMap((on) =>
      (supplier === undefined ? SUPPLIERS : [supplier]).map((by) => ceilingsOn(on, by)),
    );
    for (const ceiling of new Set(ways.flat())) {
      const isCertain = date !== "2025" && ways.every((way) => way.includes(ceiling));
      const [low, high] = sums.get(`${ceiling} by ${buyer}`) ?? [0, 0];
      sums.set(`${ceiling} by ${buyer}`, [
        low + (isCertain ? cents : Math.min(cents, 0)),
        high + (isCertain ? cents : Math.max(cents, 0)),
      ]);
    }
  }
  return sums;
};

const endsOf = (amount: Amount): readonly number[] => {
  if (!isKnown(amount)) return [];
  const { minor, least = minor } = amount;
  return [Number(least), Number(minor)];
};

test("L1c: each buyer ordered between the least and the most that its orders may come to, credits and all", async () => {
  await fc.assert(
    fc.asyncProperty(orders, async (placed) => {
      const report = headroomByBuyer(await openText(registerOf(placed)), { at: "2025-06-30" });
      const rows = await rowsOf(report);
      const found = rows.map(({ ceilingOf, buyer, ordered }) => [`${ceilingOf} by ${buyer}`, endsOf(ordered)] as const);
      expect(new Map(found)).toEqual(modelOf(placed));
      expect(found.length).toBe(new Set(found.map(([name]) => name)).size);
      for (const place of new Set(rows.map(({ ceilingOf }) => ceilingOf))) {
        const listed = rows.filter(({ ceilingOf }) => ceilingOf === place).map(({ buyer }) => buyer);
        expect(listed).toEqual(BUYERS.filter((buyer) => listed.includes(buyer)));
      }
    }),
    seeded(times(5000, 200)),
  );
});

test("L1c: rows that nobody could read may be any buyer's", async () => {
  const placed: readonly Order[] = [{ lot: "1", supplier: "a", buyer: "Zoo", date: "2025-03-01", cents: 100 }];
  const folder = mkdtempSync(join(tmpdir(), "by-buyer-"));
  const register = join(folder, "register.json");
  const text = registerOf(placed).replace('"orders"', '"ledger":{"file":"rows.csv"},"orders"');
  writeFileSync(register, text);
  writeFileSync(join(folder, "rows.csv"), "order,amount,buyer\nX,many,Zoo\n");
  const opened = await openRegister(register, { skipBad: true });
  const rows = await rowsOf(headroomByBuyer(opened, { at: "2025-06-30" }));
  rmSync(folder, { recursive: true });
  for (const { ordered } of rows) expect(ordered).toMatchObject({ minor: 100n, bound: "atLeast" });
  expect(rows.length).toBeGreaterThan(0);
});
