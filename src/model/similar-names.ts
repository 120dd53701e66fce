import { unlikeParts } from "./edits.ts";

const LEAST_LENGTH = 8;

const digitsOf = (key: string): string => key.replace(/\D/g, "");

/** Whether one letter that is missing, wrong or in the wrong place tells two keys apart; never a digit. */
const isSlip = (a: string, b: string): boolean => {
  const [mine, theirs] = unlikeParts(a, b);
  const isOne = mine.length <= 1 && theirs.length <= 1;
  const isSwapped = mine.length === 2 && mine[0] === theirs[1] && mine[1] === theirs[0] && theirs.length === 2;
  return (isOne || isSwapped) && digitsOf(a) === digitsOf(b);
};

const FACTOR = 0x01000193;

/**
 * A number of 32 bits for a key without each one of its letters, and for all of it. All are made of the numbers of its
 * beginnings and ends, so that a long name takes no longer than its length.
 */
const restsOf = (key: string): readonly number[] => {
  if (key.length < LEAST_LENGTH) return [];
  const letters: { readonly before: number; readonly code: number }[] = [];
  let whole = 0;
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    letters.push({ before: whole, code });
    whole = (Math.imul(whole, FACTOR) + code) | 0;
  }
  const rests = [whole >>> 0];
  let [end, power] = [0, 1];
  for (const { before, code } of letters.reverse()) {
    rests.push((Math.imul(before, power) + end) >>> 0);
    end = (end + Math.imul(code, power)) | 0;
    power = Math.imul(power, FACTOR);
  }
  return rests;
};

/**
 * Names that were met, to find those that are all but the same. Two keys that one slip tells apart have a rest in common
 * when a letter is taken from each, or from one: so each name is looked up by its own rests, however many others there are.
 */
export class SimilarNames<T> {
  readonly #byRest = new Map<number, { readonly key: string; readonly owner: T }>();
  readonly #byKey = new Map<string, T>();

  /** The owners of names like this one that came before it: those of the same key, or one slip away. */
  like(key: string): readonly T[] {
    const same = this.#byKey.get(key);
    const met = new Set(restsOf(key).map((rest) => this.#byRest.get(rest)));
    const near = [...met].flatMap((other) =>
      other !== undefined && other.key !== key && isSlip(other.key, key) ? [other.owner] : [],
    );
    return [...new Set(same === undefined ? near : [same, ...near])];
  }

  /** The first of several owners of a key, or of a rest, is the one that is found by it. */
  add(key: string, owner: T): void {
    if (!this.#byKey.has(key)) this.#byKey.set(key, owner);
    const named = { key, owner };
    for (const rest of restsOf(key)) if (!this.#byRest.has(rest)) this.#byRest.set(rest, named);
  }
}
