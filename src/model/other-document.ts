import type { Finding, Position } from "./errors.ts";
import { findingOf } from "./errors.ts";

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
