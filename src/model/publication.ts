import { type Finding, findingOf, type Position } from "./errors.ts";
import { addAll, madeUnder } from "./lists.ts";

export interface OtherKind {
  readonly one: string;
  readonly many: string;
}

/** A document that tells of no award. It is an error if the user named it, and is only counted otherwise. */
export interface OtherDocument {
  readonly kind: OtherKind;
  readonly finding: Finding;
}

/** A kind of document by its name with an article. Most plurals are the same word with an `s`. */
export const otherKind = (one: string, many = `${one.replace(/^an? /, "")}s`): OtherKind => ({ one, many });

/** A number of documents of a kind: "1 contract notice", "412 contract notices". */
export const countOfKind = ({ one, many }: OtherKind, count: number): string =>
  `${count} ${count === 1 ? one.replace(/^an? /, "") : many}`;

export const otherDocument = (kind: OtherKind, hint: string, position: Position, besides = ""): OtherDocument => ({
  kind,
  finding: findingOf("F2", `this is not an award notice: it is ${kind.one}${besides}`, position, hint),
});

/**
 * Documents of one kind that tell of no award, and so are in no answer: "a contract notice", "contract notices", 412.
 */
export interface PassedOver {
  readonly one: string;
  readonly many: string;
  readonly count: number;
}

export const WHOLE_KINDS = ["xml", "ocds", "decp", "decp-csv"] as const;
/** Items of a list in such a document, or rows of a table below its headings. */
export const PIECE_KINDS = ["ocds-piece", "decp-piece", "decp-csv-piece"] as const;
/** Texts in which each line stands for itself. */
export const LINE_KINDS = ["ocds-lines", "decp-lines"] as const;

/** What a published document holds. */
export const DOCUMENT_KINDS = [...WHOLE_KINDS, ...PIECE_KINDS, ...LINE_KINDS] as const;
type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A document as it was published, or one line of it where each line stands for itself. */
export interface PublishedDocument {
  readonly kind: DocumentKind;
  /** What findings call it: `bulk.zip!/2024/notice.xml`. */
  readonly file: string;
  /** Whether the user named it. Then it must be something that lotbook reads. */
  readonly named: boolean;
  readonly bytes: Uint8Array;
  /** The line and the column in which it begins in the file. */
  readonly firstLine: number;
  readonly column: number;
  /** Hashes of the numbers of the procedures that it may tell of. Documents that share one belong together. */
  readonly procedures: readonly number[];
}

/** What was assumed by one rule to read notices: how often, and the first places. */
export interface Assumption {
  readonly rule: string;
  readonly first: readonly { readonly file: string; readonly text: string }[];
  readonly count: number;
}

/** The assumptions of several readers together: each rule once, with the first places of all. */
export const assumedTogether = (
  all: readonly Assumption[],
  mostPlaces = Number.POSITIVE_INFINITY,
): readonly Assumption[] => {
  const byRule = new Map<
    string,
    { readonly rule: string; readonly first: Assumption["first"][number][]; count: number }
  >();
  for (const { rule, first, count } of all) {
    const known = madeUnder(byRule, rule, () => ({ rule, first: [], count: 0 }));
    known.count += count;
    addAll(known.first, first.slice(0, mostPlaces - known.first.length));
  }
  return [...byRule.values()];
};

/** What was told of inputs while they were read, and is not in their records. */
export interface Told {
  readonly assumptions: readonly Assumption[];
  readonly passedOver: readonly PassedOver[];
  readonly findings: readonly Finding[];
}
