/**
 * JSON Lines are read twice: first for sources and suppliers, which any line may name, and then for contracts, which
 * are used and forgotten. `JSON.parse` is fast, but may lose digits and repeated keys. Where a text leaves any doubt (a
 * number that JavaScript may write otherwise, a repeated key, a mistake), it is read again exactly, with jsonc-parser
 * (`syntax/json.ts`).
 *
 * Before either, a contract whose line is written as most programs write it is read straight from the letters of the
 * line (`syntax/json-cursor.ts`, each codec's `decodeQuickly`, `records/record-shapes.ts`). Values that recur are
 * recognised before any text is made of them, and records of one shape are copies of an empty one. A contract that a
 * question's ids rule out is checked in the same way, but only a sketch is made of it. Anything else about a line, or
 * anything wrong with it, is a doubt, and the line is read like any other. Properties hold all these readers to the
 * same contracts.
 */

import { decodeUtf8, withoutMark } from "../inputs/bytes.ts";
import { looksLikeRegister } from "../inputs/content.ts";
import type { LinesInput } from "../inputs/held-input.ts";
import type { Surroundings } from "../inputs/surroundings.ts";
import { blocksOf, MOST_FINDINGS, readNoFurther, type TextBlock, textBlocks } from "../inputs/text-blocks.ts";
import { type Finding, findingOf, withoutLine } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import { askedById, type Wanted } from "../model/wanted.ts";
import { Decoding, type References } from "../records/codec.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import { ledgersCodec } from "../records/order.ts";
import { type LinePlace, locateLater, readJson } from "../syntax/json.ts";
import { JsonCursor } from "../syntax/json-cursor.ts";
import { isMap, type Plain } from "../syntax/plain.ts";
import { decodeContract, decodeLine, type PlainRecord, type RecordLists, type TextLine } from "./records.ts";
import { NO_REFERENCES } from "./references.ts";

const [LINE_FEED, SPACE] = [10, 32];
const CONTRACT = '{"contract"';
// The ends of keys. Their beginnings are so common that a search for them would stop all the time.
const LEDGER = 'ger"';
const CALL_OFF = 'OffOf"';

const beginsContract = (block: Buffer, start: number): boolean => {
  for (let index = 0; index < CONTRACT.length; index++)
    if (block[start + index] !== CONTRACT.charCodeAt(index)) return false;
  return true;
};

/**
 * Visits every line that is not blank, without its carriage return, with its number in the text (from 0) and its
 * offset.
 */
const eachLine = (text: string, visit: (line: string, index: number, start: number) => void): void => {
  let index = 0;
  for (let start = 0; start < text.length; index++) {
    if (text.charCodeAt(start) === LINE_FEED) {
      start++;
      continue;
    }
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
    if (line.charCodeAt(0) > SPACE || line.trim() !== "") visit(line, index, start);
    start = end + 1;
  }
};

/** The record on a line. Undefined where the line is not JSON, which is added to the findings. */
export const recordOn = (line: string, place: LinePlace, findings: Finding[]): PlainRecord | undefined => {
  const read = readJson(line, place);
  if ("value" in read) return { plain: read.value, origin: { locate: read.locate } };
  addAll(findings, read.findings);
  return undefined;
};

/** A line that was read: its number and its text. */
interface KnownLine {
  readonly line: number;
  readonly text: string;
}

export interface Definitions {
  readonly sources: PlainRecord[];
  readonly suppliers: PlainRecord[];
  readonly queries: PlainRecord[];
  readonly ignore: PlainRecord[];
  /** Contracts that name ledgers. */
  readonly naming: PlainRecord[];
  /** Whether any contract may be a call-off. */
  callOffs: boolean;
  /** The lines of sources and suppliers, in order. The second reading passes over them. */
  readonly known: KnownLine[];
}

export const noDefinitions = (): Definitions => ({
  sources: [],
  suppliers: [],
  queries: [],
  ignore: [],
  naming: [],
  callOffs: false,
  known: [],
});

/**
 * Reads what files in JSON Lines define. Leaves out files that are ledgers of contracts in any of them or in the lists.
 */
export const readRegisters = (
  inputs: readonly LinesInput[],
  lists: readonly RecordLists[],
  surroundingsOf: (file: string) => Surroundings,
): readonly { readonly input: LinesInput; readonly definitions: Definitions }[] => {
  const all = inputs.map((input) => ({ input, definitions: readDefinitions(input.chunks(), input.file) }));
  const naming = [...all.map(({ definitions }) => definitions.naming), ...lists.map(({ contracts }) => contracts)];
  const ledgers = new Set(naming.flat().flatMap((record) => ledgersNamedBy(record, surroundingsOf)));
  return all.filter(({ input }) => !ledgers.has(input.file));
};

/**
 * First reading: the sources and suppliers, which contracts on any line of any file may name. Lines that begin as a
 * contract are passed over, and not even decoded unless they name a ledger. Lines that are no record are reported by
 * the second reading.
 */
const readDefinitions = (chunks: Iterable<Buffer>, file: string): Definitions => {
  const found = noDefinitions();
  let broken = 0;
  let line = 1;
  const readText = (text: string): void =>
    eachLine(line === 1 ? withoutMark(text) : text, (written, index) => {
      // The second reading stops here, too.
      if (broken > MOST_FINDINGS) return;
      const place = { file, line: line + index };
      const record = recordOn(written, place, []);
      const kind = record && kindOf(record.plain);
      if (record === undefined || kind === undefined) broken++;
      else found[LISTS[kind]].push(record);
      if (kind === "supplier" || kind === "source") found.known.push({ line: place.line, text: written });
    });
  for (const block of blocksOf(chunks, () => {})) {
    const namesLedgers = block.includes(LEDGER);
    found.callOffs ||= block.includes(CALL_OFF);
    const isRead = (start: number, end: number): boolean =>
      !beginsContract(block, start) || (namesLedgers && block.subarray(start, end).includes(LEDGER));
    for (let start = 0, end = 0; start < block.length; start = end) {
      if (broken > MOST_FINDINGS) return found;
      end = blankLineEnd(block, start);
      if (end === start) {
        end = lineEnd(block, start);
        if (isRead(start, end)) readText(decodeUtf8(block.subarray(start, end)) ?? "");
      }
      line++;
    }
  }
  return found;
};

const lineEnd = (block: Buffer, start: number): number => block.indexOf(LINE_FEED, start) + 1 || block.length;

const BLANKS: ReadonlySet<number | undefined> = new Set([0x09, 0x0d, 0x20]);

/**
 * The end of the line that begins at an offset if that line is blank, and otherwise the offset itself. A short archive
 * can unpack to very many blank lines.
 */
const blankLineEnd = (block: Buffer, start: number): number => {
  let at = start;
  while (block[at] !== LINE_FEED && BLANKS.has(block[at])) at++;
  return block[at] === LINE_FEED || at === block.length ? at + 1 : start;
};

/** The paths of the ledgers that a contract names. In a folder they stand beside registers, but are none. */
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

export const LISTS = {
  source: "sources",
  supplier: "suppliers",
  query: "queries",
  rule: "ignore",
  contract: "naming",
} as const;

export const kindOf = (plain: Plain): LineKind | undefined => {
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
 * Reads the records on the lines of blocks, and yields for each block what `read` or `readQuickly` makes of them. When
 * there are too many findings, a last one says so, and nothing more is read.
 */
export function* readLines<T>(
  blocks: Iterable<TextBlock>,
  file: string,
  findings: Finding[],
  read: (record: PlainRecord) => T | undefined,
  readQuickly: (line: TextLine, place: LinePlace) => T | undefined = () => undefined,
  known: readonly KnownLine[] = [],
): Generator<readonly T[]> {
  const most = findings.length + MOST_FINDINGS;
  let passed = 0;
  for (const { text, firstLine } of blocks) {
    const before = findings.length;
    const items: T[] = [];
    let stopped = false;
    eachLine(text, (line, index, start) => {
      if (stopped) return;
      const place = { file, line: firstLine + index };
      stopped = findings.length >= most;
      if (stopped) {
        findings.push(readNoFurther(file, { ...place, column: 1, text: line }));
        return;
      }
      while ((known[passed]?.line ?? place.line) < place.line) passed++;
      if (known[passed]?.line === place.line && known[passed]?.text === line) return;
      const quick = readQuickly({ text, start, line }, place);
      const record = quick === undefined ? recordOn(line, place, findings) : undefined;
      const item = quick ?? (record && read(record));
      if (item !== undefined) items.push(item);
    });
    if (findings.length > before && !looksLikeRegister(text))
      for (const [index, finding] of findings.entries()) if (index >= before) findings[index] = withoutLine(finding);
    yield items;
    if (stopped) return;
  }
}

/**
 * Second reading: the contracts, a block of lines at a time. The problems of all lines are collected. Contracts that
 * the question is not about may come as sketches, which have their ids and those of their lots.
 */
export function* readContracts(
  chunks: Iterable<Buffer>,
  file: string,
  references: References,
  findings: Finding[],
  wanted?: Wanted,
  known?: readonly KnownLine[],
): Generator<readonly Contract[]> {
  const blocks = textBlocks(chunks, file, findings);
  const read = (record: PlainRecord) => contractOf(record, references, findings);
  const isWanted = wanted !== undefined && "narrowing" in wanted ? askedById(wanted.narrowing) : undefined;
  yield* readLines(blocks, file, findings, read, quickReader(references, isWanted), known);
}

/** After this many lines it is checked whether most contracts are wanted. If so, no more sketches are made. */
const FEW = 100;

/**
 * Reads contracts that are written as most programs write them; undefined for any other. A property holds it to the
 * exact reader.
 */
const quickReader = (
  references: References,
  isWanted: ((contract: Contract) => boolean) | undefined,
): ((line: TextLine, place: LinePlace) => Contract | undefined) => {
  const json = new JsonCursor();
  const decode = (line: TextLine, place: LinePlace, extent: "whole" | "sketch"): Contract | undefined =>
    decodeLine(contractCodec, json, line, references, { locate: locateLater(line.line, place) }, extent);
  let [tried, whole] = [0, 0];
  return (line, place) => {
    if (!line.line.startsWith(CONTRACT)) return undefined;
    if (isWanted === undefined || (tried >= FEW && whole * 2 > tried)) return decode(line, place, "whole");
    const sketch = decode(line, place, "sketch");
    tried++;
    if (sketch !== undefined && !isWanted(sketch)) return sketch;
    whole++;
    return decode(line, place, "whole");
  };
};

/** The contract in a record. Undefined for other records, and, with a finding, for what is no record of a register. */
const contractOf = (record: PlainRecord, references: References, findings: Finding[]): Contract | undefined => {
  const kind = kindOf(record.plain);
  if (kind === "contract") return decodeContract(record, references, findings);
  const position = () => record.origin.locate([]);
  if (kind === undefined) {
    const hint = 'a line is one object with "contract", "supplier", "source", "query" or "rule"';
    findings.push(findingOf("F2", "this line is not a record of a register", position(), hint));
  }
  if (kind === "rule" && isMap(record.plain) && Object.keys(record.plain)[0] === "contract") {
    const message = "a line that begins with a contract's id is one, and this is a rule to ignore";
    findings.push(findingOf("F2", message, position(), 'write "rule" before "contract"'));
  }
  return undefined;
};
