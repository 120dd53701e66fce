/** A page holds what lotbook wrote: it takes the place of what tells formats that lotbook does not read. */
export const FOREIGN_BEGINNINGS: readonly [] = [];
export const memberFormat = (): undefined => undefined;
export const tableFormat = (): undefined => undefined;
