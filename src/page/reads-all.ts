import type { questionOf as narrowed } from "../query/narrowing.ts";

/**
 * A page holds few contracts, and looks at all of them. In pages this takes the place of `query/narrowing.ts`, which
 * tells readers which contracts a query may be about.
 */
export const questionOf: typeof narrowed = () => undefined;
