import type { PartialDate } from "./partial-date.ts";

/** An assumption under which data answer: the rule's id, and what was assumed. */
export interface Note {
  readonly rule: string;
  readonly text: string;
}

/** What was assumed by one rule to read notices: where first, and how often. */
export interface Assumption {
  readonly rule: string;
  readonly first: readonly { readonly file: string; readonly text: string }[];
  readonly count: number;
}

/** A page to read on. */
export interface Link {
  readonly title: string | undefined;
  readonly url: string;
}

/** One notice or release about a contract; a contract's history is all of them, the oldest first. */
export interface Publication {
  /** The number by which it is cited, which is also the id of the source that its facts name. */
  readonly id: string;
  readonly version: string | undefined;
  readonly date: PartialDate | undefined;
  /** What it is: `result`, `cont-modif`, `award` … in the words of its format. */
  readonly kind: string | undefined;
  /** The file that it was read from. */
  readonly file: string | undefined;
}
