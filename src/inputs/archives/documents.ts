import type { Finding } from "../../model/errors.ts";
import { joined } from "../bytes.ts";
import { type Content, contentNamed } from "../content.ts";
import type { NoticeInput } from "../inputs.ts";
import { REGISTER_NAME } from "../inputs.ts";
import { LineBlocks } from "../line-blocks.ts";
import { DATA_NAME, type Entry } from "./entry.ts";
import { gunzip } from "./gunzip.ts";
import { ArchiveProblem, Budget, LIMITS, type Limits, unknownPacking } from "./limits.ts";
import { peek } from "./peek.ts";
import { tarEntries } from "./tar-entries.ts";
import { zipEntries } from "./zip-entries.ts";

/** Notices, or one, in a file or in a file in an archive: a whole text, or some lines of it. */
export type NoticeDocument =
  | {
      readonly kind: "xml" | "ocds";
      /** What findings call it: `bulk.zip!/2024/notice.xml`. */
      readonly file: string;
      readonly bytes: Buffer;
      /** Whether it must be what lotbook reads: the user named it, or its own name says so. */
      readonly named: boolean;
    }
  | {
      readonly kind: "lines";
      readonly file: string;
      /** Whole lines. */
      readonly bytes: Buffer;
      /** The number of the first of them. */
      readonly firstLine: number;
    };

/** A register in an archive, or a file that one names. */
interface PackedRegister {
  readonly kind: "register";
  readonly file: string;
  /** Its name as what it is: without the ending of what it was compressed by. */
  readonly name: string;
  readonly bytes: Buffer;
}

export type Document = NoticeDocument | PackedRegister | { readonly kind: "problem"; readonly finding: Finding };

/**
 * The documents in a file, one after the other, those in archives and in archives within them included. What cannot be
 * read is a problem among them; what stands before it, and in other archives, is read all the same.
 */
export async function* documentsOf(input: NoticeInput, limits: Limits = LIMITS): AsyncGenerator<Document> {
  const { file, path, named, content } = input;
  // Most documents are files of their own: they need none of what follows.
  if ((content === "xml" || content === "ocds") && input.size <= limits.documentBytes) {
    if (input.kept !== undefined) input.meter?.passBytes(input.size);
    const bytes = input.kept ?? joined([...copiesOf(input)]);
    yield { kind: content, file, bytes, named: named || isXmlName(file) };
    return;
  }
  const unpacking = new Unpacking(new Budget(limits, input.meter));
  try {
    yield* unpacking.documentsOf({ file, path, name: file, named, bytes: allOf(input) }, 0);
  } catch (problem) {
    const finding = unpacking.report(problem, file);
    if (finding !== undefined) yield { kind: "problem", finding };
  }
}

/** The files in an archive, and in archives within it, that are wanted by their plain names; problems are passed over. */
export async function* filesNamedIn(input: NoticeInput, wanted: ReadonlySet<string>): AsyncGenerator<PackedRegister> {
  const { file, path, named } = input;
  const unpacking = new Unpacking(new Budget(LIMITS), wanted);
  try {
    for await (const document of unpacking.documentsOf({ file, path, name: file, named, bytes: allOf(input) }, 0))
      if (document.kind === "register" && wanted.has(plainName(document.file))) yield document;
  } catch (problem) {
    unpacking.report(problem, file);
  }
}

/** The name of a file in an archive, written as all are that mean the same one. */
export const plainName = (file: string): string => file.replace(/[\\/]+(?:\.[\\/]+)*/g, "/");

/** The bytes of an input, in chunks that stay as they are. */
function* copiesOf({ chunks }: NoticeInput): Generator<Buffer> {
  for (const chunk of chunks()) yield Buffer.from(chunk);
}

async function* allOf(input: NoticeInput): AsyncGenerator<Buffer> {
  yield* copiesOf(input);
}

interface Unit {
  readonly file: string;
  /** Where it can be opened; undefined for what stands in an archive or came through a pipe. */
  readonly path?: string | undefined;
  readonly name: string;
  readonly named: boolean;
  readonly bytes: AsyncIterable<Buffer>;
}

const ARCHIVE_NAME = /\.(?:gz|tgz|zip|tar)$/i;
const UNKNOWN_ARCHIVE_NAME = /\.(?:bz2|tbz2?|xz|txz|zst|tzst|7z|rar|lz4|lz|tlz|lzma|Z)$/i;
const isXmlName = (name: string): boolean => /\.xml$/i.test(name);
const isHidden = (name: string): boolean => /(?:^|\/)(?:\.[^./]|__MACOSX\/)/.test(name);

class Unpacking {
  readonly #budget: Budget;
  /** The only files to give, by their plain names; all data where it is left out. */
  readonly #wanted: ReadonlySet<string> | undefined;
  readonly #reported = new Set<unknown>();

  constructor(budget: Budget, wanted?: ReadonlySet<string>) {
    this.#budget = budget;
    this.#wanted = wanted;
  }

  /** What is wrong with a file; undefined where it has been reported. Throws what is no problem of archives. */
  report(problem: unknown, file: string): Finding | undefined {
    if (!(problem instanceof ArchiveProblem)) throw problem;
    if (this.#reported.has(problem)) return undefined;
    this.#reported.add(problem);
    const position = { file, line: 1, column: 1, text: "" };
    return { rule: "F9", severity: problem.severity, message: problem.message, hint: problem.hint, position };
  }

  async *documentsOf(unit: Unit, depth: number): AsyncGenerator<Document> {
    if (this.#wanted?.has(plainName(unit.file))) return yield* this.#register(unit);
    if (this.#wanted !== undefined && !unit.named && !ARCHIVE_NAME.test(unit.name)) return;
    const { content, isEmpty, chunks, close } = await peek(unit.bytes);
    try {
      yield* this.#documentsIn({ ...unit, bytes: chunks }, contentNamed(content, unit.name, isEmpty), depth);
    } finally {
      await close();
    }
  }

  #documentsIn(unit: Unit, content: Content, depth: number): AsyncIterable<Document> {
    switch (content) {
      case "gzip":
      case "zip":
      case "tar":
        return unit.named || DATA_NAME.test(unit.name) ? this.#unpack(unit, content, depth + 1) : NOTHING;
      case "unknown-archive":
        if (unit.named || UNKNOWN_ARCHIVE_NAME.test(unit.name) || DATA_NAME.test(unit.name)) throw unknownPacking();
        return NOTHING;
      case "empty":
        throw new ArchiveProblem("it is empty", "fetch it again");
      case "xml":
      case "ocds":
        return this.#whole(unit, content);
      case "ocds-lines":
        return this.#lines(unit);
      case "register-lines":
        return this.#register(unit);
      case "yaml":
        return unit.named || REGISTER_NAME.test(unit.name) ? this.#register(unit) : NOTHING;
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
    for await (const { name, bytes } of entries) {
      if (isHidden(name)) continue;
      const file = `${archive.file}!/${name}`;
      try {
        yield* this.documentsOf({ file, name, named: false, bytes }, depth);
      } catch (problem) {
        const finding = this.report(problem, file);
        if (finding !== undefined) yield { kind: "problem", finding };
        if (problem instanceof ArchiveProblem && problem.final) throw problem;
      }
    }
  }

  async *#register({ file, name, bytes }: Unit): AsyncGenerator<Document> {
    yield { kind: "register", file, name, bytes: await this.#collect(bytes) };
  }

  async *#whole({ file, name, named, bytes }: Unit, kind: "xml" | "ocds"): AsyncGenerator<Document> {
    yield { kind, file, bytes: await this.#collect(bytes), named: named || isXmlName(name) };
  }

  async #collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
    const collected: Buffer[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      length += chunk.length;
      this.#budget.checkDocument(length);
      collected.push(chunk);
    }
    return joined(collected);
  }

  async *#lines({ file, bytes: chunks }: Unit): AsyncGenerator<Document> {
    const blocks = new LineBlocks();
    let firstLine = 1;
    for await (const chunk of chunks) {
      const bytes = blocks.add(chunk);
      if (blocks.tooLong) this.#budget.checkDocument(Number.POSITIVE_INFINITY);
      if (bytes === undefined) continue;
      yield { kind: "lines", file, bytes, firstLine };
      firstLine += countLines(bytes);
    }
    const bytes = blocks.finish();
    if (bytes !== undefined) yield { kind: "lines", file, bytes, firstLine };
  }
}

const NOTHING: AsyncIterable<Document> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

const LINE_FEED = 10;

const countLines = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
};
