import { DataError, type Finding, InputError, type Position } from "../model/errors.ts";
import type { Contract } from "../records/contract.ts";
import type { Ledger, Order } from "../records/order.ts";
import { readChunks } from "./bytes.ts";
import { readCsvLedger } from "./ledgers/csv-ledger.ts";
import { readJsonLedger } from "./ledgers/json-ledger.ts";
import { ledgerPath } from "./ledgers/ledger-path.ts";
import { OrderIds } from "./ledgers/order-ids.ts";
import { textBlocks } from "./text-blocks.ts";

const isJsonLines = (file: string): boolean => /\.(jsonl|ndjson)$/i.test(file);

const readLedger = (ledger: Ledger, contract: Contract, findings: Finding[]): Iterable<readonly Order[]> => {
  const named = contract.origin.locate(["ledger"]);
  const file = ledgerPath(named.file, ledger);
  const blocks = textBlocks(chunksOf(file, named), file, findings);
  const vat = contract.vat === "included" ? contract.vat : undefined;
  return (isJsonLines(file) ? readJsonLedger : readCsvLedger)(blocks, { ledger, file, vat }, findings);
};

function* chunksOf(file: string, named: Position): Generator<Buffer> {
  try {
    yield* readChunks(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.message, `${named.file}:${named.line} names it as a ledger`);
  }
}

function* batchesOf(contract: Contract, findings: Finding[]): Generator<readonly Order[]> {
  if (contract.orders !== undefined) yield contract.orders;
  for (const ledger of contract.ledgers) yield* readLedger(ledger, contract, findings);
}

/** Reads the orders once more, to say which of the ids that may be the same are, and where they stand. */
const repeatedIds = (contract: Contract, ids: OrderIds): readonly Finding[] => {
  const first = new Map<string, Position>();
  const findings: Finding[] = [];
  for (const batch of batchesOf(contract, [])) {
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
export async function* readOrders(contract: Contract): AsyncGenerator<readonly Order[]> {
  const findings: Finding[] = [];
  const ids = new OrderIds();
  for (const batch of batchesOf(contract, findings)) {
    for (const { id } of batch) ids.add(id);
    if (findings.length === 0) yield batch;
  }
  if (ids.anyRepeated) findings.push(...repeatedIds(contract, ids));
  if (findings.length > 0) throw new DataError(findings);
}
