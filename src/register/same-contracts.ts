/**
 * A register beside notices is compared, and not added up: both are read once more to find out which contracts are
 * certainly the same, and `besideNotice` gives the facts of the register's contract the claims of both, by the tables.
 * Only `compare` opens data this way: lots with different ids may be the same, so sums over both could count a ceiling
 * twice.
 */

import type { Claim } from "../model/claim.ts";
import { firstAndMore } from "../model/phrases.ts";
import type { Assumption } from "../model/publication.ts";
import { ReadingLog } from "../notices/reading-log.ts";
import { Encoding, isFact } from "../records/codec.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import { type Lot, lotCodec } from "../records/lot.ts";
import type { NamedField } from "../records/record.ts";
import { namesOf, type Supplier } from "../records/supplier.ts";

/** What contracts are recognised by: their ids, and the numbers of procedures that only one of them has. */
class Known {
  /** The procedure of each contract, by its id. */
  readonly #ids = new Map<string, string | undefined>();
  /** The only contract of each procedure; undefined where there are several. */
  readonly #only = new Map<string, { readonly id: string; readonly isCallOff: boolean } | undefined>();

  add({ id, procedure, callOffOf }: Contract): void {
    this.#ids.set(id, procedure);
    const called = { id, isCallOff: callOffOf !== undefined };
    if (procedure !== undefined) this.#only.set(procedure, this.#only.has(procedure) ? undefined : called);
  }

  mayHave({ id, procedure }: Contract): boolean {
    return this.#ids.has(id) || (procedure !== undefined && this.#only.has(procedure));
  }

  /** The id of the known contract that has the same id, unless their procedures differ. */
  byId({ id, procedure }: Contract): string | undefined {
    if (!this.#ids.has(id)) return undefined;
    const other = this.#ids.get(id);
    return procedure === undefined || other === undefined || procedure === other ? id : undefined;
  }

  /** The id of the only known contract of the same procedure. A call-off is never taken for its framework agreement. */
  byProcedure({ procedure, callOffOf }: Contract): string | undefined {
    const only = procedure === undefined ? undefined : this.#only.get(procedure);
    return only?.isCallOff === (callOffOf !== undefined) ? only.id : undefined;
  }
}

type Batches = AsyncIterable<readonly Contract[]>;

/**
 * Finds the contracts of notices that are certainly the same as registered ones, by the registered ids. They have the
 * same id, or the same procedure, which no other contract has on either side. Only possible matches are held in memory.
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

/** Pairs contracts by their ids first, then by their procedures. */
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

  /** Tells every pair with `everyNote`, and otherwise only the first of many. */
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

  /** A contract of a register, with the same contract of notices beside it where they tell of it. */
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

/** A contract of a register with what its notice says beside it. */
export interface Beside {
  readonly contract: Contract;
  /** The keys of fields that are no facts and that the two state differently. They stay as the register has them. */
  readonly keptApart: readonly string[];
  /** Lots that are taken for the same by their numbers alone, with the register's id and the notice's. */
  readonly byNumber: readonly (readonly [registered: string, published: string])[];
  /** The ids of lots that only the notice has. */
  readonly onlyPublished: readonly string[];
  /** The ids of lots that only the register has, where it divides the contract. */
  readonly onlyRegistered: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Puts a registered contract beside the same one as its notices state it, so that the sources can be compared. The
 * result must not be added up: a ceiling that one states for the whole and the other for its lots would count twice.
 */
export const besideNotice = (registered: Contract, published: Contract): Beside => {
  const pairs = pairedLots(registered.lots, published.lots);
  const paired = new Set(pairs.values());
  const lots = registered.lots.map((lot) => {
    const other = pairs.get(lot);
    return other === undefined ? lot : lotBeside(lot, other);
  });
  const others = published.lots.filter((lot) => !paired.has(lot));
  const [whole] = registered.lots.length === 1 && pairs.size === 0 ? registered.lots : [];
  const own = whole === undefined ? registered : withFactsOf(registered, whole);
  const known = new Set(registered.publications.map(({ id }) => id));
  const publications = published.publications.filter(({ id }) => !known.has(id));
  return {
    contract: {
      ...withClaims(contractCodec.fields, own, published),
      lots: [...lots, ...others],
      publications: [...registered.publications, ...publications],
    },
    keptApart: [
      ...statedApart(contractCodec.fields, registered, published),
      ...new Set([...pairs].flatMap(([lot, other]) => statedApart(lotCodec.fields, lot, other))),
    ],
    byNumber: byNumber(pairs),
    onlyPublished: others.map(({ id }) => id),
    onlyRegistered: whole === undefined ? registered.lots.filter((lot) => !pairs.has(lot)).map(({ id }) => id) : [],
  };
};

/** Pairs lots by their ids, and the others by their numbers. If each side has only one lot, the two are a pair. */
const pairedLots = (registered: readonly Lot[], published: readonly Lot[]): ReadonlyMap<Lot, Lot> => {
  const [own, ...more] = registered;
  const [other, ...others] = published;
  if (own !== undefined && other !== undefined && more.length + others.length === 0) return new Map([[own, other]]);
  const byId = pairedBy(registered, published, ({ id }) => id);
  const taken = new Set(byId.values());
  const left = registered.filter((lot) => !byId.has(lot));
  const alone = published.filter((lot) => !taken.has(lot));
  return new Map([...byId, ...pairedBy(left, alone, ({ id }) => numberOf(id))]);
};

/** Pairs the lots whose name exactly one lot on each side has. */
const pairedBy = (
  registered: readonly Lot[],
  published: readonly Lot[],
  nameOf: (lot: Lot) => string | undefined,
): ReadonlyMap<Lot, Lot> => {
  const own = onlyBy(registered, nameOf);
  const theirs = onlyBy(published, nameOf);
  return new Map(
    [...own].flatMap(([name, lot]): [Lot, Lot][] => {
      const same = theirs.get(name);
      return lot === undefined || same === undefined ? [] : [[lot, same]];
    }),
  );
};

/** Lots by their names; undefined where several have the same name. */
const onlyBy = (
  lots: readonly Lot[],
  nameOf: (lot: Lot) => string | undefined,
): ReadonlyMap<string, Lot | undefined> => {
  const only = new Map<string, Lot | undefined>();
  for (const lot of lots) {
    const name = nameOf(lot);
    if (name !== undefined) only.set(name, only.has(name) ? undefined : lot);
  }
  return only;
};

/** The number of a lot, which notices write as `LOT-0001` and people as `1`, `Lot 1` or `Los 1`. */
const numberOf = (id: string): string | undefined =>
  /^(?:(?:lot|los|perceel|lotto|lote|part)[\s._-]*(?:no?|nr|n\u00b0|n\u00ba)?[\s._-]*)?0*(\d+)$/i.exec(id)?.[1];

const byNumber = (pairs: ReadonlyMap<Lot, Lot>): Beside["byNumber"] =>
  [...pairs].flatMap(([{ id }, other]) =>
    id !== other.id && numberOf(id) !== undefined && numberOf(id) === numberOf(other.id)
      ? [[id, other.id] as const]
      : [],
  );

const factsAmong = (fields: readonly NamedField[]): readonly NamedField[] =>
  fields.filter(({ fact }) => fact !== undefined);

const claimsIn = (record: Values, name: string): readonly Claim<unknown>[] => {
  const value = record[name];
  return isFact(value) ? value : [];
};

const withClaims = <T extends Values>(fields: readonly NamedField[], own: T, other: Values): T => {
  const together = { ...own };
  for (const { name } of factsAmong(fields)) {
    const claims = [...claimsIn(own, name), ...claimsIn(other, name)];
    if (claims.length > 0) Object.assign(together, { [name]: claims });
  }
  return together;
};

/** A contract with the facts of its only lot: what an undivided contract says of that lot, it says of the whole. */
const withFactsOf = (contract: Contract, lot: Lot): Contract => {
  const kinds = new Map(factsAmong(lotCodec.fields).map(({ name, fact }) => [name, fact]));
  const shared = contractCodec.fields.filter(({ name, fact }) => fact !== undefined && kinds.get(name) === fact);
  const silent = shared.filter(({ name }) => claimsIn(contract, name).length === 0);
  return withClaims(silent, contract, lot);
};

const lotBeside = (registered: Lot, published: Lot): Lot =>
  withClaims(lotCodec.fields, registered, { ...published, suppliers: suppliersBeside(registered, published) });

/**
 * Who holds a lot according to its notice. A supplier of the same lot to whom the register gives exactly the same name
 * is the same company, unless their legal ids differ.
 */
const suppliersBeside = (registered: Lot, published: Lot): Lot["suppliers"] => {
  const seated = new Set((registered.suppliers ?? []).flatMap(({ value }) => value));
  const known = (supplier: Supplier): Supplier => {
    if (seated.has(supplier)) return supplier;
    const names = new Set(namesOf(supplier));
    const [only, ...others] = [...seated].filter(
      (one) => mayBe(one, supplier) && namesOf(one).some((n) => names.has(n)),
    );
    return only === undefined || others.length > 0 ? supplier : only;
  };
  const [first, ...others] = (published.suppliers ?? []).map((claim) => ({
    ...claim,
    value: [...new Set(claim.value.map(known))],
  }));
  return first && [first, ...others];
};

const mayBe = (one: Supplier, other: Supplier): boolean =>
  one.legalId === undefined || other.legalId === undefined || one.legalId === other.legalId;

/** The keys of fields that are no facts and that both state, but differently. */
const statedApart = (fields: readonly NamedField[], own: Values, other: Values): readonly string[] =>
  fields.filter((field) => field.presence !== "required" && isStatedApart(field, own, other)).map(({ key }) => key);

const isStatedApart = ({ name, kind, fact, codec }: NamedField, own: Values, other: Values): boolean => {
  const [mine, theirs] = [own[name], other[name]];
  if (kind === undefined || kind === "notes" || fact !== undefined || isSilent(mine) || isSilent(theirs)) return false;
  const [written, published] = [mine, theirs].map((value) => JSON.stringify(codec.encode(value, new Encoding())));
  return written !== published;
};

const isSilent = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
