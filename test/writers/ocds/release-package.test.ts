import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lots, openRegister, releasePackage, total } from "../../../src/index.ts";
import { knownIn, open, registers } from "../../engine/random-contracts.ts";
import { linesOf, openText, rowsOf } from "../../open-text.ts";
import { allOf, readRegister } from "../../reading.ts";
import { seeded } from "../../seeded.ts";
import { schemaProblems } from "./release-package-schema.ts";

const AT = { year: 2026, month: 1, day: 2 };

const SUPPLIERS = [
  { supplier: "alder", name: "Alder", country: "AT", legalId: "FN 12345 a" },
  {
    supplier: "birch",
    name: "Birch",
    members: [
      { name: "Twig", country: "DE" },
      { name: "Leaf", lead: "yes" },
    ],
  },
];

interface Written {
  readonly text: string;
  readonly notes: readonly string[];
}

const write = async (register: object, options: object = {}): Promise<Written> => {
  const notes: string[] = [];
  const tell = (note: string) => notes.push(note);
  const read = await readRegister(JSON.stringify(register));
  const text = (await allOf(releasePackage(read, { at: AT, tell, ...options }))).join("");
  return { text, notes };
};

/** The one release of a register with one contract, whose suppliers are Alder and Birch. */
const releaseOf = async (contract: object): Promise<unknown> => {
  const { text } = await write({ suppliers: SUPPLIERS, contracts: [{ contract: "c", ...contract }] });
  expect(schemaProblems(text)).toEqual([]);
  return JSON.parse(text).releases[0];
};

const lot = (more: object = {}) => ({ lots: [{ lot: "1", suppliers: ["alder", "birch"], ...more }] });
const eur = (amount: number) => ({ amount, currency: "EUR" });
const BOTH = [
  { id: "alder", name: "Alder" },
  { id: "birch", name: "Birch" },
];

describe("what a contract states is where OCDS has it", () => {
  test("contracts to which several notices gave one number stay several", async () => {
    const settled = (value: string) => ({ settled: "CON-1", lots: ["1"], suppliers: ["alder"], value });
    const release = await releaseOf({ ...lot(), settledContracts: ["EUR 1", "EUR 2", "EUR 3"].map(settled) });
    expect(release).toMatchObject({
      contracts: [
        { id: "CON-1", value: eur(1) },
        { id: "CON-1#2", value: eur(2) },
        { id: "CON-1#3", value: eur(3) },
      ],
    });
  });

  test.each([
    [
      "a ceiling that suppliers share: once",
      lot({ ceiling: "EUR 10" }),
      {
        awards: [{ id: "1", status: "active", maximumValue: eur(10), suppliers: BOTH, relatedLots: ["1"] }],
      },
    ],
    [
      "what was awarded, expected and estimated",
      lot({ awarded: "EUR 1.50", reestimate: "EUR 2", estimate: "EUR 3" }),
      {
        tender: { lots: [{ value: eur(3) }] },
        awards: [{ value: eur(1.5), estimatedValue: eur(2) }],
      },
    ],
    [
      "values in two currencies: an award each",
      lot({ awarded: ["EUR 1", "USD 2"] }),
      {
        awards: [
          { id: "1", value: eur(1) },
          { id: "1#2", value: { amount: 2, currency: "USD" } },
        ],
      },
    ],
    [
      "of a range what is certain, and an award without a value for the rest",
      lot({ awarded: ["between EUR 2 and EUR 5", "between USD 0 and USD 3"] }),
      {
        awards: [{ id: "1", value: eur(2) }, { id: "1#2" }],
      },
    ],
    [
      "amounts with tax",
      { vat: "included", ...lot({ ceiling: "EUR 10" }) },
      {
        awards: [{ maximumValue: { amount: 10, currency: "EUR", valueAddedTaxIncluded: true } }],
      },
    ],
    [
      "amounts that are withheld",
      lot({ ceiling: "withheld", awarded: "withheld" }),
      {
        awards: [{ id: "1", status: "active", suppliers: BOTH, relatedLots: ["1"] }],
        withheldInformation: [
          { id: "win-ten-val-1", field: "win-ten-val", name: "Tender Value" },
          { id: "max-val-1", field: "max-val", name: "Framework Maximum Value" },
        ],
      },
    ],
    [
      "a value of several lots",
      {
        lots: [
          { lot: "1", suppliers: ["alder"] },
          { lot: "2", suppliers: ["alder", "birch"] },
        ],
        sharedAwards: [{ lots: ["1", "2"], value: "EUR 7" }],
      },
      {
        awards: [{ id: "1" }, { id: "2" }, { id: "1+2", value: eur(7), suppliers: [BOTH[0]], relatedLots: ["1", "2"] }],
      },
    ],
    [
      "a group of lots",
      { lots: [{ lot: "1" }, { lot: "2" }], groups: [{ group: "g", lots: ["1", "2"], ceiling: "EUR 9" }] },
      {
        tender: { lotGroups: [{ id: "g", relatedLots: ["1", "2"], maximumValue: eur(9) }] },
      },
    ],
    [
      "lots without a winner",
      {
        lots: [
          { lot: "1", status: "closed-no-winner", ceiling: "EUR 4" },
          { lot: "2", status: "cancelled" },
          { lot: "3", status: "pending" },
        ],
      },
      {
        tag: ["tender", "award"],
        tender: {
          lots: [
            {
              id: "1",
              status: "unsuccessful",
              techniques: { hasFrameworkAgreement: true, frameworkAgreement: { value: eur(4) } },
            },
            { id: "2", status: "cancelled" },
            { id: "3", status: "active" },
          ],
        },
        awards: [{ id: "3", status: "pending", relatedLots: ["3"] }],
      },
    ],
    [
      "a lot of which the award is pending, with the ceiling that was announced",
      lot({ status: "pending", suppliers: ["birch"], ceiling: "EUR 8" }),
      {
        tender: {
          lots: [{ techniques: { frameworkAgreement: { value: eur(8) } } }],
        },
        awards: [{ status: "pending", suppliers: [{ id: "birch" }] }],
      },
    ],
    [
      "the framework agreement, and how orders are placed",
      {
        ceiling: "EUR 10",
        users: ["City", "State"],
        ...lot({ callOff: "reopened competition" }),
      },
      {
        tender: {
          techniques: {
            hasFrameworkAgreement: true,
            frameworkAgreement: { value: eur(10), buyerCategories: "City; State" },
          },
          lots: [
            {
              id: "1",
              status: "complete",
              techniques: {
                hasFrameworkAgreement: true,
                frameworkAgreement: { method: "withReopeningCompetition" },
              },
            },
          ],
        },
      },
    ],
    [
      "a contract that is no framework agreement",
      { framework: "no", ...lot() },
      {
        tender: { techniques: { hasFrameworkAgreement: false } },
      },
    ],
    [
      "the term from a day on",
      { startDate: "2024-02-01", term: "18 months + 2 renewals of 1 year", ...lot() },
      {
        tender: {
          contractPeriod: { startDate: "2024-02-01T00:00:00Z", durationInDays: 540 },
          lots: [{ renewal: { maximumRenewals: 2, period: { durationInDays: 365 } } }],
        },
      },
    ],
    [
      "terms of single lots",
      {
        startDate: "2024-02-01",
        term: "1 year",
        lots: [{ lot: "1", term: "2 years + 1 renewal of 6 months" }, { lot: "2" }],
      },
      {
        tender: {
          lots: [
            {
              contractPeriod: { startDate: "2024-02-01T00:00:00Z", durationInDays: 730 },
              renewal: { maximumRenewals: 1, period: { durationInDays: 180 } },
            },
            { contractPeriod: { startDate: "2024-02-01T00:00:00Z", durationInDays: 365 } },
          ],
        },
      },
    ],
    [
      "begins and ends of single lots",
      {
        startDate: "2024-02-01",
        lots: [
          { lot: "1", endDate: "2025-01-31", latestEndDate: "2026-01-31" },
          { lot: "2", startDate: "2024-03-01" },
        ],
      },
      {
        tender: {
          lots: [
            {
              contractPeriod: {
                startDate: "2024-02-01T00:00:00Z",
                endDate: "2025-01-31T23:59:59Z",
                maxExtentDate: "2026-01-31T23:59:59Z",
              },
            },
            { contractPeriod: { startDate: "2024-03-01T00:00:00Z" } },
          ],
        },
      },
    ],
    [
      "the last day, and the last one possible",
      {
        startDate: "2024-02-01+02:00",
        endDate: "2025-01-31",
        maximumDuration: "4 years",
        ...lot(),
      },
      {
        tender: {
          contractPeriod: {
            startDate: "2024-02-01T00:00:00+02:00",
            endDate: "2025-01-31T23:59:59Z",
            maxExtentDate: "2028-01-31T23:59:59Z",
          },
        },
      },
    ],
    [
      "when it was awarded and signed",
      {
        awardDate: "2024-01-09",
        ...lot(),
        settledContracts: [
          { settled: "k", title: "Key", lots: ["1"], suppliers: ["birch"], signedDate: "2024-01-31", value: "EUR 5" },
        ],
      },
      {
        tag: ["tender", "award", "contract"],
        awards: [{ id: "1", date: "2024-01-09T00:00:00Z" }],
        contracts: [
          {
            id: "k",
            awardID: "1",
            title: "Key",
            value: eur(5),
            dateSigned: "2024-01-31T00:00:00Z",
            suppliers: [BOTH[1]],
          },
        ],
      },
    ],
    [
      "a contract that was signed for several lots",
      {
        lots: [
          { lot: "1", suppliers: ["alder"] },
          { lot: "2", suppliers: ["alder", "birch"] },
        ],
        settledContracts: [{ settled: "k", lots: ["1", "2"], suppliers: ["alder"] }],
      },
      {
        awards: [{ id: "1" }, { id: "2" }, { id: "1+2", suppliers: [BOTH[0]], relatedLots: ["1", "2"] }],
        contracts: [{ id: "k", awardID: "1+2" }],
      },
    ],
    [
      "modifications: the ceiling as it is now",
      {
        ...lot({ ceiling: "EUR 10" }),
        modifications: [
          { modification: "m", date: "2025-03-01", lot: "1", amount: "EUR 2", title: "More", ground: "review clause" },
          { modification: "later", date: "2027-01-01", lot: "1", amount: "EUR 5" },
        ],
      },
      {
        awards: [
          {
            maximumValue: eur(12),
            amendments: [
              {
                id: "m",
                date: "2025-03-01T00:00:00Z",
                description: "More",
                rationale: "review clause",
                relatedLots: ["1"],
              },
            ],
          },
        ],
      },
    ],
    [
      "modifications of single lots: in the award of each",
      {
        lots: [
          { lot: "1", suppliers: ["alder"] },
          { lot: "2", suppliers: ["birch"] },
        ],
        modifications: [
          { modification: "m", date: "2025-03-01", lot: "2" },
          { modification: "n", date: "2025-03-02" },
        ],
      },
      {
        awards: [
          { id: "1", amendments: [{ id: "n" }] },
          { id: "2", amendments: [{ id: "m", relatedLots: ["2"] }] },
        ],
      },
    ],
    [
      "who buys",
      { buyer: "City", jointBuyers: ["State"], lots: [] },
      {
        buyer: { id: "buyer-1", name: "City" },
        parties: [
          { id: "buyer-1", name: "City", roles: ["buyer"] },
          { id: "buyer-2", name: "State", roles: ["buyer"] },
        ],
      },
    ],
    [
      "who holds a lot, alone and as a grouping",
      lot(),
      {
        parties: [
          {
            id: "alder",
            name: "Alder",
            identifier: { scheme: "lotbook", id: "alder" },
            additionalIdentifiers: [{ id: "FN 12345 a" }],
            address: { country: "AT" },
            roles: ["supplier", "tenderer"],
          },
          {
            id: "birch",
            name: "Birch",
            identifier: { scheme: "lotbook", id: "birch" },
            roles: ["supplier", "tenderer"],
          },
          {
            id: "birch/1",
            name: "Twig",
            address: { country: "DE" },
            memberOf: [{ id: "birch", name: "Birch" }],
            roles: ["tenderer"],
          },
          {
            id: "birch/2",
            name: "Leaf",
            memberOf: [{ id: "birch", name: "Birch" }],
            roles: ["tenderer", "leadTenderer"],
          },
        ],
      },
    ],
    [
      "subcontractors",
      lot({ subcontractors: ["Root"] }),
      {
        parties: expect.arrayContaining([{ id: "subcontractor-1", name: "Root", roles: ["subcontractor"] }]),
        bids: {
          details: [
            {
              id: "1",
              relatedLots: ["1"],
              subcontracting: { subcontracts: [{ id: "1", subcontractor: { id: "subcontractor-1", name: "Root" } }] },
            },
          ],
        },
        awards: [{ relatedBids: ["1"] }],
      },
    ],
    [
      "counts and classifications",
      { tenderers: "3", offers: "9", cpv: ["72000000-5", "72400000"], ...lot({ offers: "2", cpv: ["30000000"] }) },
      {
        tender: {
          numberOfTenderers: 3,
          items: [
            {
              id: "1",
              classification: { scheme: "CPV", id: "72000000-5" },
              additionalClassifications: [{ scheme: "CPV", id: "72400000" }],
            },
            { id: "2", classification: { scheme: "CPV", id: "30000000" }, relatedLot: "1" },
          ],
        },
        bids: {
          statistics: [
            { id: "1", measure: "bids", value: 9 },
            { id: "2", measure: "bids", value: 2, relatedLot: "1" },
          ],
        },
      },
    ],
    [
      "how it was awarded, by whom and where",
      {
        procedureType: "direct",
        directAward: ["technical", "urgency"],
        nature: "supplies",
        buyer: "Harbour",
        buyerCountry: "BE",
        callDate: "2024-01-15",
        lots: [],
      },
      {
        tender: {
          procurementMethod: "direct",
          procurementMethodDetails: "direct",
          procurementMethodRationale: "technical; urgency",
          mainProcurementCategory: "goods",
          tenderPeriod: { startDate: "2024-01-15T00:00:00Z" },
        },
        parties: [{ name: "Harbour", address: { country: "BE" } }],
      },
    ],
    [
      "a call-off",
      { callOffOf: "ocds-abc123-1", callOffLots: ["2"], lots: [] },
      {
        relatedProcesses: [
          { id: "1", relationship: ["framework"], scheme: "ocid", identifier: "ocds-abc123-1", relatedLots: ["2"] },
        ],
      },
    ],
    [
      "a call-off under a notice",
      { callOffOf: "00561011-2024", lots: [] },
      {
        relatedProcesses: [{ id: "1", relationship: ["framework"], identifier: "00561011-2024" }],
      },
    ],
    [
      "its law, words and pages",
      {
        regime: "utilities",
        title: "Rails",
        description: "Of steel",
        links: [{ title: "Call", url: "https://example.org/call" }],
        estimate: "EUR 8",
        lots: [],
      },
      {
        tender: {
          id: "c",
          title: "Rails",
          description: "Of steel",
          legalBasis: { scheme: "CELEX", id: "32014L0025" },
          value: eur(8),
          documents: [{ id: "1", title: "Call", url: "https://example.org/call" }],
        },
      },
    ],
  ])("%s", async (_name, contract, expected) => {
    expect(await releaseOf(contract)).toMatchObject(expected);
  });

  test("every digit of an amount", async () => {
    const { text } = await write({
      contracts: [{ contract: "c", ...lot({ suppliers: [], ceiling: "EUR 90071992547409931.50" }) }],
    });
    expect(text).toContain('"maximumValue":{"amount":90071992547409931.50,"currency":"EUR"}');
  });
});

describe("what OCDS has no place for is told", () => {
  test("and nothing that it has a place for", async () => {
    const { notes } = await write(
      {
        suppliers: SUPPLIERS,
        contracts: [
          {
            contract: "c",
            framework: "yes",
            lots: [
              { lot: "1", suppliers: ["alder"], ceiling: "EUR 10.00" },
              { lot: "2", status: "open", ceiling: "EUR 10.00" },
              { lot: "3", suppliers: ["birch"], ceiling: "withheld", awarded: "withheld" },
            ],
            modifications: [{ modification: "m", date: "2024-01-01", lot: "1" }],
          },
        ],
      },
      { prefix: "ocds-abc123" },
    );
    expect(notes).toEqual([]);
  });

  const told = async (contract: object): Promise<readonly string[]> => {
    const { text, notes } = await write(
      { suppliers: SUPPLIERS, contracts: [{ contract: "c", ...contract }] },
      { prefix: "ocds-abc123" },
    );
    expect(schemaProblems(text)).toEqual([]);
    return notes;
  };

  test.each([
    [lot({ ceiling: "EUR 10M" }), "to how many digits a rounded figure is known (1)"],
    [lot({ ceilingPerSupplier: "EUR 10" }), "ceilings that each supplier has for itself (1)"],
    [lot({ estimate: "withheld" }), "that an amount other than an award's is withheld (1)"],
    [lot({ service: "IaaS", note: "Here." }), "services of lots (1), notes (1)"],
    [lot({ status: "pending", ceiling: "EUR 10.00" }), "who holds lots of which the award is pending (1)"],
    [lot({ status: "unpublished" }), "that the result of a lot is not published (1)"],
    [{ awardDate: "2024-03", ...lot() }, "dates known to the month or year only (1)"],
    [{ awardDate: "2024-03-01", lots: [] }, "award dates of contracts without an award (1)"],
    [{ endDate: "2024-03-01", term: "1 year", lots: [] }, "terms beside an end date (1)"],
    [{ maximumDuration: "1 year", lots: [] }, "maximum durations without a first day (1)"],
    [{ tenderers: "about 50", lots: [] }, "that a number is approximate, or of what it is one (1)"],
    [{ callDate: "2024", tags: ["x"], lots: [] }, "dates known to the month or year only (1), tags (1)"],
    [{ orders: [], lots: [] }, "orders and ledgers (1)"],
    [{ buyerCountry: "BE", lots: [] }, "where a buyer is whose name is not stated (1)"],
    [
      { buyer: "City", jointBuyers: ["State", "City"], lots: [] },
      "that a joint buyer is the buyer, too, or named again (1)",
    ],
    [{ jointBuyers: ["State", "State"], lots: [] }, "that a joint buyer is the buyer, too, or named again (2)"],
    [
      {
        ...lot(),
        modifications: [
          { modification: "m", date: "2024-01-01", value: "EUR 1" },
          { modification: "n", date: "2024-01-02" },
        ],
      },
      "by how much modifications changed what contracts are worth (1)",
    ],
    [
      { lots: [], modifications: [{ modification: "m", date: "2024-01-01" }] },
      "modifications of contracts without an award (1)",
    ],
    [
      { lots: [{ lot: "1", status: "cancelled", reestimate: "EUR 1" }] },
      "values and expectations of lots without an award (1)",
    ],
    [
      { framework: "no", lots: [{ lot: "1", status: "cancelled", ceiling: "EUR 1" }] },
      "ceilings of lots that have neither an award nor a framework agreement (1)",
    ],
    [
      {
        lots: [{ lot: "1" }, { lot: "2" }],
        groups: [{ group: "g", lots: ["1", "2"], ceiling: "EUR 9", certain: "no" }],
      },
      "ceilings that several lots have together, or each (1)",
    ],
    [
      {
        lots: [
          { lot: "1", suppliers: ["alder"] },
          { lot: "2", status: "pending" },
        ],
        settledContracts: [{ settled: "k", lots: ["1", "2"] }],
      },
      "contracts that were signed for lots without an award (1)",
    ],
    [
      {
        awardDate: "2024-01-01",
        lots: [
          { lot: "1", suppliers: ["alder"] },
          { lot: "2", status: "cancelled" },
        ],
        settledContracts: [
          { settled: "k", reference: "r", lots: ["1"], awardDate: "2024-01-02" },
          { settled: "l", lots: ["2"] },
        ],
      },
      "contracts that were signed for lots without an award (1), references of signed contracts (1), " +
        "when the award of a signed contract was made, where others of its lots were made on other days (1)",
    ],
  ])("%j: %s", async (contract, expected) => {
    const [note = ""] = await told(contract);
    for (const part of expected.split(/(?<=\(\d\)), /)) expect(note).toContain(part);
  });

  test("what became of suppliers, and what they are also called", async () => {
    const { notes } = await write({
      suppliers: [
        { supplier: "a", name: "A", aliases: ["B", "C"], successions: [{ renamed: "2020-01-01", from: "B" }] },
      ],
      contracts: [{ contract: "c", lots: [{ lot: "1", suppliers: ["a"] }] }],
    });
    expect(notes.at(-1)).toBe("OCDS has no place for other names of suppliers (2), what became of suppliers later (1)");
  });

  test("earlier notices", async () => {
    const register = await openRegister("test/notices/folder");
    const notes: string[] = [];
    await allOf(releasePackage(register, { at: AT, tell: (note) => notes.push(note) }));
    expect(notes.at(-1)).toContain("earlier notices of a contract (1)");
  });

  test("nothing where nothing is lost", async () => {
    expect(await told(lot({ ceiling: "EUR 10" }))).toEqual([]);
  });

  test("who says what, where registers say it", async () => {
    const { notes } = await write({
      sources: [
        { source: "a", title: "A" },
        { source: "b", title: "B" },
      ],
      contracts: [{ contract: "c", title: "T", source: "a", buyer: { a: "City", b: "State" }, lots: [] }],
    });
    expect(notes.at(-1)).toBe(
      "OCDS has no place for what other sources say of a fact (1), which source states a fact (1)",
    );
  });
});

describe("the package", () => {
  const contracts = [
    { contract: "a", procedure: "p", lots: [] },
    { contract: "b", procedure: "p", lots: [] },
    { contract: "c", procedure: "ocds-abc123-1", lots: [] },
  ];
  const ocidsOf = ({ text }: Written) => JSON.parse(text).releases.map(({ ocid }: { ocid: string }) => ocid);

  test("an ocid is the number of the procedure, and every contract's own", async () => {
    const written = await write({ contracts });
    expect(ocidsOf(written)).toEqual(["p", "b", "ocds-abc123-1"]);
    expect(written.notes).toEqual(["2 ocids have no prefix of a registered publisher: give --ocid-prefix"]);
  });

  test("a contract whose id is another's procedure is told apart by a number", async () => {
    const taken = [
      { contract: "b", procedure: "a", lots: [] },
      { contract: "a", lots: [] },
    ];
    expect(ocidsOf(await write({ contracts: taken }))).toEqual(["a", "a-2"]);
  });

  test("what is left out takes no ocid, also where call-offs name their frameworks", async () => {
    const called = { contract: "o", callOffOf: "c", lots: [] };
    const read = await readRegister(JSON.stringify({ contracts: [...contracts, called] }));
    const some = async function* () {
      yield (await allOf(read.contracts())).flat().filter(({ id }) => id === "b" || id === "o");
    };
    const text = (await allOf(releasePackage(read, { at: AT, contracts: some() }))).join("");
    expect(ocidsOf({ text, notes: [] })).toEqual(["p", "o"]);
  });

  test("a call-off names the lots that it says, within its framework's procedure those of its own ids (T11)", async () => {
    const called = (contract: string, more: object) => ({ contract, callOffOf: "f", lots: [{ lot: "1" }], ...more });
    const { text } = await write({
      contracts: [
        { contract: "f", procedure: "p", lots: [{ lot: "1" }, { lot: "2" }] },
        called("within", { procedure: "p" }),
        called("said", { procedure: "p", callOffLots: ["2"] }),
        called("elsewhere", { procedure: "q" }),
        called("alone", {}),
      ],
    });
    const related = JSON.parse(text).releases.map(
      (release: { relatedProcesses?: readonly unknown[] }) => release.relatedProcesses,
    );
    const framework = { id: "1", relationship: ["framework"], identifier: "p" };
    expect(related).toEqual([
      undefined,
      [{ ...framework, relatedLots: ["1"] }],
      [{ ...framework, relatedLots: ["2"] }],
      [framework],
      [framework],
    ]);
  });

  test("a prefix begins those that have none", async () => {
    const written = await write({ contracts }, { prefix: "ocds-zzz999" });
    expect(ocidsOf(written)).toEqual(["ocds-zzz999-p", "ocds-zzz999-b", "ocds-abc123-1"]);
    expect(written.notes).toEqual([]);
  });

  test("it says where it will be, by whom and of what day", async () => {
    const { text } = await write(
      { contracts },
      { uri: "https://example.org/a.json", publisher: "City", at: { year: 2024, month: 2 } },
    );
    expect(JSON.parse(text)).toMatchObject({
      uri: "https://example.org/a.json",
      version: "1.1",
      publishedDate: "2024-02-29T00:00:00Z",
      publisher: { name: "City" },
      releases: [{ id: "p-2024-02-29", date: "2024-02-29T00:00:00Z" }, {}, {}],
    });
  });

  test("one without releases says that it is no valid one", async () => {
    const { text, notes } = await write({ contracts: [] });
    expect(JSON.parse(text)).toMatchObject({ releases: [] });
    expect(notes).toEqual(["no contract was asked for: a package without releases is no valid one"]);
  });

  test.each([
    ["AT", "17", { id: "17" }],
    ["XX-REG", "17", { scheme: "XX-REG", id: "17" }],
  ])("a supplier's number under %s has a scheme where that is a register", async (scheme, id, identifier) => {
    const party = { id: "a", name: "A", roles: ["supplier"], identifier: { scheme, id } };
    const award = { id: "1", status: "active", suppliers: [{ id: "a", name: "A" }] };
    const release = { ocid: "ocds-abc123-1", id: "1", date: "2024-01-01T00:00:00Z", parties: [party], awards: [award] };
    const read = await openText(JSON.stringify({ releases: [release] }));
    const text = (await allOf(releasePackage(read, { at: AT }))).join("");
    expect(JSON.parse(text).releases[0].parties[0].identifier).toEqual(identifier);
  });

  test("suppliers of several contracts stay one", async () => {
    const each = (contract: string) => ({ contract, ...lot({ ceiling: "EUR 1" }) });
    const { text } = await write({ suppliers: SUPPLIERS, contracts: [each("a"), each("b")] });
    const register = await openText(text);
    expect(await linesOf(total(register, {}, { by: "supplier" }), "name", "lots", "shared")).toEqual([
      "Alder | 2 | EUR 2",
      "Birch | 2 | EUR 2",
      "- | 2 | -",
    ]);
    expect(await linesOf(lots(register), "lot", "suppliers")).toEqual(["1 | Alder, Birch", "1 | Alder, Birch"]);
  });
});

test("random registers are valid packages, and have the same totals where OCDS can state their ceilings", async () => {
  await fc.assert(
    fc.asyncProperty(registers, async (specs) => {
      const stated = specs.map(({ ceiling, lots: all, ...spec }) => ({
        ...spec,
        ceiling: ceiling === "withheld" ? ("missing" as const) : ceiling,
        lots: all.map((one) => ({ ...one, perSupplier: one.perSupplier && one.holders.length === 1 })),
      }));
      const register = await open(stated);
      const text = (await allOf(releasePackage(register, { at: AT }))).join("");
      if (specs.length === 0) return;
      expect(schemaProblems(text)).toEqual([]);
      const totalsOf = async (of: typeof register) => knownIn((await rowsOf(total(of))).map(({ ceiling }) => ceiling));
      expect(await totalsOf(await openText(text))).toEqual(await totalsOf(register));
    }),
    seeded(200),
  );
});
