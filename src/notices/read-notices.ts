import {
  archiveSurroundings,
  type Document,
  documentAgain,
  documentsOf,
  type ForeignFile,
  type NoticeDocument,
} from "../inputs/archives/documents.ts";
import { isArchive } from "../inputs/content.ts";
import { foreignOf } from "../inputs/foreign.ts";
import type { HeldFile, NoticeInput } from "../inputs/held-input.ts";
import type { Finding } from "../model/errors.ts";
import { beginningOf, findingOf } from "../model/errors.ts";
import { addAll, flatMap } from "../model/lists.ts";
import {
  type Assumption,
  type OtherDocument,
  otherDocument,
  type PassedOver,
  type PublishedDocument,
} from "../model/publication.ts";
import type { Contract } from "../records/contract.ts";
import type { Supplier } from "../records/supplier.ts";
import { linksOf, putTogether } from "./contract-of-notices.ts";
import type { Notice } from "./notice.ts";
import { type Countdown, ProcedureCounts, publishedIn } from "./procedure-counts.ts";
import { readDocument } from "./read-document.ts";
import { ReadingLog } from "./reading-log.ts";
import { type DeclaredSuppliers, SupplierPool } from "./supplier-pool.ts";

export interface ScannedNotices {
  readonly registers: readonly HeldFile[];
  /** Whether any inputs are given besides the documents that were read before. */
  readonly areGiven: boolean;
  /** Whether any of them may tell of one of these procedures, which are given as hashes of their numbers. */
  readonly mayTellOf: (procedures: readonly number[]) => boolean;
  readonly mayCallOff: boolean;
  /** The notices, ready to be read any number of times. */
  readonly reader: (suppliers: DeclaredSuppliers, how: HowToTell) => NoticeReader;
}

interface HowToTell {
  /** Whether what cannot be read is only worth a warning. */
  readonly skipBad: boolean;
  /** Whether every assumption is kept, and not only the first of each rule. */
  readonly everyNote: boolean;
}

/** Documents that were read before. Notices that come after them are put together with them. */
export interface Earlier {
  readonly documents: readonly PublishedDocument[];
  /**
   * Called with each contract that stands as it did, because nothing came after it. Such a contract is not given again.
   * Where this is left out, all contracts are given.
   */
  readonly onStanding?: (contract: Contract) => void;
}

const NONE_EARLIER: Earlier = { documents: [] };

interface CountedNotices {
  readonly earlier: Earlier;
  readonly documents: () => AsyncIterable<Document>;
  readonly counts: ProcedureCounts;
}

/** First reading of notices: which registers stand in archives, and which procedures several documents tell of. */
export const scanNotices = async (
  inputs: readonly NoticeInput[],
  earlier: Earlier = NONE_EARLIER,
): Promise<ScannedNotices> => {
  const registers: HeldFile[] = [];
  const unpacked = new Unpacked();
  const counts = await count(inputs, unpacked, registers, earlier);
  const notices = { earlier, documents: () => documentsIn(inputs, unpacked), counts };
  return {
    registers,
    areGiven: inputs.length > 0,
    mayTellOf: (procedures) => counts.hasAny(procedures),
    mayCallOff: counts.mayCallOff,
    reader: (suppliers, how) => new NoticeReader(notices, suppliers, how),
  };
};

/** Counts in how many documents procedures stand, and gathers the registers among them. */
const count = async (
  inputs: readonly NoticeInput[],
  unpacked: Unpacked,
  registers: HeldFile[],
  { documents }: Earlier,
): Promise<ProcedureCounts> => {
  const counts = new ProcedureCounts();
  for (const document of documents) counts.add(documentAgain(document));
  for (const input of inputs) {
    const packed = archiveSurroundings(input);
    for await (const document of unpacked.first(input)) {
      if (document.kind === "register")
        registers.push({ ...document, packed: true, surroundings: packed(document.file) });
      else if (document.kind !== "problem" && document.kind !== "foreign") counts.add(document);
    }
  }
  return counts;
};

const MOST_KEPT_BYTES = 2 ** 25;

/** What came out of archives, kept for the second reading where it is small: unpacking it again takes longer. */
class Unpacked {
  readonly #documents = new Map<NoticeInput, readonly Document[]>();
  #left = MOST_KEPT_BYTES;

  async *first(input: NoticeInput): AsyncGenerator<Document> {
    if (!isArchive(input.content)) return yield* documentsOf(input);
    let kept: Document[] = [];
    for await (const document of documentsOf(input)) {
      this.#left -= "bytes" in document ? document.bytes.length : 0;
      if (this.#left < 0) kept = [];
      else kept.push(document);
      yield document;
    }
    if (this.#left >= 0) this.#documents.set(input, kept);
  }

  again(input: NoticeInput): Iterable<Document> | AsyncIterable<Document> {
    return this.#documents.get(input) ?? documentsOf(input);
  }
}

async function* documentsIn(inputs: readonly NoticeInput[], unpacked: Unpacked): AsyncGenerator<Document> {
  for (const input of inputs) {
    for await (const document of unpacked.again(input)) {
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
  readonly #how: HowToTell;
  #log = new ReadingLog();

  constructor(notices: CountedNotices, suppliers: DeclaredSuppliers, how: HowToTell) {
    this.#notices = notices;
    this.#suppliers = new SupplierPool(suppliers);
    this.#how = how;
  }

  /** What was wrong in the last reading. */
  findings(): readonly Finding[] {
    return this.#log.findings();
  }

  /**
   * The companies that are named by their legal ids, here or in what was read before, as the first notice describes
   * them.
   */
  mentioned(): readonly Supplier[] {
    return this.#suppliers.mentioned();
  }

  /** What was assumed in the last reading. */
  assumptions(): readonly Assumption[] {
    return this.#log.assumptions();
  }

  /** The documents of the last reading that tell of no award. */
  passedOver(): readonly PassedOver[] {
    return this.#log.passedOver();
  }

  /**
   * Reads all notices anew, and keeps in memory only those whose procedures have others still to come. `placeOf` says
   * where else a contract with an id stands. Such a contract is reported, and left out here.
   */
  async *contracts(placeOf: (id: string) => string | undefined): AsyncGenerator<readonly Contract[]> {
    this.#log = new ReadingLog(this.#how.everyNote ? Number.POSITIVE_INFINITY : undefined);
    const held = new HeldNotices(this.#notices.counts.countdown());
    const places = new Map<string, string>();
    const accepts = (contract: Contract) => this.#accept(contract, places, placeOf(contract.id));
    let batch: Contract[] = [];
    const { documents, onStanding } = this.#notices.earlier;
    for (const document of documents) {
      const standing = this.#madeReady(documentAgain(document), held).filter(accepts);
      if (onStanding === undefined) addAll(batch, standing);
      else for (const contract of standing) onStanding(contract);
    }
    for await (const document of this.#documents()) {
      addAll(batch, this.#madeReady(document, held).filter(accepts));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    addAll(batch, this.#together(held.rest()).filter(accepts));
    if (batch.length > 0) yield batch;
  }

  /** The documents that name procedures, each with its procedures, without those that were read before. */
  async *published(): AsyncGenerator<PublishedDocument> {
    for await (const document of this.#notices.documents())
      if (document.kind !== "problem" && document.kind !== "foreign" && document.kind !== "register")
        yield* publishedIn(document);
  }

  /** The contracts that are complete with this document. */
  #madeReady(document: NoticeDocument, held: HeldNotices): readonly Contract[] {
    return this.#together(held.add(this.#read(document, held.expects(document)), document));
  }

  async *#documents(): AsyncGenerator<NoticeDocument> {
    for await (const document of this.#notices.documents()) {
      if (document.kind === "problem") this.#report(document.finding);
      else if (document.kind === "foreign") this.#passOver(otherFileOf(document), document.named);
      else if (document.kind !== "register") yield document;
    }
  }

  /** The notices in a document. An announcement is read only where an award of its procedure may come. */
  #read(document: NoticeDocument, isExpected: () => boolean): readonly Notice[] {
    const { notices, findings, other, announcement } = readDocument(document, this.#suppliers);
    for (const finding of findings) this.#report(finding);
    const announced = other !== undefined && isExpected() ? announcement?.() : undefined;
    if (other === undefined) return notices;
    if (announced !== undefined) return [{ ...announced, alone: { other, named: document.named } }];
    this.#passOver(other, document.named);
    return notices;
  }

  #together(notices: readonly Notice[]): readonly Contract[] {
    const { contracts, announced } = putTogether(notices);
    for (const { alone } of announced) if (alone !== undefined) this.#passOver(alone.other, alone.named);
    return contracts;
  }

  /**
   * Passes over a document that tells of no award. This is a finding where somebody named the document; else it is only
   * counted.
   */
  #passOver({ kind, finding }: OtherDocument, named: boolean): void {
    if (named) this.#report(finding);
    else this.#log.passOver(kind);
  }

  #report(finding: Finding): void {
    const isError = finding.severity === "error";
    this.#log.addFinding(isError && this.#how.skipBad ? { ...finding, severity: "warning" } : finding);
  }

  /** Logs what a contract assumes. A contract whose id stands elsewhere is reported and refused. */
  #accept(contract: Contract, places: Map<string, string>, registered: string | undefined): boolean {
    const { id, notes, publications, origin } = contract;
    const other = registered ?? places.get(id);
    if (other !== undefined) {
      const message = `the contract "${id}" stands twice`;
      const comparing = "; lotbook compare with the same data says where the two differ";
      const hint = `the other one is at ${other}${registered === undefined ? "" : comparing}`;
      this.#report(findingOf("F7", message, origin.locate([]), hint));
      return false;
    }
    const file = publications.at(-1)?.file ?? "";
    places.set(id, file);
    for (const { rule, text } of notes) this.#log.addAssumption(rule, { file, text });
    return true;
  }
}

const otherFileOf = ({ format, file, text }: ForeignFile): OtherDocument => {
  const { kind, hint } = foreignOf(format);
  return otherDocument(kind, hint, { ...beginningOf(file), text });
};

/** Notices that wait together for others of their procedures. */
interface Waiting {
  readonly notices: Notice[];
  readonly keys: Set<number>;
}

/** Notices that wait for others of their procedures, or that name them. */
class HeldNotices {
  readonly #countdown: Countdown;
  readonly #waiting = new Map<number, Waiting>();

  constructor(countdown: Countdown) {
    this.#countdown = countdown;
  }

  /** Tells whether other documents share a procedure with this one. */
  expects(document: NoticeDocument): () => boolean {
    return () => this.#countdown.isShared(document);
  }

  /** Adds the notices of a document, and gives all that wait for no others now. */
  add(notices: readonly Notice[], document: NoticeDocument): readonly Notice[] {
    const ready: Notice[] = [];
    for (const notice of notices) {
      const keys = flatMap(linksOf(notice), (link) => this.#countdown.holdUnder(link) ?? []);
      if (keys.length === 0) ready.push(notice);
      else this.#wait(keys, notice);
    }
    for (const key of this.#countdown.finish(document)) {
      const waiting = this.#waiting.get(key);
      this.#waiting.delete(key);
      waiting?.keys.delete(key);
      if (waiting?.keys.size === 0) addAll(ready, waiting.notices);
    }
    return ready;
  }

  #wait(keys: readonly number[], notice: Notice): void {
    const nobody: Waiting = { notices: [], keys: new Set() };
    const [first = nobody, ...others] = new Set(flatMap(keys, (key) => this.#waiting.get(key) ?? []));
    for (const other of others) {
      addAll(first.notices, other.notices);
      for (const key of other.keys) this.#under(key, first);
    }
    first.notices.push(notice);
    for (const key of keys) this.#under(key, first);
  }

  #under(key: number, waiting: Waiting): void {
    waiting.keys.add(key);
    this.#waiting.set(key, waiting);
  }

  rest(): readonly Notice[] {
    return flatMap([...new Set(this.#waiting.values())], ({ notices }) => notices);
  }
}
