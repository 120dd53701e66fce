import { addAll } from "../model/add-all.ts";
import type { Finding } from "../model/errors.ts";
import type { Assumption } from "../model/publication.ts";
import type { Contract } from "../records/contract.ts";
import { ArchiveSurroundings } from "./archives/archive-surroundings.ts";
import { type Document, documentsOf, type NoticeDocument } from "./archives/documents.ts";
import type { HeldFile, NoticeInput } from "./inputs.ts";
import { contractsOfNotices, procedureOf } from "./notices/contract-of-notices.ts";
import type { Notice } from "./notices/notice.ts";
import { type AnsweredInParts, askInParts, type LinesFile } from "./notices/parts.ts";
import { type Countdown, ProcedureCounts } from "./notices/procedure-counts.ts";
import { readDocument } from "./notices/read-document.ts";
import { ReadingLog } from "./notices/reading-log.ts";
import { type DeclaredSuppliers, SupplierPool } from "./notices/supplier-pool.ts";
import type { Threads } from "./notices/threads.ts";

export interface ScannedNotices {
  readonly registers: readonly HeldFile[];
  /** The notices, ready to be read any number of times; with `skipBad`, what cannot be read is only worth a warning. */
  readonly reader: (suppliers: DeclaredSuppliers, skipBad: boolean) => NoticeReader;
}

/** Notices, and how many documents tell of each of their procedures. */
export interface CountedNotices {
  readonly documents: () => AsyncIterable<Document> | Iterable<Document>;
  /** Counted once, at the latest when they are first read. */
  readonly counts: () => Promise<ProcedureCounts>;
  /** A file of notices, one a line, that is all there is, and may be read in parts. */
  readonly inParts?: (question: string) => Promise<AnsweredInParts | undefined>;
}

/**
 * First reading of notices: which registers stand in archives, and which procedures several documents tell of. With
 * threads, a large file of lines that is all there is waits until it is asked.
 */
export const scanNotices = async (inputs: readonly NoticeInput[], threads?: Threads): Promise<ScannedNotices> => {
  const file = threads && partedFile(inputs, threads);
  const registers: HeldFile[] = [];
  let counted: Promise<ProcedureCounts> | undefined;
  const counts = () => {
    counted ??= count(inputs, registers);
    return counted;
  };
  if (file === undefined) await counts();
  const notices: CountedNotices = {
    documents: () => documentsIn(inputs),
    counts,
    ...(threads && file && { inParts: (question) => askInParts(file, threads, question) }),
  };
  return { registers, reader: (suppliers, skipBad) => new NoticeReader(notices, suppliers, skipBad) };
};

/** The one file of all inputs, where it is read faster in parts. */
const partedFile = ([input, ...others]: readonly NoticeInput[], { leastBytes }: Threads): LinesFile | undefined => {
  if (input?.path === undefined || others.length > 0 || input.content !== "ocds-lines") return undefined;
  return input.size < leastBytes ? undefined : { ...input, path: input.path };
};

/** Counts in how many documents procedures stand, and gathers the registers among them. */
const count = async (inputs: readonly NoticeInput[], registers: HeldFile[]): Promise<ProcedureCounts> => {
  const counts = new ProcedureCounts();
  for (const input of inputs) {
    const packed = new ArchiveSurroundings(input);
    for await (const document of documentsOf(input)) {
      if (document.kind === "register") registers.push({ ...document, surroundings: packed.of(document.file) });
      else if (document.kind !== "problem") counts.add(document);
    }
  }
  return counts;
};

async function* documentsIn(inputs: readonly NoticeInput[]): AsyncGenerator<Document> {
  for (const input of inputs) {
    for await (const document of documentsOf(input)) {
      yield document;
      input.meter?.passFile();
    }
  }
}

const BATCH = 10;

/** Second reading: the contracts. */
export class NoticeReader {
  readonly #notices: CountedNotices;
  readonly #suppliers: SupplierPool;
  readonly #skipBad: boolean;
  #log = new ReadingLog();

  constructor(notices: CountedNotices, suppliers: DeclaredSuppliers, skipBad: boolean) {
    this.#notices = notices;
    this.#suppliers = new SupplierPool(suppliers);
    this.#skipBad = skipBad;
  }

  /** Asks parts of the notices; undefined where all contracts have to be read. */
  async inParts(question: string): Promise<readonly string[] | undefined> {
    const answered = await this.#notices.inParts?.(question);
    if (answered === undefined) return undefined;
    this.#log = new ReadingLog();
    this.#log.addAssumptions(answered.assumptions);
    return answered.answers;
  }

  /** What was wrong in the last reading. */
  findings(): readonly Finding[] {
    return this.#log.findings();
  }

  /** What was assumed in the last reading. */
  assumptions(): readonly Assumption[] {
    return this.#log.assumptions();
  }

  /**
   * Reads all notices anew, and keeps only those in memory whose procedures have others still to come. `placeOf` says
   * where else a contract of an id stands; it is reported, and left out here.
   */
  async *contracts(placeOf: (id: string) => string | undefined): AsyncGenerator<readonly Contract[]> {
    this.#log = new ReadingLog();
    const counts = await this.#notices.counts();
    const held = new HeldNotices(counts.countdown());
    const places = new Map<string, string>();
    const accepts = (contract: Contract) => this.#accept(contract, places, placeOf(contract.id));
    let batch: Contract[] = [];
    for await (const document of this.#documents()) {
      const ready = held.add(this.#read(document), document);
      addAll(batch, contractsOfNotices(ready).filter(accepts));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    addAll(batch, contractsOfNotices(held.rest()).filter(accepts));
    if (batch.length > 0) yield batch;
  }

  async *#documents(): AsyncGenerator<NoticeDocument> {
    for await (const document of this.#notices.documents()) {
      if (document.kind === "problem") this.#report(document.finding);
      else if (document.kind !== "register") yield document;
    }
  }

  #read(document: NoticeDocument): readonly Notice[] {
    const { notices, findings } = readDocument(document, this.#suppliers);
    for (const finding of findings) this.#report(finding);
    return notices;
  }

  #report(finding: Finding): void {
    const isError = finding.severity === "error";
    this.#log.addFinding(isError && this.#skipBad ? { ...finding, severity: "warning" } : finding);
  }

  /** Notes what a contract assumes; one whose id stands elsewhere is reported and refused. */
  #accept(contract: Contract, places: Map<string, string>, registered: string | undefined): boolean {
    const { id, notes, publications, origin } = contract;
    const other = registered ?? places.get(id);
    if (other !== undefined) {
      const [message, hint] = [`the contract "${id}" stands twice`, `the other one is at ${other}`];
      this.#report({ rule: "F7", severity: "error", message, hint, position: origin.locate([]) });
      return false;
    }
    const file = publications.at(-1)?.file ?? "";
    places.set(id, file);
    for (const { rule, text } of notes) this.#log.addAssumption(rule, { file, text });
    return true;
  }
}

/** Notices that wait for others of their procedures. */
class HeldNotices {
  readonly #countdown: Countdown;
  readonly #waiting = new Map<number, Notice[]>();

  constructor(countdown: Countdown) {
    this.#countdown = countdown;
  }

  /** Adds the notices of a document; gives all that wait for no others now. */
  add(notices: readonly Notice[], document: NoticeDocument): readonly Notice[] {
    const ready: Notice[] = [];
    for (const notice of notices) {
      const key = this.#countdown.holdUnder(procedureOf(notice));
      if (key === undefined) ready.push(notice);
      else this.#wait(key, notice);
    }
    for (const key of this.#countdown.finish(document)) {
      addAll(ready, this.#waiting.get(key) ?? []);
      this.#waiting.delete(key);
    }
    return ready;
  }

  #wait(key: number, notice: Notice): void {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) this.#waiting.set(key, [notice]);
    else waiting.push(notice);
  }

  rest(): readonly Notice[] {
    return [...this.#waiting.values()].flat();
  }
}
