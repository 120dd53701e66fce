/** Of which contracts a question may be: those that one of these ids names. Ids are compared exactly (N5). */
export interface Wanted {
  readonly contracts?: readonly string[];
  /** Ids of lots, each alone or behind its contract's: `2`, `cloud-i/2`. Contracts that have one of them. */
  readonly lots?: readonly string[];
  /** Of a store, those whose figures are not among the settled ones. */
  readonly unsettled?: true;
}
