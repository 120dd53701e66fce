import { addUnder } from "../../model/lists.ts";
import type { Money } from "../../model/money.ts";
import type { TextSum } from "../../model/text-sum.ts";
import type { Contract } from "../../records/contract.ts";
import { measuresOf, type Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import type { Cell } from "../report.ts";
import { type DiffRow, factRow, itemRow, renamedRow } from "./diff-row.ts";
import {
  contentOf,
  exactText,
  type Item,
  type Names,
  plain,
  plainText,
  type Renames,
  renamed,
  renamesAmong,
  type Statement,
  sayingOf,
  steadyPlace,
  withoutOthers,
} from "./item.ts";
import { type ContractItems, contractItems } from "./register-items.ts";

const placeOf = ({ key, fact, by }: Statement): Statement => ({
  key,
  fact: `place of ${fact}`,
  by,
  cell: { type: "text", value: by?.locator ?? "" },
});

const compareStatement = (item: Item, before: Statement | undefined, after: Statement): readonly DiffRow[] => {
  if (before === undefined) return [factRow(item, undefined, after)];
  if (exactText(before) !== exactText(after)) return [factRow(item, before, after)];
  return steadyPlace(before) === steadyPlace(after) ? [] : [factRow(item, placeOf(before), placeOf(after))];
};

const sourceOf = (statement: Statement): Statement => {
  const { fact, by, seat } = statement;
  const about = seat === undefined ? fact : `seat ${seat}`;
  return { ...statement, fact: `source of ${about}`, by: undefined, cell: { type: "text", value: by?.source ?? "" } };
};

/** The rows for what another source says now: the source changed and, where the text differs, the precision as well. */
const compareSources = (item: Item, before: Statement, after: Statement): readonly DiffRow[] => [
  ...(exactText(before) === exactText(after) ? [] : [factRow(item, before, after)]),
  factRow(item, sourceOf(before), sourceOf(after)),
];

/** Pairs each new statement, by its key, with one that is gone and said the same by another source. */
const movedAmong = (gone: Iterable<Statement>, come: readonly Statement[]): ReadonlyMap<string, Statement> => {
  const waiting = new Map<string, Statement[]>();
  for (const statement of gone) addUnder(waiting, sayingOf(statement), statement);
  for (const same of waiting.values()) same.reverse();
  return new Map(
    come.flatMap((statement) => {
      const old = statement.by === undefined ? undefined : waiting.get(sayingOf(statement))?.pop();
      return old === undefined ? [] : [[statement.key, old] as const];
    }),
  );
};

/** Compares what an item says now with what it said before. The rows have its present name. */
const compareItem = (before: Item, after: Item): readonly DiffRow[] => {
  const waiting = new Map(before.statements.map((statement) => [statement.key, statement]));
  const known = new Map(after.statements.map((statement) => [statement.key, waiting.get(statement.key)]));
  for (const { key } of after.statements) waiting.delete(key);
  const come = after.statements.filter(({ key }) => known.get(key) === undefined);
  const moved = movedAmong(waiting.values(), come);
  for (const { key } of moved.values()) waiting.delete(key);
  const rows = after.statements.flatMap((statement) => {
    const old = moved.get(statement.key);
    return old === undefined
      ? compareStatement(after, known.get(statement.key), statement)
      : compareSources(after, old, statement);
  });
  return [...rows, ...[...waiting.values()].map((statement) => factRow(after, statement, undefined))];
};

const keyOf = ({ kind, id }: Item): string => `${kind} ${id}`;

export const compareItems = (before: readonly Item[], after: readonly Item[]): readonly DiffRow[] => {
  const waiting = new Map(before.map((item) => [keyOf(item), item]));
  const rows = after.flatMap((item) => {
    const old = waiting.get(keyOf(item));
    waiting.delete(keyOf(item));
    return old === undefined ? [itemRow("added", item)] : compareItem(old, item);
  });
  return [...rows, ...[...waiting.values()].map((item) => itemRow("removed", item))];
};

const renamedLots = (before: readonly Item[], after: readonly Item[]): Renames => {
  const unmatched = (some: readonly Item[], others: readonly Item[]) =>
    withoutOthers(some, others).map((item) => ({ id: item.id, content: contentOf(item) }));
  return renamesAmong(unmatched(before, after), unmatched(after, before));
};

const withLotsNow = ({ contract, lots, others }: ContractItems, names: Renames): ContractItems => ({
  contract,
  lots: lots.map((lot) => ({ ...lot, id: renamed(lot.id, names) })),
  others,
});

interface ComparedContract {
  readonly rows: readonly DiffRow[];
  readonly lots: Renames;
}

export const compareContract = (before: Contract, after: Contract, old: Names, now: Names): ComparedContract => {
  const items = contractItems(after, now);
  const lots = renamedLots(contractItems(before, old).lots, items.lots);
  const was = withLotsNow(contractItems(before, { ...old, lots }), lots);
  return {
    lots,
    rows: [
      ...compareItem(was.contract, items.contract),
      ...[...lots].map(([id, name]) => renamedRow("lot", `${before.id}/${id}`, `${after.id}/${name}`)),
      ...compareItems(was.lots, items.lots),
      ...compareItems(was.others, items.others),
    ],
  };
};

interface OrdersOf {
  readonly register: Register;
  readonly contract: Contract;
  readonly names: Pick<Names, "lots" | "suppliers">;
}

const gistOf = (measured: readonly Money[]): Cell | undefined => {
  const [only, ...others] = measured;
  return only !== undefined && others.length === 0
    ? { type: "money", value: only }
    : { type: "moneys", value: measured };
};

const orderItem = (contract: Contract, order: Order, { lots, suppliers }: OrdersOf["names"]): Item => ({
  kind: "order",
  id: order.id,
  name: `${contract.id} ${order.id}`,
  statements: [
    ...plainText("lot", order.lot && renamed(order.lot, lots)),
    ...plainText("supplier", order.supplier && renamed(order.supplier, suppliers)),
    ...plainText("buyer", order.buyer),
    ...plain("date", order.date && { type: "date", value: order.date }),
    ...plain("amount", order.amount && { type: "money", value: order.amount }),
    ...plain("quantity", order.quantity && { type: "money", value: order.quantity }),
    ...plainText("description", order.description),
    ...plainText("declinedBy", order.declinedBy && renamed(order.declinedBy, suppliers)),
  ],
  gist: () => gistOf(measuresOf(order)),
});

async function* itemsOf({ register, contract, names }: OrdersOf): AsyncGenerator<Item> {
  for await (const batch of register.orders(contract)) {
    for (const order of batch) yield orderItem(contract, order, names);
  }
}

export const addOrders = async (sum: TextSum, orders: OrdersOf): Promise<void> => {
  for await (const item of itemsOf(orders)) sum.add(`order\0${item.id}\0${contentOf(item)}`);
};

/** What changed in the orders of a contract. Keeps only a digest of each order, and the whole of those that changed. */
export async function* compareOrders(before: OrdersOf, after: OrdersOf): AsyncGenerator<DiffRow> {
  const old = new Map<string, string>();
  for await (const item of itemsOf(before)) old.set(item.id, contentOf(item));
  const changed = new Map<string, Item>();
  for await (const item of itemsOf(after)) {
    const content = old.get(item.id);
    if (content === undefined) yield itemRow("added", item);
    else if (content === contentOf(item)) old.delete(item.id);
    else changed.set(item.id, item);
  }
  if (old.size === 0) return;
  for await (const item of itemsOf(before)) {
    const now = changed.get(item.id);
    if (now !== undefined) yield* compareItem(item, now);
    else if (old.has(item.id)) yield itemRow("removed", item);
  }
}
