import type { Attribution, Claim, Fact } from "../model/claim.ts";
import { UNATTRIBUTED } from "../model/claim.ts";
import type { Origin, Supplier } from "../model/contract.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import type { Money } from "../model/money.ts";
import { nearest } from "../model/nearest.ts";
import type { RuleId } from "../model/rule.ts";
import { type Issue, isList, isMap, type Part, type Path, type Plain, type PlainMap } from "./plain.ts";

/** What a record may refer to: the sources and suppliers of all the register's files. */
export interface References {
  /** `article 3` → source `article`, locator `3`; a sentence saying what is wrong where no such source exists. */
  readonly attribution: (text: string) => Attribution | Problem;
  readonly supplier: (reference: string) => Supplier | Problem;
}

export interface Problem {
  readonly rule: RuleId;
  readonly problem: string;
  readonly hint?: string;
}

export const isProblem = <T extends object | string>(result: T | Problem): result is Problem =>
  typeof result === "object" && "problem" in result;

/** The state of reading one record: where we are, what was wrong, and who speaks unless a fact says otherwise. */
export class Decoding {
  readonly issues: Issue[] = [];
  readonly references: References;
  readonly origin: Origin;
  by: Attribution = UNATTRIBUTED;
  /** Set where the amounts of the record include value added tax. */
  vat: Money["vat"];
  readonly #path: (string | number)[] = [];

  constructor(references: References, origin: Origin) {
    this.references = references;
    this.origin = origin;
  }

  enter(key: string | number): void {
    this.#path.push(key);
  }

  /** The place of the value that is being read. */
  path(): Path {
    return [...this.#path];
  }

  leave(): void {
    this.#path.pop();
  }

  report(rule: RuleId, message: string, hint?: string): undefined {
    return this.reportAt([], rule, message, hint);
  }

  /** Reports at a place below the present one. */
  reportAt(below: Path, rule: RuleId, message: string, hint?: string, part: Part = "value"): undefined {
    this.issues.push({
      rule,
      message,
      hint,
      path: [...this.#path, ...below],
      part,
    });
    return undefined;
  }
}

/** Reads one kind of value, and describes it to editors. A value that cannot be read is reported and gives undefined. */
export interface Codec<T> {
  readonly decode: (value: Plain, at: Decoding) => T | undefined;
  readonly schema: JsonSchema;
}

const kindOf = (value: Plain): string => {
  if (isList(value)) return "a list";
  if (isMap(value)) return "a map";
  return value === "" || value === null ? "nothing" : "a single value";
};

const textOf = (value: Plain, at: Decoding): string | undefined => {
  if (typeof value === "string") {
    return value === "" ? at.report("F2", "the value is empty", "give a value, or leave the key out") : value;
  }
  return at.report("F2", `expected a single value, found ${kindOf(value)}`);
};

/** A single value that `parse` understands, or explains why it does not. */
export const scalar = <T extends object | string>(
  schema: JsonSchema,
  parse: (text: string, at: Decoding) => T | Problem,
): Codec<T> => ({
  schema,
  decode: (value, at) => {
    const text = textOf(value, at);
    if (text === undefined) return undefined;
    const parsed = parse(text, at);
    return isProblem(parsed) ? at.report(parsed.rule, parsed.problem, parsed.hint) : parsed;
  },
});

/** One of a few words; the schema lists them, and a wrong one is answered with the nearest. */
export const oneOf = <T extends string>(words: readonly T[]): Codec<T> =>
  scalar<T>({ type: "string", enum: words }, (text) => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    return {
      rule: "F6",
      problem: `"${text}" is not one of ${words.join(", ")}`,
      ...hintFor(text, words),
    };
  });

export const listOf = <T>(item: Codec<T>, least: 0 | 1 = 1): Codec<readonly T[]> => ({
  schema: { type: "array", items: item.schema, minItems: least },
  decode: (value, at) => {
    if (!isList(value)) {
      return at.report(
        "F2",
        `expected a list, found ${kindOf(value)}`,
        "write one item a line after a dash, or [a, b]",
      );
    }
    if (value.length < least) return at.report("F2", "the list is empty", "give an item, or leave the key out");
    const items: T[] = [];
    for (let index = 0; index < value.length; index++) {
      at.enter(index);
      const decoded = item.decode(value[index] ?? "", at);
      if (decoded !== undefined) items.push(decoded);
      at.leave();
    }
    return items;
  },
});

/** A fact: one value, said by the record's source, or a map of `source locator: value`, one claim a line. */
export const factOf = <T>(value: Codec<T>): Codec<Fact<T>> => ({
  schema: {
    anyOf: [value.schema, { type: "object", additionalProperties: value.schema, minProperties: 1 }],
  },
  decode: (plain, at) => {
    if (!isMap(plain)) {
      const single = value.decode(plain, at);
      return single === undefined ? undefined : [{ value: single, by: at.by }];
    }
    const claims = decodeClaims(plain, value, at);
    const [first, ...others] = claims;
    if (first === undefined) return at.issues.length > 0 ? undefined : at.report("F2", "no source says anything here");
    return [first, ...others];
  },
});

const decodeClaims = <T>(plain: PlainMap, value: Codec<T>, at: Decoding): Claim<T>[] => {
  const claims: Claim<T>[] = [];
  for (const key of Object.keys(plain)) {
    const by = at.references.attribution(key);
    if (isProblem(by)) at.reportAt([key], by.rule, by.problem, by.hint, "key");
    at.enter(key);
    const decoded = value.decode(plain[key] ?? "", at);
    if (decoded !== undefined && !isProblem(by)) claims.push({ value: decoded, by });
    at.leave();
  }
  return claims;
};

/** A named part of a record: how it is read, what it means, and how it looks. */
export interface Field<T> {
  readonly key: string;
  readonly codec: Codec<T>;
  readonly required: boolean;
  readonly description: string;
  readonly example: string;
}

export const field = <T>(key: string, codec: Codec<T>, description: string, example: string): Field<T> => ({
  key,
  codec,
  required: false,
  description,
  example,
});

export const requiredField = <T>(key: string, codec: Codec<T>, description: string, example: string): Field<T> => ({
  ...field(key, codec, description, example),
  required: true,
});

/** Takes the fields of one record, each at most once; what nobody took is unknown. */
export class RecordReader {
  readonly #plain: PlainMap;
  readonly #at: Decoding;
  #taken = 0;

  constructor(plain: PlainMap, at: Decoding) {
    this.#plain = plain;
    this.#at = at;
  }

  optional<T>(wanted: Field<T>): T | undefined {
    const value = this.#plain[wanted.key];
    if (value === undefined) return undefined;
    this.#taken++;
    if (value === null) return undefined;
    this.#at.enter(wanted.key);
    const decoded = wanted.codec.decode(value, this.#at);
    this.#at.leave();
    return decoded;
  }

  /** As {@link optional}, but its absence is reported; the fallback only stands in a record that is then refused. */
  required<T>(wanted: Field<T>, fallback: T): T {
    if (this.#plain[wanted.key] === undefined) {
      this.#at.report("F5", `"${wanted.key}" is missing`, `for example ${wanted.key}: ${wanted.example}`);
    }
    return this.optional(wanted) ?? fallback;
  }

  /** Reports the keys that no field took. */
  finish(known: readonly Field<unknown>[]): void {
    let count = 0;
    for (const _ in this.#plain) count++;
    if (count === this.#taken) return;
    const names = known.map(({ key }) => key);
    for (const key of Object.keys(this.#plain)) {
      if (names.includes(key)) continue;
      const { hint = `known keys here: ${names.join(", ")}` } = hintFor(key, names);
      this.#at.reportAt([key], "F3", `unknown key "${key}"`, hint, "key");
    }
  }
}

/** A record: `read` takes its fields and builds the value; all problems of one record are reported together. */
export const record = <T>(
  fields: Readonly<Record<string, Field<unknown>>>,
  read: (reader: RecordReader, at: Decoding) => T,
): Codec<T> => {
  const known = Object.values(fields);
  return {
    schema: recordSchema(known),
    decode: (value, at) => {
      if (!isMap(value)) return at.report("F2", `expected a map of keys and values, found ${kindOf(value)}`);
      const speaker = at.by;
      const reader = new RecordReader(value, at);
      const decoded = read(reader, at);
      reader.finish(known);
      at.by = speaker;
      return decoded;
    },
  };
};

const recordSchema = (fields: readonly Field<unknown>[]): JsonSchema => ({
  type: "object",
  properties: Object.fromEntries(
    fields.map(({ key, codec, description, example }) => [
      key,
      { description: `${description} Example: ${example}`, ...codec.schema },
    ]),
  ),
  required: fields.filter(({ required }) => required).map(({ key }) => key),
  additionalProperties: false,
});

const hintFor = (word: string, candidates: readonly string[]): { hint?: string } => {
  const [best] = nearest(word, candidates);
  return best === undefined ? {} : { hint: `did you mean "${best}"?` };
};
