import { expect, test } from "vitest";
import type { Finding } from "../../../src/model/errors.ts";
import { formatMoney } from "../../../src/model/money.ts";
import { readCsvLedger } from "../../../src/register/ledgers/read-ledger.ts";

const file = "orders.csv";
const position = () => ({ file: "register.yaml", line: 1, column: 1, text: "" });
const from = { file, ledger: { file, currency: undefined, columns: {}, position }, vat: undefined };

test("a quote that never closes ends the reading after a million letters, whatever the length of the file", () => {
  let read = 0;
  const blocks = function* () {
    yield Buffer.from('order,amount,description\n1,EUR 5,"open\n');
    for (; read < 40; read++) yield Buffer.from(`${"x".repeat(2 ** 16)}\n`);
  };
  const findings: Finding[] = [];
  for (const _ of readCsvLedger(blocks(), from, findings));
  expect(read).toBeLessThan(20);
  expect(findings).toMatchObject([
    { rule: "F1", message: "the quote that opens here is never closed", position: { line: 2, column: 9 } },
  ]);
});

test("a table has no more columns than a spreadsheet: the first that is too many is the place", () => {
  const findings: Finding[] = [];
  const head = (columns: number) => Buffer.from(`order,amount${",".repeat(columns - 2)}\n`);
  for (const _ of readCsvLedger([head(16_384)], from, findings));
  expect(findings).toEqual([]);
  for (const _ of readCsvLedger([head(16_385)], from, findings));
  expect(findings).toMatchObject([{ rule: "F9", position: { line: 1, column: 16_396, text: "" } }]);
});

test.each([
  ["quantity,unit", "12,hours", "12 hours"],
  ["quantity,unit", "12 days,hours", "12 days"],
  ["quantity", "12 days", "12 days"],
])("a figure that has no unit has that of its row: %s %s", (head, row, expected) => {
  const findings: Finding[] = [];
  const orders = [...readCsvLedger([Buffer.from(`order,${head}\nA,${row}\n`)], from, findings)].flat();
  expect(findings).toEqual([]);
  expect(orders.map(({ quantity }) => quantity && formatMoney(quantity))).toEqual([expected]);
});
