/** What was assumed by one rule to read notices: where first, and how often. */
export interface Assumption {
  readonly rule: string;
  readonly first: readonly { readonly file: string; readonly text: string }[];
  readonly count: number;
}
