import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactLiteral, moneyLiteral } from "../../src/model/money.ts";
import { formatPartialDate } from "../../src/model/partial-date.ts";
import {
  countryCode,
  legalId,
  publicationNumber,
  readFigure,
  readNoticeDate,
} from "../../src/notices/stated-values.ts";
import { seeded } from "../seeded.ts";

test.each([
  ["2024-01-31", "2024-01-31"],
  ["2024-01-31+01:00", "2024-01-31+01:00"],
  ["2024-01-31T23:59:59.000Z", "2024-01-31Z"],
  ["2024-01-31T00:30:00+02:00", "2024-01-31+02:00"],
  ["2016-01-12T00:00:00.-06:00", "2016-01-12-06:00"],
  ["2024-01-31 10:00:00", "2024-01-31"],
  [" 2024-01-31 ", "2024-01-31"],
  ["2024-01", "2024-01"],
  ["2024", "2024"],
])("N4: %s is the day %s", (text, expected) => {
  const date = readNoticeDate(text);
  expect(date && formatPartialDate(date)).toBe(expected);
});

test.each(["2024-02-30T00:00:00Z", "31.01.2024", "string", "", "2024-01-31T00:00:00+99:00"])(
  "N4: %s is no day",
  (text) => expect(readNoticeDate(text)).toBeUndefined(),
);

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
    ["+12.5", "EUR", "12.50"],
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
    ["+-1", '"+-1" is not a figure'],
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

test.each([
  ["DEU", "DE"],
  ["DE", "DE"],
  ["AUT", "AT"],
  ["1A0", "XK"],
  ["UK", "GB"],
  ["EL", "GR"],
  ["GRC", "GR"],
  ["ZWE", "ZW"],
])("%s is %s", (code, expected) => expect(countryCode(code)).toBe(expected));

test.each(["", "D", "XXX", "Germany", "constructor"])("%s is no country", (code) =>
  expect(countryCode(code)).toBeUndefined(),
);

test.each(["552 100 554", "BE 0403.170.701", "RO12473347", "MNCRRT54B15F132U", "FN 123456 a"])(
  "T2: %s can be a company's number",
  (text) => expect(legalId(text)).toBe(text),
);

test.each([
  "",
  "0",
  "n/a",
  "000000000",
  "999999",
  "123456789",
  "0123456789",
  "HRB 12345",
  "VR 40123",
  "TBD",
  "BE001",
  "Acme GmbH",
])("T2: %s proves nothing", (text) => expect(legalId(text)).toBeUndefined());

test.each([
  ["627166-2024", "00627166-2024"],
  ["00627166-2024", "00627166-2024"],
  ["2022/S 084-228541", "00228541-2022"],
])("%s is %s", (written, expected) => expect(publicationNumber(written)).toBe(expected));

test.each(["", "n.a.", "2022-945636", "123456789-2024", "9c0fd704-64d3-4294-a3b6-6df45911ab9f-01"])(
  "%s is none",
  (written) => expect(publicationNumber(written)).toBeUndefined(),
);
