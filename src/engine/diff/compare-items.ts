import { type DiffRow, factRow, itemRow } from "./diff-row.ts";
import { exactText, type Item, type Statement, steadyPlace } from "./item.ts";

/** Where a source says something, as a statement of its own. */
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

/** What an item says now, against what it said; the rows name it as it is called now. */
export const compareItem = (before: Item, after: Item): readonly DiffRow[] => {
  const waiting = new Map(before.statements.map((statement) => [statement.key, statement]));
  const rows = after.statements.flatMap((statement) => {
    const old = waiting.get(statement.key);
    waiting.delete(statement.key);
    return compareStatement(after, old, statement);
  });
  return [...rows, ...[...waiting.values()].map((statement) => factRow(after, statement, undefined))];
};

const keyOf = ({ kind, id }: Item): string => `${kind} ${id}`;

/** Items by their kinds and ids: those there are now in their order, then those that went. */
export const compareItems = (before: readonly Item[], after: readonly Item[]): readonly DiffRow[] => {
  const waiting = new Map(before.map((item) => [keyOf(item), item]));
  const rows = after.flatMap((item) => {
    const old = waiting.get(keyOf(item));
    waiting.delete(keyOf(item));
    return old === undefined ? [itemRow("added", item)] : compareItem(old, item);
  });
  return [...rows, ...[...waiting.values()].map((item) => itemRow("removed", item))];
};
