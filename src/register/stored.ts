import type { StoredLine, StoreInput } from "../inputs/store/store-input.ts";
import { type Finding, InputError } from "../model/errors.ts";
import { addUnder } from "../model/lists.ts";
import { parsePartialDate } from "../model/partial-date.ts";
import type { Assumption, PassedOver, Told } from "../model/publication.ts";
import { addSums, type RunningSums, readSums, sumIn } from "../model/sums.ts";
import type { Wanted } from "../model/wanted.ts";
import type { References } from "../records/codec.ts";
import type { Contract } from "../records/contract.ts";
import type { SettledFigures, SettledStore, SupplierFigures } from "../records/register.ts";
import { type Source, sourceCodec } from "../records/source.ts";
import { type Supplier, supplierCodec } from "../records/supplier.ts";
import { type Definitions, kindOf, LISTS, noDefinitions, recordOn } from "./json-lines.ts";
import { decodeContract, decodeDefinition, type PlainRecord } from "./records.ts";
import type { ReferenceTable } from "./references.ts";

/** A store, with what its contracts refer to and what was told when it was made. */
export interface ReadStore extends Told {
  readonly input: StoreInput;
  readonly definitions: Definitions;
  /** Sources and suppliers that are not declared, and that only contracts name. */
  readonly named: Pick<Definitions, "sources" | "suppliers">;
}

export const readStore = async (input: StoreInput): Promise<ReadStore> => {
  const { file, manifest } = input;
  const [definitions, named] = [noDefinitions(), noDefinitions()];
  definitions.callOffs = manifest.mayCallOff;
  for await (const lines of input.definitions())
    for (const { line, text, named: isNamed } of lines) {
      const record = recordOn(text, { file, line }, []);
      const kind = record && kindOf(record.plain);
      if (record !== undefined && kind !== undefined) (isNamed ? named : definitions)[LISTS[kind]].push(record);
    }
  return { input, definitions, named, ...(await toldIn(input)) };
};

/**
 * What the contracts of a store refer to. `references` has what is declared and what only the contracts name, `sources`
 * and `suppliers` have only the latter.
 */
export interface StoredNames {
  readonly references: ReferenceTable;
  readonly sources: readonly Source[];
  readonly suppliers: readonly Supplier[];
}

export const storedNames = ({ named }: ReadStore, declared: ReferenceTable, findings: Finding[]): StoredNames => {
  // Most stores of registers name nothing that is not declared.
  const references = named.sources.length + named.suppliers.length > 0 ? declared.copy() : declared;
  return { references, ...addNamed(references, named, findings) };
};

const addNamed = (
  references: ReferenceTable,
  { sources, suppliers }: { readonly sources: readonly PlainRecord[]; readonly suppliers: readonly PlainRecord[] },
  findings: Finding[],
): Omit<StoredNames, "references"> => ({
  sources: sources.flatMap((record) => {
    const source = decodeDefinition(sourceCodec, record, references, findings);
    return source === undefined || references.addSource(source) !== undefined ? [] : [source];
  }),
  suppliers: suppliers.flatMap((record) => {
    const supplier = decodeDefinition(supplierCodec, record, references, findings);
    return supplier === undefined || references.addSupplier(supplier) !== undefined ? [] : [supplier];
  }),
});

/** The suppliers that a store's notices name, but none of its contracts. New notices may name them, too. */
export const mentionedIn = async (
  { file, mentions }: StoreInput,
  { references }: StoredNames,
  findings: Finding[],
): Promise<readonly Supplier[]> => {
  const all = references.copy();
  const suppliers: PlainRecord[] = [];
  const place = { file, line: 1 };
  for await (const batch of mentions())
    for (const { text, sources } of batch) {
      const named = sources.flatMap((source) => recordOn(JSON.stringify({ source, title: source }), place, []) ?? []);
      addNamed(all, { sources: named, suppliers: [] }, findings);
      const record = recordOn(text, place, []);
      if (record !== undefined) suppliers.push(record);
    }
  return addNamed(all, { sources: [], suppliers }, findings).suppliers;
};

/** How many contracts to decode from their lines at once: few, so that what has been read can soon be forgotten. */
const AT_ONCE = 128;

/** The contracts of a store: all of them, or those that a question may be about. */
export async function* storedContracts(
  { file, contracts }: StoreInput,
  references: References,
  findings: Finding[],
  wanted: Wanted | undefined,
): AsyncGenerator<readonly Contract[]> {
  const contractOn = ({ line, text }: StoredLine): readonly Contract[] => {
    const record = recordOn(text, { file, line }, findings);
    const contract = record && decodeContract(record, references, findings);
    return contract === undefined ? [] : [contract];
  };
  for await (const lines of contracts(wanted))
    for (let start = 0; start < lines.length; start += AT_ONCE)
      yield lines.slice(start, start + AT_ONCE).flatMap(contractOn);
}

/**
 * The settled figures of a store; undefined where its manifest names no day. Reading them throws InputError where they
 * are not those of all its contracts and suppliers.
 */
export const settledIn = ({ file, manifest, settled, unsettled }: StoreInput): SettledStore | undefined => {
  const day = parsePartialDate(manifest.day);
  if (day === undefined) return undefined;
  const refuseUnlike = (what: string, found: bigint, expected: bigint): void => {
    if (found !== expected)
      throw new InputError(`${file} has the figures of ${found} of ${expected} ${what}`, "make the store anew");
  };
  const figures = async (ofSuppliers: boolean): Promise<SettledFigures> => {
    const whole: RunningSums = new Map();
    const suppliers = new Map<string, SupplierFigures[]>();
    let rows = 0n;
    for await (const batch of settled(ofSuppliers))
      for (const { supplier, ...own } of batch) {
        if (supplier === undefined) addSums(whole, readSums(own.text));
        else addUnder(suppliers, supplier, own);
        if (supplier !== undefined) rows++;
      }
    const contracts = BigInt(manifest.counts.contracts);
    refuseUnlike("contracts", sumIn(whole, "contracts") + BigInt(await unsettled()), contracts);
    if (ofSuppliers) refuseUnlike("suppliers", rows, sumIn(whole, "holders"));
    return { whole, suppliers };
  };
  return { day, figures };
};

export const toldIn = async (store: StoreInput): Promise<Told> => {
  const assumptions: Assumption[] = [];
  const passedOver: PassedOver[] = [];
  const findings: Finding[] = [];
  for await (const lines of store.told())
    for (const { text } of lines) {
      const told: unknown = JSON.parse(text);
      if (isAssumption(told)) assumptions.push(told);
      else if (isPassedOver(told)) passedOver.push(told);
      else if (isFinding(told)) findings.push(told);
    }
  return { assumptions, passedOver, findings };
};

const hasAll = (value: unknown, ...names: readonly string[]): value is object =>
  typeof value === "object" && value !== null && names.every((name) => name in value);

const isAssumption = (value: unknown): value is Assumption => hasAll(value, "rule", "first", "count");
const isPassedOver = (value: unknown): value is PassedOver => hasAll(value, "one", "many", "count");
const isFinding = (value: unknown): value is Finding => hasAll(value, "rule", "severity", "message");
