/**
 * Whether the suite runs at its full length: `npm run test:long`, or `LOTBOOK_TESTS=all` before any other way to run it.
 * Without, it tries some of what is alike: fewer random inputs and files of others, calls that fail, and less of each
 * thing that grows. Nothing that a change is likely to break is left to the long run alone.
 */
export const LONG = process.env["LOTBOOK_TESTS"] === "all";

/** The title of a test that only the long run has, which says so where it is left out: `test.skipIf(!LONG)(inLong(…))`. */
export const inLong = (title: string): string => (LONG ? title : `${title} (skipped: only at full length)`);

/** A number of trials: the first at full length, the second otherwise. */
export const times = (long: number, short: number): number => (LONG ? long : short);

/** All things of a kind, or of every so many one. */
export const someOf = <T>(all: readonly T[], every: number): readonly T[] =>
  LONG ? all : all.filter((_, index) => index % every === 0);
