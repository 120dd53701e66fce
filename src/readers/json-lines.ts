import type { Contract, Origin } from "../model/contract.ts";
import type { Finding } from "../model/errors.ts";
import { decodeUtf8, encodingFinding } from "./bytes.ts";
import { Decoding, type References } from "./decode.ts";
import { readJsonExactly } from "./json.ts";
import { isMap, type Plain, type PlainDocument } from "./plain.ts";
import { decodeRecord, type PlainRecord } from "./records.ts";
import { contractCodec } from "./register-format.ts";

const MAX_LINE_BYTES = 64 * 2 ** 20;

/** A run of whole lines: their text, and the number of the first. */
interface Block {
  readonly text: string;
  readonly firstLine: number;
}

/** Cuts chunks of bytes into blocks of whole lines; bytes that are no text, and endless lines, are reported. */
function* blocksOf(chunks: Iterable<Buffer>, file: string, findings: Finding[]): Generator<Block> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let line = 1;
  const block = (bytes: Buffer): Block | undefined => {
    const text = decodeUtf8(bytes);
    if (text === undefined) findings.push(encodingFinding(bytes, file, line));
    return text === undefined ? undefined : { text, firstLine: line };
  };
  for (const chunk of chunks) {
    const end = chunk.lastIndexOf(10) + 1;
    if (end === 0) {
      restBytes += chunk.length;
      if (restBytes > MAX_LINE_BYTES) {
        const position = { file, line, column: 1, text: "" };
        const message = `a line is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB`;
        findings.push({
          rule: "F9",
          severity: "error",
          message,
          hint: "write one record a line",
          position,
        });
        return;
      }
      rest.push(Buffer.from(chunk));
      continue;
    }
    const whole = rest.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...rest, chunk.subarray(0, end)]);
    const found = block(whole);
    if (found === undefined) return;
    yield found;
    line += countBreaks(found.text);
    rest = end === chunk.length ? [] : [Buffer.from(chunk.subarray(end))];
    restBytes = chunk.length - end;
  }
  const last = rest.length === 0 ? undefined : block(Buffer.concat(rest));
  if (last !== undefined) yield last;
}

const countBreaks = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
};

/** Calls back with every line that is not blank, a byte order mark and a carriage return aside. */
const eachLine = ({ text, firstLine }: Block, visit: (line: string, number: number) => void): void => {
  let number = firstLine;
  for (let start = text.startsWith("\uFEFF") ? 1 : 0; start < text.length; number++) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
    if (line !== "" && line.trim() !== "") visit(line, number);
    start = end + 1;
  }
};

const originOf = (line: string, number: number, file: string): Origin => {
  let document: PlainDocument | undefined;
  return {
    locate: (path, part = "value") => {
      if (document === undefined) {
        const read = readJsonExactly(line, { file, line: number });
        document = "document" in read ? read.document : undefined;
      }
      return (
        document?.locate(path, part) ?? {
          file,
          line: number,
          column: 1,
          text: line,
        }
      );
    },
  };
};

/** The record on a line, exactly as written; undefined, with the findings, where the line is no JSON. */
const exactRecord = (line: string, number: number, file: string, findings: Finding[]): PlainRecord | undefined => {
  const read = readJsonExactly(line, { file, line: number });
  if ("document" in read) {
    return {
      plain: read.document.value,
      origin: {
        locate: (path, part = "value") => read.document.locate(path, part),
      },
    };
  }
  findings.push(...read.findings);
  return undefined;
};

export interface Definitions {
  readonly sources: PlainRecord[];
  readonly suppliers: PlainRecord[];
  readonly queries: PlainRecord[];
}

/**
 * First reading: the sources and suppliers, which contracts on any line of any file may name.
 * Lines that begin as a contract are passed over without parsing; what else is no record is reported in the second reading.
 */
export const readDefinitions = (chunks: Iterable<Buffer>, file: string, into: Definitions): void => {
  const ignored: Finding[] = [];
  for (const block of blocksOf(chunks, file, ignored)) {
    eachLine(block, (line, number) => {
      if (line.startsWith('{"contract"')) return;
      const kind = kindOf(parseQuickly(line));
      if (kind === undefined || kind === "contract") return;
      const record = exactRecord(line, number, file, ignored);
      if (record !== undefined) into[LISTS[kind]].push(record);
    });
  }
};

const parseQuickly = (line: string): Plain | undefined => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

type LineKind = "source" | "supplier" | "query" | "contract";

const LISTS = { source: "sources", supplier: "suppliers", query: "queries" } as const;

const kindOf = (plain: Plain | undefined): LineKind | undefined => {
  if (plain === undefined || !isMap(plain)) return undefined;
  if (plain["contract"] !== undefined) return "contract";
  // A supplier's "source" says who speaks; a source has no "supplier".
  if (plain["supplier"] !== undefined) return "supplier";
  if (plain["query"] !== undefined) return "query";
  return plain["source"] === undefined ? undefined : "source";
};

/** Second reading: the contracts, a block of lines at a time. Problems of all lines are collected. */
export function* readContracts(
  chunks: Iterable<Buffer>,
  file: string,
  references: References,
  findings: Finding[],
): Generator<readonly Contract[]> {
  for (const block of blocksOf(chunks, file, findings)) {
    const contracts: Contract[] = [];
    const escapes = block.text.includes("\\u");
    eachLine(block, (line, number) => {
      const contract = readLine(line, number, file, references, findings, escapes);
      if (contract !== undefined) contracts.push(contract);
    });
    yield contracts;
  }
}

const readLine = (
  line: string,
  number: number,
  file: string,
  references: References,
  findings: Finding[],
  escapes: boolean,
): Contract | undefined => {
  const plain = parseQuickly(line);
  const kind = kindOf(plain);
  if (kind === "contract" && plain !== undefined && !escapes) {
    const at = new Decoding(references, originOf(line, number, file));
    const contract = contractCodec.decode(plain, at);
    // As many colons as entries: no key stood twice, for JSON.parse would have dropped one.
    if (contract !== undefined && at.issues.length === 0 && !at.inexact && countColons(line) === at.entries)
      return contract;
  }
  const exact = exactRecord(line, number, file, findings);
  if (exact === undefined || (kind !== undefined && kind !== "contract")) return undefined;
  if (kindOf(exact.plain) === "contract") return decodeRecord(contractCodec, exact, references, findings);
  const message = "this line is no record of a register";
  const hint = 'a line is one object with "contract", "supplier", "source" or "query"';
  findings.push({
    rule: "F2",
    severity: "error",
    message,
    hint,
    position: exact.origin.locate([]),
  });
  return undefined;
};

const countColons = (line: string): number => {
  let count = 0;
  for (let at = line.indexOf(":"); at !== -1; at = line.indexOf(":", at + 1)) count++;
  return count;
};
