import { parse } from "yaml";
import { registerSchema } from "../../src/index.ts";
import type { JsonSchema } from "../../src/model/json-schema.ts";

/** A kind of record in the register format: the keys that lead to it, and what the JSON Schema says of it. */
export interface RecordKind {
  /** `contracts.lots`: the lots of contracts. */
  readonly name: string;
  readonly steps: readonly Step[];
  readonly schema: JsonSchema;
}

/** A key of a record, or a place in a list. */
type Step = string | typeof IN_LIST;
const IN_LIST = 0;

/** One field of one kind of record. */
export interface RecordField {
  readonly kind: RecordKind;
  readonly key: string;
  readonly description: string;
  readonly example: string;
}

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
type Fields = { readonly [key: string]: Value };
type Lists = { readonly [list: string]: readonly Fields[] };

function* kindsIn(schema: JsonSchema, steps: readonly Step[]): Generator<RecordKind> {
  const name = steps.filter((step) => step !== IN_LIST).join(".");
  if (schema.properties !== undefined && name !== "") yield { name, steps, schema };
  for (const [key, inner] of Object.entries(schema.properties ?? {})) yield* kindsIn(inner, [...steps, key]);
  if (schema.items !== undefined) yield* kindsIn(schema.items, [...steps, IN_LIST]);
  for (const choice of schema.anyOf ?? []) yield* kindsIn(choice, steps);
}

/** Every kind of record that a register may hold, each once. */
export const RECORD_KINDS: readonly RecordKind[] = [
  ...new Map([...kindsIn(registerSchema(), [])].reverse().map((kind) => [kind.name, kind])).values(),
].reverse();

const exampleIn = (description: string): string => /^\S.*\. Example: (.+)$/.exec(description)?.[1] ?? "";

/** Every field of every kind of record. */
export const RECORD_FIELDS: readonly RecordField[] = RECORD_KINDS.flatMap((kind) =>
  Object.entries(kind.schema.properties ?? {}).map(([key, { description = "" }]) => ({
    kind,
    key,
    description,
    example: exampleIn(description),
  })),
);

/** How YAML texts are taken: as texts, or as an editor does, to whom 2016 is a number. */
export type Taken = "as texts" | "by an editor";

const known = new Map<string, Value>();

/** Reads a YAML text; each is asked for many times. */
const read = (text: string, taken: Taken): Value => {
  const key = `${taken} ${text}`;
  const value = known.get(key) ?? parse(text, taken === "as texts" ? { schema: "failsafe" } : {});
  known.set(key, value);
  return value;
};

/** What a field needs beside it. */
const COMPANIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "suppliers.successions.renamed": { from: "Before" },
  "suppliers.successions.from": { renamed: "2021" },
  "suppliers.successions.merged": { into: "quay" },
  "suppliers.successions.into": { merged: "2021" },
  "suppliers.successions.contract": { left: "2021" },
  "suppliers.successions.lot": { left: "2021" },
  "contracts.renewals.renewal": { exercised: "2017" },
  "contracts.lots.calledHere": { suppliers: "[bt]" },
  ...Object.fromEntries(
    ["order", "lot", "supplier", "buyer", "date", "description", "declinedBy"].map((key) => [
      `contracts.orders.${key}`,
      { amount: "EUR 1" },
    ]),
  ),
};

/** What the examples refer to; each record gives way to one of the same id. */
const DECLARED: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  sources: [{ source: "article", title: "Declared for the attributions" }],
  suppliers: ["bt", "ibm", "nordlicht", "quay"].map((supplier) => ({ supplier, name: `Declared as ${supplier}` })),
};

const TWO_LOTS = "[{ lot: 1 }, { lot: 2 }]";

/** The record with what it cannot do without. */
const leastOf = ({ schema }: Pick<RecordKind, "schema">, taken: Taken): Fields =>
  Object.fromEntries(
    (schema.required ?? []).map((key) => {
      const items = schema.properties?.[key]?.items;
      const example = exampleIn(schema.properties?.[key]?.description ?? "");
      return [key, read(key === "lots" && items?.properties !== undefined ? TWO_LOTS : example, taken)];
    }),
  );

const without = (fields: Fields, key: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));

/** The lists of a register around one field of one record, or the lack of it, with the rest as short as can be. */
export const registerAround = ({ kind, key }: RecordField, value: string | undefined, taken: Taken): Lists => {
  const companions = Object.entries(COMPANIONS[`${kind.name}.${key}`] ?? {}).map(
    ([other, text]) => [other, read(text, taken)] as const,
  );
  const others = without({ ...leastOf(kind, taken), ...Object.fromEntries(companions) }, key);
  const own = value === undefined ? others : { ...others, [key]: read(value, taken) };
  return withDeclared(wrap(own, kind.steps, taken));
};

/** The records around an inner one, outwards to the lists of the register. */
const wrap = (inner: Value, steps: readonly Step[], taken: Taken): Fields => {
  const step = steps.at(-1);
  const outer = steps.slice(0, -1);
  if (step === IN_LIST) return wrap([inner], outer, taken);
  if (step === undefined || outer.length === 0) return { [step ?? ""]: inner };
  const name = outer.filter((other) => other !== IN_LIST).join(".");
  const around = RECORD_KINDS.find((kind) => kind.name === name);
  return wrap({ ...(around && without(leastOf(around, taken), step)), [step]: inner }, outer, taken);
};

const isFields = (value: Value): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const withDeclared = (lists: Fields): Lists => {
  const all: Record<string, readonly Fields[]> = {};
  for (const list of ["sources", "suppliers", "contracts", "queries", "ignore"]) {
    const written = lists[list];
    const records = Array.isArray(written) ? written.filter(isFields) : [];
    const ids = records.flatMap((record) => [record["source"], record["supplier"]]);
    const declared = DECLARED[list] ?? [];
    const others = declared.filter(({ source, supplier }) => !ids.includes(supplier ?? source ?? ""));
    if (records.length + others.length > 0) all[list] = [...others, ...records];
  }
  return all;
};

/** A register's records as JSON Lines. */
export const linesOfLists = (lists: Lists): string =>
  Object.values(lists)
    .flat()
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");
