import type { Position } from "./errors.ts";

/** An entry by which a register asks not to be told of something, with the reason why that is as it should be. */
export interface Ignore {
  /** An id of a rule, or a rule of the domain for all that belong to it. */
  readonly rule: string;
  readonly reason: string;
  /** Only in this contract; undefined for all, and where it stands in a contract. */
  readonly contract: string | undefined;
  /** Only of this supplier. */
  readonly supplier: string | undefined;
  readonly position: () => Position;
}
