import type { Finding } from "./errors.ts";
import type { Assumption, PassedOver } from "./publication.ts";

/** What was told of inputs when they were read, which their records do not say. */
export interface Told {
  readonly assumptions: readonly Assumption[];
  readonly passedOver: readonly PassedOver[];
  readonly findings: readonly Finding[];
}
