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
 * A name as it is searched, not as it is identified (N5): without case, diacritics and repeated white space,
 * so that `telecom` finds `Télécom` and `łodz` finds `Łódź`, in every locale alike.
 */
export const fold = (text: string): string => {
  const lower = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(lower)) return lower.replace(/ {2,}/g, " ").trim();
  return lower
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\x00-\x7f]/gu, (letter) => UNDECOMPOSED.get(letter) ?? letter)
    .replace(/\s+/g, " ")
    .trim();
};

/** Orders ids and names as people expect (`2` before `10`), alike in every locale. */
export const compareNatural = (a: string, b: string): number => {
  const left = fold(a).match(/\d+|\D+/g) ?? [];
  const right = fold(b).match(/\d+|\D+/g) ?? [];
  for (const [index, run] of left.entries()) {
    const other = right[index];
    if (other === undefined) break;
    const order = compareRuns(run, other);
    if (order !== 0) return order;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
};

const compareRuns = (a: string, b: string): number => {
  if (/\d/.test(a) && /\d/.test(b)) {
    const [short, long] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
    if (short.length !== long.length) return short.length - long.length;
    return short < long ? -1 : short > long ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
};
