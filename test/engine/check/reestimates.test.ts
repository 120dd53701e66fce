import { expect, test } from "vitest";
import { found } from "../../checking.ts";

const LOTS = "[{ lot: 1, reestimate: EUR 400.00 }, { lot: 2, reestimate: EUR 300.00 }, { lot: 3 }]";

test.each([
  ["EUR 702.00", LOTS],
  ["EUR 698.00", LOTS],
  ["EUR 702.01", "[{ lot: 1, reestimate: withheld }]"],
  ["withheld", LOTS],
  ["USD 900", LOTS],
  ["EUR 900", "[{ lot: 1 }]"],
  ["EUR 900", "[{ lot: 1, reestimate: EUR 1 }, { lot: 2, reestimate: USD 1 }]"],
  ["EUR 900", "[{ lot: 1, reestimate: EUR 1 }, { lot: 2, reestimate: withheld }]"],
  ["{ p: EUR 900 }", "[{ lot: 1, reestimate: { q: EUR 1 } }]"],
])("E5: a re-estimate of %s passes, with lots %s", async (whole, lots) => {
  expect(await found("E5", `reestimate: ${whole}, lots: ${lots}`)).toEqual([]);
});

test.each(["EUR 702.01", "EUR 697.99"])("E5: %s is more than 1.00 a lot away", async (whole) => {
  expect(await found("E5", `reestimate: ${whole}, lots: ${LOTS}`)).toEqual([
    `warning E5-reestimate: k: ${whole} re-estimated for all; its 2 lots add up to EUR 700.00`,
  ]);
});

test("E5: one lot, in a currency without decimals", async () => {
  expect(await found("E5", "reestimate: JPY 12, lots: [{ lot: 1, reestimate: JPY 10 }]")).toEqual([
    "warning E5-reestimate: k: JPY 12 re-estimated for all; its lot has JPY 10",
  ]);
  expect(await found("E5", "reestimate: JPY 11, lots: [{ lot: 1, reestimate: JPY 10 }]")).toEqual([]);
});
