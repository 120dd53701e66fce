import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { expect, test } from "vitest";
import {
  appearance,
  editsBetween,
  hiddenLetters,
  latinLookAlike,
  SimilarNames,
  unlikeParts,
} from "../../src/model/similar-names.ts";
import { seeded } from "../seeded.ts";

const isSwap = (a: string, b: string): boolean =>
  a.length === b.length &&
  [...a].some((_, at) => a.slice(0, at) + (a[at + 1] ?? "") + a[at] + a.slice(at + 2) === b && at + 1 < a.length);

const digits = (text: string): string => text.replace(/\D/g, "");

test("a name is like those with the same key, and those that one slip tells apart, as comparing all pairs says", () => {
  const letter = fc.constantFrom("a", "b", "c", "1");
  const key = fc.string({ unit: letter, minLength: 6, maxLength: 10 });
  fc.assert(
    fc.property(key, key, (a, b) => {
      const names = new SimilarNames<string>();
      names.add(a, a);
      const long = a.length >= 8 && b.length >= 8;
      const slip = digits(a) === digits(b) && (distance(a, b) === 1 || isSwap(a, b));
      expect(names.like(b)).toEqual(a === b || (long && slip) ? [a] : []);
    }),
    seeded(3000),
  );
});

test("one slip is found for each kind of slip", () => {
  const names = new SimilarNames<number>();
  names.add("nordlichtnetze", 1);
  for (const key of ["nordlichtnetz", "nordlichtnetzee", "nordlightnetze", "nordlcihtnetze"])
    expect(names.like(key)).toEqual([1]);
  expect(names.like("nordlichtwerke")).toEqual([]);
});

test("the first of several owners is found", () => {
  const names = new SimilarNames<number>();
  names.add("hafen", 1);
  names.add("hafen", 2);
  expect(names.like("hafen")).toEqual([1]);
  names.add("hafenlogistik", 3);
  names.add("hafenlogistic", 4);
  expect(names.like("hafenlogistik")).toEqual([3]);
});

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 12 });

test("as many edits as Levenshtein's distance has, or none for more than asked for", () => {
  fc.assert(
    fc.property(word, word, fc.nat({ max: 5 }), (a, b, most) => {
      const edits = distance(a, b);
      expect(editsBetween(a, b, most)).toBe(edits > most ? undefined : edits);
    }),
    seeded(2000),
  );
});

test("what is left of two texts holds no common beginning and end, and puts them together again", () => {
  expect(unlikeParts("northern quay", "northe quay")).toEqual(["rn", ""]);
  expect(unlikeParts("aaa", "aa")).toEqual(["a", ""]);
  expect(unlikeParts("same", "same")).toEqual(["", ""]);
});

test("a text as it looks", () => {
  expect(appearance("\u0391cm\u0435")).toBe("Acme");
  expect(appearance("\uff21cme")).toBe("Acme");
  expect(appearance("Łódź Café")).toBe("Łódź Café");
  expect(appearance("東京")).toBe("東京");
});

test("letters that hide in Latin words", () => {
  expect(hiddenLetters("\u0391cme \u0430nd Co")).toEqual(["\u0391", "\u0430"]);
  expect(hiddenLetters("София and Αθήνα")).toEqual([]);
  expect(hiddenLetters("βTech ΩMega")).toEqual([]);
  expect(hiddenLetters("plain")).toEqual([]);
  expect(hiddenLetters("2024 – …")).toEqual([]);
});

test("no Latin letter is said to look like another", () => {
  for (let code = 0; code < 0x250; code++) expect(latinLookAlike(String.fromCharCode(code))).toBeUndefined();
  expect(latinLookAlike("\u0391")).toBe("A");
});

test("letters of Greek, Cyrillic and Armenian are taken for the Latin ones that they look like", () => {
  expect(appearance("\u0430\u0441\u0501\u0435\u0581\u04bb\u0456\u0458\u04cf\u0578\u043e\u0440\u051b")).toBe(
    "acdeghijlnopq",
  );
  expect(appearance("\u0455\u057d\u03bd\u051d\u0445\u0443")).toBe("suvwxy");
});
