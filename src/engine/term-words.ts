/** What an end means wherever one is shown. */
export const END_MEANING =
  "The last day, or the month or year that has it or follows on it; 2016-07..2017-06: between the two.";

/** What a state means wherever one is shown. */
export const STATE_MEANING =
  "Where the contract stands in its term on the day: not begun, firm, renewal 1 …, ended; several where its dates leave it open, or where nobody decided a renewal.";

/** Of a lot that has a term of its own. */
export const LOT_MEANING = "The lot's id: 2, or cloud-i/2 among all contracts.";

/** Of a term that renews itself, unless somebody gives notice. */
export const UNLIMITED = "unlimited";
