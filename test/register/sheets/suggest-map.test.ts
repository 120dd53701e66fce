import { utils, write } from "@e965/xlsx";
import { describe, expect, test } from "vitest";
import { runInProcess } from "../../cases/run-in-process.ts";
import { fileWith, importing, notesOf } from "./importing.ts";

const HEAD_LINES = 3;

/** The map that is suggested for a sheet, without its head. */
const suggested = async (sheet: string | Uint8Array, ending?: string): Promise<string> => {
  const { stdout, stderr } = await runInProcess(["import", fileWith(sheet, ending), "--suggest"]);
  return stdout === "" ? stderr : stdout.split("\n").slice(HEAD_LINES).join("\n");
};

test("words for what is not known are told from those for what is secret, in three languages", async () => {
  const unknown = [
    ...["tba", "TBC", "tbd", "unknown", "not known", "not yet known", "none", "nil", "n.r.", "n. r."],
    ...["k.A.", "k. A.", "keine Angabe", "keine Angaben", "unbekannt", "offen", "noch offen"],
    ...["inconnu", "inconnue", "non renseign\u00e9", "non connue", "\u00e0 d\u00e9finir"],
  ];
  const secret = ["confidential", "geheim", "not disclosed", "n/a", "nearly none", "tb"];
  const wordsIn = async (words: readonly string[]): Promise<string> =>
    suggested(`Ref,Value\n${words.map((word, index) => `${index},${word}\n`).join("")}9,EUR 1\n`);
  const [first, second] = [unknown.slice(0, 12), unknown.slice(12)];
  for (const words of [first, second]) {
    const map = await wordsIn(words);
    expect(map).not.toContain("withheld:");
    expect(words.filter((word) => !map.includes(word))).toEqual([]);
  }
  const map = await wordsIn(secret);
  expect(map).not.toContain("missing:");
  expect(secret.filter((word) => !map.includes(word))).toEqual([]);
});

test("words that stand among days and amounts alike mean that nothing is known, unless they say that it is secret", async () => {
  const map = await suggested("Ref,End,Value\n1,n/a,n/a\n2,2026-01-31,confidential\n3,confidential,EUR 1\n");
  expect(map).toContain("missing: [n/a]\nwithheld: [confidential]\n");
});

test.each([
  ["Alba Ltd; Bora Ltd", ";"],
  ["Alba Ltd;Bora", ";"],
  ['"Alba\nBora"', "\\n"],
  ['"Alba Ltd, Bora S.A."', ","],
  ["Alba Ltd / Bora GmbH / Cora AB", "/"],
  ["Alba SA (mandataire) / Bora SARL", "/"],
  ["Alba/Bora Ltd", undefined],
  ['"Dinner & Co, LLP"', undefined],
  ['"Alba, Bora & Cora Ltd"', undefined],
])("%s is several suppliers by %j, or refused", async (cell, split) => {
  const sheet = `Contract Ref,Supplier\nA,${cell}\n`;
  const { stderr } = await runInProcess(["import", fileWith(sheet)]);
  if (split === undefined) {
    expect(await suggested(sheet)).not.toContain("split");
    expect(stderr).not.toContain("several");
  } else {
    expect(await suggested(sheet)).toContain(`split: "${split}" # unsure`);
    expect(stderr).toContain(`between suppliers: split: "${split}"`);
  }
});

test.each(["Contract Ref,Value (incl VAT)\nA,\u00a310\n", "Contract Ref,Contract Type\nA,Framework\nB,Call Off\n"])(
  "what is in doubt is left out with all that is said of it: %j",
  async (sheet) => {
    const { stdout, stderr } = await runInProcess(["import", fileWith(sheet)]);
    expect(stdout).toContain("- contract: A\n");
    expect(stderr).toContain("columns that the map does not name are left out");
  },
);

test.each([
  ["Framework", "framework: Contract Type # unsure: is it this?"],
  ["Services", "leave: [Contract Type]"],
])("types of contracts are taken for whether they are frameworks where one is %s", async (type, line) => {
  expect(await suggested(`Contract Ref,Contract Type\nA,${type}\nB,Works\n`)).toContain(line);
});

test("what the last users of something are is no end", async () => {
  expect(await suggested("Contract Ref,End Users\nA,all\n")).toContain("leave: [End Users]");
});

test("of a column of periods begin and end are read, and one day is neither", async () => {
  const sheet = "Contract Ref,Contract Period\nA,13/01/2024 to 31/03/2026\nB,\nC,14/01/2024\n";
  const map = await suggested(sheet);
  expect(map).toContain("  startDate: Contract Period # unsure: is it this?\n  endDate: Contract Period # unsure");
  const { stderr } = await runInProcess(["import", fileWith(sheet), "--map", fileWith(map, ".yaml")]);
  expect(stderr).toContain("lotbook: 1 error in the data");
  expect(stderr).toContain(`:4:3: "14/01/2024" is not a begin and an end (B4, Contract Period) [N4-date]`);
  const whole = await runInProcess(["import", fileWith(sheet.replace(/C,.*/, "")), "--map", fileWith(map, ".yaml")]);
  expect(whole.stdout).toContain("startDate: 2024-01-13\n    endDate: 2026-03-31\n");
});

test.each([
  ["Extension end", "31/01/2028", "latestEndDate: Extension end"],
  ["Extension", "31/01/2028", "latestEndDate: Extension # unsure: is it this?"],
  ["Extension", "31 Jan 2028", "latestEndDate: Extension # unsure: is it this?"],
  ["Renewal end date", "", "latestEndDate: Renewal end date"],
  ["Extension", "1 year", "renewals: Extension"],
])("days of extensions are when the last one ends: %s with %s", async (heading, cell, line) => {
  const map = await suggested(`Contract Ref,Start,${heading}\nA,31/01/2024,${cell}\n`);
  expect(map.split("\n")).toContain(`  ${line}`);
});

describe("a map is suggested", () => {
  test("from English headings, with what is not sure", async () => {
    const sheet = `Register of contracts,,,,,,,,
Contract Ref,Title,Vendor,Company Number,Starts,Ends,Annual Spend,Value (ex VAT),Value (incl VAT)
1,Lamps,Alba; Bora,01234567,01/02/2025,31/01/2026,4,"\u00a31,000",1200
2,Pipes,Cora,7654321,02/02/2025,-,,commercially sensitive,
`;
    expect(await suggested(sheet)).toBe(`dates: DD/MM/YYYY
currency: GBP
gross: [Value (incl VAT)]
missing: ["-"]
withheld: [commercially sensitive]
split: ";" # unsure: between several suppliers of a cell
columns:
  contract: Contract Ref
  title: Title
  supplier: Vendor
  legalId: Company Number
  startDate: Starts
  endDate: Ends
  ceiling: [Value (ex VAT), Value (incl VAT)] # unsure: is it this?
always:
  country: GB # unsure: the country whose register gives the company numbers
leave: [Annual Spend]
`);
  });

  test("from headings of which some words are known, each for what no other surely is", async () => {
    const sheet = `Reference Number,Title of Agreement,Local Authority Department Responsible,Supplier,Supplier Reg No,Sum to be Paid Over the Length of the Contract,Annual Contract Value,Contract Start,Contract End,End Users
1,Lamps,Place,Alba Ltd,01234567,"\u00a31,000",\u00a3500,13/02/2025,31/01/2026,all
`;
    expect(await suggested(sheet)).toBe(`dates: DD/MM/YYYY
currency: GBP
columns:
  contract: Reference Number # unsure: is it this?
  title: Title of Agreement
  buyer: Local Authority Department Responsible # unsure: is it this?
  supplier: Supplier
  legalId: Supplier Reg No
  ceiling: Sum to be Paid Over the Length of the Contract # unsure: is it this?
  startDate: Contract Start
  endDate: Contract End
always:
  country: GB # unsure: the country whose register gives the company numbers
leave: [Annual Contract Value, End Users]
`);
  });

  test("from those of the European Union's Financial Transparency System, as it was", async () => {
    const sheet = `Year;Name of beneficiary;Commitment position key;Reference (Budget);Amount;Total amount
2015;ALBA SA*ALBA NV;JAG.1;SI2.7;600.000,00 \u20ac;1.000.000,00 \u20ac
2015;BORA GMBH;JAG.1;SI2.7;400.000,00 \u20ac;1.000.000,00 \u20ac
`;
    expect(await suggested(sheet)).toBe(`rows: beneficiary
decimal: ","
currency: EUR
otherNames: "*"
columns:
  awardDate: Year # unsure: is it this?
  supplier: Name of beneficiary
  contract: Commitment position key
  share: Amount
  ceiling: Total amount
leave: [Reference (Budget)]
`);
  });

  test("from French ones", async () => {
    const sheet =
      "Num\u00e9ro de march\u00e9;Objet;Titulaire;SIRET;Date de notification;Dur\u00e9e (mois);Montant maximum HT\n1;Lampes;Alba;12345678901234;2025-01-01;12;1 000,50 \u20ac\n";
    expect(await suggested(sheet)).toBe(`decimal: ","
currency: EUR
columns:
  contract: Num\u00e9ro de march\u00e9
  title: Objet
  supplier: Titulaire
  legalId: SIRET
  awardDate: Date de notification
  months: Dur\u00e9e (mois) # unsure: is it this?
  ceiling: Montant maximum HT
always:
  country: FR
`);
  });

  test("from German ones", async () => {
    const sheet =
      "Vertragsnummer;Bezeichnung;Auftragnehmer;Beginn;Ende;K\u00fcndigungsfrist;H\u00f6chstwert brutto\n1;Lampen;Alba;01.02.2025;31.01.2026;3 Monate;1.000,00\n";
    expect(await suggested(sheet)).toBe(`decimal: ","
currency: EUR # unsure: nothing says in which currency amounts are
gross: [H\u00f6chstwert brutto]
columns:
  contract: Vertragsnummer
  title: Bezeichnung
  supplier: Auftragnehmer
  startDate: Beginn
  endDate: Ende
  noticePeriod: K\u00fcndigungsfrist
  ceiling: H\u00f6chstwert brutto
`);
  });

  test("from those of France's essential data, which need others to be understood", async () => {
    const sheet =
      "id;acheteur_id;nature;montant;idAccordCadre;titulaire_id_1;titulaire_id_2;dureeMois\n1;99;Accord-cadre;10;;1;2;12\n";
    expect(await suggested(sheet)).toBe(`currency: EUR
columns:
  contract: [acheteur_id, id]
  framework: nature
  value: montant
  callOffOf: [acheteur_id, idAccordCadre]
  legalId: [titulaire_id_1, titulaire_id_2]
  months: dureeMois
always:
  country: FR
words:
  nature:
    Accord-cadre: "yes"
`);
  });

  test("with shares, orders and other names, and days that may be two", async () => {
    const shares =
      "Contract,Beneficiary's contracted amount (EUR),Name of beneficiary,Start date,Currency,Framework\nA,1,X SA*X NV,03/04/2025,EUR,yes\n";
    expect(await suggested(shares)).toBe(`rows: beneficiary
dates: DD/MM/YYYY # unsure: 03/04/2025 may be one of two days: DD/MM/YYYY, or MM/DD/YYYY?
otherNames: "*"
columns:
  contract: Contract
  share: Beneficiary's contracted amount (EUR)
  supplier: Name of beneficiary
  startDate: Start date
  currency: Currency
  framework: Framework
`);
    expect(
      await suggested("Contract,PO number,Order date,Order value,Secret\nA,1,2025-01-01,n/a,x\n"),
    ).toBe(`rows: order
currency: EUR # unsure: nothing says in which currency amounts are
withheld: [n/a] # unsure: amounts that are secret? where they are not known, write missing instead
columns:
  contract: Contract
  order: PO number
  date: Order date
  amount: Order value
leave: [Secret]
`);
  });

  test("of a workbook, whose formats name the currency", async () => {
    const sheet = utils.aoa_to_sheet([
      ["Contract", "Ceiling"],
      ["A", { t: "n", v: 5, z: "#,##0 [$SEK]" }],
    ]);
    const book = write({ SheetNames: ["S"], Sheets: { S: sheet } }, { type: "buffer", bookType: "xlsx" });
    expect(await suggested(book, ".xlsx")).toContain("currency: SEK\n");
  });

  test("with headings that stand over others, or beside them in two rows", async () => {
    const sheet = utils.aoa_to_sheet([
      ["Ref", "Title", "Dates", null, "Supplier", null, "Buyer"],
      [null, null, "Start", "End", "Name", "No", "Name"],
      ["A", "Lamps", "2025-01-01", "2026-12-31", "Alba", 1234567, "Town"],
    ]);
    sheet["!merges"] = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"].map((range) => utils.decode_range(range));
    const book = write({ SheetNames: ["S"], Sheets: { S: sheet } }, { type: "buffer", bookType: "xlsx" });
    expect(await suggested(book, ".xlsx")).toBe(`columns:
  contract: Ref # unsure: is it this?
  title: Title
  startDate: Start
  endDate: End
  supplier: Supplier Name
  buyer: Buyer Name # unsure: is it this?
leave: ["No"]
`);
    const map = "{ source: s, columns: { contract: Ref, startDate: Start, supplier: Supplier Name, legalId: No } }";
    const { stdout, stderr } = await importing(book, map, ".xlsx");
    expect(stdout).toContain("s#E3: Alba");
    expect(stderr).not.toContain("above the headings");
    expect((await importing(book, "columns: { contract: Ref, supplier: Name }", ".xlsx")).stderr).toContain(
      'there is no column "Name", which the map has for supplier',
    );
  });

  test("in two rows, of which the upper alone has merged cells", async () => {
    const rows = (below: readonly (string | null)[]) => [
      ["Contract Ref", "Title", "Supplier", null, "Start Date"],
      [null, null, ...below],
      ["A", "Lamps", "Alba", 1234567, "2025-01-01"],
    ];
    const bookOf = (below: readonly (string | null)[]) => {
      const sheet = utils.aoa_to_sheet(rows(below));
      sheet["!merges"] = [utils.decode_range("C1:D1")];
      return write({ SheetNames: ["S"], Sheets: { S: sheet } }, { type: "buffer", bookType: "xlsx" });
    };
    expect(await suggested(bookOf(["Name", "Number"]), ".xlsx")).toContain(`columns:
  contract: Contract Ref
  title: Title
  supplier: Supplier Name
`);
    const map = "{ source: s, columns: { contract: Contract Ref, startDate: Start Date } }";
    for (const below of [
      ["Name", "Number"],
      ["Name", null],
      ["x", "y"],
    ]) {
      const { stdout, stderr } = await importing(bookOf(below), map, ".xlsx");
      expect(stdout).toContain("s#E3: 2025-01-01");
      expect(stdout).toContain("contract: A");
      expect(stderr).not.toContain("above the headings");
      expect(stderr).toContain("1 row: 1 contract");
    }
    // One row of headings, of which one is of two columns, and whole rows below.
    const whole = utils.aoa_to_sheet([rows([])[0] ?? [], ["B", "Piers", "Bora", 7, "2025-02-01"]]);
    whole["!merges"] = [utils.decode_range("C1:D1")];
    const book = write({ SheetNames: ["S"], Sheets: { S: whole } }, { type: "buffer", bookType: "xlsx" });
    expect((await importing(book, map, ".xlsx")).stdout).toContain("contract: B");
  });

  test("in time, however often cells are said to be one", async () => {
    const sheet = utils.aoa_to_sheet([
      ["Ref", "All"],
      ["A", "B"],
      ["x", "y"],
    ]);
    const wide = utils.decode_range("B1:XFD1");
    sheet["!merges"] = Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? wide : utils.decode_range("A1:A2")));
    const book = write({ SheetNames: ["S"], Sheets: { S: sheet } }, { type: "buffer", bookType: "xlsx" });
    expect(await suggested(book, ".xlsx")).toContain("contract: Ref");
  });

  test("of the first sheet whose headings say where contracts are, whatever those before it have", async () => {
    const sheets = {
      Notes: [
        ["Title", "Supplier"],
        ["Read me", "Alba"],
      ],
      Stray: [
        ["Contract Ref", "q"],
        ["1", "2"],
      ],
      Contracts: [
        ["Contract Ref", "Title"],
        ["1", "Lamps"],
      ],
    };
    const bookOf = (...names: readonly (keyof typeof sheets)[]) => {
      const Sheets = Object.fromEntries(names.map((name) => [name, utils.aoa_to_sheet(sheets[name])]));
      return write({ SheetNames: [...names], Sheets }, { type: "buffer", bookType: "xlsx" });
    };
    const head = (map: string) => map.split("\n")[0];
    expect(head(await suggested(bookOf("Notes", "Stray", "Contracts"), ".xlsx"))).toBe("sheet: Contracts");
    expect(head(await suggested(bookOf("Contracts", "Notes"), ".xlsx"))).toBe("columns:");
    expect(await suggested(bookOf("Notes", "Stray"), ".xlsx")).not.toContain("sheet:");
  });

  test("of lots by the titles that differ with them, and of suppliers by names that are none", async () => {
    const sheet = (second: string) => `Contract Ref,Lot,Title,Suppliers\nA,1,North,2\nA,2,${second},3\nB,,Pens,1\n`;
    expect(await suggested(sheet("South"))).toBe(`columns:
  contract: Contract Ref
  lot: Lot
  lotTitle: Title
  supplier: Suppliers # unsure: its cells are numbers, no names
`);
    expect(await suggested(sheet("North"))).toContain("  title: Title\n");
  });

  test("with the currencies that each heading names, and figures that may have decimals", async () => {
    expect(await suggested("Contract Ref,Ceiling (EUR),Awarded value (GBP)\nA,5,4\n")).not.toContain("currency");
    expect(await suggested("Contract Ref,Ceiling (EUR),Awarded value\nA,5,GBP 4\n")).toContain(
      "currency: GBP # unsure: nothing says in which of several currencies the others are\n",
    );
    expect(await suggested("Contract Ref,H\u00f6chstwert (TEUR)\nA,1.250\n")).toContain(
      'decimal: "." # unsure: 1.250 may have decimals, or thousands: "." or ","?\n',
    );
    const figures = (...written: readonly string[]) =>
      suggested(`Contract Ref;Ceiling (EUR)\n${written.map((figure) => `A;${figure}\n`).join("")}`);
    expect(await figures("1.234.567,5", "12,50")).toContain('decimal: ","');
    for (const other of ["1,234,567", "1,234,567.5", "1,234,567.505", "1,234", "7.5"])
      expect(await figures("12,50", other)).not.toContain('decimal: ","');
    expect(await suggested("Contract Ref;Title;Ceiling (EUR)\nA;12,50;7\n")).not.toContain("decimal");
  });

  test("says so where no heading is known, or none of contracts", async () => {
    expect(await suggested("q,w\n1,2\n")).toContain("no heading of");
    expect(await suggested("Supplier,q\n1,2\n")).toMatch(
      /^# unsure: no heading says which column has the ids of contracts: add contract: HEADING\ncolumns:\n/,
    );
    expect((await runInProcess(["import"])).stderr).toContain("import needs a spreadsheet");
  });
});

describe("without a map", () => {
  test("what headings leave no doubt of is read, and the rest is told", async () => {
    const { stdout, stderr } = await importing("Contract Ref,Contract Name,Value,Odd\nA,Lamps,5,x\n");
    expect(stdout).toContain("title: Lamps");
    expect(stderr).toContain("columns that the map does not name are left out: Value (1 filled), Odd (1 filled)");
  });

  test("words that count for nothing are told, each with its cell", async () => {
    const sheet =
      "Contract Ref,Start Date,End Date,Awarded (GBP)\nA,2024-01-01,Ongoing,TBC\nB,2024-01-01,ongoing,7\nC,n/a,2025-01-01,5\n";
    const { stdout, stderr } = await importing(sheet);
    expect(stdout).not.toContain("ngoing");
    for (const note of [
      '"Ongoing" counts as not known, for there is no map: sheet#C2\n',
      '"TBC" counts as not known, for there is no map: sheet#D2\n',
      '"ongoing" counts as not known, for there is no map: sheet#C3\n',
      '"n/a" counts as not known, for there is no map: sheet#B4\n',
    ])
      expect(stderr).toContain(note);
    const told = await importing(
      sheet,
      "missing: [Ongoing, TBC, n/a]\ncolumns: { contract: Contract Ref, startDate: Start Date, endDate: End Date, awarded: Awarded (GBP) }\n",
    );
    expect(told.stderr).not.toContain("counts as not known");
  });

  test.each(["Alder; Birch", "Alder;Birch", "Alder ;\nBirch"])("T2: %j may be several suppliers", async (cell) => {
    const sheet = `Contract Ref,Supplier\nA,"${cell}"\n`;
    const { stdout, stderr, exitCode } = await importing(sheet);
    expect([exitCode, stdout]).toEqual([65, ""]);
    expect(stderr).toContain(`may be one supplier, or several (B2, Supplier) [T2-count]`);
    expect(stderr).toContain('split: ";"');
    const map = "columns: { contract: Contract Ref, supplier: Supplier }\n";
    expect(await notesOf(sheet, map)).toContain(
      'suppliers with ";" in them are one each, for the map has no split: sheet#B2',
    );
    expect((await importing(sheet, `${map}split: ";"\n`)).stdout).toMatch(/name:\s+sheet#B2: Alder[^;]*Birch/s);
  });

  test("a sheet whose contracts have no sure column is refused", async () => {
    const { stderr, exitCode } = await importing("No,Contract Name\nA,Lamps\n");
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("no heading leaves no doubt which column has the ids of contracts"),
    ]);
  });
});

test("small words of a heading change nothing of what it is", async () => {
  const headings = ["N\u00b0 march\u00e9", "Objet march\u00e9", "Date de d\u00e9but", "Fin", "Num\u00e9ro du lot"];
  const map = await suggested(`${headings.join(",")}\nA,Chaises,01/02/2024,31/01/2026,1\n`);
  for (const [index, field] of ["contract", "title", "startDate", "endDate", "lot"].entries())
    expect(map).toContain(`  ${field}: ${headings[index]}\n`);
});

describe("headings in two rows where no cells are merged, as in CSV", () => {
  const SHEET = `Contracts register,,,,,,,,
,,Contractor,,Term,,Option,Value (EUR),
Ref,Lot,Name,Company No.,Start,End,,net,incl VAT
A,1,Alba Ltd,07000001,2024-01-01,2025-12-31,1 year,100,120
A,2,Bora Ltd,07000002,2024-01-01,2025-12-31,1 year,50,60
`;

  test("are called with what stands above several of them, where that says more", async () => {
    expect(await suggested(SHEET)).toBe(`currency: EUR
gross: [Value (EUR) incl VAT]
columns:
  contract: Ref # unsure: is it this?
  lot: Lot
  supplier: Contractor Name # unsure: is it this?
  legalId: Company No.
  startDate: Start
  endDate: End
  renewals: Option # unsure: is it this?
  ceiling: [Value (EUR) net, Value (EUR) incl VAT] # unsure: is it this?
always:
  country: GB # unsure: the country whose register gives the company numbers
`);
    expect(await notesOf(SHEET, await suggested(SHEET))).toEqual([
      "sheet.csv: 1 row above the headings is not read",
      "2 rows: 1 contract, 2 suppliers",
    ]);
  });

  test("are not made of data below headings of which some are empty", async () => {
    const map = await suggested("Contract Ref,Supplier,,Value (EUR)\nA,Start,End,100\nB,Alba Ltd,x,100\n");
    expect(map).toContain("  contract: Contract Ref\n  supplier: Supplier\n");
  });
});
