import { type Finding, findingOf, type Position } from "./errors.ts";
import { addAll, madeUnder } from "./lists.ts";

export interface OtherKind {
  readonly one: string;
  readonly many: string;
}

/** A document that tells of no award: an error where the user named it, and else only counted. */
export interface OtherDocument {
  readonly kind: OtherKind;
  readonly finding: Finding;
}

/** A kind by its name with an article; most have one more letter in the plural. */
export const otherKind = (one: string, many = `${one.replace(/^an? /, "")}s`): OtherKind => ({ one, many });

/** So many documents of a kind: "1 contract notice", "412 contract notices". */
export const countOfKind = ({ one, many }: OtherKind, count: number): string =>
  `${count} ${count === 1 ? one.replace(/^an? /, "") : many}`;

export const otherDocument = (kind: OtherKind, hint: string, position: Position, besides = ""): OtherDocument => ({
  kind,
  finding: findingOf("F2", `this is not an award notice: it is ${kind.one}${besides}`, position, hint),
});

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

/** What several assumed, each rule once with the first places of all. */
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

/** What was told of inputs when they were read, which their records do not say. */
export interface Told {
  readonly assumptions: readonly Assumption[];
  readonly passedOver: readonly PassedOver[];
  readonly findings: readonly Finding[];
}
