import { utils, write } from "@e965/xlsx";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { times } from "../../long.ts";
import { seeded } from "../../seeded.ts";
import { answerTo, errorsOf, importing, notesOf, registerOf } from "./importing.ts";

const MAP = `
source: reg
currency: EUR
columns: { contract: Ref, title: Name, supplier: Firm, startDate: From, endDate: To, ceiling: Max }
`;

/** The lines of a register that say one thing, in short. */
const linesWith = (register: string, word: string): readonly string[] =>
  register
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.includes(word));

describe("a row a contract", () => {
  const sheet =
    "Ref;Name;Firm;From;To;Max\nA-1;Lamps;Alba Ltd;13.01.2025;12.01.2027;1.250.000,00 \u20ac\nA-2;Pipes;Bora SA;01.04.2024;31.03.2026;850.000,50\n";

  test("is a contract with one lot, and each fact names its cell", async () => {
    expect(await registerOf(sheet, MAP)).toBe(`sources:
  - source: reg
    title: sheet.csv
    locator: cell

suppliers:
  - supplier: alba-ltd
    name:
      reg#C2: Alba Ltd

  - supplier: bora-sa
    name:
      reg#C3: Bora SA

contracts:
  - contract: A-1
    title: Lamps
    startDate:
      reg#D2: 2025-01-13
    endDate:
      reg#E2: 2027-01-12
    lots:
      - lot: no-lot
        ceiling:
          reg#F2: EUR 1,250,000.00
        suppliers:
          reg#C2: [alba-ltd]

  - contract: A-2
    title: Pipes
    startDate:
      reg#D3: 2024-04-01
    endDate:
      reg#E3: 2026-03-31
    lots:
      - lot: no-lot
        ceiling:
          reg#F3: EUR 850,000.50
        suppliers:
          reg#C3: [bora-sa]
`);
  });

  test("reads back to the same, and as JSON Lines", async () => {
    const register = await registerOf(sheet, MAP);
    expect(await answerTo(["convert"], register)).toBe(register);
    expect(await answerTo(["total", "--json"], register)).toContain("2100000.50");
  });

  test("is awarded where no column has suppliers; where one has, as it says", async () => {
    const rows = "Ref;Firm;Max\nA;;5\nB;Alba;6\n";
    const status = async (more: string): Promise<string> => {
      const register = await registerOf(rows, `{ currency: EUR, columns: { contract: Ref, ceiling: Max${more} } }`);
      return answerTo(["lots", "--format", "csv", "--fields", "contract,status"], register);
    };
    expect(await status("")).toBe("contract,status\nA,awarded\nB,awarded\n");
    expect(await status(", supplier: Firm")).toBe("contract,status\nA,no-result\nB,awarded\n");
  });

  test("without anything but an id has no lot", async () => {
    expect(linesWith(await registerOf("Ref,Note\nA,\n", "columns: { contract: Ref, note: Note }"), "lots")).toEqual([
      "lots: []",
    ]);
  });
});

describe("rows of one contract", () => {
  test("are one; a repeated total is one ceiling, and each supplier has a seat", async () => {
    const register = await registerOf(
      "Ref,Firm,Max\nA,Alba,100\nA,Bora,100\n",
      "{ currency: EUR, columns: { contract: Ref, supplier: Firm, ceiling: Max } }",
    );
    expect(linesWith(register, "[")).toEqual(["sheet#B2: [alba, bora]"]);
    expect(await answerTo(["total"], register)).toContain("Total  EUR 100\n");
  });

  test("that give unlike totals are refused with both places", async () => {
    expect(
      await errorsOf("Ref,Max\nA,100\nA,200\n", "{ currency: EUR, columns: { contract: Ref, ceiling: Max } }"),
    ).toEqual(['sheet.csv:3:3: contract A has "EUR 200" here, and "EUR 100" at sheet#B2 (B3, Max) [F7]']);
  });

  test("may write one total in two ways", async () => {
    const map = "{ currency: EUR, decimal: ',', columns: { contract: Ref, ceiling: Max } }";
    const register = await registerOf("Ref;Max\nA;500.000\nA;500.000,00\nA;500000 \u20ac\n", map);
    expect(linesWith(register, "#")).toEqual(["sheet#B2: EUR 500,000"]);
    expect(await errorsOf("Ref;Max\nA;500.000\nA;500.000,01\n", map)).toHaveLength(1);
    expect(await errorsOf("Ref;Max\nA;500\nA;500 CHF\n", map)).toHaveLength(1);
  });

  test("may write any total in any way that says the same", async () => {
    const ways = (cents: number): readonly string[] => {
      const [euros, rest] = [Math.floor(cents / 100), String(cents % 100).padStart(2, "0")];
      const grouped = String(euros).replace(/\B(?=(\d{3})+$)/g, ".");
      const whole = rest === "00" ? [String(euros), grouped, `${grouped},-`, `${euros},-- \u20ac`] : [];
      return [
        `${euros},${rest}`,
        `${grouped},${rest} EUR`,
        `\u20ac ${grouped.replaceAll(".", "\u202f")},${rest}`,
        ...whole,
      ];
    };
    const map = "{ currency: EUR, decimal: ',', columns: { contract: Ref, ceiling: Max } }";
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 10 ** 9 }), fc.boolean(), async (number, isWhole) => {
        const cents = isWhole ? number * 100 : number;
        const rows = ways(cents).map((way) => `A;${way}\n`);
        const register = await registerOf(`Ref;Max\n${rows.join("")}`, map);
        const [ceiling = ""] = linesWith(register, "sheet#B2");
        expect(Number(ceiling.replace("sheet#B2: EUR ", "").replaceAll(",", ""))).toBe(cents / 100);
      }),
      seeded(times(300, 30)),
    );
  });

  test("may each have a lot, and the lots their titles and dates", async () => {
    const map =
      "{ currency: EUR, rows: lot, columns: { contract: Ref, lot: Lot, lotTitle: What, ceiling: Max, contractCeiling: All, lotEndDate: To } }";
    const register = await registerOf(
      "Ref,Lot,What,Max,All,To\nA,1,North,60,100,2026-01-31\nA,2,South,70,100,2026-12-31\n",
      map,
    );
    expect(await answerTo(["total"], register)).toContain("EUR 100\n");
    expect(linesWith(register, "title")).toEqual(["title: sheet.csv", "title: North", "title: South"]);
    expect(await errorsOf("Ref,Lot,What,Max,All,To\nA,,North,60,100,\n", map)).toEqual([
      "sheet.csv:2:3: this row has no lot (B2, Lot) [F5]",
    ]);
  });

  test("of beneficiaries have each its share, and count the total once", async () => {
    const map =
      "{ currency: EUR, rows: beneficiary, columns: { contract: Ref, supplier: Firm, share: Part, awarded: All } }";
    const register = await registerOf("Ref,Firm,Part,All\nA,Alba,60,100\nA,Bora,40,100\n", map);
    const answer = await answerTo(["suppliers"], register);
    expect(answer).toMatch(/Alba .*EUR 60\n/);
    expect(answer).toMatch(/Total awarded +EUR 100\n/);
    expect(await registerOf("Ref,Firm,Part,All\nA,,60,100\n", map)).toContain("value: EUR 60");
  });

  test("that are orders are orders of their contract", async () => {
    const map = `
currency: EUR
rows: { column: Kind, contract: Framework, order: [Call-off] }
columns: { contract: Ref, callOffOf: Under, title: Name, supplier: Firm, value: Sum, awardDate: Day }
`;
    const rows =
      "Ref,Kind,Under,Name,Firm,Sum,Day\nF,Framework,,Frame,Alba,100,2024-01-01\nO1,Call-off,F,First,Alba,30,2024-02-01\n";
    const register = await registerOf(rows, map);
    expect(linesWith(register, "order:")).toEqual([
      "- { order: O1, supplier: alba, date: 2024-02-01, amount: EUR 30, description: First }",
    ]);
    expect(await answerTo(["headroom", "--at", "2025"], register)).toContain("EUR 70");
    expect(await errorsOf(`${rows}O2,Call-off,,x,Alba,1,2024-02-01\nX,Other,,x,Alba,1,\nY,,,x,Alba,1,\n`, map)).toEqual(
      [
        "sheet.csv:4:13: this order does not say under which contract it is (C4, Under) [F5]",
        'sheet.csv:5:3: the map does not say what a row of "Other" is (B5, Kind) [F6]',
        "sheet.csv:6:3: nothing says what this row is (B6, Kind) [F6]",
      ],
    );
  });

  test("that are modifications change the ceiling of their contract", async () => {
    const map = `
currency: EUR
rows: { column: Kind, contract: Framework, modification: Variation }
columns: { contract: Ref, callOffOf: Under, supplier: Firm, value: Sum, change: Sum, awardDate: Day }
`;
    const rows = "Ref,Kind,Under,Firm,Sum,Day\nF,Framework,,Alba,100,2024-01-01\n";
    const register = await registerOf(`${rows}V1,Variation,F,,30,2024-02-01\nF,Variation,,,-5,2024-03-01\n`, map);
    expect(linesWith(register, "modification:")).toEqual([
      "- { modification: V1, source: sheet#A3, date: 2024-02-01, amount: EUR 30 }",
      "- { modification: M2, source: sheet#A4, date: 2024-03-01, amount: EUR -5 }",
    ]);
    const answers = ["2024-01-15", "2024-02-15", "2024-03-15"].map((day) => answerTo(["total", "--at", day], register));
    expect((await Promise.all(answers)).map((answer) => /EUR \d+/.exec(answer)?.[0])).toEqual([
      "EUR 100",
      "EUR 130",
      "EUR 125",
    ]);
    expect(await errorsOf(`${rows}V1,Variation,F,,,2024-02-01\nV2,Variation,F,,1,\n`, map)).toEqual([
      "sheet.csv:3:17: this modification does not say what it changes (E3, Sum) [F5]",
      "sheet.csv:4:1: this modification has no date (A4, Ref) [F5]",
    ]);
    expect(await errorsOf(`${rows}V1,Variation,F,,-200,2024-02-01\n`, map)).toEqual([
      'sheet.csv:3:1: modification "V1" leaves a ceiling below zero [L2-below]',
    ]);
  });

  test("may tell what a modification brings a contract to, however many suppliers repeat it", async () => {
    const map =
      "{ currency: EUR, words: { Kind: { AC: 'yes', M: 'no' } }, columns: { contract: Ref, framework: Kind, supplier: Firm, value: Sum, modification: No, changedTo: New, modificationDate: Day, modificationTitle: Why } }";
    const register = await registerOf(
      `Ref,Kind,Firm,Sum,No,New,Day,Why
A,AC,Alba,100,,,,
A,AC,Alba,100,2,90,2025-06-01,less
A,AC,Bora,100,2,90.00,2025-06-01,less
A,AC,Alba,100,1,120,2025-01-01,more
B,M,Cora,10,,15,2025-01-01,
`,
      map,
    );
    expect(linesWith(register, "modification:")).toEqual([
      "- { modification: 1, source: sheet#F5, date: 2025-01-01, amount: EUR 20, title: more }",
      "- { modification: 2, source: sheet#F3, date: 2025-06-01, amount: EUR -30, title: less }",
      "- { modification: M1, source: sheet#F6, date: 2025-01-01, value: EUR 5, total: EUR 15 }",
    ]);
    expect(await errorsOf("Ref,Kind,Firm,Sum,No,New,Day,Why\nA,AC,Alba,,1,90,2025-06-01,\n", map)).toEqual([
      "sheet.csv:2:14: nothing says what EUR 90 was before this modification (F2, New) [F5]",
    ]);
  });

  test("with ids of orders are a statement of orders", async () => {
    const map =
      "{ currency: EUR, rows: order, columns: { contract: Ref, order: PO, date: Day, amount: Sum, supplier: Firm, lot: Lot, orderDescription: What } }";
    const register = await registerOf("Ref,PO,Day,Sum,Firm,Lot,What\nA,1,2024-01-01,10,Alba,2,Screws\n", map);
    expect(linesWith(register, "order:")).toEqual([
      "- { order: 1, lot: 2, supplier: alba, date: 2024-01-01, amount: EUR 10, description: Screws }",
    ]);
    const errors = await errorsOf("Ref,PO,Day,Sum,Firm,Lot,What\n,1,,10,Alba,,\nA,,,10,,,\n", map);
    expect(errors).toEqual([
      "sheet.csv:2:1: this row has no contract (A2, Ref) [F5]",
      "sheet.csv:3:3: this row has no order (B3, PO) [F5]",
    ]);
    expect(
      await errorsOf("Ref,PO,Day,Sum,Firm,Lot,What\nA,1,,10,Alba;Bora,,\n", `{ split: ";", ${map.slice(2)}`),
    ).toEqual(["sheet.csv:2:9: an order has one supplier, and here are several (E2, Firm) [T2-count]"]);
  });
});

describe("suppliers", () => {
  const map =
    "{ split: ';', otherNames: '*', columns: { contract: Ref, supplier: Firm, legalId: Number, country: Land } }";
  const suppliers = async (rows: string): Promise<readonly string[]> =>
    linesWith(await registerOf(`Ref,Firm,Number,Land\n${rows}`, map), "supplier:");

  test("are one by their number, whose zeros come back where the country is known", async () => {
    const rows = "A,Lumen Ltd,01234567,United Kingdom\nB,LUMEN LIMITED,1234567,GB\n";
    expect(await suppliers(rows)).toEqual(["- supplier: GB:01234567"]);
    expect(await notesOf(`Ref,Firm,Number,Land\n${rows}`, map)).toContain(
      "company numbers have the zeros again that spreadsheets drop: 1234567 is 01234567",
    );
    expect(await suppliers("A,Lumen Ltd,01234567,\nB,LUMEN LIMITED,1234567,\n")).toHaveLength(2);
    expect(await suppliers("A,Lumen Ltd,01234567,Atlantis\n").catch(String)).toContain("Atlantis");
  });

  test("without a number are one by the name that is written, which is told; others are proposed", async () => {
    const notes = await notesOf(
      "Ref,Firm,Number,Land\nA,M\u00fcller GmbH,,\nB,Mueller GmbH,,\nC,M\u00fcller GmbH,0,\n",
      map,
    );
    expect(notes).toContain("suppliers without a number are one where they are called alike: M\u00fcller GmbH");
    expect(notes.filter((note) => note.includes("may be the same"))).toEqual([
      expect.stringContaining("M\u00fcller GmbH may be the same supplier as Mueller GmbH"),
    ]);
    const three = await notesOf("Ref,Firm,Number,Land\nA,M\u00fcller GmbH,,\nB,Mueller GmbH,,\nC,Mueller AG,,\n", map);
    expect(three.filter((note) => note.includes("may be the same"))).toEqual([
      expect.stringMatching(/^Mueller AG may be the same supplier as Mueller GmbH: [^;]+; M\u00fcller GmbH: [^;]+$/),
    ]);
  });

  test("of one number that are called otherwise are told", async () => {
    const unlike = async (rows: string): Promise<readonly string[]> =>
      (await notesOf(`Ref,Firm,Number,Land\n${rows}`, map)).filter((note) => note.includes("different names"));
    expect(await unlike("A,Lumen Works Ltd,01234567,GB\nB,Dinner & Co,01234567,GB\n")).toEqual([
      "one number stands beside different names: 01234567 is Lumen Works Ltd, and Dinner & Co",
    ]);
    expect(await unlike("A,Lumen Works Ltd,01234567,GB\nB,LUMEN,01234567,GB\n")).toEqual([]);
    expect(await unlike("A,British Telecom plc,01234567,GB\nB,BT,01234567,GB\n")).toEqual([]);
  });

  test("stand several in a cell, each with its number", async () => {
    expect(await suppliers("A,Alba; Bora,01234567;07654321,UK\n")).toEqual([
      "- supplier: GB:01234567",
      "- supplier: GB:07654321",
    ]);
    expect(await errorsOf("Ref,Firm,Number,Land\nA,Alba;Bora,1;2;3,UK\n", map)).toEqual([
      "sheet.csv:2:3: 2 suppliers stand here, and 3 numbers beside them (B2, Firm) [T2-count]",
    ]);
  });

  test("have several names in a cell, or columns of their own, and names are numbers where there are none", async () => {
    expect(linesWith(await registerOf("Ref,Firm,Number,Land\nA,Alba SA*Alba NV,,BE\n", map), "aliases")).toEqual([
      "aliases: [Alba NV]",
    ]);
    const columns = "{ always: { country: FR }, columns: { contract: Ref, legalId: [id_1, id_2] } }";
    expect(
      linesWith(
        await registerOf("Ref,id_1,id_2\nA,12345678901234,\nB,12345678901234,98765432109876\n", columns),
        "supplier:",
      ),
    ).toEqual(["- supplier: FR:12345678901234", "- supplier: FR:98765432109876"]);
  });
});

describe("what stands around the rows", () => {
  const map = "{ currency: EUR, leave: Known, columns: { contract: Ref, ceiling: Max } }";

  test("titles, totals and columns that are left out are told", async () => {
    expect(await notesOf("Our contracts,,,\n\nRef,Max,Known,Other\nA,1,x,y\nTotal,1,,\n", map)).toEqual([
      "sheet.csv: 1 row above the headings is not read",
      "sheet.csv: columns that the map does not name are left out: Other (1 filled)",
      "sheet.csv: rows that sum up others are not read: 5",
      "1 row: 1 contract, 0 suppliers",
    ]);
  });

  test("a row that says it is a total is a contract where a part of its id says so alone", async () => {
    const sheet = "Town,Ref,Max\nTotal,7,1\nX,Total,2\n,Total,3\nTotal,,4\n";
    const named = "{ currency: EUR, columns: { contract: [Town, Ref], ceiling: Max } }";
    expect(linesWith(await registerOf(sheet, named), "contract:")).toEqual([
      "- contract: Total-7",
      "- contract: X-Total",
    ]);
    expect(await notesOf(sheet, named)).toContain("sheet.csv: rows that sum up others are not read: 4, 5");
  });

  test("headings stand where the map says, or there are none", async () => {
    expect(await registerOf("Ref,Max\nx,y\nRef,Max\nA,1\n", `{ skip: 2, ${map.slice(2)}`)).toContain("EUR 1");
    expect(await errorsOf("Reff,Max\nA,1\n", map)).toEqual([
      'sheet.csv:1:1: there is no column "Ref", which the map has for contract [F5]',
    ]);
    expect(await errorsOf("Ref,Max,ref\nA,1,\n", "columns: { contract: REF }")).toEqual([
      'sheet.csv:1:1: two columns are headed "REF": A1 and C1 [F4]',
    ]);
    expect(await errorsOf("", map)).toHaveLength(2);
  });

  test("a column without a heading is told by its letter", async () => {
    expect((await notesOf("Ref,Max,\nA,1,here\n", map)).join()).toContain("column C, which has no heading (1 filled)");
  });

  test("rows that are not whole are refused", async () => {
    expect(await errorsOf('Ref,Max\nA\nB,"1" x\nC,1,2\n"D,1\n', map)).toEqual([
      "sheet.csv:2:1: this row has 1 fields, and there are 2 headings [F1]",
      "sheet.csv:3:1: something follows a closing quote in this row [F1]",
      "sheet.csv:4:1: this row has 3 fields, and there are 2 headings [F1]",
      "sheet.csv:5:1: a quote that opens here is never closed [F1]",
    ]);
  });
});

test("a row of a modification that names somebody new tells who holds the contract by it", async () => {
  const rows = [
    "Ref,Supplier,Amount,Kind,Date,Of",
    "C,Alder,EUR 100,Contract,2024-01-01,",
    ",Alder,EUR 110,Change,2024-04-01,C",
    ",Birch,EUR 120,Change,2024-05-01,C",
    ",Birch,EUR 125,Change,2024-06-01,C",
    "",
  ];
  const columns =
    "contract: Ref, supplier: Supplier, awarded: Amount, changedTo: Amount, modificationDate: Date, callOffOf: Of";
  const map = `{ rows: { column: Kind, contract: Contract, modification: Change }, columns: { ${columns} } }`;
  expect(
    linesWith(await registerOf(rows.join("\n"), map), "date: 2024-0").map((line) => /suppliers: .*]/.exec(line)?.[0]),
  ).toEqual([undefined, "suppliers: [birch]", undefined]);
});

describe("what cells say", () => {
  const said = async (field: string, cell: string, more = ""): Promise<readonly string[]> => {
    const register = await registerOf(
      `Ref|X\nA|${cell}\n`,
      `{ currency: EUR, ${more} columns: { contract: Ref, ${field}: X } }`,
    );
    return linesWith(register, "sheet#B2").map((line) => line.replace(/^sheet#B2: /, ""));
  };

  test.each([
    ["ceiling", "\u00a31,234.50", "GBP 1,234.50"],
    ["ceiling", "1 234,50 EUR", "EUR 1,234.50"],
    ["ceiling", "EUR 10.2M", "EUR 10.2M"],
    ["ceiling", "0", "EUR 0"],
    ["ceiling", "1'234.50 CHF", "CHF 1,234.50"],
    ["startDate", "45292", "2024-01-01"],
    ["startDate", "2024-05-15T00:00:00", "2024-05-15"],
    ["startDate", "05/2024", "2024-05"],
    ["startDate", "2024", "2024"],
    ["startDate", "45292.75", "2024-01-01"],
    ["startDate", "5 March 2024", "2024-03-05"],
    ["startDate", "05-Mar-24", "2024-03-05"],
    ["startDate", "March 5th, 2024", "2024-03-05"],
    ["startDate", "1er f\u00e9vrier 2024", "2024-02-01"],
    ["startDate", "1. M\u00e4rz 2024", "2024-03-01"],
    ["startDate", "12. Dez. 1999", "1999-12-12"],
    ["startDate", "Mar-24", "2024-03"],
    ["startDate", "ao\u00fbt 2024", "2024-08"],
    ["startDate", "01.02.24", "2024-02-01"],
    ["startDate", "31/12/35", "2035-12-31"],
    ["startDate", "31/12/98", "1998-12-31"],
    ["ceiling", "12.500,-", "EUR 12,500"],
    ["ceiling", "CHF 12'500.\u2013", "CHF 12,500"],
    ["ceiling", "\u00a32.3 million", "GBP 2.3M"],
    ["ceiling", "\u20ac1.5m", "EUR 1.5M"],
    ["ceiling", "10,5 Mio. \u20ac", "EUR 10.5M"],
    ["ceiling", "3,6 TEUR", "EUR 3.6k"],
    ["ceiling", "12 k\u20ac", "EUR 12k"],
    ["ceiling", "3 Tsd. EUR", "EUR 3k"],
    ["ceiling", "1,2 milliard", "EUR 1.2bn"],
    ["ceiling", "1 234,50 z\u0142", "PLN 1,234.50"],
    ["ceiling", "US$ 5", "USD 5"],
    ["ceiling", "R$ 5,50", "BRL 5.50"],
    ["awarded", "(\u20ac5.50)", "EUR -5.50"],
    ["noticePeriod", "3 Monate", "3 months"],
    ["noticePeriod", "2 ans", "2 years"],
    ["noticePeriod", "10 Wochen", "10 weeks"],
    ["noticePeriod", "90 jours", "90 days"],
    ["term", "2+1+1 years", "2 years + 1 renewal of 1 year + 1 renewal of 1 year"],
    ["term", "3 Jahre", "3 years"],
    ["term", "2 years + 1 renewal of 6 months", "2 years + 1 renewal of 6 months"],
    ["months", "48", "4 years"],
    ["cpv", "3000000-9", "[03000000-9]"],
    ["jointBuyers", "North", "[North]"],
    ["awarded", "12", "EUR 12"],
    ["tenderers", "12", "12"],
  ])("%s: %s", async (field, cell, expected) => {
    const [first = ""] = await said(field, cell);
    expect(first.replace("2 renewals of 1 year", "1 renewal of 1 year + 1 renewal of 1 year")).toBe(expected);
  });

  test.each([
    ["ceiling", "n/a", '"n/a" is not an amount (B2, X) [N2-amount]'],
    ["ceiling", "12.345", "12.345"],
    ["startDate", "31/02/2025", '"31/02/2025" is not a date (B2, X) [N4-date]'],
    ["startDate", "31 April 2025", '"31 April 2025" is not'],
    ["startDate", "Mar 24", '"Mar 24" is not a date'],
    ["startDate", "5 Foo 2024", '"5 Foo 2024" is not a date'],
    ["startDate", "03/04/25", '"03/04/25" may be one of two days (B2, X) [N4-date]'],
    ["startDate", "24-04-05", '"24-04-05" is not'],
    ["ceiling", "up to 1000", '"up to 1000" is not an amount'],
    ["ceiling", "5 tonnes", '"5 tonnes" is not an amount'],
    ["ceiling", "500 kr", '"500 kr" may be in several currencies'],
    ["startDate", "03/04/2025", '"03/04/2025" may be one of two days (B2, X) [N4-date]'],
    ["noticePeriod", "soon", '"soon" is not a duration (B2, X) [D1-term]'],
    ["noticePeriod", "3 Monate zum Quartalsende", '"3 Monate zum Quartalsende" is not a duration (B2, X) [D1-term]'],
    ["noticePeriod", "0 months", '"0 months" is not a duration (B2, X) [D1-term]'],
    ["renewals", "perhaps", '"perhaps" says of no renewals how long they are (B2, X) [D1-term]'],
    [
      "renewals",
      "ab und zu 12 Monate",
      '"ab und zu 12 Monate" says of no renewals how long they are (B2, X) [D1-term]',
    ],
    ["renewals", "1 year", "nothing says what it is that may be renewed (B2, X) [D1-term]"],
    ["framework", "maybe", '"maybe" is not one of yes, no (B2, X) [F6]'],
  ])("%s: %s is refused", async (field, cell, message) => {
    const [error = ""] = await errorsOf(
      `Ref|X\nA|${cell}\n`,
      `{ currency: EUR, columns: { contract: Ref, ${field}: X } }`,
    );
    expect(error).toContain(message);
  });

  test("of a notice with more than a length of time, what to write is said with that length", async () => {
    const map = "columns: { contract: Ref, noticePeriod: X }";
    const { stderr } = await importing("Ref|X\nA|6 Monate zum Quartalsende\n", map);
    expect(stderr).toContain("words: { X: { 6 Monate zum Quartalsende: 6 months } }");
  });

  test("no renewals are none", async () => {
    const map = "columns: { contract: Ref, term: T, renewals: X }";
    const linesFor = async (renewals: string) =>
      linesWith(await registerOf(`Ref|T|X\nA|2 years|${renewals}\n`, map), "2");
    expect(await linesFor("none")).toEqual(["sheet#B2: 2 years"]);
    expect(await linesFor("1 year")).toEqual(["sheet#C2: 2 years + 1 renewal of 1 year"]);
  });

  test("an amount without a currency is refused; a column of currencies, or a sign, gives one", async () => {
    const map = "columns: { contract: Ref, ceiling: X, currency: C }";
    expect(await errorsOf("Ref,X,C\nA,12,\n", map)).toEqual([
      'sheet.csv:2:3: the amount "12" has no currency (B2, X) [N2-currency]',
    ]);
    expect(await registerOf("Ref,X,C\nA,12,SEK\nB,\u20ac5,\n", map)).toMatch(/SEK 12[\s\S]*EUR 5/);
  });

  test("words mean nothing, a secret, or what the map says", async () => {
    const map = `
currency: EUR
missing: [n/a, "-"]
withheld: commercially sensitive
words: { Kind: { Rahmen: "yes", Einzel: "no" }, Max: { viel: "1000" } }
always: { buyer: Town }
columns: { contract: Ref, framework: Kind, value: Max, buyer: Who }
`;
    const register = await registerOf(
      "Ref,Kind,Max,Who\nA,Rahmen,Commercially Sensitive,\nB,Einzel,viel,City\nC,Rahmen,n/a,-\n",
      map,
    );
    expect(linesWith(register, "sheet#C")).toEqual(["sheet#C2: withheld", "sheet#C3: EUR 1,000"]);
    expect(linesWith(register, "awarded:")).toEqual(["awarded:"]);
    expect(linesWith(register, "Town")).toEqual(["sheet: Town", "sheet: Town"]);
  });

  test("days are read as one of them must be written, which is told; where two contradict each other, none is", async () => {
    const map = "columns: { contract: Ref, startDate: X }";
    const sheet = "Ref,X\nA,03/04/2025\nB,13/04/2025\n";
    expect(await registerOf(sheet, map)).toContain("2025-04-03");
    expect((await notesOf(sheet, map))[0]).toBe(
      "sheet.csv: days are read as DD/MM/YYYY, because 13/04/2025 (B3) can be nothing else",
    );
    expect(await errorsOf(`${sheet}C,04/13/2025\n`, map)).toHaveLength(1);
    expect(await registerOf("Ref,X\nA,03/04/2025\n", `{ dates: MM/DD/YYYY, ${map} }`)).toContain("2025-03-04");
  });

  test("years of two digits are told, and days that a program may have swapped", async () => {
    expect(await notesOf("Ref,X\nA,31/12/24\nB,5-Mar-24\n", "columns: { contract: Ref, startDate: X }")).toContain(
      "years of two digits are read as 1970 to 2069: sheet#B2 and 1 more",
    );
    const day = (v: number) => ({ t: "n", v, z: "dd/mm/yyyy" });
    const rows = (...days: readonly number[]) => [["Ref", "X"], ["A", "13/01/2025"], ...days.map((v) => [v, day(v)])];
    const book = (...days: readonly number[]): Buffer =>
      write(
        { SheetNames: ["S"], Sheets: { S: utils.aoa_to_sheet(rows(...days)) } },
        { type: "buffer", bookType: "xlsx" },
      );
    const map = "columns: { contract: Ref, endDate: X }";
    const told =
      "sheet.xlsx: X has texts such as 13/01/2025 beside days, none after the 12th: were days and months swapped?";
    const isTold = async (...days: readonly number[]): Promise<boolean> =>
      (await importing(book(...days), map, ".xlsx")).stderr.includes(told);
    expect([await isTold(45292, 45293, 45294), await isTold(45292, 45293, 45310), await isTold(45292)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("gross amounts stand beside net ones, and the first counts", async () => {
    const map = "{ currency: GBP, gross: Incl, columns: { contract: Ref, ceiling: [Ex, Incl] } }";
    const register = await registerOf("Ref,Ex,Incl\nA,100,120\nB,,240\n", map);
    expect(linesWith(register, "GBP")).toEqual([
      "sheet#B2: GBP 100",
      "sheet#C2: GBP 120 incl. VAT",
      "sheet#C3: GBP 240 incl. VAT",
    ]);
  });

  test("several columns of a note keep their headings, of an id are put together", async () => {
    const map =
      "columns: { contract: [Town, Ref], callOffOf: [Town, Under], note: [Why, How], title: [One, Two], tags: [T1, T2] }";
    const register = await registerOf("Town,Ref,Under,Why,How,One,Two,T1,T2\nX,1,,so,thus,a,b,p,q\nX,2,1,,,,,,\n", map);
    expect(linesWith(register, "contract:")).toEqual(["- contract: X-1", "- contract: X-2"]);
    expect(linesWith(register, "callOffOf")).toEqual(["callOffOf: X-1"]);
    expect(linesWith(register, "note")).toEqual(['note: "Why: so; How: thus"']);
    expect(linesWith(register, "a b")).toEqual(["title: a b"]);
    expect(linesWith(register, "tags")).toEqual(["tags: [p, q]"]);
  });

  test.each([
    ["1 year", "2025-01-01", "2026-12-31", "2 years + 1 renewal of 1 year"],
    ["2 x 12 months", "2025-01-15", "2027-01-14", "2 years + 2 renewals of 1 year"],
    ["2 renewals of 6 months", "2025-01-15", "2025-07-14", "6 months + 2 renewals of 6 months"],
    ["automatisch 1 Jahr", "2025-01-01", "2025-12-31", "1 year + tacit renewals of 1 year"],
    ["tacite reconduction 12 mois", "2025-01-01", "2025-12-31", "1 year + tacit renewals of 1 year"],
    ["1+1 years", "2025-01-01", "2025-12-31", "1 year + 2 renewals of 1 year"],
    ["1 year", "2025-01-01", "2025-03-15", "74 days + 1 renewal of 1 year"],
  ])("renewals of %s from %s to %s", async (renewals, from, to, term) => {
    const map = "columns: { contract: Ref, startDate: From, endDate: To, renewals: More }";
    expect(linesWith(await registerOf(`Ref,From,To,More\nA,${from},${to},${renewals}\n`, map), "#D2")).toEqual([
      `sheet#D2: ${term}`,
    ]);
  });
});

describe("what headings say of amounts", () => {
  const ceilingUnder = async (heading: string, cell: string, more = ""): Promise<string> => {
    const map = `{ source: s, currency: EUR${more}, columns: { contract: Ref, ceiling: "${heading}" } }`;
    const { stdout, stderr } = await importing(`Ref;${heading}\nA;${cell}\n`, map);
    return /#B2: (.*)/.exec(stdout)?.[1] ?? stderr.split("\n")[0] ?? "";
  };

  test.each([
    ["Wert (TEUR)", "1.250,5", "EUR 1,250.5k"],
    ["Value (\u00a3m)", "1.25", "GBP 1.25M"],
    ["Value \u00a3000", "12", "GBP 12k"],
    ["Wert in 1.000 \u20ac", "0", "EUR 0"],
    ["Montant en milliers d'euros", "12 500", "EUR 12,500k"],
    ["Montant (Md\u20ac)", "1,5", "EUR 1.5bn"],
    ["Awarded (CHF)", "900", "CHF 900"],
    ["Awarded (CHF)", "\u00a3900", "GBP 900"],
    ["Value (\u00a3m)", "\u00a35k", "GBP 5k"],
    ["Threshold above 1 million", "900", "EUR 900"],
    ["EUR or GBP", "900", "EUR 900"],
    ["Summe in \u20ac m. MwSt", "900", "EUR 900"],
  ])("%s: %s is %s", async (heading, cell, amount) => {
    expect(await ceilingUnder(heading, cell)).toBe(amount);
  });

  test("a figure in thousands with one point is refused until the map says what that is", async () => {
    expect(await ceilingUnder("Wert (TEUR)", "1.250")).toContain(
      '"1.250" may have decimals, or thousands (B2, Wert (TEUR)) [N2-amount]',
    );
    expect(await ceilingUnder("Wert", "1.250 k\u20ac")).toContain("may have decimals, or thousands");
    expect(await ceilingUnder("Wert (TEUR)", "1.250", ', decimal: ","')).toBe("EUR 1,250k");
    expect(await ceilingUnder("Wert (TEUR)", "1.250", ', decimal: "."')).toBe("EUR 1,250");
  });

  test("is told, once for each", async () => {
    const map = "{ source: s, currency: EUR, columns: { contract: Ref, ceiling: Net (TEUR) } }";
    expect(await notesOf("Ref,Net (TEUR)\nA,1\nB,2\n", map)).toContain(
      'amounts under "Net (TEUR)" are read as thousands, because the heading says so: s#B2 and 1 more',
    );
  });

  test("numbers of workbooks are as much as they are beside their heading, to the cent", async () => {
    const figure = fc.tuple(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 7 }));
    const size = fc.constantFrom<readonly [word: string, places: number]>(
      ["TEUR", 3],
      ["Mio. EUR", 6],
      ["Mrd. EUR", 9],
      ["EUR", 0],
    );
    await fc.assert(
      fc.asyncProperty(figure, size, async ([digits, decimals], [word, places]) => {
        const number = Number(`${digits}e-${decimals}`);
        const sheet = utils.aoa_to_sheet([
          ["Ref", `Max (${word})`],
          ["A", number],
        ]);
        const book = write({ SheetNames: ["S"], Sheets: { S: sheet } }, { type: "buffer", bookType: "xlsx" });
        const { stdout } = await importing(book, `columns: { contract: Ref, ceiling: "Max (${word})" }`, ".xlsx");
        const answer = JSON.parse(await answerTo(["lots", "--json=ceiling"], stdout));
        const cents = Math.round(Number(`${digits}e${places - decimals + 2}`));
        expect(Math.round(answer[0].ceiling.amount * 100)).toBe(cents);
      }),
      seeded(times(400, 40)),
    );
  });
});

describe("contracts with lots beside some without", () => {
  const map = "{ source: s, columns: { contract: Ref, lot: Lot, lotTitle: Name, supplier: Firm } }";

  test("those that no row divides are whole, in their order", async () => {
    const register = await registerOf(
      "Ref,Lot,Name,Firm\nA,,Pens,Alba\nB,1,North,Bora\nA,,Pens,Cora\nB,2,South,Bora\n",
      map,
    );
    expect(linesWith(register, "contract: ").concat(linesWith(register, "- lot: "))).toEqual([
      "- contract: A",
      "- contract: B",
      "- lot: no-lot",
      "- lot: 1",
      "- lot: 2",
    ]);
    expect(linesWith(register, "[alba, cora]")).toEqual(["s#D2: [alba, cora]"]);
  });

  test("a row without a lot is refused where others of its contract, or the map, say that there are some", async () => {
    const expected = [expect.stringContaining("this row has no lot (B2, Lot) [F5]")];
    expect(await errorsOf("Ref,Lot,Name,Firm\nB,,All,\nB,1,North,Bora\n", map)).toEqual(expected);
    expect(await errorsOf("Ref,Lot,Name,Firm\nB,,All,\n", map.replace("{", "{ rows: lot,"))).toEqual(expected);
  });
});

describe("letters and separators", () => {
  test("lines may end with a carriage return alone", async () => {
    expect(
      linesWith(
        await registerOf("Ref;Firm\rA;Alba\rB;Bora\r", "columns: { contract: Ref, supplier: Firm }"),
        "- contract",
      ),
    ).toEqual(["- contract: A", "- contract: B"]);
  });

  const map = "columns: { contract: Ref, title: Name }";
  const text = "Ref;Name\nA;Stra\u00dfe \u20ac\n";

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["a line that names the separator", Buffer.from(`sep=;\n${text}`)],
    [
      "Windows-1252",
      Buffer.concat([
        Buffer.from("Ref;Name\nA;Stra"),
        Buffer.from([0xdf]),
        Buffer.from("e "),
        Buffer.from([0x80]),
        Buffer.from("\n"),
      ]),
    ],
  ])("%s", async (_, bytes) => {
    expect(await registerOf(bytes, map)).toContain("title: Stra\u00dfe \u20ac");
  });

  test("that are no UTF-8 are told, unless the map says so", async () => {
    const bytes = Buffer.from("Ref;Name\nA;Stra\xdfe\n", "latin1");
    expect((await notesOf(bytes, map))[0]).toContain("read as Windows-1252");
    expect(await notesOf(bytes, `{ encoding: windows-1252, ${map} }`)).toHaveLength(1);
    expect(await registerOf(Buffer.from(text, "utf16le"), `{ encoding: utf-16, ${map} }`)).toContain("Stra\u00dfe");
  });

  test("as which they are read is for the map to say, whatever they look like", async () => {
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Ref;Name\nA;B\n", "utf16le")]);
    expect(await registerOf(wide, map)).toContain("title: B");
    expect((await importing(wide, `{ encoding: windows-1252, ${map} }`)).exitCode).toBe(66);
  });

  test("a separator of one's own is said in the map", async () => {
    expect(await registerOf("Ref~Name\nA~B, C\n", `{ separator: "~", ${map} }`)).toContain("title: B, C");
  });

  test("what is no spreadsheet is refused", async () => {
    const { stderr, exitCode } = await importing(Buffer.from([0x89, 0x50, 0, 7, 0, 0, 1]), map);
    expect([stderr, exitCode]).toEqual([
      "lotbook: sheet.csv is no spreadsheet\n  hint: XLSX, ODS and CSV can be read\n",
      66,
    ]);
    expect((await importing(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), map)).stderr).toContain(
      "an older Excel",
    );
  });
});

test("headings that come again and remarks are no contracts, and are told of", async () => {
  const map = "source: reg\ncurrency: EUR\ncolumns: { contract: Ref, title: Name, ceiling: Max }";
  const sheet = "Ref;Name;Max\nA-1;Lamps;5\nRef;Name;Max\nA-2;Pipes;6\n\nStand: 31.12.2024;;\nQuelle: the files\n";
  expect(linesWith((await importing(sheet, map)).stdout, "- contract:")).toEqual([
    "- contract: A-1",
    "- contract: A-2",
  ]);
  expect(await notesOf(sheet, map)).toEqual([
    "sheet.csv: rows that repeat the headings are not read: 3",
    "sheet.csv: rows that say no more than a remark does are not read: 6, 7",
    "2 rows: 2 contracts, 0 suppliers",
  ]);
  expect((await importing(sheet, undefined)).stdout).not.toContain("contract: Ref");
});
