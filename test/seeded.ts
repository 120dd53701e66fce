import { times } from "./long.ts";

/** The short suite, by which mutants are judged, too, tries a part of what properties try at full length. */
const SHARE = times(1, 0.1);
const LEAST = 5;

/** Parameters for `fc.assert`: so many runs, the same ones every time. */
export const seeded = (numRuns: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: Math.max(Math.ceil(numRuns * SHARE), Math.min(numRuns, LEAST)),
  seed: 20151218,
});
