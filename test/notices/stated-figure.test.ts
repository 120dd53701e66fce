import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactLiteral, moneyLiteral } from "../../src/model/money.ts";
import { readFigure } from "../../src/notices/stated-figure.ts";
import { seeded } from "../seeded.ts";

const literal = (figure: string, currency = "EUR"): string => {
  const read = readFigure(figure, currency);
  if ("problem" in read) return read.problem;
  return moneyLiteral(read.money) + (read.assumption === undefined ? "" : ` (${read.assumption})`);
};

describe("N1: figures of notices are read exactly", () => {
  test.each([
    ["120000.50", "EUR", "120000.50"],
    ["0", "EUR", "0"],
    ["-0", "JPY", "0"],
    ["-12.5", "EUR", "-12.50"],
    ["1.2e6", "GBP", "1200000"],
    ["12E-1", "GBP", "1.20"],
    ["0.0001e4", "EUR", "1"],
    ["9007199254740993.07", "EUR", "9007199254740993.07"],
    ["007.10", "EUR", "7.10"],
  ])("%s %s", (figure, currency, expected) => expect(literal(figure, currency)).toBe(expected));

  test("as what was written says, in any currency", () => {
    const parts = fc.tuple(fc.bigInt(0n, 10n ** 20n), fc.constantFrom("EUR", "CLP", "KWD"));
    fc.assert(
      fc.property(parts, ([minor, currency]) => {
        const read = readFigure(String(minor), currency);
        expect("money" in read && moneyLiteral(read.money)).toBe(String(minor));
      }),
      seeded(200),
    );
  });
});

describe("N2: decimals that a currency does not have", () => {
  test.each([
    ["7526475.0", "CLP", "7526475"],
    ["95414.000", "EUR", "95414.00"],
    ["553056.1799999999", "EUR", "553056.18 (553056.1799999999 is rounded to 2 decimals, as EUR has)"],
    ["574.275", "DKK", "574.28 (574.275 is rounded to 2 decimals, as DKK has)"],
    ["99.995", "EUR", "100.00 (99.995 is rounded to 2 decimals, as EUR has)"],
    ["-0.005", "EUR", "-0.01 (-0.005 is rounded to 2 decimals, as EUR has)"],
    ["12.4", "CLP", "12 (12.4 is rounded to 0 decimals, as CLP has)"],
  ])("%s %s", (figure, currency, expected) => expect(literal(figure, currency)).toBe(expected));
});

describe("what is no amount is refused", () => {
  test.each([
    ["number", '"number" is not a figure'],
    ["", '"" is not a figure'],
    ["1,000", '"1,000" is not a figure'],
    ["NaN", '"NaN" is not a figure'],
    ["1e30", '"1e30" has more than 24 digits'],
    ["1e999", '"1e999" has more than 24 digits'],
    ["1234567890123456789012345", '"1234567890123456789012345" has more than 24 digits'],
  ])("%s", (figure, expected) => expect(literal(figure)).toBe(expected));

  test("a currency that is none", () => {
    expect(literal("1", "Pesos")).toBe('"Pesos" is not an ISO 4217 currency code');
  });
});

test.each([
  ["574.275", "DKK", "574.275"],
  ["-0.0051", "EUR", "-0.0051"],
  ["12.40", "CLP", "12.4"],
  ["1.2345678", "EUR", "1.23"],
  ["553056.1799999999", "EUR", "553056.18"],
])("N1: machines are given the decimals of %s %s that somebody may have meant", (figure, currency, expected) => {
  const read = readFigure(figure, currency);
  expect("money" in read && exactLiteral(read.money)).toBe(expected);
});
