import type { Finding } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import type { FieldRow } from "../../syntax/csv-row.ts";
import type { Sheet, SheetRow } from "../../syntax/sheet.ts";
import { isEmptyLedger } from "./csv-ledger.ts";
import type { LedgerFile } from "./ledger-order.ts";
import { OrderRows } from "./order-rows.ts";
import { findHead } from "./table-head.ts";

class SheetFields implements FieldRow {
  readonly stray = undefined;
  readonly blank = false;
  readonly #row: SheetRow;
  readonly #columns: readonly number[];

  constructor(row: SheetRow, columns: readonly number[]) {
    this.#row = row;
    this.#columns = columns;
  }

  get width(): number {
    return this.#columns.length;
  }

  get fields(): readonly string[] {
    return [...this.#row.cells.values()].map(({ text }) => onOneLine(text));
  }

  field(index: number): string {
    const column = this.#columns[index];
    return column === undefined ? "" : onOneLine(this.#row.cells.get(column)?.text ?? "");
  }

  start(index: number): number {
    return this.#columns[index] ?? 0;
  }
}

const onOneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");

const ROWS_AT_ONCE = 1000;

/** The orders of a ledger in a sheet, some at a time. What is wrong with it is added to the findings. */
export function* readSheetLedger(sheet: Sheet, from: LedgerFile, findings: Finding[]): Generator<readonly Order[]> {
  const below = sheet.rows.findIndex(({ number }) => number > Number(from.ledger.skip ?? 0));
  const top = sheet.rows[below];
  if (top === undefined) return isEmptyLedger(from, findings);
  const columns = [...top.cells.keys()];
  const head = findHead(new SheetFields(top, columns), from, top.place, findings);
  if (head === undefined) return;
  const orders = new OrderRows(head, from, findings);
  for (let at = below + 1; at < sheet.rows.length && !orders.givesUp(); at += ROWS_AT_ONCE)
    yield sheet.rows
      .slice(at, at + ROWS_AT_ONCE)
      .flatMap((row) => orders.read(new SheetFields(row, columns), row.place) ?? []);
}
