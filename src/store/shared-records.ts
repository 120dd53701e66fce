import {
  isMarked,
  lotsIn,
  lotTextOf,
  MARK,
  restoredText,
  SharedRows,
  type SharedTexts,
} from "../inputs/store/shared-texts.ts";
import type { StoreInput } from "../inputs/store/store-input.ts";
import { BETWEEN_TEXTS, type StoredValue } from "../model/stored-table.ts";
import { isList, isMap, type Plain, type PlainMap } from "../syntax/plain.ts";
import { RECORD_COLUMNS } from "./record-table.ts";
import { PASSING_LEVEL, type StoreDraft } from "./store-draft.ts";

/** The keys of a lot whose values may be shared, each with the marks that may stand for its value. */
const LOT_MARKS: Readonly<Record<string, readonly string[]>> = {
  lot: [MARK.lot],
  title: [MARK.title],
  service: [MARK.service],
  deployment: [MARK.deployment],
  ceiling: [MARK.exactCeiling, MARK.wholeCeiling],
};

const markedLot = (lot: PlainMap, index: number, shared: SharedTexts, areSeatsShared: boolean): PlainMap =>
  Object.fromEntries(
    Object.entries(lot).map(([key, value]): [string, Plain] => {
      if (key === "suppliers" && areSeatsShared)
        return [key, isList(value) ? value.map(() => MARK.supplier) : MARK.supplier];
      return [key, LOT_MARKS[key]?.find((mark) => lotTextOf(mark, shared, index) === value) ?? value];
    }),
  );

const suppliersOf = ({ suppliers = [] }: PlainMap): readonly Plain[] => (isList(suppliers) ? suppliers : [suppliers]);

/** A mark as `JSON.stringify` writes it. */
const WRITTEN_MARK = /"\\u000([1-7e])"/g;

/**
 * A record with marks in the place of what other tables say as well. It stays as it is if reading it back would not
 * give the same text.
 */
export const markedText = (text: string, contract: string, shared: SharedTexts): string => {
  const plain: Plain = JSON.parse(text);
  const lots = isMap(plain) ? (plain["lots"] ?? []) : [];
  if (!isMap(plain) || !isList(lots) || !lots.every(isMap) || lots.length !== lotsIn(shared)) return text;
  const suppliers = lots.flatMap(suppliersOf);
  const areSeatsShared =
    suppliers.length === shared.suppliers.length && suppliers.every((one, index) => one === shared.suppliers[index]);
  const marked = JSON.stringify({
    ...plain,
    contract: MARK.contract,
    lots: lots.map((lot, index) => markedLot(lot, index, shared, areSeatsShared)),
  }).replace(WRITTEN_MARK, (_, digit: string) => String.fromCharCode(Number.parseInt(digit, 16)));
  return isMarked(marked) && restoredText(marked, contract, shared) === text ? marked : text;
};

const COLUMNS = "CAST(line AS VARCHAR), json, contract, CAST(lots AS VARCHAR)";

/** Writes some records of a draft anew, with other texts for those of contracts. */
const rewriteRecords = (
  draft: StoreDraft,
  parts: ReturnType<StoreDraft["fresh"]>,
  textOf: (text: string, contract: string, line: string) => Promise<string>,
  level?: number,
): Promise<void> => {
  const names = `array_to_string(names, '${BETWEEN_TEXTS}')`;
  const records = draft.batches(`SELECT ${COLUMNS}, ${names} FROM ${draft.read("record", parts)}`);
  const rows = async function* () {
    for await (const batch of records) {
      const written: (readonly StoredValue[])[] = [];
      for (const row of batch) {
        const [line = "", text = "", contract, ...others] = row.map(storedOf);
        written.push([line, contract === undefined ? text : await textOf(text, contract, line), contract, ...others]);
      }
      yield written;
    }
  };
  return draft.rewrite({ name: "record", says: "", columns: RECORD_COLUMNS, rows: rows() }, parts, level);
};

const storedOf = (value: unknown): StoredValue => (typeof value === "string" ? value : undefined);

/** Takes out of the records that are new in a draft whatever its other tables say as well. */
export const shareTexts = async (draft: StoreDraft): Promise<void> => {
  const shared = new SharedRows((table) => draft.sharedRows(table));
  const marked = async (text: string, contract: string) => markedText(text, contract, await shared.of(contract));
  await rewriteRecords(draft, draft.fresh("record"), marked);
  await shared.close();
};

/**
 * Restores the texts of the records that a draft took over from a store, so that they are whole without its other
 * tables.
 */
export const restoreTexts = async (draft: StoreDraft, store: StoreInput): Promise<void> => {
  const lines = store.contracts()[Symbol.asyncIterator]();
  // The store's records, which include those that are gone but not those that are new.
  let batch: readonly { readonly line: number; readonly text: string }[] = [];
  let at = 0;
  const restored = async (text: string, _contract: string, line: string): Promise<string> => {
    if (!isMarked(text)) return text;
    for (; batch[at]?.line !== Number(line); at++)
      if (at >= batch.length) {
        const { done, value } = await lines.next();
        if (done) return text;
        [batch, at] = [value, -1];
      }
    return batch[at]?.text ?? text;
  };
  await rewriteRecords(draft, { from: 0 }, restored, PASSING_LEVEL);
  await lines.return?.();
};
