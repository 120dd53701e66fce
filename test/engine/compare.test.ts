import { describe, expect, test } from "vitest";
import { type CompareRow, compare } from "../../src/engine/compare.ts";
import { contractFacts } from "../../src/engine/facts.ts";
import { formatMoney, isKnown } from "../../src/model/money.ts";
import { preferring, type Register } from "../../src/records/register.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { openText } from "../open-text.ts";
import { allOf, readRegister } from "../reading.ts";

const THREE = "test/registers/three-sources.yaml";

const rowsOf = async (register: Register, options = {}): Promise<CompareRow[]> =>
  await allOf(compare(register, {}, options));

const amountText = ({ difference }: CompareRow): string | undefined =>
  difference?.type === "money" && isKnown(difference.value) ? formatMoney(difference.value) : undefined;

describe("the difference", () => {
  test("is exact for amounts, a number for counts, and empty for everything else", async () => {
    const rows = await rowsOf(await openRegister(THREE), { all: true });
    const difference = (record: string, fact: string, otherSource: string) =>
      rows.find((row) => row.record === record && row.fact === fact && row.otherSource === otherSource);
    expect(amountText(difference("it/1", "ceiling", "press") ?? fail())).toBe("EUR 50,000.00");
    expect(amountText(difference("it/1", "ceiling", "audit") ?? fail())).toBe("EUR 0");
    expect(amountText(difference("it/2", "ceiling", "press") ?? fail())).toBe("EUR -60,000.00");
    expect(difference("it", "participants", "audit")?.difference).toEqual({ type: "count", value: -5 });
    for (const [record, fact, other] of [
      ["it", "reservedShare", "press"],
      ["it", "awardDate", "audit"],
      ["it/3", "ceiling", "audit"],
      ["it/4", "ceiling", "press"],
      ["supplier nord", "name", "press"],
    ] as const)
      expect(difference(record, fact, other)).toMatchObject({ difference: undefined });
  });

  test("changes its sign with the preferred source, and so do the sides", async () => {
    const register = await openRegister(THREE);
    const [one] = (await rowsOf(register)).filter(({ record, fact }) => record === "it" && fact === "ceiling");
    const [other] = (await rowsOf(preferring(register, "audit"))).filter(
      ({ record, fact }) => record === "it" && fact === "ceiling",
    );
    expect([one?.source, other?.source]).toEqual(["notice", "audit"]);
    expect([one, other].map((row) => row && amountText(row))).toEqual(["EUR -1M", "EUR 1M"]);
  });
});

const fail = (): never => {
  throw new Error("there is no such row");
};

describe("values awarded in several currencies", () => {
  const verdictOf = async (a: string, b: string) => {
    const text = `
sources: [{source: a, title: A}, {source: b, title: B}]
contracts: [{ contract: x, lots: [{ lot: 1, awarded: { a: ${a}, b: ${b} } }] }]
`;
    const [row] = await rowsOf(await readRegister(text), { all: true });
    return row && [row.verdict, amountText(row)];
  };

  test.each([
    ["EUR 2M", "EUR 2M", "agrees", "EUR 0"],
    ["EUR 2M", "[EUR 3.1M]", "contradicts", "EUR 1.1M"],
    ["[EUR 2M, PLN 3M]", "[PLN 3M, EUR 2M]", "agrees", undefined],
    ["[EUR 2M, PLN 3M]", '[PLN 3M, "EUR 2,000,100"]', "rounded", undefined],
    ["[EUR 2M, PLN 3M]", "EUR 2M", "contradicts", undefined],
    ["EUR 2M", "[EUR 2M, PLN 3M]", "contradicts", undefined],
    ["EUR 2M", "PLN 2M", "contradicts", undefined],
    ["withheld", "withheld", "agrees", undefined],
    ["EUR 2M", "withheld", "contradicts", undefined],
    ["withheld", "EUR 2M", "contradicts", undefined],
  ])("%s and %s", async (a, b, verdict, difference) => {
    expect(await verdictOf(a, b)).toEqual([verdict, difference]);
  });
});

describe("pairs", () => {
  const PAIRS = `
sources: [{source: a, title: A}, {source: b, title: B}, {source: c, title: C}]
contracts:
  - contract: x
    title: X
    awardDate: {b 1: 2023-12-18, b 2: 2023-12-19, a: 2023-12, c: 2023-12-20}
    callDate: {a: 2022, b: 2022-01, c: 2022-01}
    lots: [{lot: 1}]
`;

  test("two others have a row only where nothing else would show their contradiction", async () => {
    const rows = await rowsOf(await readRegister(PAIRS));
    expect(rows.map(({ source, otherSource, otherLocator }) => [source, otherSource, otherLocator])).toEqual([
      ["b", "c", undefined],
      ["b", "c", undefined],
    ]);
    expect(rows.map(({ locator }) => locator)).toEqual(["1", "2"]);
    const all = await rowsOf(await readRegister(PAIRS), { all: true });
    expect(all.filter(({ fact }) => fact === "callDate").map(({ otherSource }) => otherSource)).toEqual(["b", "c"]);
  });

  test("every fact on which sources differ has a row, whichever source is preferred", async () => {
    const register = await openRegister(THREE);
    const differing = async (preferred: string) => {
      const rows = await rowsOf(preferring(register, preferred));
      return [...new Set(rows.map(({ record, fact }) => `${record} ${fact}`))];
    };
    const [notice, press, audit] = await Promise.all(["notice", "press", "audit"].map(differing));
    expect(press).toEqual(notice);
    expect(audit).toEqual(notice);
  });

  test("claims that name no source stand beside those that do", async () => {
    const rows = await rowsOf(
      await readRegister(`
sources: [{source: a, title: A}]
suppliers: [{supplier: s, name: S}]
contracts: [{contract: x, title: X, lots: [{lot: 1, offers: {a: 1}}]}]
`),
    );
    expect(rows).toEqual([]);
  });
});

test("the closing counts facts, not rows, and is silent where nothing was looked at", async () => {
  const register = await openRegister(THREE);
  const notesOf = async (service?: string) => {
    const report = compare(
      register,
      service === undefined ? {} : { query: { kind: "texts", field: "service", op: ":", values: [service] } },
    );
    await allOf(report);
    return report.closing().notes;
  };
  expect(await notesOf()).toEqual(["14 facts are stated by several sources: 2 agree, 12 differ."]);
  expect(await notesOf("none")).toEqual([]);
  const small = async (buyer: string) => {
    const report = compare(
      await openText(
        `sources: [{ source: a, title: A }, { source: b, title: B }]\ncontracts: [{ contract: k, buyer: ${buyer}, lots: [{ lot: 1 }] }]`,
      ),
    );
    await allOf(report);
    return report.closing().notes;
  };
  expect(await small("{ a: City, b: City }")).toEqual(["1 fact is stated by several sources: 1 agree, 0 differ."]);
  expect(await small("{ a: City }")).toEqual(["No fact is stated by more than one source."]);
});

test("two claims are compared by their places; a place without a claim means the first", async () => {
  const register = await openText(
    "sources: [{ source: a, title: A }, { source: b, title: B }]\ncontracts: [{ contract: k, ceiling: { a: EUR 1M, b: EUR 3M }, lots: [{ lot: 1 }] }]",
  );
  for await (const [contract] of register.contracts()) {
    const [ceiling] = contract === undefined ? [] : contractFacts(contract, register.preference);
    expect([ceiling?.compare(0, 1), ceiling?.compare(0, 9), ceiling?.compare(9, 1)]).toEqual([
      "contradicts",
      "agrees",
      "contradicts",
    ]);
  }
});
