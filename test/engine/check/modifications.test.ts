import { describe, expect, test } from "vitest";
import { check } from "../../../src/engine/check/check.ts";
import { openText } from "../../open-text.ts";

const found = async (fields: string, lot: string, ...modifications: readonly string[]): Promise<string[]> => {
  const list = modifications.map(
    (each, index) => `      - { modification: M${index + 1}, date: 202${index}, ${each} }`,
  );
  const yaml = `contracts:
  - contract: k
    ${fields}
    lots: [{ lot: 1, ${lot} }]
    modifications:
${list.join("\n")}
`;
  const { findings } = await check(await openText(yaml));
  return findings
    .filter(({ rule }) => rule.startsWith("L2"))
    .map(({ rule, message, hint, position }) => `${position?.line} ${rule} ${message} | ${hint}`);
};

const brief = async (...asked: Parameters<typeof found>): Promise<string[]> =>
  (await found(...asked)).map((line) => line.split(" | ")[0] ?? "");

const adding = (amount: string, ground: string): string => `lot: 1, amount: ${amount}, ground: ${ground}`;
const BLOCK = "lot: 1, ceiling: EUR 1000";

describe("L2: thresholds by regime, as facts with their article", () => {
  test("Directive 2014/24/EU art. 72: 50 % each time, small changes below 10 % in all", async () => {
    expect(
      await found(
        "regime: classic",
        "ceiling: EUR 1000, cpv: [72000000]",
        adding("EUR 500", "additional works"),
        adding("EUR 500.01", "additional works"),
        adding("EUR 600", "unforeseen circumstances"),
        adding("EUR 60", "de minimis"),
        adding("EUR 40", "de minimis"),
        adding("EUR -1", "de minimis"),
        adding("EUR 5000", "review clause"),
      ),
    ).toEqual([
      "7 L2-threshold k/1: M2 (additional works) adds EUR 500.01, 50.0 % of the initial EUR 1,000; the threshold is up to 50 % | Directive 2014/24/EU art. 72(1)(b). This is a number only: the article has other conditions",
      "8 L2-threshold k/1: M3 (unforeseen circumstances) adds EUR 600.00, 60.0 % of the initial EUR 1,000; the threshold is up to 50 % | Directive 2014/24/EU art. 72(1)(c). This is a number only: the article has other conditions",
      "10 L2-threshold k/1: with M5 (de minimis) modifications add up to EUR 100.00, 10.0 % of the initial EUR 1,000; the threshold is to stay below 10 % | Directive 2014/24/EU art. 72(2). This is a number only: the article has other conditions",
    ]);
  });

  test("below 15 % for works, by the CPV code of the lot or the contract", async () => {
    const twelve = adding("EUR 120", "de minimis");
    expect(await brief("regime: classic", "ceiling: EUR 1000, cpv: [45000000, 72000000]", twelve)).toEqual([]);
    expect(await brief("regime: classic\n    cpv: [45233120-6]", "ceiling: EUR 1000", twelve)).toEqual([]);
    expect(
      (await brief("regime: classic\n    cpv: [45000000]", "ceiling: EUR 1000, cpv: [72000000]", twelve)).length,
    ).toBe(1);
    expect(
      await brief("regime: classic", "ceiling: EUR 1000, cpv: [45000000]", adding("EUR 150", "de minimis")),
    ).toEqual([
      "6 L2-threshold k/1: with M1 (de minimis) modifications add up to EUR 150.00, 15.0 % of the initial EUR 1,000; the threshold is to stay below 15 %",
    ]);
    expect(await found("regime: classic", "ceiling: EUR 1000", twelve)).toEqual([
      "6 L2-threshold k/1: with M1 (de minimis) modifications add up to EUR 120.00, 12.0 % of the initial EUR 1,000; the threshold is to stay below 10 % | Directive 2014/24/EU art. 72(2). This is a number only: the article has other conditions; for works, which a CPV code would tell, it is 15 %",
    ]);
  });

  test("a decrease is small only as long as it is small; larger ones are no increase in price", async () => {
    expect(await brief("regime: classic", "ceiling: EUR 1000", adding("EUR -100", "de minimis"))).toEqual([
      "6 L2-threshold k/1: with M1 (de minimis) modifications add up to EUR -100.00, -10.0 % of the initial EUR 1,000; the threshold is to stay below 10 %",
    ]);
    expect(await brief("regime: classic", "ceiling: EUR 1000", adding("EUR -600", "additional works"))).toEqual([]);
  });

  test("one without a ground counts with the small ones", async () => {
    expect(await brief("regime: classic", "ceiling: EUR 1000", "lot: 1, amount: EUR 100")).toEqual([
      "6 L2-threshold k/1: with M1 (no ground stated) modifications add up to EUR 100.00, 10.0 % of the initial EUR 1,000; the threshold is to stay below 10 %",
    ]);
  });

  test("Directive 2014/25/EU art. 89 has no limit of 50 %", async () => {
    expect(await brief("regime: utilities", "ceiling: EUR 1000", adding("EUR 5000", "additional works"))).toEqual([]);
    expect(
      await found("regime: utilities", "ceiling: EUR 1000, cpv: [72000000]", adding("EUR 100", "de minimis")),
    ).toEqual([
      "6 L2-threshold k/1: with M1 (de minimis) modifications add up to EUR 100.00, 10.0 % of the initial EUR 1,000; the threshold is to stay below 10 % | Directive 2014/25/EU art. 89(2). This is a number only: the article has other conditions",
    ]);
  });

  test("Directive 2014/23/EU art. 43: 10 % for works, too", async () => {
    const works = "ceiling: EUR 1000, cpv: [45000000]";
    expect(
      await found("regime: concession", works, adding("EUR 501", "additional works"), adding("EUR 100", "de minimis")),
    ).toEqual([
      "6 L2-threshold k/1: M1 (additional works) adds EUR 501.00, 50.1 % of the initial EUR 1,000; the threshold is up to 50 % | Directive 2014/23/EU art. 43(1)(b), for activities outside of its Annex II. This is a number only: the article has other conditions",
      "7 L2-threshold k/1: with M2 (de minimis) modifications add up to EUR 100.00, 10.0 % of the initial EUR 1,000; the threshold is to stay below 10 % | Directive 2014/23/EU art. 43(2). This is a number only: the article has other conditions",
    ]);
    expect(await brief("regime: concession", works, adding("EUR 501", "unforeseen circumstances"))).toEqual([
      "6 L2-threshold k/1: M1 (unforeseen circumstances) adds EUR 501.00, 50.1 % of the initial EUR 1,000; the threshold is up to 50 %",
    ]);
  });

  test("Directive 2009/81/EC art. 28(4)(a): 50 % in all, and nothing of small changes", async () => {
    expect(
      await found(
        "regime: defence",
        "ceiling: EUR 1000",
        adding("EUR 300", "additional works"),
        adding("EUR 300", "additional works"),
        adding("EUR 300", "de minimis"),
      ),
    ).toEqual([
      "7 L2-threshold k/1: with M2 (additional works) modifications add up to EUR 600.00, 60.0 % of the initial EUR 1,000; the threshold is up to 50 % | Directive 2009/81/EC art. 28(4)(a). This is a number only: the article has other conditions",
    ]);
  });

  test("the Financial Regulation: 50 % in all, ground by ground", async () => {
    expect(
      await found(
        "regime: financial regulation",
        "ceiling: EUR 1000",
        adding("EUR 300", "additional works"),
        adding("EUR 300", "unforeseen circumstances"),
        adding("EUR 201", "additional works"),
        adding("EUR 201", "unforeseen circumstances"),
      ),
    ).toEqual([
      "8 L2-threshold k/1: with M3 (additional works) modifications add up to EUR 501.00, 50.1 % of the initial EUR 1,000; the threshold is up to 50 % | Regulation (EU, Euratom) 2024/2509 on modifications of contracts, as in art. 172(3) of its predecessor 2018/1046. This is a number only: the article has other conditions",
      "9 L2-threshold k/1: with M4 (unforeseen circumstances) modifications add up to EUR 501.00, 50.1 % of the initial EUR 1,000; the threshold is up to 50 % | Regulation (EU, Euratom) 2024/2509 on modifications of contracts, as in art. 172(3) of its predecessor 2018/1046. This is a number only: the article has other conditions",
    ]);
  });

  test("they count in order of time, whatever the order in the register", async () => {
    const yaml = `contracts:
  - contract: k
    regime: financial regulation
    lots: [{ ${BLOCK} }]
    modifications:
      - { modification: late, date: 2024, ${adding("EUR 300", "additional works")} }
      - { modification: early, date: 2020, ${adding("EUR 300", "additional works")} }
`;
    const { findings } = await check(await openText(yaml));
    expect(findings.filter(({ rule }) => rule.startsWith("L2")).map(({ message }) => message)).toEqual([
      "k/1: with late (additional works) modifications add up to EUR 600.00, 60.0 % of the initial EUR 1,000; the threshold is up to 50 %",
    ]);
  });
});

describe("what nothing can be held against", () => {
  test("without a regime, one remark for each ceiling", async () => {
    expect(
      await brief("title: K", "ceiling: EUR 1000", adding("EUR 900", "additional works"), "lot: 1, amount: EUR 1"),
    ).toEqual(["6 L2-regime k/1: its ceiling is modified, and nothing says by which rules that is judged"]);
  });

  test("a ceiling that nobody states is not changed", async () => {
    expect(
      await brief("regime: classic", "title: First", "lot: 1, amount: EUR 5", "lot: 1, title: A new contractor"),
    ).toEqual(['6 L2-idle k/1: modification "M1" changes the ceiling of its lot, and none is stated']);
    const two = `contracts:
  - contract: k
    lots: [{ ${BLOCK} }, { lot: 2, ceiling: EUR 1000 }]
    modifications: [{ modification: M1, date: 2020, amount: EUR 5 }]
`;
    const { findings } = await check(await openText(two));
    expect(findings.filter(({ rule }) => rule.startsWith("L2")).map(({ message }) => message)).toEqual([
      'k: modification "M1" changes the contract\'s own ceiling, and none is stated',
    ]);
  });

  test("ceilings that are withheld or zero, and changes that are not of money", async () => {
    expect(await brief("regime: classic", "ceiling: withheld", adding("EUR 900", "additional works"))).toEqual([]);
    expect(await brief("regime: classic", "ceiling: EUR 0", adding("EUR 900", "additional works"))).toEqual([]);
    expect(await brief("regime: classic", "ceiling: EUR 1000", "lot: 1, title: A new contractor")).toEqual([]);
  });

  test("what changes no ceiling is held against what the contracts were worth at first", async () => {
    const grown = (value: string, rest = "") => `lot: 1, value: ${value}, ground: unforeseen circumstances${rest}`;
    expect(await brief("regime: classic", "awarded: EUR 1000", grown("EUR 500"), grown("EUR 501"))).toEqual([
      "7 L2-threshold k/1: M2 (unforeseen circumstances) adds EUR 501.00, 50.1 % of what its contracts were worth, EUR 1,000; the threshold is up to 50 %",
    ]);
    expect(await brief("title: T", "awarded: EUR 1000", grown("EUR 5"))).toEqual([
      "6 L2-regime k/1: its value is modified, and nothing says by which rules that is judged",
    ]);
    // Nothing can be held against what is not known, or in another currency.
    expect(await brief("regime: classic", "ceiling: EUR 9000", grown("EUR 5000"))).toEqual([]);
    expect(await brief("regime: classic", "awarded: USD 1000", grown("EUR 5000"))).toEqual([]);
  });

  test("a value for which the stated total has no room is that after the change, and no growth", async () => {
    const grown = (total: string) => `lot: 1, value: EUR 1100, total: ${total}, ground: additional works`;
    expect(await brief("regime: classic", "awarded: EUR 1000", grown("EUR 1100"))).toEqual([]);
    expect(await brief("regime: classic", "awarded: EUR 1000", grown("EUR 2100"))).toHaveLength(1);
  });

  test("the contract's own ceiling is held against what it was", async () => {
    expect(
      await brief(
        `regime: classic\n    ceiling: EUR 1000`,
        "title: First",
        "amount: EUR 600, ground: additional works",
      ),
    ).toEqual([
      "7 L2-threshold k: M1 (additional works) adds EUR 600.00, 60.0 % of the initial EUR 1,000; the threshold is up to 50 %",
    ]);
  });
});
