import type { LinesInput } from "../inputs/held-input.ts";
import type { StoreInput } from "../inputs/store/store-input.ts";
import { NO_SURROUNDINGS, type Surroundings } from "../inputs/surroundings.ts";
import { DataError, type Finding } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import type { PublishedDocument, Told } from "../model/publication.ts";
import type { Wanted } from "../model/wanted.ts";
import type { NoticeReader, ScannedNotices } from "../notices/read-notices.ts";
import { mayLoseSeats } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import { ignoreCodec } from "../records/ignore.ts";
import type { BesideOrders, Ledger, Order } from "../records/order.ts";
import type { Register, SettledStore } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import type { PlainDocument } from "../syntax/plain.ts";
import { Families, FamilyNotes, type FamilyPlace } from "./call-offs.ts";
import { collectQueries, collectReferences, duplicate, placeOf, preferredOrder } from "./definitions.ts";
import type * as JsonLines from "./json-lines.ts";
import { decodeContract, decodeRecord, listsOf, type PlainRecord } from "./records.ts";
import type { ReferenceTable } from "./references.ts";
import type { BesideNotices } from "./same-contracts.ts";
import type * as Stored from "./stored.ts";
import type { ReadStore, StoredNames } from "./stored.ts";
import { SeatsNamed } from "./successions.ts";
import type { ToldTwice } from "./told-twice.ts";

interface Parts {
  readonly documents: readonly PlainDocument[];
  readonly lines: readonly LinesInput[];
  readonly notices: ScannedNotices | undefined;
  readonly stores: readonly StoreInput[];
  readonly surroundingsOf: (file: string) => Surroundings;
  /** Suppliers that notices may name by any of their names. */
  readonly aliases: readonly Supplier[];
  readonly skipBad: boolean;
  /** Whether every assumption is told, and not only the first ones of each rule. */
  readonly everyNote: boolean;
  /** Whether wrong records are left out, instead of throwing their findings. */
  readonly lenient: boolean;
  readonly beside?: BesideNotices | undefined;
  readonly addition?: Addition;
  /** What the contracts of a store refer to, where that is known already and need not be read again. */
  readonly referred?: Referred;
}

const NO_PARTS: Parts = {
  documents: [],
  lines: [],
  notices: undefined,
  stores: [],
  surroundingsOf: () => NO_SURROUNDINGS,
  aliases: [],
  skipBad: false,
  everyNote: false,
  lenient: false,
};

/** Puts a few parts together as a register. Throws DataError with the findings if anything is wrong with them. */
export const soundRegister = async (parts: Partial<Parts>, findings: Finding[], name: string): Promise<Register> => {
  const assembled = await assembleRegister({ ...NO_PARTS, ...parts }, findings);
  if (findings.length > 0) throw new DataError(findings);
  return { ...assembled, name, isDefault: false };
};

/** What is already in the store that data are added to. The contracts in it are not read. */
export interface Addition {
  /** The places of the contracts that stay as they are, by their ids. */
  readonly places: ReadonlyMap<string, string>;
}

export interface Referred {
  readonly references: ReferenceTable;
  /** What the contracts of each store refer to, in the order of the stores. */
  readonly named: readonly StoredNames[];
  readonly lists: Pick<Register, "preference" | "queries" | "ignores">;
}

type Assembled = Omit<Register, "name" | "isDefault"> & {
  readonly registered: Register["contracts"];
  readonly referred: Referred;
};

/**
 * Puts files together as one register, in which ids refer across all of them. Their problems are added to the findings.
 */
export const assembleRegister = async (parts: Parts, findings: Finding[]): Promise<Assembled> => {
  const { stores, notices, skipBad, lenient, beside } = parts;
  const opened = await openParts(parts, findings);
  const referred = parts.referred ?? referredIn(opened, findings);
  const { references, lists } = referred;
  const named = namesOf(opened, referred);
  const held = collectContracts(opened.contracts, references, findings, parts.addition?.places);
  const ledgers = new ContractLedgers(parts.surroundingsOf, skipBad);
  for (const contract of held.contracts) ledgers.expect(contract);
  const reader = await readerOf(parts, opened, references, named, findings);
  const streams: Streams = {
    held,
    opened,
    references,
    notices: reader,
    beside,
    twice: await watchFor(parts),
    leftOut: lenient ? [] : undefined,
    stores: named,
  };
  const notes = new FamilyNotes(parts.everyNote);
  const place = mayCallOff(held, opened) || notices?.mayCallOff === true ? familyPlace(parts) : "nowhere";
  const families = new Families((wanted) => allContracts(streams, wanted), place, notes);
  const seats = new SeatsNamed(references.suppliers);
  // As with notices, what was told of stores is passed on only once their contracts are asked for.
  let told: readonly Told[] = [];
  const asked = <Contracts>(contracts: Contracts): Contracts => {
    told = opened.stores;
    return contracts;
  };
  const isStored = isStoreAlone(parts) && place !== "anywhere" && !maySeatsChange(references, named);
  return {
    ...lists,
    ...namesIn(references, named),
    sources: [...references.sources].sort((a, b) => lists.preference.rank(a.id) - lists.preference.rank(b.id)),
    hasNotices: notices?.areGiven === true || stores.some(({ manifest }) => manifest.hasNotices),
    contracts: (wanted) => asked(seats.watch((some) => families.contracts(some), wanted)),
    tabledBy: isStored ? lists.preference : undefined,
    settled: isStored ? settledIn(opened) : undefined,
    stated: () => asked(allContracts(streams)),
    registered: () => registeredContracts(streams),
    referred,
    callOffs: () => families.callOffs(),
    documents: () => reader?.published() ?? noDocuments(),
    mentioned: () => reader?.mentioned() ?? [],
    orders: (contract, along) => ledgers.orders(contract, along),
    openLedger: (contract, ledger) => ledgers.open(contract, ledger),
    ledgerPath: (contract, ledger) => ledgers.path(contract, ledger),
    findings: () => [
      ...(lenient ? findings : []),
      ...(streams.leftOut ?? []),
      ...seats.findings(skipBad),
      ...ledgers.findings(),
      ...told.flatMap((each) => each.findings),
      ...(reader?.findings() ?? []),
    ],
    assumptions: () =>
      notes.beside([
        ...told.flatMap((each) => each.assumptions),
        ...(reader?.assumptions() ?? []),
        ...(beside?.assumptions() ?? []),
        ...(streams.twice?.assumptions() ?? []),
      ]),
    passedOver: () => [...told.flatMap((each) => each.passedOver), ...(reader?.passedOver() ?? [])],
  };
};

/**
 * What is read first: everything but the contracts on lines, in stores and in notices, which each question reads anew.
 */
interface Opened {
  readonly definitions: Readonly<Record<"sources" | "suppliers" | "queries" | "ignore", readonly PlainRecord[]>>;
  /** The sources that are believed before others. */
  readonly preferred: readonly PlainRecord[];
  readonly contracts: readonly PlainRecord[];
  readonly registers: ReturnType<typeof JsonLines.readRegisters>;
  readonly stores: readonly ReadStore[];
  readonly jsonLines: typeof JsonLines | undefined;
  readonly stored: typeof Stored | undefined;
}

const openParts = async ({ documents, lines, stores, surroundingsOf }: Parts, findings: Finding[]): Promise<Opened> => {
  const jsonLines = lines.length === 0 ? undefined : await import("./json-lines.ts");
  const lists = documents.map((document) => listsOf(document, findings));
  const registers = jsonLines?.readRegisters(lines, lists, surroundingsOf) ?? [];
  const stored = stores.length === 0 ? undefined : await import("./stored.ts");
  const readStores: ReadStore[] = [];
  for (const store of stores) if (stored !== undefined) readStores.push(await stored.readStore(store));
  const all = [...lists, ...[...registers, ...readStores].map((each) => each.definitions)];
  return {
    definitions: {
      sources: all.flatMap(({ sources }) => sources),
      suppliers: all.flatMap(({ suppliers }) => suppliers),
      queries: all.flatMap(({ queries }) => queries),
      ignore: all.flatMap(({ ignore }) => ignore),
    },
    preferred: lists.flatMap(({ prefer }) => prefer),
    contracts: lists.flatMap(({ contracts }) => contracts),
    registers,
    stores: readStores,
    jsonLines,
    stored,
  };
};

type NamedInStores = ReadonlyMap<StoreInput, StoredNames>;

const referredIn = (opened: Opened, findings: Finding[]): Referred => {
  const references = collectReferences(opened.definitions, findings);
  const named = opened.stores.flatMap((store) => opened.stored?.storedNames(store, references, findings) ?? []);
  return { references, named, lists: listedIn(opened, references, findings) };
};

const namesOf = ({ stores }: Opened, { named }: Referred): NamedInStores =>
  new Map(named.flatMap((names, index) => (stores[index] === undefined ? [] : [[stores[index].input, names]])));

const listedIn = (
  { definitions, preferred }: Opened,
  references: ReferenceTable,
  findings: Finding[],
): Pick<Register, "preference" | "queries" | "ignores"> => ({
  preference: preferredOrder(preferred, references, findings),
  queries: collectQueries(definitions.queries, references, findings),
  ignores: definitions.ignore.flatMap((each) => decodeRecord(ignoreCodec, each, references, findings) ?? []),
});

/** The reader of notices, which knows the suppliers that they may name. Undefined where there are no notices. */
const readerOf = async (
  { notices, aliases, skipBad, everyNote }: Parts,
  { stored }: Opened,
  { suppliers }: ReferenceTable,
  named: NamedInStores,
  findings: Finding[],
): Promise<NoticeReader | undefined> => {
  if (notices === undefined) return undefined;
  const ofStores: Supplier[] = [];
  for (const [store, names] of named) {
    addAll(ofStores, names.suppliers);
    addAll(ofStores, (await stored?.mentionedIn(store, names, findings)) ?? []);
  }
  return notices.reader({ registered: suppliers, aliased: aliases, named: ofStores }, { skipBad, everyNote });
};

/**
 * Watches for contracts that are told twice. Its code is loaded only where that may happen: for registers beside
 * notices, which are rare, and for stores of notices beside other data.
 */
const watchFor = async ({ documents, lines, notices, beside, stores }: Parts): Promise<ToldTwice | undefined> => {
  const hasNotices = notices !== undefined || stores.some(({ manifest }) => manifest.hasNotices);
  const given = Number(documents.length + lines.length > 0) + Number(notices !== undefined) + stores.length;
  return hasNotices && given > 1 && (beside === undefined || stores.length > 0)
    ? new (await import("./told-twice.ts")).ToldTwice()
    : undefined;
};

const mayCallOff = ({ contracts }: HeldContracts, { registers, stores }: Opened): boolean =>
  contracts.some(({ callOffOf }) => callOffOf !== undefined) ||
  [...registers, ...stores].some((each) => each.definitions.callOffs);

const namesIn = (
  references: ReferenceTable,
  named: NamedInStores,
): Pick<Register, "suppliers" | "namedInStores" | "supplierNamed" | "supplierHint"> => ({
  suppliers: references.suppliers,
  namedInStores: {
    sources: [...named.values()].flatMap(({ sources }) => sources),
    suppliers: [...named.values()].flatMap(({ suppliers }) => suppliers),
  },
  supplierNamed: (name) => references.supplierNamed(name),
  supplierHint: (name) => references.supplierHint(name),
});

const isStoreAlone = ({ documents, lines, notices, stores }: Parts): boolean =>
  stores.length === 1 && documents.length + lines.length === 0 && notices === undefined;

const familyPlace = (parts: Parts): FamilyPlace =>
  isStoreAlone(parts) && parts.stores.every(({ areFamiliesUnsettled }) => areFamiliesUnsettled)
    ? "unsettled"
    : "anywhere";

/** The settled figures of the only store. */
const settledIn = ({ stores: [store], stored }: Opened): SettledStore | undefined =>
  store && stored?.settledIn(store.input);

/** Whether any supplier may have handed on a seat. */
const maySeatsChange = ({ suppliers }: ReferenceTable, named: NamedInStores): boolean =>
  suppliers.some(mayLoseSeats) || [...named.values()].some((names) => names.suppliers.some(mayLoseSeats));

async function* noDocuments(): AsyncGenerator<PublishedDocument> {}

interface HeldContracts {
  readonly contracts: readonly Contract[];
  readonly places: ReadonlyMap<string, string>;
}

const collectContracts = (
  records: readonly PlainRecord[],
  references: ReferenceTable,
  findings: Finding[],
  elsewhere: ReadonlyMap<string, string> = new Map(),
): HeldContracts => {
  const contracts: Contract[] = [];
  const places = new Map(elsewhere);
  for (const record of records) {
    const contract = decodeContract(record, references, findings);
    if (contract === undefined) continue;
    const place = places.get(contract.id);
    if (place === undefined) places.set(contract.id, placeOf(contract, "contract"));
    else findings.push(duplicate("contract", contract, place));
    contracts.push(contract);
  }
  return { contracts, places };
};

interface Streams {
  readonly held: HeldContracts;
  readonly opened: Opened;
  readonly references: ReferenceTable;
  readonly notices: NoticeReader | undefined;
  readonly beside: BesideNotices | undefined;
  /** Watches for contracts that registers and notices both tell of, where these are not compared. */
  readonly twice: ToldTwice | undefined;
  readonly stores: NamedInStores;
  /** The findings on lines that the last reading left out. Undefined where findings are thrown instead. */
  leftOut: readonly Finding[] | undefined;
}

/**
 * The contracts of registers and stores. At the end, all that is wrong with them is thrown as a DataError, or kept in
 * `leftOut` where wrong records are left out.
 */
async function* registeredContracts(
  streams: Streams,
  seen = new Set<string>(),
  wanted?: Wanted,
  twice?: ToldTwice,
): AsyncGenerator<readonly Contract[]> {
  const { held, leftOut } = streams;
  const findings: Finding[] = [];
  const repeated: Contract[] = [];
  for (const contract of held.contracts) twice?.meet(contract, "a register");
  if (held.contracts.length > 0) yield held.contracts;
  for await (const batch of contractsOnLines(streams, findings, wanted, twice)) {
    for (const contract of batch) {
      const before = seen.size;
      seen.add(contract.id);
      if (seen.size === before || held.places.has(contract.id)) repeated.push(contract);
    }
    if (findings.length + repeated.length === 0 || leftOut !== undefined) yield batch;
  }
  if (repeated.length > 0) addAll(findings, await repetitions(repeated, streams));
  if (leftOut !== undefined) streams.leftOut = findings;
  else if (findings.length > 0) throw new DataError(findings);
}

async function* contractsOnLines(
  { held, opened, references, notices, stores }: Streams,
  findings: Finding[],
  wanted?: Wanted,
  twice?: ToldTwice,
): AsyncGenerator<readonly Contract[]> {
  const { registers, jsonLines, stored } = opened;
  // Beside notices all are needed, to be compared with theirs.
  const asked = notices === undefined ? wanted : undefined;
  for (const { input, definitions } of registers) {
    const read =
      jsonLines?.readContracts(input.chunks(), input.file, references, findings, asked, definitions.known) ?? [];
    yield* twice?.passing(read, "a register") ?? read;
  }
  // Beside other data all are needed, to see which stand twice.
  const isAlone = stores.size === 1 && held.contracts.length + registers.length === 0 && notices === undefined;
  for (const [store, names] of stores) {
    const read = stored?.storedContracts(store, names.references, findings, isAlone ? wanted : undefined) ?? [];
    yield* twice?.passing(read, `the store ${store.file}`) ?? read;
  }
}

/** Says where repeated contracts stood first. The lines are read once more, because their places are not kept. */
const repetitions = async (repeated: readonly Contract[], streams: Streams): Promise<readonly Finding[]> => {
  const places = new Map(streams.held.places);
  const wanted = new Set(repeated.map(({ id }) => id));
  for await (const batch of contractsOnLines(streams, []))
    for (const contract of batch)
      if (wanted.has(contract.id) && !places.has(contract.id)) places.set(contract.id, placeOf(contract, "contract"));
  return repeated.map((contract) => duplicate("contract", contract, places.get(contract.id) ?? ""));
};

/**
 * All contracts: those of registers and stores, then those of notices. What is wrong with notices is thrown only where
 * nothing is left to answer from.
 */
async function* allContracts(streams: Streams, wanted?: Wanted): AsyncGenerator<readonly Contract[]> {
  const { held, notices, twice } = streams;
  const beside =
    held.contracts.length + streams.opened.registers.length + streams.stores.size > 0 ? streams.beside : undefined;
  const seen = new Set<string>();
  twice?.startAnew();
  if (notices === undefined) {
    yield* registeredContracts(streams, seen, wanted, twice);
    return;
  }
  await beside?.begin(registeredContracts(streams), notices.contracts(anywhere));
  for await (const batch of registeredContracts(streams, seen, wanted, twice))
    yield beside === undefined ? batch : batch.map((contract) => beside.give(contract));
  let isEmpty = held.places.size === 0 && seen.size === 0;
  const isTaken = (id: string): boolean => beside?.isTaken(id) === true;
  const placeIn = (id: string) =>
    isTaken(id) ? undefined : (held.places.get(id) ?? (seen.has(id) ? "an earlier line" : undefined));
  for await (const batch of notices.contracts(placeIn)) {
    isEmpty = false;
    if (beside === undefined) for (const contract of batch) twice?.meet(contract, "notices");
    yield beside === undefined ? batch : batch.filter(({ id }) => !isTaken(id));
  }
  if (streams.leftOut !== undefined) return;
  const errors = notices.findings().filter(({ severity }) => severity === "error");
  if (isEmpty && errors.length > 0) throw new DataError(errors);
}

const anywhere = (): undefined => undefined;

class ContractLedgers {
  readonly #surroundingsOf: (file: string) => Surroundings;
  readonly #skipBad: boolean;
  /** Findings on the rows that the last reading of a contract's ledgers left out, by the contract's id. */
  readonly #unread = new Map<string, readonly Finding[]>();

  constructor(surroundingsOf: (file: string) => Surroundings, skipBad: boolean) {
    this.#surroundingsOf = surroundingsOf;
    this.#skipBad = skipBad;
  }

  /** Has archives and pipes keep the ledgers of a contract, because they are read later. */
  expect(contract: Contract): void {
    const around = this.#around(contract);
    for (const { file } of contract.ledgers) around.expect(file);
  }

  orders(contract: Contract, { onUnread, ...beside }: BesideOrders = {}): AsyncIterable<readonly Order[]> {
    if (!this.#skipBad) return this.#read(contract, beside);
    const unread: Finding[] = [];
    this.#unread.set(contract.id, unread);
    return this.#read(contract, {
      ...beside,
      onUnread: (finding) => {
        unread.push(finding);
        onUnread?.(finding);
      },
    });
  }

  /** The code that reads orders is loaded only where there are any. */
  async *#read(contract: Contract, beside: BesideOrders): AsyncGenerator<readonly Order[]> {
    if (contract.orders === undefined && contract.ledgers.length === 0) return;
    const { readOrders } = await import("./orders.ts");
    yield* readOrders(contract, this.#around(contract), beside);
  }

  async open(contract: Contract, { file }: Ledger): ReturnType<Register["openLedger"]> {
    const around = this.#around(contract);
    const opened = await around.open(file);
    return "refused" in opened ? undefined : { file: around.expect(file), chunks: opened.chunks };
  }

  path(contract: Contract, { file }: Ledger): string | undefined {
    return this.#around(contract).onDisk?.(file);
  }

  findings(): readonly Finding[] {
    return [...this.#unread.values()].flat();
  }

  #around({ origin }: Contract): Surroundings {
    return this.#surroundingsOf(origin.locate([]).file);
  }
}
