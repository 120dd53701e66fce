import { outlineOf } from "../syntax/json-outline.ts";

/** What files and streams hold: registers, notices, and what other files are packed in, whether or not it can be read. */
export type Content =
  | "yaml"
  | "register-lines"
  | "xml"
  | "ocds"
  | "ocds-lines"
  | "gzip"
  | "zip"
  | "tar"
  | "unknown-archive"
  /** Nothing, under a name that promises something. */
  | "empty";

const BEGINNINGS: readonly (readonly [Content, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  // An archive without entries.
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  // UTF-16 without a byte order mark.
  ["xml", [0x3c, 0x00]],
  ["xml", [0x00, 0x3c]],
  // bzip2, by the level of packing.
  ...["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(
    (level) => ["unknown-archive", [...Buffer.from(`BZh${level}1AY&SY`)]] as const,
  ),
  // xz, Zstandard, 7-Zip, RAR, LZ4, lzip, LZMA, compress.
  ["unknown-archive", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["unknown-archive", [0x28, 0xb5, 0x2f, 0xfd]],
  ["unknown-archive", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["unknown-archive", [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["unknown-archive", [0x04, 0x22, 0x4d, 0x18]],
  ["unknown-archive", [0x4c, 0x5a, 0x49, 0x50, 0x01]],
  ["unknown-archive", [0x5d, 0x00, 0x00]],
  ["unknown-archive", [0x1f, 0x9d]],
];
const TAR_MARK = { offset: 257, text: "ustar" };
/** What tells a tar archive, and what is blank before other texts, lies within so many bytes. */
const LEAST_BYTES = 512;

/** Each line of a register in JSON Lines has one of these. */
const RECORD_KEYS: ReadonlySet<string> = new Set(["contract", "supplier", "source", "query", "rule"]);
const REGISTER_WORDS = "sources?|prefer|suppliers?|contracts?|query|queries|ignore|rule|lots?|orders?|amount";
/** A key of registers or ledgers, in JSON or YAML. */
const REGISTER_KEY = new RegExp(`"(?:${REGISTER_WORDS})"\\s*:|^[ \\t{[,-]*'?(?:${REGISTER_WORDS})'?[ \\t]*:`, "m");

/**
 * Whether a text has a key as registers and ledgers have them. Of any other, no line is shown where something is wrong: a
 * link of a stranger's folder may lead to any file.
 */
export const looksLikeRegister = (text: string): boolean => REGISTER_KEY.test(text);

/** Members of releases, records and packages; `contracts`, `sources` and `buyer` stand in registers, too. */
const OCDS_KEYS: ReadonlySet<string> = new Set([
  "releases",
  "records",
  "ocid",
  "compiledRelease",
  "versionedRelease",
  "initiationType",
  "planning",
  "tender",
  "awards",
  "bids",
  "parties",
]);

/** How much to look at, at most. */
const MAX_HEAD_BYTES = 64 * 2 ** 20;

/** The beginning of a stream of bytes, kept until it tells what the stream holds. */
export class Beginning {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** Looking anew at each chunk would cost the square of their number. */
  #lookNextAt = 0;

  /** The chunks so far. */
  get chunks(): readonly Buffer[] {
    return this.#chunks;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Adds a chunk, which may change afterwards; gives what the stream holds once that is known. */
  add(chunk: Buffer): Content | undefined {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const content = this.#look();
    if (content === undefined) this.#chunks.splice(-1, 1, Buffer.from(chunk));
    return content;
  }

  #look(): Content | undefined {
    if (this.#length < this.#lookNextAt) return undefined;
    this.#lookNextAt = 2 * this.#length;
    return contentOf(this.#whole(), false) ?? (this.#length > MAX_HEAD_BYTES ? this.finish() : undefined);
  }

  /** What the stream holds, when nothing follows. */
  finish(): Content {
    return contentOf(this.#whole(), true) ?? "yaml";
  }

  #whole(): Buffer {
    return this.#chunks.length === 1 && this.#chunks[0] !== undefined ? this.#chunks[0] : Buffer.concat(this.#chunks);
  }
}

/** What chunks hold; no more of them are read than it takes to tell. */
export const contentOfChunks = (chunks: Iterable<Buffer>): Content => {
  const beginning = new Beginning();
  for (const chunk of chunks) {
    const content = beginning.add(chunk);
    if (content !== undefined) return content;
  }
  return beginning.finish();
};

/** Names that promise data in what tells nothing by itself. */
const PROMISED: readonly (readonly [Content, name: RegExp])[] = [
  ["register-lines", /\.jsonl$/i],
  ["xml", /\.xml$/i],
  ["gzip", /\.t?gz$/i],
  ["zip", /\.zip$/i],
  ["tar", /\.tar$/i],
];
/** Names of what is never empty: notices, and archives of every kind. */
const NEVER_EMPTY = /\.(?:xml|(?:nd)?json|zip|tar|t?gz|bz2|tbz2?|xz|txz|zst|tzst|7z|rar|lz4|lz|tlz|lzma|Z)$/i;

/**
 * What a file of a name holds: where its content tells nothing, as that of a broken file, the name does. So what is named
 * as data is either read or found wrong.
 */
export const contentNamed = (content: Content, name: string, isEmpty: boolean): Content => {
  if (content !== "yaml") return content;
  if (isEmpty && NEVER_EMPTY.test(name)) return "empty";
  return PROMISED.find(([, pattern]) => pattern.test(name))?.[0] ?? content;
};

/**
 * What begins with these bytes, told by them alone; undefined where more of them could tell. What is nothing else is
 * YAML, as any text may be. `whole` says that nothing follows them.
 */
export const contentOf = (head: Buffer, whole: boolean): Content | undefined => {
  if (head.length < LEAST_BYTES && !whole) return undefined;
  const marked = BEGINNINGS.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (marked !== undefined) return marked[0];
  if (head.toString("latin1", TAR_MARK.offset, TAR_MARK.offset + TAR_MARK.text.length) === TAR_MARK.text) return "tar";
  switch (firstCharacter(head)) {
    case "<":
      return "xml";
    case "{":
    case "[":
      return jsonContentOf(asciiOf(head), whole);
    default:
      return "yaml";
  }
};

/** Their letters beyond ASCII do not matter here; of UTF-16, every other byte of the rest is zero. */
const asciiOf = (bytes: Buffer): string => {
  const text = bytes.toString("latin1");
  return hasWideMark(bytes) ? text.replaceAll("\0", "") : text;
};

const hasWideMark = ([first, second]: Buffer): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const firstCharacter = (head: Buffer): string | undefined =>
  /[^\s\u00ef\u00bb\u00bf\u00ff\u00fe]/.exec(asciiOf(head.subarray(0, LEAST_BYTES)))?.[0];

const jsonContentOf = (text: string, whole: boolean): Content | undefined => {
  const { keys, overLines, end } = outlineOf(text);
  const inList = /^\W*\[/.test(text);
  if (!inList && keys.some((key) => RECORD_KEYS.has(key))) return "register-lines";
  const isOcds = keys.some((key) => OCDS_KEYS.has(key));
  if (isOcds && (overLines || inList)) return "ocds";
  const goesOn = end !== undefined && text.slice(end).trim() !== "";
  if (goesOn && !overLines && !inList) return isOcds ? "ocds-lines" : "register-lines";
  if (!whole && !goesOn) return undefined;
  return isOcds ? "ocds" : "yaml";
};
