import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareQuantities,
  formatQuantity,
  parseCounted,
  parseQuantity,
  type Quantity,
} from "../../src/model/quantity.ts";
import { seeded } from "../seeded.ts";

const quantity = (text: string): Quantity => {
  const parsed = parseQuantity(text);
  if (parsed === undefined) throw new Error(`${text} is no quantity`);
  return parsed;
};

describe("counts with their unit", () => {
  test.each([
    ["2500 virtual machines", { count: 2500, unit: "virtual machines", approximate: false }],
    ["2,500 TB", { count: 2500, unit: "TB", approximate: false }],
    ["75 %", { count: 75, unit: "%", approximate: false }],
    ["56", { count: 56, unit: "", approximate: false }],
    ["about 50", { count: 50, unit: "", approximate: true }],
    ["about 1,200 sites", { count: 1200, unit: "sites", approximate: true }],
    ["0", { count: 0, unit: "", approximate: false }],
    ["999999999999999", { count: 999_999_999_999_999, unit: "", approximate: false }],
  ])("%s", (text, expected) => {
    expect(parseQuantity(text)).toEqual(expected);
  });

  test.each([
    "",
    "many",
    "1e3",
    "0x1F",
    "-1",
    "1.5",
    "007",
    "1,00",
    "1000,000",
    "75  %",
    "50 ",
    "about",
    "About 50",
    "1234567890123456",
  ])("%s is refused", (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  test("are shown with separators", () => {
    expect(formatQuantity(quantity("2500 virtual machines"))).toBe("2,500 virtual machines");
    expect(formatQuantity(quantity("about 1234567"))).toBe("about 1,234,567");
    expect(formatQuantity(quantity("56"))).toBe("56");
  });

  test("property: reading what was written gives the same count", () => {
    const quantities = fc.record({
      count: fc.integer({ min: 0, max: 999_999_999_999_999 }),
      unit: fc.constantFrom("", "%", "virtual machines", "TB of storage", "2 things"),
      approximate: fc.boolean(),
    });
    fc.assert(
      fc.property(quantities, (any) => {
        expect(parseQuantity(formatQuantity(any))).toEqual(any);
      }),
      seeded(200),
    );
  });
});

describe("N3: two counts of one thing", () => {
  test.each([
    ["56", "56", "agrees"],
    ["56", "57", "contradicts"],
    ["about 50", "50", "agrees"],
    ["about 50", "56", "cut"],
    ["about 60", "56", "rounded"],
    ["about 70", "56", "contradicts"],
    ["about 100", "56", "rounded"],
    ["about 50", "about 60", "contradicts"],
    ["about 0", "3", "rounded"],
    ["4 European", "4 American", "contradicts"],
    ["about 2,000 TB", "2,480 TB", "rounded"],
    ["about 10,500", "10,480", "rounded"],
  ])("%s beside %s: %s", (a, b, expected) => {
    expect(compareQuantities(quantity(a), quantity(b))).toBe(expected);
    expect(compareQuantities(quantity(b), quantity(a))).toBe(expected);
  });
});

describe("counts beside amounts", () => {
  test.each([
    ["1.500 machines", '"1.500" may have decimals or thousands', "write 1,500 for thousands, 1.5000 for decimals"],
    ["5 EUR", "EUR is a currency, and no unit of a quantity", "an amount is a ceiling: EUR 5"],
    ["5 eur", "eur is a currency, and no unit of a quantity", "an amount is a ceiling: EUR 5"],
    [`5 ${"x".repeat(61)}`, `the unit "${"x".repeat(20)}…" is too long`, undefined],
    ["5 %", '"%" is no unit of a quantity', undefined],
    ["5 a;b", '"a;b" is no unit of a quantity', undefined],
  ])("%s is refused", (text, problem, hint) => {
    expect(parseCounted(text)).toMatchObject({ problem });
    expect(parseCounted(text)).toHaveProperty("hint", hint ?? expect.anything());
  });

  test("a unit is the same whatever its case and its spaces, and is called as it was written", () => {
    expect(parseCounted("2 GPU  Hours")).toMatchObject({ currency: "gpu hours", called: "GPU Hours" });
    expect(parseCounted("2 machines")).not.toHaveProperty("called");
    expect(parseCounted(`2 ${"x".repeat(60)}`)).toMatchObject({ currency: "x".repeat(60) });
  });
});
