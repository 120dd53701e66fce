import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utils, write } from "@e965/xlsx";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runInProcess } from "../../cases/run-in-process.ts";
import { times } from "../../long.ts";

const HEADINGS = "order;lot;supplier;date;amount";

/** What is left of a ceiling of EUR 1,000, and what is told besides, with this ledger. */
const asked = async (name: string, ledger: string | Uint8Array) => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-ledger-"));
  writeFileSync(join(folder, name), ledger);
  const register = `contracts:
  - contract: k
    lots: [{ lot: 1, ceiling: EUR 1000 }]
    ledger: { file: ${name}, currency: EUR }
`;
  writeFileSync(join(folder, "register.yaml"), register);
  const { stdout, stderr, exitCode } = await runInProcess(["headroom", "--json", "-d", join(folder, "register.yaml")]);
  const [row] = exitCode === 0 ? JSON.parse(stdout) : [];
  const told = stderr.split("\n").filter((line) => line.includes("[L1-total]"));
  return { ordered: row?.ordered?.amount, told: told.map((line) => line.replace(/^.*register|^.*?: k: /, "")), stderr };
};

test("headings that come again, and remarks below the rows, are told of and not counted", async () => {
  const { ordered, told } = await asked(
    "orders.csv",
    `${HEADINGS}\nP1;1;;2024-01-05;100\n${HEADINGS}\nP2;1;;2024-02-05;200\n\nStand: 31.12.2024\nSeite 1 von 3;;;;\n`,
  );
  expect(ordered).toBe(300);
  expect(told).toEqual([
    "1 row repeats the headings (order) [L1-total]",
    "2 rows say no more than a remark does (Stand: 31.12.2024, Seite 1 von 3) [L1-total]",
  ]);
});

test("a row that may be an order is none the less an error where a part of it is missing", async () => {
  const { ordered, stderr } = await asked("orders.csv", `${HEADINGS}\nP1;1;;2024-01-05;100\nPO 17\n`);
  expect(ordered).toBeUndefined();
  expect(stderr).toContain("this row has 1 field, and there are 5 headings");
  expect((await asked("orders.csv", `${HEADINGS}\nBestellung 17;;;;\n`)).stderr).toContain('"amount" is missing');
});

test("separators at the end of rows, behind which nothing stands, change nothing", async () => {
  expect(await asked("orders.csv", `${HEADINGS}\nP1;1;;2024-01-05;100;\nP2;1;;2024-01-05;50;;;\n`)).toMatchObject({
    ordered: 150,
    told: [],
  });
});

test("wherever the headings come again, the orders come to the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }),
      fc.nat(8),
      async (amounts, at) => {
        const rows = amounts.map((amount, index) => `P${index};1;;2024-01-05;${amount}`);
        rows.splice(at, 0, HEADINGS);
        const { ordered } = await asked("orders.csv", `${HEADINGS}\n${rows.join("\n")}\n`);
        expect(ordered).toBe(amounts.reduce((sum, amount) => sum + amount, 0));
      },
    ),
    { numRuns: times(60, 20) },
  );
});

test("a workbook with a sheet a quarter says which of them are not read, unless the register names one", async () => {
  const sheet = (amount: number) => utils.aoa_to_sheet([HEADINGS.split(";"), ["P1", "1", "", "2024-01-05", amount]]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet(100), "Q1");
  utils.book_append_sheet(book, sheet(200), "Q2");
  utils.book_append_sheet(book, utils.aoa_to_sheet([["notes"]]), "Notes");
  const { ordered, told } = await asked("orders.xlsx", write(book, { type: "buffer", bookType: "xlsx" }));
  expect(ordered).toBe(100);
  expect(told).toEqual(["1 sheet is left out, with the headings of the one that is read (Q2) [L1-total]"]);
});

test("the currency that a cell shows beside its number counts before that of the ledger", async () => {
  const cell = (v: number, z?: string) => ({ t: "n" as const, v, ...(z !== undefined && { z }) });
  const sheet = utils.aoa_to_sheet([HEADINGS.split(";"), ["P1", "1", "", "2024-01-05"], ["P2", "1", "", "2024-01-05"]]);
  sheet["E2"] = cell(100.5, '#,##0.00 "EUR"');
  sheet["E3"] = cell(7, "[$CHF] #,##0");
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, "S");
  const { ordered, stderr } = await asked("orders.xlsx", write(book, { type: "buffer", bookType: "xlsx" }));
  expect(ordered).toBe(100.5);
  expect(stderr).toContain("1 order is in another currency than the ceiling (CHF): CHF 7");
});
