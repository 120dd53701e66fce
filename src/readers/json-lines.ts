import { addAll } from "../model/add-all.ts";
import { type Finding, findingOf } from "../model/errors.ts";
import type { Origin } from "../model/origin.ts";
import type { Contract } from "../records/contract.ts";
import { contractCodec } from "../records/contract.ts";
import { Decoding, type References } from "../records/decode.ts";
import { ledgersCodec } from "../records/order.ts";
import { isList, isMap, MAX_DEPTH, type Plain, type PlainDocument } from "../syntax/plain.ts";
import { decodeUtf8 } from "./bytes.ts";
import type { LinesInput } from "./inputs.ts";
import { type LinePlace, readJsonExactly } from "./json.ts";
import { blocksOf } from "./line-blocks.ts";
import { MOST_FINDINGS, readNoFurther } from "./most-findings.ts";
import { decodeRecord, type PlainRecord, type RecordLists } from "./records.ts";
import { NO_REFERENCES } from "./references.ts";
import type { Surroundings } from "./surroundings.ts";
import { type TextBlock, textBlocks } from "./text-blocks.ts";

const LINE_FEED = 10;
const CONTRACT = '{"contract"';
const LEDGER = '"ledger"';

const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

/** Calls back with every line that is not blank, a carriage return aside, and its number in the text from 0. */
export const eachLine = (text: string, visit: (line: string, index: number) => void): void => {
  let index = 0;
  for (let start = 0; start < text.length; index++) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
    if (line !== "" && line.trim() !== "") visit(line, index);
    start = end + 1;
  }
};

/** The record on a line; undefined, with the findings, where the line is no JSON. */
export const recordOn = (line: string, place: LinePlace, findings: Finding[]): PlainRecord | undefined => {
  const plain = parseQuickly(line);
  if (plain !== undefined) return { plain, origin: originOf(line, place) };
  const read = readJsonExactly(line, place);
  if ("document" in read) {
    const { value, locate } = read.document;
    return { plain: value, origin: { locate: (path, part = "value") => locate(path, part) } };
  }
  addAll(findings, read.findings);
  return undefined;
};

/** Says where things stand on a line; the line is read again, with positions, when first asked. */
const originOf = (line: string, place: LinePlace): Origin => {
  let document: PlainDocument | undefined;
  return {
    locate: (path, part = "value") => {
      if (document === undefined) {
        const read = readJsonExactly(line, place);
        document = "document" in read ? read.document : undefined;
      }
      return document?.locate(path, part) ?? { ...place, column: 1, text: line };
    },
  };
};

/** What `JSON.parse` reads on the line, where that is all that was written: no key stood twice, no number lost digits. */
const parseQuickly = (line: string): Plain | undefined => {
  let plain: Plain;
  try {
    plain = JSON.parse(line);
  } catch {
    return undefined;
  }
  const entries = countEntries(plain);
  return countColons(line) === entries || countKeys(line) === entries ? plain : undefined;
};

/** How many entries the maps have together; not a number where something else than text, lists and maps stands, or too deep. */
const countEntries = (plain: Plain, depth = 0): number => {
  if (typeof plain === "string") return 0;
  if (typeof plain !== "object" || depth > MAX_DEPTH) return Number.NaN;
  let count = 0;
  if (isList(plain)) for (const item of plain) count += countEntries(item, depth + 1);
  else for (const key in plain) count += 1 + countEntries(plain[key] ?? null, depth + 1);
  return plain === null ? 0 : count;
};

const countColons = (line: string): number => {
  let count = 0;
  for (let at = line.indexOf(":"); at !== -1; at = line.indexOf(":", at + 1)) count++;
  return count;
};

/** How many colons stand outside of strings. */
const countKeys = (line: string): number => {
  let count = 0;
  let inString = false;
  for (let offset = 0; offset < line.length; offset++) {
    const char = line[offset];
    if (char === "\\") offset++;
    else if (char === '"') inString = !inString;
    else if (char === ":" && !inString) count++;
  }
  return count;
};

interface Definitions {
  readonly sources: PlainRecord[];
  readonly suppliers: PlainRecord[];
  readonly queries: PlainRecord[];
  readonly ignore: PlainRecord[];
  /** Contracts that name ledgers. */
  readonly naming: PlainRecord[];
}

/** A file in JSON Lines, and what it defines. */
export interface DefiningFile {
  readonly input: LinesInput;
  readonly definitions: Definitions;
}

/** What files in JSON Lines define, without those that are the ledgers of contracts in any of them or in other lists. */
export const readRegisters = (
  inputs: readonly LinesInput[],
  lists: readonly RecordLists[],
  surroundingsOf: (file: string) => Surroundings,
): readonly DefiningFile[] => {
  const all = inputs.map((input) => ({ input, definitions: readDefinitions(input.chunks(), input.file) }));
  const naming = [...all.map(({ definitions }) => definitions.naming), ...lists.map(({ contracts }) => contracts)];
  const ledgers = new Set(naming.flat().flatMap((record) => ledgersNamedBy(record, surroundingsOf)));
  return all.filter(({ input }) => !ledgers.has(input.file));
};

/**
 * First reading: the sources and suppliers, which contracts on any line of any file may name. Lines that begin as a
 * contract are passed over, not even decoded unless they name a ledger; what else is no record is reported in the second
 * reading.
 */
const readDefinitions = (chunks: Iterable<Buffer>, file: string): Definitions => {
  const found: Definitions = { sources: [], suppliers: [], queries: [], ignore: [], naming: [] };
  let broken = 0;
  let line = 0;
  for (const block of blocksOf(chunks, () => {})) {
    const namesLedgers = block.includes(LEDGER);
    for (let start = 0, end = 0; start < block.length; start = end) {
      line++;
      end = block.indexOf(LINE_FEED, start) + 1 || block.length;
      const isContract = block.toString("latin1", start, start + CONTRACT.length) === CONTRACT;
      // The second reading comes no further, either.
      if (broken > MOST_FINDINGS) return found;
      if (isContract && !(namesLedgers && block.subarray(start, end).includes(LEDGER))) continue;
      const written = decodeUtf8(block.subarray(start, end)) ?? "";
      eachLine(line === 1 ? withoutMark(written) : written, (text) => {
        const record = recordOn(text, { file, line }, []);
        const kind = record && kindOf(record.plain);
        if (record === undefined || kind === undefined) broken++;
        else found[LISTS[kind]].push(record);
      });
    }
  }
  return found;
};

/** The paths of the ledgers that a contract names: in a folder they stand beside registers and are none. */
const ledgersNamedBy = (
  { plain, origin }: PlainRecord,
  surroundingsOf: (file: string) => Surroundings,
): readonly string[] => {
  const named = isMap(plain) ? plain["ledger"] : undefined;
  if (named === undefined) return [];
  const ledgers = ledgersCodec.decode(named, new Decoding(NO_REFERENCES, origin)) ?? [];
  return ledgers.map(({ file }) => surroundingsOf(origin.locate([]).file).expect(file));
};

type LineKind = "source" | "supplier" | "query" | "rule" | "contract";

const LISTS = {
  source: "sources",
  supplier: "suppliers",
  query: "queries",
  rule: "ignore",
  contract: "naming",
} as const;

const kindOf = (plain: Plain): LineKind | undefined => {
  if (!isMap(plain)) return undefined;
  // An entry of "ignore" may name a contract or a supplier, which have no "rule".
  if (plain["rule"] !== undefined) return "rule";
  if (plain["contract"] !== undefined) return "contract";
  // A supplier's "source" says who speaks; a source has no "supplier".
  if (plain["supplier"] !== undefined) return "supplier";
  if (plain["query"] !== undefined) return "query";
  return plain["source"] === undefined ? undefined : "source";
};

/**
 * Reads the records on the lines of blocks, and gives what they make of each block, until there are too many findings:
 * then that is told, and nothing more is read.
 */
export function* readLines<T>(
  blocks: Iterable<TextBlock>,
  file: string,
  findings: Finding[],
  read: (record: PlainRecord) => T | undefined,
): Generator<readonly T[]> {
  const most = findings.length + MOST_FINDINGS;
  for (const { text, firstLine } of blocks) {
    const items: T[] = [];
    let stopped = false;
    eachLine(text, (line, index) => {
      if (stopped) return;
      const place = { file, line: firstLine + index };
      stopped = findings.length >= most;
      if (stopped) {
        findings.push(readNoFurther(file, { ...place, column: 1, text: line }));
        return;
      }
      const record = recordOn(line, place, findings);
      const item = record && read(record);
      if (item !== undefined) items.push(item);
    });
    yield items;
    if (stopped) return;
  }
}

/** Second reading: the contracts, a block of lines at a time. Problems of all lines are collected. */
export function* readContracts(
  chunks: Iterable<Buffer>,
  file: string,
  references: References,
  findings: Finding[],
): Generator<readonly Contract[]> {
  const blocks = textBlocks(chunks, file, findings);
  yield* readLines(blocks, file, findings, (record) => contractOf(record, references, findings));
}

/** The contract that the record is; undefined for sources and suppliers, and, with a finding, for anything else. */
const contractOf = (record: PlainRecord, references: References, findings: Finding[]): Contract | undefined => {
  const kind = kindOf(record.plain);
  if (kind === "contract") return decodeRecord(contractCodec, record, references, findings);
  const position = () => record.origin.locate([]);
  if (kind === undefined) {
    const hint = 'a line is one object with "contract", "supplier", "source", "query" or "rule"';
    findings.push(findingOf("F2", "this line is no record of a register", position(), hint));
  }
  if (kind === "rule" && isMap(record.plain) && Object.keys(record.plain)[0] === "contract") {
    const message = "a line that begins with a contract's id is one, and this is a rule to ignore";
    findings.push(findingOf("F2", message, position(), 'write "rule" before "contract"'));
  }
  return undefined;
};
