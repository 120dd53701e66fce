import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../../src/model/errors.ts";
import type { Order } from "../../../src/records/order.ts";
import type { LedgerFile } from "../../../src/register/ledgers/ledger-order.ts";
import { readCsvLedger, readSheetLedger } from "../../../src/register/ledgers/read-ledger.ts";
import type { Cell, Sheet, SheetRow } from "../../../src/syntax/sheet.ts";
import { times } from "../../long.ts";
import { seeded } from "../../seeded.ts";

const file = "orders.xlsx";
const position = () => ({ file: "register.yaml", line: 1, column: 1, text: "" });
const from = (skip?: string): LedgerFile => ({
  file,
  ledger: { file, currency: "EUR", columns: {}, position, ...(skip !== undefined && { skip }) },
  vat: undefined,
});

/** A row with what stands in its columns. */
const sheetRow = (number: number, texts: Readonly<Record<number, string>>): SheetRow => {
  const entries = Object.entries(texts).filter(([, text]) => text !== "");
  const cells = new Map(entries.map(([column, text]): [number, Cell] => [Number(column), { text, kind: "text" }]));
  return { number, cells, hidden: false, place: (column) => ({ file, line: number, column: column + 1, text: "" }) };
};

const sheetOf = (rows: readonly SheetRow[]): Sheet => ({ file, name: "S", rows, merged: [], notes: [] });

interface Said {
  readonly orders: readonly (readonly [line: number, order: Partial<Order>])[];
  readonly findings: readonly (readonly [number | undefined, string])[];
}

const saidBy = (read: (findings: Finding[]) => Iterable<readonly Order[]>): Said => {
  const findings: Finding[] = [];
  const orders = [...read(findings)].flat().map(({ position, ...order }) => [position().line, order] as const);
  return { orders, findings: findings.map(({ position, message }) => [position?.line, message]) };
};

const HEADINGS = ["order", "amount", "date", "lot"];
const cell = fc.oneof(
  fc.constantFrom("", "PO-1", "7", "EUR 5", "2024-01-31", "31.01.2024", "Total", "some day", "caf\u00e9"),
  // Figures and days that are nearly as others are.
  fc.constantFrom("12.50", "-3", "-0", "007", "5.", ".5", "0.5", "1.234", "99999999999", "123456789012", "1-2", "2.5k"),
  fc.constantFrom("2023-02-29", "2024-02-29", "2024-13-01", "0000-01-01", "2024-1-31", "2024-01", "2024-01-3x"),
);
const rows = fc.array(fc.record({ gap: fc.nat(4), texts: fc.array(cell, { minLength: 4, maxLength: 4 }) }), {
  maxLength: 12,
});

test("a sheet says what the same table in CSV says, line by line", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 5 }), (table, top) => {
      const lines = "\n"
        .repeat(top - 1)
        .split("\n")
        .slice(1);
      const sheet: SheetRow[] = [];
      const add = (gap: number, texts: readonly string[]): void => {
        lines.push(...Array.from({ length: gap }, () => ""), texts.join(","));
        if (texts.some((text) => text !== "")) sheet.push(sheetRow(lines.length, { ...texts }));
      };
      add(0, HEADINGS);
      for (const { gap, texts } of table) add(gap, texts);
      const text = `${lines.join("\n")}\n`;
      const ofSheet = saidBy((findings) => readSheetLedger(sheetOf(sheet), from(), findings));
      expect(ofSheet).toEqual(saidBy((findings) => readCsvLedger([Buffer.from(text)], from(), findings)));
    }),
    seeded(times(2000, 400)),
  );
});

test("empty rows and columns between others cost nothing, and titles are skipped by the numbers of rows", () => {
  const last = 1_048_576;
  const sheet = sheetOf([
    sheetRow(2, { 0: "Orders of 2024" }),
    sheetRow(4, { 3: "order", 16383: "amount" }),
    sheetRow(7, { 0: "no heading", 3: "PO-1", 16383: "5" }),
    sheetRow(last, { 3: "PO-2", 16383: "five" }),
  ]);
  const { orders, findings } = saidBy((found) => readSheetLedger(sheet, from("3"), found));
  expect(orders).toMatchObject([[7, { id: "PO-1", amount: { minor: 500n } }]]);
  expect(findings.map(([line]) => line)).toEqual([last]);
});

test("after ten thousand mistakes a sheet is not read on", () => {
  const wrong = Array.from({ length: 30_000 }, (_, index) => sheetRow(index + 2, { 0: `PO-${index}`, 1: "five" }));
  const { findings } = saidBy((found) =>
    readSheetLedger(sheetOf([sheetRow(1, { 0: "order", 1: "amount" }), ...wrong]), from(), found),
  );
  expect(findings.length).toBeLessThan(12_000);
  expect(findings.at(-1)?.[1]).toContain("the rest of orders.xlsx was not read");
});

test("a sheet without rows is an empty ledger", () => {
  const findings: Finding[] = [];
  expect([...readSheetLedger(sheetOf([]), from(), findings)].flat()).toEqual([]);
  expect(findings).toMatchObject([
    { position: { line: 1 }, message: "the ledger is empty", hint: "it needs headings" },
  ]);
});
