import type { Surroundings } from "../inputs/surroundings.ts";
import { DataError, type Finding, findingOf, type Position } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import type { Contract } from "../records/contract.ts";
import type { BesideOrders, Order, OrderTally } from "../records/order.ts";
import { OrderIds } from "./ledgers/order-ids.ts";
import { readLedger, type Source } from "./ledgers/read-ledger.ts";
import { RowTally } from "./ledgers/row-tally.ts";
import { SpreadOrders } from "./ledgers/spread-orders.ts";
import { TotalRows } from "./ledgers/total-rows.ts";

type OnOther = BesideOrders["onOther"];

const ordersIn = (rows: readonly Order[], totals: TotalRows, onOther: OnOther): readonly Order[] =>
  rows.filter((row) => {
    const kind = totals.kindOf(row);
    if (kind !== undefined) onOther?.(row, kind);
    return kind === undefined || kind === "doubt";
  });

interface Adding {
  readonly tally: OrderTally;
  readonly ids: OrderIds;
}

/** Problems of a ledger as a whole are added to the findings, and those of its rows to `unread`. */
async function* batchesOf(
  source: Source,
  findings: Finding[],
  unread: Finding[],
  onOther?: OnOther,
  adding?: Adding,
): AsyncGenerator<{ readonly orders: readonly Order[]; readonly maySpread: boolean }> {
  const { orders, ledgers } = source.contract;
  if (orders !== undefined) yield { orders: ordersIn(orders, new TotalRows(), onOther), maySpread: false };
  for (const ledger of ledgers) {
    const totals = new TotalRows();
    const spread = ledger.lines === "sum" ? new SpreadOrders() : undefined;
    const tally = adding && spread === undefined ? new RowTally(adding.tally, adding.ids, totals) : undefined;
    for await (const batch of readLedger(ledger, source, findings, unread, tally)) {
      const orders = ordersIn(batch, totals, onOther);
      if (spread === undefined) yield { orders, maySpread: false };
      else for (const order of orders) spread.add(order);
    }
    if (spread !== undefined) yield { orders: spread.orders(), maySpread: true };
  }
}

/** Reads the orders once more, to say which of the ids that may be repeated are, and where they stand. */
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
 * Yields the orders of a contract in batches, those in the register first and then those of its ledgers. None is kept.
 * After the first finding it gives no more orders, and once all is read it throws a DataError with every finding.
 * Throws InputError for a ledger that cannot be read. Rows that sum up others are no orders and are only passed to
 * `onOther`. Rows that cannot be read are findings, or are only passed to `onUnread` where that is given.
 */
export async function* readOrders(
  contract: Contract,
  surroundings: Surroundings,
  { onOther, onUnread, tally }: BesideOrders = {},
): AsyncGenerator<readonly Order[]> {
  const source = { contract, surroundings };
  const findings: Finding[] = [];
  const unread = onUnread === undefined ? findings : [];
  const ids = new OrderIds();
  const adding = tally && { tally, ids };
  for await (const { orders, maySpread } of batchesOf(source, findings, unread, onOther, adding)) {
    if (!maySpread) for (const { id } of orders) ids.add(id);
    if (findings.length === 0) yield orders;
  }
  if (onUnread !== undefined) for (const finding of unread) onUnread({ ...finding, severity: "warning" });
  const mayRepeat = ids.repeated();
  if (mayRepeat !== undefined) addAll(findings, await repeatedIds(source, mayRepeat));
  if (findings.length > 0) throw new DataError(findings);
}
