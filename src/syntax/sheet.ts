import type { Position } from "../model/errors.ts";

/** What stands in a cell of a spreadsheet, as a text in the notation of registers where the spreadsheet leaves no doubt of it. */
export interface Cell {
  /** Without spaces around it. */
  readonly text: string;
  /**
   * `day` is an ISO date; `number` is written with a decimal point and nothing else, in CSV never; `fault` says why
   * nothing can be read there.
   */
  readonly kind: "text" | "number" | "day" | "fault";
  /** The currency of a number, where its format names one. */
  readonly currency?: string;
}

export interface SheetRow {
  /** As spreadsheets count: from 1, empty rows too. */
  readonly number: number;
  /** Those in which anything stands, by their columns, from 0. */
  readonly cells: ReadonlyMap<number, Cell>;
  readonly hidden: boolean;
  /** How many fields it has, in CSV, where each row has the same number. */
  readonly width?: number;
  /** Where a column of it stands in its file. */
  readonly place: (column: number) => Position;
  /** What is wrong with the row as a whole. */
  readonly fault?: { readonly message: string; readonly hint: string };
}

/** Cells of a workbook that are shown as one. */
export interface MergedCells {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** A table as people keep it: a sheet of a workbook, or CSV. */
export interface Sheet {
  readonly file: string;
  /** Undefined for CSV. */
  readonly name: string | undefined;
  /** Whether it was found by its headings, and not by its name or for being the first. */
  readonly isChosen?: boolean;
  readonly rows: readonly SheetRow[];
  readonly merged: readonly MergedCells[];
  /** What had to be assumed to read it. */
  readonly notes: readonly string[];
}

/** Excel's own bounds of a sheet (its specifications and limits), which LibreOffice has, too. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;

/** The letters of a column, from 0: A, B … Z, AA. */
export const columnName = (column: number): string =>
  (column < 26 ? "" : columnName(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** `B17`. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row}`;

/** The row, from 1, and the column, from 0, of a cell's name; undefined for any other text. */
export const cellNamed = (name: string): { readonly row: number; readonly column: number } | undefined => {
  const [, letters, row] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(name) ?? [];
  if (letters === undefined) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(row), column };
};
