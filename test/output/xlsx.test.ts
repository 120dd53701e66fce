import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CellObject, read, utils, type WorkSheet } from "@e965/xlsx";
import { parse } from "csv-parse/sync";
import { afterAll, describe, expect, test } from "vitest";
import { type Column, column, type Report, reportOf, type Summary } from "../../src/engine/report.ts";
import { type Money, parseMoney } from "../../src/model/money.ts";
import { parsePartialDate } from "../../src/model/partial-date.ts";
import { PLAIN_STYLE } from "../../src/output/format.ts";
import { FORMATS } from "../../src/output/formats.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const SURFACE = { width: undefined, style: PLAIN_STYLE, terminal: false, raw: false };

/** As another program reads it. */
const sheetsOf = (bytes: Uint8Array): Readonly<Record<string, WorkSheet>> =>
  read(bytes, { cellNF: true, cellStyles: true, cellDates: false }).Sheets;

const answerOf = async (argv: readonly string[], told = ""): Promise<Readonly<Record<string, WorkSheet>>> => {
  const { stdout, stderr, exitCode } = await runInProcess(argv);
  expect({ stderr, exitCode }).toEqual({ stderr: told, exitCode: 0 });
  return sheetsOf(Buffer.from(stdout, "latin1"));
};

const rowsIn = (sheet: WorkSheet | undefined): Record<string, unknown>[] => utils.sheet_to_json(sheet ?? {});

const money = (text: string): Money => {
  const parsed = parseMoney(text);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed;
};

test("shares are percentages, and what would be empty in all rows has no column", async () => {
  const asked = ["--data", "examples/fleet.yaml", "--at", "2025-06-30", "--format", "xlsx"];
  const { Answer, Notes, Totals } = await answerOf(["headroom", "lot:1", ...asked]);
  const cells = Object.entries(Answer ?? {}).filter(([name]) => /^[A-Z]+[23]$/.test(name));
  const used = cells.flatMap(([, { z, v }]) => (/%/.test(String(z)) ? [[v, z]] : []));
  expect(used).toEqual([
    [0.735, "0.0%"],
    [0.806, "0.0%"],
  ]);
  const headings = Object.keys(rowsIn(Answer)[0] ?? {});
  expect(headings.filter((heading) => /least|group/.test(heading))).toEqual([]);
  expect(JSON.stringify(rowsIn(Notes))).toContain("ceiling, ordered, left are text, so that no sum counts them twice.");
  expect(JSON.stringify(rowsIn(Notes))).toContain("are left out: group, supplier, name, ceiling_least");
  expect(Totals).toBeUndefined();
  const orders = await answerOf(["orders", ...asked]);
  expect(Object.keys(rowsIn(orders["Totals"])[0] ?? {})).not.toContain("remark");
  expect(utils.sheet_to_json(orders["Totals"] ?? {}, { header: 1 })[0]).not.toContain("total_least");
});

test("every answer has as many headings as cells in its widest row, all with something below", async () => {
  for (const command of [
    "contracts",
    "lots",
    "suppliers",
    "suppliers --shares ceiling",
    "awards",
    "total",
    "total --why",
    "orders",
    "expiring",
    "show fleet",
  ]) {
    const { Answer } = await answerOf([
      ...command.split(" "),
      "--data",
      "examples/fleet.yaml",
      "--at",
      "2025-06-30",
      "-f",
      "xlsx",
    ]);
    const [headings, ...rows] = utils.sheet_to_json<unknown[]>(Answer ?? {}, { header: 1, defval: null });
    const filled = (headings ?? []).filter((_, at) => rows.some((row) => (row[at] ?? "") !== ""));
    expect([command, filled]).toEqual([command, headings]);
    const formats = Object.values(Answer ?? {}).map(({ z }) => String(z));
    expect(formats.filter((format) => format.includes('""'))).toEqual([]);
  }
});

interface Row {
  readonly name: string;
  readonly amount?: Money;
  readonly day?: string;
}

const COLUMNS: readonly Column<Row>[] = [
  column.text("name", "", ({ name }) => name),
  column.money("amount", "", ({ amount }) => amount),
  column.date("day", "", ({ day }) => (day === undefined ? undefined : parsePartialDate(day))),
];

const reportWith = (rows: readonly Row[], summaries: readonly Summary[] = []): Report<Row> =>
  reportOf(
    COLUMNS,
    (async function* () {
      yield rows;
    })(),
    () => ({ summaries, notes: [] }),
  );

const written = async (report: Report<Row>): Promise<Readonly<Record<string, WorkSheet>>> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of FORMATS.xlsx(report, SURFACE)) pieces.push(Buffer.from(piece));
  return sheetsOf(Buffer.concat(pieces));
};

const total = (amount: string): Summary => ({
  label: "Total",
  column: "amount",
  amounts: [money(amount)],
  remark: undefined,
});

test("lots are rows with numbers, and their total has a sheet of its own", async () => {
  const { Answer, Totals } = await answerOf(["lots", "--format", "xlsx"]);
  expect(rowsIn(Answer).map(({ lot, ceiling, ceiling_currency }) => [lot, ceiling, ceiling_currency])).toEqual([
    ["1", 10_200_000, "EUR"],
    ["2", 13_900_000, "EUR"],
    ["3", 10_300_000, "EUR"],
  ]);
  expect(rowsIn(Totals)).toMatchObject([
    { sheet: "Answer", column: "ceiling", total: 34_400_000, total_currency: "EUR" },
  ]);
});

test("where the rows repeat what they share, no sum of theirs can be taken for the total (T1)", async () => {
  const { Answer, Totals, Notes } = await answerOf(["total", "--by", "supplier", "--format", "xlsx"]);
  const shared = rowsIn(Answer).map((row) => row["shared"]);
  expect(shared).toContain("24,200,000");
  expect(shared.filter((value) => typeof value === "number")).toEqual([]);
  expect(rowsIn(Totals)).toMatchObject([{ total: 34_400_000 }]);
  expect(rowsIn(Notes).map(({ note }) => note)).toContain(
    "The rows repeat what they share: shared is text, so that no sum counts it twice.",
  );
});

test("a column whose sum is its total stays numbers, one that repeats is text", async () => {
  const rows = [
    { name: "a", amount: money("EUR 1.50") },
    { name: "b", amount: money("EUR 2.25") },
  ];
  const right = await written(reportWith(rows, [total("EUR 3.75")]));
  expect(rowsIn(right["Answer"]).map(({ amount }) => amount)).toEqual([1.5, 2.25]);
  const repeated = await written(reportWith(rows, [total("EUR 2.25")]));
  expect(rowsIn(repeated["Answer"]).map(({ amount }) => amount)).toEqual(["1.50", "2.25"]);
});

const cellAt = (sheet: WorkSheet | undefined, address: string): CellObject | undefined => sheet?.[address];

describe("cells", () => {
  test.each(["=1+1", "@SUM(A1)", "+cmd|'/c calc'!A0", "-2", "\t=1"])("%j is a text, and no formula", async (name) => {
    const { Answer } = await written(reportWith([{ name }]));
    expect(cellAt(Answer, "A2")).toMatchObject({ t: "s", v: name.replace("\t", " ") });
    expect(cellAt(Answer, "A2")?.f).toBeUndefined();
  });

  test("what XML cannot hold is told by its code", async () => {
    const { Answer } = await written(reportWith([{ name: "a\u0001b<&>\ud800" }]));
    expect(cellAt(Answer, "A2")?.v).toBe("a<U+0001>b<&><U+D800>");
  });

  test("an amount is a number with its decimals and currency, up to what a spreadsheet keeps", async () => {
    const rows = ["EUR 10.2M", "JPY 5", "EUR 1234567890123.45", "EUR 12345678901234.56", "EUR -0.10"];
    const { Answer } = await written(reportWith(rows.map((amount) => ({ name: amount, amount: money(amount) }))));
    expect(rows.map((_, index) => cellAt(Answer, `B${index + 2}`)).map((cell) => [cell?.v, cell?.z])).toEqual([
      [10_200_000, "#,##0 [$EUR]"],
      [5, "#,##0 [$JPY]"],
      [1_234_567_890_123.45, "#,##0.00 [$EUR]"],
      ["12345678901234.56", "General"],
      [-0.1, "#,##0.00 [$EUR]"],
    ]);
  });

  test("columns have room for what they show, and not much more", async () => {
    const rows = ["EUR 10.2M", "JPY 5", "EUR 1234567890123.45"].map((amount) => ({
      name: amount,
      amount: money(amount),
    }));
    const { Answer = {} } = await written(reportWith(rows));
    for (const [index, { wch = 0 }] of (Answer["!cols"] ?? []).entries()) {
      const cells = utils.encode_col(index);
      const shown = rows.map((_, row) => String(cellAt(Answer, `${cells}${row + 2}`)?.w ?? "").length);
      const heading = String(cellAt(Answer, `${cells}1`)?.v ?? "").length;
      const longest = Math.max(heading, ...shown);
      expect([wch >= longest, wch <= Math.max(12, longest + 8)]).toEqual([true, true]);
    }
    expect(Answer["!cols"]?.length).toBeGreaterThan(2);
  });

  test("a day is a date, what is coarser or older than spreadsheets reckon is text", async () => {
    const days = ["2024-02-29", "2024-02", "2024", "1899-12-31"];
    const { Answer } = await written(reportWith(days.map((day) => ({ name: day, day }))));
    expect(days.map((_, index) => cellAt(Answer, `B${index + 2}`)).map((cell) => [cell?.v, cell?.z])).toEqual([
      [45_351, "yyyy-mm-dd"],
      ["2024-02", "General"],
      ["2024", "General"],
      ["1899-12-31", "General"],
    ]);
  });
});

test("columns that would be empty are left out and named, but for those that were asked for", async () => {
  const headings = (sheet: WorkSheet | undefined): unknown => utils.sheet_to_json(sheet ?? {}, { header: 1 })[0];
  const { Answer, Notes } = await written(reportWith([{ name: "a" }, { name: "b", day: "2024-02-29" }]));
  expect(headings(Answer)).toEqual(["name", "day"]);
  expect(rowsIn(Notes)).toEqual([{ sheet: "Answer", note: "Columns that would be empty are left out: amount." }]);
  const asked = await answerOf(["lots", "--fields", "lot,callOffOf", "--format", "xlsx"]);
  expect(headings(asked["Answer"])).toEqual(["lot", "callOffOf"]);
});

test("a total of all is a row, for there is no other", async () => {
  const { Answer, Notes } = await answerOf(["total", "--format", "xlsx"]);
  expect(rowsIn(Answer).map(({ lots, ceiling }) => [lots, ceiling])).toEqual([[3, 34_400_000]]);
  expect(JSON.stringify(rowsIn(Notes))).not.toContain("is text");
});

test("the heading stays in sight and can filter the rows", async () => {
  const { Answer } = await answerOf(["awards", "--fields", "lot,supplier", "--format", "xlsx"]);
  expect(Answer?.["!autofilter"]).toEqual({ ref: "A1:B11" });
});

test("a workbook is not for a terminal", async () => {
  const { stderr, exitCode } = await runInProcess(["lots", "--format", "xlsx"], { terminal: 80 });
  expect({ stderr, exitCode }).toEqual({
    stderr: expect.stringContaining("a spreadsheet is not for terminals"),
    exitCode: 2,
  });
});

test("a register as a workbook has a sheet for contracts, lots, seats, orders and sources", async () => {
  const { Contracts, Lots, Seats, Orders, Sources, Totals } = await answerOf(["convert", "--to", "xlsx"]);
  expect([Contracts, Lots, Seats, Orders, Sources].map((sheet) => rowsIn(sheet).length)).toEqual([1, 3, 10, 0, 2]);
  expect(new Set(rowsIn(Totals).map(({ total: amount }) => amount))).toEqual(new Set([34_400_000]));
});

const OFFICE = ["/usr/bin/soffice", "/usr/bin/libreoffice"].find((path) => existsSync(path));
const because = OFFICE === undefined ? ": left out, for LibreOffice is not installed" : "";

describe.skipIf(OFFICE === undefined)(`LibreOffice opens workbooks${because}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-office-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Every sheet as LibreOffice writes it into CSV: semicolons between fields, no rounding, all texts quoted. */
  const sheetsInOffice = (file: string): ReadonlyMap<string, readonly Readonly<Record<string, string>>[]> => {
    const filter = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,false,false,false,false,-1";
    const home = `-env:UserInstallation=${pathToFileURL(join(folder, "home")).href}`;
    execFileSync(OFFICE ?? "", [home, "--headless", "--convert-to", filter, "--outdir", folder, file], {
      stdio: "ignore",
      // Numbers are written as its language writes them.
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    const written = readdirSync(folder).filter((name) => name.endsWith(".csv"));
    return new Map(
      written.map((name) => [
        name.replace(/^.*-|\.csv$/g, ""),
        parse(readFileSync(join(folder, name), "utf8"), { columns: true, delimiter: ";" }),
      ]),
    );
  };

  test("each sheet, with numbers that it adds up", { timeout: 120_000 }, async () => {
    const file = join(folder, "fleet.xlsx");
    const asked = ["-d", "examples/fleet.yaml", "--at", "2025-06-30"];
    const { exitCode } = await runInProcess(["convert", "--to", "xlsx", "-o", file, ...asked]);
    expect(exitCode).toBe(0);
    const sheets = sheetsInOffice(file);
    expect([...sheets.keys()].sort()).toEqual(["Contracts", "Lots", "Notes", "Orders", "Seats", "Sources", "Totals"]);
    const { stdout } = await runInProcess(["orders", "--json", ...asked]);
    const orders: readonly { readonly order: string; readonly amount: { readonly amount: string } }[] =
      JSON.parse(stdout);
    expect(sheets.get("Orders")?.map(({ order, amount }) => [order, Number(amount)])).toEqual(
      orders.map(({ order, amount }) => [order, Number(amount.amount)]),
    );
    expect(
      sheets.get("Lots")?.map(({ lot, ceiling, ceiling_currency: currency }) => [lot, Number(ceiling), currency]),
    ).toEqual([
      ["1", 650_000, "EUR"],
      ["2", 300_000, "EUR"],
    ]);
  });
});
