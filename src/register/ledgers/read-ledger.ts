import {
  countLines,
  type EncodingHint,
  LINE_FEED,
  NO_BYTES,
  textOfWindows1252,
  wholeOf,
  wideEncodingOf,
} from "../../inputs/bytes.ts";
import { looksLikeRegister } from "../../inputs/content.ts";
import type { NamedFile, Surroundings } from "../../inputs/surroundings.ts";
import {
  linesEndingIn,
  MOST_FINDINGS,
  readNoFurther,
  soundBlocks,
  type TextBlock,
  textBlocks,
  textOf,
} from "../../inputs/text-blocks.ts";
import {
  beginningOf,
  DataError,
  type Finding,
  findingOf,
  InputError,
  type Origin,
  placeOf,
  withoutLine,
} from "../../model/errors.ts";
import { addAll } from "../../model/lists.ts";
import type { Contract } from "../../records/contract.ts";
import { type Ledger, type LedgerEncoding, ORDER_FIELDS, type Order } from "../../records/order.ts";
import { CsvRow, type FieldRow, headingsIn, SEPARATOR_LINE } from "../../syntax/csv-row.ts";
import { CsvScan } from "../../syntax/csv-scan.ts";
import { readJson } from "../../syntax/json.ts";
import { isList, isMap, type Plain, type PlainDocument, positionsIn } from "../../syntax/plain.ts";
import type { Sheet, SheetRow } from "../../syntax/sheet.ts";
import { readLines } from "../json-lines.ts";
import type { PlainRecord } from "../records.ts";
import { decodeOrder, type LedgerFile } from "./ledger-order.ts";
import { OrderRows, wrong } from "./order-rows.ts";
import { LedgerBlock, PlainRow } from "./plain-row.ts";
import type { RowTally } from "./row-tally.ts";
import { findHead, type TableHead } from "./table-head.ts";

/** A contract, and where the files that it names are read from. */
export interface Source {
  readonly contract: Contract;
  readonly surroundings: Surroundings;
}

const isJsonLines = (file: string): boolean => /\.(jsonl|ndjson)$/i.test(file);

/**
 * Yields the orders of a ledger in batches, except those that the tally adds up. Throws InputError if it cannot be
 * read.
 */
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
    // Cells of workbooks hold numbers, whatever sign the ledger says marks decimals.
    const { decimal: _decimal, ...plain } = ledger;
    const [sheet, ...others] = await sheetsIn(chunks, file, ledger, unread);
    yield others.map(otherSheet);
    return sheet === undefined ? undefined : yield* readSheetLedger(sheet, { ledger: plain, file, vat }, unread);
  }
  const bytes = inUtf8(chunks, ledger.encoding);
  const from = { ledger, file, vat };
  const orderOn = (record: PlainRecord) => orderOf(record, from, unread);
  if (isJsonLines(file)) yield* readLines(textBlocks(bytes, file, unread), file, unread, orderOn);
  else if (/\.json$/i.test(file)) yield* readJsonLedger(bytes, file, unread, orderOn);
  else yield* readCsvLedger(bytes, from, unread, tally);
}

/**
 * Yields the orders of a ledger in JSON: a list of them, by itself or as `orders`, or one a line. If the text does not
 * look like a register's, findings show none of its lines, because a register may name any file as its ledger.
 */
function* readJsonLedger(
  chunks: Iterable<Buffer>,
  file: string,
  findings: Finding[],
  orderOn: (record: PlainRecord) => Order | undefined,
): Generator<readonly Order[]> {
  const bytes = wholeOf(chunks, file, MAX_WHOLE_BYTES, "write one order a line, in a .jsonl file");
  const text = [...textBlocks([bytes], file, findings)].map((block) => block.text).join("");
  const read = readJson(text, { file, line: 1 }, "a ledger in JSON is a list of orders, [{ … }]");
  if (!("value" in read) && !text.trimStart().startsWith("["))
    return yield* readLines([{ text, firstLine: 1 }], file, findings, orderOn);
  const before = findings.length;
  if ("value" in read) yield ordersIn(read, file, findings, orderOn);
  else addAll(findings, read.findings);
  if (looksLikeRegister(text)) return;
  for (const [index, finding] of findings.entries()) if (index >= before) findings[index] = withoutLine(finding);
}

const ordersIn = (
  { value, locate }: PlainDocument,
  file: string,
  findings: Finding[],
  orderOn: (record: PlainRecord) => Order | undefined,
): readonly Order[] => {
  const [listed, above] = isMap(value) && value["orders"] !== undefined ? [value["orders"], ["orders"]] : [value, []];
  const most = findings.length + MOST_FINDINGS;
  const orders: Order[] = [];
  for (const [index, plain] of (isList(listed) ? listed : [listed]).entries()) {
    const at = isList(listed) ? [...above, index] : above;
    if (findings.length >= most) {
      findings.push(readNoFurther(file, locate(at)));
      break;
    }
    const order = orderOn({ plain, origin: { locate: (path, part) => locate([...at, ...path], part) } });
    if (order !== undefined) orders.push(order);
  }
  return orders;
};

const isWorkbook = (file: string): boolean => /\.(?:xlsx|ods)$/i.test(file);

const MAX_WHOLE_BYTES = 64 * 2 ** 20;

/** The sheet of a ledger. Where the ledger does not say which is meant, other sheets with the same headings follow. */
const sheetsIn = async (
  chunks: Iterable<Buffer>,
  file: string,
  { sheet }: Ledger,
  findings: Finding[],
): Promise<readonly Sheet[]> => {
  const bytes = wholeOf(chunks, file, MAX_WHOLE_BYTES, "divide it, or save it as CSV");
  const { readWorkbook } = await import("../../inputs/workbooks/workbook.ts");
  try {
    const book = await readWorkbook(bytes, file);
    const read = book.sheet(sheet);
    if (sheet !== undefined) return [read];
    const others = book.names.filter((name) => name !== read.name).map((name) => book.sheet(name));
    return [read, ...others.filter((other) => topOf(other) === topOf(read))];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    addAll(findings, error.findings);
    return [];
  }
};

const topOf = ({ rows: [top] }: Sheet): string =>
  JSON.stringify([...(top?.cells ?? [])].map(([column, { text }]) => [column, text]));

const otherSheet = ({ file, name = "", rows: [top] }: Sheet): Order => ({
  id: name,
  noOrder: "sheet",
  position: () => top?.place(0) ?? beginningOf(file),
});

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

const sayEncoding: EncodingHint = (encoding) =>
  `save it as UTF-8, or say in the register how it is written: encoding: ${encoding}`;

const placed = async <T>(ledger: Ledger, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    throw withPlace(error, ledger);
  }
};

/** An error about a ledger, with the place where the register names it. */
const withPlace = (error: unknown, ledger: Ledger): unknown =>
  error instanceof InputError
    ? new InputError(error.message, `${placeOf(ledger.position())} names it as a ledger`)
    : error;

const orderOf = ({ plain, origin }: PlainRecord, from: LedgerFile, findings: Finding[]): Order | undefined => {
  const columns: Readonly<Record<string, string | undefined>> = from.ledger.columns ?? {};
  if (!isMap(plain)) {
    findings.push(findingOf("F2", "this is no order", origin.locate([]), "an order is one object, { … }"));
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

  currency(index: number): string | undefined {
    return this.#row.cells.get(this.#columns[index] ?? -1)?.currency;
  }
}

const onOneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");

const ROWS_AT_ONCE = 1000;

/** Yields the orders of a ledger in a sheet, in batches. What is wrong with it is added to the findings. */
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

interface CsvHead extends TableHead {
  readonly separator: string;
  /** What follows the headings in their block. */
  readonly below: TextBlock;
}

/**
 * Reads the headings, the first line of a block that is not blank. Undefined, with findings, if they cannot be used.
 */
const readHead = (block: TextBlock, from: LedgerFile, findings: Finding[]): CsvHead | undefined => {
  const { text, firstLine } = block;
  const positionAt = positionsIn(text, from.file, firstLine);
  const start = text.lastIndexOf("\n", text.search(/\S/)) + 1;
  const { row, next, separator } = headingsIn(text, start);
  if (row.fields.some((heading) => heading.includes("\r"))) {
    const message = "the lines of this file end with carriage returns alone";
    findings.push(findingOf("F1", message, positionAt(0), "save it with line feeds"));
    return undefined;
  }
  const found = findHead(row, from, positionAt, findings);
  if (found === undefined) return undefined;
  const below = { text: text.slice(next), firstLine: firstLine + linesEndingIn(text, next) };
  return { ...found, separator, below };
};

/** Passes over the line by which spreadsheets name the separator (`sep=;`), and over a number of rows with titles. */
class Titles {
  #left: number;
  #isFirst = true;

  constructor(titles: number) {
    this.#left = titles;
  }

  below({ text, firstLine }: TextBlock): TextBlock {
    let start = this.#isFirst ? (SEPARATOR_LINE.exec(text)?.[0].length ?? 0) : 0;
    this.#isFirst = false;
    while (this.#left > 0 && start < text.length) {
      const end = text.indexOf("\n", start);
      start = end === -1 ? text.length : end + 1;
      this.#left--;
    }
    return { text: text.slice(start), firstLine: firstLine + linesEndingIn(text, start) };
  }
}

const isEmptyLedger = ({ file }: LedgerFile, findings: Finding[]): void => {
  findings.push(findingOf("F5", "the ledger is empty", beginningOf(file), "it needs headings"));
};

/**
 * Yields the orders of a ledger in CSV in batches, except those that the tally adds up. What is wrong with it is added
 * to the findings.
 */
export function* readCsvLedger(
  chunks: Iterable<Buffer>,
  from: LedgerFile,
  findings: Finding[],
  tally?: RowTally,
): Generator<readonly Order[]> {
  const before = findings.length;
  const titles = new Titles(Number(from.ledger.skip ?? 0));
  let rows: CsvRows | undefined;
  let firstLine = 1;
  const lineNow = (): number => rows?.line ?? firstLine;
  for (const block of soundBlocks(chunks, from.file, findings, lineNow, sayEncoding)) {
    if (rows !== undefined) yield rows.read(block);
    else {
      const text = textOf(block, firstLine);
      const below = titles.below({ text, firstLine });
      if (below.text.trim() !== "") {
        const head = readHead(below, from, findings);
        if (head === undefined) return;
        rows = new CsvRows(head, from, findings, tally);
        yield rows.read(Buffer.from(head.below.text));
      }
      firstLine += linesEndingIn(text);
    }
    if (rows?.stopped) return;
  }
  if (rows !== undefined) return rows.finish();
  if (findings.length > before) return;
  isEmptyLedger(from, findings);
}

/** The most bytes of a row whose quotes have not closed. One that never closes would swallow the rest of the file. */
const MAX_ROW = 1 << 20;

const LAST_LINE_FEED = Buffer.from("\n");

/** A block with a line feed at its end, which the last block of a file may lack. */
const ended = (block: Buffer): Buffer =>
  block.length === 0 || block[block.length - 1] === LINE_FEED ? block : Buffer.concat([block, LAST_LINE_FEED]);

class CsvRows {
  readonly #from: LedgerFile;
  readonly #findings: Finding[];
  readonly #scan: CsvScan;
  readonly #plain: PlainRow;
  readonly #row: CsvRow;
  readonly #orders: OrderRows;
  readonly #tally: RowTally | undefined;
  /** The beginning of a row whose quotes have not closed yet. */
  #rest = NO_BYTES;
  /** The line on which the next row begins. */
  #line: number;
  /** Whether nothing more of the ledger can be read. */
  stopped = false;

  constructor(head: CsvHead, from: LedgerFile, findings: Finding[], tally?: RowTally) {
    this.#from = from;
    this.#findings = findings;
    this.#scan = new CsvScan(head.separator, head.width);
    this.#plain = new PlainRow(head, from);
    this.#row = new CsvRow(head.separator);
    this.#orders = new OrderRows(head, from, findings);
    this.#tally = tally;
    this.#line = head.below.firstLine;
  }

  get line(): number {
    return this.#line + countLines(this.#rest);
  }

  /** The orders on the rows that end in a block of whole lines, except those that the tally adds up. */
  read(lines: Buffer): readonly Order[] {
    const bytes = ended(this.#rest.length === 0 ? lines : Buffer.concat([this.#rest, lines]));
    const block = new LedgerBlock(bytes);
    const orders: Order[] = [];
    let at = 0;
    for (let next: number | undefined; at < bytes.length; at = next) {
      next = this.#scan.read(bytes, at);
      if (next === undefined) break;
      if (this.#tally?.add(bytes, this.#plain, this.#scan) !== true) this.#read(block, at, next, orders);
      this.#line += this.#scan.lines;
    }
    this.#tally?.endOfBlock();
    this.#rest = at === bytes.length ? NO_BYTES : Buffer.from(bytes.subarray(at));
    if (this.#rest.length > MAX_ROW) this.finish();
    if (this.#orders.givesUp()) this.stopped = true;
    return orders;
  }

  #read(block: LedgerBlock, start: number, end: number, orders: Order[]): void {
    const order = this.#plain.take(block.bytes, this.#scan, true)
      ? this.#plain.order(block, this.#scan, this.#line, end)
      : this.#readText(block.text(start, end));
    if (order === undefined) return;
    this.#tally?.passed(order);
    orders.push(order);
  }

  #readText(text: string): Order | undefined {
    this.#row.read(text, 0);
    return this.#orders.read(this.#row, positionsIn(text, this.#from.file, this.#line));
  }

  finish(): void {
    if (this.#rest.length === 0) return;
    this.stopped = true;
    const text = this.#rest.toString();
    this.#row.read(text, 0);
    // The field that does not end is the one after the last that was read.
    const position = positionsIn(text, this.#from.file, this.#line)(this.#row.start(this.#row.width));
    this.#findings.push(
      wrong("the quote that opens here is never closed", "close it, or double a quote that is meant", position),
    );
  }
}
