import type { NamedFile, Surroundings } from "../inputs/surroundings.ts";
import { textBlocks } from "../inputs/text-blocks.ts";
import { addAll } from "../model/add-all.ts";
import { DataError, type Finding, findingOf, InputError, type Position, placeOf } from "../model/errors.ts";
import type { Contract } from "../records/contract.ts";
import type { Ledger, Order } from "../records/order.ts";
import { readCsvLedger } from "./ledgers/csv-ledger.ts";
import { readJsonLedger } from "./ledgers/json-ledger.ts";
import { OrderIds } from "./ledgers/order-ids.ts";

const isJsonLines = (file: string): boolean => /\.(jsonl|ndjson)$/i.test(file);

/** A contract, and where its register came from: there its ledgers lie. */
interface Source {
  readonly contract: Contract;
  readonly surroundings: Surroundings;
}

async function* readLedger(
  ledger: Ledger,
  { contract, surroundings }: Source,
  findings: Finding[],
): AsyncGenerator<readonly Order[]> {
  const opened = await placed(ledger, () => surroundings.open(ledger.file));
  if ("refused" in opened) {
    findings.push(findingOf("F6", opened.refused, ledger.position(), opened.hint));
    return;
  }
  const file = surroundings.expect(ledger.file);
  const blocks = textBlocks(chunksOf(opened, ledger), file, findings);
  const vat = contract.vat === "included" ? contract.vat : undefined;
  yield* (isJsonLines(file) ? readJsonLedger : readCsvLedger)(blocks, { ledger, file, vat }, findings);
}

function* chunksOf({ chunks }: NamedFile, ledger: Ledger): Generator<Buffer> {
  try {
    yield* chunks();
  } catch (error) {
    throw withPlace(error, ledger);
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

async function* batchesOf(source: Source, findings: Finding[]): AsyncGenerator<readonly Order[]> {
  const { orders, ledgers } = source.contract;
  if (orders !== undefined) yield orders;
  for (const ledger of ledgers) yield* readLedger(ledger, source, findings);
}

/** Reads the orders once more, to say which of the ids that may be the same are, and where they stand. */
const repeatedIds = async (source: Source, ids: OrderIds): Promise<readonly Finding[]> => {
  const first = new Map<string, Position>();
  const findings: Finding[] = [];
  for await (const batch of batchesOf(source, [])) {
    for (const order of batch) {
      if (!ids.mayRepeat(order.id)) continue;
      const position = order.position();
      const other = first.get(order.id);
      if (other === undefined) first.set(order.id, position);
      else findings.push(repeated(order.id, position, other));
    }
  }
  return findings;
};

const repeated = (id: string, position: Position, other: Position): Finding => ({
  rule: "F7",
  severity: "error",
  message: `the order "${id}" stands twice in this contract`,
  hint: `the other one is at ${other.file}:${other.line}`,
  position,
});

/**
 * The orders of a contract, those in the register first and then its ledgers', in batches; none is kept. Throws a
 * DataError with every finding once all is read, and gives no further order after the first; InputError for a ledger
 * that cannot be read.
 */
export async function* readOrders(contract: Contract, surroundings: Surroundings): AsyncGenerator<readonly Order[]> {
  const source = { contract, surroundings };
  const findings: Finding[] = [];
  const ids = new OrderIds();
  for await (const batch of batchesOf(source, findings)) {
    for (const { id } of batch) ids.add(id);
    if (findings.length === 0) yield batch;
  }
  if (ids.anyRepeated) addAll(findings, await repeatedIds(source, ids));
  if (findings.length > 0) throw new DataError(findings);
}
