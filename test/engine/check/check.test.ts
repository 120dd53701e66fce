import { describe, expect, test } from "vitest";
import { type CheckOptions, check } from "../../../src/engine/check/check.ts";
import { RULE_IDS, rulesNamed } from "../../../src/model/rule.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { runInProcess } from "../../cases/run-in-process.ts";
import { findingsIn, found, lineOf, linesFound } from "../../checking.ts";

test("that figures agree is no finding, unless somebody asks for it", async () => {
  const linesOf = async (options: CheckOptions) =>
    (await check(await openRegister([], { positions: true }), options)).findings.filter(({ rule }) =>
      /-agrees$/.test(rule),
    ).length;
  expect([await linesOf({}), await linesOf({ verbose: true }), await linesOf({ only: ["T4-agrees"] })]).toEqual([
    0, 2, 1,
  ]);
  const answered = async (...argv: readonly string[]) =>
    (await runInProcess(["check", "builtin:cloud-i", ...argv])).stdout.match(/-agrees\]/g)?.length ?? 0;
  expect([await answered("--only", "T4"), await answered("--only", "T4", "--verbose")]).toEqual([0, 1]);
  expect(await answered("--only", "T4-agrees,T2")).toBe(1);
});

test("golden: the default register", async () => {
  const { findings, ignored } = await check(await openRegister([], { positions: true }), { verbose: true });
  const lines = findings.map(lineOf);
  expect(ignored).toBe(0);
  expect(lines.filter((line) => !line.startsWith("info"))).toEqual([]);
  expect(lines).toContain(
    "info T4-agrees: cloud-i: article declares a total of EUR 34.4M; its 3 lots add up to EUR 34.4M: they agree",
  );
  expect(lines).toContain(
    "info T4-untotalled: cloud-i: digit declares no total; its 3 lots add up to EUR 34,559,737.00",
  );
  expect(lines).toContain(
    "info T2-agrees: cloud-i: 4 European + 2 American = 6 suppliers declared; its lots are held by 6: they agree",
  );
  expect(lines).toContain(
    "info N3-rounding: lot cloud-i/1, ceiling: article says EUR 10.2M; digit says EUR 10,252,762.00: the same figure, cut",
  );
  expect(lines).toContain(
    "info N3-rounding: lot cloud-i/2, ceiling: article says EUR 13.9M; digit says EUR 13,946,625.00: the same figure, rounded",
  );
});

describe("T2: a supplier without a lot", () => {
  test("is worth knowing about, unless any source gives it one", async () => {
    expect(await found("T2-unused", "lots: [{ lot: 1, suppliers: { p: [], q: [a] } }]")).toEqual([
      "info T2-unused: supplier b (Beta) holds no lot",
      "info T2-unused: supplier c (Gamma) holds no lot",
    ]);
  });

  test("is not one that signed a contract, or took over another's seats", async () => {
    const text = `suppliers:
  - { supplier: a, name: Alpha, successions: [{ renamed: 2020, from: Aleph }, { merged: 2022, into: b }] }
  - { supplier: b, name: Beta, successions: [{ merged: 2023, into: c }] }
  - { supplier: c, name: Gamma }
  - { supplier: d, name: Delta }
  - { supplier: e, name: Epsilon, successions: [{ left: 2022 }] }
contracts:
  - contract: k
    lots: [{ lot: 1, suppliers: [a, e] }]
    settledContracts: [{ settled: S1, lots: [1], suppliers: [d] }]`;
    expect(await linesFound("T2-unused", text)).toEqual([]);
  });
});

describe("which rules are asked for", () => {
  const text = `contracts: [{ contract: k, ceiling: EUR 5M, term: 5 years, lots: [{ lot: 1, ceiling: EUR 6M }] }]`;
  const rulesOf = async (options: Parameters<typeof findingsIn>[1]) =>
    (await findingsIn(text, options)).map(({ rule }) => rule);

  test("all, only some, or all but some", async () => {
    expect(await rulesOf({})).toEqual(["T4-sum", "D2-length", "T4-child"]);
    expect(await rulesOf({ only: rulesNamed("T4") })).toEqual(["T4-sum", "T4-child"]);
    expect(await rulesOf({ ignore: rulesNamed("T4") })).toEqual(["D2-length"]);
    expect(await rulesOf({ only: rulesNamed("T4"), ignore: ["T4-sum"] })).toEqual(["T4-child"]);
    expect(await rulesOf({ ignore: RULE_IDS })).toEqual([]);
  });
});

describe("records that cannot be read", () => {
  const text = `suppliers: [{ supplier: a, name: Alpha }]
ignore: [{ rule: D2, reason: justified }]
contracts:
  - { contract: good, ceiling: EUR 5M, lots: [{ lot: 1, ceiling: EUR 6M }] }
  - { contract: bad, lots: [{ lot: 1, cieling: EUR 6M, suppliers: [a] }] }`;

  test("are reported with what is found in the others, and nothing is said of what they may hold", async () => {
    const rules = (await findingsIn(text)).map(({ rule }) => rule);
    expect(rules).toEqual(["T4-sum", "T4-child", "F3"]);
    expect((await findingsIn(text.replace("cieling", "ceiling"))).map(({ rule }) => rule)).toEqual([
      "F10",
      "T4-sum",
      "T4-child",
    ]);
  });

  test("are reported whatever rules are asked for: the rest was checked without them", async () => {
    expect((await findingsIn(text, { only: rulesNamed("D2") })).map(({ rule }) => rule)).toEqual(["F3"]);
    expect((await findingsIn(text, { ignore: RULE_IDS })).map(({ rule }) => rule)).toEqual(["F3"]);
  });

  test("also in JSON Lines, of which the later ones are still checked", async () => {
    const lines = `{"contract":"bad","lots":[{"lot":"1","ceiling":"6M"}]}
{"contract":"good","ceiling":"EUR 5M","lots":[{"lot":"1","ceiling":"EUR 6M"}]}
{"contract":"good","framework":"no","lots":[{"lot":"1"}]}
`;
    expect((await findingsIn(lines)).map(lineOf)).toEqual([
      'error N2-currency: the amount "6M" has no currency',
      "warning T4-sum: good: the register declares a total of EUR 5M; its lot has EUR 6M: the declared total is the limit",
      "error T4-child: lot good/1: its ceiling EUR 6M is above its contract's EUR 5M",
      'error F7: the contract "good" stands twice',
    ]);
  });
});

test("every finding points at the value that it is about", async () => {
  const text = `
sources: [{ source: p, title: P }]
suppliers: [{ supplier: a, name: Alpha }]
contracts:
  - contract: k
    source: p
    ceiling: EUR 5M
    offers: 9
    supplierOrigins: [3 European]
    term: 5 years
    maximumDuration: 4 years
    lots: [{ lot: 1, ceiling: EUR 6M, offers: 2, suppliers: [a] }]
  - contract: l
    source: p
    maximumDuration: 6 years
    lots: [{ lot: 1 }]
`;
  const places = (await findingsIn(text)).map(
    ({ rule, position }) => `${rule}: ${position?.text.slice(position.column - 1, position.column + 9)}`,
  );
  expect(places).toEqual([
    "T4-sum: EUR 5M",
    "T4-offers: 9",
    "T2-count: [3 Europea",
    "D2-length: 5 years",
    "D1-maximum: 4 years",
    "T4-child: EUR 6M, of",
    "L1-maximum: l",
    "D2-length: 6 years",
  ]);
});
