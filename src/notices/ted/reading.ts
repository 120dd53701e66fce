import type { Origin } from "../../model/origin.ts";
import type { Publication } from "../../records/history.ts";
import type { Notes } from "../notes.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import type { CodedFacts } from "./procedure.ts";

/** What a notice is read with. */
export interface TedReading {
  readonly publication: Publication;
  readonly notes: Notes;
  readonly pool: SupplierPool;
  readonly origin: Origin;
  readonly coded: CodedFacts;
}
