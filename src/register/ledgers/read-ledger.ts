import { textOfWindows1252, wholeOf, wideEncodingOf } from "../../inputs/bytes.ts";
import type { NamedFile, Surroundings } from "../../inputs/surroundings.ts";
import { type TextBlock, textBlocks } from "../../inputs/text-blocks.ts";
import { DataError, type Finding, findingOf, InputError, type Origin, placeOf } from "../../model/errors.ts";
import { addAll } from "../../model/lists.ts";
import type { Contract } from "../../records/contract.ts";
import { type Ledger, type LedgerEncoding, ORDER_FIELDS, type Order } from "../../records/order.ts";
import type { FieldRow } from "../../syntax/csv-row.ts";
import { isMap, type Plain } from "../../syntax/plain.ts";
import type { Sheet, SheetRow } from "../../syntax/sheet.ts";
import { readLines } from "../json-lines.ts";
import type { PlainRecord } from "../records.ts";
import { isEmptyLedger, readCsvLedger } from "./csv-ledger.ts";
import { decodeOrder, type LedgerFile } from "./ledger-order.ts";
import { OrderRows } from "./order-rows.ts";
import type { RowTally } from "./row-tally.ts";
import { findHead } from "./table-head.ts";

/** A contract, and where what it names is read from. */
export interface Source {
  readonly contract: Contract;
  readonly surroundings: Surroundings;
}

const isJsonLines = (file: string): boolean => /\.(jsonl|ndjson)$/i.test(file);

/** The orders of a ledger, some at a time, but for those that were added up. */
export async function* readLedger(
  ledger: Ledger,
  { contract, surroundings }: Source,
  findings: Finding[],
  unread: Finding[],
  tally: RowTally | undefined,
): AsyncGenerator<readonly Order[]> {
  const opened = await placed(ledger, () => surroundings.open(ledger.file));
  if ("refused" in opened) {
    findings.push(findingOf("F6", opened.refused, ledger.position(), opened.hint));
    return;
  }
  const file = surroundings.expect(ledger.file);
  const chunks = chunksOf(opened, ledger);
  const vat = contract.vat === "included" ? contract.vat : undefined;
  if (isWorkbook(file)) {
    // Its numbers are numbers, whatever marks the decimals of others.
    const { decimal: _decimal, ...plain } = ledger;
    const sheet = await sheetIn(chunks, file, ledger, unread);
    return sheet === undefined ? undefined : yield* readSheetLedger(sheet, { ledger: plain, file, vat }, unread);
  }
  const bytes = inUtf8(chunks, ledger.encoding);
  const from = { ledger, file, vat };
  if (isJsonLines(file)) yield* readJsonLedger(textBlocks(bytes, file, unread), from, unread);
  else yield* readCsvLedger(bytes, from, unread, tally);
}

const isWorkbook = (file: string): boolean => /\.(?:xlsx|ods)$/i.test(file);

const MAX_WORKBOOK_BYTES = 64 * 2 ** 20;

const sheetIn = async (
  chunks: Iterable<Buffer>,
  file: string,
  { sheet }: Ledger,
  findings: Finding[],
): Promise<Sheet | undefined> => {
  const bytes = wholeOf(chunks, file, MAX_WORKBOOK_BYTES, "divide it, or save it as CSV");
  const { readWorkbook } = await import("../../inputs/workbooks/workbook.ts");
  try {
    return (await readWorkbook(bytes, file)).sheet(sheet);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    addAll(findings, error.findings);
    return undefined;
  }
};

function* chunksOf({ chunks }: NamedFile, ledger: Ledger): Generator<Buffer> {
  try {
    yield* chunks();
  } catch (error) {
    throw withPlace(error, ledger);
  }
}

function* inUtf8(chunks: Iterable<Buffer>, encoding: LedgerEncoding | undefined): Generator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for (const chunk of chunks) {
    if (encoding === undefined || encoding === "utf-8") yield chunk;
    else if (encoding === "windows-1252") yield Buffer.from(textOfWindows1252(chunk));
    else {
      decoder ??= new TextDecoder(wideEncodingOf(chunk) ?? "utf-16le");
      yield Buffer.from(decoder.decode(chunk, { stream: true }));
    }
  }
}

const placed = async <T>(ledger: Ledger, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    throw withPlace(error, ledger);
  }
};

/** What is wrong with a ledger, and where it is named. */
const withPlace = (error: unknown, ledger: Ledger): unknown =>
  error instanceof InputError
    ? new InputError(error.message, `${placeOf(ledger.position())} names it as a ledger`)
    : error;

/** The orders of a ledger in JSON Lines, some at a time. What is wrong with it is added to the findings. */
function* readJsonLedger(
  blocks: Iterable<TextBlock>,
  from: LedgerFile,
  findings: Finding[],
): Generator<readonly Order[]> {
  yield* readLines(blocks, from.file, findings, (record) => orderOf(record, from, findings));
}

const orderOf = ({ plain, origin }: PlainRecord, from: LedgerFile, findings: Finding[]): Order | undefined => {
  const columns: Readonly<Record<string, string | undefined>> = from.ledger.columns ?? {};
  if (!isMap(plain)) {
    findings.push(findingOf("F2", "this line is no order", origin.locate([]), "a line is one object, { … }"));
    return undefined;
  }
  const parts = ORDER_FIELDS.flatMap((field): readonly (readonly [string, Plain])[] => {
    const value = plain[columns[field] ?? field];
    return value === undefined || value === null || value === "" ? [] : [[field, value]];
  });
  const mapped: Origin = {
    locate: (path, part) =>
      origin.locate(
        path.map((step) => (typeof step === "string" ? (columns[step] ?? step) : step)),
        part,
      ),
  };
  return decodeOrder(Object.fromEntries(parts), from, mapped, findings);
};

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
