import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { utils, type WorkSheet, write } from "@e965/xlsx";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importMapSchema, importSheets } from "../../../src/register/import-register.ts";
import { runInProcess } from "../../cases/run-in-process.ts";
import { someOf, times } from "../../long.ts";
import { seeded } from "../../seeded.ts";
import { answerTo, errorsOf, fileWith, folder, importing, notesOf, registerOf } from "./importing.ts";

const bookOf = (sheets: Readonly<Record<string, WorkSheet>>): Buffer =>
  write({ SheetNames: Object.keys(sheets), Sheets: sheets }, { type: "buffer", bookType: "xlsx", cellStyles: true });

describe("a workbook", () => {
  const map = "{ currency: EUR, columns: { contract: Ref, ceiling: Max, startDate: From, supplier: Firm } }";
  const rows = [
    ["Our contracts"],
    ["Ref", "Max", "From", "Firm"],
    ["A", 1000.005, { t: "n", v: 45292, z: "yyyy-mm-dd" }, "Alba"],
    ["A", 1000.005, 45292, "Bora"],
    [undefined, undefined, undefined, "Cora"],
    ["Total", 2000],
  ];
  const sheet = {
    ...utils.aoa_to_sheet(rows),
    "!rows": [{}, {}, {}, { hidden: true }],
    "!merges": [utils.decode_range("A4:A5"), utils.decode_range("A1:D1")],
  };

  test("is read with what is hidden, merged, reckoned and summed up, and each is told", async () => {
    const register = await registerOf(bookOf({ S: sheet }), map, ".xlsx");
    expect(register).toContain("sheet#B3: EUR 1,000.01 (stated as 1000.005)");
    expect(register).toContain("sheet#C3: 2024-01-01");
    expect(register).toContain("[alba, bora, cora]");
    expect(await notesOf(bookOf({ S: sheet }), map, ".xlsx")).toEqual([
      "sheet.xlsx: 1 row above the headings is not read",
      "sheet.xlsx: hidden rows are read like all others: 4",
      "sheet.xlsx: merged cells count for each of their rows: A4:A5",
      "sheet.xlsx: rows that sum up others are not read: 6",
      "amounts with more decimals than their currency are rounded: sheet#B3 and 1 more",
      "numbers are read as Excel's days: sheet#C4",
      "3 rows: 1 contract, 3 suppliers",
    ]);
  });

  test("says of what cannot be read where it stands", async () => {
    const wrong = utils.aoa_to_sheet([
      ["Ref", "Max"],
      ["A", { t: "e", v: 23 }],
      ["B", "x"],
    ]);
    expect(
      await errorsOf(bookOf({ S: wrong }), "{ currency: EUR, columns: { contract: Ref, ceiling: Max } }", ".xlsx"),
    ).toEqual([
      "sheet.xlsx:2:5: here is the error #REF! (B2, Max) [F2]",
      'sheet.xlsx:3:5: "x" is not an amount (B3, Max) [N2-amount]',
    ]);
  });
});

describe("next month's sheet", () => {
  const map =
    "{ source: reg, title: Register, currency: EUR, columns: { contract: Ref, ceiling: Max, supplier: Firm } }";

  test("shows what changed, and not that rows moved", async () => {
    const [before, after] = ["Ref,Max,Firm\nB,1,Alba\nC,5,Alba\n", "Ref,Max,Firm\nA,9,Alba\nB,2,Alba\nC,5,Alba\n"];
    const files = [fileWith(await registerOf(before, map), ".yaml"), fileWith(await registerOf(after, map), ".yaml")];
    const fields = ["--format", "csv", "--fields", "change,record,fact,before,after"];
    const { stdout, exitCode } = await runInProcess(["diff", ...files, ...fields]);
    expect([stdout.split("\n").slice(1), exitCode]).toEqual([
      ["added,A,,,,,,,9,EUR,exactly,,known", "changed,B/no-lot,ceiling,1,EUR,exactly,,known,2,EUR,exactly,,known", ""],
      1,
    ]);
  });

  test("of several files each is a source of its own", async () => {
    const files = ["Ref,Max\nA,1\n", "Ref,Max\nB,2\n"].map((text) => fileWith(text));
    const { register } = await importSheets(files, {
      map: fileWith("{ source: reg, currency: EUR, columns: { contract: Ref, ceiling: Max } }", ".yaml"),
    });
    expect(register.sources.map(({ id }) => id)).toEqual([
      expect.stringMatching(/^reg-sheet-\d+$/),
      expect.stringMatching(/^reg-sheet-\d+$/),
    ]);
  });
});

test("a sheet makes a register, which makes a workbook, which makes the same register", async () => {
  const sheet =
    "Ref;Lot;Max;Firm;From\nA;1;1.250,50;Alba;2024-01-01\nA;1;1.250,50;Bora;2024-01-01\nA;2;secret;Alba;2024-01-01\nB;1;0;Cora;2025-06-30\n";
  const first = await registerOf(
    sheet,
    "{ source: s, title: T, withheld: secret, currency: EUR, columns: { contract: Ref, lot: Lot, ceiling: Max, supplier: Firm, awardDate: From } }",
  );
  const file = join(folder, "book.xlsx");
  await runInProcess(["convert", "--format", "xlsx", "--output", file, "--data", "-"], { input: Buffer.from(first) });
  const again = await registerOf(
    readFileSync(file),
    `
source: s
title: T
sheet: Seats
missing: [known, missing]
columns: { contract: contract, lot: lot, ceiling: [ceiling, ceiling_state], currency: ceiling_currency, supplier: name, awardDate: awardDate }
`,
    ".xlsx",
  );
  for (const question of ["lots", "suppliers", "contracts", "awards", "total"])
    expect(await answerTo([question, "--json"], again)).toBe(await answerTo([question, "--json"], first));
});

test("a workbook that lotbook wrote needs no map: its seats say all that they have", async () => {
  const sheet = `Contract Ref,Lot,Title,Ceiling,Awarded value,Supplier,Company No,Award Date,CPV
A,1,North,"1,250.50",3.10,Alba,01234567,2024-01-01,45000000-7
A,1,North,"1,250.50",3.10,Bora,76543210,2024-01-01,45000000-7
A,2,South,secret,,Alba,01234567,2024-01-01,45000000-7
B,,Pens,0,7,"Cora, Ltd",,2025-06-30,
`;
  const first = await registerOf(
    sheet,
    "{ source: s, title: T, withheld: secret, currency: EUR, always: { country: GB }, columns: { contract: Contract Ref, lot: Lot, lotTitle: Title, ceiling: Ceiling, awarded: Awarded value, supplier: Supplier, legalId: Company No, awardDate: Award Date, cpv: CPV } }",
  );
  const file = fileWith("", ".xlsx");
  await runInProcess(["convert", "--format", "xlsx", "--output", file, "--data", "-"], { input: Buffer.from(first) });
  const { stdout: again, stderr } = await importing(readFileSync(file), undefined, ".xlsx");
  expect(stderr).not.toContain("counts as not known");
  const fields = "--json=contract,lot,title,status,ceiling,awarded,suppliers,awardDate,cpv";
  for (const question of [
    ["lots", fields],
    ["suppliers", "--json=supplier,name,lots,sole,shared,awarded"],
    ["total", "--json=lots,known,ceiling,awarded"],
  ])
    expect(await answerTo(question, again)).toBe(await answerTo(question, first));
});

describe("headings in two rows, of which some share what stands above", () => {
  /** Where the heading of a column stands that shares none: in the upper row, in the lower, or merged in both. */
  const PLACES = ["upper", "lower", "both"] as const;
  type Place = (typeof PLACES)[number];

  const bookOf = (places: readonly Place[], titles: number, bookType: "xlsx" | "ods"): Buffer => {
    const alone = ["Contract Reference", "Ceiling (EUR)", "Start Date"].map((text, at) => ({
      text,
      place: places[at],
    }));
    const columns = [...alone.slice(0, 1), "Name", "Company Number", ...alone.slice(1)];
    const upper = columns.map((one, at) =>
      typeof one === "string" ? (at === 1 ? "Supplier" : null) : one.place === "lower" ? null : one.text,
    );
    const lower = columns.map((one) => (typeof one === "string" ? one : one.place === "lower" ? one.text : null));
    const head = titles + 1;
    const both = columns.flatMap((one, at) => (typeof one !== "string" && one.place === "both" ? [at] : []));
    const sheet = utils.aoa_to_sheet([
      ...Array.from({ length: titles }, () => ["Contracts of the port"]),
      upper,
      lower,
      ["A", "Alba", "01234567", 5, "2024-01-01"],
      ["B", "Bora", "76543210", 7, "2024-02-01"],
    ]);
    sheet["!merges"] = [
      `B${head}:C${head}`,
      ...both.map((at) => `${utils.encode_col(at)}${head}:${utils.encode_col(at)}${head + 1}`),
    ].map((range) => utils.decode_range(range));
    return write({ SheetNames: ["S"], Sheets: { S: sheet } }, { type: "buffer", bookType });
  };

  const LAYOUTS_OF_HEADS = PLACES.flatMap((id) =>
    PLACES.flatMap((ceiling) => PLACES.map((start) => [id, ceiling, start] as const)),
  );

  test.each(["xlsx", "ods"] as const)("are read from %s wherever the others stand", async (bookType) => {
    const sheet = "Contract Reference,Supplier Name,Company Number,Ceiling (EUR),Start Date\n";
    const rows = "A,Alba,01234567,5,2024-01-01\nB,Bora,76543210,7,2024-02-01\n";
    const fields = "--json=contract,ceiling,suppliers";
    const expected = await answerTo(["lots", fields], (await importing(sheet + rows)).stdout);
    expect(expected).toContain('"amount": 7');
    const heads = LAYOUTS_OF_HEADS.flatMap((places) => [0, 1].map((titles) => [places, titles] as const));
    for (const [places, titles] of someOf(heads, 5)) {
      const { stdout, stderr } = await importing(bookOf(places, titles, bookType), undefined, `.${bookType}`);
      expect([places, titles, await answerTo(["lots", fields], stdout)]).toEqual([places, titles, expected]);
      expect(stderr.includes("1 row above the headings is not read")).toBe(titles > 0);
    }
  });
});

test.each([
  ["cells below that are shown as one", ["Supplier", "Name"], "B3:B4"],
  ["what is shown over another heading", ["Supplier", "Buyer Name"], "B1:B2"],
])("headings in two rows are what they are beside %s", async (_, [upper, lower], merged) => {
  const sheet = utils.aoa_to_sheet([
    [null, upper, "Buyer", "Ceiling"],
    ["Contract Reference", lower, "Name", "EUR", "Year"],
    ["A", "Alba", "City", 5, 2024],
    ["B", null, "Port", 7, 2024],
  ]);
  sheet["!merges"] = ["D1:E1", merged].map((range) => utils.decode_range(range));
  const book = write({ SheetNames: ["S"], Sheets: { S: sheet } }, { type: "buffer", bookType: "xlsx" });
  const { stdout } = await importing(book, undefined, ".xlsx");
  expect(await answerTo(["suppliers", "--fields", "name", "-f", "csv"], stdout)).toBe("name\nAlba\n");
});

test("numbers that are nobody's are told, and words for none are not", async () => {
  const sheet = "Ref,Firm,No\nA,Alba,12345678\nB,Bora,0000000\nC,Cora,n/a\nD,,12345678\n";
  const map = "{ source: s, columns: { contract: Ref, supplier: Firm, legalId: No } }";
  expect(await notesOf(sheet, map)).toEqual([
    "numbers that stand for none are no company's: 12345678 (s#C2), 0000000 (s#C3)",
    "4 rows: 4 contracts, 3 suppliers",
  ]);
});

describe("figures as lotbook writes them", () => {
  const REGISTER = `
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - contract: c
    lots:
      - { lot: 1, ceilingPerSupplier: EUR 1M, cpv: [33100000, 33141700], suppliers: [a, b] }
      - { lot: 2, ceilingPerSupplier: withheld, suppliers: [a, b] }
      - { lot: 3, ceiling: EUR 3M, awarded: GBP 2M, suppliers: [a, b] }
      - { lot: 4, ceiling: EUR 2M incl. VAT, estimate: EUR 1M, suppliers: [a] }
      - { lot: 5, ceiling: withheld, suppliers: [b] }
  - contract: capped
    ceiling: EUR 4M
    lots: [{ lot: 1, ceiling: EUR 3M, suppliers: [a] }, { lot: 2, ceiling: EUR 2M, suppliers: [b] }, { lot: 3, suppliers: [b] }]
  - { contract: secret, ceiling: withheld, lots: [{ lot: 1, ceiling: EUR 1M, suppliers: [a] }] }
  - { contract: called, callOffOf: capped, lots: [{ lot: 1, awarded: EUR 500k, suppliers: [a] }] }
`;

  test.each(["csv", "xlsx"])("come back from %s with their units, and for whom they are", async (format) => {
    const file = fileWith("", `.${format}`);
    const input = Buffer.from(REGISTER);
    await runInProcess(["convert", "--format", format, "--output", file, "--data", "-"], { input });
    const again = (await importing(readFileSync(file), undefined, `.${format}`)).stdout;
    for (const question of [
      ["lots", "--json=lot,ceiling,ceilingPerSupplier,estimate,awarded,cpv"],
      ["suppliers", "--json=name,lots,sole,shared,awarded"],
      ["total", "--json=lots,known,ceiling,awarded"],
    ])
      expect(await answerTo(question, again)).toBe(await answerTo(question, REGISTER));
  });

  test("are left out where they are bounds, and told", async () => {
    const sheet = `lot,ref,max,max_currency,max_bound,max_least,max_state,net
1,c,9,EUR incl. VAT,exactly,,known,EUR 1
2,c,7,EUR,atLeast,,known,EUR 2
3,c,5,EUR,between,4,known,EUR 3
`;
    const map = "{ source: s, columns: { contract: ref, lot: lot, ceiling: max, awarded: net } }";
    expect(await notesOf(sheet, map)).toEqual([
      "bounds are left out, because a register has exact figures: s#C3 and 1 more",
      "3 rows: 1 contract, 0 suppliers",
    ]);
    const register = await registerOf(sheet, map);
    expect(await answerTo(["lots", "--json=lot,ceiling", "--quiet"], register)).toBe(
      `[
  {"lot": "1", "ceiling": {"amount": 9, "currency": "EUR", "vat": "included"}},
  {"lot": "2", "ceiling": null},
  {"lot": "3", "ceiling": null}
]
`,
    );
  });
});

test("a row whose amounts may be in one of two currencies is refused", async () => {
  const map = "{ source: s, columns: { contract: Ref, ceiling: Max, currency: [C, D] } }";
  expect(await registerOf("Ref,Max,C,D\nA,5,EUR,EUR\nB,6,,GBP\n", map)).toContain("s#B3: GBP 6");
  expect((await importing("Ref,Max,C,D\nA,5,EUR,GBP\n", map)).stderr).toContain(
    "this row names two currencies, EUR and GBP (D2, D) [N2-currency]",
  );
});

test("a ledger may be a workbook", async () => {
  const orders = utils.aoa_to_sheet([
    ["Orders"],
    ["PO", "Day", "Net"],
    ["1", { t: "n", v: 45292, z: "dd/mm/yyyy" }, 1234.5],
    [],
    ["2", "31.12.2024", 5],
  ]);
  const notes = utils.aoa_to_sheet([["nothing"]]);
  writeFileSync(join(folder, "orders.xlsx"), bookOf({ Notes: notes, Orders: orders }));
  const register = (sheet: string) =>
    fileWith(
      `contracts: [{ contract: a, ceiling: EUR 10k, lots: [], ledger: { file: orders.xlsx, sheet: ${sheet}, skip: 1, currency: EUR, decimal: ",", columns: { order: PO, date: Day, amount: Net } } }]`,
      ".yaml",
    );
  const { stdout } = await runInProcess([
    "orders",
    "--at",
    "2025",
    "--data",
    register("Orders"),
    "--format",
    "csv",
    "--fields",
    "date,order,amount,origin",
  ]);
  expect(
    stdout.replaceAll(`${folder}/`, ""),
  ).toBe(`date,order,amount,amount_currency,amount_bound,amount_least,amount_state,origin
2024-01-01,1,1234.5,EUR,exactly,,known,orders.xlsx:3:1
2024-12-31,2,5,EUR,exactly,,known,orders.xlsx:5:1
`);
  expect((await runInProcess(["orders", "--data", register("Other")])).stderr).toContain('it has no sheet "Other"');
});

describe("maps", () => {
  const wrong = "{ columns: { contrat: x, ceiling: [] }, rows: 5, words: 5, separator: 'abcd', always: { x: y } }";

  test("that are wrong are refused, all of it at once", async () => {
    const { stderr, exitCode } = await importing("a\n1\n", wrong);
    const lines = stderr
      .split("\n")
      .filter((line) => /^sheet/.test(line))
      .map((line) => line.replace(/^\S+ /, ""));
    expect(exitCode).toBe(65);
    expect(lines).toEqual([
      "the map names no column with the ids of contracts [F5]",
      'no column can be "contrat" [F3]',
      "the list is empty [F2]",
      '"5" is not one of contract, lot, seat, beneficiary, order, modification [F6]',
      "expected a map of keys and values, found a single value [F2]",
      '"abcd" is too long for a sign between values [F6]',
      'no column can be "x" [F3]',
    ]);
    expect((await importing("a\n1\n", "[")).exitCode).toBe(65);
    expect((await runInProcess(["import", fileWith("a\n"), "--map", "nowhere.yaml"])).exitCode).toBe(66);
  });

  test("say nothing of columns that they do not name: a typing error would make gross amounts net", async () => {
    const map =
      "{ currency: EUR, gross: [Vlue], words: { Kind: { x: y } }, columns: { contract: Ref, ceiling: [' VALUE'] } }";
    const { stderr, exitCode } = await importing("Ref,Value\nA,5\n", map);
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(
      /gross speaks of a column "Vlue", which the map does not name \[F8\]\n.*\n.*\n {2}hint: did you mean/,
    );
    expect(stderr).toMatch(/words speaks of a column "Kind"/);
    expect((await importing("Ref,Value\nA,5\n", map.replace("Vlue", "value").replace("Kind", "ref"))).exitCode).toBe(0);
  });

  test("have a JSON Schema, which takes those that are right, and others not", async () => {
    const { stdout } = await runInProcess(["schema", "import"]);
    expect(JSON.parse(stdout)).toEqual(await importMapSchema());
    const { $schema: _, ...schema } = await importMapSchema();
    const isValid = new Ajv({ strict: false }).compile(schema);
    expect(isValid(parse(readFileSync("examples/sheet-map.yaml", "utf8")))).toBe(true);
    expect(
      isValid(parse("{ rows: { column: Kind, order: PO }, words: { a: { b: c } }, columns: { contract: x } }")),
    ).toBe(true);
    expect(isValid(parse(wrong))).toBe(false);
  });

  test("lie beside registers, and are none", async () => {
    const register = "contracts: [{ contract: a, lots: [] }]";
    const { mkdirSync } = await import("node:fs");
    mkdirSync(join(folder, "both"));
    writeFileSync(join(folder, "both", "a.yaml"), register);
    writeFileSync(join(folder, "both", "a-map.yaml"), "currency: EUR\ncolumns:\n  contract: Ref\n");
    expect((await runInProcess(["contracts", "--data", join(folder, "both")])).exitCode).toBe(0);
  });
});

test("standard input is a sheet, too", async () => {
  const map = fileWith("columns: { contract: Ref }", ".yaml");
  const { stdout } = await runInProcess(["import", "-", "--map", map, "--to", "jsonl"], {
    input: Buffer.from("Ref\nA\n"),
  });
  expect(stdout).toBe('{"source":"sheet","title":"<stdin>","locator":"cell"}\n{"contract":"A","lots":[]}\n');
  await expect(importSheets(["-"], { map })).rejects.toThrow("none was given");
});

test("whatever stands in a sheet, it is imported or refused", async () => {
  const map = `
currency: EUR
split: ";"
columns: { contract: A, title: B, supplier: C, legalId: D, startDate: E, endDate: F, renewals: G, ceiling: H, cpv: I, country: J, share: K }
`;
  const cell = fc.oneof(
    fc.constantFrom(
      "",
      "1",
      "x",
      "01/02/2025",
      "2025-01-31",
      "45292",
      "1 year",
      "auto",
      "EUR 5",
      "1.234,5",
      "GB",
      "=1+1",
      "Total",
      '"',
      "\u202e",
      "\0",
    ),
    fc.string({ maxLength: 6, unit: "binary" }),
  );
  const row = fc.array(cell, { minLength: 11, maxLength: 11 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      const lines = [
        "A,B,C,D,E,F,G,H,I,J,K",
        ...rows.map((cells) =>
          cells.map((text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(","),
        ),
      ];
      const { stdout, exitCode } = await importing(`${lines.join("\n")}\n`, map);
      expect([0, 65, 66]).toContain(exitCode);
      if (exitCode === 0)
        expect((await runInProcess(["convert", "--data", "-"], { input: Buffer.from(stdout) })).stdout).toBe(stdout);
    }),
    seeded(times(3000, 30)),
  );
});

const LAYOUTS = join(import.meta.dirname, "..", "..", "..", "..", "shared", "cases", "spreadsheets");
const isThere = existsSync(LAYOUTS);
const because = isThere ? "" : " (skipped: ../shared/cases/spreadsheets is not there)";

describe.skipIf(!isThere)(
  `the layouts of real sheets come to the registers that were worked out by hand${because}`,
  () => {
    const imported = async (name: string, map: string): Promise<string> =>
      registerOf(readFileSync(join(LAYOUTS, `${name}.csv`)), `source: s\n${map}`);
    const answers = async (register: string, ...argv: string[]): Promise<string> =>
      answerTo([...argv, "--format", "csv"], register);

    test("a council's contracts: one supplier by its number, net beside gross, a secret", async () => {
      const register = await imported(
        "uk-register",
        `currency: GBP
gross: Contract Value (incl VAT)
withheld: n/a
leave: Procurement Method
always: { country: GB, framework: "no" }
columns: { contract: Contract Reference, title: Contract Name, description: Description, supplier: Supplier, legalId: Company Number, startDate: Start Date, endDate: End Date, reviewDate: Contract Review Date, ceiling: [Contract Value (ex VAT), Contract Value (incl VAT)] }
`,
      );
      expect(
        await answers(register, "lots", "--fields", "contract,ceiling"),
      ).toBe(`contract,ceiling,ceiling_currency,ceiling_bound,ceiling_least,ceiling_state
EX-101,59800.00,GBP,exactly,,known
EX-102,12500,GBP,exactly,,known
EX-103,,,,,withheld
`);
      expect(await answers(register, "suppliers", "--fields", "supplier,name,lots")).toBe(
        'supplier,name,lots\ndinner-co-llp,"Dinner & Co, LLP",1\nGB:01234567,Lumen Works Ltd,2\n',
      );
      expect(register).toContain("s#K2: GBP 71,760.00 incl. VAT");
      expect(await answers(register, "contracts", "--fields", "contract,firmEnd,reviewDate")).toBe(
        "contract,firmEnd,reviewDate\nEX-101,2027-06-01,2026-12-01\nEX-102,2026-03-31,\nEX-103,2028-01-12,2027-07-13\n",
      );
    });

    test("a council's ICT: two suppliers of a cell, an option, and costs as a note", async () => {
      const register = await imported(
        "uk-ict",
        `split: ";"
columns: { contract: Number, buyer: Owning Authority, title: Short description, supplier: Vendor, startDate: Starts, endDate: Ends, renewals: Options, latestEndDate: Renewal/Extension end date, note: [Initial cost, Annual cost (ex VAT)] }
`,
      );
      expect(register).toContain("s#G2: 31 months + 1 renewal of 1 year");
      expect(register).toContain('note: "Initial cost: 25000; Annual cost (ex VAT): 120000"');
      expect(await answers(register, "contracts", "--fields", "contract,firmEnd,latestEnd,suppliers")).toBe(
        "contract,firmEnd,latestEnd,suppliers\nICT-7,2028-03-31,2029-03-31,2\n",
      );
    });

    test("France's essential data: as they answer where they are read as notices", async () => {
      const register = await imported(
        "fr-decp",
        `currency: EUR
decimal: ","
always: { country: FR }
words: { nature: { Accord-cadre: "yes", March\u00e9 subs\u00e9quent: "no" } }
columns: { contract: [acheteur_id, id], framework: nature, title: objet, cpv: codeCPV, buyer: acheteur_nom, months: dureeMois, awardDate: dateNotification, value: montant, callOffOf: [acheteur_id, idAccordCadre], legalId: [titulaire_id_1, titulaire_id_2] }
`,
      );
      const read = ["--data", join(LAYOUTS, "fr-decp.csv")];
      for (const question of [
        ["lots", "--fields", "contract,lot,status,ceiling,awarded,ordered,suppliers,callOffOf,buyer,cpv"],
        ["suppliers", "--fields", "supplier,name,lots,sole,shared,awarded"],
        ["headroom", "--at", "2025", "--fields", "contract,lot,ceiling,ordered,left,use"],
        ["total", "--fields", "lots,known,ceiling,awarded,ordered"],
        ["awards", "--fields", "contract,lot,supplier,held,ceiling,awarded"],
        ["contracts", "--fields", "contract,title,buyer,awardDate,term,firmEnd,ceiling,ordered"],
        ["expiring", "--at", "2025", "--within", "9y", "--fields", "contract,what,end,state"],
      ]) {
        const { stdout } = await runInProcess([...question, "--format", "csv", ...read]);
        expect(await answers(register, ...question)).toBe(stdout);
      }
    });

    test("the EU's payments: one commitment, counted once, with the part of each beneficiary", async () => {
      const register = await imported(
        "eu-fts",
        `currency: EUR
rows: beneficiary
otherNames: "*"
columns: { contract: Reference of the Legal Commitment (LC), title: Subject of grant or contract, supplier: Name of beneficiary, legalId: VAT number of beneficiary, country: Beneficiary country, awardDate: Year, ceiling: "Commitment total amount (EUR) (A+B)", awarded: Commitment contracted amount (EUR) (A), share: Beneficiary\u2019s contracted amount (EUR) }
`,
      );
      expect(await answers(register, "total")).toMatch(/^total,1,1,1000000\.00,EUR/m);
      expect(await answers(register, "suppliers", "--fields", "name,awarded")).toMatch(
        /BETA GMBH,400000\.00[\s\S]*EXAMPLE CONSULT SA,600000\.00/,
      );
      expect(register).toContain("aliases: [EXAMPLE CONSULT NV]");
    });

    test("a German sheet: commas, notice periods and tacit renewals; two names that may be one", async () => {
      const map = `currency: EUR
decimal: ","
columns: { contract: Vertragsnummer, title: Bezeichnung, supplier: Auftragnehmer, startDate: Beginn, endDate: Ende, noticePeriod: K\u00fcndigungsfrist, renewals: Verl\u00e4ngerung, ceiling: Auftragswert netto }
`;
      const register = await imported("de-vertraege", map);
      expect(register).toContain("2 years + tacit renewals of 1 year");
      expect(register).toContain("s#F2: 3 months");
      expect(await answers(register, "total")).toMatch(/2100000\.50,EUR/);
      expect(await answers(register, "suppliers", "--similar", "--fields", "name,candidates")).toBe(
        "name,candidates\nMueller und Soehne GmbH,2\n",
      );
    });
  },
);
