import type { Report } from "../engine/report.ts";

/** How text is set off on a terminal. Without colour, each of these leaves it unchanged. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly id: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly error: (text: string) => string;
}

const unchanged = (text: string): string => text;
export const PLAIN_STYLE: Style = {
  heading: unchanged,
  id: unchanged,
  dim: unchanged,
  good: unchanged,
  warning: unchanged,
  error: unchanged,
};

/** Where an answer will be seen. */
export interface Surface {
  readonly width: number | undefined;
  readonly style: Style;
  /** Whether a person's terminal interprets what is written. */
  readonly terminal: boolean;
  /** Whether spreadsheet formulas in CSV and TSV stay as they are. */
  readonly raw: boolean;
  /** How CSV is written for Excel; undefined where it is for programs. */
  readonly excel?: ExcelDialect | undefined;
}

/** What Excel takes for a separator and a decimal mark when it opens a file by a double click. */
export interface ExcelDialect {
  readonly separator: string;
  readonly decimal: string;
}

/** A way to show a report, as text in pieces. */
export type TextFormat = <Row>(report: Report<Row>, surface: Surface) => AsyncIterable<string>;

/** A piece of an answer: text, or bytes of a file that is not text. */
export type Piece = string | Uint8Array;

export type Format = <Row>(report: Report<Row>, surface: Surface) => AsyncIterable<Piece>;
