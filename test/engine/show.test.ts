import { describe, expect, test } from "vitest";
import { lots } from "../../src/engine/lots.ts";
import { show } from "../../src/engine/show.ts";
import { UsageError } from "../../src/model/errors.ts";
import { formatJson } from "../../src/output/json.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { linesOf, openText, rowsOf } from "../open-text.ts";
import { allOf } from "../reading.ts";

const CITY = `
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers:
  - { supplier: a, name: { act: Alpha, news: ALPHA Ltd }, aliases: [Alfa], country: BE, note: The first. }
  - { supplier: b, name: Alpine }
  - { supplier: idle, name: Idle, kind: grouping }
contracts:
  - contract: k
    title: Kiosks
    description: Kiosks in parks
    note: Ends early.
    framework: no
    source: act
    buyer: { act: City, news: The State }
    startDate: 2016-01
    term: 2 years + 1 renewal of 1 year
    lots:
      - { lot: 1, title: First, ceiling: { act: EUR 2M, news 4: EUR 1.9M }, suppliers: [a, b], note: Big. }
      - { lot: 2, suppliers: [a] }
      - { lot: 7, ceiling: withheld }
  - contract: l
    lots:
      - { lot: 1, ceiling: USD 8, suppliers: [a] }
`;

const shown = async (wanted: string, options = {}): Promise<string[]> =>
  linesOf(show(await openText(CITY), wanted, options));

describe("a contract's card", () => {
  test("has its facts, its ends, its total and its lots", async () => {
    expect(await shown("k")).toEqual([
      "contract | k",
      "title | Kiosks",
      "description | Kiosks in parks",
      "kind | contract",
      "buyer | City",
      "startDate | 2016-01",
      "term | 2 years + 1 renewal of 1 year",
      "firm end | 2018-01",
      "latest end | 2019-01",
      "state | ended",
      "renewals left | 0",
      "total of its lots | ≥ EUR 2M",
      "lot 1 | First; EUR 2M; Alpha, Alpine",
      "lot 2 | no ceiling stated; Alpha",
      "lot 7 | ceiling withheld",
      "note | Ends early.",
    ]);
    expect(await shown("l")).toEqual([
      "contract | l",
      "kind | framework agreement",
      "total of its lots | USD 8",
      "lot 1 | USD 8; Alpha",
    ]);
  });

  test("with sources, every claim, who makes it, and how it stands to the others (N3)", async () => {
    expect(await shown("k", { sources: true })).toEqual([
      "contract | k | - | - | -",
      "title | Kiosks | - | - | -",
      "description | Kiosks in parks | - | - | -",
      "kind | contract | - | - | -",
      "buyer | City | act | - | contradicts",
      "buyer | The State | news | - | contradicts",
      "startDate | 2016-01 | act | - | -",
      "term | 2 years + 1 renewal of 1 year | act | - | -",
      "lot 1 ceiling | EUR 2M | act | - | rounded",
      "lot 1 ceiling | EUR 1.9M | news | 4 | rounded",
      "lot 1 suppliers | Alpha, Alpine | act | - | -",
      "lot 2 suppliers | Alpha | act | - | -",
      "lot 7 ceiling | withheld | act | - | -",
      "note | Ends early. | - | - | -",
    ]);
  });

  test("has the parts of the contract that are not lots", async () => {
    const register = await openText(`
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - contract: k
    procedure: P-1
    callOffOf: frame-1
    regime: utilities
    vat: included
    tags: [critical, IT]
    lots: [{ lot: 1 }, { lot: 2 }]
    groups:
      - { group: A, title: Both, lots: [1, 2], ceiling: { act: EUR 2M, news: EUR 3M }, certain: no }
      - { group: B, lots: [1] }
    settledContracts:
      - { settled: CON-1, reference: R-7, title: Masts, lots: [1, 2], suppliers: [a, b], value: EUR 5, awardDate: 2024-03, signedDate: 2024-04-01 }
      - { settled: CON-2, lots: [1], value: withheld }
      - { settled: CON-3, lots: [1] }
    sharedAwards: [{ lots: [1, 2], value: [EUR 7, USD 8] }, { lots: [2], value: withheld }]
    links: [{ url: https://example.org, title: Guide }, https://example.org/2]
`);
    expect(await linesOf(show(register, "k"), "fact", "value")).toEqual([
      "contract | k",
      "kind | call-off",
      "procedure | P-1",
      "regime | utilities",
      "vat | included",
      "callOffOf | frame-1",
      "tags | critical, IT",
      "lot 1 | no ceiling stated",
      "lot 2 | no ceiling stated",
      "group A | Both; EUR 2M incl. VAT; lots 1, 2; one ceiling for all, or one for each",
      "group B | no ceiling stated; lot 1",
      "contract CON-1 | R-7; Masts; EUR 5 incl. VAT; lots 1, 2; Alpha, Beta; awarded 2024-03; signed 2024-04-01",
      "contract CON-2 | value withheld; lot 1",
      "contract CON-3 | lot 1",
      "awarded | EUR 7 incl. VAT and USD 8 incl. VAT; lots 1, 2 together",
      "awarded | withheld; lot 2 together",
      "link | Guide: https://example.org",
      "link | https://example.org/2",
    ]);
    expect(await linesOf(show(register, "k", { sources: true }))).toEqual(
      expect.arrayContaining([
        "group A ceiling | EUR 2M incl. VAT | act | - | contradicts",
        "group A ceiling | EUR 3M incl. VAT | news | - | contradicts",
      ]),
    );
  });

  test("T11: has the contracts that are call-offs of it, of which none is a framework agreement unless it says so", async () => {
    const register = await openText(`
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - { contract: f, lots: [{ lot: 1, ceiling: EUR 2M, suppliers: [a, b] }, { lot: 2 }] }
  - contract: c
    title: Ten vans
    callOffOf: f
    callOffLots: [1]
    awardDate: 2024-06-02
    lots: [{ lot: x, awarded: EUR 200k, suppliers: [a, b] }]
  - { contract: d, callOffOf: f, framework: yes, lots: [{ lot: y, suppliers: [a] }] }
  - { contract: e, callOffOf: d, lots: [{ lot: z, awarded: EUR 5k }] }
  - { contract: g, callOffOf: f, lots: [{ lot: z }] }
`);
    const rows = async (wanted: string, about: string) =>
      (await linesOf(show(register, wanted), "fact", "value")).filter((line) => line.startsWith(about));
    expect(await rows("f", "call-off")).toEqual([
      "call-off c | 2024-06-02; Ten vans; EUR 200k; lot 1; Alpha, Beta",
      "call-off d | ≥ EUR 5k; Alpha",
      "call-off g | value not stated",
    ]);
    expect(await rows("d", "call-off")).toEqual(["call-off e | EUR 5k"]);
    expect(await rows("e", "call-off")).toEqual([]);
    expect(await Promise.all(["f", "c", "d"].map((id) => rows(id, "kind")))).toEqual([
      ["kind | framework agreement"],
      ["kind | call-off"],
      ["kind | framework agreement"],
    ]);
    expect(await rowsOf(lots(register, { query: "is:framework" }))).toHaveLength(3);
  });

  test("D1, golden: the default register's ends are reckoned from the award", async () => {
    const lines = await linesOf(show(await openRegister(), "cloud-i"), "fact", "value");
    expect(lines).toContain("firm end | 2017-12");
    expect(lines).toContain("latest end | 2019-12");
    expect(lines).toContain("ends counted from | the award");
    expect(lines).toContain("total of its lots | EUR 34.4M");
  });

  test("D1a, D1b: shows what `contracts` shows, each lot with a term of its own, and the days to act by", async () => {
    const register = await openText(`
contracts:
  - contract: k
    startDate: 2020-01-01
    term: 2 years + 2 renewals of 1 year
    noticePeriod: 3 months
    leadTime: 9 months
    reviewDate: 2021-06-30
    renewals: [{ renewal: 1, exercised: 2021-09 }]
    lots:
      - { lot: 1, ceiling: EUR 1M }
      - { lot: 2, ceiling: EUR 2M, startDate: 2021-04-01, endDate: 2022-09-30 }
      - { lot: 3, term: 1 year + tacit renewals of 6 months }
`);
    const at = { year: 2022, month: 1, day: 15 };
    expect((await linesOf(show(register, "k", { at }), "fact", "value")).slice(2)).toEqual([
      "startDate | 2020-01-01",
      "term | 2 years + 2 renewals of 1 year",
      "noticePeriod | 3 months",
      "leadTime | 9 months",
      "reviewDate | 2021-06-30",
      "renewal 1 | 2021-09; exercised",
      "firm end | 2022-12-31",
      "latest end | unlimited",
      "state | firm",
      "renewals left | unlimited",
      "give notice by | 2022-09-30",
      "total of its lots | ≥ EUR 3M",
      "lot 1 | EUR 1M",
      "lot 2 | EUR 2M; firm end 2022-09-30; firm",
      "lot 3 | no ceiling stated; firm end 2021-06-30; latest end unlimited; renewal 3",
    ]);
    expect((await linesOf(show(register, "k/2", { at }), "fact", "value")).slice(3)).toEqual([
      "ceiling | EUR 2M",
      "startDate | 2021-04-01",
      "endDate | 2022-09-30",
      "firm end | 2022-09-30",
      "latest end | 2022-09-30",
      "state | firm",
      "renewals left | 0",
      "give notice by | 2022-06-30",
      "begin next procedure by | 2021-12-31",
    ]);
    const [line = ""] = (await allOf(formatJson(show(register, "k", { at })))).join("").match(/.*"lot 3".*/) ?? [];
    expect(JSON.parse(line).value).toEqual({
      lot: "3",
      ceiling: null,
      term: "1 year + tacit renewals of 6 months",
      firmEnd: "2021-06-30",
      latestEnd: "unlimited",
      state: "renewal 3",
    });
  });

  test("lists the notices about it, and is found by each of them", async () => {
    const register = await openText(`
contracts:
  - contract: k
    lots: [{ lot: 1 }]
    publications:
      - { publication: 7-2024, version: 01, date: 2024-03-01, kind: result, file: a.xml }
      - { publication: 8-2024, noticeId: n-8, deadline: 2024-02-01, maximum: EUR 2M }
`);
    const lines = await linesOf(show(register, "8-2024"), "fact", "value");
    expect(lines.slice(0, 4)).toEqual([
      "contract | k",
      "kind | framework agreement",
      "notice 7-2024 | 2024-03-01; result; version 01; a.xml",
      "notice 8-2024 | EUR 2M at most announced; tenders due 2024-02-01",
    ]);
    expect(await linesOf(show(register, "n-8"), "fact", "value")).toEqual(lines);
    await expect(rowsOf(show(register, "7-2025"))).rejects.toThrow('there is no contract, lot or supplier "7-2025"');
  });

  test("a contract of its own comes before one whose history names the same notice", async () => {
    const register = await openText(`
contracts:
  - { contract: k, lots: [], publications: [{ publication: 8-2024 }] }
  - { contract: 8-2024, callOffOf: k, lots: [] }
`);
    expect((await linesOf(show(register, "8-2024"), "fact", "value"))[0]).toBe("contract | 8-2024");
  });

  test("is a card, but not with sources", async () => {
    const register = await openText(CITY);
    expect(show(register, "k").shape).toEqual({ kind: "card" });
    expect(show(register, "k", { sources: true }).shape).toBeUndefined();
  });
});

describe("a lot's card", () => {
  const FIRST = [
    "lot | k/1",
    "title | First",
    "contract | Kiosks",
    "status | awarded",
    "ceiling | EUR 2M",
    "suppliers | Alpha, Alpine",
    "note | Big.",
  ];

  test("by contract and lot, or by the lot alone where only one contract has it", async () => {
    expect(await shown("k/1")).toEqual(FIRST);
    expect(await shown("2")).toEqual(["lot | k/2", "contract | Kiosks", "status | awarded", "suppliers | Alpha"]);
    expect((await shown("l/1"))[1]).toBe("contract | l");
  });

  test("with sources", async () => {
    expect(await shown("k/1", { sources: true })).toContain("ceiling | EUR 1.9M | news | 4 | rounded");
  });
});

describe("a supplier's card", () => {
  const ALPHA = [
    "supplier | a",
    "kind | company",
    "name | Alpha",
    "country | BE",
    "aliases | ALPHA Ltd, Alfa",
    "lots | k/1 First: EUR 2M shared with 1 other, k/2: no ceiling stated, l/1: USD 8",
    "sole | missing",
    "shared | EUR 2M",
    "sole | ≥ USD 8",
    "shared | USD 0",
    "note | The first.",
  ];

  test.each(["a", "Alpha", "ALPHA", "alpha ltd", "alfa"])("by %s", async (wanted) => {
    expect(await shown(wanted)).toEqual(ALPHA);
  });

  test("by a part of its name, where only one has it", async () => {
    expect((await shown("alpin"))[0]).toBe("supplier | b");
    expect((await shown("alpha l"))[0]).toBe("supplier | a");
  });

  test("with sources, its names are told apart (T2)", async () => {
    expect((await shown("a", { sources: true })).slice(2, 6)).toEqual([
      "name | Alpha | act | - | names differ",
      "name | ALPHA Ltd | news | - | names differ",
      "country | BE | - | - | -",
      "aliases | Alfa | - | - | -",
    ]);
  });

  test("one that holds no lot has no figures", async () => {
    expect(await shown("idle")).toEqual(["supplier | idle", "kind | grouping", "name | Idle"]);
  });

  test("golden: Atos shares with four others and with three", async () => {
    const rows = await rowsOf(show(await openRegister(), "ATOS Belgium"));
    const lots = rows.find(({ fact }) => fact === "lots")?.value;
    expect(lots?.type === "composites" && lots.value.map(({ text }) => text)).toEqual([
      "cloud-i/2 Public cloud infrastructure: EUR 13.9M shared with 4 others",
      "cloud-i/3 Public cloud platform: EUR 10.3M shared with 3 others",
    ]);
  });
});

test("what was awarded for several lots together stands in parts in JSON", async () => {
  const shared = await openText(
    "contracts: [{ contract: k, lots: [{ lot: 1 }, { lot: 2 }], sharedAwards: [{ lots: [1, 2], value: EUR 5M }] }]",
  );
  expect((await allOf(formatJson(show(shared, "k")))).join("")).toContain(
    '{"fact": "awarded", "value": {"awarded": [{"amount": 5000000, "currency": "EUR"}], "lots": ["1", "2"]}}',
  );
});

describe("what names nothing, or several things, is an error", () => {
  const refusal = async (wanted: string, register = CITY): Promise<string> => {
    const error: unknown = await openText(register)
      .then((opened) => rowsOf(show(opened, wanted)))
      .catch((reason: unknown) => reason);
    if (!(error instanceof UsageError)) throw new Error("it was found");
    return `${error.message}: ${error.hint}`;
  };

  test("a lot of several contracts", async () => {
    expect(await refusal("1")).toBe('"1" may be more than one lot: say which: k/1, l/1');
    const many = Array.from({ length: 7 }, (_, index) => `{ contract: c${index}, lots: [{ lot: 1 }] }`);
    expect(await refusal("1", `contracts: [${many.join(", ")}]`)).toBe(
      '"1" may be more than one lot: say which: c0/1, c1/1, c2/1, c3/1, c4/1 …',
    );
  });

  test("a part of several suppliers' names", async () => {
    expect(await refusal("alp")).toBe('"alp" may be more than one supplier: say which: a, b');
  });

  test("nothing, with the nearest names", async () => {
    expect(await refusal("Alphq")).toMatch(/^there is no contract, lot or supplier "Alphq": did you mean Alpha/);
    expect(await refusal("zzzzzz")).toBe('there is no contract, lot or supplier "zzzzzz": for example: k, l, a, Alpha');
  });
});
