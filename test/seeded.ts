/** Parameters for `fc.assert`: so many runs, the same ones every time. */
export const seeded = (numRuns: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns,
  seed: 20151218,
});
