import type { Position } from "../model/errors.ts";

/** What a cell of a spreadsheet says, in the notation of registers where the spreadsheet leaves no doubt of it. */
export interface Cell {
  /** Without spaces around it. */
  readonly text: string;
  /**
   * What the text is. A `day` is an ISO date. A `number` has no separator but a decimal point, and does not occur in
   * CSV. A `fault` is the reason why nothing can be read there.
   */
  readonly kind: "text" | "number" | "day" | "fault";
  /** The currency of a number, where its format names one. */
  readonly currency?: string;
}

export interface SheetRow {
  /** From 1, empty rows included, as spreadsheets count. */
  readonly number: number;
  /** The cells that are not empty, by their columns, from 0. */
  readonly cells: ReadonlyMap<number, Cell>;
  readonly hidden: boolean;
  /** How many fields the row has. Only in CSV, where all rows are to have the same number. */
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
  /** Whether the sheet was found by its headings, and not by its name or because it is the first. */
  readonly isChosen?: boolean;
  readonly rows: readonly SheetRow[];
  readonly merged: readonly MergedCells[];
  /** What had to be assumed to read it. */
  readonly notes: readonly string[];
}

/** The most rows and columns of a sheet in Excel ("Excel specifications and limits"), and in LibreOffice, too. */
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
