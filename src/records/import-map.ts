import { fold } from "../model/fold.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { meantBy } from "../model/nearest.ts";
import { isMap, type Plain } from "../syntax/plain.ts";
import { type Codec, type Decoding, hintFor, kindOf, oneOf, scalar } from "./codec.ts";
import { nested, optional, required } from "./field.ts";
import { IMPORT_FIELDS, importField } from "./import-fields.ts";
import { ofKind } from "./kinds.ts";
import { DIALECT } from "./order.ts";
import { type RecordOf, record } from "./record.ts";
import { date, id, text, texts } from "./values.ts";

/** What a row of a sheet may be. */
export const ROW_KINDS = ["contract", "lot", "seat", "beneficiary", "order", "modification"] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** A map of keys, each with a value of one kind. */
const mapOf = <T>(
  value: Codec<T>,
  keys: { readonly schema: () => JsonSchema; readonly check?: (key: string, at: Decoding) => void },
): Codec<ReadonlyMap<string, T>> => ({
  schema: () => ({ type: "object", ...keys.schema() }),
  encode: (map, at) => Object.fromEntries([...map].map(([key, one]) => [key, value.encode(one, at) ?? ""])),
  decode: (plain, at) => {
    if (!isMap(plain)) return at.report("F2", `expected a map of keys and values, found ${kindOf(plain)}`);
    const entries = Object.keys(plain).flatMap((key): (readonly [string, T])[] => {
      keys.check?.(key, at);
      at.enter(key);
      const read = value.decode(plain[key] ?? "", at);
      at.leave();
      return read === undefined ? [] : [[key, read]];
    });
    return new Map(entries);
  },
});

/** One text, or a list of them. */
const oneOrMore: Codec<readonly string[]> = {
  schema: () => ({ anyOf: [text.schema(), texts.schema()] }),
  encode: (list, at) => (list.length === 1 ? list[0] : texts.encode(list, at)),
  decode: (plain, at) => {
    if (typeof plain !== "string") return texts.decode(plain, at);
    const only = text.decode(plain, at);
    return only === undefined ? undefined : [only];
  },
};

const NAMES = IMPORT_FIELDS.map(({ name }) => name);

const checkField = (key: string, at: Decoding): void => {
  if (importField(key) !== undefined) return;
  const { hint = "lotbook help import lists them" } = hintFor(key, NAMES);
  at.reportAt([key], "F3", `no column can be "${key}"`, hint, "key");
};

const byField = <T>(value: Codec<T>): Codec<ReadonlyMap<string, T>> =>
  mapOf(value, {
    check: checkField,
    schema: () => ({
      properties: Object.fromEntries(
        IMPORT_FIELDS.map(({ name, says, example }) => [
          name,
          { description: `${says} Example: ${example}`, ...value.schema() },
        ]),
      ),
      additionalProperties: false,
    }),
  });

const byWord = <T>(value: Codec<T>): Codec<ReadonlyMap<string, T>> =>
  mapOf(value, { schema: () => ({ additionalProperties: value.schema() }) });

const ROWS_BY = {
  column: required(text, "", { says: "The heading of the column that says so.", example: "nature" }),
  contract: optional(ofKind("texts", oneOrMore), { says: "What it says of contracts.", example: "[Accord-cadre]" }),
  lot: optional(ofKind("texts", oneOrMore), { says: "What it says of lots.", example: "Los" }),
  seat: optional(ofKind("texts", oneOrMore), { says: "What it says of suppliers of a lot.", example: "Bieter" }),
  beneficiary: optional(ofKind("texts", oneOrMore), { says: "What it says of payees.", example: "payee" }),
  order: optional(ofKind("texts", oneOrMore), { says: "What it says of orders.", example: "[Marché subséquent]" }),
  modification: optional(ofKind("texts", oneOrMore), { says: "What it says of changes.", example: "[Avenant]" }),
};

/** Which column says what each row is, and by which words. */
export type RowsBy = RecordOf<typeof ROWS_BY>;

const rowsBy = record(ROWS_BY);
const rowKind = oneOf(ROW_KINDS);

const rows: Codec<RowKind | RowsBy> = {
  schema: () => ({ anyOf: [rowKind.schema(), rowsBy.schema()] }),
  encode: (kind, at) => (typeof kind === "string" ? kind : rowsBy.encode(kind, at)),
  decode: (plain: Plain, at) => (isMap(plain) ? rowsBy.decode(plain, at) : rowKind.decode(plain, at)),
};

const letter: Codec<string> = scalar<string>(
  () => ({ type: "string", pattern: "^.{1,3}$" }),
  (written) =>
    written.length <= 3 ? written : { rule: "F6", problem: `"${written}" is too long for a sign between values` },
  (written) => written,
);

const IMPORT_MAP = {
  source: optional(id, {
    says: "The id of the source that the sheet is, the same month after month; the name of its file when left out.",
    example: "contracts-register",
  }),
  title: optional(text, { says: "What the source is called.", example: "Contracts register of Example Council" }),
  publisher: optional(text, { says: "Who published it.", example: "Example Council" }),
  date: optional(date, { says: "When it was published.", example: "2026-03-31" }),
  rows: nested(rows, {
    says: "What a row is: contract (when left out), lot, seat (a supplier of a lot), beneficiary (one with an amount of its own), order or modification; or which column says so.",
    example: "{ column: nature, contract: Accord-cadre, order: Marché subséquent }",
  }),
  sheet: optional(text, {
    says: "Which sheet of a workbook; the first that is not hidden when left out.",
    example: "2026",
  }),
  separator: optional(ofKind("text", letter), {
    says: "What stands between the fields of CSV, where that is in doubt.",
    example: '";"',
  }),
  ...DIALECT,
  split: optional(ofKind("text", letter), {
    says: "What stands between several suppliers, codes or tags in one cell.",
    example: '";"',
  }),
  otherNames: optional(ofKind("text", letter), {
    says: "What stands between several names of one supplier in one cell.",
    example: '"*"',
  }),
  missing: optional(ofKind("texts", oneOrMore), {
    says: "Words that mean that nothing is known; an empty cell means it, too.",
    example: "[n/a, TBC]",
  }),
  withheld: optional(ofKind("texts", oneOrMore), {
    says: "Words for amounts that there are, and are kept secret.",
    example: "[commercially sensitive]",
  }),
  gross: optional(ofKind("texts", oneOrMore), {
    says: "The headings of columns whose amounts include value added tax.",
    example: "[Contract Value (incl VAT)]",
  }),
  columns: nested(byField(oneOrMore), {
    says: "Under which headings each thing stands: one heading, or a list.",
    example: "{ contract: Contract Reference, supplier: [Supplier 1, Supplier 2] }",
  }),
  always: nested(byField(text), {
    says: "What holds for every row, where it says nothing else.",
    example: "{ buyer: Example Council, country: GB }",
  }),
  words: nested(byWord(byWord(text)), {
    says: "By headings, what the words of their cells mean here.",
    example: '{ nature: { Accord-cadre: "yes", Marché: "no" } }',
  }),
  leave: optional(ofKind("texts", oneOrMore), {
    says: "The headings of columns to leave out; any other that the map does not name is told.",
    example: "[Description]",
  }),
};

/** What the columns of a sheet are, and how it is written. It is a file to keep beside the register. */
export type ImportMap = RecordOf<typeof IMPORT_MAP>;

/** The key by which headings are compared: without case, accents and repeated spaces. */
export const headingKey = (text: string): string => fold(text.replace(/\s+/g, " "));

type Named = Pick<ImportMap, "columns" | "rows">;

const headingsIn = ({ columns = new Map(), rows }: Named): readonly string[] => [
  ...[...columns.values()].flat(),
  ...(typeof rows === "object" ? [rows.column] : []),
];

/** The headings under which a map looks for something. */
export const headingKeysIn = (map: Named): ReadonlySet<string> => new Set(headingsIn(map).map(headingKey));

/** Reports headings that the map does not name otherwise. What is said of such a column would have no effect. */
const checkNamed = (key: "gross" | "words", headings: Iterable<string>, map: Named, at: Decoding): void => {
  const named = headingKeysIn(map);
  for (const heading of headings) {
    if (named.has(headingKey(heading))) continue;
    const message = `${key} speaks of a column "${heading}", which the map does not name`;
    at.reportAt([key], "F8", message, meantBy(heading, headingsIn(map), "name it below columns, too"));
  }
};

export const importMapCodec = record(IMPORT_MAP, {
  check: ({ columns, always, rows, gross = [], words = new Map() }, at) => {
    checkNamed("gross", gross, { columns, rows }, at);
    checkNamed("words", words.keys(), { columns, rows }, at);
    if (columns?.has("contract") || always?.has("contract")) return;
    const hint = "write columns: { contract: HEADING }; lotbook import FILE --suggest writes a map to start from";
    at.report("F5", "the map names no column with the ids of contracts", hint);
  },
});
