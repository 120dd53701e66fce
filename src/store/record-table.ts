import { escapeHidden } from "../model/hidden-characters.ts";
import { BETWEEN_TEXTS, type StoredColumn, type StoredTable, type StoredValue } from "../model/stored-table.ts";
import type { Register } from "../records/register.ts";
import { kindOf, LISTS } from "../register/json-lines.ts";
import { isList, isMap, type Plain } from "../syntax/plain.ts";
import { recordsOf, type WriteOptions, type WrittenRecord } from "../writers/register-records.ts";

export const RECORD_COLUMNS: readonly StoredColumn[] = [
  { name: "line", type: "count", says: "Its place in reading order." },
  {
    name: "json",
    type: "text",
    says: "The record, as a line of a register in JSON Lines; control characters stand for what lot and seat say of it.",
  },
  { name: "contract", type: "text", says: "The contract's id; none of what contracts refer to: sources, suppliers." },
  { name: "lots", type: "count", says: "How many lots the contract has." },
  {
    name: "names",
    type: "texts",
    says: "The sources and suppliers that a contract names and nobody declared; of one of these, itself.",
  },
];

/** Options for writing the table of records. */
interface RecordOptions extends Omit<WriteOptions, "stands"> {
  /** Whether a declared record is in the store already, by the key that {@link keyOf} gives it. */
  readonly isStored?: (key: string) => boolean;
  /** The number of the line before the first record. */
  readonly after?: number;
  readonly onContract: (contract: { readonly id: string; readonly isCallOff: boolean }) => void;
}

/** All records of a register in reading order, from which every question can be answered. */
export const recordTable = (register: Register, options: RecordOptions): StoredTable => ({
  name: "record",
  says: "A record of the register as it is: what lotbook answers from.",
  columns: RECORD_COLUMNS,
  rows: rowsOf(register, options),
});

type Row = readonly StoredValue[];

async function* rowsOf(
  register: Register,
  { isStored = () => false, after = 0, onContract, ...options }: RecordOptions,
): AsyncGenerator<readonly Row[]> {
  let line = after;
  const stands: WriteOptions["stands"] = (list, id) => isStored(keyIn(list, id));
  for await (const records of recordsOf(register, { ...options, stands }))
    yield records.flatMap((record): readonly Row[] => {
      const { list, plain, names } = record;
      if (list !== "contracts" && names === undefined && isStored(keyOf(record))) return [];
      const isContract = list === "contracts";
      const id = textIn(plain, "contract");
      if (isContract) onContract({ id, isCallOff: isMap(plain) && plain["callOffOf"] !== undefined });
      line++;
      const told = isContract ? [id, String(lotsIn(plain))] : [undefined, undefined];
      return [[String(line), escapeHidden(JSON.stringify(storedPlain(record))), ...told, names?.join(BETWEEN_TEXTS)]];
    });
}

/**
 * A notice is only named here, since any of its contracts may be the first to name it. Their histories describe it.
 */
const storedPlain = ({ list, plain, names }: WrittenRecord): Plain => {
  if (list !== "sources" || names === undefined) return plain;
  const id = textIn(plain, "source");
  return { source: id, title: id };
};

/** The key of a record that contracts refer to: its id, or all that it says. */
const keyOf = ({ list, plain }: Pick<WrittenRecord, "list" | "plain">): string =>
  keyIn(list, list === "ignore" ? JSON.stringify(plain) : textIn(plain, ID_KEYS[list]));

const keyIn = (list: WrittenRecord["list"], id: string): string => `${list} ${id}`;

const ID_KEYS = { sources: "source", suppliers: "supplier", queries: "query", contracts: "contract" } as const;

/** The key of a record as a store has it, in a line of JSON. Empty for a contract. */
export const keyOfLine = (text: string): string => {
  const plain: unknown = JSON.parse(text);
  const kind = isPlain(plain) ? kindOf(plain) : undefined;
  return kind === undefined || kind === "contract" || !isPlain(plain) ? "" : keyOf({ list: LISTS[kind], plain });
};

const isPlain = (value: unknown): value is Plain => typeof value === "object" && value !== null;

const lotsIn = (plain: Plain): number => {
  const lots = (isMap(plain) && plain["lots"]) || [];
  return isList(lots) ? lots.length : 0;
};

const textIn = (plain: Plain, key: string): string => {
  const value = isMap(plain) ? plain[key] : undefined;
  return typeof value === "string" ? value : "";
};
