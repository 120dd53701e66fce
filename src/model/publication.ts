import type { Finding } from "./errors.ts";

/** Documents of one kind that tell of no award, and are in no answer: "a contract notice", "contract notices", 412. */
export interface PassedOver {
  readonly one: string;
  readonly many: string;
  readonly count: number;
}

export const WHOLE_KINDS = ["xml", "ocds", "decp", "decp-csv"] as const;
/** Items of a list in such a text, or rows of a table below its headings. */
export const PIECE_KINDS = ["ocds-piece", "decp-piece", "decp-csv-piece"] as const;
/** Texts of which each line stands for itself. */
export const LINE_KINDS = ["ocds-lines", "decp-lines"] as const;

/** What a published document holds. */
export const DOCUMENT_KINDS = [...WHOLE_KINDS, ...PIECE_KINDS, ...LINE_KINDS] as const;
type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A document as it was published, or one line of it where each line stands for itself. */
export interface PublishedDocument {
  readonly kind: DocumentKind;
  /** What findings call it: `bulk.zip!/2024/notice.xml`. */
  readonly file: string;
  /** Whether the user named it: then it must be what lotbook reads. */
  readonly named: boolean;
  readonly bytes: Uint8Array;
  /** Where it begins in the file. */
  readonly firstLine: number;
  readonly column: number;
  /** Of which procedures it may tell, as hashes of their numbers: what shares one belongs together. */
  readonly procedures: readonly number[];
}

/** What was assumed by one rule to read notices: where first, and how often. */
export interface Assumption {
  readonly rule: string;
  readonly first: readonly { readonly file: string; readonly text: string }[];
  readonly count: number;
}

/** What was told of inputs when they were read, which their records do not say. */
export interface Told {
  readonly assumptions: readonly Assumption[];
  readonly passedOver: readonly PassedOver[];
  readonly findings: readonly Finding[];
}
