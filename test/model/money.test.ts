import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencyCodes, minorUnitDigits } from "../../src/model/currency.ts";
import {
  type Amount,
  compareFigures,
  compareMoney,
  divideMoney,
  exactLiteral,
  formatMoney,
  isKnown,
  isMoneyProblem,
  type Money,
  type MoneyProblem,
  MoneySum,
  moneyLiteral,
  multiplyMoney,
  parseFigure,
  parseMoney,
  rangeTo,
  roundDecimal,
  smallerOf,
  subtractMoney,
  sumByUnit,
  toMinorPrecision,
  usualUnit,
  zeroMoney,
} from "../../src/model/money.ts";
import { seeded } from "../seeded.ts";

const known = (parsed: Money | MoneyProblem): Money => {
  if (isMoneyProblem(parsed)) throw new Error(parsed.problem);
  return parsed;
};
const money = (text: string): Money => known(parseMoney(text));

const refused = (parsed: Money | MoneyProblem): MoneyProblem => {
  if (!isMoneyProblem(parsed)) throw new Error(`accepted as ${formatMoney(parsed)}`);
  return parsed;
};

const CURRENCIES = ["EUR", "HUF", "JPY", "KWD", "UYW"] as const;
const currencies = fc.constantFrom(...CURRENCIES);
const digitsOf = (currency: string): number => minorUnitDigits(currency) ?? Number.NaN;

/** Any amount of a currency that can be written: its last digits are zero down to its precision. */
const moneyIn = (currency: string) =>
  fc
    .record({
      units: fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }),
      precision: fc.integer({ min: -digitsOf(currency), max: 9 }),
    })
    .map(
      ({ units, precision }): Money => ({
        minor: units * 10n ** BigInt(precision + digitsOf(currency)),
        currency,
        precision,
      }),
    );
const anyMoney = currencies.chain(moneyIn);

describe("N2: the three ways of writing an amount", () => {
  test.each([
    ["EUR 10.2M", { minor: 1_020_000_000n, currency: "EUR", precision: 5 }],
    ["EUR 10,252,762.00", { minor: 1_025_276_200n, currency: "EUR", precision: -2 }],
    ["10252762.00 EUR", { minor: 1_025_276_200n, currency: "EUR", precision: -2 }],
    ["10.2M EUR", { minor: 1_020_000_000n, currency: "EUR", precision: 5 }],
    ["EUR 700,000", { minor: 70_000_000n, currency: "EUR", precision: 0 }],
    ["EUR 700k", { minor: 70_000_000n, currency: "EUR", precision: 3 }],
    ["EUR 1.25bn", { minor: 125_000_000_000n, currency: "EUR", precision: 7 }],
    ["EUR 0", { minor: 0n, currency: "EUR", precision: 0 }],
    ["EUR 0.05", { minor: 5n, currency: "EUR", precision: -2 }],
    ["EUR -3.5M", { minor: -350_000_000n, currency: "EUR", precision: 5 }],
    ["EUR 1.23456M", { minor: 123_456_000n, currency: "EUR", precision: 1 }],
    ["EUR 1.2345678M", { minor: 123_456_780n, currency: "EUR", precision: -1 }],
  ])("%s", (text, expected) => {
    expect(parseMoney(text)).toEqual(expected);
  });

  test("N1: digits beyond a double's are exact", () => {
    expect(money("EUR 9007199254740993.01").minor).toBe(900719925474099301n);
    expect(moneyLiteral(money("EUR 9007199254740993.01"))).toBe("9007199254740993.01");
  });
});

describe("N2: what is no amount is refused, with a hint", () => {
  test.each([
    ["an exponent", "EUR 1e6"],
    ["a capital exponent", "EUR 1E400"],
    ["octal", "EUR 012"],
    ["octal with a prefix", "EUR 0o17"],
    ["hexadecimal", "EUR 0x1F"],
    ["NaN", "EUR NaN"],
    ["Infinity", "EUR Infinity"],
    ["YAML's infinity", "EUR .inf"],
    ["a plus sign", "EUR +5"],
    ["two signs", "EUR --5"],
    ["a separator after four digits", "EUR 1000,000"],
    ["a separator before two digits", "EUR 10,25"],
    ["a separator at the start", "EUR ,100"],
    ["a separator at the end", "EUR 100,"],
    ["two separators in a row", "EUR 1,,000"],
    ["a separator in the decimals", "EUR 1.000,00"],
    ["points for thousands", "EUR 1.000.000"],
    ["an underscore", "EUR 1_000"],
    ["an apostrophe", "EUR 1'000"],
    ["no digits before the point", "EUR .5"],
    ["no digits after the point", "EUR 5."],
    ["a lower-case m", "EUR 5m"],
    ["a capital K", "EUR 5K"],
    ["two suffixes", "EUR 5kM"],
    ["an unknown suffix", "EUR 5T"],
    ["a space before the suffix", "EUR 5 M"],
    ["a leading zero", "EUR 0,100"],
    ["a leading zero before a suffix", "EUR 010M"],
    ["other digits", "EUR ١٢"],
    ["full-width digits", "EUR １２"],
    ["a sign of several currencies", "$ 5"],
    ["two currencies", "EUR 5 EUR"],
    ["no figure", "EUR"],
    ["nothing", ""],
    ["a word", "plenty"],
    ["space around it", " EUR 5"],
    ["two spaces", "EUR  5"],
    ["a no-break space", "EUR\u00a05"],
    ["a line break at the end", "EUR 5\n"],
  ])("%s", (_, text) => {
    const { problem, hint } = refused(parseMoney(text));
    expect(problem).not.toBe("");
    // What the text would be, or else how amounts are written.
    const meant = /^write (.+)$/.exec(hint)?.[1] ?? "";
    expect(isMoneyProblem(parseMoney(meant.split(", EUR")[0] ?? "")) ? hint : "").toMatch(/^$|^name the currency/);
  });

  test.each(["700000", "1,000.00", "10.2M", "-5", "1e6"])("%s without a currency", (text) => {
    expect(refused(parseMoney(text)).problem).toBe(
      text === "1e6" ? '"1e6" is not an amount' : `the amount "${text}" has no currency`,
    );
  });

  test("an unknown code", () => {
    expect(refused(parseMoney("XYZ 5"))).toEqual({
      problem: '"XYZ" is not an ISO 4217 currency code',
      rule: "N2-currency",
      hint: "use a three-letter code such as EUR, USD or GBP",
    });
  });

  test.each(["eur 5", "5 Eur"])("a code in small letters: %s", (text) => {
    expect(refused(parseMoney(text)).hint).toBe("currency codes are written in capitals: EUR");
  });

  test("more than 24 digits", () => {
    expect(isMoneyProblem(parseMoney(`EUR ${"9".repeat(24)}`))).toBe(false);
    expect(refused(parseMoney(`EUR ${"9".repeat(1000)}`)).problem).toBe(`"${"9".repeat(30)}…" has more than 24 digits`);
    expect(refused(parseMoney(`EUR ${"9".repeat(25)}`)).problem).toMatch(/has more than 24 digits$/);
    expect(refused(parseMoney(`EUR ${"9".repeat(23)}.99`)).problem).toMatch(/has more than 24 digits$/);
  });

  test("a long text is refused at once", () => {
    expect(refused(parseMoney(`EUR ${"1,".repeat(200_000)}`)).problem).not.toBe("");
  });
});

describe("N2: decimals are ISO 4217's, not the ICU's", () => {
  test.each([
    ["JPY", 0],
    ["CLP", 0],
    ["HUF", 2],
    ["EUR", 2],
    ["KWD", 3],
    ["UYW", 4],
    ["CLF", 4],
  ])("%s has %i", (currency, digits) => {
    const fraction = (count: number): string => (count === 0 ? "5" : `5.${"1".repeat(count)}`);
    expect(known(parseFigure(fraction(digits), currency)).precision === -digits).toBe(true);
    expect(refused(parseFigure(fraction(digits + 1), currency))).toEqual({
      problem: `"${fraction(digits + 1)}" has more decimals than ${currency} has (${digits})`,
      rule: "N2-decimals",
      hint:
        digits === 2
          ? `write ${currency} 5,111 if the point separates thousands`
          : "round the figure, or check the currency",
    });
  });

  test("zeros aside that it has no places for, unless the point may separate thousands", () => {
    expect(money("EUR 12500.0000")).toEqual(money("EUR 12500.00"));
    expect(money("JPY 1.00")).toEqual(money("JPY 1"));
    expect(money("EUR -0.000")).toEqual(money("EUR 0.00"));
    expect(money("EUR 1.234560k")).toEqual(money("EUR 1.23456k"));
    expect(refused(parseMoney("EUR 1.000")).hint).toBe("write EUR 1,000 if the point separates thousands");
    expect(refused(parseMoney("EUR 1.0010")).hint).toBe("round the figure, or check the currency");
  });

  test("a suffix makes room for decimals", () => {
    expect(money("JPY 1.234k").minor).toBe(1234n);
    expect(refused(parseMoney("JPY 1.2345k")).problem).toContain("more decimals");
  });

  test("a code that is no currency has no decimals", () => {
    expect(minorUnitDigits("XXX")).toBeUndefined();
    expect(minorUnitDigits("__proto__")).toBeUndefined();
    expect(refused(parseFigure("5", "constructor")).problem).toContain("is not an ISO 4217");
  });

  test("the codes are listed once each, in order", () => {
    const codes = currencyCodes();
    expect(codes).toContain("EUR");
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });
});

describe("N3: an amount is shown as precisely as it was written", () => {
  test.each([
    "EUR 10.2M",
    "EUR 10.0M",
    "EUR 10M",
    "EUR 10,252,762.00",
    "EUR 1,000",
    "EUR 12k",
    "EUR 1.2bn",
    "EUR 0.10",
    "EUR -0.10",
    "EUR -1,234.50",
    "JPY 1,234",
    "KWD 0.001",
    "UYW 0.0001",
    "EUR 0M",
  ])("%s stays itself", (text) => {
    expect(formatMoney(money(text))).toBe(text);
  });

  test("digits that the suffix leaves out are shown in full", () => {
    expect(formatMoney(money("EUR 1.2345678M"))).toBe("EUR 1,234,567.8");
    expect(formatMoney({ minor: 100_000_000n, currency: "EUR", precision: 2 })).toBe("EUR 1,000.0k");
  });

  test("T8: a bound is said", () => {
    expect(formatMoney({ ...money("EUR 3M"), bound: "atLeast" })).toBe("≥ EUR 3M");
    expect(formatMoney({ ...money("EUR 3M"), bound: "atMost" })).toBe("≤ EUR 3M");
  });

  test("an amount of a currency that left the list counts in hundredths", () => {
    expect(formatMoney({ minor: 150n, currency: "XXX", precision: -2 })).toBe("XXX 1.50");
  });

  test("property: reading what was written gives the same amount and precision", () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(parseMoney(formatMoney(amount))).toEqual(amount);
      }),
      seeded(500),
    );
  });

  test("property: the figure may stand before the currency", () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        const [currency, figure] = formatMoney(amount).split(" ");
        expect(parseMoney(`${figure} ${currency}`)).toEqual(amount);
      }),
      seeded(100),
    );
  });
});

describe("N1: the literal is exact and has no exponent", () => {
  test.each([
    ["EUR 10.2M", "10200000"],
    ["EUR 10,252,762.00", "10252762.00"],
    ["EUR -0.05", "-0.05"],
    ["EUR 100000000000000000000M", "100000000000000000000000000"],
    ["UYW 0.0001", "0.0001"],
    ["JPY 7", "7"],
  ])("%s is %s", (text, literal) => {
    expect(moneyLiteral(money(text))).toBe(literal);
  });

  test("property: it is the same number, in minor units, digit for digit", () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        const literal = moneyLiteral(amount);
        expect(literal).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
        const [whole = "", fraction = ""] = literal.split(".");
        expect(fraction).toHaveLength(Math.max(0, -amount.precision));
        expect(BigInt(whole + fraction.padEnd(digitsOf(amount.currency), "0"))).toBe(amount.minor);
      }),
      seeded(500),
    );
  });
});

describe("sums", () => {
  test("T8: only a figure is known; zero is a figure", () => {
    const amounts: readonly Amount[] = [zeroMoney("EUR"), "missing", "withheld"];
    expect(amounts.map(isKnown)).toEqual([true, false, false]);
  });

  test("N3: a sum is known as precisely as its coarsest part, where its digits allow it", () => {
    const sum = (...texts: string[]): string => sumByUnit(texts.map(money)).map(formatMoney).join(" + ");
    expect(sum("EUR 10.2M", "EUR 13.9M", "EUR 10.3M")).toBe("EUR 34.4M");
    expect(sum("EUR 10.2M", "EUR 1.00")).toBe("EUR 10,200,001.00");
    expect(sum("EUR 10M", "EUR 500k", "EUR 500k")).toBe("EUR 11M");
    expect(sum("EUR 10.2M", "EUR 13M")).toBe("EUR 23.2M");
  });

  test("T7: unlike currencies are never added", () => {
    expect(sumByUnit(["EUR 1", "USD 2", "EUR 3"].map(money)).map(formatMoney)).toEqual(["EUR 4", "USD 2"]);
    expect(() => new MoneySum("EUR").add(money("USD 1"))).toThrow("cannot add USD to EUR");
  });

  test("nothing adds up to zero, and no amounts to no currency", () => {
    expect(new MoneySum("EUR").value()).toEqual(zeroMoney("EUR"));
    expect(sumByUnit([])).toEqual([]);
  });

  test("property: the value is the sum of the parts as fractions; its precision hides no digit", () => {
    const parts = currencies.chain((currency) => fc.array(moneyIn(currency), { minLength: 1, maxLength: 8 }));
    fc.assert(
      fc.property(parts, (amounts) => {
        const currency = amounts[0]?.currency ?? "";
        const sum = new MoneySum(currency);
        for (const amount of amounts) sum.add(amount);
        const value = sum.value();
        // A rational with one common denominator, taken from the written texts and not from the minor units.
        const fractions = amounts.map((amount) => moneyLiteral(amount).split("."));
        const numerator = fractions.reduce(
          (total, [whole = "", fraction = ""]) => total + BigInt(whole + fraction.padEnd(6, "0")),
          0n,
        );
        expect(value.minor * 10n ** BigInt(6 - digitsOf(currency))).toBe(numerator);
        const precisions = amounts.map(({ precision }) => precision);
        expect([Math.max(...precisions), Math.min(...precisions)]).toContain(value.precision);
        expect(parseMoney(formatMoney(value))).toEqual(value);
      }),
      seeded(300),
    );
  });

  test("multiplied, compared, made exact", () => {
    expect(formatMoney(multiplyMoney(money("EUR 700,000"), 3))).toBe("EUR 2,100,000");
    expect(formatMoney(multiplyMoney(money("EUR 700,000"), 0))).toBe("EUR 0");
    expect(smallerOf(money("EUR 2"), money("EUR 1"))).toEqual(money("EUR 1"));
    expect(smallerOf(money("EUR 1"), money("EUR 2"))).toEqual(money("EUR 1"));
    expect(smallerOf(money("EUR 1"), money("EUR 1.00"))).toEqual(money("EUR 1"));
    expect(formatMoney(toMinorPrecision(money("EUR 10.2M")))).toBe("EUR 10,200,000.00");
    expect(formatMoney(toMinorPrecision(money("JPY 2k")))).toBe("JPY 2,000");
  });
});

describe("T6: division", () => {
  const texts = (parts: readonly Money[]): string[] => parts.map(formatMoney);

  test("the odd cents go to the largest remainders, and among equals to the first", () => {
    expect(texts(divideMoney(money("EUR 1.00"), [1n, 1n, 1n]))).toEqual(["EUR 0.34", "EUR 0.33", "EUR 0.33"]);
    expect(texts(divideMoney(money("EUR 0.05"), [1n, 2n]))).toEqual(["EUR 0.02", "EUR 0.03"]);
    expect(texts(divideMoney(money("JPY 10"), [1n, 1n, 1n]))).toEqual(["JPY 4", "JPY 3", "JPY 3"]);
    expect(texts(divideMoney(money("EUR 1.00"), [0n, 1n]))).toEqual(["EUR 0.00", "EUR 1.00"]);
  });

  test("weights that are all zero count as all equal; without weights there are no parts", () => {
    expect(texts(divideMoney(money("EUR 1.00"), [0n, 0n]))).toEqual(["EUR 0.50", "EUR 0.50"]);
    expect(divideMoney(money("EUR 1.00"), [])).toEqual([]);
  });

  test("a negative amount is divided as its opposite is", () => {
    expect(texts(divideMoney(money("EUR -1.00"), [1n, 1n, 1n]))).toEqual(["EUR -0.34", "EUR -0.33", "EUR -0.33"]);
  });

  test("property: parts add up exactly, and equal weights differ by at most one minor unit", () => {
    fc.assert(
      fc.property(anyMoney, fc.integer({ min: 1, max: 12 }), (amount, count) => {
        const parts = divideMoney(amount, Array<bigint>(count).fill(1n)).map(({ minor }) => minor);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount.minor);
        const sizes = parts.map((part) => (part < 0n ? -part : part));
        const [first = 0n, last = 0n] = [sizes[0], sizes.at(-1)];
        expect(first - last <= 1n).toBe(true);
        expect([...sizes].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))).toEqual(sizes);
      }),
      seeded(300),
    );
  });

  test("property: each part is its exact quota, rounded down or up to the minor unit", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyMoney, weights, (amount, given) => {
        const total = given.reduce((sum, weight) => sum + weight, 0n);
        fc.pre(total > 0n);
        const parts = divideMoney(amount, given);
        expect(parts.reduce((sum, { minor }) => sum + minor, 0n)).toBe(amount.minor);
        parts.forEach(({ minor }, index) => {
          const quota = amount.minor * (given[index] ?? 0n);
          expect(minor * total > quota - total && minor * total < quota + total).toBe(true);
        });
      }),
      seeded(300),
    );
  });
});

describe("N3: two claims of one figure", () => {
  const verdict = (a: string, b: string) => compareMoney(money(a), money(b));

  test.each([
    ["EUR 10.2M", "EUR 10,200,000.00", "agrees"],
    ["EUR 10.3M", "EUR 10,252,762.00", "rounded"],
    ["EUR 13.9M", "EUR 13,946,625.00", "rounded"],
    ["EUR 10.2M", "EUR 10,252,762.00", "cut"],
    ["EUR 10.4M", "EUR 10,360,350.00", "rounded"],
    ["EUR 10.3M", "EUR 10,360,350.00", "cut"],
    ["EUR 10.3M", "EUR 10,250,000.00", "rounded"],
    ["EUR 10.2M", "EUR 10,250,000.00", "cut"],
    ["EUR 10.2M", "EUR 10,249,999.99", "rounded"],
    ["EUR 10.4M", "EUR 10,252,762.00", "contradicts"],
    ["EUR 10.1M", "EUR 10,252,762.00", "contradicts"],
    ["EUR 10.2M", "EUR 10.3M", "contradicts"],
    ["EUR 34.4M", "EUR 34,559,737.00", "contradicts"],
    ["EUR 34.5M", "EUR 34,559,737.00", "cut"],
    ["EUR 5", "USD 5", "contradicts"],
    ["EUR -3M", "EUR -2,600,000", "rounded"],
    ["EUR -3M", "EUR -2,400,000", "cut"],
    ["EUR -2M", "EUR -2,400,000", "rounded"],
    ["EUR -2M", "EUR -2,600,000", "contradicts"],
  ])("%s beside %s: %s", (coarse, fine, expected) => {
    expect(verdict(coarse, fine)).toBe(expected);
    expect(verdict(fine, coarse)).toBe(expected);
  });

  test("figures known to parts of a unit are compared by the unit", () => {
    expect(compareFigures({ units: 1n, precision: -2 }, { units: 2n, precision: -1 })).toBe("contradicts");
  });

  test("property: the verdict does not depend on the order, and every rounding is found", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 9 }), (minor, places) => {
        const step = 10n ** BigInt(places);
        const fine: Money = { minor, currency: "EUR", precision: -2 };
        const at = (units: bigint): Money => ({ minor: units * step, currency: "EUR", precision: places - 2 });
        const down = minor / step;
        const isExact = minor % step === 0n;
        const half = (minor % step) * 2n >= step;
        expect(compareMoney(fine, at(down))).toBe(isExact ? "agrees" : half ? "cut" : "rounded");
        expect(compareMoney(at(down + 1n), fine)).toBe(!isExact && half ? "rounded" : "contradicts");
        expect(compareMoney(fine, at(down + 2n))).toBe("contradicts");
      }),
      seeded(300),
    );
  });
});

describe("decimals beyond the minor unit (N1)", () => {
  test.each([
    ["0.005", 2, 1n],
    ["0.00499", 2, 0n],
    ["-0.005", 2, -1n],
    ["-0.004", 2, 0n],
    ["574.275", 2, 57428n],
    ["12", 2, 1200n],
    ["12.5", 0, 13n],
    ["1.2", 3, 1200n],
  ])("%s rounded to %i decimals", (decimal, decimals, expected) => {
    expect(roundDecimal(decimal, decimals)).toBe(expected);
  });

  test("are shown to machines while the amount is what they round to", () => {
    const written = { ...money("DKK 574.28"), written: "574.275" };
    expect(exactLiteral(written)).toBe("574.275");
    expect(exactLiteral(multiplyMoney(written, 2))).toBe("1148.56");
    expect(exactLiteral(money("DKK 574.28"))).toBe("574.28");
    expect(formatMoney(written)).toBe("DKK 574.28");
  });
});

describe("what is left of an amount is known as well as both are", () => {
  const exactly = (text: string): Money => money(text);
  const atLeast = (text: string): Money => ({ ...money(text), bound: "atLeast" });
  const atMost = (text: string): Money => ({ ...money(text), bound: "atMost" });
  const between = (least: string, most: string): Money => ({
    ...money(most),
    bound: "between",
    least: money(least).minor,
  });

  test.each<[Money, Money, Money | undefined]>([
    [exactly("EUR 5"), exactly("EUR 3"), exactly("EUR 2")],
    [exactly("EUR 5"), exactly("EUR 5"), exactly("EUR 0")],
    [exactly("EUR 5"), atLeast("EUR 3"), atMost("EUR 2")],
    [exactly("EUR 5"), atMost("EUR 3"), atLeast("EUR 2")],
    [exactly("EUR 5"), between("EUR 1", "EUR 3"), between("EUR 2", "EUR 4")],
    [atLeast("EUR 5"), exactly("EUR 3"), atLeast("EUR 2")],
    [atLeast("EUR 5"), between("EUR 1", "EUR 3"), atLeast("EUR 2")],
    [atMost("EUR 5"), between("EUR 1", "EUR 3"), atMost("EUR 4")],
    [between("EUR 2", "EUR 5"), exactly("EUR 1"), between("EUR 1", "EUR 4")],
    [atLeast("EUR 5"), atMost("EUR 3"), atLeast("EUR 2")],
    [atLeast("EUR 5"), atLeast("EUR 3"), undefined],
    [atMost("EUR 5"), atMost("EUR 3"), undefined],
    [exactly("EUR 5"), exactly("USD 3"), undefined],
  ])("%o less %o", (a, b, left) => {
    // How exactly it was written is no part of it.
    const figureOf = (known: Money | undefined) => known && { ...known, precision: 0 };
    expect(figureOf(subtractMoney(a, b))).toEqual(figureOf(left));
  });
});

test("the usual unit is the one of most, money before quantities, and the first of as many, however they are listed", () => {
  const units = fc.array(fc.constantFrom("EUR", "USD", "EUR incl. VAT", "boats", "machines"), { maxLength: 9 });
  fc.assert(
    fc.property(units, (some) => {
      const money = some.filter((unit) => /^[A-Z]/.test(unit));
      const counted = (money.length > 0 ? money : some).toSorted();
      const countOf = (unit: string) => counted.filter((one) => one === unit).length;
      const most = Math.max(...counted.map(countOf));
      expect(usualUnit(some)).toBe(counted.find((unit) => countOf(unit) === most));
    }),
    seeded(300),
  );
});

test("a range that begins with a bounded figure is a range", () => {
  const figure = money("EUR 5.00");
  for (const one of [figure, { ...figure, bound: "atLeast" }, { ...figure, bound: "between", least: 400n }] as const)
    expect(rangeTo(one, 300n)).toEqual({ ...figure, bound: "between", least: 300n });
});
