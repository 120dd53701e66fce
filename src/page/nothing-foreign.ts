import type {
  FOREIGN_BEGINNINGS as beginnings,
  memberFormat as members,
  tableFormat as tables,
} from "../inputs/foreign.ts";

/** A page holds what lotbook wrote: it takes the place of what tells formats that lotbook does not read. */
export const FOREIGN_BEGINNINGS: typeof beginnings = [];
export const memberFormat: typeof members = () => undefined;
export const tableFormat: typeof tables = () => undefined;
