import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diff } from "../../../src/engine/diff/diff.ts";
import { runInProcess } from "../../cases/run-in-process.ts";
import { cellText, closingOf, openText, rowsOf } from "../../open-text.ts";

/** The differences of two registers in lines: what happened, of what, which fact by whom, and both values. */
const differences = async (before: string, after: string): Promise<string[]> => {
  const rows = await rowsOf(diff(await openText(before), await openText(after)));
  return rows.map(({ change, kind, record, fact, source, before: was, after: is }) =>
    [change, kind, record, fact, source && `(${source})`, `${cellText(was)} > ${cellText(is)}`]
      .filter((part) => part !== undefined)
      .join(" "),
  );
};

const HEAD = `sources: [{ source: p, title: P }, { source: q, title: Q }]
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
`;

/** What changed in a contract that is written as a flow map after `contract: k`. */
const changes = (before: string, after: string): Promise<string[]> =>
  differences(`${HEAD}contracts: [{ contract: k, ${before} }]`, `${HEAD}contracts: [{ contract: k, ${after} }]`);

describe("facts of a contract and its lots", () => {
  test.each([
    ["title: A", "title: B", "changed contract k title A > B"],
    ["title: A", "tags: [x]", "added contract k tags - > x|removed contract k title A > -"],
    ["buyer: A", "buyer: B", "changed contract k buyer A > B"],
    ["buyer: { p: A }", "buyer: { p: A, q: B }", "added contract k buyer (q) - > B"],
    [
      "buyer: { p: A, q: B }",
      "buyer: { q: C }",
      "changed contract k buyer (q) B > C|removed contract k buyer (p) A > -",
    ],
    ["buyer: { p: A, p again: B }", "buyer: { p: A, p again: C }", "changed contract k buyer (p) B > C"],
    ["buyer: { p 1: A }", "buyer: { p 2: A }", "changed contract k place of buyer (p) 1 > 2"],
    ["buyer: { p: A }", "buyer: { p 2: A }", "changed contract k place of buyer (p)  > 2"],
    ["buyer: { p: A }", "buyer: { q: A }", "changed contract k source of buyer p > q"],
    ["buyer: A", "buyer: { q 3: A }", "changed contract k source of buyer  > q"],
    ["buyer: { p: A }", "buyer: { q: B }", "added contract k buyer (q) - > B|removed contract k buyer (p) A > -"],
    ["buyer: { p: A, q: A }", "buyer: { q: A }", "removed contract k buyer (p) A > -"],
    [
      "ceiling: { p: EUR 1M }",
      "ceiling: { q: EUR 1.0M }",
      "changed contract k ceiling (q) EUR 1M > EUR 1.0M|changed contract k source of ceiling p > q",
    ],
    [
      "ceiling: { p: EUR 1M }",
      "ceiling: { q: USD 1M }",
      "added contract k ceiling (q) - > USD 1M|removed contract k ceiling (p) EUR 1M > -",
    ],
    [
      "term: 2 years",
      "term: 2 years + 1 renewal of 1 year",
      "changed contract k term 2 years > 2 years + 1 renewal of 1 year",
    ],
    ["awardDate: 2024", "awardDate: 2024-05", "changed contract k awardDate 2024 > 2024-05"],
    ["ceiling: EUR 1M", "ceiling: EUR 1.0M", "changed contract k ceiling EUR 1M > EUR 1.0M"],
    ["ceiling: EUR 1M", "ceiling: withheld", "changed contract k ceiling EUR 1M > withheld"],
    ["ceiling: EUR 1M", "ceiling: USD 1M", "changed contract k ceiling EUR 1M > USD 1M"],
    ["framework: no", "framework: yes", "removed contract k framework no > -"],
    ["regime: defence", "regime: classic", "changed contract k regime defence > classic"],
    [
      "links: [https://a.example]",
      "links: [{ url: https://a.example, title: A }]",
      "changed contract k links https://a.example > A: https://a.example",
    ],
    ["notes: [{ rule: T9, text: x }]", "note: y", "added contract k note - > y|removed contract k notes T9: x > -"],
    ["callOffOf: f", "callOffOf: g", "changed contract k callOffOf f > g"],
    [
      "ignore: [{ rule: D2, reason: x }]",
      "ignore: [{ rule: D2, reason: y }]",
      "changed contract k ignore D2: x > D2: y",
    ],
    [
      "sharedAwards: [{ lots: [1], value: EUR 3 }]",
      "sharedAwards: [{ lots: [1], value: EUR 4 }]",
      "changed contract k awarded for lots 1 EUR 3 > EUR 4",
    ],
    [
      "sharedAwards: [{ lots: [1], value: withheld }]",
      "tags: [a]",
      "added contract k tags - > a|removed contract k awarded for lots 1 withheld > -",
    ],
  ])("%s > %s", async (before, after, expected) => {
    expect(await changes(`${before}, lots: [{ lot: 1 }]`, `${after}, lots: [{ lot: 1 }]`)).toEqual(expected.split("|"));
  });

  test.each([
    ["ceiling: EUR 1", "ceiling: EUR 2", "changed lot k/1 ceiling EUR 1 > EUR 2"],
    ["status: open", "status: cancelled", "changed lot k/1 status open > cancelled"],
    ["awarded: [EUR 1, USD 2]", "awarded: [EUR 1, USD 3]", "changed lot k/1 awarded EUR 1, USD 2 > EUR 1, USD 3"],
    ["suppliers: [a]", "suppliers: [b, a]", "added seat k/1 suppliers - > Beta"],
    ["suppliers: { p: [a, b] }", "suppliers: { p: [a], q: [b] }", "changed seat k/1 source of seat b p > q"],
    ["note: x", "title: T", "added lot k/1 title - > T|removed lot k/1 note x > -"],
  ])("%s > %s, of a lot", async (before, after, expected) => {
    const found = await changes(`lots: [{ lot: 1, ${before} }]`, `lots: [{ lot: 1, ${after} }]`);
    expect(found.filter((line) => !/lot k.1 status (no-result|awarded)/.test(line))).toEqual(expected.split("|"));
  });

  test("parts of a contract", async () => {
    const before = `lots: [{ lot: 1, ceiling: EUR 1 }, { lot: 2, title: Two }],
      groups: [{ group: A, lots: [1], ceiling: EUR 5 }, { group: B, lots: [1], title: Bee }],
      modifications: [{ modification: M1, date: 2024, lot: 1, amount: EUR 1, ground: de minimis }, { modification: M2, date: 2025 }],
      renewals: [{ renewal: 1, exercised: 2024 }], term: 1 year + 2 renewals of 1 year,
      settledContracts: [{ settled: S1, lots: [1], suppliers: [a], value: EUR 5, signedDate: 2024, awardDate: 2023 }],
      publications: [{ publication: P1, date: 2024 }, { publication: P2, kind: result }]`;
    const after = `lots: [{ lot: 1, ceiling: EUR 1 }, { lot: 3, ceiling: EUR 7 }],
      groups: [{ group: A, lots: [1, 3], ceiling: EUR 6, certain: no }],
      modifications: [{ modification: M1, source: p, date: 2024-02, lot: 1, amount: EUR 2, title: T, note: N }],
      renewals: [{ renewal: 1, declined: 2024 }, { renewal: 2, declined: 2024 }], term: 1 year + 2 renewals of 1 year,
      settledContracts: [{ settled: S1, lots: [3], suppliers: [b], value: EUR 5, signedDate: 2024-02, reference: R, title: T }],
      publications: [{ publication: P1, date: 2024, version: "2" }, { publication: P3, date: 2025 }]`;
    expect(
      await changes(
        before,
        after
          .replace("{ renewal: 2, declined: 2024 }", "{ renewal: 2, declined: 2025 }")
          .replace("declined: 2024 }", "exercised: 2023 }"),
      ),
    ).toEqual([
      "added lot k/3 - > EUR 7",
      "removed lot k/2 Two > -",
      "changed group k/A lots 1 > 1, 3",
      "added group k/A certain - > no",
      "changed group k/A ceiling EUR 5 > EUR 6",
      "changed modification k M1 date 2024 > 2024-02",
      "changed modification k M1 amount EUR 1 > EUR 2",
      "added modification k M1 title - > T",
      "added modification k M1 note - > N",
      "added modification k M1 source - > p",
      "removed modification k M1 ground de minimis > -",
      "changed renewal k 1 decision exercised 2024 > exercised 2023",
      "added renewal k 2 - > declined 2025",
      "added signed contract k S1 reference - > R",
      "added signed contract k S1 title - > T",
      "changed signed contract k S1 lots 1 > 3",
      "changed signed contract k S1 suppliers a > b",
      "changed signed contract k S1 signedDate 2024 > 2024-02",
      "removed signed contract k S1 awardDate 2023 > -",
      "added publication k P1 version - > 2",
      "added publication k P3 - > 2025",
      "removed group k/B Bee > -",
      "removed modification k M2 - > -",
      "removed publication k P2 - > -",
    ]);
  });

  test("amounts by how much", async () => {
    const register = (ceiling: string, awarded: string) =>
      openText(`contracts: [{ contract: k, lots: [{ lot: 1, ceiling: ${ceiling}, awarded: ${awarded} }] }]`);
    const rows = await rowsOf(diff(await register("EUR 200k", "EUR 5.00"), await register("EUR 150k", "[EUR 6.00]")));
    expect(rows.map(({ fact, difference, percent }) => [fact, difference?.minor, percent])).toEqual([
      ["ceiling", -5_000_000n, { value: { numerator: -500_000_000n, denominator: 20_000_000n } }],
      ["awarded", 100n, { value: { numerator: 10_000n, denominator: 500n } }],
    ]);
    const unlike = await rowsOf(diff(await register("EUR 0", "EUR 5"), await register("EUR 5", "[USD 5, EUR 5]")));
    expect(unlike.map(({ difference, percent }) => [difference?.minor, percent])).toEqual([
      [500n, undefined],
      [undefined, undefined],
    ]);
  });
});

describe("what does not count as a change", () => {
  test("order, comments, layout and files", async () => {
    const contract = (id: string, lots: string) => `  - contract: ${id}\n    lots: [${lots}]\n`;
    const [one, two] = ["{ lot: 1, suppliers: [a, b] }", "{ lot: 2, ceiling: { p: EUR 1, q: EUR 2 } }"];
    const before = `${HEAD}contracts:\n${contract("k", `${one}, ${two}`)}${contract("l", one)}`;
    const after = `# Turned round.\n${HEAD}contracts:\n${contract("l", one)}${contract("k", `${two}, ${one}`)}`
      .replace("[a, b]", "[b, a]")
      .replace("p: EUR 1, q: EUR 2", "q: EUR 2, p: EUR 1");
    expect(await differences(before, after)).toEqual([]);
    const split = diff(await openText(before), await openText(HEAD, after.replace(HEAD, "")));
    expect(await rowsOf(split)).toEqual([]);
    expect(split.count()).toBe(0);
  });

  test("the file that a notice was read from", async () => {
    const noticed = (file: string) => `lots: [{ lot: 1 }], publications: [{ publication: N, file: ${file} }]`;
    expect(await changes(noticed("a.xml"), noticed("b.xml"))).toEqual([]);
  });

  test("and what does is counted, however much it is", async () => {
    const contracts = Array.from({ length: 1200 }, (_, index) => `{ contract: c${index}, lots: [{ lot: 1 }] }`);
    const register = (from: number, to: number) => openText(`contracts: [${contracts.slice(from, to).join(", ")}]`);
    const report = diff(await register(0, 600), await register(0, 1200));
    expect(await rowsOf(report)).toHaveLength(600);
    expect(report.count()).toBe(600);
    expect(report.closing().notes).toEqual(["600 differences: 600 added."]);
  });

  test("is said to be nothing", async () => {
    const register = () => openText(`${HEAD}contracts: [{ contract: k, lots: [{ lot: 1 }] }]`);
    expect(await closingOf(diff(await register(), await register()))).toEqual(["Nothing differs."]);
  });
});

describe("ids that are new with nothing else changed", () => {
  test("a contract's", async () => {
    const register = (id: string, title: string) =>
      `contracts: [{ contract: ${id}, title: ${title}, lots: [{ lot: 1, ceiling: EUR 5 }] }]`;
    expect(await differences(register("k", "T"), register("m", "T"))).toEqual(["renamed contract m k > m"]);
    expect(await differences(register("k", "T"), register("m", "U"))).toEqual([
      "added contract m - > EUR 5",
      "removed contract k EUR 5 > -",
    ]);
  });

  test("of several contracts that say the same, in their order", async () => {
    const register = (...ids: string[]) =>
      `contracts: [${ids.map((id) => `{ contract: ${id}, title: T, lots: [{ lot: 1 }] }`).join(", ")}]`;
    expect(await differences(register("a", "b", "c"), register("a", "x", "y", "z"))).toEqual([
      "renamed contract x b > x",
      "renamed contract y c > y",
      "added contract z - > T",
    ]);
    expect(await differences(register("a", "b"), register("x"))).toEqual([
      "renamed contract x a > x",
      "removed contract b T > -",
    ]);
  });

  test("a lot's, and what names it", async () => {
    const contract = (lot: string) => `lots: [{ lot: ${lot}, title: T, ceiling: EUR 5 }, { lot: z }],
      groups: [{ group: A, lots: [${lot}] }], modifications: [{ modification: M, date: 2024, lot: ${lot} }],
      orders: [{ order: O, lot: ${lot}, amount: EUR 1 }], settledContracts: [{ settled: S, lots: [${lot}, z] }]`;
    expect(await changes(contract("1"), contract("LOT-0001"))).toEqual(["renamed lot k/LOT-0001 k/1 > k/LOT-0001"]);
  });

  test("a supplier's, and the seats that it holds", async () => {
    const register = (id: string, name = "Nordlicht") => `suppliers: [{ supplier: ${id}, name: ${name}, aliases: [N] }]
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [${id}] }], settledContracts: [{ settled: S, lots: [1], suppliers: [${id}] }] }]`;
    expect(await differences(register("n"), register("nord"))).toEqual(["renamed supplier nord n > nord"]);
    expect(await differences(register("n"), register("nord", "Nord"))).toEqual(
      [
        "added supplier nord - > Nord",
        "removed supplier n Nordlicht > -",
        "changed signed contract k S suppliers n > nord",
        "added seat k/1 suppliers - > Nord",
        "removed seat k/1 suppliers Nordlicht > -",
      ].sort((a, b) => Number(/signed/.test(a)) - Number(/signed/.test(b))),
    );
  });

  test("T2: a supplier's by its number in a country's register, whatever it is called", async () => {
    const register = (id: string, name: string, more: string) => `suppliers:
  - { supplier: ${id}, name: ${name}, ${more} }
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [${id}] }], orders: [{ order: O, supplier: ${id}, amount: EUR 1 }] }]`;
    const belgian = "legalId: 0400.000.000, country: BE";
    expect(await differences(register("n", "N", belgian), register("nord", "Nord", `${belgian}, size: small`))).toEqual(
      ["renamed supplier nord n > nord", "changed supplier nord name N > Nord", "added supplier nord size - > small"],
    );
    for (const other of ["legalId: 0400.000.000, country: DE", "legalId: 400.000.000, country: BE", "country: BE"])
      expect(await differences(register("n", "N", belgian), register("nord", "Nord", other))).toContain(
        "added supplier nord - > Nord",
      );
    expect(await differences(register("n", "N", "aliases: [M]"), register("nord", "N", "aliases: [M]"))).toEqual([
      "renamed supplier nord n > nord",
    ]);
  });
});

describe("what a register says besides its contracts", () => {
  test("sources, suppliers, queries and rules to ignore", async () => {
    const before = `sources:
  - { source: p, title: P, date: 2024, publisher: X, reference: R, language: de, url: https://a.example, locator: page, note: N }
  - { source: old, title: Old }
suppliers:
  - { supplier: a, name: Alpha, aliases: [Y, X], legalId: "1", note: N }
  - { supplier: g, name: G, members: [{ name: M }], country: BE }
queries: [{ query: late, find: "is:ended" }]
ignore: [{ rule: D2, contract: k, reason: old }, { rule: T2, supplier: a, reason: r }]`;
    const after = `sources:
  - { source: p, title: P2, date: 2025 }
  - { source: new, title: New }
suppliers:
  - supplier: a
    name: { p: Alpha, new: Alfa }
    aliases: [X, Y]
    successions: [{ renamed: 2024, from: Aleph }, { merged: 2025, into: g }, { left: 2026 }]
  - { supplier: g, name: G, members: [{ name: M }, { name: N }], country: NL }
queries: [{ query: late, find: "is:ended is:framework" }, { query: more, find: "is:sole" }]
ignore: [{ rule: D2, contract: k, reason: new }]`;
    expect(await differences(before, after)).toEqual([
      "changed source p title P > P2",
      "changed source p date 2024 > 2025",
      ...["publisher X", "reference R", "language de", "url https://a.example", "locator page", "note N"].map(
        (fact) => `removed source p ${fact} > -`,
      ),
      "added source new - > New",
      "changed supplier a source of name  > p",
      "added supplier a name (new) - > Alfa",
      "added supplier a successions - > renamed 2024 from Aleph, merged 2025 into g, left 2026",
      "removed supplier a legalId 1 > -",
      "removed supplier a note N > -",
      "changed supplier g members M > M, N",
      "changed supplier g country BE > NL",
      "changed query late find is:ended > is:ended is:framework",
      "added query more - > is:sole",
      "changed ignored rule D2 k reason old > new",
      "removed source old Old > -",
      "removed ignored rule T2 a r > -",
    ]);
  });

  test("the order in which sources are believed", async () => {
    const sources = (...ids: string[]) => `sources: [${ids.map((id) => `{ source: ${id}, title: T }`).join(", ")}]`;
    expect(await differences(sources("p", "q"), sources("q", "p"))).toEqual(["changed source all order p, q > q, p"]);
    expect(await differences(sources("p", "q"), sources("q"))).toEqual(["removed source p T > -"]);
  });
});

describe("orders", () => {
  test("that came, went and changed", async () => {
    const orders = (...parts: string[]) => `lots: [{ lot: 1 }], orders: [${parts.join(", ")}]`;
    expect(
      await changes(
        orders(
          "{ order: O1, amount: EUR 1 }",
          "{ order: O2, amount: EUR 2, date: 2024-01-01, supplier: a, buyer: B }",
          "{ order: O3, amount: EUR 3 }",
        ),
        orders(
          "{ order: O4, amount: EUR 4 }",
          "{ order: O2, lot: 1, amount: EUR 5, date: 2024-01-02, supplier: a, description: D }",
          "{ order: O1, amount: EUR 1 }",
        ),
      ),
    ).toEqual([
      "added order k O4 - > EUR 4",
      "added order k O2 lot - > 1",
      "changed order k O2 date 2024-01-01 > 2024-01-02",
      "changed order k O2 amount EUR 2 > EUR 5",
      "added order k O2 description - > D",
      "removed order k O2 buyer B > -",
      "removed order k O3 EUR 3 > -",
    ]);
  });

  test("that all changed, and none besides", async () => {
    const order = (amount: string) => `lots: [{ lot: 1 }], orders: [{ order: O, amount: ${amount} }]`;
    expect(await changes(order("EUR 1"), order("EUR 2"))).toEqual(["changed order k O amount EUR 1 > EUR 2"]);
  });

  test("in another order are the same", async () => {
    const orders = ["{ order: O1, amount: EUR 1 }", "{ order: O2, amount: EUR 2 }"];
    const contract = (parts: readonly string[]) => `lots: [{ lot: 1 }], orders: [${parts.join(", ")}]`;
    expect(await changes(contract(orders), contract([...orders].reverse()))).toEqual([]);
  });
});

test("a ledger that is named anew is told in JSON by its file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-diff-"));
  const registerWith = (ledger: string): string => {
    writeFileSync(join(folder, ledger), "order,amount\n1,5.00\n");
    const file = join(folder, `with-${ledger}.yaml`);
    writeFileSync(
      file,
      `contracts: [{ contract: k, lots: [{ lot: 1 }], ledger: { file: ${ledger}, currency: EUR } }]\n`,
    );
    return file;
  };
  const { stdout } = await runInProcess(["diff", registerWith("a.csv"), registerWith("b.csv"), "--json"]);
  rmSync(folder, { recursive: true });
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ fact: "ledger", before: [{ file: "a.csv" }], after: [{ file: "b.csv" }] }),
  ]);
});
