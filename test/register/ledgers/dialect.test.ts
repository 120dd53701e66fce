import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { headroom } from "../../../src/engine/headroom/headroom.ts";
import { DataError } from "../../../src/model/errors.ts";
import { formatMoney, isKnown } from "../../../src/model/money.ts";
import { amountOf, figureOf, saysTotal } from "../../../src/register/ledgers/dialect.ts";
import { dayOf } from "../../../src/register/ledgers/written-day.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { allOf } from "../../reading.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-dialect-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is ordered by a ledger of these bytes, and what is told of it; or what is wrong with it. */
const orderedBy = async (ledger: string | Buffer, declared = ""): Promise<readonly string[]> => {
  writeFileSync(join(folder, "l.csv"), ledger);
  const lots = "lots: [{ lot: 1, ceiling: EUR 1M, suppliers: [a] }]";
  const suppliers = "suppliers: [{ supplier: a, name: Grün }]";
  const text = `${suppliers}\ncontracts: [{ contract: k, ${lots}, ledger: { file: l.csv, currency: EUR${declared} } }]\n`;
  writeFileSync(join(folder, "r.yaml"), text);
  const report = headroom(await openRegister(join(folder, "r.yaml")), { at: { year: 2025 } });
  try {
    const rows = await allOf(report);
    const figures = rows.map(({ ordered }) => (isKnown(ordered) ? formatMoney(ordered) : ordered));
    return [...figures, ...(report.closing().findings ?? []).map(({ rule, message }) => `${rule} ${message}`)];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return error.findings.map(({ rule, position, hint = "" }) => `${rule} line ${position?.line}: ${hint}`);
  }
};

/** A figure without the commas that registers may put between groups of three digits, but with any other. */
const withoutGroups = (text: string): string =>
  text.replace(/(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/, (groups) => groups.replaceAll(",", ""));

describe("figures and days in the notation of a spreadsheet", () => {
  test.each([
    ["1.234,56", {}, "1234.56"],
    ["1234,5", {}, "1,234.5"],
    ["1,234", {}, "1,234"],
    ["1 234,56", { decimal: "," }, "1234.56"],
    ["1,234", { decimal: "," }, "1.234"],
    ["1.234", { decimal: "," }, "1234"],
    ["1.23.4", { decimal: "," }, "1.23.4"],
    ["1'234.50", {}, "1234.50"],
    ["1.234,50-", {}, "-1234.50"],
    ["1234-", {}, "-1234"],
    ["\u22121234.50", {}, "-1234.50"],
    ["\u22121.234", { decimal: "," }, "-1234"],
    ["12-34", {}, "12-34"],
    ["1,23,45,678.90", {}, "12345678.90"],
    ["-1,23,456", {}, "-123456"],
    ["1,23,45", {}, "1,23,45"],
    ["1.234.567", {}, "1234567"],
    ["-1.234.567", {}, "-1234567"],
    ["1.234.567", { decimal: "." }, "1.234.567"],
    ["1.234.56", {}, "1.234.56"],
    ["12500,0000", {}, "12500.0000"],
    [".50", {}, "0.50"],
    ["-,5", {}, "-0.5"],
    [",50", { decimal: "," }, "0.50"],
    ["+5,00", {}, "5.00"],
    ["+-5", {}, "+-5"],
  ] as const)("%s %j is %s", (written, dialect, expected) => {
    expect(withoutGroups(figureOf(written, dialect))).toBe(withoutGroups(expected));
  });

  test.each([
    ["12.500,00 \u20ac", { decimal: "," }, "EUR 12500.00"],
    ["12.500 \u20ac", { decimal: "," }, "EUR 12500"],
    ["1.234 TND", { decimal: "," }, "TND 1234"],
    ["CHF 12'500.-", {}, "CHF 12500"],
    ["12.500,00 EUR", {}, "EUR 12500.00"],
    ["(1.250,50)", { decimal: "," }, "-1250.50"],
    ["12 k\u20ac", {}, "EUR 12k"],
    ["1,5 TEUR", {}, "EUR 1.5k"],
    ["5 T\u20ac", {}, "EUR 5k"],
    ["5kEUR", {}, "EUR 5k"],
    ["5 TRY", {}, "TRY 5"],
    ["12,50 Euro", {}, "EUR 12.50"],
    ["+12,50 \u20ac", {}, "EUR 12.50"],
    ["1.234.567 \u20ac", {}, "EUR 1234567"],
    ["EUR 1.250,50-", {}, "EUR -1250.50"],
    ["\u2212250,50 \u20ac", {}, "EUR -250.50"],
    ["12 pieces", { decimal: "," }, "12 pieces"],
    ["EUR 1,234.50", {}, "EUR 1234.50"],
    ["10.5M", {}, "10.5M"],
  ] as const)("the amount %s %j is %s", (written, dialect, expected) => {
    expect(withoutGroups(amountOf(written, dialect))).toBe(expected);
  });

  test.each([
    ["$1,250.50", "USD", "USD 1250.50"],
    ["$1,250.50", "MXN", "MXN 1250.50"],
    ["($50.00)", "USD", "USD -50.00"],
    ["-$50.00", "USD", "USD -50.00"],
    ["-\u20ac50.00", undefined, "EUR -50.00"],
    ["$ (50.00)", "USD", "USD -50.00"],
    ["(-50.00)", undefined, "(-50.00)"],
    ["R$ 1.250,50", undefined, "BRL 1250.50"],
    ["C$5", "USD", "CAD 5"],
    ["500 kr", "SEK", "SEK 500"],
    ["500 kr", "EUR", "500 kr"],
    ["$5", "EUR", "$5"],
    ["$5", undefined, "$5"],
  ] as const)("the amount %s in a column of %s is %s", (written, column, expected) => {
    expect(withoutGroups(amountOf(written, {}, column))).toBe(expected);
  });

  test("a sign that several currencies have is that of its row", async () => {
    const row = (currency: string): string =>
      `order,lot,supplier,date,amount,currency\n1,1,a,2024-01-01,"$1,000.00",${currency}\n`;
    expect((await orderedBy(row("USD"))).join()).toContain("USD 1,000.00");
    expect((await orderedBy(row("EUR"))).join()).toContain("name the currency by its code");
  });

  test("an amount with its currency is read as its ledger's are", async () => {
    const rows = "order;date;amount;lot;supplier\n1;2024-01-01;12.500,00 \u20ac;1;a\n2;2024-01-01;1.000 \u20ac;1;a\n";
    expect(await orderedBy(rows, ', decimal: ","')).toEqual(["EUR 13,500"]);
  });

  test.each([
    ["01.03.2024", {}, "2024-03-01"],
    ["31/12/2024", {}, "2024-12-31"],
    ["12/31/2024", {}, "2024-12-31"],
    ["03/04/2024", {}, "03/04/2024"],
    ["03/04/2024", { dates: "DD/MM/YYYY" }, "2024-04-03"],
    ["03/04/2024", { dates: "MM/DD/YYYY" }, "2024-03-04"],
    ["31/02/2024", { dates: "DD/MM/YYYY" }, "31/02/2024"],
    ["2024/3/9", {}, "2024-03-09"],
    ["20240309", {}, "2024-03-09"],
    ["20240231", {}, "20240231"],
    ["12345678", {}, "12345678"],
    ["2024-03", {}, "2024-03"],
    ["2024-03-01 00:00:00", {}, "2024-03-01"],
    ["2024-12-31T23:59:59+02:00", {}, "2024-12-31"],
    ["2024-03-01T00:00:00.000-0500", {}, "2024-03-01"],
    ["2024-03-01T09:30:00.125Z", {}, "2024-03-01"],
    ["01.03.2024 14:30", {}, "2024-03-01"],
    ["03/04/2024 00:00", {}, "03/04/2024 00:00"],
    ["03/04/2024 12:00 pm", { dates: "DD/MM/YYYY" }, "2024-04-03"],
  ] as const)("%s %j is %s", (written, dialect, expected) => {
    expect(dayOf(written, dialect)).toBe(expected);
  });
});

test("what databases and programs for accounts write: a time behind the day, a minus behind the figure or of its own", async () => {
  const rows = ["A,1,2024-03-01 00:00:00,100.00", "B,1,2024-03-01T09:30:00Z,20-", "C,1,2024-03-02,\u22125.50"];
  expect(await orderedBy(["order,lot,date,amount", ...rows, ""].join("\n"))).toEqual(["EUR 74.50"]);
});

test("a ledger reads days as an import does, but for the numbers of spreadsheets", async () => {
  const days = ["2024-03-05T10:00:00+01:00", "05-MAR-2024", "5. M\u00e4rz 2024", "03/2024", "05.03.24", "2024/03"];
  const rows = days.map((day, index) => `${index};1;${day};5`);
  expect(await orderedBy(["order;lot;date;amount", ...rows, ""].join("\n"))).toEqual(["EUR 30"]);
  expect(await orderedBy("order;lot;date;amount\n1;1;03/04/24;5\n")).toEqual([
    "N4-date line 2: say in the register how its days are written: dates: DD/MM/YYYY, or dates: MM/DD/YYYY",
  ]);
});

test("zeros that the currency has no places for are none of its decimals", async () => {
  expect(await orderedBy("order,lot,date,amount\n1,1,2024-01-01,12500.0000\n2,1,2024-01-01,0.000\n")).toEqual([
    "EUR 12,500.00",
  ]);
});

test("a figure that may have thousands is refused, with what to declare", async () => {
  const rows = "order;lot;date;amount\n1;1;2024-01-01;1.250\n2;1;2024-01-01;12,345\n";
  expect(await orderedBy(rows)).toEqual([
    'N2-decimals line 2: if its point separates thousands, say so in the register: decimal: ","',
  ]);
  expect(await orderedBy(rows.replace("12,345", "12,50"), ', decimal: ","')).toEqual(["EUR 1,262.50"]);
  const scaled = "order;lot;date;amount\n1;1;2024-01-01;1.250 TEUR\n";
  expect(await orderedBy(scaled)).toEqual(["N2-amount line 2: write EUR 10.2M, EUR 10,252,762.00 or 10252762.00 EUR"]);
  expect(await orderedBy(scaled, ', decimal: ","')).toEqual(["EUR 1,250k"]);
});

test("bytes that are no UTF-8 are refused, with the encoding to declare", async () => {
  const latin = Buffer.from("order,lot,date,amount,description\nA,1,2024-01-01,5,caf\u00e9\n", "latin1");
  const hint = "save it as UTF-8, or say in the register how it is written: encoding: ";
  expect(await orderedBy(latin)).toEqual([`F9 line 2: ${hint}windows-1252`]);
  expect(await orderedBy(latin, ", encoding: windows-1252")).toEqual(["EUR 5"]);
  const wide = Buffer.from("\ufefforder,lot,date,amount\nA,1,2024-01-01,5\n", "utf16le");
  expect(await orderedBy(wide)).toEqual([`F9 line 1: ${hint}utf-16`]);
  expect(await orderedBy(wide, ", encoding: utf-16")).toEqual(["EUR 5"]);
  const unmarked = wide.subarray(2);
  expect(await orderedBy(unmarked)).toEqual([`F9 line 1: ${hint}utf-16`]);
  expect(await orderedBy(unmarked, ", encoding: utf-16")).toEqual(["EUR 5"]);
});

test("a day that may be two is refused by row, with what to declare", async () => {
  expect(await orderedBy("order,lot,date,amount\nA,1,03/04/2024,5\nB,1,05/06/2024,6\n")).toEqual([
    "N4-date line 2: say in the register how its days are written: dates: DD/MM/YYYY, or dates: MM/DD/YYYY",
    "N4-date line 3: say in the register how its days are written: dates: DD/MM/YYYY, or dates: MM/DD/YYYY",
  ]);
  expect(await orderedBy("order,lot,date,amount\nA,1,03/04/2024,5\n", ", dates: DD/MM/YYYY")).toEqual(["EUR 5"]);
});

const SUM = "is called a total, with the sum of the rows above";
const DOUBT = "is called a total, with another amount than the sum of the rows above";

test.each(["Total", "Summe:", "SOMME", "Grand total"])("a row called %s is told and not counted", async (name) => {
  const rows = (sum: number) => `order,lot,date,amount\nA,1,2024-01-01,5\nB,1,2024-01-02,6\n${name},,,${sum}\n`;
  expect(await orderedBy(rows(11))).toEqual(["EUR 11", `L1-total k: 1 order ${SUM} (${name}): EUR 11`]);
  expect(await orderedBy(rows(12))).toEqual(["EUR 11", `L1-total k: 1 order is called a total (${name}): EUR 12`]);
});

test.each([
  ["Total", "1,", ""],
  ["Total", "1,", "2024-12-31"],
  ["Total 2024", ",", ""],
  ["TOTAL HT", ",", ""],
  ["Total 2024/25 excl. VAT", ",", "2024-12-31"],
  ["Zwischensumme Los 1", "1,", ""],
  ["Totaal: 2024 netto", ",a", ""],
])(
  "a row called %s, on %s and %s, is none where it comes to what stands above, and else counts and is told",
  async (name, on, date) => {
    const rows = (sum: number) =>
      `order,lot,supplier,date,amount\nA,1,a,2024-01-01,100\nB,1,a,2024-01-02,50\n${name},${on},${date},${sum}\n`;
    expect(await orderedBy(rows(150))).toEqual(["EUR 150", `L1-total k: 1 order ${SUM} (${name}): EUR 150`]);
    const [ordered, told] = await orderedBy(rows(151));
    // Without a date it may be from after the day.
    expect(["EUR 301", "EUR 150.00 to EUR 301.00"]).toContain(ordered);
    expect(told).toBe(`L1-total k: 1 order ${DOUBT} (${name}): EUR 151`);
  },
);

test("every word for a total is known, in small letters and in capitals", () => {
  const words =
    "total|totals|grand total|subtotal|sub-total|sum|summe|gesamt|gesamtsumme|gesamtbetrag|zwischensumme|somme|total g\u00e9n\u00e9ral|sous-total|totaal|subtotaal|totale|suma|summa|razem|celkem|saldo|\u2211";
  const all = words.split("|").flatMap((word) => [word, word.toUpperCase(), `${word}:`]);
  expect(all.filter((word) => !saysTotal(word))).toEqual([]);
});

test("a total is of the rows since the last one, or of all", async () => {
  const rows =
    "order,lot,date,amount\nA,1,2024-01-01,5\nTotal 2024,1,,5\nB,1,2025-01-01,6\nTotal 2025,1,,6\nTotal,1,,11\n";
  expect((await orderedBy(rows))[0]).toBe("EUR 11");
});

test.each(["SUM-2024-001", "TotalEnergies 4711", "Summer 2024", "Total 2024-0017-B"])(
  "%s is an order",
  async (name) => {
    expect(await orderedBy(`order,lot,date,amount\nA,1,2024-01-01,5\n${name},1,2024-01-02,5\n`)).toEqual(["EUR 10"]);
  },
);

test("a total without an id, in whatever column it says so", async () => {
  const rows = "order,lot,supplier,date,amount\nA,1,a,2024-01-01,5\n,Total,,,5\n";
  expect(await orderedBy(rows)).toEqual(["EUR 5", `L1-total k: 1 order ${SUM} (Total): EUR 5`]);
});

test("rows of one order are added up where that is declared, and else told", async () => {
  const rows = "order,lot,date,amount\nPO1,1,2024-01-01,100\nPO1,1,2024-01-01,200\n";
  expect(await orderedBy(rows, ", lines: sum")).toEqual(["EUR 300"]);
  expect((await orderedBy(rows))[0]).toMatch(/^F7 line 3: .*lines: sum$/);
});

test("titles above the headings, and the line that names the separator", async () => {
  const rows = "Orders of 2024;;;\n;;;\norder;lot;date;amount\nA;1;01.03.2024;1.234,56\n";
  expect(await orderedBy(rows, ", skip: 2")).toEqual(["EUR 1,234.56"]);
  expect(await orderedBy(`sep=;\n${rows}`, ", skip: 2")).toEqual(["EUR 1,234.56"]);
});

test("other encodings, where they are declared", async () => {
  const rows = "order,lot,supplier,date,amount\nA,1,Grün,2024-01-01,5\n";
  expect(await orderedBy(Buffer.from(rows, "latin1"), ", encoding: windows-1252")).toEqual(["EUR 5"]);
  expect(await orderedBy(Buffer.from(`\ufeff${rows}`, "utf16le"), ", encoding: utf-16")).toEqual(["EUR 5"]);
});

describe("what the heading of amounts says of them", () => {
  const ledger = (heading: string, amount: string, declared = "") =>
    orderedBy(
      `order;lot;supplier;date;${heading}\n1;1;a;2024-01-01;${amount}\n`,
      `${declared}, columns: { amount: "${heading}" }`,
    );

  test("holds of each, in every way in which rows are read", async () => {
    expect(await ledger("Net (TEUR)", "12.5")).toEqual(["EUR 12.5k"]);
    expect(await ledger("Net (TEUR)", "12,5")).toEqual(["EUR 12.5k"]);
    expect(await ledger("Netto (TEUR)", "1.250", ', decimal: ","')).toEqual(["EUR 1,250k"]);
    expect(await ledger("Net (TEUR)", "0")).toEqual(["EUR 0"]);
    expect(await ledger("Net (EUR)", "12.5")).toEqual(["EUR 12.5"]);
  });

  test("is refused where it is not what the register says, or leaves a figure in doubt", async () => {
    expect(await ledger("Net (GBP)", "5")).toEqual([
      "N2-currency line 1: correct one, or leave the ledger's currency out",
    ]);
    expect(await ledger("Net (TEUR)", "1.250")).toEqual([expect.stringMatching(/^N2-decimals line 2/)]);
  });
});

test("a minus behind the figure stands before its currency, too", () => {
  expect(amountOf("1.234,50- EUR", {})).toBe("EUR -1,234.50");
  expect(amountOf("100-\u20ac", {})).toBe("EUR -100");
});

test("a day number of a spreadsheet is refused, with the day that it may be", async () => {
  expect((await orderedBy("order,lot,supplier,date,amount\nP1,1,a,45657,5\n")).join("\n")).toContain(
    "a spreadsheet keeps 2024-12-31 as this number",
  );
});
