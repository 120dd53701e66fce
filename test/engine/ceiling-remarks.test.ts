import { expect, test } from "vitest";
import { total } from "../../src/engine/total.ts";
import { closingOf, openText } from "../open-text.ts";

test.each([
  [1, "1 contract without lots or a known ceiling (c1)."],
  [3, "3 contracts without lots or a known ceiling (c1, c2, c3)."],
  [4, "4 contracts without lots or a known ceiling (c1, c2, c3 \u2026)."],
  [9, "9 contracts without lots or a known ceiling (c1, c2, c3 \u2026)."],
])("of %i contracts that a remark is about, the first three are named", async (count, note) => {
  const contracts = Array.from({ length: count }, (_, index) => `{ contract: c${index + 1}, lots: [] }`);
  const register = await openText(`contracts: [${contracts.join(", ")}]`);
  expect(await closingOf(total(register))).toContain(note);
});

test("a lot and a contract count once in a remark, whether money limits them, a quantity or both", async () => {
  const register = await openText(`contracts:
  - contract: c
    awardDate: 2030
    orders: []
    lots:
      - { lot: 1, status: cancelled, ceiling: EUR 1M, quantity: 100 hours }
      - { lot: 2, status: cancelled, ceiling: EUR 1M }
      - { lot: 3, status: cancelled, quantity: 9 days }`);
  expect(await closingOf(total(register, { at: { year: 2025 } }))).toEqual(
    expect.arrayContaining([
      "3 lots cancelled or closed without a winner count up to what was ordered (c).",
      "1 contract awarded only after the day is counted (c).",
    ]),
  );
});
