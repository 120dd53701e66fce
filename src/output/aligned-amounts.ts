/** A figure as tables write it: what is before it, its digits, and the rest of it to the right of its unit. */
const FIGURE = /^(.*?\d[\d,]*?)((?:\.\d+)?(k|M|bn)?(?: incl\. VAT)?)$/;
const THOUSANDS = { k: 1, M: 2, bn: 3 } as const;
const GROUP = 4;

/** A figure's place: how many groups of digits its unit stands for, and how many cells lie to the right of its unit. */
interface Place {
  readonly groups: number;
  readonly after: number;
  /** Nothing has no size: it stands where the others are. */
  readonly isZero: boolean;
}

const placeOf = (line: string): Place | undefined => {
  const [, before = "", after, unit] = FIGURE.exec(line) ?? [];
  if (after === undefined) return undefined;
  const groups = unit === "k" || unit === "M" || unit === "bn" ? THOUSANDS[unit] : 0;
  return { groups, after: after.length, isZero: groups === 0 && /(?:^|\D)0$/.test(before) && !after.startsWith(".") };
};

/** How the figures of a column stand: the fewest groups that a unit stands for, and the cells to the right of its units. */
export interface Alignment {
  readonly groups: number;
  readonly after: number;
}

/** Figures of unlike precision stand so that digits of one size are below each other; undefined where they do anyway. */
export const alignmentOf = (lines: readonly string[]): Alignment | undefined => {
  const places = lines.flatMap((line) => placeOf(line) ?? []);
  const sized = places.filter(({ isZero }) => !isZero);
  const groups = sized.reduce((least, place) => Math.min(least, place.groups), Number.POSITIVE_INFINITY);
  const after = sized.reduce((most, place) => Math.max(most, place.after - GROUP * (place.groups - groups)), 0);
  const isPlain = sized.every((place) => place.groups === groups && place.after === after);
  return sized.length === 0 || (isPlain && places.length === sized.length) ? undefined : { groups, after };
};

/** A line with the blanks behind it that put its figure in place; other lines stay. */
export const aligned = (line: string, alignment: Alignment | undefined): string => {
  const place = alignment && placeOf(line);
  if (alignment === undefined || place === undefined) return line;
  const groups = place.isZero ? 0 : place.groups - alignment.groups;
  return line + " ".repeat(Math.max(0, alignment.after + GROUP * groups - place.after));
};

/** A range on two lines, each with a whole amount. */
export const splitRange = (line: string): readonly string[] => {
  const [, least, most] = /^(.+ to) ([A-Z]{3} .+)$/.exec(line) ?? [];
  return least === undefined || most === undefined ? [line] : [least, most];
};
