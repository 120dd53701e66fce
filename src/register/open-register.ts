import { BUILTIN_REGISTER } from "../inputs/data-words.ts";
import { type Input, inputOf, metered, type NoticeInput, openPaths } from "../inputs/inputs.ts";
import { Meter } from "../inputs/meter.ts";
import { NO_SURROUNDINGS, type Surroundings, surroundingsAmong } from "../inputs/surroundings.ts";
import { addAll } from "../model/add-all.ts";
import { DataError, type Finding, InputError, UsageError } from "../model/errors.ts";
import { nearest } from "../model/nearest.ts";
import type { Progress } from "../model/progress.ts";
import type { ScannedNotices } from "../notices/read-notices.ts";
import type { Contract } from "../records/contract.ts";
import { preferring, type Register } from "../records/register.ts";
import type { Supplier } from "../records/supplier.ts";
import { readJson } from "../syntax/json.ts";
import type { PlainDocument } from "../syntax/plain.ts";
import { readYamlQuickly } from "../syntax/yaml-quick.ts";
import { assembleRegister, collectReferences } from "./assemble-register.ts";
import { DEFAULT_REGISTER, readDefaultRegister } from "./default-register.ts";
import { hasLists, listsOf } from "./records.ts";
import { type ReadText, showingLines } from "./shown-lines.ts";

/** How to open a register. */
export interface OpenOptions {
  /** The id of the source to believe first, before the order in which the register lists its sources. */
  readonly prefer?: string;
  /** Whether findings will be reported: then the default register, too, is read with exact positions. */
  readonly positions?: boolean;
  /** Opens what the path `-` reads from. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
  /** Registers whose suppliers notices may name by any of their names and aliases; nothing else of them is read. */
  readonly aliases?: readonly string[];
  /** Whether notices and archives, files in folders, and rows of ledgers that cannot be read are only worth a warning. */
  readonly skipBad?: boolean;
  /** Whether every assumption about notices is told, and not only the first of each rule, in bounded memory. */
  readonly everyNote?: boolean;
  /** Whether records of registers that are wrong are left out and told by `Register.findings`, instead of thrown. */
  readonly lenient?: boolean;
  /** Told, again and again, how far the reading has come. */
  readonly progress?: (progress: Progress) => void;
}

/**
 * Opens registers and published notices as one register: files, folders, archives, `git:REV:path` for what they were at
 * a revision, `-` for `options.stdin`, or `builtin:cloud-i`, the register that lotbook ships, also where no path is given. What each is, its content tells. Ids refer across all files.
 *
 * YAML is read here; contracts in JSON Lines and notices are read when they are asked for, and not kept.
 * Throws {@link DataError} with every finding of every register (unless it is opened leniently), InputError for what cannot be read,
 * and UsageError for a source that does not exist. What is wrong with notices is told by `Register.findings`.
 */
export const openRegister = async (
  paths: string | readonly string[] = [],
  options: OpenOptions = {},
): Promise<Register> => {
  const named = typeof paths === "string" ? [paths] : paths;
  const wanted = named.length === 0 ? [BUILTIN_REGISTER] : named;
  const shipped = wanted.filter(isBuiltin);
  const findings: Finding[] = [];
  const skipped: Finding[] = [];
  const meter = options.progress && new Meter(options.progress);
  const { documents, inputs } =
    shipped.length > 0 ? openDefault(options.positions === true) : { documents: [], inputs: [] };
  const others = wanted.filter((path) => !isBuiltin(path));
  addAll(inputs, await openPaths(others, options.stdin, findings, options.skipBad ? skipped : undefined));
  for (const [index, input] of inputs.entries()) inputs[index] = metered(input, meter);
  const scanned = await scan(inputs.filter((input) => input.kind === "notices"));
  for (const packed of scanned?.registers ?? []) addAll(inputs, inputOf(packed, findings));
  const assembled = await assembleRegister(
    {
      documents: [...documents, ...(await readDocuments(inputs, findings, options.skipBad ? skipped : undefined))],
      lines: inputs.filter((input) => input.kind === "lines"),
      notices: scanned,
      surroundingsOf: surroundingsIn(inputs),
      aliases: await readAliases(options.aliases ?? [], findings),
      skipBad: options.skipBad === true,
      everyNote: options.everyNote === true,
      lenient: options.lenient === true,
    },
    findings,
  );
  if (findings.length > 0 && options.lenient !== true) await throwAll(assembled.registered(), findings);
  const told = () => [...skipped, ...assembled.findings()];
  const register = {
    ...assembled,
    findings: told,
    name: others.length === 0 ? "the default register" : wanted.join(", "),
    isDefault: others.length === 0,
  };
  return options.prefer === undefined ? register : believe(register, options.prefer);
};

/** Throws InputError for a name of what lotbook does not ship. */
const isBuiltin = (path: string): boolean => {
  if (!path.startsWith("builtin:")) return false;
  if (path === BUILTIN_REGISTER) return true;
  throw new InputError(`lotbook ships no register "${path.slice("builtin:".length)}"`, `there is ${BUILTIN_REGISTER}`);
};

const openDefault = (positions: boolean): { documents: PlainDocument[]; inputs: Input[] } => {
  const read = readDefaultRegister(positions);
  if ("document" in read) return { documents: [read.document], inputs: [] };
  return {
    documents: [],
    inputs: [{ kind: "yaml", file: DEFAULT_REGISTER, named: true, text: read.text, surroundings: NO_SURROUNDINGS }],
  };
};

const surroundingsIn = (inputs: readonly Input[]): ((file: string) => Surroundings) =>
  surroundingsAmong(inputs.flatMap((input) => (input.kind === "notices" ? [] : [input])));

/** Notices take much code to read; registers go without it. */
const scan = async (inputs: readonly NoticeInput[]): Promise<ScannedNotices | undefined> =>
  inputs.length === 0 ? undefined : await (await import("../notices/read-notices.ts")).scanNotices(inputs);

/** The suppliers of the registers that a user names for their aliases. */
const readAliases = async (paths: readonly string[], findings: Finding[]): Promise<readonly Supplier[]> => {
  const inputs = await openPaths(paths, undefined, findings);
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
    // What nobody named need not be a register.
    const stray = input.named || skipped === undefined ? undefined : strayFinding(read);
    if (stray !== undefined) skipped?.push(stray);
    else if ("document" in read) documents.push(read.document);
    else addAll(findings, read.findings);
  }
  return documents;
};

/** The document of a text, or what is wrong with it. */
const readDocument = async (text: string, file: string): Promise<ReadText> => {
  const quick = readQuickly(text, file);
  if (quick !== undefined) return showingLines(text, { document: quick });
  // The parser is a third of the program's start-up; what is written as most registers are goes without it.
  const { readYaml } = await import("../syntax/yaml.ts");
  return showingLines(text, readYaml(text, file));
};

/** Why a file is none of a register's; undefined where it has any of the lists of one. */
const strayFinding = (read: ReadText): Finding | undefined => {
  const [first] = "findings" in read ? read.findings : [];
  if (first !== undefined) return { ...first, severity: "warning" };
  if (!("document" in read) || hasLists(read.document)) return undefined;
  const position = read.document.locate([], "value");
  return { rule: "F2", severity: "warning", message: "this is not a register", position };
};

/** What needs no parser of YAML: JSON, and YAML as registers are mostly written. */
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

/** Which notices there are is known only once all have been read. */
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
  const near = nearest(source, ids);
  const known =
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : ids.length > 0
        ? `sources here: ${ids.join(", ")}`
        : register.hasNotices
          ? "lotbook sources lists them"
          : "this register names no sources";
  return new UsageError(`there is no source "${source}"`, known);
};

/** Reads on to the last contract, so that all findings come together. */
const throwAll = async (contracts: AsyncIterable<unknown>, findings: readonly Finding[]): Promise<never> => {
  try {
    for await (const _ of contracts);
  } catch (error) {
    if (error instanceof DataError) throw new DataError([...findings, ...error.findings]);
    throw error;
  }
  throw new DataError(findings);
};
