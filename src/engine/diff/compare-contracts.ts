import type { Contract } from "../../records/contract.ts";
import { compareItem, compareItems } from "./compare-items.ts";
import { type ContractItems, contractItems } from "./contract-items.ts";
import { type DiffRow, renamedRow } from "./diff-row.ts";
import type { Names } from "./item.ts";
import { contentOf, type Item } from "./item.ts";
import { type Renames, renamed, renamesAmong, withoutOthers } from "./renames.ts";

/** Which lots of a contract have another id now, with nothing else changed. */
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

/** A contract as it was and as it is, and which of its lots have another id now. */
interface ComparedContract {
  readonly rows: readonly DiffRow[];
  readonly lots: Renames;
}

/** What changed in a contract, but for its orders. */
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
