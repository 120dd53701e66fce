import { escapeHidden } from "../model/hidden-characters.ts";
import { BETWEEN_TEXTS, type StoredColumn, type StoredTable, type StoredValue } from "../model/stored-table.ts";
import type { Register } from "../records/register.ts";
import { isList, isMap, type Plain } from "../syntax/plain.ts";
import { recordsOf, type WriteOptions } from "../writers/register-records.ts";

const COLUMNS: readonly StoredColumn[] = [
  { name: "line", type: "count", says: "Its place in reading order." },
  { name: "json", type: "text", says: "The record, as a line of a register in JSON Lines." },
  { name: "contract", type: "text", says: "The contract's id; none of what contracts refer to: sources, suppliers." },
  { name: "lots", type: "texts", says: "The ids of its lots, each alone and behind the contract's: 1, cloud-i/1." },
];

/**
 * All records of a register in reading order, from which every question can be answered. `onContract` is told of
 * each contract.
 */
export const recordTable = (register: Register, options: WriteOptions, onContract: OnContract): StoredTable => ({
  name: "record",
  says: "A record of the register as it is: what lotbook answers from.",
  columns: COLUMNS,
  rows: rowsOf(register, options, onContract),
});

type Row = readonly StoredValue[];
type OnContract = (contract: { readonly lots: number; readonly isCallOff: boolean }) => void;

async function* rowsOf(
  register: Register,
  options: WriteOptions,
  onContract: OnContract,
): AsyncGenerator<readonly Row[]> {
  let line = 0;
  for await (const records of recordsOf(register, options))
    yield records.map(({ list, plain }): Row => {
      line++;
      const ids = list === "contracts" ? idsOf(plain) : [];
      if (list === "contracts")
        onContract({ lots: ids.length - 1, isCallOff: isMap(plain) && plain["callOffOf"] !== undefined });
      return [String(line), escapeHidden(JSON.stringify(plain)), ...namesOf(ids)];
    });
}

/** What the columns say of a contract by its id and those of its lots; nothing of what is no contract. */
const namesOf = ([contract, ...lots]: readonly string[]): Row =>
  contract === undefined
    ? [undefined, undefined]
    : [contract, lots.flatMap((id) => [id, `${contract}/${id}`]).join(BETWEEN_TEXTS)];

const idsOf = (plain: Plain): readonly string[] => {
  const contract = textIn(plain, "contract");
  const lots = (isMap(plain) && plain["lots"]) || [];
  return [contract, ...(isList(lots) ? lots : []).map((lot) => textIn(lot, "lot"))];
};

const textIn = (plain: Plain, key: string): string => {
  const value = isMap(plain) ? plain[key] : undefined;
  return typeof value === "string" ? value : "";
};
