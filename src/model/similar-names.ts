import { distance } from "fastest-levenshtein";

const LEAST_LENGTH = 8;

const digitsOf = (key: string): string => key.replace(/\D/g, "");

/** Of two texts that differ: whether two letters that stand beside each other have changed places. */
const isSwapped = (a: string, b: string): boolean => {
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
};

/** Whether one letter that is missing, wrong or in the wrong place tells two keys apart; never a digit. */
const isSlip = (a: string, b: string): boolean =>
  digitsOf(a) === digitsOf(b) && (distance(a, b) === 1 || isSwapped(a, b));

/** A number of 32 bits for a key without one of its letters, or with all where there is no such place. */
const hashWithout = (key: string, place: number): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    if (index !== place) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
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
    const near = restsOf(key).flatMap((rest) => {
      const met = this.#byRest.get(rest);
      return met !== undefined && met.key !== key && isSlip(met.key, key) ? [met.owner] : [];
    });
    return [...new Set(same === undefined ? near : [same, ...near])];
  }

  /** The first of several owners of a key, or of a rest, is the one that is found by it. */
  add(key: string, owner: T): void {
    if (!this.#byKey.has(key)) this.#byKey.set(key, owner);
    for (const rest of restsOf(key)) if (!this.#byRest.has(rest)) this.#byRest.set(rest, { key, owner });
  }
}

const restsOf = (key: string): readonly number[] =>
  key.length < LEAST_LENGTH ? [] : Array.from({ length: key.length + 1 }, (_, place) => hashWithout(key, place));
