/** Documents of one kind that tell of no award, and are in no answer: "a contract notice", "contract notices", 412. */
export interface PassedOver {
  readonly one: string;
  readonly many: string;
  readonly count: number;
}

/** What was assumed by one rule to read notices: where first, and how often. */
export interface Assumption {
  readonly rule: string;
  readonly first: readonly { readonly file: string; readonly text: string }[];
  readonly count: number;
}
