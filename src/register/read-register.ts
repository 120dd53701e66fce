import { looksLikeRegister } from "../inputs/content.ts";
import { type Input, inputOf, Meter, metered, type NoticeInput } from "../inputs/held-input.ts";
import { type Surroundings, surroundingsAmong } from "../inputs/surroundings.ts";
import { beginningOf, DataError, type Finding, findingOf, UsageError, withoutLine } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import { meantBy } from "../model/nearest.ts";
import type { Earlier, ScannedNotices } from "../notices/read-notices.ts";
import type { Contract } from "../records/contract.ts";
import { preferring, type Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { readJson } from "../syntax/json.ts";
import type { PlainDocument } from "../syntax/plain.ts";
import { readYamlQuickly } from "../syntax/yaml-quick.ts";
import { type Addition, assembleRegister, type Referred } from "./assemble-register.ts";
import { collectReferences } from "./definitions.ts";
import type { ReadOptions } from "./read-options.ts";
import { hasLists, listsOf } from "./records.ts";

export interface Opened {
  readonly documents: readonly PlainDocument[];
  readonly inputs: readonly Input[];
  readonly findings: Finding[];
  readonly skipped: Finding[];
  /** The name of the whole, for people. */
  readonly name: string;
  readonly isDefault: boolean;
  /** Registers of which only the suppliers' names are used. */
  readonly aliases: readonly Input[];
  /** What is already in the store that this is added to; see {@link Addition}. */
  readonly addition?: Addition & { readonly earlier: Earlier };
  readonly referred?: Referred;
}

/** A register, and what its contracts refer to, for other registers that refer to the same. */
export type ReferringRegister = Register & { readonly referred: Referred };

/** Inputs as {@link Opened}, with everything else at its default. */
export const openedAs = (name: string, inputs: readonly Input[], findings: Finding[] = []): Opened => ({
  documents: [],
  inputs,
  findings,
  skipped: [],
  name,
  isDefault: false,
  aliases: [],
});

/** Reads all that was opened, as one register. Throws what {@link openRegister} throws. */
export const readRegister = async (opened: Opened, options: ReadOptions): Promise<ReferringRegister> => {
  const { findings, skipped, name, isDefault, addition, referred } = opened;
  const meter = options.progress && new Meter(options.progress);
  const inputs = opened.inputs.map((input) => metered(input, meter));
  const scanned = await scan(
    inputs.filter((input) => input.kind === "notices"),
    addition?.earlier,
  );
  for (const packed of scanned?.registers ?? []) addAll(inputs, inputOf(packed, findings));
  const read = await readDocuments(inputs, findings, options.skipBad ? skipped : undefined);
  const assembled = await assembleRegister(
    {
      documents: [...opened.documents, ...read],
      lines: inputs.filter((input) => input.kind === "lines"),
      notices: scanned,
      stores: inputs.filter((input) => input.kind === "store"),
      surroundingsOf: surroundingsIn(inputs),
      aliases: await readAliases(opened.aliases, findings),
      skipBad: options.skipBad === true,
      everyNote: options.everyNote === true,
      lenient: options.lenient === true,
      beside: await besideNotices(options),
      ...(addition !== undefined && { addition }),
      ...(referred !== undefined && { referred }),
    },
    findings,
  );
  if (findings.length > 0 && options.lenient !== true) await throwAll(assembled.registered(), findings);
  const beside = addition === undefined ? await toldInStores(inputs, scanned) : [];
  const told = () => [...skipped, ...beside, ...assembled.findings()];
  const register = { ...assembled, findings: told, name, isDefault };
  return options.prefer === undefined ? register : { ...register, ...believe(register, options.prefer) };
};

const besideNotices = async ({ besideNotices = false, everyNote = false }: ReadOptions) =>
  besideNotices ? new (await import("./same-contracts.ts")).BesideNotices(everyNote) : undefined;

/** Warnings about notices that may tell of a store's procedures, too. Only within a store are these put together. */
const toldInStores = async (
  inputs: readonly Input[],
  notices: ScannedNotices | undefined,
): Promise<readonly Finding[]> => {
  const stores = inputs.filter((input) => input.kind === "store");
  const found: Finding[] = [];
  if (notices?.areGiven !== true) return found;
  for (const { file, procedures } of stores)
    for await (const hashes of procedures())
      if (notices.mayTellOf(hashes)) {
        const message = `some of the notices beside the store ${file} may tell of procedures that it has, too: a contract may stand twice`;
        const hint = `put them together in the store: lotbook index --add … --output ${file}`;
        found.push({ ...findingOf("F7", message, beginningOf(file), hint), severity: "warning" });
        break;
      }
  return found;
};

const surroundingsIn = (inputs: readonly Input[]): ((file: string) => Surroundings) =>
  surroundingsAmong(inputs.flatMap((input) => (input.kind === "notices" || input.kind === "store" ? [] : [input])));

/** Reading notices takes much code, which is loaded only where there are any. */
const scan = async (inputs: readonly NoticeInput[], earlier?: Earlier): Promise<ScannedNotices | undefined> =>
  inputs.length === 0 && (earlier === undefined || earlier.documents.length === 0)
    ? undefined
    : await (await import("../notices/read-notices.ts")).scanNotices(inputs, earlier);

const readAliases = async (inputs: readonly Input[], findings: Finding[]): Promise<readonly Supplier[]> => {
  const lists = (await readDocuments(inputs, findings)).map((document) => listsOf(document, findings));
  const lines = inputs.filter((input) => input.kind === "lines");
  const registers =
    lines.length === 0 ? [] : (await import("./json-lines.ts")).readRegisters(lines, lists, surroundingsIn(inputs));
  const bags = [...lists, ...registers.map(({ definitions }) => definitions)];
  const definitions = {
    sources: bags.flatMap(({ sources }) => sources),
    suppliers: bags.flatMap(({ suppliers }) => suppliers),
  };
  return collectReferences(definitions, findings).suppliers;
};

const readDocuments = async (
  inputs: readonly Input[],
  findings: Finding[],
  skipped?: Finding[],
): Promise<PlainDocument[]> => {
  const documents: PlainDocument[] = [];
  for (const input of inputs) {
    if (input.kind !== "yaml") continue;
    const read = await readDocument(input.text, input.file);
    // A file that nobody named, such as one in a folder, need not be a register.
    const stray = input.named || skipped === undefined ? undefined : strayFinding(read);
    if (stray !== undefined) skipped?.push(stray);
    else if ("document" in read) documents.push(read.document);
    else addAll(findings, read.findings);
  }
  return documents;
};

const readDocument = async (text: string, file: string): Promise<ReadText> => {
  const quick = readQuickly(text, file);
  if (quick !== undefined) return showingLines(text, { document: quick });
  // Loading the parser takes a third of the program's start-up. What is written as most registers are does without it.
  const { readYaml } = await import("../syntax/yaml.ts");
  return showingLines(text, readYaml(text, file));
};

/** A warning that says why a file is no register. Undefined where it has any of a register's lists. */
const strayFinding = (read: ReadText): Finding | undefined => {
  const [first] = "findings" in read ? read.findings : [];
  if (first !== undefined) return { ...first, severity: "warning" };
  if (!("document" in read) || hasLists(read.document)) return undefined;
  const position = read.document.locate([]);
  return { rule: "F2", severity: "warning", message: "this is not a register", position };
};

/** Reads what needs no YAML parser: JSON, and YAML as most registers are written. Undefined for anything else. */
const readQuickly = (text: string, file: string): PlainDocument | undefined => {
  if (!/^\s*\{/.test(text)) return readYamlQuickly(text, file);
  const read = readJson(text, { file, line: 1 });
  return "value" in read ? read : undefined;
};

const believe = (register: Register, source: string): Register => {
  const preferred = preferring(register, source);
  if (register.sources.some(({ id }) => id === source)) return preferred;
  if (!register.hasNotices) throw noSuchSource(register, source);
  return { ...preferred, contracts: () => contractsWithSource(register, source) };
};

/** Throws UsageError at the end if no notice is the source: only then is it known which notices there are. */
async function* contractsWithSource(register: Register, source: string): AsyncGenerator<readonly Contract[]> {
  let found = false;
  for await (const batch of register.contracts()) {
    found ||= batch.some(({ publications }) => publications.some(({ id }) => id === source));
    yield batch;
  }
  if (!found) throw noSuchSource(register, source);
}

const noSuchSource = (register: Register, source: string): UsageError => {
  const ids = register.sources.map(({ id }) => id);
  const listed = register.hasNotices ? "lotbook sources lists them" : "this register names no sources";
  const known = ids.length > 0 ? `sources here: ${ids.join(", ")}` : listed;
  return new UsageError(`there is no source "${source}"`, meantBy(source, ids, known));
};

/** Throws all findings together, and reads on to the last contract first to find them all. */
const throwAll = async (contracts: AsyncIterable<unknown>, findings: readonly Finding[]): Promise<never> => {
  try {
    for await (const _ of contracts);
  } catch (error) {
    if (error instanceof DataError) throw new DataError([...findings, ...error.findings]);
    throw error;
  }
  throw new DataError(findings);
};

type ReadText = { readonly document: PlainDocument } | { readonly findings: readonly Finding[] };

const withoutQuotes = (finding: Finding): Finding =>
  withoutLine({ ...finding, message: finding.message.replace(/:? (["'`]).*\1/s, "") });

/** What was read of a text. Its lines, and the parser's quotes from it, are kept only if it looks like a register. */
export const showingLines = (text: string, read: ReadText): ReadText => {
  if (looksLikeRegister(text)) return read;
  if ("findings" in read) return { findings: read.findings.map(withoutQuotes) };
  const { value, locate } = read.document;
  return { document: { value, locate: (path, part) => ({ ...locate(path, part), text: "" }) } };
};
