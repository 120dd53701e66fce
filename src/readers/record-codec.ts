import type { JsonSchema } from "../model/json-schema.ts";
import { type Codec, hintFor, kindOf } from "./codec.ts";
import type { Decoding } from "./decode.ts";
import type { Encoding } from "./encode.ts";
import { isMap, type Plain, type PlainMap } from "./plain.ts";

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

type Fields = Readonly<Record<string, Field<unknown>>>;

/** The values of a record's fields, each by the name of its field. */
type Written<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T | undefined : never;
};

/**
 * A record: `read` takes its fields and builds the value, and `write` gives the fields back. All problems of one record
 * are reported together.
 */
export const record = <T, F extends Fields>(
  fields: F,
  read: (reader: RecordReader, at: Decoding) => T,
  write: (value: T, at: Encoding) => Written<F>,
): Codec<T> => {
  const known = Object.values(fields);
  return {
    schema: recordSchema(known),
    encode: (value, at) => {
      const { by, vat } = at;
      const written: Readonly<Record<string, unknown>> = write(value, at);
      const entries = Object.entries(fields).flatMap(([name, { key, codec }]) =>
        entryOf(key, codec, written[name], at),
      );
      at.by = by;
      at.vat = vat;
      return Object.fromEntries(entries);
    },
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

const entryOf = (key: string, codec: Codec<unknown>, value: unknown, at: Encoding): [string, Plain][] => {
  const plain = value === undefined ? undefined : codec.encode(value, at);
  return plain === undefined ? [] : [[key, plain]];
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
