/** Documents of one kind that tell of no award, and are in no answer: "a contract notice", "contract notices", 412. */
export interface PassedOver {
  readonly one: string;
  readonly many: string;
  readonly count: number;
}

/** What a published document holds: a whole text of XML, OCDS or DECP, items of its list, or lines of it. */
export const DOCUMENT_KINDS = ["xml", "ocds", "decp", "decp-piece", "decp-csv", "ocds-lines", "decp-lines"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

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
