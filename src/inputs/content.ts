/**
 * Content tells formats apart, by the first bytes or the members of the first object of JSON. Names count only in
 * folders and archives, for what any text could be.
 */

import { beginsOverLines, type JsonOutline, outlineOf } from "../syntax/json-outline.ts";
import { joined } from "./bytes.ts";
import { FOREIGN_BEGINNINGS, type ForeignFormat, memberFormat, tableFormat } from "./foreign.ts";
import type { ItemLists } from "./list-pieces.ts";

const UNKNOWN_PACKINGS = ["bzip2", "xz", "Zstandard", "7z", "RAR", "LZ4", "lzip", "LZMA", "compress"] as const;
type UnknownPacking = (typeof UNKNOWN_PACKINGS)[number];

/**
 * What files and streams hold: registers, notices, what other files are packed in, whether or not it can be read, and
 * formats that are known and not read.
 */
export type Content =
  | "yaml"
  | "register-json"
  | "register-lines"
  | "json-lines"
  | "xml"
  | "ocds"
  | "ocds-lines"
  | "decp"
  | "decp-lines"
  | "decp-csv"
  | "gzip"
  | "zip"
  | "tar"
  | UnknownPacking
  | ForeignFormat
  /** Nothing, under a name that promises something. */
  | "empty"
  /** Any text, under a name that promises nothing. */
  | "other";

export const isUnknownPacking = (content: Content): content is UnknownPacking =>
  UNKNOWN_PACKINGS.some((packing) => packing === content);

const ARCHIVES: ReadonlySet<Content> = new Set<Content>(["zip", "tar", "gzip"]);

/** Whether it is something packed, which may hold anything. */
export const isArchive = (content: Content): boolean => ARCHIVES.has(content);

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
    (level) => ["bzip2", [...Buffer.from(`BZh${level}1AY&SY`)]] as const,
  ),
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["Zstandard", [0x28, 0xb5, 0x2f, 0xfd]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["RAR", [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["LZ4", [0x04, 0x22, 0x4d, 0x18]],
  ["lzip", [0x4c, 0x5a, 0x49, 0x50, 0x01]],
  ["LZMA", [0x5d, 0x00, 0x00]],
  ["compress", [0x1f, 0x9d]],
  ...FOREIGN_BEGINNINGS,
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

/** Members in which APIs wrap what they answer with. */
export const WRAPPERS: readonly string[] = [
  "releasePackage",
  "recordPackage",
  "arrayReleasePackage",
  "data",
  "result",
  "results",
  "items",
  "response",
  "release",
  "record",
  "body",
  "payload",
  "content",
];
/** Where releases and records stand; one of either that stands by itself may have lists of such names, too. */
export const OCDS_LISTS: ItemLists = {
  names: new Set(["releases", "records", ...WRAPPERS]),
  ofItems: new Set([
    "ocid",
    "compiledRelease",
    "versionedRelease",
    "tender",
    "awards",
    "contracts",
    "buyer",
    "parties",
  ]),
};
/** What stands in a wrapper of OCDS, and in little else. */
const WRAPPED_KEYS: ReadonlySet<string> = new Set(["ocid", "releases", "records", "compiledRelease"]);

const MAX_HEAD_BYTES = 64 * 2 ** 20;

/** The beginning of a stream of bytes, kept until it tells what the stream holds. */
export class Beginning {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** Looking anew at each chunk would cost the square of their number. */
  #lookNextAt = 0;

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
    return contentOf(joined(this.#chunks), false) ?? (this.#length > MAX_HEAD_BYTES ? this.finish() : undefined);
  }

  finish(): Content {
    return contentOf(joined(this.#chunks), true) ?? "yaml";
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

const REGISTER_NAME = /\.(ya?ml|jsonl)$/i;
const PROMISED: readonly (readonly [KnownContent, name: RegExp])[] = [
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
export const contentNamed = (content: Content, { name, named }: NamedContent, isEmpty: boolean): KnownContent => {
  // Lines of JSON that are no records are a register only where somebody says so.
  if (content === "json-lines") return named || /\.jsonl$/i.test(name) ? "register-lines" : "other";
  if (content === "register-json") return "yaml";
  if (content !== "yaml") return content;
  if (isEmpty && NEVER_EMPTY.test(name)) return "empty";
  const promised = PROMISED.find(([, pattern]) => pattern.test(name))?.[0];
  if (promised !== undefined) return promised;
  if (!named) return REGISTER_NAME.test(name) ? "yaml" : "other";
  if (!/\.(?:csv|tsv)$/i.test(name)) return "yaml";
  return isEmpty ? "empty" : "csv";
};

export type KnownContent = Exclude<Content, "json-lines" | "register-json">;

interface NamedContent {
  readonly name: string;
  readonly named: boolean;
}

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
    case "[": {
      const content = jsonContentOf(asciiOf(head), whole);
      // Only UTF-8 can be cut into lines byte by byte.
      return content === "ocds-lines" && hasWideMark(head) ? "ocds" : content;
    }
    default:
      return tableContentOf(asciiOf(head), whole);
  }
};

/** What a text is by its first line, which may be headings; YAML has a colon there before any separator. */
const tableContentOf = (text: string, whole: boolean): Content | undefined => {
  const end = text.indexOf("\n");
  const headings = end === -1 ? text : text.slice(0, end);
  if (!/^[^:]*[,;\t]/.test(headings)) return "yaml";
  if (end === -1 && !whole && text.length < MAX_HEADINGS) return undefined;
  return isDecpTable(headings) ? "decp-csv" : (tableFormat(headings) ?? "yaml");
};

const MAX_HEADINGS = 1 << 16;

const isDecpTable = (headings: string): boolean =>
  /(?:^|[,;\t"])(?:acheteur[_.]id|idacheteur)(?:[,;\t"]|$)/i.test(headings) &&
  /(?:^|[,;\t"])montant(?:[,;\t"]|$)/i.test(headings);

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
  const { keys, within, overLines, end } = outlineOf(text);
  const inList = /^\W*\[/.test(text);
  if (!inList && keys.some((key) => RECORD_KEYS.has(key))) return "register-lines";
  const wrapped = keys.some((key) => WRAPPERS.includes(key));
  const near = within.filter(({ depth }) => depth < 4).map(({ key }) => key);
  const foreign = memberFormat(keys) ?? (wrapped || keys[0] === "notices" ? memberFormat(near) : undefined);
  if (foreign !== undefined) return foreign;
  const [one, many] = formatOf(keys, wrapped ? within.map(({ key }) => key) : []);
  // On a line as long as no release is, a package is read item by item, whatever follows it.
  if (one !== undefined && (overLines || inList || text.length > LONG_LINE)) return one;
  const goesOn = end !== undefined && text.slice(end).trim() !== "";
  if (goesOn && !overLines && !inList) {
    // A line may be followed by texts over lines, one after the other.
    const next = beginsOverLines(text.slice(end));
    if (next === undefined && !whole) return undefined;
    return next === true && one !== undefined ? one : many;
  }
  if (!whole && !goesOn) return undefined;
  return one ?? (isRegister(keys, within) ? "register-json" : "yaml");
};

/** The lists of a register, with what each of their records has; a list of contracts alone is told to be none. */
const RECORD_LISTS = { contracts: "contract", suppliers: "supplier", sources: "source", queries: "query" };

const isRegister = (keys: readonly string[], within: JsonOutline["within"]): boolean =>
  keys.includes("contract") ||
  Object.entries(RECORD_LISTS).some(([list, id]) => keys.includes(list) && within.some(({ key }) => key === id));

const LONG_LINE = 4 * 2 ** 20;

/** What an object with these members is of, alone and one a line. */
const formatOf = (
  keys: readonly string[],
  wrapped: readonly string[],
): readonly [one: "ocds" | "decp" | undefined, many: "ocds-lines" | "decp-lines" | "json-lines"] => {
  if (keys.includes("marches") || isDecp(keys)) return ["decp", "decp-lines"];
  const isOcds = keys.some((key) => OCDS_KEYS.has(key)) || wrapped.some((key) => WRAPPED_KEYS.has(key));
  return isOcds ? ["ocds", "ocds-lines"] : [undefined, "json-lines"];
};

/** A record of France's essential data: of a buyer and its holders, or flattened; the case of letters differs. */
const isDecp = (keys: readonly string[]): boolean => {
  const known = new Set(keys.map((key) => key.toLowerCase()));
  return (
    known.has("acheteur_id") || (known.has("acheteur") && (known.has("titulaires") || known.has("datenotification")))
  );
};
