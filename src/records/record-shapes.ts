import { CodeTexts } from "../syntax/code-texts.ts";
import type { JsonCursor } from "../syntax/json-cursor.ts";
import { type Decoding, passes } from "./codec.ts";
import type { Given } from "./field.ts";
import type { NamedField, Values } from "./record.ts";

const [COMMA, OPEN, CLOSE] = [0x2c, 0x7b, 0x7d];

/**
 * How many shapes are kept. Records have few, unless somebody makes up many on purpose. At so many, all are forgotten.
 */
const MOST_SHAPES = 1000;

/** Whether the value of a field is the same, whatever was read before it. */
const isAlone = ({ fact, kind, presence }: NamedField): boolean =>
  presence === "aside" || (fact === undefined && (kind === "id" || kind === "text"));

/** Which fields a record is to have, and how they are read. */
interface Extent {
  readonly decodeOf: (field: NamedField) => NamedField["codec"]["decodeQuickly"];
  readonly holds: (field: NamedField) => boolean;
}

const isStated = ({ presence }: NamedField): boolean => presence !== "aside";

export const WHOLE: Extent = { decodeOf: ({ codec }) => codec.decodeQuickly, holds: isStated };

const isLeftOut = ({ presence, effect }: NamedField): boolean => presence === "optional" && effect === undefined;

/**
 * The extent of a sketch: optional fields are checked and skipped. A record with any of the fields in `wholeWith` has
 * no sketch.
 */
export const sketchOf = (wholeWith: ReadonlySet<PropertyKey>): Extent => ({
  decodeOf: (field) => {
    const { codec, name } = field;
    if (wholeWith.has(name)) return undefined;
    if (isLeftOut(field)) return (json, at) => passes(codec, json, at) || undefined;
    return codec.sketchQuickly ?? codec.decodeQuickly;
  },
  holds: (field) => isStated(field) && !isLeftOut(field),
});

/** The shape of a record: its keys in their order, up to one of them. */
class Shape {
  readonly fields: readonly NamedField[];
  /**
   * The number of the last key, as it is written with its colon, among the keys of all shapes. What reading needs of
   * the key's field is copied into the shape, because shapes are all objects of one form.
   */
  readonly key: number;
  readonly name: string;
  readonly decode: NamedField["codec"]["decodeQuickly"];
  readonly effect: NamedField["effect"];
  readonly isHeld: boolean;
  readonly after: Shape[] = [];
  /** Makes the records that have no more keys than these. */
  whole: Whole | undefined;

  constructor(fields: readonly NamedField[], keys: CodeTexts, { decodeOf, holds }: Extent) {
    this.fields = fields;
    const last = fields.at(-1);
    this.key = keys.add(`"${last?.key}":`);
    this.name = last?.name ?? "";
    this.decode = last && decodeOf(last);
    this.effect = last?.effect;
    this.isHeld = last !== undefined && holds(last);
  }

  /** Whether a field can follow. It may stand only once, and before the fields that it has an effect on. */
  allows(field: NamedField): boolean {
    return !this.fields.includes(field) && (field.effect === undefined || this.fields.every(isAlone));
  }
}

type Gives = readonly (readonly [name: string, part: Given<unknown>])[];

/**
 * An object with these keys and null under each. Copies of it have all of them at once. It is made by parsing JSON: of
 * properties that are added one by one, V8 keeps more than a few in a table, and would copy that. For the same reason
 * it has every key that its copies will have.
 */
export const modelOf = (names: readonly string[]): Values =>
  JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))));

/** The form of an object: its keys in their order, up to one of them. */
interface Form {
  readonly name: string;
  readonly names: readonly string[];
  readonly after: Form[];
  model: Values | undefined;
}

const formOf = (names: readonly string[]): Form => ({ name: names.at(-1) ?? "", names, after: [], model: undefined });

/**
 * Makes records of what is stated, by copying the model of the form that they have. Forms are kept for the next
 * records.
 */
export class Forms {
  #none = formOf([]);
  #count = 0;

  /** A copy of what is stated, with room for what goes without saying. */
  copyOf(stated: Readonly<Values>, usual: readonly NamedField[]): Values {
    let form = this.#none;
    for (const name in stated) if (stated[name] !== undefined) form = this.#with(form, name);
    for (const { name } of usual) if (stated[name] === undefined) form = this.#with(form, name);
    form.model ??= modelOf(form.names);
    const copy = { ...form.model };
    for (const name of form.names) copy[name] = stated[name];
    return copy;
  }

  #with(form: Form, name: string): Form {
    for (const next of form.after) if (next.name === name) return next;
    const next = formOf([...form.names, name]);
    form.after.push(next);
    this.#count++;
    if (this.#count === MOST_SHAPES) {
      this.#none = formOf([]);
      this.#count = 0;
    }
    return next;
  }
}

/** Makes the records of one shape. */
class Whole {
  readonly #held: readonly NamedField[];
  readonly #left: readonly NamedField[];
  readonly #gives: Gives;
  readonly #model: Values;
  /** Whether a required field is missing. */
  readonly lacks: boolean;

  constructor(extent: Extent, stated: readonly NamedField[] = [], all: readonly NamedField[] = [], gives: Gives = []) {
    const silent = all.filter((field) => !stated.includes(field));
    this.lacks = silent.some(({ presence }) => presence === "required");
    this.#held = stated.filter(extent.holds);
    this.#left = silent.filter(({ presence }) => presence === "usual");
    this.#gives = gives;
    const names = [...this.#held, ...this.#left].map(({ name }) => name).concat(gives.map(([name]) => name));
    this.#model = modelOf(names);
  }

  /** A record without values. */
  begin(): Values {
    return { ...this.#model };
  }

  /** A record of this shape, with values from a record of another. */
  of(values: Values): Values {
    const own = this.begin();
    for (const { name } of this.#held) own[name] = values[name];
    return own;
  }

  /** Adds the values that go without saying, and the parts that are given. */
  finish(values: Values, at: Decoding): Values {
    for (const field of this.#left) values[field.name] = field.fallback?.(values);
    for (const [name, part] of this.#gives) values[name] = part.give(at);
    return values;
  }
}

/**
 * Reads the records of a table from JSON as most programs write it. Most records have the same keys as the one before.
 */
export class RecordShapes {
  readonly #fields: readonly NamedField[];
  readonly #byKey: ReadonlyMap<string, NamedField>;
  readonly #gives: Gives;
  readonly #extent: Extent;
  #keys = new CodeTexts();
  #none: Shape;
  #count = 0;
  #usual: Whole;

  constructor(fields: readonly NamedField[], gives: Gives, extent: Extent) {
    this.#fields = fields;
    this.#extent = extent;
    this.#none = new Shape([], this.#keys, extent);
    this.#usual = new Whole(extent);
    this.#byKey = new Map(fields.map((field) => [field.key, field]));
    this.#gives = gives;
  }

  /**
   * Reads a record. Undefined for JSON that is written otherwise, and for a record of which something must be reported.
   */
  read(json: JsonCursor, at: Decoding): Values | undefined {
    // Parts that are given may depend on where the record stands.
    if (!json.skip(OPEN) || (json.depth > 0 && this.#gives.length > 0)) return undefined;
    json.depth++;
    const usual = this.#usual;
    const values = usual.begin();
    const shape = this.#readFields(json, at, values);
    json.depth--;
    if (shape === undefined || !json.skip(CLOSE)) return undefined;
    shape.whole ??= new Whole(this.#extent, shape.fields, this.#fields, this.#gives);
    if (shape.whole.lacks) return undefined;
    this.#usual = shape.whole;
    return shape.whole.finish(shape.whole === usual ? values : shape.whole.of(values), at);
  }

  #readFields(json: JsonCursor, at: Decoding, values: Values): Shape | undefined {
    let shape = this.#none;
    do {
      const next = this.#after(shape, json);
      const value = next?.decode?.(json, at);
      if (next === undefined || value === undefined) return undefined;
      if (next.isHeld) values[next.name] = value;
      next.effect?.(value, at);
      shape = next;
    } while (json.skip(COMMA));
    return shape;
  }

  #after(shape: Shape, json: JsonCursor): Shape | undefined {
    for (const next of shape.after) if (json.skipKey(this.#keys, next.key)) return next;
    const key = json.key();
    const field = key === undefined ? undefined : this.#byKey.get(key);
    if (field === undefined || !shape.allows(field)) return undefined;
    const next = new Shape([...shape.fields, field], this.#keys, this.#extent);
    shape.after.push(next);
    this.#count++;
    if (this.#count === MOST_SHAPES) this.#forget();
    return next;
  }

  #forget(): void {
    this.#keys = new CodeTexts();
    this.#none = new Shape([], this.#keys, this.#extent);
    this.#count = 0;
  }
}
