/**
 * Notices are read twice. First their bytes are searched for the numbers of procedures and of notices that name each
 * other, and hashes of these are counted. Then they are read, and only those that have more to come are held in memory.
 * A document that tells of no award is read only where an award may come after it. A supplier shares no memory with its
 * notice.
 */

import type { NoticeDocument } from "../inputs/archives/documents.ts";
import { linesIn, textOfJson, textOfXml, wideEncodingOf } from "../inputs/bytes.ts";
import type { PublishedDocument } from "../model/publication.ts";
import { findRoot } from "../syntax/xml/peek.ts";
import { decpIdsIn } from "./decp/read-decp.ts";
import { numbersInXml, OCDS_FORMAT } from "./read-document.ts";

/** How far to look for the root element. */
const HEAD_BYTES = 1 << 16;

/**
 * Counts in how many documents each procedure stands, before they are read. Procedures are known by hashes of their
 * numbers, which take little memory. Two that share a hash are only held in memory a little longer.
 */
export class ProcedureCounts {
  readonly #once = new Set<number>();
  /** The procedures that stand in several documents, and in how many. */
  readonly #left = new Map<number, number>();

  mayCallOff = false;

  add(document: NoticeDocument): void {
    this.mayCallOff ||= tellsOfCallOff(document);
    for (const unit of unitsOf(document)) for (const hash of hashesIn(document, unit)) this.#count(hash);
  }

  /** Whether any of these procedures, by their hashes, stands in a document. */
  hasAny(hashes: readonly number[]): boolean {
    return hashes.some((hash) => this.#once.has(hash) || this.#left.has(hash));
  }

  #count(hash: number): void {
    const left = this.#left.get(hash);
    if (left !== undefined) this.#left.set(hash, left + 1);
    else if (!this.#once.has(hash)) this.#once.add(hash);
    else {
      this.#once.delete(hash);
      this.#left.set(hash, 2);
    }
  }

  countdown(): Countdown {
    return new Countdown(new Map(this.#left));
  }
}

/** Tells, document by document, which procedures are still to come. */
export class Countdown {
  readonly #left: Map<number, number>;

  constructor(left: Map<number, number>) {
    this.#left = left;
  }

  /**
   * The key under which to hold a notice until the last document of its procedure; undefined where no other document
   * has it.
   */
  holdUnder(procedure: string): number | undefined {
    if (this.#left.size === 0) return undefined;
    const hash = hashOf(Buffer.from(procedure));
    return this.#left.has(hash) ? hash : undefined;
  }

  isShared(document: NoticeDocument): boolean {
    if (this.#left.size === 0) return false;
    for (const unit of unitsOf(document))
      for (const hash of hashesIn(document, unit)) if (this.#left.has(hash)) return true;
    return false;
  }

  /** The keys whose notices can be released once this document has been read. */
  finish(document: NoticeDocument): readonly number[] {
    if (this.#left.size === 0) return [];
    const ready: number[] = [];
    for (const unit of unitsOf(document)) {
      for (const hash of hashesIn(document, unit)) {
        const left = this.#left.get(hash);
        if (left !== undefined) this.#left.set(hash, left - 1);
        if (left === 1) ready.push(hash);
      }
    }
    return ready;
  }
}

/**
 * A document with its procedures, line by line where each line is a document. Those that name no procedure are left
 * out.
 */
export function* publishedIn(document: NoticeDocument): Generator<PublishedDocument> {
  const { kind, file, named } = document;
  const column = "column" in document ? document.column : 1;
  let firstLine = "firstLine" in document ? document.firstLine : "line" in document ? document.line : 1;
  for (const bytes of unitsOf(document)) {
    const procedures = [...hashesIn(document, bytes)];
    if (procedures.length > 0) yield { kind, file, named, bytes, firstLine, column, procedures };
    firstLine++;
  }
}

/**
 * Texts that stand wherever there is a call-off: BT-768, the relation of an OCDS process to its framework, and DECP's
 * id of a framework.
 */
const signsOf = (kind: NoticeDocument["kind"]): readonly string[] => {
  if (isOcds(kind)) return ['"relatedProcesses"'];
  return kind === "xml" ? ["ContractFrameworkIndicator"] : ["idAccordCadre", "idaccordcadre"];
};

const isOcds = (kind: NoticeDocument["kind"]): boolean =>
  kind === "ocds" || kind === "ocds-piece" || kind === "ocds-lines";

const tellsOfCallOff = ({ kind, bytes }: NoticeDocument): boolean =>
  wideEncodingOf(bytes) !== undefined || signsOf(kind).some((sign) => bytes.includes(sign));

const unitsOf = ({ kind, bytes }: NoticeDocument): Iterable<Buffer> =>
  kind === "ocds-lines" || kind === "decp-lines" ? linesIn(bytes) : [bytes];

const hashesIn = (document: NoticeDocument, unit: Buffer): ReadonlySet<number> => {
  const hashes = new Set<number>();
  for (const number of numbersIn(document, unit)) hashes.add(hashOf(number));
  return hashes;
};

const numbersIn = ({ kind, file }: NoticeDocument, unit: Buffer): Iterable<Buffer> => {
  if (isOcds(kind)) return OCDS_FORMAT.procedures(unit);
  if (kind !== "xml") {
    const isTable = kind === "decp-csv" || kind === "decp-csv-piece";
    return decpIdsIn(textOfJson(unit).text, isTable).map((id) => Buffer.from(id));
  }
  const text = wideEncodingOf(unit) === undefined ? undefined : textOfXml(unit, file);
  const bytes = typeof text === "string" ? Buffer.from(text) : unit;
  const root = findRoot(bytes.toString("latin1", 0, HEAD_BYTES));
  return numbersInXml(root?.name ?? "", bytes);
};

/** FNV-1a, 31 bits of it. */
const hashOf = (bytes: Buffer): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return hash & 0x7fffffff;
};
