/**
 * A notice says what it assumed: each rule by which a reader decides what a notice leaves open has an id, which the
 * notes of the answer name. Readers of notices never throw.
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
 * What a notice tells of: what is sought, an award, what became of one later, or a call-off under a framework agreement. How
 * the notices of a procedure go together follows from it, and from which of them changes which.
 */
export type NoticeRole = "announcement" | "award" | "modification" | "completion" | "call-off";

/** What a call for tenders does in a history, and a correction of one. */
export const CALLS = "calls for tenders";
export const CORRECTS = "corrects";

export interface Notice {
  readonly contract: Contract;
  /** What its notices have in common: BT-04 or ocid; undefined where each notice stands for itself. */
  readonly procedure: string | undefined;
  readonly publication: Publication;
  readonly role: NoticeRole;
  /** The notice whose place it takes (BT-758): its number, or its id with or without the version. */
  readonly changes?: string | undefined;
  /** Whether it withdraws what it changes, and does not say it anew. */
  readonly cancels?: boolean;
  /** What else others may call it by, as {@link noticeName} writes it. */
  readonly names?: readonly string[];
  /** Of a process of OCDS what notices of other formats call it, or its releases, in the same writing. */
  readonly elsewhere?: readonly string[];
  /** The notices that it says to come after, in the same writing. */
  readonly follows?: readonly string[];
  readonly alone?: { readonly other: OtherDocument; readonly named: boolean };
  /**
   * Puts notices of this procedure and format together, this one among them, in the order in which they were read; left
   * out where the rules that hold for all formats do: see `contractOfNotices`.
   */
  readonly together?: (notices: readonly Notice[]) => readonly Contract[];
}

export interface NoticesRead {
  readonly notices: readonly Notice[];
  readonly findings: readonly Finding[];
  /** What it is, where it tells of no award. */
  readonly other?: OtherDocument;
  /** Reads the same as a step before an award, where one comes after it. */
  readonly announcement?: () => Notice | undefined;
}

export const factOf = <T>(value: T | undefined, by: Attribution): Fact<T> | undefined =>
  value === undefined ? undefined : [{ value, by }];

/** Makes facts of what a source says, each with where it says so; none of what it leaves open. */
export type Say = <T>(value: T | undefined, locator: string) => Fact<T> | undefined;

export const sayer =
  (source: string): Say =>
  (value, locator) =>
    factOf(value, { source, locator });

/** A place without its line: to keep the document for it would take far more memory than its contract. */
export const originAt = ({ file, line, column }: Position): Origin => {
  const place: Position = { file, line, column, text: "" };
  return { locate: () => place };
};

export interface TextPlace {
  readonly firstLine: number;
  readonly windows1252: boolean;
}

/** Reads one document whose format is known; `place` is left out of a whole one. It never throws for what is wrong in it. */
export type ReadNotices = (text: string, file: string, suppliers: SupplierPool, place?: TextPlace) => NoticesRead;

const MOST_NAMED = 6;

/** The assumptions under which a notice answers, each once, with the lots and other parts that it was made for. */
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

/** `LOT-0001, LOT-0002: `, of very many the first few; nothing for none. */
export const subjectsText = (subjects: Iterable<string>): string => {
  const all = [...subjects];
  return all.length === 0 ? "" : `${firstAndMore(all, MOST_NAMED)}: `;
};
