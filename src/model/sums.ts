import { madeUnder } from "./lists.ts";

/**
 * A tree of whole numbers under names. Such trees can be added up, and taken away again, part by part. A part that has
 * only zeros is left out.
 */
export interface Sums extends ReadonlyMap<string, Sums | bigint> {}

export interface RunningSums extends Map<string, RunningSums | bigint> {}

export const NOTHING: Sums = new Map();

/**
 * Makes sums of named parts. Parts that are sums themselves stay as they are, and numbers under one name are added up.
 */
export const sumsOf = (parts: Iterable<readonly [name: string, part: Sums | bigint | number]>): Sums => {
  const sums = new Map<string, Sums | bigint>();
  for (const [name, part] of parts)
    if (typeof part === "object") {
      if (part.size > 0) sums.set(name, part);
    } else if (part !== 0 && part !== 0n) {
      const known = sums.get(name);
      sums.set(name, BigInt(part) + (typeof known === "bigint" ? known : 0n));
    }
  return sums;
};

/** Adds sums to others, `times` times. Minus one takes them away. */
export const addSums = (sums: RunningSums, more: Sums, times = 1n): void => {
  for (const [name, part] of more) addPart(sums, name, part, times);
};

const addPart = (sums: RunningSums, name: string, part: Sums | bigint, times: bigint): void => {
  const known = sums.get(name);
  if (typeof part === "bigint") {
    const sum = (typeof known === "bigint" ? known : 0n) + part * times;
    if (sum === 0n) sums.delete(name);
    else sums.set(name, sum);
    return;
  }
  const below = typeof known === "object" ? known : new Map();
  addSums(below, part, times);
  if (below.size === 0) sums.delete(name);
  else sums.set(name, below);
};

/**
 * The sums of many things under the same names. Each name has a column of numbers, as thousands of maps would be large.
 */
export class SumColumns {
  readonly #below = new Map<string, SumColumns>();
  readonly #numbers: bigint[] = [];

  /** Adds to the sums of the thing in a place, `times` times. */
  add(place: number, sums: Sums, times = 1n): void {
    for (const [name, part] of sums) {
      const column = madeUnder(this.#below, name, () => new SumColumns());
      if (typeof part === "bigint") column.#addNumber(place, part * times);
      else column.add(place, part, times);
    }
  }

  #addNumber(place: number, number: bigint): void {
    while (this.#numbers.length <= place) this.#numbers.push(0n);
    this.#numbers[place] = (this.#numbers[place] ?? 0n) + number;
  }

  /** The sums of the thing in a place. */
  of(place: number): Sums {
    return sumsOf(
      Array.from(this.#below, ([name, column]) => [name, column.#numbers[place] ?? column.of(place)] as const),
    );
  }
}

export const sumIn = (sums: Sums, name: string): bigint => {
  const part = sums.get(name);
  return typeof part === "bigint" ? part : 0n;
};

export const countIn = (sums: Sums, name: string): number => Number(sumIn(sums, name));

export const sumsIn = (sums: Sums, name: string): Sums => {
  const part = sums.get(name);
  return typeof part === "object" ? part : NOTHING;
};

export const sumsText = (sums: Sums): string => JSON.stringify(plainOf(sums));

type PlainSums = { readonly [name: string]: PlainSums | string };

const plainOf = (sums: Sums): PlainSums => {
  const named = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    named.map(([name, part]) => [name, typeof part === "bigint" ? String(part) : plainOf(part)]),
  );
};

/** Reads what {@link sumsText} wrote. Throws SyntaxError for anything that it never writes. */
export const readSums = (text: string): RunningSums => read(JSON.parse(text));

/** Reads several such texts and adds them up. */
export const readAllSums = ([first = "{}", ...others]: readonly string[]): RunningSums => {
  const sums = readSums(first);
  for (const text of others) addSums(sums, readSums(text));
  return sums;
};

const read = (value: unknown): RunningSums => {
  if (typeof value !== "object" || value === null) throw new SyntaxError("these are no sums");
  const sums: RunningSums = new Map();
  for (const [name, part] of Object.entries(value))
    sums.set(name, typeof part === "string" ? BigInt(part) : read(part));
  return sums;
};
