import type { Finding } from "../../model/errors.ts";
import { headingsIn } from "../../syntax/csv-headings.ts";
import { type PlainMap, positionsIn } from "../../syntax/plain.ts";

/** A row of a table, by its headings, and where it begins. */
export interface TableRow {
  readonly plain: PlainMap;
  readonly offset: number;
}

/** The rows of a table below its headings; one that cannot be read is a finding. */
export function* rowsOfTable(text: string, file: string, findings: Finding[], firstLine = 1): Generator<TableRow> {
  const { row, next, headings } = headingsIn(text);
  const positionAt = positionsIn(text, file, firstLine);
  const problem = (offset: number, message: string, hint: string): void => {
    findings.push({ rule: "F1", severity: "error", message, hint, position: positionAt(offset) });
  };
  for (let at = next, end: number | undefined; at < text.length; at = end) {
    end = row.read(text, at);
    if (end === undefined) return problem(at, "a quote on this row is never closed", "is the file complete?");
    if (row.blank) continue;
    if (row.stray !== undefined) {
      problem(row.stray, "nothing may follow a closing quote", "double a quote that is meant");
      continue;
    }
    if (row.width > headings.length) {
      problem(
        at,
        `this row has ${row.width} fields, and there are ${headings.length} headings`,
        "quote separators in fields",
      );
      continue;
    }
    yield { plain: Object.fromEntries(headings.map((heading, index) => [heading, row.field(index)])), offset: at };
  }
}
