import type { LinesInput } from "../inputs/held-input.ts";
import type { StoreInput } from "../inputs/store/store-input.ts";
import type { Surroundings } from "../inputs/surroundings.ts";
import { addAll } from "../model/add-all.ts";
import { Preference } from "../model/claim.ts";
import { DataError, type Finding } from "../model/errors.ts";
import type { PublishedDocument } from "../model/publication.ts";
import type { Wanted } from "../model/wanted.ts";
import type { NoticeReader, ScannedNotices } from "../notices/read-notices.ts";
import { mayLoseSeats } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import { contractCodec } from "../records/contract.ts";
import { ignoreCodec } from "../records/ignore.ts";
import type { BesideOrders, Order } from "../records/order.ts";
import { preferredSource } from "../records/prefer.ts";
import { type NamedQuery, queryCodec } from "../records/query.ts";
import type { Register } from "../records/register.ts";
import type { Source } from "../records/source.ts";
import { sourceCodec } from "../records/source.ts";
import type { Supplier } from "../records/supplier.ts";
import { supplierCodec } from "../records/supplier.ts";
import type { PlainDocument } from "../syntax/plain.ts";
import { Families, FamilyNotes } from "./call-offs.ts";
import type * as JsonLines from "./json-lines.ts";
import { decodeDefinition, decodeRecord, listsOf, type PlainRecord } from "./records.ts";
import { ReferenceTable } from "./references.ts";
import type { BesideNotices } from "./same-contracts.ts";
import type * as Stored from "./stored.ts";
import type { ReadStore, StoredNames } from "./stored.ts";
import { SeatsNamed, successionFindings } from "./successions.ts";

/** What a register is put together from. */
export interface Parts {
  readonly documents: readonly PlainDocument[];
  /** Registers in JSON Lines. */
  readonly lines: readonly LinesInput[];
  readonly notices: ScannedNotices | undefined;
  readonly stores: readonly StoreInput[];
  /** Where each register came from, by its name. */
  readonly surroundingsOf: (file: string) => Surroundings;
  /** Suppliers that notices may name by each of their names. */
  readonly aliases: readonly Supplier[];
  readonly skipBad: boolean;
  /** Whether every assumption is told, and not only the first of each rule. */
  readonly everyNote: boolean;
  /** Whether records that are wrong are left out, and not thrown. */
  readonly lenient: boolean;
  /** Where contracts of registers are to be held against those of notices. */
  readonly beside?: BesideNotices | undefined;
  /** Where all this is added to a store. */
  readonly addition?: Addition;
}

/** What a store has already to which something is added; its contracts are not read. */
export interface Addition {
  /** Where the contracts stand that stay as they are, by their ids. */
  readonly places: ReadonlyMap<string, string>;
}

type Assembled = Omit<Register, "name" | "isDefault"> & {
  /** The contracts without those of notices. */
  readonly registered: Register["contracts"];
};

/** Puts files together as one register: ids refer across all of them. What is wrong with them is added to the findings. */
export const assembleRegister = async (
  { documents, lines, notices, stores, surroundingsOf, aliases, skipBad, everyNote, lenient, beside, addition }: Parts,
  findings: Finding[],
): Promise<Assembled> => {
  const jsonLines = lines.length === 0 ? undefined : await import("./json-lines.ts");
  const lists = documents.map((document) => listsOf(document, findings));
  const registers = jsonLines?.readRegisters(lines, lists, surroundingsOf) ?? [];
  const stored = stores.length === 0 ? undefined : await import("./stored.ts");
  const readStores: ReadStore[] = [];
  for (const store of stores) if (stored !== undefined) readStores.push(await stored.readStore(store));
  const bags = [...lists, ...[...registers, ...readStores].map((each) => each.definitions)];
  const definitions = {
    sources: bags.flatMap((bag) => bag.sources),
    suppliers: bags.flatMap((bag) => bag.suppliers),
    queries: bags.flatMap((bag) => bag.queries),
    ignore: bags.flatMap((bag) => bag.ignore),
  };
  const references = collectReferences(definitions, findings);
  const storesNamed = new Map<StoreInput, StoredNames>();
  for (const store of readStores)
    if (stored !== undefined) storesNamed.set(store.input, stored.storedNames(store, references, findings));
  const order = preferredOrder(
    lists.flatMap((list) => list.prefer),
    references,
    findings,
  );
  const held = collectContracts(
    lists.flatMap((list) => list.contracts),
    references,
    findings,
    addition?.places,
  );
  for (const { origin, ledgers } of held.contracts)
    for (const { file } of ledgers) surroundingsOf(origin.locate([]).file).expect(file);
  const [onlyStore, ...otherStores] = stores;
  const isStoreAlone = otherStores.length + documents.length + lines.length === 0 && notices === undefined;
  const names = onlyStore && storesNamed.get(onlyStore);
  const isSettled = isStoreAlone && ![...references.suppliers, ...(names?.suppliers ?? [])].some(mayLoseSeats);
  const ofStores: Supplier[] = [];
  if (notices !== undefined)
    for (const [store, names] of storesNamed) {
      addAll(ofStores, names.suppliers);
      addAll(ofStores, (await stored?.mentionedIn(store, names, findings)) ?? []);
    }
  const declared = { registered: references.suppliers, aliased: aliases, named: ofStores };
  const reader = notices?.reader(declared, { skipBad, everyNote });
  const leftOut = lenient ? [] : undefined;
  const read = registers.map(({ input }) => input);
  const streams: Streams = {
    held,
    lines: read,
    jsonLines,
    references,
    notices: reader,
    beside,
    leftOut,
    stores: storesNamed,
    stored,
  };
  const unreadRows = new Map<string, readonly Finding[]>();
  const named = new SeatsNamed(references.suppliers);
  const assumed = new FamilyNotes();
  const mayCallOff =
    held.contracts.some(({ callOffOf }) => callOffOf !== undefined) ||
    [...registers, ...readStores].some((each) => each.definitions.callOffs) ||
    notices?.mayCallOff === true;
  const families = new Families((wanted) => allContracts(streams, wanted), mayCallOff, assumed);
  return {
    sources: [...references.sources].sort((a, b) => order.rank(a.id) - order.rank(b.id)),
    suppliers: references.suppliers,
    namedInStores: {
      sources: [...storesNamed.values()].flatMap((names) => names.sources),
      suppliers: [...storesNamed.values()].flatMap((names) => names.suppliers),
    },
    hasNotices: notices?.areGiven === true || stores.some(({ manifest }) => manifest.hasNotices),
    mentioned: () => reader?.mentioned() ?? [],
    supplierNamed: (name) => references.supplierNamed(name),
    supplierHint: (name) => references.supplierHint(name),
    queries: collectQueries(definitions.queries, references, findings),
    ignores: definitions.ignore.flatMap((each) => decodeRecord(ignoreCodec, each, references, findings) ?? []),
    preference: order,
    contracts: (wanted) => named.watch((some) => families.contracts(some), wanted),
    settled: onlyStore && isSettled ? stored?.settledIn(onlyStore) : undefined,
    stated: () => allContracts(streams),
    documents: () => reader?.published() ?? noDocuments(),
    callOffs: () => families.callOffs(),
    registered: () => registeredContracts(streams),
    orders: (contract, beside) => {
      const { onUnread: _, ...others } = beside ?? {};
      if (!skipBad) return ordersOf(contract, surroundingsOf, others);
      const unread: Finding[] = [];
      unreadRows.set(contract.id, unread);
      const onUnread = (finding: Finding): void => {
        unread.push(finding);
        beside?.onUnread?.(finding);
      };
      return ordersOf(contract, surroundingsOf, { ...beside, onUnread });
    },
    openLedger: async (contract, { file }) => {
      const surroundings = surroundingsOf(contract.origin.locate([]).file);
      const opened = await surroundings.open(file);
      return "refused" in opened ? undefined : { file: surroundings.expect(file), chunks: opened.chunks };
    },
    ledgerPath: (contract, { file }) => surroundingsOf(contract.origin.locate([]).file).onDisk?.(file),
    findings: () => [
      ...(lenient ? findings : []),
      ...(streams.leftOut ?? []),
      ...named.findings(skipBad),
      ...[...unreadRows.values()].flat(),
      ...readStores.flatMap((each) => each.findings),
      ...(reader?.findings() ?? []),
    ],
    assumptions: () =>
      assumed.beside([
        ...readStores.flatMap((each) => each.assumptions),
        ...(reader?.assumptions() ?? []),
        ...(beside?.assumptions() ?? []),
      ]),
    passedOver: () => [...readStores.flatMap((each) => each.passedOver), ...(reader?.passedOver() ?? [])],
  };
};

async function* noDocuments(): AsyncGenerator<PublishedDocument> {}

/** What reads orders is loaded only where there are any. */
async function* ordersOf(
  contract: Contract,
  surroundingsOf: Parts["surroundingsOf"],
  beside?: BesideOrders,
): AsyncGenerator<readonly Order[]> {
  if (contract.orders === undefined && contract.ledgers.length === 0) return;
  const { readOrders } = await import("./orders.ts");
  yield* readOrders(contract, surroundingsOf(contract.origin.locate([]).file), beside);
}

type Identified = Pick<Source | Supplier | Contract | NamedQuery, "id" | "origin">;

const duplicate = (kind: string, later: Identified, where: string): Finding => ({
  rule: "F7",
  severity: "error",
  message: `the ${kind} "${later.id}" stands twice`,
  hint: `the other one is at ${where}`,
  position: later.origin.locate([kind]),
});

const placeOf = (record: Identified, kind: string): string => {
  const { file, line } = record.origin.locate([kind]);
  return `${file}:${line}`;
};

/** The sources and suppliers of records. */
export const collectReferences = (
  definitions: {
    readonly sources: readonly PlainRecord[];
    readonly suppliers: readonly PlainRecord[];
  },
  findings: Finding[],
): ReferenceTable => {
  const references = new ReferenceTable();
  for (const record of definitions.sources) {
    const source = decodeDefinition(sourceCodec, record, references, findings);
    const earlier = source?.id ? references.addSource(source) : undefined;
    if (source && earlier) findings.push(duplicate("source", source, placeOf(earlier, "source")));
  }
  for (const record of definitions.suppliers) {
    const supplier = decodeDefinition(supplierCodec, record, references, findings);
    const earlier = supplier?.id ? references.addSupplier(supplier) : undefined;
    if (supplier && earlier) findings.push(duplicate("supplier", supplier, placeOf(earlier, "supplier")));
  }
  for (const { name, first, second } of references.indexNames()) {
    findings.push({
      rule: "T2-alias",
      severity: "error",
      message: `"${name}" names both ${first.id} and ${second.id}`,
      hint: "an alias belongs to one supplier",
      position: second.origin.locate(["supplier"]),
    });
  }
  addAll(findings, successionFindings(references));
  return references;
};

/** The order in which sources are believed: those that a register prefers, then the others as they are listed. */
const preferredOrder = (
  records: readonly PlainRecord[],
  references: ReferenceTable,
  findings: Finding[],
): Preference => {
  const listed = references.sources.map(({ id }) => id);
  const [first] = records;
  const preferred = new Set<string>();
  for (const record of records) {
    const id = decodeRecord(preferredSource, record, references, findings);
    const again = id !== undefined && preferred.has(id);
    if (id !== undefined) preferred.add(id);
    if (first !== undefined && (again || fileOf(record) !== fileOf(first)))
      findings.push(preferredTwice(record, first));
  }
  return new Preference([...preferred, ...listed.filter((id) => !preferred.has(id))]);
};

const fileOf = ({ origin }: PlainRecord): string => origin.locate([]).file;

const preferredTwice = ({ origin }: PlainRecord, first: PlainRecord): Finding => {
  const { file, line } = first.origin.locate([]);
  return {
    rule: "F7",
    severity: "error",
    message: "one list says which sources are preferred, each once",
    hint: `it begins at ${file}:${line}`,
    position: origin.locate([]),
  };
};

const collectQueries = (
  records: readonly PlainRecord[],
  references: ReferenceTable,
  findings: Finding[],
): ReadonlyMap<string, string> => {
  const queries = new Map<string, NamedQuery>();
  for (const record of records) {
    const query = decodeRecord(queryCodec, record, references, findings);
    if (query === undefined) continue;
    const earlier = queries.get(query.id);
    if (earlier === undefined) queries.set(query.id, query);
    else findings.push(duplicate("query", query, placeOf(earlier, "query")));
  }
  return new Map([...queries].map(([id, { find }]) => [id, find]));
};

/** The contracts that are held in memory, and where each id was seen. */
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
    const contract = decodeRecord(contractCodec, record, references, findings);
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
  readonly lines: readonly LinesInput[];
  readonly jsonLines: typeof JsonLines | undefined;
  readonly references: ReferenceTable;
  readonly notices: NoticeReader | undefined;
  readonly beside: BesideNotices | undefined;
  readonly stores: ReadonlyMap<StoreInput, StoredNames>;
  readonly stored: typeof Stored | undefined;
  /** What was wrong with the lines that the last reading left out; undefined where it is thrown. */
  leftOut: readonly Finding[] | undefined;
}

/** The contracts of registers; throws, at the end, or notes, all that is wrong with them. */
async function* registeredContracts(
  streams: Streams,
  seen = new Set<string>(),
  wanted?: Wanted,
): AsyncGenerator<readonly Contract[]> {
  const { held, leftOut } = streams;
  const findings: Finding[] = [];
  const repeated: Contract[] = [];
  if (held.contracts.length > 0) yield held.contracts;
  for await (const batch of contractsOnLines(streams, findings, wanted)) {
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
  { held, lines, jsonLines, references, notices, stores, stored }: Streams,
  findings: Finding[],
  wanted?: Wanted,
): AsyncGenerator<readonly Contract[]> {
  for (const input of lines) yield* jsonLines?.readContracts(input.chunks(), input.file, references, findings) ?? [];
  // Beside other data, all are needed to see which stand twice.
  const isAlone = stores.size === 1 && held.contracts.length + lines.length === 0 && notices === undefined;
  for (const [store, names] of stores)
    yield* stored?.storedContracts(store, names.references, findings, isAlone ? wanted : undefined) ?? [];
}

/** Says where contracts stood before; the lines are read once more, for their places are not kept. */
const repetitions = async (repeated: readonly Contract[], streams: Streams): Promise<readonly Finding[]> => {
  const places = new Map(streams.held.places);
  const wanted = new Set(repeated.map(({ id }) => id));
  for await (const batch of contractsOnLines(streams, []))
    for (const contract of batch)
      if (wanted.has(contract.id) && !places.has(contract.id)) places.set(contract.id, placeOf(contract, "contract"));
  return repeated.map((contract) => duplicate("contract", contract, places.get(contract.id) ?? ""));
};

/** Those of notices follow; what is wrong with notices is thrown only where nothing is left to answer from. */
async function* allContracts(streams: Streams, wanted?: Wanted): AsyncGenerator<readonly Contract[]> {
  const { held, notices } = streams;
  const beside = held.contracts.length + streams.lines.length + streams.stores.size > 0 ? streams.beside : undefined;
  const seen = new Set<string>();
  if (notices === undefined) {
    yield* registeredContracts(streams, seen, wanted);
    return;
  }
  await beside?.begin(registeredContracts(streams), notices.contracts(anywhere));
  for await (const batch of registeredContracts(streams, seen, wanted))
    yield beside === undefined ? batch : batch.map((contract) => beside.give(contract));
  let isEmpty = held.places.size === 0 && seen.size === 0;
  const isTaken = (id: string): boolean => beside?.isTaken(id) === true;
  const placeOf = (id: string) =>
    isTaken(id) ? undefined : (held.places.get(id) ?? (seen.has(id) ? "an earlier line" : undefined));
  for await (const batch of notices.contracts(placeOf)) {
    isEmpty = false;
    yield beside === undefined ? batch : batch.filter(({ id }) => !isTaken(id));
  }
  if (streams.leftOut !== undefined) return;
  const errors = notices.findings().filter(({ severity }) => severity === "error");
  if (isEmpty && errors.length > 0) throw new DataError(errors);
}

const anywhere = (): undefined => undefined;
