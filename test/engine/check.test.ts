import { describe, expect, test } from "vitest";
import { check, findingsReport } from "../../src/engine/check.ts";
import { UNATTRIBUTED } from "../../src/model/claim.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { Finding } from "../../src/model/errors.ts";
import { preferring } from "../../src/model/register.ts";
import { openRegister } from "../../src/readers/open-register.ts";
import { linesOf, openText } from "../open-text.ts";

const HEAD = `
sources: [{ source: p, title: P }, { source: q, title: Q }]
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
`;

const lineOf = ({ severity, rule, message }: Finding): string => `${severity} ${rule}: ${message}`;

/** The findings of a contract that is written as a flow map after `contract: k`, but for suppliers without a lot. */
const found = async (contract: string): Promise<string[]> =>
  (await check(await openText(`${HEAD}contracts: [{ contract: k, ${contract} }]`)))
    .map(lineOf)
    .filter((line) => !line.endsWith("holds no lot"));

test("golden: the default register", async () => {
  const findings = (await check(await openRegister([], { positions: true }))).map(lineOf);
  expect(findings.filter((line) => !line.startsWith("info"))).toEqual([]);
  expect(findings).toContain(
    "info T4-agrees: cloud-i: article declares a total of EUR 34.4M; its 3 lots add up to EUR 34.4M: they agree",
  );
  expect(findings).toContain(
    "info T4-untotalled: cloud-i: digit declares no total; its 3 lots add up to EUR 34,559,737.00",
  );
  expect(findings).toContain(
    "info T2-agrees: cloud-i: 4 European + 2 American = 6 suppliers declared; its lots are held by 6: they agree",
  );
  expect(findings).toContain(
    "info N3-rounding: lot cloud-i/1, ceiling: article says EUR 10.2M; digit says EUR 10,252,762.00: the same figure, cut",
  );
  expect(findings).toContain(
    "info N3-rounding: lot cloud-i/2, ceiling: article says EUR 13.9M; digit says EUR 13,946,625.00: the same figure, rounded",
  );
});

test("findings are told where they stand", async () => {
  const register = await openText(`contracts:
  - contract: k
    ceiling: EUR 1M
    lots:
      - lot: 1
        ceiling: EUR 2M
`);
  const lines = await linesOf(
    findingsReport(() => check(register)),
    "severity",
    "rule",
    "at",
    "hint",
  );
  expect(lines).toEqual([
    "error | T4-child | <stdin>:6:18 | a part cannot be larger than the whole",
    "warning | T4-sum | <stdin>:3:14 | -",
  ]);
});

test("findings come errors first, otherwise as found, and may lack a position", async () => {
  const finding = (severity: Finding["severity"], rule: Finding["rule"]): Finding => ({
    severity,
    rule,
    message: rule,
  });
  const findings = [
    finding("info", "F1"),
    finding("warning", "F2"),
    finding("error", "F3"),
    finding("info", "F4"),
    finding("error", "F5"),
  ];
  expect(
    await linesOf(
      findingsReport(() => Promise.resolve(findings)),
      "severity",
      "rule",
      "at",
    ),
  ).toEqual(["error | F3 | -", "error | F5 | -", "warning | F2 | -", "info | F1 | -", "info | F4 | -"]);
});

describe("T4: the declared total against the lots' sum", () => {
  test.each([
    [
      "EUR 12M",
      "info T4-agrees: k: the register declares a total of EUR 12M; its 2 lots add up to EUR 12M: they agree",
    ],
    [
      "EUR 0.01bn",
      "info T4-agrees: k: the register declares a total of EUR 0.01bn; its 2 lots add up to EUR 12M: the same, rounded",
    ],
    [
      "EUR 9M",
      "warning T4-sum: k: the register declares a total of EUR 9M; its 2 lots add up to EUR 12M: the declared total is the limit",
    ],
    [
      "EUR 20M",
      "warning T4-sum: k: the register declares a total of EUR 20M; its 2 lots add up to EUR 12M: the lots' sum is the limit",
    ],
    [
      "USD 9M",
      "warning T4-sum: k: the register declares a total of USD 9M; its 2 lots add up to EUR 12M: the lots' sum is the limit",
    ],
    ["withheld", "info T4-untotalled: k: the register declares no total; its 2 lots add up to EUR 12M"],
  ])("%s", async (ceiling, expected) => {
    expect(
      await found(`ceiling: ${ceiling}, lots: [{ lot: 1, ceiling: EUR 6M }, { lot: 2, ceiling: EUR 6M }]`),
    ).toEqual([expected]);
  });

  test("a total that was cut, not rounded", async () => {
    expect(
      await found("ceiling: EUR 0.01bn, lots: [{ lot: 1, ceiling: EUR 6M }, { lot: 2, ceiling: EUR 9M }]"),
    ).toEqual([
      "info T4-agrees: k: the register declares a total of EUR 0.01bn; its 2 lots add up to EUR 15M: the same, cut",
    ]);
  });

  test("each source for itself", async () => {
    expect(await found("ceiling: { p: EUR 5, q: EUR 6 }, lots: [{ lot: 1, ceiling: { p: EUR 5, q: EUR 6 } }]")).toEqual(
      [
        "info T4-agrees: k: p declares a total of EUR 5; its lot has EUR 5: they agree",
        "info T4-agrees: k: q declares a total of EUR 6; its lot has EUR 6: they agree",
        "warning N3-contradiction: k, ceiling: p says EUR 5; q says EUR 6: they contradict each other",
        "warning N3-contradiction: lot k/1, ceiling: p says EUR 5; q says EUR 6: they contradict each other",
      ],
    );
  });

  test.each([
    ["no total is declared", "lots: [{ lot: 1, ceiling: EUR 5 }]"],
    ["a lot has no ceiling", "ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2 }]"],
    [
      "a lot's ceiling is withheld",
      "ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2, ceiling: withheld }]",
    ],
    [
      "the lots have several currencies",
      "ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2, ceiling: USD 5 }]",
    ],
  ])("nothing where %s", async (_, contract) => {
    expect(await found(contract)).toEqual([]);
  });
});

describe("T4: a lot's ceiling above its contract's", () => {
  const errors = async (ceiling: string, lot: string): Promise<string[]> =>
    (await found(`ceiling: ${ceiling}, lots: [{ lot: 1, ceiling: ${lot} }]`)).filter((line) =>
      line.startsWith("error"),
    );

  test("is an error", async () => {
    expect(await errors("EUR 5M", "EUR 6M")).toEqual([
      "error T4-child: lot k/1: its ceiling EUR 6M is above its contract's EUR 5M",
    ]);
  });

  test.each([
    ["EUR 6M", "EUR 6M"],
    ["EUR 7M", "EUR 6M"],
    ["EUR 5.9M", "5910000.00 EUR"],
    ["USD 5M", "EUR 6M"],
    ["withheld", "EUR 6M"],
    ["EUR 5M", "withheld"],
    ["{ p: EUR 5M }", "{ q: EUR 6M }"],
  ])("not where the contract has %s and the lot %s", async (ceiling, lot) => {
    expect(await errors(ceiling, lot)).toEqual([]);
  });
});

describe("T2: suppliers", () => {
  test.each([
    [
      "[1 European, 1 American]",
      "info",
      "1 European + 1 American = 2 suppliers declared; its lots are held by 2: they agree",
    ],
    ["[3 European]", "warning", "3 European = 3 suppliers declared; its lots are held by 2: they differ"],
  ])("declared as %s", async (origins, severity, message) => {
    expect(
      await found(
        `supplierOrigins: ${origins}, lots: [{ lot: 1, suppliers: [a, b] }, { lot: 2, suppliers: [b, Beta] }, { lot: 3 }]`,
      ),
    ).toEqual([`${severity} ${severity === "info" ? "T2-agrees" : "T2-count"}: k: ${message}`]);
  });

  test("one that holds no lot is worth knowing about, unless any source gives it one", async () => {
    const register = await openText(
      `${HEAD}contracts: [{ contract: k, lots: [{ lot: 1, suppliers: { p: [], q: [a] } }] }]`,
    );
    const findings = await check(register);
    expect(findings.map(lineOf)).toEqual([
      "warning N3-contradiction: lot k/1, suppliers: p says ; q says a: they contradict each other",
      "info T2-unused: supplier b (Beta) holds no lot",
    ]);
    expect(findings.map(({ hint }) => hint)).toEqual([
      "put the source to be believed first, or mend the register",
      undefined,
    ]);
    expect(findings.map(({ position }) => position?.text.slice(position.column - 1, position.column + 4))).toEqual([
      "{ p: ",
      "b, na",
    ]);
  });

  test("awarded values of several currencies are named", async () => {
    expect(await found("lots: [{ lot: 1, awarded: { p: [EUR 2M, PLN 3M], q: EUR 2M } }]")).toEqual([
      "warning N3-contradiction: lot k/1, awarded: p says EUR 2M, PLN 3M; q says EUR 2M: they contradict each other",
    ]);
  });

  test("names of one supplier that differ, members and countries that contradict", async () => {
    const register = await openText(`
sources: [{ source: p, title: P }, { source: q, title: Q }]
suppliers:
  - supplier: a
    name: { p: Alpha, q: Alfa }
    country: { p: BE, q: NL }
    members: { p: [{ name: One, country: BE }], q: [{ name: ONE }] }
  - supplier: b
    name: { p: Beta, q: BETA }
    members: { p: [{ name: One, country: BE }, { name: Two }], q: [{ name: Three }, { name: Two }] }
contracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a, b] }] }]`);
    expect((await check(register)).map(lineOf)).toEqual([
      "info T2-names: supplier a, name: p says Alpha; q says Alfa: names of one supplier",
      "warning N3-contradiction: supplier a, country: p says BE; q says NL: they contradict each other",
      "warning N3-contradiction: supplier b, members: p says One (BE), Two; q says Three, Two: they contradict each other",
    ]);
  });
});

describe("T4: the declared offers against the lots' sum", () => {
  test("that differ", async () => {
    expect(await found("offers: 5, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]")).toEqual([
      "warning T4-offers: k: 5 offers declared; its lots add up to 4",
    ]);
  });

  test.each([
    ["agree", "offers: 4, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]"],
    ["are incomplete", "offers: 5, lots: [{ lot: 1, offers: 2 }, { lot: 2 }]"],
    ["are approximate", "offers: about 5, lots: [{ lot: 1, offers: 2 }, { lot: 2, offers: 2 }]"],
    ["come from another source", "offers: { p: 5 }, lots: [{ lot: 1, offers: { q: 2 } }]"],
  ])("not where they %s", async (_, contract) => {
    expect(await found(contract)).toEqual([]);
  });
});

describe("D1, D2: terms", () => {
  test.each([
    ["term: 5 years", "5 years"],
    ["term: 2 years + 3 renewals of 1 year", "5 years"],
    ["term: 49 months", "49 months"],
    ["maximumDuration: 6 years", "6 years"],
  ])("%s is more than four years", async (term, length) => {
    expect(await found(`${term}, lots: [{ lot: 1 }]`)).toEqual([
      `warning D2-length: k: runs for up to ${length}, more than four years`,
    ]);
  });

  test.each([
    "term: 4 years",
    "term: 2 years + 2 renewals of 1 year",
    "maximumDuration: 4 years",
    "framework: no, term: 9 years",
  ])("%s passes", async (term) => {
    expect(await found(`${term}, lots: [{ lot: 1 }]`)).toEqual([]);
  });

  test("a declared maximum that is not the term with its renewals", async () => {
    expect(
      await found(
        "term: 2 years + 1 renewal of 1 year, maximumDuration: { p: 3 years, q: 4 years }, lots: [{ lot: 1 }]",
      ),
    ).toEqual([
      "warning D1-maximum: k: q declares at most 4 years; the term with its renewals is 3 years",
      "warning N3-contradiction: k, maximumDuration: p says 3 years; q says 4 years: they contradict each other",
    ]);
    expect(await found("term: 1 year, maximumDuration: 2 years, lots: [{ lot: 1 }]")).toEqual([
      "warning D1-maximum: k: the register declares at most 2 years; the term with its renewals is 1 year",
    ]);
  });
});

describe("N3: sources beside each other", () => {
  const between = async (fact: string): Promise<string[]> => found(`${fact}, lots: [{ lot: 1 }]`);

  test.each([
    ["buyer: { p: City, q: cíty }"],
    ["awardDate: { p: 2015, q: 2015-12 }"],
    ["awardDate: { p: 2015-12-18, q: 2015-12 }"],
    ["term: { p: 1 year, q: 12 months }"],
    ["maximumDuration: { p: 1 year, q: 12 months }"],
    ["participants: { p: 50, q: 50 }"],
    ["capacity: { p: [5 sites, 3 TB], q: [3 TB, 5 sites] }"],
    ["reservedFor: { p: [Court, Council], q: [council, court] }"],
    ["ceiling: { p: withheld, q: withheld }"],
    ["buyer: { p: City, p again: Town }"],
  ])("%s agree, or are one source's own", async (fact) => {
    expect(await between(fact)).toEqual([]);
  });

  test.each([
    ["buyer: { p: City, q: State }", "buyer: p says City; q says State"],
    ["awardDate: { p: 2015, q: 2016-12 }", "awardDate: p says 2015; q says 2016-12"],
    ["term: { p: 1 year, q: 2 years }", "term: p says 1 year; q says 2 years"],
    ["participants: { p: 50, q: 56 }", "participants: p says 50; q says 56"],
    ["capacity: { p: [5 sites], q: [5 sites, 3 TB] }", "capacity: p says 5 sites; q says 5 sites, 3 TB"],
    ["capacity: { p: [5 sites], q: [4 sites] }", "capacity: p says 5 sites; q says 4 sites"],
    ["dataLocation: { p: [EU], q: [BE] }", "dataLocation: p says EU; q says BE"],
    ["ceiling: { p: EUR 5, q: withheld }", "ceiling: p says EUR 5; q says withheld"],
  ])("%s contradict each other", async (fact, said) => {
    expect(await between(fact)).toEqual([`warning N3-contradiction: k, ${said}: they contradict each other`]);
  });

  test("rounding is worth knowing", async () => {
    expect(await between("participants: { p: about 50, q: 56 }")).toEqual([
      "info N3-rounding: k, participants: p says about 50; q says 56: the same figure, cut",
    ]);
  });

  test("who holds a lot does not depend on the order in which it is said", async () => {
    expect(await found("lots: [{ lot: 1, suppliers: { p: [a, b], q: [b, a] } }]")).toEqual([]);
    expect(await found("lots: [{ lot: 1, suppliers: { p: [a, b], q: [a] } }]")).toEqual([
      "warning N3-contradiction: lot k/1, suppliers: p says a, b; q says a: they contradict each other",
    ]);
  });

  test("the verdicts do not depend on who is preferred", async () => {
    const register = await openText(
      `${HEAD}contracts: [{ contract: k, buyer: { p: City, q: State }, lots: [{ lot: 1 }] }]`,
    );
    expect((await check(preferring(register, "q"))).map(lineOf)).toEqual((await check(register)).map(lineOf));
  });

  test("what no source is named for, the register says", async () => {
    const register = await openText(
      `${HEAD}contracts: [{ contract: k, buyer: { p: City }, lots: [{ lot: 1, suppliers: [a, b] }] }]`,
    );
    const mixed = {
      ...register,
      async *contracts() {
        for await (const batch of register.contracts()) {
          yield batch.map(
            (contract): Contract => ({
              ...contract,
              buyer: [{ value: "State", by: UNATTRIBUTED }, ...(contract.buyer ?? [])],
            }),
          );
        }
      },
    };
    expect((await check(mixed)).map(lineOf)).toEqual([
      "warning N3-contradiction: k, buyer: the register says State; p says City: they contradict each other",
    ]);
  });
});

test("every finding points at the value that it is about", async () => {
  const register = await openText(`
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
    maximumDuration: 6 years
    lots: [{ lot: 1 }]
`);
  const places = (await check(register)).map(
    ({ rule, position }) => `${rule}: ${position?.text.slice(position.column - 1, position.column + 9)}`,
  );
  expect(places).toEqual([
    "T4-sum: EUR 5M",
    "T4-child: EUR 6M, of",
    "T2-count: [3 Europea",
    "T4-offers: 9",
    "D2-length: 5 years",
    "D1-maximum: 4 years",
    "D2-length: 6 years",
  ]);
});
