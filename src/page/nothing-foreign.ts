/**
 * A page holds only what lotbook wrote. In pages this takes the place of `inputs/foreign.ts`, which recognises formats
 * that lotbook does not read.
 */
export const FOREIGN_BEGINNINGS: readonly [] = [];
export const memberFormat = (): undefined => undefined;
export const tableFormat = (): undefined => undefined;
