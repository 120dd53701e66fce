import type { questionOf as narrowed } from "../query/narrowing.ts";

/** A page holds few contracts, and looks at all of them: it takes the place of what tells readers which will do. */
export const questionOf: typeof narrowed = () => undefined;
