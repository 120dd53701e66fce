import { CsvRow } from "./csv-row.ts";

const SEPARATORS = [",", ";", "\t"] as const;

/** The first row of a table. */
interface Headings {
  readonly headings: readonly string[];
  /** What reads the rows below, divided as it is. */
  readonly row: CsvRow;
  /** Where they begin. */
  readonly next: number;
}

/** The headings of a table in CSV, divided by the separator that gives the most of them. */
export const headingsIn = (text: string): Headings => {
  const read = SEPARATORS.map((separator) => {
    const row = new CsvRow(separator);
    return { row, next: row.read(text, 0) ?? text.length };
  });
  const best = read.reduce((a, b) => (b.row.width > a.row.width ? b : a));
  return { ...best, headings: [...best.row.fields] };
};
