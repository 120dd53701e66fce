/**
 * A register beside notices is compared, and not added up: here it is found which contracts are certainly the same,
 * reading both once more, and `records/beside-notice.ts` gives the facts of the register's the claims of both, by the
 * tables. Only `compare` opens data so: lots of unlike ids may be the same, so sums over both could count a ceiling
 * twice.
 */

import { firstAndMore } from "../model/phrases.ts";
import type { Assumption } from "../model/publication.ts";
import { ReadingLog } from "../notices/reading-log.ts";
import { type Beside, besideNotice } from "../records/beside-notice.ts";
import type { Contract } from "../records/contract.ts";

/** What contracts are known by: their ids, and the numbers of the procedures that one alone has. */
class Known {
  /** By id, the procedure. */
  readonly #ids = new Map<string, string | undefined>();
  /** By procedure, the only one that has it; undefined where several have. */
  readonly #only = new Map<string, { readonly id: string; readonly isCallOff: boolean } | undefined>();

  add({ id, procedure, callOffOf }: Contract): void {
    this.#ids.set(id, procedure);
    const called = { id, isCallOff: callOffOf !== undefined };
    if (procedure !== undefined) this.#only.set(procedure, this.#only.has(procedure) ? undefined : called);
  }

  mayHave({ id, procedure }: Contract): boolean {
    return this.#ids.has(id) || (procedure !== undefined && this.#only.has(procedure));
  }

  /** The id of the one that a contract certainly is by its id, which procedures that differ speak against. */
  byId({ id, procedure }: Contract): string | undefined {
    if (!this.#ids.has(id)) return undefined;
    const other = this.#ids.get(id);
    return procedure === undefined || other === undefined || procedure === other ? id : undefined;
  }

  /** The id of the only one of its procedure; a call-off is not its framework agreement. */
  byProcedure({ procedure, callOffOf }: Contract): string | undefined {
    const only = procedure === undefined ? undefined : this.#only.get(procedure);
    return only?.isCallOff === (callOffOf !== undefined) ? only.id : undefined;
  }
}

type Batches = AsyncIterable<readonly Contract[]>;

/**
 * Of the contracts of notices those that registered ones certainly are, by the ids of these: they have one id, or one
 * procedure that no other contract has, here or there. Only what may be one is held in memory.
 */
export const sameContracts = async (
  registered: Batches,
  published: Batches,
): Promise<{ readonly same: ReadonlyMap<string, Contract>; readonly file: string | undefined }> => {
  const known = new Known();
  for await (const batch of registered) for (const contract of batch) known.add(contract);
  const candidates: Contract[] = [];
  let file: string | undefined;
  for await (const batch of published)
    for (const each of batch) {
      file ??= fileOf(each);
      if (known.mayHave(each)) candidates.push(each);
    }
  return { same: pairsOf(known, candidates), file };
};

const fileOf = ({ publications }: Contract): string => publications.at(-1)?.file ?? "";

/** By id before all, then by procedure. */
const pairsOf = (known: Known, published: readonly Contract[]): ReadonlyMap<string, Contract> => {
  const told = new Known();
  for (const each of published) told.add(each);
  const same = new Map<string, Contract>();
  for (const each of published) {
    const id = known.byId(each);
    if (id !== undefined) same.set(id, each);
  }
  const taken = new Set(same.values());
  for (const each of published) {
    const id = told.byProcedure(each) === each.id ? known.byProcedure(each) : undefined;
    if (id !== undefined && !same.has(id) && !taken.has(each)) same.set(id, each);
  }
  return same;
};

export class BesideNotices {
  readonly #mostPlaces: number | undefined;
  #same: ReadonlyMap<string, Contract> = new Map();
  #taken: ReadonlySet<string> = new Set();
  #log = new ReadingLog();

  /** Of what was put together each is told, or the first of many. */
  constructor(everyNote: boolean) {
    this.#mostPlaces = everyNote ? Number.POSITIVE_INFINITY : undefined;
  }

  async begin(registered: Batches, published: Batches): Promise<void> {
    this.#log = new ReadingLog(this.#mostPlaces);
    const { same, file } = await sameContracts(registered, published);
    this.#same = same;
    this.#taken = new Set([...this.#same.values()].map(({ id }) => id));
    if (same.size === 0 && file !== undefined) this.#log.addAssumption("T12", { file, text: NOTHING_SHARED });
  }

  isTaken(id: string): boolean {
    return this.#taken.has(id);
  }

  /** A contract of a register, beside the same one of notices where they tell of it. */
  give(contract: Contract): Contract {
    const published = this.#same.get(contract.id);
    if (published === undefined) return contract;
    const beside = besideNotice(contract, published);
    this.#log.addAssumption("T12", { file: fileOf(published), text: textOf(contract, beside) });
    return beside.contract;
  }

  assumptions(): readonly Assumption[] {
    return this.#log.assumptions();
  }
}

const NOTHING_SHARED =
  "no contract of the registers is certainly one of the notices', by its id or its procedure: they are not compared";

const MOST_NAMED = 5;

const textOf = (contract: Contract, { keptApart, byNumber, onlyPublished, onlyRegistered }: Beside): string => {
  const { file } = contract.origin.locate([]);
  const apart = [
    ...whereSome(keptApart, "in which they differ"),
    ...whereSome(onlyPublished, "which only the notice has"),
    ...whereSome(onlyRegistered, "which only the register has"),
  ];
  const taken = byNumber.map(([own, other]) => `lot ${own} for ${other}`);
  const as = taken.length === 0 ? "" : `; taken by their numbers: ${firstAndMore(taken, MOST_NAMED)}`;
  const text = `tells of the contract "${contract.id}" of ${file}${as}`;
  return apart.length === 0 ? text : `${text}; not compared: ${apart.join("; ")}`;
};

const whereSome = (names: readonly string[], why: string): readonly string[] =>
  names.length === 0 ? [] : [`${firstAndMore(names, MOST_NAMED)}, ${why}`];
