import { describe, expect, test } from "vitest";
import { formatPartialDate } from "../../../src/model/partial-date.ts";
import { formatDuration, formatTerm } from "../../../src/model/term.ts";
import { monthsBetween, monthsOfDays } from "../../../src/notices/ocds/periods.ts";
import { readOcds, readOcdsLines } from "../../../src/notices/ocds/read-ocds.ts";
import { readNoticeDate } from "../../../src/notices/stated-values.ts";
import { SupplierPool } from "../../../src/notices/supplier-pool.ts";
import { award, contractIn, eur, lotLines, notesOf, readText, release } from "./reading.ts";

/** A release as it is written, for what `JSON.stringify` cannot write. */
const written = (value: string) => {
  const { notices } = readText(
    `{"ocid": "ocds-1", "id": "r1", "awards": [{"id": "a", "status": "active", "suppliers": [{"name": "Alder"}], "value": ${value}}]}`,
  );
  const [notice] = notices;
  if (notice === undefined) throw new Error("no notice");
  return [...lotLines(notice.contract), ...notesOf(notice.contract)];
};

describe("N1: amounts are read as they are written", () => {
  test.each([
    ['{"amount": 1.10, "currency": "EUR"}', ["no-lot awarded: Alder; awarded EUR 1.10"]],
    ['{"amount": 9007199254740993, "currency": "EUR"}', ["no-lot awarded: Alder; awarded EUR 9,007,199,254,740,993"]],
    ['{"amount": 1.5E+3, "currency": "EUR"}', ["no-lot awarded: Alder; awarded EUR 1,500"]],
    ['{"amount": "755969.71", "currency": "aud"}', ["no-lot awarded: Alder; awarded AUD 755,969.71"]],
    [
      '{"amount": 553056.1799999999, "currency": "EUR"}',
      [
        "no-lot awarded: Alder; awarded EUR 553,056.18",
        "N2 /awards/0/value: an amount has more decimals than its currency: 553056.1799999999 is rounded to 2 decimals, as EUR has",
      ],
    ],
  ])("%s", (value, expected) => expect(written(value)).toEqual(expected));
});

describe("T8: amounts that are none are missing, and withheld ones withheld", () => {
  const unread = (problem: string) => [
    "no-lot awarded: Alder",
    `N2 /awards/0/value: an amount that cannot be read counts as missing: ${problem}`,
  ];

  test.each([
    ['{"amount": "five", "currency": "EUR"}', unread('"five" is not a figure')],
    ['{"amount": 5, "currency": "Pesos"}', unread('"PESOS" is not an ISO 4217 currency code')],
    ['{"amount": 5}', unread("no currency")],
    ['{"currency": "EUR"}', ["no-lot awarded: Alder"]],
    ["null", ["no-lot awarded: Alder"]],
    ["5", ["no-lot awarded: Alder"]],
    ['{"amount": -5, "currency": "EUR"}', ["no-lot awarded: Alder; awarded EUR -5"]],
    [
      '{"amount": -1, "currency": "EUR"}',
      ["no-lot awarded: Alder; awarded withheld", "R-AMT /awards/0/value: an amount of -1 counts as withheld"],
    ],
  ])("%s", (value, expected) => expect(written(value)).toEqual(expected));

  test("E6: what a release says it withholds, by the field and the award or bid", () => {
    const withheldInformation = [
      { id: "max-val-a", field: "max-val" },
      { id: "win-ten-val-b1", field: "win-ten-val" },
      { field: "ten-ran" },
    ];
    const stated = award("c", "Cedar", { relatedLots: ["2"], maximumValue: eur(9), value: eur(8) });
    const awards = [award("a", "Alder", { relatedLots: ["1"], relatedBids: ["b1"] }), stated];
    const contract = contractIn(release({ awards, withheldInformation, tender: { lots: [{ id: "1" }, { id: "2" }] } }));
    expect(lotLines(contract)).toEqual([
      "1 awarded: Alder; ceiling withheld; awarded withheld",
      "2 awarded: Cedar; ceiling EUR 9; awarded EUR 8",
    ]);
    expect(notesOf(contract)).toEqual(["E6 /awards/0/value, /awards/0/maximumValue: a value is said to be withheld"]);
  });
});

describe("T7: amounts with tax are kept apart from net ones", () => {
  test.each([
    ['{"amountGross": 6, "currency": "GBP"}', "GBP 6 incl. VAT"],
    ['{"amount": 5, "amountGross": 6, "currency": "GBP"}', "GBP 5"],
    ['{"amount": 5, "currency": "UAH", "valueAddedTaxIncluded": true}', "UAH 5 incl. VAT"],
    ['{"amount": 5, "currency": "UAH", "valueAddedTaxIncluded": false}', "UAH 5"],
  ])("%s", (value, expected) => expect(written(value)).toEqual([`no-lot awarded: Alder; awarded ${expected}`]));
});

describe("D1: when it runs", () => {
  const timesOf = (more: object) => {
    const { startDate, endDate, term, maximumDuration, notes } = contractIn(
      release({ awards: [award("a", "Alder")], ...more }),
    );
    return {
      start: startDate && formatPartialDate(startDate[0].value),
      end: endDate && formatPartialDate(endDate[0].value),
      term: term && formatTerm(term[0].value),
      longest: maximumDuration && formatDuration(maximumDuration[0].value),
      notes: notes.map(({ rule, text }) => `${rule} ${text}`),
    };
  };
  const termsOfLots = (more: object) =>
    contractIn(release(more)).lots.map(({ term }) => term && formatTerm(term[0].value));
  const contract = (id: string, period: object, more: object = {}) => ({ id, awardID: "a", period, ...more });
  const twoYears = { startDate: "2024-02-01T00:00:00Z", endDate: "2026-01-31T23:59:59Z", maxExtentDate: "2028-01-31" };

  test("as its contracts say", () => {
    const tender = { contractPeriod: { startDate: "2020-01-01" } };
    expect(timesOf({ tender, contracts: [contract("c", twoYears)] })).toEqual({
      start: "2024-02-01Z",
      end: "2026-01-31Z",
      term: "2 years",
      longest: "4 years",
      notes: [],
    });
  });

  test.each([
    ["its awards", { awards: [award("a", "Alder", { contractPeriod: twoYears })] }],
    ["its lots", { tender: { lots: [{ id: "1", contractPeriod: twoYears }] } }],
    ["the tender", { tender: { contractPeriod: twoYears } }],
    ["the framework agreement", { tender: { techniques: { frameworkAgreement: { period: twoYears } } } }],
  ])("else as %s", (_, more) => expect(timesOf(more)).toMatchObject({ start: "2024-02-01Z", term: "2 years" }));

  test("a first day alone is not the same day as the last", () => {
    const [first, last] = [{ startDate: "2024-01-01" }, { endDate: "2024-01-01" }];
    expect(timesOf({ contracts: [contract("c", first), contract("d", last)] })).toMatchObject({
      notes: ["D1 the periods of its parts differ: none is taken for the whole"],
    });
  });

  test("where its contracts differ there is no one answer; a cancelled one does not count", () => {
    const other = { startDate: "2025-01-01", endDate: "2025-12-31" };
    expect(timesOf({ contracts: [contract("c", twoYears), contract("d", other)] })).toMatchObject({
      start: undefined,
      notes: ["D1 the periods of its parts differ: none is taken for the whole"],
    });
    expect(
      timesOf({ contracts: [contract("c", twoYears), contract("d", other, { status: "cancelled" })] }),
    ).toMatchObject({
      start: "2024-02-01Z",
    });
  });

  test("lots that begin together have each a term of its own where they differ", () => {
    const lots = (...starts: readonly string[]) =>
      starts.map((startDate, index) => ({
        id: `${index + 1}`,
        contractPeriod: { startDate, durationInDays: 365 * (index + 1) },
        renewal: { maximumRenewals: index, period: { durationInDays: 180 } },
      }));
    const tender = { lots: lots("2024-02-01", "2024-02-01") };
    expect(timesOf({ tender })).toMatchObject({
      start: "2024-02-01",
      term: undefined,
      notes: expect.arrayContaining(["D1 the periods of its lots differ: each has a term of its own"]),
    });
    expect(contractIn(release({ tender })).lots.map(({ term }) => term && formatTerm(term[0].value))).toEqual([
      "1 year",
      "2 years + 1 renewal of 6 months",
    ]);
    const apart = release({ tender: { lots: lots("2024-02-01", "2025-02-01") } });
    const { startDate, term } = contractIn(apart);
    expect([startDate, term]).toEqual([undefined, undefined]);
    const own = contractIn(apart).lots.map((lot) => [
      lot.startDate?.[0].value.year,
      lot.term && formatTerm(lot.term[0].value),
    ]);
    expect(own).toEqual([
      [2024, "1 year"],
      [2025, "2 years + 1 renewal of 6 months"],
    ]);
  });

  test("D1a: what some lots say of themselves holds of no others", () => {
    const some = { tender: { lots: [{ id: "1", contractPeriod: twoYears }, { id: "2" }] } };
    expect(timesOf(some)).toMatchObject({ start: undefined, end: undefined, term: undefined });
    expect(termsOfLots(some)).toEqual(["2 years", undefined]);
    expect(contractIn(release(some)).lots.map(({ startDate }) => startDate?.[0].value.year)).toEqual([2024, undefined]);
  });

  test("days are taken for months where they may stand for them", () => {
    expect(timesOf({ contracts: [contract("c", { startDate: "2024-01-01", durationInDays: 730 })] })).toMatchObject({
      term: "2 years",
      notes: ["D1 a period in days is taken for whole months: 730 days, 24 months"],
    });
    expect(timesOf({ contracts: [contract("c", { durationInDays: 40_000 })] })).toMatchObject({
      term: undefined,
      notes: [],
    });
  });

  test("D1b: other days are the days that they are", () => {
    expect(timesOf({ contracts: [contract("c", { startDate: "2030-01-01", durationInDays: 1000 })] })).toMatchObject({
      start: "2030-01-01",
      term: "1000 days",
      notes: [],
    });
    const period = { durationInDays: 100 };
    const lot = { id: "1", contractPeriod: twoYears, renewal: { maximumRenewals: 2, period } };
    expect(timesOf({ tender: { lots: [lot] } }).term).toBe("2 years + 2 renewals of 100 days");
  });

  test("renewals that all lots state alike lengthen it", () => {
    const lot = (id: string, maximumRenewals: number, period?: object) => ({
      id,
      contractPeriod: twoYears,
      renewal: { maximumRenewals, period },
    });
    const year = { durationInDays: 365 };
    expect(timesOf({ tender: { lots: [lot("1", 2, year), lot("2", 2, year)] } }).term).toBe(
      "2 years + 2 renewals of 1 year",
    );
    const unlike = { tender: { lots: [lot("1", 2, year), lot("2", 1, year)] } };
    expect(timesOf(unlike).term).toBeUndefined();
    expect(termsOfLots(unlike)).toEqual(["2 years + 2 renewals of 1 year", "2 years + 1 renewal of 1 year"]);
    expect(timesOf({ ...unlike, contracts: [contract("c", twoYears)] })).toMatchObject({
      term: "2 years",
      notes: expect.arrayContaining(["D1 the renewals of its lots differ: none are taken for the whole"]),
    });
    expect(timesOf({ tender: { lots: [lot("1", 2)] } })).toMatchObject({
      term: "2 years",
      notes: expect.arrayContaining(["D1 renewals of a length that is not stated are left out: up to 2"]),
    });
  });

  test("N4: what is no date is said to be missing", () => {
    expect(timesOf({ contracts: [contract("c", { startDate: "soon", endDate: "2024-02-30" })] })).toMatchObject({
      start: undefined,
      end: undefined,
      notes: [
        "N4 /contracts/0/period/startDate, /contracts/0/period/endDate: a text that is not a date counts as missing",
      ],
    });
  });

  test("it was awarded when the first of its awards was", () => {
    const awards = ["2024-03-01", "2024-01-31T12:00:00+01:00", undefined].map((date, index) =>
      award(`${index}`, "Alder", { date }),
    );
    expect(contractIn(release({ awards })).awardDate).toMatchObject([
      { value: { year: 2024, month: 1, day: 31 }, by: { locator: "/awards/1/date" } },
    ]);
  });
});

test.each([
  ["2024-01-01", "2024-12-31", 12],
  ["2016-01-24", "2036-01-23", 240],
  ["2024-01-31", "2024-02-29", 1],
  ["2024-01-01", "2024-06-15", undefined],
  ["2024-01-01", "2024-01-01", undefined],
  ["2024-06-01", "2024-01-31", undefined],
  ["2024-06-01", "2024-05-31", undefined],
  ["2024", "2025", undefined],
])("from %s to %s are %s months", (first, last, expected) =>
  expect(monthsBetween(readNoticeDate(first), readNoticeDate(last))).toBe(expected),
);

test.each([
  [365, 12],
  [366, 12],
  [730, 24],
  [1461, 48],
  [1460, 48],
  [90, 3],
  [100, undefined],
  [0, undefined],
  [-30, undefined],
  [1.5, undefined],
  [40_000, undefined],
  [Number.NaN, undefined],
])("%s days are %s months", (days, expected) => expect(monthsOfDays(days)).toBe(expected));

test.each([
  [{ scheme: "CELEX", id: "32014L0024" }, "classic"],
  [{ id: "national", wasDerivedFrom: { scheme: "CELEX", id: "32014L0025" } }, "utilities"],
  [{ scheme: "CELEX", id: "32009L0081" }, "defence"],
  [{ scheme: "ELI", id: "other" }, undefined],
])("the legal basis %j is the regime %s", (legalBasis, expected) =>
  expect(contractIn(release({ tender: { legalBasis } })).regime).toBe(expected),
);

test("how many tendered", () => {
  expect(contractIn(release({ tender: { numberOfTenderers: 12 } })).tenderers?.[0].value.count).toBe(12);
});

describe("encodings", () => {
  const text = '{"ocid": "ocds-1", "id": "r1", "tender": {"title": "Équipement"}}';

  test("bytes that are no UTF-8 are read as Windows-1252, and it is said", () => {
    const { notices } = readOcdsLines(Buffer.from(text, "latin1"), "a.json", new SupplierPool(), 1);
    expect(notices.map(({ contract }) => contract.title)).toEqual(["Équipement"]);
    expect(notices.flatMap(({ contract }) => notesOf(contract))).toContain(
      "F9 the file is not UTF-8: it is read as Windows-1252",
    );
  });

  test("O5: what Latin-1 leaves to control characters is as Windows has it", () => {
    const bytes = Buffer.from('{"ocid": "ocds-1", "tender": {"title": "\x93\x80 5\x94 \x96 caf\xe9"}}', "latin1");
    const { notices } = readOcdsLines(bytes, "a.json", new SupplierPool(), 1);
    expect(notices.map(({ contract }) => contract.title)).toEqual(["\u201c\u20ac 5\u201d \u2013 caf\u00e9"]);
  });

  test("and so is what was decoded so before", () => {
    const { notices } = readOcds(text, "a.json", new SupplierPool(), { firstLine: 1, windows1252: true });
    expect(notices.flatMap(({ contract }) => notesOf(contract))).toContain(
      "F9 the file is not UTF-8: it is read as Windows-1252",
    );
  });

  test("escapes and letters beyond ASCII are kept", () => {
    const { notices } = readText('{"ocid": "ocds-1", "tender": {"title": "\\u00c9quipement \\"Łódź\\" \\\\ 漢字"}}');
    expect(notices[0]?.contract.title).toBe('Équipement "Łódź" \\ 漢字');
  });
});
