/** Two texts without what they have in common at their beginnings and at their ends. */
export const unlikeParts = (a: string, b: string): readonly [a: string, b: string] => {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
};

/**
 * How many letters must be added, left out or changed to turn one text into the other. Undefined for more than `most`.
 * Only places that lie at most so far apart are compared, so the time grows with the length of the texts and not with
 * its square.
 */
export const editsBetween = (a: string, b: string, most: number): number | undefined => {
  const [from, to] = unlikeParts(a, b);
  if (Math.abs(from.length - to.length) > most) return undefined;
  const beyond = most + 1;
  let row = Array.from({ length: 2 * most + 1 }, (_, place) => (place < most ? beyond : place - most));
  for (let letter = 0; letter < from.length; letter++) {
    row = nextRow(row, (place) => from[letter] === to[letter + place - most], letter - most, beyond);
    if (row.every((edits) => edits > most)) return undefined;
  }
  const last = most + to.length - from.length;
  const edits = Math.min(beyond, row[last] ?? beyond);
  return edits > most ? undefined : edits;
};

/** The next row of the band of edits, for one more letter. `first` is where the band begins in the other text. */
const nextRow = (
  row: readonly number[],
  isSame: (place: number) => boolean,
  first: number,
  beyond: number,
): number[] => {
  const next: number[] = [];
  for (const [place, above] of row.entries()) {
    const index = first + place;
    if (index < -1) next.push(beyond);
    else {
      const changed = index < 0 ? beyond : above + (isSame(place) ? 0 : 1);
      const added = (next[place - 1] ?? beyond) + 1;
      const leftOut = (row[place + 1] ?? beyond) + 1;
      next.push(Math.min(changed, added, leftOut, beyond));
    }
  }
  return next;
};

const LEAST_LENGTH = 8;

const digitsOf = (key: string): string => key.replace(/\D/g, "");

/**
 * Whether two keys differ by a single slip: one letter that is missing or wrong, or two that are swapped. A digit never
 * counts as a slip.
 */
const isSlip = (a: string, b: string): boolean => {
  const [mine, theirs] = unlikeParts(a, b);
  const isOne = mine.length <= 1 && theirs.length <= 1;
  const isSwapped = mine.length === 2 && mine[0] === theirs[1] && mine[1] === theirs[0] && theirs.length === 2;
  return (isOne || isSwapped) && digitsOf(a) === digitsOf(b);
};

const FACTOR = 0x01000193;

/**
 * A 32-bit number for all of a key, and one for the key without each of its letters. Each is made of the numbers of a
 * beginning and an end, so that the time only grows with the length of the key. Empty for a short key.
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
 * Names that were met so far, to find those that are almost the same. Two keys that differ by one slip have a rest in
 * common when a letter is taken from each, or from one of them. So each name is looked up by its own rests, however
 * many others there are.
 */
export class SimilarNames<T> {
  readonly #byRest = new Map<number, { readonly key: string; readonly owner: T }>();
  readonly #byKey = new Map<string, T>();

  /** The owners of similar names that came before: those with the same key, or with a key that is one slip away. */
  like(key: string): readonly T[] {
    const same = this.#byKey.get(key);
    const met = new Set(restsOf(key).map((rest) => this.#byRest.get(rest)));
    const near = [...met].flatMap((other) =>
      other !== undefined && other.key !== key && isSlip(other.key, key) ? [other.owner] : [],
    );
    return [...new Set(same === undefined ? near : [same, ...near])];
  }

  /** Adds a name. Of several owners of a key, or of a rest, the first is the one that is found by it. */
  add(key: string, owner: T): void {
    if (!this.#byKey.has(key)) this.#byKey.set(key, owner);
    const named = { key, owner };
    for (const rest of restsOf(key)) if (!this.#byRest.has(rest)) this.#byRest.set(rest, named);
  }
}

/** Letters of other scripts that look like Latin ones in most typefaces, under the Latin letter. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  A: "ΑА",
  B: "ΒВ",
  C: "СϹ",
  E: "ΕЕ",
  F: "Ϝ",
  G: "Ԍ",
  H: "ΗН",
  I: "ΙІӀ",
  J: "ЈͿ",
  K: "ΚК",
  M: "ΜМϺ",
  N: "Ν",
  O: "ΟОՕ",
  P: "ΡР",
  Q: "Ԛ",
  S: "ЅՏ",
  T: "ΤТ",
  U: "Ս",
  V: "Ѵ",
  W: "Ԝ",
  X: "ΧХ",
  Y: "ΥҮ",
  Z: "Ζ",
  a: "а",
  c: "сϲ",
  d: "ԁ",
  e: "е",
  g: "ց",
  h: "һհ",
  i: "іι",
  j: "јϳ",
  l: "ӏ",
  n: "ո",
  o: "оοօ",
  p: "рρ",
  q: "ԛզ",
  s: "ѕ",
  u: "υս",
  v: "νѵ",
  w: "ԝ",
  x: "хχ",
  y: "уү",
};

const LATIN: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

export const latinLookAlike = (letter: string): string | undefined => LATIN.get(letter);

const COMMON = /^[\x00-\u024f]*$/;

/** The text as it looks: every look-alike is replaced by its Latin letter. */
export const appearance = (text: string): string =>
  COMMON.test(text) ? text : [...text.normalize("NFKC")].map((letter) => LATIN.get(letter) ?? letter).join("");

/**
 * The look-alikes in words that also have Latin letters. No language has such words, and nobody sees that they are
 * there.
 */
export const hiddenLetters = (text: string): readonly string[] => {
  if (COMMON.test(text)) return [];
  return (text.match(/[\p{L}\p{M}]+/gu) ?? [])
    .filter((word) => /\p{Script=Latin}/u.test(word))
    .flatMap((word) => [...word].filter((letter) => LATIN.has(letter)));
};
