import { addUnder } from "../../model/add-under.ts";
import { type DiffRow, factRow, itemRow } from "./diff-row.ts";
import { exactText, type Item, type Statement, sayingOf, seatOf, steadyPlace } from "./item.ts";

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

/** Who says something, as a statement of its own. */
const sourceOf = (statement: Statement): Statement => {
  const { fact, by } = statement;
  const seat = seatOf(statement);
  const about = seat === undefined ? fact : `seat ${seat}`;
  return { ...statement, fact: `source of ${about}`, by: undefined, cell: { type: "text", value: by?.source ?? "" } };
};

/** The same said by another source, who is the one thing that changed, or also how precise the figure is. */
const compareSources = (item: Item, before: Statement, after: Statement): readonly DiffRow[] => [
  ...(exactText(before) === exactText(after) ? [] : [factRow(item, before, after)]),
  factRow(item, sourceOf(before), sourceOf(after)),
];

/** By the key of a statement that nobody said before, the one that said the same and that its source says no more. */
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

/** What an item says now, against what it said; the rows name it as it is called now. */
export const compareItem = (before: Item, after: Item): readonly DiffRow[] => {
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
