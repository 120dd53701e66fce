import { decodeUtf8 } from "../../inputs/bytes.ts";
import { textOfWindows1252, wideEncodingOf } from "../../inputs/text-of-bytes.ts";
import { InputError } from "../../model/errors.ts";
import type { LedgerEncoding } from "../../records/order.ts";
import { CsvRow } from "../../syntax/csv-row.ts";
import { positionsIn } from "../../syntax/plain.ts";
import type { Cell, Sheet, SheetRow } from "../../syntax/sheet.ts";

export interface CsvDialect {
  readonly separator?: string | undefined;
  readonly encoding?: LedgerEncoding | undefined;
}

const SEPARATORS = [",", ";", "\t", "|"] as const;
const SEPARATOR_LINE = /^"?sep=(.{1,2}?)"?\r?\n/i;
/** So much of a table tells by what its fields are separated. */
const MOST_LOOKED_AT = 1 << 16;

/** A table in CSV as a sheet. Rows are counted as spreadsheets do, which show several lines of a cell in one row. */
export const csvSheet = (bytes: Buffer, file: string, dialect: CsvDialect): Sheet => {
  const { text: written, note } = textOf(bytes, dialect.encoding);
  if (written.includes("\0")) throw new InputError(`${file} is no spreadsheet`, "XLSX, ODS and CSV can be read");
  const text = withLineFeeds(written.startsWith("\uFEFF") ? written.slice(1) : written);
  const declared = SEPARATOR_LINE.exec(text);
  const separator = dialect.separator ?? declared?.[1] ?? likelySeparator(text);
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

/** The width that most rows have that are divided at all, by how many they are. */
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
