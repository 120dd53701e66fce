import { withoutHidden } from "./hidden-characters.ts";

/** Letters that no Unicode decomposition splits into a base letter and a mark. */
const UNDECOMPOSED: ReadonlyMap<string, string> = new Map([
  ["ł", "l"],
  ["ø", "o"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ß", "ss"],
  ["ı", "i"],
  ["ħ", "h"],
  ["ŧ", "t"],
]);

/**
 * A name in the form in which it is searched, not identified (N5): without case, diacritics and repeated white space,
 * so that `telecom` finds `Télécom` and `łodz` finds `Łódź`. It is the same in every locale.
 */
export const fold = (text: string): string => {
  const lower = text.toLowerCase();
  return ASCII.test(lower) ? foldAscii(lower) : foldLetters(lower.normalize("NFKD"), UNDECOMPOSED);
};

const ASCII = /^[\x20-\x7e]*$/;

const foldAscii = (lower: string): string => lower.replace(/ {2,}/g, " ").trim();

const foldLetters = (decomposed: string, letters: ReadonlyMap<string, string>): string =>
  decomposed
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\x00-\x7f]/gu, (letter) => letters.get(letter) ?? letter)
    .replace(/\s+/g, " ")
    .trim();

/** Letters that names spell in two ways (N5): without the mark, as `fold` writes them, or written out as here. */
const WRITTEN_OUT: ReadonlyMap<string, string> = new Map([
  ["ä", "ae"],
  ["ö", "oe"],
  ["ü", "ue"],
  ["ø", "oe"],
  ["å", "aa"],
]);

const OTHER_LETTERS: ReadonlyMap<string, string> = new Map([...UNDECOMPOSED].filter(([letter]) => letter !== "ø"));
const LINE_BREAKS = /[\t-\r\u0085\u2028\u2029]/g;

/**
 * A text as searches read it: folded, except for the letters that may be written out, and without characters that
 * cannot be seen.
 */
const lettersOf = (text: string): string => {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return foldAscii(lower);
  const seen = withoutHidden(lower.replace(LINE_BREAKS, " ")).normalize("NFKD");
  const kept = seen.replace(/[aou]\u0308|a\u030a/g, (letter) => letter.normalize("NFC"));
  return foldLetters(kept, OTHER_LETTERS);
};

// Written as escapes, because the program is read byte by byte as Latin 1, patterns included.
const MARKED = /[\u00e4\u00f6\u00fc\u00f8\u00e5]/;
/** Finds letters that have another spelling, or may themselves be one. */
const TWO_SPELLINGS = /[\u00e4\u00f6\u00fc\u00f8\u00e5]|[aou]e|aa/;

export interface Finder {
  readonly isIn: (text: string) => boolean;
  readonly is: (text: string) => boolean;
}

/** Whether nothing is left of a text to look for, so that it would be found everywhere. */
export const isBlank = (wanted: string): boolean => lettersOf(wanted) === "";

/**
 * Makes a finder that ignores case, diacritics and characters that cannot be seen, and knows both spellings of umlauts
 * and the like (N5): `mueller` and `muller` find Müller, and `müller` finds all three.
 */
export const finderOf = (wanted: string): Finder => {
  const letters = lettersOf(wanted);
  const isPlain = !TWO_SPELLINGS.test(letters);
  const anchor = anchorOf(letters);
  const isEither = (text: string, how: "whole" | "part"): boolean => {
    const found = lettersOf(text);
    const isMarked = MARKED.test(found);
    if (isPlain || !(isMarked || MARKED.test(letters))) {
      const bare = isMarked ? fold(found) : found;
      return how === "whole" ? bare === letters : bare.includes(letters);
    }
    return found.includes(anchor) && isSpelled(letters, found, how);
  };
  return { isIn: (text) => isEither(text, "part"), is: (text) => isEither(text, "whole") };
};

/**
 * The longest piece of ASCII in a text to look for, in lower case. Wherever {@link finderOf} finds that text in
 * printable ASCII without two blanks in a row, this piece is there, too, in whatever case.
 */
export const plainPartOf = (wanted: string): string =>
  lettersOf(wanted)
    .split(/[^\x20-\x7e]+/)
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "");

/** The longest piece of a text that has only one spelling. Where it is not found, nothing needs to be compared. */
const anchorOf = (letters: string): string =>
  letters
    .split(/[\u00e4\u00f6\u00fc\u00f8\u00e5aoue]+/)
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "");

/**
 * Whether a text is, or contains, a wanted one in some spelling. It goes through the text once and keeps all the places
 * in the wanted text that it may have reached. A place is twice the number of letters before it, plus one within a
 * letter that is written out.
 */
const isSpelled = (wanted: string, text: string, how: "whole" | "part"): boolean => {
  const end = 2 * wanted.length;
  let places = new Set([0]);
  for (let at = 0; at < text.length; at++) {
    const [first, second] = spellingOf(text.charAt(at));
    const next = after(places, first, wanted);
    if (second !== undefined) for (const place of after(next, second, wanted)) next.add(place);
    if (how === "part") next.add(0);
    places = next;
    if (how === "part" && places.has(end)) return true;
  }
  return places.has(end);
};

/** The letter that both spellings of a letter begin with, and the one that may follow it. */
const spellingOf = (letter: string): readonly [first: string, second: string | undefined] => {
  const [first = letter, second] = WRITTEN_OUT.get(letter) ?? [letter];
  return [first, second];
};

const after = (places: ReadonlySet<number>, letter: string, wanted: string): Set<number> => {
  const next = new Set<number>();
  for (const place of places) {
    const [first, second] = spellingOf(wanted[place >> 1] ?? "");
    if (place % 2 === 1) {
      if (second === letter) next.add(place + 1);
    } else if (first === letter) {
      next.add(place + 2);
      if (second !== undefined) next.add(place + 1);
    }
  }
  return next;
};

const DIGITS_OR_NOT = /\d+|\D+/g;
const IS_DIGITS = /^\d/;
const ZEROS = /^0+/;
/** Ends each run without digits, so that a shorter one comes before a longer one that begins with it. */
const END = "\0";

/** A run of digits, or of anything else, written so that comparing the codes of its letters puts numbers in order. */
const sortable = (run: string): string => {
  if (!IS_DIGITS.test(run)) return run + END;
  const digits = run.replace(ZEROS, "");
  // The zero tells it from letters. The count of digits follows, so that the longer number is the larger.
  return `0${String.fromCharCode(digits.length >> 16, digits.length & 0xffff)}${digits}`;
};

const SORTABLE = new Map<string, string>();
/** How many texts to remember. Sorting a list compares each of them a dozen times. */
const MOST_REMEMBERED = 10_000;

const sortableOf = (text: string): string => {
  const known = SORTABLE.get(text);
  if (known !== undefined) return known;
  const made = (fold(text).match(DIGITS_OR_NOT) ?? []).map(sortable).join("");
  if (SORTABLE.size >= MOST_REMEMBERED) SORTABLE.clear();
  SORTABLE.set(text, made);
  return made;
};

/** Compares ids and names as people expect (`2` before `10`), in the same way in every locale. */
export const compareNatural = (a: string, b: string): number =>
  compareTexts(sortableOf(a), sortableOf(b)) || compareTexts(a, b);

/** Compares texts by their code units, whatever the language. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
