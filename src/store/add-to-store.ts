import { indexedInputs, type Manifest } from "../inputs/store/manifest.ts";
import { type StoreInput, storeNamed } from "../inputs/store/store-input.ts";
import { InputError } from "../model/errors.ts";
import { addAll, allIn, sum } from "../model/lists.ts";
import { once } from "../model/once.ts";
import { formatPartialDate, type PartialDate, parsePartialDate } from "../model/partial-date.ts";
import type { PublishedDocument, Told } from "../model/publication.ts";
import type { Wanted } from "../model/wanted.ts";
import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";
import { openAddition, openStore } from "../register/open-data.ts";
import type { OpenOptions } from "../register/read-options.ts";
import type { ReferringRegister } from "../register/read-register.ts";
import { settledIn, toldIn } from "../register/stored.ts";
import { type OfProcedure, ofProcedure } from "../register/told-twice.ts";
import { IS_GONE, type Standing } from "./answer-tables.ts";
import { documentTable, toldBy, writeMentions } from "./kept-tables.ts";
import { keyOfLine, recordTable } from "./record-table.ts";
import { StoreDraft } from "./store-draft.ts";
import { textTable } from "./stored-table.ts";
import { toldAcross, toldAnew } from "./told-anew.ts";
import { finishStore } from "./write-store.ts";

export interface StoreAddition {
  /** What to read, by the names that the user gave. */
  readonly paths: readonly string[];
  readonly options?: OpenOptions;
  /** The day of the store's figures. Where it is left out, they stay those of the day that they are of. */
  readonly day?: PartialDate;
  readonly version: string;
}

/**
 * Adds data to a store without reading again what it was made of. Contracts of whose procedures there is news are put
 * together anew, from the documents that the store keeps. The store then answers as if it had been made from everything
 * at once. Throws InputError where there is no store or it does not keep all that it was made of, and whatever {@link
 * openRegister} throws.
 */
export const addToStore = async (
  name: string,
  { paths, options = {}, day, version }: StoreAddition,
): Promise<{ readonly manifest: Manifest; readonly register: Register }> => {
  const { manifest: before } = storeNamed(name);
  if (!before.isWhole)
    throw new InputError(
      `${name} holds only what was asked for: nothing can be added to it`,
      "index all of the data, and add to that: lotbook index … --output FOLDER",
    );
  const inputs = [...before.inputs, ...indexedInputs(paths)];
  const draft = await StoreDraft.begin(name, before.tables);
  try {
    const store = withDefinitionsHeld(draft.store(name));
    const news = await newsFor(store, paths, options);
    const fresh: string[] = [];
    const come: OfProcedure[] = [];
    let { mayCallOff } = before;
    const { register, gone } = news;
    const kept = draft.keep("record");
    const [[last] = []] = await draft.rows(`SELECT max(line) FROM ${draft.read("record")}`);
    const records = recordTable(
      { ...register, contracts: () => noting(register.stated(), come) },
      {
        folder: draft.folder,
        after: Number(last),
        isStored: (key) => news.defined.has(key),
        onContract: ({ id, isCallOff }) => {
          fresh.push(id);
          mayCallOff ||= isCallOff;
        },
      },
    );
    await draft.writeForNow(records);
    if (gone().length > 0) await dropGone(draft, kept, [...gone(), ...fresh]);
    await dropRepeated(draft, kept);
    const isDefining = sum((draft.parts["record"] ?? []).slice(kept)) > fresh.length;
    const areReferencesSame = !isDefining && gone().length === 0;
    await writeMentions(draft, register);
    draft.keep("document");
    await draft.write(documentTable(register, sum(before.tables["document"] ?? [])));
    const went = news.ofGone();
    const standing = await ofProcedures(draft, [...went, ...come], [...gone(), ...fresh]);
    const toldBefore = toldTogether(news.told, toldAcross(standing, went));
    const told = toldAnew(await toldIn(store), toldBefore, toldTogether(toldBy(register), toldAcross(standing, come)));
    const of = day ?? dayOf(store);
    const isOfOneDay = formatPartialDate(of) === before.day;
    const manifest = await finishStore(draft, {
      told,
      day: of,
      version,
      inputs,
      mayCallOff,
      hasNotices: register.hasNotices,
      isWhole: true,
      before: {
        store,
        open: (written) => openStore(written, areReferencesSame ? register : undefined),
        // The figures of contracts that stay may change with the day, and with new call-offs under them.
        standing: async (stored) =>
          isOfOneDay && !mayCallOff
            ? await standingOf(stored, store, { fresh, gone: gone(), areReferencesSame })
            : undefined,
      },
    });
    return { manifest, register };
  } finally {
    draft.discard();
  }
};

/** Passes contracts on, and notes those that belong to a procedure. */
async function* noting(
  contracts: ReturnType<Register["contracts"]>,
  noted: OfProcedure[],
): ReturnType<Register["contracts"]> {
  for await (const batch of contracts) {
    addAll(
      noted,
      batch.flatMap((contract) => ofProcedure(contract) ?? []),
    );
    yield batch;
  }
}

/** The contracts that a store had of the same procedures, apart from the ones that are gone. */
const ofProcedures = async (
  draft: StoreDraft,
  some: readonly OfProcedure[],
  gone: readonly string[],
): Promise<readonly OfProcedure[]> => {
  if (some.length === 0) return [];
  const procedures = new Set(some.map(({ procedure }) => procedure));
  await draft.hold(textTable("asked", "procedure", [...procedures]));
  const same = `FROM ${draft.before("contract")} WHERE callOffOf IS NULL AND procedure IN (SELECT procedure FROM asked)`;
  const published = `FROM ${draft.before("publication")} WHERE contract IN (SELECT contract ${same}) GROUP BY contract`;
  const files = new Map((await draft.rows(`SELECT contract, first(coalesce(file, '')) ${published}`)).map(pairOf));
  const left = new Set(gone);
  const rows = new Map((await draft.rows(`SELECT contract, procedure ${same}`)).map(pairOf));
  return Array.from(rows, ([id, procedure]) => ({ id, procedure, file: files.get(id) })).filter(
    ({ id }) => !left.has(id),
  );
};

const pairOf = ([key, value]: readonly unknown[]): readonly [string, string] => [String(key), String(value)];

const toldTogether = (first: Told, second: Told): Told => ({
  ...first,
  assumptions: [...first.assumptions, ...second.assumptions],
});

/**
 * A store whose definitions, which stand before its contracts, are read only once, however often they are asked for.
 */
const withDefinitionsHeld = (store: StoreInput): StoreInput => {
  const held = once(() => allIn(store.definitions()));
  return {
    ...store,
    definitions: async function* () {
      yield await held();
    },
  };
};

const dayOf = ({ file, manifest }: StoreInput): PartialDate => {
  const day = parsePartialDate(manifest.day);
  if (day === undefined) throw new InputError(`the store ${file} is damaged`, "make it anew");
  return day;
};

/** What an addition changes. */
interface Changed {
  readonly fresh: readonly string[];
  readonly gone: readonly string[];
  /** Whether contracts still refer to the same sources and suppliers as before, and to no others. */
  readonly areReferencesSame: boolean;
}

/** What remains of a store once some of its contracts are gone and others have come. */
const standingOf = async (
  stored: Register,
  store: StoreInput,
  { fresh, gone, areReferencesSame }: Changed,
): Promise<Standing | undefined> => {
  const settled = stored.settled && settledIn(store);
  if (settled === undefined) return undefined;
  const { settled: parts = [], supplier = [] } = store.manifest.tables;
  const figures = sum(parts) > MOST_ROWS_EACH * sum(supplier) ? await settled.figures(true) : undefined;
  const standing = {
    fresh: () => only(stored, fresh),
    figures,
    areReferencesSame,
  };
  if (gone.length === 0) return standing;
  const before = await openStore(store);
  return { ...standing, before: { ...before, contracts: () => only(before, gone) } };
};

/** How many rows of figures suppliers may have on average before they are put together. */
const MOST_ROWS_EACH = 2;

async function* only(register: Register, ids: readonly string[]): AsyncGenerator<readonly Contract[]> {
  const wanted = new Set(ids);
  // The query may give more contracts than these.
  if (ids.length > 0)
    for await (const batch of register.contracts(namedContracts(ids))) yield batch.filter(({ id }) => wanted.has(id));
}

const namedContracts = (ids: readonly string[]): Wanted => ({
  narrowing: { kind: "contracts", ids },
  byRows: false,
  ids: { contract: [], lot: [], source: [] },
  inOneCurrency: [],
  onNarrowed: () => {},
});

/** What is new for a store. */
interface News {
  /** The records that are added, with the contracts that are put together anew. */
  readonly register: ReferringRegister;
  /** What the store told before of the contracts that are put together anew. */
  readonly told: Told;
  /** The ids of the contracts that are gone or have changed. Known only once the contracts have been read. */
  readonly gone: () => readonly string[];
  readonly ofGone: () => readonly OfProcedure[];
  /** The keys of the records that are declared. */
  readonly defined: ReadonlySet<string>;
}

const newsFor = async (store: StoreInput, paths: readonly string[], options: OpenOptions): Promise<News> => {
  const declared = (await allIn(store.definitions())).filter(({ named }) => !named);
  const defined = new Set(declared.map(({ text }) => keyOfLine(text)));
  // Without notices in the store there is nothing to put together anew.
  if (!store.manifest.hasNotices) {
    const addition = { places: await placesIn(store, new Set()), earlier: { documents: [] } };
    const register = await openAddition(paths, store, addition, options);
    return { register, told: NOTHING_TOLD, gone: () => [], ofGone: () => [], defined };
  }
  const nowhere = { places: new Map<string, string>() };
  const added = await openAddition(paths, store, { ...nowhere, earlier: { documents: [] } }, options);
  // A supplier that is declared may be one that notices named before, when it was not known.
  const isDeclaring = added.suppliers.some(({ id }) => !defined.has(`suppliers ${id}`));
  const documents = isDeclaring ? await allIn(store.documents()) : await related(store, added);
  const before = await openAddition([], store, { ...nowhere, earlier: { documents } }, options);
  const earlier = new Map((await allIn(before.stated())).map((contract) => [contract.id, ofProcedure(contract)]));
  const places = await placesIn(store, earlier);
  const standing = new Set<string>();
  const onStanding = ({ id }: { readonly id: string }) => standing.add(id);
  const register = await openAddition(
    paths,
    store,
    { places, earlier: { documents, ...(!isDeclaring && { onStanding }) } },
    options,
  );
  return {
    register,
    told: toldBy(before),
    gone: () => [...earlier.keys()].filter((id) => !standing.has(id)),
    ofGone: () =>
      Array.from(earlier, ([id, of]) => (standing.has(id) ? undefined : of)).filter((of) => of !== undefined),
    defined,
  };
};

const NOTHING_TOLD: Told = { assumptions: [], passedOver: [], findings: [] };

/** The places of a store's contracts by their ids, apart from some of them. */
const placesIn = async (
  store: StoreInput,
  others: { readonly has: (id: string) => boolean },
): Promise<ReadonlyMap<string, string>> => {
  const places = new Map<string, string>();
  for await (const batch of store.places())
    for (const [id, line] of batch) if (!others.has(id)) places.set(id, `${store.file}:${line}`);
  return places;
};

/** The documents of a store that belong to the same procedures as new ones, directly or by way of others. */
const related = async (store: StoreInput, added: Register): Promise<readonly PublishedDocument[]> => {
  const procedures = new Set<number>();
  for await (const { procedures: own } of added.documents()) for (const hash of own) procedures.add(hash);
  for (let size = 0; size < procedures.size; ) {
    size = procedures.size;
    const found = await allIn(store.documents(procedures));
    for (const { procedures: own } of found) for (const hash of own) procedures.add(hash);
    if (procedures.size === size) return found;
  }
  return [];
};

/**
 * Leaves out contracts that were put together anew, and the sources and suppliers that they alone named. These are
 * written with the contracts that name them now.
 */
const dropGone = async (draft: StoreDraft, kept: number, given: readonly string[]): Promise<void> => {
  await draft.hold(textTable("given", "id", given));
  const stored = draft.read("record", { to: kept });
  await draft.run(`CREATE TABLE gone AS SELECT id FROM given WHERE id IN (SELECT contract FROM ${stored})`);
  const named = (which: string): string => `SELECT unnest(names) AS name FROM ${stored} WHERE ${which}`;
  const others = `contract IS NOT NULL AND NOT ${IS_GONE}`;
  await draft.run(`CREATE TABLE alone AS ${named(IS_GONE)} EXCEPT ${named(others)}`);
  await draft.drop("record", `${IS_GONE} OR (${IS_NAMED} AND names[1] IN (SELECT name FROM alone))`, { to: kept });
};

const IS_NAMED = "contract IS NULL AND names IS NOT NULL";

/**
 * Leaves out the sources and suppliers that came with added contracts and that the kept part of the store still has.
 */
const dropRepeated = async (draft: StoreDraft, kept: number): Promise<void> => {
  const still = `SELECT names[1] FROM ${draft.read("record", { to: kept })} WHERE ${IS_NAMED}`;
  await draft.drop("record", `${IS_NAMED} AND names[1] IN (${still})`, { from: kept });
};
