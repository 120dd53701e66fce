import type { Contract } from "../../model/contract.ts";
import type { Finding } from "../../model/errors.ts";
import type { Publication } from "../../model/publication.ts";
import type { SupplierPool } from "./supplier-pool.ts";

/**
 * What a notice is to those of its procedure that came before: an award or a change of one states its contract as a
 * whole, a modification states what became of it later.
 */
export type NoticeRole = "award" | "modification";

/** One published notice or release, before those of one procedure are put together. */
export interface Notice {
  /** The contract as this notice alone states it. */
  readonly contract: Contract;
  /** What its notices have in common: BT-04 or ocid; undefined where each notice stands for itself. */
  readonly procedure: string | undefined;
  readonly publication: Publication;
  readonly role: NoticeRole;
}

/** What came of reading one document: its notices, and what was wrong in it. */
export interface NoticesRead {
  readonly notices: readonly Notice[];
  readonly findings: readonly Finding[];
}

/** Reads one document whose format is known. It never throws for what is wrong in the document. */
export type ReadNotices = (text: string, file: string, suppliers: SupplierPool) => NoticesRead;
