/**
 * A sheet becomes the text of a register: its rows are turned into what a parser would make of a register's text, with
 * the cell of each part as its place. From there on the register is assembled, checked and written like any. Each cell
 * is read by the codec of its field. Workbooks are unpacked within the bounds of archives and read as all XML is.
 * Libraries for them will not do: they loop over the columns that a file of 100 bytes claims to have, tell of neither
 * hidden rows nor merged cells, or calculate in binary what is written in decimals.
 */

import { basename, extname } from "node:path";
import {
  decodeUtf8,
  readStdin,
  STDIN_NAME,
  textOfWindows1252,
  wideEncodingOf,
  withoutMark,
} from "../../inputs/bytes.ts";
import { contentOf } from "../../inputs/content.ts";
import { foreignOf, isForeign } from "../../inputs/foreign.ts";
import { readWhole } from "../../inputs/read-file.ts";
import type { Workbook } from "../../inputs/workbooks/workbook.ts";
import { DataError, type Finding, InputError } from "../../model/errors.ts";
import { type ImportMap, importMapCodec } from "../../records/import-map.ts";
import type { LedgerEncoding } from "../../records/order.ts";
import { CsvRow, SEPARATOR_LINE, SEPARATORS } from "../../syntax/csv-row.ts";
import { type PlainDocument, positionsIn } from "../../syntax/plain.ts";
import type { Cell, Sheet, SheetRow } from "../../syntax/sheet.ts";
import { decodeRecord } from "../records.ts";
import { NO_REFERENCES } from "../references.ts";
import { RowGatherer } from "./gather-rows.ts";
import { hasContracts, hasSeats, mapOf, type SuggestedMap, suggestMap } from "./suggest-map.ts";

export interface ImportOptions {
  /** The file that says what the columns are. Without it, only what the headings leave no doubt of is read. */
  readonly map?: string;
  readonly stdin?: () => AsyncIterable<Uint8Array>;
}

interface ReadSheets {
  readonly document: PlainDocument;
  readonly findings: Finding[];
  readonly notes: readonly string[];
}

const MAX_SHEET_BYTES = 64 * 2 ** 20;
const MAX_MAP_BYTES = 2 ** 20;
const DIVIDE = "divide it, or write it as JSON Lines by a program";

/**
 * Reads sheets as a map says. Throws DataError if the map is wrong, InputError for what cannot be read, and UsageError
 * if there is no map and the headings leave a doubt.
 */
export const readSheets = async (files: readonly string[], options: ImportOptions): Promise<ReadSheets> => {
  const named = options.map === undefined ? undefined : await readMap(options.map);
  const sheets = await sheetsIn(files, named, options.stdin);
  const used = named === undefined ? mapOf(sheets) : { map: named, isSuggested: false };
  const findings: Finding[] = [];
  const gatherer = new RowGatherer(used, findings);
  for (const sheet of sheets) gatherer.addSheet(sheet, sourceOf(sheet.file, used.map, files.length));
  return { document: gatherer.document(), findings, notes: gatherer.closingNotes() };
};

export const suggestMapFor = async (
  files: readonly string[],
  { stdin }: Pick<ImportOptions, "stdin">,
): Promise<SuggestedMap> => suggestMap(await sheetsIn(files, undefined, stdin));

const sheetsIn = (
  files: readonly string[],
  map: ImportMap | undefined,
  stdin: ImportOptions["stdin"],
): Promise<readonly Sheet[]> => Promise.all(files.map((file) => readSheet(file, map, stdin)));

/** The source that a sheet is, as its map says. If there are several files, its id has the name of the file in it. */
const sourceOf = (file: string, { source, title }: ImportMap, files: number) => {
  const name = basename(file, extname(file)).replace(/\s+/g, "-").replaceAll("#", "-");
  const own = file === STDIN_NAME ? "sheet" : name;
  return { id: source === undefined ? own : files === 1 ? source : `${source}-${own}`, title: title ?? basename(file) };
};

const readMap = async (file: string): Promise<ImportMap> => {
  const { readYaml } = await import("../../syntax/yaml.ts");
  const text = new TextDecoder().decode(readWhole(file, MAX_MAP_BYTES, "is it the right file?"));
  const read = readYaml(text, file);
  if ("findings" in read) throw new DataError(read.findings);
  const { value, locate } = read.document;
  const findings: Finding[] = [];
  const map = decodeRecord(importMapCodec, { plain: value, origin: { locate } }, NO_REFERENCES, findings);
  if (map === undefined) throw new DataError(findings);
  return map;
};

const readSheet = async (path: string, map: ImportMap | undefined, stdin: ImportOptions["stdin"]): Promise<Sheet> => {
  const file = path === "-" ? STDIN_NAME : path;
  const bytes =
    path === "-" ? await readStdin(stdin, MAX_SHEET_BYTES, DIVIDE) : readWhole(path, MAX_SHEET_BYTES, DIVIDE);
  if (isWorkbook(bytes)) {
    const { readWorkbook } = await import("../../inputs/workbooks/workbook.ts");
    const workbook = await readWorkbook(bytes, file);
    return map === undefined ? likelySheet(workbook) : workbook.sheet(map.sheet);
  }
  const other = otherThanTable(bytes);
  if (other !== undefined) throw new InputError(`${file} is ${other.called}`, other.hint);
  return csvSheet(bytes, file, map);
};

/**
 * The sheet to read of a workbook: the sheet of seats, if lotbook wrote the workbook. Otherwise it is the first that is
 * not hidden and has a heading for contracts, or the first of all if none has.
 */
const likelySheet = ({ sheet, names }: Workbook): Sheet => {
  const seats = names.includes("Seats") ? sheet("Seats") : undefined;
  if (seats !== undefined && hasSeats(seats)) return { ...seats, isChosen: true };
  const first = sheet();
  if (hasContracts(first)) return first;
  for (const name of names) {
    const found = sheet(name);
    if (hasContracts(found)) return { ...found, isChosen: true };
  }
  return first;
};

/** What lotbook reads besides tables, and what to do with it here. */
const OTHERS: readonly (readonly [holds: RegExp, called: string, hint: string])[] = [
  [/^xls$/, "a workbook of an older Excel, or one with a password", "save it as .xlsx without a password, or as CSV"],
  [/^xml$/, "XML or a web page", "if a spreadsheet opens it, save it as .xlsx or CSV; notices are read as they are"],
  [/^(?:ocds|decp|register|json)(?:-lines)?$/, "JSON", "registers and notices are read as they are: lotbook lots FILE"],
  [/^(?:gzip|tar|zip|bzip2|xz|Zstandard|7z|RAR|LZ4|lzip|LZMA|compress)$/, "packed", "unpack it"],
];

/** What a file is, if it is no table. Undefined for any text that may be one. */
const otherThanTable = (bytes: Buffer): { readonly called: string; readonly hint: string } | undefined => {
  const content = contentOf(bytes, true) ?? "yaml";
  const [, called, hint] = OTHERS.find(([holds]) => holds.test(content)) ?? [];
  if (called !== undefined && hint !== undefined) return { called, hint };
  if (!isForeign(content) || content.endsWith("csv")) return undefined;
  return { called: foreignOf(content).kind.one, hint: "save it as XLSX or CSV" };
};

const isWorkbook = (bytes: Buffer): boolean => bytes.toString("latin1", 0, 4) === "PK\x03\x04";

/** How many letters of a table to look at to find out what separates its fields. */
const MOST_LOOKED_AT = 1 << 16;

/** A table in CSV as a sheet. Rows are counted as spreadsheets count them: a cell with several lines is in one row. */
const csvSheet = (bytes: Buffer, file: string, map: ImportMap | undefined): Sheet => {
  const { text: written, note } = textOf(bytes, map?.encoding);
  if (written.includes("\0")) throw new InputError(`${file} is no spreadsheet`, "XLSX, ODS and CSV can be read");
  const text = withLineFeeds(withoutMark(written));
  const declared = SEPARATOR_LINE.exec(text);
  const separator = map?.separator ?? declared?.[1] ?? likelySeparator(text);
  const rows = rowsOf(text, file, separator, declared?.[0].length ?? 0);
  return { file, name: undefined, rows, merged: [], notes: note === undefined ? [] : [note] };
};

/** Excel for Mac may end lines with a carriage return alone. */
const withLineFeeds = (text: string): string => (text.includes("\n") ? text : text.replaceAll("\r", "\n"));

const textOf = (bytes: Buffer, encoding: LedgerEncoding | undefined): { text: string; note?: string } => {
  const wide = wideEncodingOf(bytes);
  if (encoding === "utf-16" || (encoding === undefined && wide !== undefined))
    return { text: new TextDecoder(wide ?? "utf-16le").decode(bytes) };
  if (encoding === "windows-1252") return { text: textOfWindows1252(bytes) };
  const text = decodeUtf8(bytes);
  if (text !== undefined) return { text };
  const note = "it is not UTF-8, so it is read as Windows-1252; if letters come out wrong, say in the map: encoding: …";
  return { text: textOfWindows1252(bytes), note };
};

const likelySeparator = (text: string): string => {
  const beginning = text.slice(0, MOST_LOOKED_AT);
  const widths = SEPARATORS.map((separator) => ({ separator, width: widthWith(beginning, separator) }));
  return widths.reduce((best, other) => (other.width > best.width ? other : best)).separator;
};

/** How many fields a separator makes, in all rows that it divides at all. */
const widthWith = (text: string, separator: string): number => {
  const row = new CsvRow(separator);
  let fields = 0;
  for (let at: number | undefined = 0; at !== undefined && at < text.length; ) {
    at = row.read(text, at);
    if (row.width > 1) fields += row.width;
  }
  return fields;
};

const rowsOf = (text: string, file: string, separator: string, start: number): readonly SheetRow[] => {
  const positionAt = positionsIn(text, file);
  const row = new CsvRow(separator);
  const rows: SheetRow[] = [];
  for (let at = start, number = 1; at < text.length; number++) {
    const next = row.read(text, at);
    const starts = Array.from({ length: row.width + 1 }, (_, column) => row.start(column));
    const place: SheetRow["place"] = (column) => positionAt(starts[column] ?? starts[0] ?? 0);
    if (next === undefined) {
      rows.push({ number, cells: new Map(), hidden: false, place: () => place(row.width), fault: UNCLOSED });
      return rows;
    }
    const cells = cellsOf(row);
    const fault = row.stray === undefined ? undefined : STRAY;
    if (cells.size > 0) rows.push({ number, cells, hidden: false, width: row.width, place, ...(fault && { fault }) });
    at = next;
  }
  return rows;
};

const UNCLOSED = {
  message: "a quote that opens here is never closed",
  hint: "close it, or double a quote that is meant",
};
const STRAY = { message: "something follows a closing quote in this row", hint: "double a quote that is meant" };

const cellsOf = (row: CsvRow): ReadonlyMap<number, Cell> =>
  new Map(
    row.fields.flatMap((field, column): (readonly [number, Cell])[] => {
      const text = field.trim();
      return text === "" ? [] : [[column, { text, kind: "text" }]];
    }),
  );
