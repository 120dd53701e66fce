import { Preference } from "../model/claim.ts";
import type { Contract, Source, Supplier } from "../model/contract.ts";
import { DataError, type Finding, InputError, UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import { preferring, type Register } from "../model/register.ts";
import { DEFAULT_REGISTER, readDefaultRegister } from "./default-register.ts";
import { contractCodec } from "./format/contract.ts";
import { type NamedQuery, queryCodec } from "./format/query.ts";
import { sourceCodec } from "./format/source.ts";
import { supplierCodec } from "./format/supplier.ts";
import { expandPath, type Input, inputOf, openInput, readStdin, STDIN_NAME } from "./inputs.ts";
import type * as JsonLines from "./json-lines.ts";
import type { PlainDocument } from "./plain.ts";
import { decodeDefinition, decodeRecord, listsOf, type PlainRecord } from "./records.ts";
import { ReferenceTable } from "./references.ts";
import { successionFindings } from "./successions.ts";

/** How to open a register. */
export interface OpenOptions {
  /** The id of the source to believe first, before the order in which the register lists its sources. */
  readonly prefer?: string;
  /** Whether findings will be reported: then the default register, too, is read with exact positions. */
  readonly positions?: boolean;
  /** Opens what the path `-` reads from. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
}

/**
 * Opens one or more registers as one: files, folders of `*.yaml`, `*.yml` and `*.jsonl`, or `-` for `options.stdin`;
 * without a path the register that lotbook ships. Ids refer across all files.
 *
 * YAML is read here; contracts in JSON Lines are read when they are asked for, and not kept.
 * Throws {@link DataError} with every finding of every file, InputError for what cannot be read,
 * and UsageError for a source that does not exist.
 */
export const openRegister = async (
  paths: string | readonly string[] = [],
  options: OpenOptions = {},
): Promise<Register> => {
  const wanted = typeof paths === "string" ? [paths] : paths;
  const findings: Finding[] = [];
  const inputs: Input[] = [];
  for (const path of wanted) {
    if (path === "-") {
      if (options.stdin === undefined) throw new InputError('"-" names standard input, and none was given');
      const input = inputOf(await readStdin(options.stdin), STDIN_NAME, findings);
      if (input !== undefined) inputs.push(input);
      continue;
    }
    for (const file of expandPath(path)) {
      const input = openInput(file, findings);
      if (input !== undefined) inputs.push(input);
    }
  }
  const documents: PlainDocument[] = [];
  if (wanted.length === 0) {
    const read = readDefaultRegister(options.positions === true);
    if ("document" in read) documents.push(read.document);
    else inputs.push({ kind: "yaml", file: DEFAULT_REGISTER, text: read.text });
  }
  documents.push(...(await readDocuments(inputs, findings)));
  const name = wanted.length === 0 ? "the default register" : wanted.join(", ");
  const lines = inputs.some(({ kind }) => kind === "lines") ? await import("./json-lines.ts") : undefined;
  const register = assemble(documents, inputs, lines, findings, name, wanted.length === 0);
  if (findings.length > 0) await throwAll(register, findings);
  return options.prefer === undefined ? register : believe(register, options.prefer);
};

const readDocuments = async (inputs: readonly Input[], findings: Finding[]): Promise<PlainDocument[]> => {
  const documents: PlainDocument[] = [];
  for (const input of inputs) {
    if (input.kind !== "yaml") continue;
    // The parser is a third of the program's start-up; JSON Lines and the default register go without it.
    const { readYaml } = await import("./yaml.ts");
    const read = readYaml(input.text, input.file);
    if ("document" in read) documents.push(read.document);
    else findings.push(...read.findings);
  }
  return documents;
};

const believe = (register: Register, source: string): Register => {
  const ids = register.sources.map(({ id }) => id);
  if (ids.includes(source)) return preferring(register, source);
  const near = nearest(source, ids);
  const known =
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : ids.length > 0
        ? `sources here: ${ids.join(", ")}`
        : "this register names no sources";
  throw new UsageError(`there is no source "${source}"`, known);
};

/** Reads on to the last contract, so that all findings come together. */
const throwAll = async (register: Register, findings: readonly Finding[]): Promise<never> => {
  try {
    for await (const _ of register.contracts());
  } catch (error) {
    if (error instanceof DataError) throw new DataError([...findings, ...error.findings]);
    throw error;
  }
  throw new DataError(findings);
};

const assemble = (
  documents: readonly PlainDocument[],
  inputs: readonly Input[],
  lines: typeof JsonLines | undefined,
  findings: Finding[],
  name: string,
  isDefault: boolean,
): Register => {
  const lists = documents.map((document) => listsOf(document, findings));
  const definitions = {
    sources: lists.flatMap((list) => list.sources),
    suppliers: lists.flatMap((list) => list.suppliers),
    queries: lists.flatMap((list) => list.queries),
  };
  const lineInputs = inputs.filter((input) => input.kind === "lines");
  for (const input of lineInputs) lines?.readDefinitions(input.chunks(), input.file, definitions);
  const references = collectReferences(definitions, findings);
  const register = collectContracts(
    lists.flatMap((list) => list.contracts),
    references,
    findings,
  );
  return {
    name,
    isDefault,
    sources: references.sources,
    suppliers: references.suppliers,
    queries: collectQueries(definitions.queries, references, findings),
    preference: new Preference(references.sources.map(({ id }) => id)),
    contracts: () => streamContracts(register, lineInputs, lines, references),
    findings: () => [],
  };
};

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

const collectReferences = (
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
      hint: "a name or alias belongs to one supplier",
      position: second.origin.locate(["supplier"]),
    });
  }
  findings.push(...successionFindings(references));
  return references;
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
): HeldContracts => {
  const contracts: Contract[] = [];
  const places = new Map<string, string>();
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

async function* streamContracts(
  held: HeldContracts,
  inputs: readonly (Input & { readonly kind: "lines" })[],
  lines: typeof JsonLines | undefined,
  references: ReferenceTable,
): AsyncGenerator<readonly Contract[]> {
  const findings: Finding[] = [];
  if (held.contracts.length > 0) yield held.contracts;
  const seen = new Set<string>();
  for (const input of inputs) {
    for (const batch of lines?.readContracts(input.chunks(), input.file, references, findings) ?? []) {
      for (const contract of batch) {
        if (held.places.has(contract.id) || seen.has(contract.id)) {
          findings.push(duplicate("contract", contract, held.places.get(contract.id) ?? "an earlier line"));
        }
        seen.add(contract.id);
      }
      if (findings.length === 0) yield batch;
    }
  }
  if (findings.length > 0) throw new DataError(findings);
}
