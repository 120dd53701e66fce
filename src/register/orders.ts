import { textOfWindows1252, wholeOf, wideEncodingOf } from "../inputs/bytes.ts";
import type { NamedFile, Surroundings } from "../inputs/surroundings.ts";
import { textBlocks } from "../inputs/text-blocks.ts";
import { DataError, type Finding, findingOf, InputError, type Position, placeOf } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import type { Contract } from "../records/contract.ts";
import type { BesideOrders, Ledger, LedgerEncoding, Order, OrderTally } from "../records/order.ts";
import type { Sheet } from "../syntax/sheet.ts";
import { readCsvLedger } from "./ledgers/csv-ledger.ts";
import { readJsonLedger } from "./ledgers/json-ledger.ts";
import { OrderIds } from "./ledgers/order-ids.ts";
import { RowTally } from "./ledgers/row-tally.ts";
import { readSheetLedger } from "./ledgers/sheet-ledger.ts";
import { SpreadOrders } from "./ledgers/spread-orders.ts";
import { TotalRows } from "./ledgers/total-rows.ts";

const isJsonLines = (file: string): boolean => /\.(jsonl|ndjson)$/i.test(file);

interface Source {
  readonly contract: Contract;
  readonly surroundings: Surroundings;
}

async function* readLedger(
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
  const { readWorkbook } = await import("../inputs/workbooks/workbook.ts");
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

type OnTotal = BesideOrders["onTotal"];

const ordersIn = (rows: readonly Order[], totals: TotalRows, onTotal: OnTotal): readonly Order[] =>
  rows.filter((row) => {
    const kind = totals.kindOf(row);
    if (kind !== undefined) onTotal?.(row, kind);
    return kind === undefined || kind === "doubt";
  });

interface Adding {
  readonly tally: OrderTally;
  readonly ids: OrderIds;
}

/** What is wrong with a ledger as a whole is added to the findings, what is wrong with its rows to the unread. */
async function* batchesOf(
  source: Source,
  findings: Finding[],
  unread: Finding[],
  onTotal?: OnTotal,
  adding?: Adding,
): AsyncGenerator<{ readonly orders: readonly Order[]; readonly maySpread: boolean }> {
  const { orders, ledgers } = source.contract;
  if (orders !== undefined) yield { orders: ordersIn(orders, new TotalRows(), onTotal), maySpread: false };
  for (const ledger of ledgers) {
    const totals = new TotalRows();
    const spread = ledger.lines === "sum" ? new SpreadOrders() : undefined;
    const tally = adding && spread === undefined ? new RowTally(adding.tally, adding.ids, totals) : undefined;
    for await (const batch of readLedger(ledger, source, findings, unread, tally)) {
      const orders = ordersIn(batch, totals, onTotal);
      if (spread === undefined) yield { orders, maySpread: false };
      else for (const order of orders) spread.add(order);
    }
    if (spread !== undefined) yield { orders: spread.orders(), maySpread: true };
  }
}

/** Reads the orders once more, to say which of the ids that may be the same are, and where they stand. */
const repeatedIds = async (source: Source, mayRepeat: (id: string) => boolean): Promise<readonly Finding[]> => {
  const first = new Map<string, Position>();
  const findings: Finding[] = [];
  for await (const { orders, maySpread } of batchesOf(source, [], [])) {
    for (const order of maySpread ? [] : orders) {
      if (!mayRepeat(order.id)) continue;
      const position = order.position();
      const other = first.get(order.id);
      if (other === undefined) first.set(order.id, position);
      else findings.push(repeated(order.id, position, other));
    }
  }
  return findings;
};

const repeated = (id: string, position: Position, other: Position): Finding =>
  findingOf(
    "F7",
    `the order "${id}" stands twice in this contract`,
    position,
    `the other one is at ${other.file}:${other.line}; where an order has several rows in a ledger: lines: sum`,
  );

/**
 * The orders of a contract, those in the register first and then its ledgers', in batches; none is kept. Throws a
 * DataError with every finding once all is read, and gives no further order after the first; InputError for a ledger
 * that cannot be read. Rows that sum up others are no orders, and only told of; so are rows that cannot be read, where
 * somebody hears of them.
 */
export async function* readOrders(
  contract: Contract,
  surroundings: Surroundings,
  { onTotal, onUnread, tally }: BesideOrders = {},
): AsyncGenerator<readonly Order[]> {
  const source = { contract, surroundings };
  const findings: Finding[] = [];
  const unread = onUnread === undefined ? findings : [];
  const ids = new OrderIds();
  const adding = tally && { tally, ids };
  for await (const { orders, maySpread } of batchesOf(source, findings, unread, onTotal, adding)) {
    if (!maySpread) for (const { id } of orders) ids.add(id);
    if (findings.length === 0) yield orders;
  }
  if (onUnread !== undefined) for (const finding of unread) onUnread({ ...finding, severity: "warning" });
  const mayRepeat = ids.repeated();
  if (mayRepeat !== undefined) addAll(findings, await repeatedIds(source, mayRepeat));
  if (findings.length > 0) throw new DataError(findings);
}
