import { decodeUtf8, LINE_FEED, linesIn, textOfWindows1252 } from "../../inputs/bytes.ts";
import type { Piece } from "../../inputs/list-pieces.ts";
import type { Finding, Position } from "../../model/errors.ts";
import { addAll, addUnder, flatMap } from "../../model/lists.ts";
import { type OtherDocument, otherDocument, otherKind } from "../../model/publication.ts";
import { readJson, readJsonQuickly } from "../../syntax/json.ts";
import { beginsOverLines, jsonTextsIn } from "../../syntax/json-outline.ts";
import type { Path, PlainMap } from "../../syntax/plain.ts";
import { type Notice, type NoticesRead, originAt, type TextPlace } from "../notice.ts";
import { journalNumber } from "../stated-values.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import { noticesOf } from "./notice-of.ts";
import { type Release, releasesIn } from "./releases-in.ts";

/**
 * Reads OCDS 1.0, 1.1 or 1.2: a package of releases or of records, one release or record by itself, a list of any of
 * these, or one of these on each line. The releases of one process are one notice.
 */
export const readOcds = (
  text: string,
  file: string,
  suppliers: SupplierPool,
  { firstLine, windows1252 }: TextPlace = WHOLE_FILE,
): NoticesRead => {
  const bytes = withoutMark(Buffer.from(text));
  const reading = new ReleaseReading(file, windows1252);
  if (isLines(bytes)) reading.readLines(bytes, firstLine);
  else reading.read(bytes, { line: firstLine, hint: HINT });
  return reading.finish(suppliers);
};

/** Reads a part of such a file: a {@link Piece}. */
export const readOcdsPiece = ({ bytes, line, column }: Piece, file: string, suppliers: SupplierPool): NoticesRead => {
  const reading = new ReleaseReading(file, false);
  reading.read(withoutMark(bytes), { line, column, hint: HINT });
  return reading.finish(suppliers);
};

const HINT = "a file of OCDS is JSON throughout";

const WHOLE_FILE: TextPlace = { firstLine: 1, windows1252: false };

/**
 * Reads whole lines of OCDS in JSON Lines, without making one text of them all. Bytes that are not UTF-8 are taken for
 * Windows-1252, line by line.
 */
export const readOcdsLines = (lines: Buffer, file: string, suppliers: SupplierPool, firstLine: number): NoticesRead => {
  const reading = new ReleaseReading(file, false);
  reading.readLines(firstLine === 1 ? withoutMark(lines) : lines, firstLine);
  return reading.finish(suppliers);
};

const MARK = Buffer.from("\uFEFF");

const withoutMark = (bytes: Buffer): Buffer =>
  bytes.subarray(0, MARK.length).equals(MARK) ? bytes.subarray(MARK.length) : bytes;

/**
 * Whether a file has one value a line: a whole value stands on the first line, and the next one is on one line, too.
 */
const isLines = (bytes: Buffer): boolean => {
  const end = bytes.indexOf(LINE_FEED);
  if (end === -1 || isBlank(bytes.subarray(end)) || readJsonQuickly(bytes.toString("utf8", 0, end)) === undefined)
    return false;
  return beginsOverLines(bytes.toString("latin1", end, end + HEAD_BYTES)) !== true;
};

const HEAD_BYTES = 1024;

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte <= SPACE);
const SPACE = 0x20;

/** Where a text begins in its file, and the hint for one that is not JSON. */
interface Beginning {
  readonly line: number;
  readonly column?: number;
  readonly hint?: string | undefined;
}

const withoutReleases = (position: Position): OtherDocument =>
  otherDocument(
    otherKind("a package without releases", "packages without releases"),
    "APIs answer so when there are no more; is it the right file?",
    position,
  );

class ReleaseReading {
  readonly #releases: Release[] = [];
  readonly #findings: Finding[] = [];
  readonly #file: string;
  readonly #windows1252: boolean;
  #first: Position | undefined;

  constructor(file: string, windows1252: boolean) {
    this.#file = file;
    this.#windows1252 = windows1252;
  }

  readLines(bytes: Buffer, firstLine: number): void {
    let line = firstLine;
    for (const text of linesIn(bytes)) this.read(text, { line: line++ });
  }

  /** Reads one value of JSON, or nothing. */
  read(bytes: Buffer, begin: Beginning): void {
    if (isBlank(bytes)) return;
    const decoded = decodeUtf8(bytes);
    this.#readText(decoded ?? textOfWindows1252(bytes), begin, this.#windows1252 || decoded === undefined);
  }

  /** Reads one value. Where the text is not one value, it may be several, one after the other. */
  #readText(text: string, begin: Beginning, windows1252: boolean): void {
    const { line, column, hint } = begin;
    const read = readJson(text, { file: this.#file, line, column }, hint);
    if ("findings" in read) {
      const texts = jsonTextsIn(text);
      if (texts.length < 2) addAll(this.#findings, read.findings);
      else for (const one of texts) this.#readText(one.text, { line: line + one.linesBefore, hint }, windows1252);
      return;
    }
    const locate = (path: Path) => read.locate(path, "value");
    this.#first ??= { file: this.#file, line, column: 1, text: "" };
    const document = { file: this.#file, line, windows1252, value: read.value, locate };
    for (const release of releasesIn(document, this.#findings)) this.#releases.push(release);
  }

  finish(suppliers: SupplierPool): NoticesRead {
    const read = { notices: noticesIn(this.#releases, suppliers), findings: this.#findings };
    const isEmpty = this.#releases.length + this.#findings.length === 0;
    return isEmpty && this.#first !== undefined ? { ...read, other: withoutReleases(this.#first) } : read;
  }
}

/** Reads a release that another format spells out; `position` is where it begins. */
export const readRelease = (value: PlainMap, position: Position, suppliers: SupplierPool): NoticesRead => {
  const findings: Finding[] = [];
  const { file, line } = position;
  const releases = releasesIn({ value, file, line, windows1252: false, ...originAt(position) }, findings);
  return { notices: noticesIn(releases, suppliers), findings };
};

/** Groups releases by their processes, in the order in which those appear. */
const noticesIn = (releases: readonly Release[], suppliers: SupplierPool): readonly Notice[] => {
  const processes = new Map<string | Release, [Release, ...Release[]]>();
  for (const release of releases) {
    const key = release.ocid ?? release;
    addUnder(processes, key, release);
  }
  return flatMap([...processes.values()], (process) => noticesOf(process, suppliers));
};

/** The key without the quote before it: there are too many quotes to look behind each of them. */
const KEY = Buffer.from('ocid"');
const TENDER = Buffer.from('tender"');
const ID = Buffer.from('"id"');
const [QUOTE, COLON, COMMA, BRACE] = [0x22, 0x3a, 0x2c, 0x7b];

const skipSpace = (bytes: Buffer, start: number): number => {
  let at = start;
  while ((bytes[at] ?? COLON) <= SPACE) at++;
  return at;
};

/**
 * Where the value of a key begins, which was found without the quote before it; -1 where it is no key, or where its
 * value does not begin with `first`.
 */
const valueAfter = (document: Buffer, key: number, length: number, first: number): number => {
  const colon = skipSpace(document, key + length);
  if (document[key - 1] !== QUOTE || document[colon] !== COLON) return -1;
  const start = skipSpace(document, colon + 1);
  return document[start] === first ? start : -1;
};

/** The `id` that stands right behind a comma or a brace, where most publishers write it. */
const idAfter = (document: Buffer, at: number, before: number): Buffer | undefined => {
  const sign = skipSpace(document, at);
  const key = skipSpace(document, sign + 1);
  if (document[sign] !== before || !document.subarray(key, key + ID.length).equals(ID)) return undefined;
  const start = valueAfter(document, key + 1, ID.length - 1, QUOTE);
  const end = start === -1 ? -1 : document.indexOf(QUOTE, start + 1);
  return end === -1 ? undefined : document.subarray(start + 1, end);
};

/**
 * Texts that may be the ocids in a document or a line, as bytes, found without reading it: whatever text follows
 * `"ocid":` anywhere. Also what notices of other formats may call the same process. A text with escapes is given as
 * written.
 */
export function* ocidsIn(document: Buffer): Generator<Buffer> {
  for (let key = document.indexOf(KEY); key !== -1; key = document.indexOf(KEY, key + KEY.length)) {
    const start = valueAfter(document, key, KEY.length, QUOTE);
    if (start === -1) continue;
    const end = document.indexOf(QUOTE, start + 1);
    if (end === -1) return;
    const ocid = document.subarray(start + 1, end);
    yield ocid;
    yield* procedureIn(ocid);
    const release = idAfter(document, end + 1, COMMA);
    if (release?.[YEAR_LENGTH] === SLASH) yield Buffer.from(journalNumber(release.toString()) ?? "");
  }
  for (let key = document.indexOf(TENDER); key !== -1; key = document.indexOf(TENDER, key + TENDER.length)) {
    const start = valueAfter(document, key, TENDER.length, BRACE);
    const id = start === -1 ? undefined : idAfter(document, start, BRACE);
    if (id !== undefined) yield* procedureIn(id);
  }
}

/**
 * Where to look in ids such as `5f0c7f9e-1111-4000-8000-000000000001` and `2020/S 110-268595` for the few bytes that
 * tell them from others.
 */
const [UNIVERSAL_LENGTH, FIRST_DASH, LAST_DASH, YEAR_LENGTH] = [36, 8, 13, 4];
const [DASH, SLASH] = [0x2d, 0x2f];

/** The procedure of eForms that an id is or ends with, if it looks like one. */
function* procedureIn(id: Buffer): Generator<Buffer> {
  const begin = id.length - UNIVERSAL_LENGTH;
  if (id[begin + FIRST_DASH] === DASH && id[id.length - LAST_DASH] === DASH) yield id.subarray(begin);
}
