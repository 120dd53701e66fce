import type { Preference } from "../model/claim.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { flatMap } from "../model/lists.ts";
import { once } from "../model/once.ts";
import type { JsonCursor } from "../syntax/json-cursor.ts";
import { isMap, type Plain, type PlainMap } from "../syntax/plain.ts";
import { type Codec, type Decoding, type Encoding, hintFor, isFact, kindOf } from "./codec.ts";
import type { Field, Given, Place } from "./field.ts";
import type { FactKind } from "./kinds.ts";
import { Forms, RecordShapes, sketchOf, WHOLE } from "./record-shapes.ts";

export type Table = Readonly<Record<string, Field<unknown> | Given<unknown>>>;

type NamesOf<F extends Table, P> = {
  [Name in keyof F]: F[Name]["presence"] extends P ? Name : never;
}[keyof F];

type ValueOf<F> = F extends Field<infer T> ? T : F extends Given<infer T> ? T : never;

/** The record that a table describes, as it is held in memory. */
export type RecordOf<F extends Table> = {
  readonly [Name in NamesOf<F, "required" | "usual" | "given">]: ValueOf<F[Name]>;
} & { readonly [Name in NamesOf<F, "optional">]?: ValueOf<F[Name]> | undefined };

/**
 * The parts of a record that are stated by something other than a register. What goes without saying may be left out.
 */
type Stated<F extends Table> = {
  readonly [Name in NamesOf<F, "required" | "given">]: ValueOf<F[Name]>;
} & { readonly [Name in NamesOf<F, "optional" | "usual">]?: ValueOf<F[Name]> | undefined };

export interface NamedField extends Field<unknown> {
  readonly name: string;
  readonly key: string;
}

interface RecordRules<T> {
  readonly check?: (record: T, at: Decoding) => void;
  /**
   * Fields for which `check` needs others that a sketch of the record may leave out. A record with any of them has no
   * sketch.
   */
  readonly wholeWith?: readonly (keyof T)[];
  readonly write?: (record: T, at: Encoding) => Readonly<Record<string, unknown>>;
}

/** How one kind of record is read, written and put together, and the fields that it has. */
export interface RecordCodec<F extends Table> extends Codec<RecordOf<F>> {
  readonly fields: readonly NamedField[];
  /** Makes the record of which these parts are stated, and no others. */
  readonly of: (stated: Stated<F>) => RecordOf<F>;
  /** Always writes a map, even if it is empty. */
  encode(value: RecordOf<F>, at: Encoding): PlainMap;
}

const isField = (part: Field<unknown> | Given<unknown>): part is Field<unknown> => part.presence !== "given";

export const fieldsOf = (table: Table): readonly NamedField[] =>
  Object.entries(table).flatMap(([name, part]) => (isField(part) ? [{ ...part, name, key: part.key ?? name }] : []));

/**
 * What a record says in one of its fields. For a fact, this is what the preferred source says. Undefined where nothing
 * is said.
 */
export const saidIn = (
  { name, fact }: Pick<NamedField, "name"> & { readonly fact?: FactKind | undefined },
  record: Readonly<Record<string, unknown>>,
  preference: Preference,
): unknown => {
  const value = record[name];
  return fact !== undefined && isFact(value) ? preference.choose(value).value : value;
};

/** An object that was put together by a table has the table's type. TypeScript cannot follow that through a loop. */
const isRecordOf = <F extends Table>(_record: object): _record is RecordOf<F> => true;

/**
 * A codec for records as a table describes them. All fields are read in the order of the file, except that fields with
 * an effect on others come first. All problems of one record are reported together.
 */
export const record = <F extends Table>(table: F, rules: RecordRules<RecordOf<F>> = {}): RecordCodec<F> => {
  const fields = once(() => fieldsOf(table));
  const read = once(() => readerOf(table, fields()));
  const shapes = once(() => new RecordShapes(fields(), givenIn(table), WHOLE));
  const sketches = once(() => new RecordShapes(fields(), givenIn(table), sketchOf(new Set(rules.wholeWith))));
  const readQuickly = (read: RecordShapes, json: JsonCursor, at: Decoding): RecordOf<F> | undefined => {
    const speaker = at.by;
    const value = read.read(json, at);
    if (value === undefined || !isRecordOf<F>(value)) return undefined;
    rules.check?.(value, at);
    at.by = speaker;
    return value;
  };
  const forms = new Forms();
  const always = once(() => fields().filter(({ presence }) => presence === "usual"));
  return {
    get fields() {
      return fields();
    },
    of: (stated) => {
      const values = forms.copyOf(stated, always());
      for (const field of always()) values[field.name] ??= field.fallback?.(values);
      if (!isRecordOf<F>(values)) throw new TypeError("a table describes what it makes");
      return values;
    },
    schema: () => recordSchema(fields()),
    encode: (value, at) => {
      const { by, vat } = at;
      const stated: Readonly<Values> = value;
      const instead = rules.write?.(value, at) ?? {};
      const entries = flatMap(fields(), (field) =>
        entryOf(field, field.name in instead ? instead[field.name] : stated[field.name], stated, at),
      );
      at.by = by;
      at.vat = vat;
      return Object.fromEntries(entries);
    },
    decode: (plain, at) => {
      if (!isMap(plain)) return at.report("F2", `expected a map of keys and values, found ${kindOf(plain)}`);
      const speaker = at.by;
      const value = read()(plain, at);
      if (!isRecordOf<F>(value)) return undefined;
      rules.check?.(value, at);
      at.by = speaker;
      return value;
    },
    decodeQuickly: (json, at) => readQuickly(shapes(), json, at),
    sketchQuickly: (json, at) => readQuickly(sketches(), json, at),
  };
};

/** The parts of a table that are no fields. */
const givenIn = (table: Table): readonly (readonly [string, Given<unknown>])[] =>
  Object.entries(table).flatMap(([name, part]) => (isField(part) ? [] : [[name, part] as const]));

type ReleaseTable = Readonly<Record<string, (Field<unknown> & { readonly ocds: Place }) | Given<unknown>>>;

/** Like {@link record}, for what packages of OCDS hold: every field must say its place there, or its loss. */
export const releaseRecord: <F extends Table & ReleaseTable>(
  table: F,
  rules?: RecordRules<RecordOf<F>>,
) => RecordCodec<F> = record;

export type Values = Record<string, unknown>;

/** Up to so many unknown keys of one record are reported one by one. Any more are reported together. */
const MOST_UNKNOWN = 1_000;

/**
 * Makes the reader of a table. It only looks at the keys that are there. Most records state a few fields out of dozens,
 * and an object of few properties is made many times as fast as one of dozens.
 */
const readerOf = (table: Table, fields: readonly NamedField[]): ((plain: PlainMap, at: Decoding) => Values) => {
  const steps = fields.map(stepOf);
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const first = steps.filter(({ effect }) => effect !== undefined);
  const always = steps.filter(({ field: { presence } }) => presence === "required" || presence === "usual");
  // The fields of the record before. Most records have theirs in the same order.
  const usual: Step[] = [];
  const ownKey = fields.find(({ presence, kind }) => presence === "required" && kind === "id");
  const gives = givenIn(table);
  return (plain, at) => {
    const values: Values = {};
    let unknown: string[] | undefined;
    let place = 0;
    for (const step of first) readValue(step, plain[step.key], values, at);
    for (const key in plain) {
      let step = usual[place];
      if (step?.key !== key) {
        step = byKey.get(key);
        if (step === undefined) {
          unknown ??= [];
          unknown.push(key);
          continue;
        }
        usual[place] = step;
      }
      place++;
      if (step.effect === undefined) readValue(step, plain[key], values, at);
    }
    if (unknown !== undefined) {
      const own = ownKey && values[ownKey.name] === undefined ? ownKey : undefined;
      const mistaken = own && unknown.find(isMeantAsId);
      if (own !== undefined && mistaken !== undefined)
        readValue({ ...stepOf(own), key: mistaken }, plain[mistaken], values, at);
      reportUnknown(unknown, fields, at, { own, mistaken });
    }
    for (const step of always) if (values[step.name] === undefined) fallBack(step.field, plain, values, at);
    for (const [name, part] of gives) values[name] = part.give(at);
    return values;
  };
};

/** What a reader needs of a field. All fields have it in one form, which is faster. */
interface Step {
  readonly field: NamedField;
  readonly name: string;
  readonly key: string;
  readonly decode: NamedField["codec"]["decode"];
  readonly effect: NamedField["effect"];
  readonly isHeld: boolean;
}

const stepOf = (field: NamedField): Step => {
  const { name, key, codec, effect, presence } = field;
  return { field, name, key, decode: codec.decode, effect, isHeld: presence !== "aside" };
};

const readValue = (step: Step, written: Plain | undefined, values: Values, at: Decoding): void => {
  if (written === undefined || written === null) return;
  at.enter(step.key);
  const value = step.decode(written, at);
  at.leave();
  if (value === undefined) return;
  step.effect?.(value, at);
  if (step.isHeld) values[step.name] = value;
};

const fallBack = (field: NamedField, plain: PlainMap, values: Values, at: Decoding): void => {
  if (field.presence === "required" && plain[field.key] === undefined) {
    at.report("F5", `"${field.key}" is missing`, `for example ${field.key}: ${field.example}`);
  }
  values[field.name] = field.fallback?.(values);
};

/**
 * Whether a key is what other formats call any record's own id. It is read as the id, so that nothing is reported of
 * what would follow from a missing one.
 */
const isMeantAsId = (key: string): boolean => /^(?:id|identifier|key|number|ref)$/i.test(key);

interface Mistaken {
  readonly own: NamedField | undefined;
  readonly mistaken: string | undefined;
}

const reportUnknown = (
  keys: readonly string[],
  fields: readonly NamedField[],
  at: Decoding,
  { own, mistaken }: Mistaken,
): void => {
  const names = fields.map((field) => field.key);
  for (const key of keys.slice(0, MOST_UNKNOWN)) {
    const hint =
      own !== undefined && key === mistaken
        ? `the id is called ${own.key} here, for example ${own.key}: ${own.example}`
        : (hintOnPart(key, fields) ?? hintOnKey(key, names));
    at.reportAt([key], "F3", `unknown key "${key}"`, hint, "key");
  }
  const [next, ...others] = keys.slice(MOST_UNKNOWN);
  if (next !== undefined) at.reportAt([next], "F3", `${others.length + 1} more unknown keys`, undefined, "key");
};

/** A hint for a key that belongs into a record within this one. */
const hintOnPart = (key: string, fields: readonly NamedField[]): string | undefined => {
  const field = fields.find(({ codec }) => codec.schema().items?.properties?.[key] !== undefined);
  return field && `it belongs into ${field.key}, for example ${field.key}: ${field.example}`;
};

/** How many known keys a hint names. More would be no help there, and are a page of the manual. */
const MOST_NAMED = 12;

const hintOnKey = (key: string, names: readonly string[]): string => {
  // "EUR 1,500" or "EUR 1,5M" between braces: the comma ends the amount, and the rest looks like a key.
  if (/^\d{3}(?:\.\d+)?$/.test(key))
    return `a comma ends a value here: quote the amount, "EUR 1,${key}", or leave its commas out`;
  if (/^\d+(?:\.\d+)?(?:k|M|bn)?$/.test(key))
    return "a comma ends a value here; decimals stand behind a point: EUR 1.5M";
  const { hint } = hintFor(key, names);
  if (hint !== undefined) return hint;
  const few = names.slice(0, MOST_NAMED).join(", ");
  const more = names.length - MOST_NAMED;
  return more > 0 ? `known keys here: ${few} and ${more} more: lotbook help registers` : `known keys here: ${few}`;
};

/** The entry of a field. Nothing is written for a value that goes without saying. */
const entryOf = (
  { key, codec, presence, fallback }: NamedField,
  value: unknown,
  stated: Readonly<Values>,
  at: Encoding,
): readonly (readonly [string, Plain])[] => {
  if (value === undefined || (presence === "usual" && value === fallback?.(stated))) return [];
  const plain = codec.encode(value, at);
  return plain === undefined ? [] : [[key, plain]];
};

const recordSchema = (fields: readonly NamedField[]): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(
    fields.map(({ key, codec, says, example }) => [
      key,
      { description: `${says} Example: ${example}`, ...codec.schema() },
    ]),
  ),
  required: fields.filter(({ presence }) => presence === "required").map(({ key }) => key),
  additionalProperties: false,
});
