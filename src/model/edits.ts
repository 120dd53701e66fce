/** Two texts without the letters that they have in common at their beginnings and at their ends. */
export const unlikeParts = (a: string, b: string): readonly [a: string, b: string] => {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
};

/**
 * How many letters must be added, left out or changed to make one text of another; undefined for more than `most`. Only
 * places that lie at most so far apart are compared, so the time grows with the length of the texts and not its square.
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

/** The band of edits for one letter more; `first` is where in the other text the band begins. */
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
