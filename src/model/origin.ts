import type { Position } from "./errors.ts";

/** Where a record was read; positions inside it are looked up only when a finding needs one. */
export interface Origin {
  /** The position of a place inside the record, given by keys and indexes; of the record itself for an empty path. */
  readonly locate: (path: readonly (string | number)[], part?: "key" | "value") => Position;
}
