import { compareNatural } from "../../model/fold.ts";
import { addUnder } from "../../model/lists.ts";
import type { Notes } from "../notes.ts";
import type { Change, DecpRecord, Holder } from "./decp-record.ts";

type Rows = readonly [DecpRecord, ...DecpRecord[]];

/**
 * One contract out of all that is published of it, whoever publishes it how often: rows of one version name a holder each
 * and repeat its amount; a later version is a change.
 */
export const oneOf = (records: Rows, notes: Notes): DecpRecord => {
  const versions = new Map<string, [DecpRecord, ...DecpRecord[]]>();
  for (const record of records) {
    addUnder(versions, record.version, record);
  }
  const inOrder = [...versions].sort(([a], [b]) => compareNatural(a, b)).map(([, rows]) => rowsAsOne(rows, notes));
  const [first = records[0], ...later] = inOrder;
  const changes = [...inOrder.flatMap((record) => record.changes), ...later];
  return { ...first, changes: uniqueBy(changes, keyOfChange).sort((a, b) => compareTexts(a.date, b.date)) };
};

const compareTexts = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);

/** The rows of one version: the last that was published says what it is, all of them who holds it. */
const rowsAsOne = (rows: Rows, notes: Notes): DecpRecord => {
  const inOrder = sorted(rows);
  let [last] = inOrder;
  for (const row of inOrder) last = { ...last, ...statedIn(row) };
  if (new Set(rows.flatMap(({ amount }) => (amount === undefined ? [] : Number(amount)))).size > 1)
    notes.add("T10a", "rows of one contract state different amounts: the one published last counts");
  return {
    ...last,
    holders: uniqueBy(
      rows.flatMap(({ holders }) => holders),
      keyOfHolder,
    ),
    changes: uniqueBy(
      rows.flatMap(({ changes }) => changes),
      keyOfChange,
    ),
  };
};

const sorted = ([first, ...others]: Rows): Rows => {
  const [oldest = first, ...later] = [first, ...others].sort((a, b) => compareTexts(a.published, b.published));
  return [oldest, ...later];
};

/** What a row says; what it leaves open is not taken from it. */
const statedIn = (row: DecpRecord): Partial<DecpRecord> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

const keyOfHolder = ({ id, scheme = "" }: Holder): string => JSON.stringify([id, scheme]);

const keyOfChange = ({ id, date, amount, months }: Change): string => JSON.stringify([id, date, amount, months]);

const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];
