/**
 * Content tells formats apart: the first bytes, or the members of the first object in JSON. A name counts only for
 * content that could be any text.
 */

import { beginsOverLines, type JsonOutline, outlineOf } from "../syntax/json-outline.ts";
import { joined } from "./bytes.ts";
import { FOREIGN_BEGINNINGS, type ForeignFormat, memberFormat, tableFormat } from "./foreign.ts";
import type { ItemLists } from "./list-pieces.ts";

const UNKNOWN_PACKINGS = ["bzip2", "xz", "Zstandard", "7z", "RAR", "LZ4", "lzip", "LZMA", "compress"] as const;
type UnknownPacking = (typeof UNKNOWN_PACKINGS)[number];

/**
 * What a file or stream holds: a register, notices, something packed, whether or not lotbook can unpack it, or a format
 * that lotbook knows but does not read.
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
  /** An empty file whose name promises data. */
  | "empty"
  /** Any text, in a file whose name promises no data. */
  | "other";

export const isUnknownPacking = (content: Content): content is UnknownPacking =>
  UNKNOWN_PACKINGS.some((packing) => packing === content);

const ARCHIVES: ReadonlySet<Content> = new Set<Content>(["zip", "tar", "gzip"]);

/** Whether the content is packed in a way that lotbook reads. What is packed may be anything. */
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
/** The mark of a tar archive, and any blanks before other formats, lie within this many bytes. */
const LEAST_BYTES = 512;

/** Each line of a register in JSON Lines has one of these keys. */
const RECORD_KEYS: ReadonlySet<string> = new Set(["contract", "supplier", "source", "query", "rule"]);
const REGISTER_WORDS = "sources?|prefer|suppliers?|contracts?|query|queries|ignore|rule|lots?|orders?|amount";
/** A key of registers or ledgers, in JSON or YAML. */
const REGISTER_KEY = new RegExp(`"(?:${REGISTER_WORDS})"\\s*:|^[ \\t{[,-]*'?(?:${REGISTER_WORDS})'?[ \\t]*:`, "m");

/**
 * Whether a text has a key that registers and ledgers have. Findings in any other text do not show its lines: in a
 * stranger's folder, a link may lead to any file.
 */
export const looksLikeRegister = (text: string): boolean => REGISTER_KEY.test(text);

/**
 * Members of OCDS releases, records and packages. `contracts`, `sources` and `buyer` are not among them, since
 * registers have these, too.
 */
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

/** Members in which APIs wrap their answers. */
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
/** Where releases and records stand. A release or record that stands alone may have lists with these names, too. */
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
/** Members that tell OCDS within a wrapper. Little else has them. */
const WRAPPED_KEYS: ReadonlySet<string> = new Set(["ocid", "releases", "records", "compiledRelease"]);

const MAX_HEAD_BYTES = 64 * 2 ** 20;

/** The beginning of a stream of bytes, kept until it tells what the stream holds. */
export class Beginning {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** The length at which to look next. It doubles: looking again at each chunk would take quadratic time. */
  #lookNextAt = 0;

  get chunks(): readonly Buffer[] {
    return this.#chunks;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /**
   * Adds a chunk, whose bytes may be overwritten afterwards. Returns what the stream holds, or undefined until that is
   * known.
   */
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

/** What chunks hold. Reads only as many of them as it takes to tell. */
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
/** Names of files that are empty only by mistake: notices, and archives of every kind. */
const NEVER_EMPTY = /\.(?:xml|(?:nd)?json|zip|tar|t?gz|bz2|tbz2?|xz|txz|zst|tzst|7z|rar|lz4|lz|tlz|lzma|Z)$/i;

/**
 * What a file holds by its content or, where that tells nothing, by its name. The content of a broken file may tell
 * nothing: thanks to its name, it is reported as wrong and not passed over.
 */
export const contentNamed = (content: Content, { name, named }: NamedContent, isEmpty: boolean): KnownContent => {
  // JSON Lines without records are a register only if the user named the file, or if its name says so.
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
 * What a file or stream holds, told by its first bytes alone. Undefined if more bytes could tell. What is nothing else
 * is YAML, as any text may be. `whole` says that nothing follows these bytes.
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

/**
 * What a text is, told by its first line, which may be the headings of a table. In YAML, a colon stands there before
 * any separator.
 */
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

/**
 * Bytes as a text of which only the ASCII characters are right, since no others matter here. In UTF-16, the other byte
 * of each of these is zero.
 */
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
  // A line longer than any release is a package, which is read item by item whatever follows it.
  if (one !== undefined && (overLines || inList || text.length > LONG_LINE)) return one;
  const goesOn = end !== undefined && text.slice(end).trim() !== "";
  if (goesOn && !overLines && !inList) {
    // A text on one line may be followed by others that each span several lines.
    const next = beginsOverLines(text.slice(end));
    if (next === undefined && !whole) return undefined;
    return next === true && one !== undefined ? one : many;
  }
  if (!whole && !goesOn) return undefined;
  return one ?? (isRegister(keys, within) ? "register-json" : "yaml");
};

/** The lists of a register, each with the member that identifies its records. */
const RECORD_LISTS = { contracts: "contract", suppliers: "supplier", sources: "source", queries: "query" };

/** Whether JSON is a register. A mere list of contracts is taken for one, too, so that it is reported to be none. */
const isRegister = (keys: readonly string[], within: JsonOutline["within"]): boolean =>
  keys.includes("contract") ||
  Object.entries(RECORD_LISTS).some(([list, id]) => keys.includes(list) && within.some(({ key }) => key === id));

const LONG_LINE = 4 * 2 ** 20;

/**
 * The format of a text whose first object has these members: `one` if it is alone, `many` if there is one on each line.
 */
const formatOf = (
  keys: readonly string[],
  wrapped: readonly string[],
): readonly [one: "ocds" | "decp" | undefined, many: "ocds-lines" | "decp-lines" | "json-lines"] => {
  if (keys.includes("marches") || isDecp(keys)) return ["decp", "decp-lines"];
  const isOcds = keys.some((key) => OCDS_KEYS.has(key)) || wrapped.some((key) => WRAPPED_KEYS.has(key));
  return isOcds ? ["ocds", "ocds-lines"] : [undefined, "json-lines"];
};

/**
 * Whether these are the members of a record of France's essential data (DECP): either nested, with a buyer and its
 * holders, or flattened. Publishers write the names in upper or lower case.
 */
const isDecp = (keys: readonly string[]): boolean => {
  const known = new Set(keys.map((key) => key.toLowerCase()));
  return (
    known.has("acheteur_id") || (known.has("acheteur") && (known.has("titulaires") || known.has("datenotification")))
  );
};
