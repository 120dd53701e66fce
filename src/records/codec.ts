/**
 * Nothing is coerced: every syntax is read as texts, and the codecs read money, dates and ids from what was written.
 */

import { type Attribution, type Claim, type Fact, isCellName, UNATTRIBUTED } from "../model/claim.ts";
import type { Origin } from "../model/errors.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import type { Money } from "../model/money.ts";
import { nearest } from "../model/nearest.ts";
import { copyOf } from "../model/once.ts";
import type { RuleId } from "../model/rule.ts";
import { CodeTexts } from "../syntax/code-texts.ts";
import type { JsonCursor } from "../syntax/json-cursor.ts";
import { type Issue, isList, isMap, type Part, type Path, type Plain, type PlainMap } from "../syntax/plain.ts";
import type { Supplier } from "./supplier.ts";

export class Encoding {
  /** Who speaks unless a fact says otherwise. */
  by: Attribution = UNATTRIBUTED;
  /** Whether amounts include value added tax unless they say otherwise. */
  vat: Money["vat"];
}

/** A place that is named by a business term of eForms: `BT-709`, `OPT-170`. */
const TERM = /^[A-Z]{2,4}-\d/;

/** A source and a place in it, as registers write them: `article 2`, `00561011-2024#BT-709`. */
export const attributionText = ({ source = "", locator }: Attribution): string =>
  locator === undefined ? source : `${source}${TERM.test(locator) || isCellName(locator) ? "#" : " "}${locator}`;

export const isSameAttribution = (a: Attribution, b: Attribution): boolean =>
  a.source === b.source && a.locator === b.locator;

export const isFact = (value: unknown): value is Fact<unknown> =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => typeof item === "object" && item !== null && "by" in item && "value" in item);

export const factsOf = (record: object): readonly Fact<unknown>[] => Object.values(record).filter(isFact);

/**
 * Chooses who speaks for a record: the one who states most of its facts alone. Returns what the record's `source` is to
 * say, and notes the speaker in `at`. A record in which anything has no source cannot have one itself, because
 * everything in it would then be by that source.
 */
export const speakFor = (
  facts: readonly Fact<unknown>[],
  within: readonly Attribution[],
  at: Encoding,
): string | undefined => {
  const said = [...facts.flatMap((fact) => fact.map(({ by }) => by)), ...within];
  if (said.some(({ source }) => source === undefined)) return undefined;
  const alone = facts.flatMap((fact) => (fact.length === 1 ? [fact[0].by] : []));
  const times = new Map<string, number>();
  for (const by of alone) times.set(attributionText(by), (times.get(attributionText(by)) ?? 0) + 1);
  const [most] = [...alone].sort((a, b) => (times.get(attributionText(b)) ?? 0) - (times.get(attributionText(a)) ?? 0));
  if (most === undefined || isSameAttribution(most, at.by) || (times.get(attributionText(most)) ?? 0) < 2)
    return undefined;
  at.by = most;
  return attributionText(most);
};

/** What a record may refer to: the sources and suppliers in all files of the register. */
export interface References {
  /** `article 3` → source `article`, locator `3`. A {@link Problem} where there is no such source. */
  readonly attribution: (text: string) => Attribution | Problem;
  readonly supplier: (reference: string) => Supplier | undefined;
  /** The suppliers that references were found to name. */
  readonly recalled: Recalled<Supplier>;
  readonly noSupplier: (reference: string) => Problem;
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

  path(): Path {
    return [...this.#path];
  }

  leave(): void {
    this.#path.pop();
  }

  report(rule: RuleId, message: string, hint?: string): undefined {
    return this.reportAt([], rule, message, hint);
  }

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

/** Reads and writes one kind of value, and describes it to editors. What it writes, it reads as the same value. */
export interface Codec<T> {
  /** Reads a value. One that cannot be read is reported and gives undefined. */
  readonly decode: (value: Plain, at: Decoding) => T | undefined;
  /**
   * Reads the same value from JSON as most programs write it. Where it gives undefined, or reports something, `decode`
   * reads the value again and says what is wrong. Without it, `decode` reads everything.
   */
  readonly decodeQuickly?: (json: JsonCursor, at: Decoding) => T | undefined;
  /** Skips a value, and says whether `decodeQuickly` would read it. Without it, `decodeQuickly` is asked. */
  readonly passQuickly?: (json: JsonCursor, at: Decoding) => boolean;
  /**
   * For records: like `decodeQuickly`, but what they may leave out is only checked and then left out. Without it,
   * everything is read.
   */
  readonly sketchQuickly?: (json: JsonCursor, at: Decoding) => T | undefined;
  /** Undefined where nothing is to be written. It is a method so that a codec of any type is a codec of unknown. */
  encode(value: T, at: Encoding): Plain | undefined;
  /** Made only when it is asked for, because reading needs none. */
  readonly schema: () => JsonSchema;
}

/** Skips a value, and says whether it can be read quickly. */
export const passes = <T>(codec: Codec<T>, json: JsonCursor, at: Decoding): boolean =>
  codec.passQuickly === undefined ? codec.decodeQuickly?.(json, at) !== undefined : codec.passQuickly(json, at);

/** The kind of a value, in words for messages: "a list" where another kind was expected. */
export const kindOf = (value: Plain): string => {
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

/** A codec for a single value. `parse` reads it, or explains why it cannot. */
export const scalar = <T extends object | string>(
  schema: () => JsonSchema,
  parse: (text: string, at: Decoding) => T | Problem,
  write: (value: T, at: Encoding) => string,
): Codec<T> => ({
  schema,
  encode: write,
  decode: (value, at) => {
    const text = textOf(value, at);
    if (text === undefined) return undefined;
    const parsed = parse(text, at);
    return isProblem(parsed) ? at.report(parsed.rule, parsed.problem, parsed.hint) : parsed;
  },
  decodeQuickly: (json, at) => {
    if (!json.string()) return undefined;
    const parsed = parse(json.written(), at);
    return isProblem(parsed) ? undefined : parsed;
  },
});

/** A codec for one of a few words. The schema lists them, and a wrong word is answered with the nearest. */
export const oneOf = <T extends string>(words: readonly T[]): Codec<T> =>
  scalar<T>(
    () => ({ type: "string", enum: words }),
    (text) => {
      const word = words.find((candidate) => candidate === text);
      if (word !== undefined) return word;
      return { rule: "F6", problem: `"${text}" is not one of ${words.join(", ")}`, ...hintFor(text, words) };
    },
    (word) => word,
  );

export const hintFor = (word: string, candidates: readonly string[]): { hint?: string } => {
  const [best] = nearest(word, candidates);
  return best === undefined ? {} : { hint: `did you mean "${best}"?` };
};

export const listOf = <T>(item: Codec<T>, least: 0 | 1 = 1): Codec<readonly T[]> => ({
  schema: () => ({ type: "array", items: item.schema(), minItems: least }),
  encode: (values, at) =>
    values.length < least
      ? undefined
      : values.map((value) => item.encode(value, at)).filter((one) => one !== undefined),
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
  decodeQuickly: (json, at) => itemsOf(json, at, least, item.decodeQuickly),
  sketchQuickly: (json, at) => itemsOf(json, at, least, item.sketchQuickly ?? item.decodeQuickly),
  passQuickly: (json, at) => {
    if (!json.skip(OPEN)) return false;
    if (json.skip(CLOSE)) return least === 0;
    do {
      if (!passes(item, json, at)) return false;
    } while (json.skip(COMMA));
    return json.skip(CLOSE);
  },
});

const itemsOf = <T>(
  json: JsonCursor,
  at: Decoding,
  least: 0 | 1,
  decode: Codec<T>["decodeQuickly"],
): readonly T[] | undefined => {
  if (!json.skip(OPEN)) return undefined;
  const items: T[] = [];
  if (json.skip(CLOSE)) return least === 0 ? items : undefined;
  do {
    const decoded = decode?.(json, at);
    if (decoded === undefined) return undefined;
    items.push(decoded);
  } while (json.skip(COMMA));
  return json.skip(CLOSE) ? items : undefined;
};

const [COMMA, OPEN, CLOSE, OPEN_MAP, CLOSE_MAP] = [0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * A codec for a fact: one value, stated by the record's source, or a map of `source locator: value`, one claim a line.
 */
export const factOf = <T>(value: Codec<T>): Codec<Fact<T>> => ({
  schema: () => ({
    anyOf: [value.schema(), { type: "object", additionalProperties: value.schema(), minProperties: 1 }],
  }),
  encode: (fact, at) => {
    const [{ by, value: only }, ...others] = fact;
    if (others.length === 0 && isSameAttribution(by, at.by)) return value.encode(only, at);
    const claims = fact.map((claim) => [attributionText(claim.by), value.encode(claim.value, at) ?? ""] as const);
    return Object.fromEntries(claims);
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
  decodeQuickly: (json, at) => {
    if (json.skip(OPEN_MAP)) return decodeClaimsQuickly(json, value, at);
    const single = value.decodeQuickly?.(json, at);
    return single === undefined ? undefined : [{ value: single, by: at.by }];
  },
  passQuickly: (json, at) =>
    json.skip(OPEN_MAP) ? decodeClaimsQuickly(json, value, at) !== undefined : passes(value, json, at),
});

const decodeClaimsQuickly = <T>(json: JsonCursor, value: Codec<T>, at: Decoding): Fact<T> | undefined => {
  const claims: Claim<T>[] = [];
  const keys: string[] = [];
  do {
    const key = json.key();
    const by = key === undefined || keys.includes(key) ? undefined : at.references.attribution(key);
    if (key === undefined || by === undefined || isProblem(by)) return undefined;
    const decoded = value.decodeQuickly?.(json, at);
    if (decoded === undefined) return undefined;
    keys.push(key);
    claims.push({ value: decoded, by });
  } while (json.skip(COMMA));
  const [first, ...others] = claims;
  return first !== undefined && json.skip(CLOSE_MAP) ? [first, ...others] : undefined;
};

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

/** How many values are kept. Those that recur are met early. */
const MOST_KEPT = 1 << 14;
/** Twice as many slots, so that few values collide. */
const SLOTS = MOST_KEPT << 1;
/** How many slots are searched for a value. So strings that somebody makes up to collide slow nothing down. */
const MOST_STEPS = 32;

/** Remembers what strings of JSON were read as, so that they are found again before they are made into texts. */
export class Recalled<T> {
  #slots: Int32Array | undefined;
  readonly #texts = new CodeTexts();
  readonly #values: T[] = [];

  /**
   * The value of the string where the cursor is. Where it is not known, `read` reads it. A result of undefined is not
   * kept.
   */
  find(json: JsonCursor, read: (text: string) => T | undefined): T | undefined {
    this.#slots ??= new Int32Array(SLOTS).fill(-1);
    const hash = json.hash();
    let slot = hash ^ (hash >>> 15);
    for (let step = 0; step < MOST_STEPS; step++, slot++) {
      const number = this.#slots[slot & (SLOTS - 1)] ?? -1;
      if (number === -1) break;
      if (json.isAt(this.#texts, number)) return this.#values[number];
    }
    return this.#read(json.written(), slot & (SLOTS - 1), read);
  }

  #read(text: string, slot: number, read: (text: string) => T | undefined): T | undefined {
    const own = copyOf(text);
    const value = read(own);
    if (value === undefined || this.#slots?.[slot] !== -1 || this.#texts.count === MOST_KEPT) return value;
    this.#slots[slot] = this.#texts.add(own);
    this.#values.push(value);
    return value;
  }
}
