/**
 * Differences are sought in what is said: registers are taken apart into statements, each with its source. A digest of
 * 64 bits, in which order plays no part, sums up what a contract says. So among 100,000 contracts only those that
 * changed are looked at, and a contract that merely has a new id is recognised by what it says.
 */

import { sum } from "../../model/lists.ts";
import { plural } from "../../model/phrases.ts";
import { TextSum } from "../../model/text-sum.ts";
import type { Contract } from "../../records/contract.ts";
import type { Register } from "../../records/register.ts";
import { type Report, reportOf } from "../report.ts";
import { addOrders, compareContract, compareItems, compareOrders } from "./compare-items.ts";
import { CHANGES, type Change, DIFF_COLUMNS, type DiffRow, factRow, itemRow, renamedRow } from "./diff-row.ts";
import { addItem, type Names, plainTexts, type Renames, renamesAmong } from "./item.ts";
import { contractItems, registerItems, renamedSuppliers, withSuppliersNow } from "./register-items.ts";

interface Side {
  readonly register: Register;
  readonly names: Names;
}

const NONE: Renames = new Map();

async function* contractsOf({ register }: Side): AsyncGenerator<Contract> {
  for await (const batch of register.contracts()) yield* batch;
}

/** A digest of what a contract says, without its id. */
const contentOfContract = async (contract: Contract, { register, names }: Side): Promise<string> => {
  const sum = new TextSum();
  const items = contractItems(contract, names);
  addItem(sum, items.contract, "");
  for (const item of [...items.lots, ...items.others]) addItem(sum, item, item.id);
  await addOrders(sum, { register, contract, names });
  return sum.value;
};

/** The digest of what each contract says, by its id. */
const contentsOf = async (side: Side): Promise<ReadonlyMap<string, string>> => {
  const contents = new Map<string, string>();
  for await (const contract of contractsOf(side)) contents.set(contract.id, await contentOfContract(contract, side));
  return contents;
};

type Contents = ReadonlyMap<string, string>;

const onlyIn = (some: Contents, others: Contents) =>
  [...some].flatMap(([id, content]) => (others.has(id) ? [] : [{ id, content }]));

class Changes {
  readonly #old: Contents;
  readonly #now: Contents;
  readonly renames: Renames;

  constructor(old: Contents, now: Contents) {
    this.#old = old;
    this.#now = now;
    this.renames = renamesAmong(onlyIn(old, now), onlyIn(now, old));
  }

  get isEmpty(): boolean {
    return this.#old.size === this.#now.size && [...this.#old].every(([id, content]) => this.#now.get(id) === content);
  }

  isChanged(id: string): boolean {
    const [old, now] = [this.#old.get(id), this.#now.get(id)];
    return old !== undefined && now !== undefined && old !== now;
  }

  isAdded(id: string): boolean {
    return !this.#old.has(id);
  }

  isRemoved(id: string): boolean {
    return !this.#now.has(id) && !this.renames.has(id);
  }
}

async function* compareBoth(before: Contract, after: Contract, old: Side, now: Side): AsyncGenerator<DiffRow> {
  const { rows, lots } = compareContract(before, after, old.names, now.names);
  yield* rows;
  yield* compareOrders(
    { register: old.register, contract: before, names: { ...old.names, lots } },
    { register: now.register, contract: after, names: now.names },
  );
}

const readOld = async (old: Side, changes: Changes) => {
  const changed = new Map<string, Contract>();
  const removed: DiffRow[] = [];
  for await (const contract of contractsOf(old)) {
    if (changes.isChanged(contract.id)) changed.set(contract.id, contract);
    else if (changes.isRemoved(contract.id)) {
      removed.push(itemRow("removed", contractItems(contract, old.names).contract));
    }
  }
  return { changed, removed };
};

async function* contractRows(old: Side, now: Side): AsyncGenerator<DiffRow> {
  const changes = new Changes(await contentsOf(old), await contentsOf(now));
  if (changes.isEmpty) return;
  const { changed, removed } = await readOld(old, changes);
  const oldIds = new Map([...changes.renames].map(([id, name]) => [name, id]));
  for await (const contract of contractsOf(now)) {
    const id = oldIds.get(contract.id);
    const before = changed.get(contract.id);
    if (before !== undefined) yield* compareBoth(before, contract, old, now);
    else if (id !== undefined) yield renamedRow("contract", id, contract.id);
    else if (changes.isAdded(contract.id)) yield itemRow("added", contractItems(contract, now.names).contract);
  }
  yield* removed;
}

const idsOf = ({ sources }: Register): readonly string[] => sources.map(({ id }) => id);

/** The order in which sources are believed: it changes answers, too. */
const orderRows = (before: Register, after: Register): readonly DiffRow[] => {
  const [old, now] = [idsOf(before), idsOf(after)];
  const isSame = (a: readonly string[], b: readonly string[]) => a.join("\n") === b.join("\n");
  if (isSame(old, now) || !isSame(old.toSorted(), now.toSorted())) return [];
  return [factRow({ kind: "source", name: "all" }, plainTexts("order", old)[0], plainTexts("order", now)[0])];
};

async function* allRows(before: Register, after: Register): AsyncGenerator<DiffRow> {
  const [old, now] = [registerItems(before), registerItems(after)];
  const suppliers = renamedSuppliers(old, now);
  yield* orderRows(before, after);
  for (const [id, name] of suppliers) yield renamedRow("supplier", id, name);
  yield* compareItems(withSuppliersNow(old, suppliers), now);
  const names = { lots: NONE, suppliers: NONE };
  yield* contractRows(
    { register: before, names: { ...names, suppliers, preference: before.preference } },
    { register: after, names: { ...names, preference: after.preference } },
  );
}

const BATCH = 500;

export interface DiffReport extends Report<DiffRow> {
  readonly count: () => number;
}

/**
 * What changed from one register to another, as both are written: what was added, removed or changed, and what has
 * another id. Each register is read twice. Of contracts only digests are kept, except for those that changed.
 */
export const diff = (before: Register, after: Register): DiffReport => {
  const counts: Record<Change, number> = { added: 0, removed: 0, renamed: 0, changed: 0 };
  const count = (): number => sum(Object.values(counts));
  async function* batches() {
    let batch: DiffRow[] = [];
    for await (const row of allRows(before, after)) {
      counts[row.change]++;
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }
  const note = (): string => {
    const parts = CHANGES.filter((change) => counts[change] > 0).map((change) => `${counts[change]} ${change}`);
    return parts.length === 0 ? "Nothing differs." : `${plural(count(), "difference")}: ${parts.join(", ")}.`;
  };
  return { ...reportOf(DIFF_COLUMNS, batches(), () => ({ summaries: [], notes: [note()] })), count };
};
