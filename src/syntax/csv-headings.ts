import { CsvRow } from "./csv-row.ts";

const SEPARATORS = [",", ";", "\t"] as const;

/** The first row of a table. */
interface Headings {
  readonly headings: readonly string[];
  /** What reads the rows below, divided as it is. */
  readonly row: CsvRow;
  /** Where they begin. */
  readonly next: number;
  /** Whether a line feed ends it, whatever the separator: more text makes no other row of it. */
  readonly isEnded: boolean;
}

/** The headings of a table in CSV, divided by the separator that gives the most of them. */
export const headingsIn = (text: string): Headings => {
  const read = SEPARATORS.map((separator) => {
    const row = new CsvRow(separator);
    return { row, end: row.read(text, 0) };
  });
  const best = read.reduce((a, b) => (b.row.width > a.row.width ? b : a));
  const isEnded = read.every(({ end }) => end !== undefined && text[end - 1] === "\n");
  const { row, end = text.length } = best;
  return { row, next: end, isEnded, headings: [...row.fields] };
};
