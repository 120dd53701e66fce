/** Runs of mutants, of which there are thousands, try a part of what properties otherwise try. */
const SHARE = Number(process.env["LOTBOOK_PROPERTY_SHARE"] ?? 1);

/** Parameters for `fc.assert`: so many runs, the same ones every time. */
export const seeded = (numRuns: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: Math.ceil(numRuns * SHARE),
  seed: 20151218,
});
