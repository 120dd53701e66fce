import type { Assumption } from "../../model/publication.ts";
import type { ByteRange } from "../bytes.ts";

/** A part of a file of notices, one a line: whole lines. */
export interface FilePart extends ByteRange {
  readonly path: string;
  /** What findings and notes call the file. */
  readonly file: string;
}

/** What the thread of a part is asked: first what stands in it; then a question, with the number of its first line. */
export type PartQuestion =
  | { readonly kind: "scan" }
  | { readonly kind: "answer"; readonly question: string; readonly firstLine: number };

/** What the thread of a part says. */
export type PartReply =
  /** How many bytes it has read since it last said so. */
  | { readonly kind: "passed"; readonly bytes: number }
  | { readonly kind: "scanned"; readonly lines: number; readonly procedures: Float64Array }
  | { readonly kind: "answered"; readonly answer: string; readonly assumptions: readonly Assumption[] }
  /** The part cannot be read apart from the others, or something is wrong in it: the file is to be read as a whole. */
  | { readonly kind: "unable" };
