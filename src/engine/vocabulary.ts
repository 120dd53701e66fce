/**
 * There is one vocabulary: the query fields joined with the columns of all reports, from which `lotbook fields` and
 * hints across commands come. A test allows a name several meanings only where it lists them.
 */

import { QUERY_FIELDS } from "../query/fields.ts";
import { type Column, column, type Report, reportOf } from "./report.ts";

/** What one command answers with: the columns of its report. */
export interface Answer {
  readonly name: string;
  readonly columns: readonly Column<never>[];
}

/** A name of the one vocabulary that queries, `--fields` and `--sort` share. */
export interface FieldRow {
  readonly field: string;
  readonly type: string;
  readonly meaning: string;
  readonly example: string;
  /** `query`, and the answers that have it as a column. */
  readonly uses: readonly string[];
}

export const FIELD_COLUMNS: readonly Column<FieldRow>[] = [
  column.id("field", "The name of a field."),
  column.text("type", "How its values compare and sort."),
  column.text("meaning", "What it says."),
  column.text("example", "How to use it."),
  column.texts(
    "uses",
    "Where it can be used: query in every query, a command's name in its --fields and --sort.",
    "Used in",
  ),
];

const typeOf = ({ type }: Column<never>): string =>
  type === "money" ? "amount" : type === "moneys" ? "amounts" : type;

const sortable = (type: string): boolean => ["amount", "count", "date"].includes(type);

const usesOf = (answers: readonly Answer[], queries: boolean): FieldRow[] => [
  ...(queries ? QUERY_FIELDS : []).map(({ name, type, meaning, example }) => ({
    field: name,
    type,
    meaning,
    example,
    uses: ["query"],
  })),
  ...answers.flatMap(({ name: answer, columns }) =>
    columns.map((shown) => ({
      field: shown.name,
      type: typeOf(shown),
      meaning: shown.meaning,
      example: sortable(typeOf(shown)) ? `--sort -${shown.name}` : `--fields ${shown.name}`,
      uses: [answer],
    })),
  ),
];

/**
 * Every field that the answers have and, with `queries`, every field that can be asked for. A name has one entry for
 * each of its meanings and types: nearly every name has only one.
 */
export const vocabulary = (answers: readonly Answer[], queries = true): readonly FieldRow[] => {
  const known = new Map<string, FieldRow>();
  for (const row of usesOf(answers, queries)) {
    const key = [row.field, row.type, row.meaning].join("\n");
    const before = known.get(key) ?? { ...row, uses: [] };
    known.set(key, { ...before, uses: [...before.uses, ...row.uses] });
  }
  return [...known.values()];
};

export const fields = (answers: readonly Answer[], queries = true): Report<FieldRow> =>
  reportOf(
    FIELD_COLUMNS,
    (async function* () {
      yield vocabulary(answers, queries);
    })(),
  );

/** A hint for a field that `here` does not have, but other answers or queries do; undefined where it exists nowhere. */
export const whereElse = (answers: readonly Answer[], field: string, here?: string): string | undefined => {
  const uses = vocabulary(answers)
    .filter((row) => row.field === field)
    .flatMap((row) => row.uses);
  const places = uses.map((use) => (use === "query" ? "queries" : use === here ? `${use} with other options` : use));
  return places.length === 0 ? undefined : `it is a field of ${places.join(", ")}: see lotbook fields`;
};
