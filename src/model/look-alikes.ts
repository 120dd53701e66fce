/** Letters of other scripts that look like Latin ones in most typefaces, by the Latin letter. */
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

/** The text as it looks: with every look-alike written as its Latin letter. */
export const appearance = (text: string): string =>
  COMMON.test(text) ? text : [...text.normalize("NFKC")].map((letter) => LATIN.get(letter) ?? letter).join("");

/** The look-alikes in words that have Latin letters, too: nobody writes such words, and nobody sees them. */
export const hiddenLetters = (text: string): readonly string[] => {
  if (COMMON.test(text)) return [];
  return (text.match(/[\p{L}\p{M}]+/gu) ?? [])
    .filter((word) => /\p{Script=Latin}/u.test(word))
    .flatMap((word) => [...word].filter((letter) => LATIN.has(letter)));
};
