/**
 * Archives are streams in streams, with one budget for all that comes out of an input. A problem is caught at the
 * innermost file that others follow, so that these are still read. Tar has a reader of its own, which never reads
 * ahead: streams that do lose what was read before an error. Whatever two programs may read as different files
 * (`zip-entries.ts`) is a problem, and so is whatever is not read.
 */

import { beginningOf, type Finding, findingOf, InputError } from "../../model/errors.ts";
import { LINE_KINDS, PIECE_KINDS, type PublishedDocument, WHOLE_KINDS } from "../../model/publication.ts";
import { allChunks, countLines, holdsNoData, joined, slicesOf } from "../bytes.ts";
import {
  Beginning,
  type Content,
  contentNamed,
  isArchive,
  isUnknownPacking,
  type KnownContent,
  OCDS_LISTS,
} from "../content.ts";
import { type ForeignFormat, isForeign, isOfficeMember, officeFormat } from "../foreign.ts";
import { DATA_NAME, type NoticeInput } from "../held-input.ts";
import { type ItemLists, ListPieces, type Piece, TablePieces } from "../list-pieces.ts";
import { type NamedFile, NO_SURROUNDINGS, type Surroundings } from "../surroundings.ts";
import { LineBlocks } from "../text-blocks.ts";
import { ArchiveProblem, Budget, type Entry, LIMITS, type Limits, unknownPacking } from "./entry.ts";
import { gunzip, tarEntries, zipEntries } from "./unpack.ts";

type WholeContent = (typeof WHOLE_KINDS)[number];
type PieceContent = (typeof PIECE_KINDS)[number];
type LinesContent = (typeof LINE_KINDS)[number];

export type NoticeDocument =
  | {
      readonly kind: WholeContent;
      /** What findings call it: `bulk.zip!/2024/notice.xml`. */
      readonly file: string;
      readonly bytes: Buffer;
      /** Whether the user named it: then it must be what lotbook reads. */
      readonly named: boolean;
    }
  | {
      readonly kind: LinesContent;
      readonly file: string;
      readonly named: boolean;
      readonly bytes: Buffer;
      /** The number of the first line. */
      readonly firstLine: number;
    }
  | (Piece & { readonly kind: PieceContent; readonly file: string; readonly named: boolean });

export const documentAgain = ({ kind, file, named, bytes, firstLine, column }: PublishedDocument): NoticeDocument => {
  const own = { file, named, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  if (isAmong(PIECE_KINDS, kind)) return { ...own, kind, line: firstLine, column };
  return isAmong(LINE_KINDS, kind) ? { ...own, kind, firstLine } : { ...own, kind };
};

interface PackedRegister {
  readonly kind: "register";
  readonly file: string;
  /** Its name without the ending that tells how it was compressed. */
  readonly name: string;
  readonly named: boolean;
  readonly bytes: Buffer;
}

export interface ForeignFile {
  readonly kind: "foreign";
  readonly format: ForeignFormat;
  readonly file: string;
  readonly named: boolean;
  readonly text: string;
}

export type Document =
  | NoticeDocument
  | PackedRegister
  | ForeignFile
  | { readonly kind: "problem"; readonly finding: Finding };

/**
 * The documents in a file, one after the other, including those in archives and in archives within these. What cannot
 * be read is a problem among them. What stands before it, and in other archives, is read all the same. Throws
 * InputError if a file or folder that the user named holds no data.
 */
export async function* documentsOf(input: NoticeInput, limits: Limits = LIMITS): AsyncGenerator<Document> {
  const { file, path, named, content, noteEmpty } = input;
  // Most documents are files of their own, which need nothing of what follows.
  if (isAmong(WHOLE_KINDS, content) && input.size <= (content === "xml" ? limits.documentBytes : MOST_WHOLE)) {
    const atOnce = input.kept ?? input.whole?.();
    if (atOnce !== undefined) input.meter?.passBytes(input.size);
    const bytes = atOnce ?? joined([...copiesOf(input)]);
    yield { kind: content, file, bytes, named };
    return;
  }
  const unpacking = new Unpacking(new Budget(limits, input.size, input.meter));
  let isAny = false;
  try {
    for await (const document of unpacking.documentsOf({ file, path, name: file, named, bytes: allOf(input) }, 0)) {
      isAny = true;
      yield document;
    }
  } catch (problem) {
    const finding = unpacking.report(problem, file);
    if (finding === undefined) return;
    yield { kind: "problem", finding };
    return;
  }
  if (isAny || !isArchive(content)) return;
  if (named) throw holdsNoData(`the archive ${file}`);
  noteEmpty?.(file);
}

/**
 * The length up to which a document is read as a whole. Files of a country and a year are longer: if they have lists or
 * rows that can be cut, they are read piece by piece.
 */
const MOST_WHOLE = 4 * 2 ** 20;

const isAmong = <Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind =>
  kinds.some((each) => each === kind);

/** The files in an archive, and in archives within it, whose plain names are wanted. Problems are passed over. */
async function* filesNamedIn(input: NoticeInput, wanted: ReadonlySet<string>): AsyncGenerator<PackedRegister> {
  const { file, path, named } = input;
  const unpacking = new Unpacking(new Budget(LIMITS, input.size), wanted);
  try {
    for await (const document of unpacking.documentsOf({ file, path, name: file, named, bytes: allOf(input) }, 0))
      if (document.kind === "register" && wanted.has(plainName(document.file))) yield document;
  } catch (problem) {
    unpacking.report(problem, file);
  }
}

const plainName = (file: string): string => file.replace(/[\\/]+(?:\.[\\/]+)*/g, "/");

function* copiesOf({ chunks }: NoticeInput): Generator<Buffer> {
  for (const chunk of chunks()) yield Buffer.from(chunk);
}

async function* allOf(input: NoticeInput): AsyncGenerator<Buffer> {
  yield* copiesOf(input);
}

interface Unit {
  readonly file: string;
  /** Where it can be opened; undefined for what stands in an archive or is only in memory. */
  readonly path?: string | undefined;
  readonly name: string;
  readonly named: boolean;
  readonly bytes: AsyncIterable<Buffer>;
}

const ARCHIVE_NAME = /\.(?:gz|tgz|zip|tar)$/i;
const UNKNOWN_ARCHIVE_NAME = /\.(?:bz2|tbz2?|xz|txz|zst|tzst|7z|rar|lz4|lz|tlz|lzma|Z)$/i;
const isHidden = (name: string): boolean => /(?:^|\/)(?:\.[^./]|__MACOSX\/)/.test(name);

class Unpacking {
  readonly #budget: Budget;
  /** The plain names of the only files to yield; undefined if all data are wanted. */
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #reported = new Set<unknown>();

  constructor(budget: Budget, wanted?: ReadonlySet<string>) {
    this.#budget = budget;
    this.#wanted = wanted;
  }

  /** The finding for a problem; undefined if it was reported before. Throws any error that is not an ArchiveProblem. */
  report(problem: unknown, file: string): Finding | undefined {
    if (!(problem instanceof ArchiveProblem)) throw problem;
    if (this.#reported.has(problem)) return undefined;
    this.#reported.add(problem);
    const finding = findingOf("F9", problem.message, beginningOf(file), problem.hint);
    return { ...finding, severity: problem.severity };
  }

  async *documentsOf(unit: Unit, depth: number): AsyncGenerator<Document> {
    if (this.#wanted?.has(plainName(unit.file))) return yield* this.#register(unit);
    if (this.#wanted !== undefined && !unit.named && !ARCHIVE_NAME.test(unit.name)) return;
    const { content, isEmpty, chunks, close } = await peek(unit.bytes);
    try {
      yield* this.#documentsIn({ ...unit, bytes: chunks }, contentNamed(content, unit, isEmpty), depth);
    } finally {
      await close();
    }
  }

  #documentsIn(unit: Unit, content: KnownContent, depth: number): AsyncIterable<Document> {
    if (isForeign(content)) return this.#foreign(unit, content);
    if (isUnknownPacking(content)) {
      if (unit.named || UNKNOWN_ARCHIVE_NAME.test(unit.name) || DATA_NAME.test(unit.name))
        throw unknownPacking(content);
      return NOTHING;
    }
    switch (content) {
      case "zip":
        if (!unit.named && SHEET_NAME.test(unit.name))
          return this.#foreign(unit, /\.ods$/i.test(unit.name) ? "ods" : "xlsx");
        return unit.named || DATA_NAME.test(unit.name) ? this.#unpack(unit, content, depth + 1) : NOTHING;
      case "gzip":
      case "tar":
        return unit.named || DATA_NAME.test(unit.name) ? this.#unpack(unit, content, depth + 1) : NOTHING;
      case "empty":
        throw new ArchiveProblem("it is empty", "fetch it again");
      case "xml":
        return this.#whole(unit, content);
      case "ocds":
      case "decp":
      case "decp-csv":
        return this.#pieces(unit, content);
      case "ocds-lines":
      case "decp-lines":
        return this.#lines(unit, content);
      case "register-lines":
      case "yaml":
        return this.#register(unit);
      case "other":
        return NOTHING;
    }
  }

  async *#unpack(unit: Unit, content: "gzip" | "zip" | "tar", depth: number): AsyncGenerator<Document> {
    this.#budget.checkDepth(depth);
    if (content === "tar") yield* this.#documentsAmong(tarEntries(unit.bytes, this.#budget), unit, depth);
    else if (content === "zip") {
      const archive = unit.path ?? (await this.#collect(unit.bytes));
      yield* this.#documentsAmong(zipEntries(archive, this.#budget), unit, depth);
    } else {
      const name = unit.name.replace(/\.gz$/i, "");
      yield* this.documentsOf({ ...unit, path: undefined, name, bytes: gunzip(unit.bytes, this.#budget) }, depth);
    }
  }

  async *#documentsAmong(entries: AsyncIterable<Entry>, archive: Unit, depth: number): AsyncGenerator<Document> {
    let isOffice: boolean | undefined;
    let format: ForeignFormat = "office";
    for await (const { name, bytes } of entries) {
      isOffice ??= isOfficeMember(name);
      if (isOffice) format = officeFormat(name) ?? format;
      if (isOffice || isHidden(name)) continue;
      const file = `${archive.file}!/${name}`;
      try {
        yield* this.documentsOf({ file, name, named: false, bytes }, depth);
      } catch (problem) {
        const finding = this.report(problem, file);
        if (finding !== undefined) yield { kind: "problem", finding };
        if (problem instanceof ArchiveProblem && problem.final) throw problem;
      }
    }
    if (isOffice) yield* this.#foreign(archive, format);
  }

  async *#foreign({ file, named, bytes }: Unit, format: ForeignFormat): AsyncGenerator<Document> {
    const text = TEXT_FORMAT.test(format) ? await firstLineOf(bytes) : "";
    yield { kind: "foreign", format, file, named, text };
  }

  async *#register({ file, name, named, bytes }: Unit): AsyncGenerator<Document> {
    yield { kind: "register", file, name, named, bytes: await this.#collect(bytes) };
  }

  async *#whole({ file, named, bytes }: Unit, kind: "xml"): AsyncGenerator<Document> {
    yield { kind, file, bytes: await this.#collect(bytes), named };
  }

  async #collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
    return joined(await allChunks(chunks, (length) => this.#budget.checkDocument(length)));
  }

  /** Yields a long document in pieces. A short one is yielded whole, as it is when it is a file of its own. */
  async *#pieces({ file, named, bytes }: Unit, content: CutContent): AsyncGenerator<Document> {
    const chunks = bytes[Symbol.asyncIterator]();
    const { begin, isWhole } = await this.#beginning(chunks);
    if (isWhole) return yield { kind: content, file, bytes: joined(begin), named };
    const pieces = content === "decp-csv" ? new TablePieces() : new ListPieces(LISTS[content]);
    for await (const chunk of following(begin, chunks)) {
      for (const piece of pieces.add(chunk)) yield { kind: `${content}-piece`, file, named, ...piece };
      this.#budget.checkDocument(pieces.held);
    }
    for (const piece of pieces.finish())
      yield { kind: pieces.hasItems ? `${content}-piece` : content, file, named, ...piece };
  }

  async #beginning(chunks: AsyncIterator<Buffer, undefined>): Promise<{ begin: readonly Buffer[]; isWhole: boolean }> {
    const begin: Buffer[] = [];
    for (let length = 0; length <= MOST_WHOLE; ) {
      const { value } = await chunks.next();
      if (value === undefined) return { begin, isWhole: true };
      length += value.length;
      this.#budget.checkDocument(length);
      begin.push(value);
    }
    return { begin, isWhole: false };
  }

  async *#lines({ file, named, bytes: chunks }: Unit, kind: LinesContent): AsyncGenerator<Document> {
    const blocks = new LineBlocks();
    let firstLine = 1;
    for await (const chunk of chunks) {
      const bytes = blocks.add(chunk);
      if (blocks.tooLong) this.#budget.checkDocument(Number.POSITIVE_INFINITY);
      if (bytes === undefined) continue;
      yield { kind, file, named, bytes, firstLine };
      firstLine += countLines(bytes);
    }
    const bytes = blocks.finish();
    if (bytes !== undefined) yield { kind, file, named, bytes, firstLine };
  }
}

type CutContent = Exclude<WholeContent, "xml">;

/** The lists in which contracts and releases stand. */
const LISTS: Readonly<Record<Exclude<CutContent, "decp-csv">, ItemLists>> = {
  decp: { names: new Set(["marches", "marche", "contrat-concession", "results", "data"]), ofItems: new Set() },
  ocds: OCDS_LISTS,
};

const SHEET_NAME = /\.(?:xls[xm]|ods)$/i;
/** Formats whose first line may be shown. That of any other file, to which a name or link may lead, may be a secret. */
const TEXT_FORMAT = /^(?:ted-search|prozorro|opentender|(?:ted|contracts-finder|ocds)-csv)$/;
const MOST_SHOWN = 500;

const firstLineOf = async (chunks: AsyncIterable<Buffer>): Promise<string> => {
  for await (const chunk of chunks) {
    const text = chunk.toString("utf8", 0, MOST_SHOWN).replace(/^\uFEFF/, "");
    return text.split(/\r?\n/, 1)[0] ?? "";
  }
  return "";
};

const NOTHING: AsyncIterable<Document> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

interface Peeked {
  readonly content: Content;
  readonly isEmpty: boolean;
  /** All its bytes, to be read once. Each chunk may change when the next is asked for. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly close: () => Promise<void>;
}

const peek = async (chunks: AsyncIterable<Buffer>): Promise<Peeked> => {
  const beginning = new Beginning();
  const source = chunks[Symbol.asyncIterator]();
  const content = await readOn(source, beginning);
  const close = async () => void (await source.return?.());
  return { content, isEmpty: beginning.isEmpty, chunks: following(beginning.chunks, source), close };
};

const readOn = async (source: AsyncIterator<Buffer>, beginning: Beginning): Promise<Content> => {
  for (;;) {
    const { done, value } = await source.next();
    const content = done === true ? beginning.finish() : beginning.add(value);
    if (content !== undefined) return content;
  }
};

async function* following(begin: readonly Buffer[], source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* begin;
  for (let step = await source.next(); step.done !== true; step = await source.next()) yield step.value;
}

/**
 * The surroundings of registers that are packed in a file. The files that they name are looked for only by the names in
 * the archive, which are never used as paths. All of them are read in one go, because archives are read from the
 * beginning.
 */
export const archiveSurroundings = (input: NoticeInput): ((register: string) => Surroundings) => {
  const wanted = new Set<string>();
  let read: Promise<ReadonlyMap<string, Buffer>> | undefined;
  const expect = (path: string): string => {
    const name = plainName(path);
    if (!wanted.has(name)) read = undefined;
    wanted.add(name);
    return path;
  };
  const open = async (path: string): Promise<NamedFile> => {
    read ??= readNamed(input, wanted);
    const bytes = (await read).get(plainName(path));
    if (bytes === undefined) throw new InputError(`cannot read ${path}: there is no such file in the archive`);
    return { chunks: () => slicesOf(bytes) };
  };
  const { file, surroundings = NO_SURROUNDINGS } = input;
  return (register) => {
    // A register that is only compressed lies where the file lies.
    if (register === file) return surroundings;
    // Some programs for Windows put their own separator into archives.
    const folder = register.slice(0, Math.max(register.lastIndexOf("/"), register.lastIndexOf("\\")) + 1);
    const pathOf = (name: string): string => expect(`${folder}${withoutDots(name)}`);
    return { expect: pathOf, open: async (name) => await open(pathOf(name)) };
  };
};

/** A name without steps that lead nowhere: `a/./b` and `a/c/../b` are `a/b`. A name that leads out still does. */
const withoutDots = (name: string): string => {
  const steps: string[] = [];
  for (const step of name.split("/")) {
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
};

/**
 * The wanted files of an archive, by their plain names. Throws InputError if together they are longer than one document
 * may be.
 */
const readNamed = async (input: NoticeInput, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Buffer>> => {
  const files = new Map<string, Buffer>();
  let length = 0;
  for await (const { file, bytes } of filesNamedIn(input, wanted)) {
    const name = plainName(file);
    files.set(name, bytes);
    length += bytes.length;
    if (length > LIMITS.documentBytes) throw new InputError(`${input.file} holds too many ledgers`, TOO_MANY);
  }
  return files;
};

const TOO_MANY = `together they may have up to ${LIMITS.documentBytes / 2 ** 20} MiB: unpack the archive yourself`;
