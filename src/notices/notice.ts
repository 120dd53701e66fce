/**
 * A notice says what it assumed: where it leaves something open, a reader decides by a rule, and each rule has an id
 * that the notes of the answer name. Readers of notices never throw.
 */

import type { Attribution, Fact } from "../model/claim.ts";
import type { Finding, Origin, Position } from "../model/errors.ts";
import { madeUnder } from "../model/lists.ts";
import { firstAndMore } from "../model/phrases.ts";
import type { OtherDocument } from "../model/publication.ts";
import type { Contract } from "../records/contract.ts";
import type { Note, Publication } from "../records/history.ts";
import type { SupplierPool } from "./supplier-pool.ts";

/**
 * What a notice tells of: what is sought, an award, what became of an award later, or a call-off under a framework
 * agreement. How the notices of a procedure are put together follows from their roles, and from which of them changes
 * which.
 */
export type NoticeRole = "announcement" | "award" | "modification" | "completion" | "call-off";

/** What a history says that a call for tenders does, and that a correction does. */
export const CALLS = "calls for tenders";
export const CORRECTS = "corrects";

export interface Notice {
  readonly contract: Contract;
  /** What all notices of its procedure share: BT-04 or the ocid. Undefined where each notice stands for itself. */
  readonly procedure: string | undefined;
  readonly publication: Publication;
  readonly role: NoticeRole;
  /** The notice whose place it takes (BT-758): its number, or its id with or without the version. */
  readonly changes?: string | undefined;
  /** Whether it withdraws what it changes, instead of stating it anew. */
  readonly cancels?: boolean;
  /** Other names by which notices may refer to it, as {@link noticeName} writes them. */
  readonly names?: readonly string[];
  /** For a process of OCDS: what notices of other formats call it or its releases, written in the same way. */
  readonly elsewhere?: readonly string[];
  /** The notices that it says it follows, written in the same way. */
  readonly follows?: readonly string[];
  readonly alone?: { readonly other: OtherDocument; readonly named: boolean };
  /**
   * Puts together the notices of this procedure and format, this one among them, in the order in which they were read.
   * Left out where the rules for all formats apply: see `contractOfNotices`.
   */
  readonly together?: (notices: readonly Notice[]) => readonly Contract[];
}

export interface NoticesRead {
  readonly notices: readonly Notice[];
  readonly findings: readonly Finding[];
  /** What the document is, where it tells of no award. */
  readonly other?: OtherDocument;
  /** Reads such a document as a step before an award, for when an award may follow. */
  readonly announcement?: () => Notice | undefined;
}

export const factOf = <T>(value: T | undefined, by: Attribution): Fact<T> | undefined =>
  value === undefined ? undefined : [{ value, by }];

/** Makes a fact of a value, with where in the source it is stated; undefined where there is no value. */
export type Say = <T>(value: T | undefined, locator: string) => Fact<T> | undefined;

export const sayer =
  (source: string): Say =>
  (value, locator) =>
    factOf(value, { source, locator });

/** A place without the text that it is in: keeping the document for it would take far more memory than its contract. */
export const originAt = ({ file, line, column }: Position): Origin => {
  const place: Position = { file, line, column, text: "" };
  return { locate: () => place };
};

export interface TextPlace {
  readonly firstLine: number;
  readonly windows1252: boolean;
}

/**
 * Reads one document whose format is known. `place` may be left out for a whole document. It never throws for what is
 * wrong in the document.
 */
export type ReadNotices = (text: string, file: string, suppliers: SupplierPool, place?: TextPlace) => NoticesRead;

const MOST_NAMED = 6;

/** The assumptions that were made to read a notice: each once, with the lots and other parts that it was made for. */
export class Notes {
  readonly #made = new Map<string, { readonly rule: string; readonly text: string; readonly subjects: Set<string> }>();

  add(rule: string, text: string, subject?: string): void {
    const made = madeUnder(this.#made, `${rule} ${text}`, () => ({ rule, text, subjects: new Set<string>() }));
    if (subject !== undefined) made.subjects.add(subject);
  }

  all(): readonly Note[] {
    return [...this.#made.values()].map(({ rule, text, subjects }) => ({
      rule,
      text: `${subjectsText(subjects)}${text}`,
    }));
  }
}

/** `LOT-0001, LOT-0002: `, with only the first few of very many; empty for none. */
export const subjectsText = (subjects: Iterable<string>): string => {
  const all = [...subjects];
  return all.length === 0 ? "" : `${firstAndMore(all, MOST_NAMED)}: `;
};
