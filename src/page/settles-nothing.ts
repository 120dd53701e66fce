import type { settledFor as settled } from "../engine/settled.ts";

/**
 * Only stores have settled figures, and a page comes from none. In pages this takes the place of `engine/settled.ts`.
 */
export const settledFor: typeof settled = () => Promise.resolve(undefined);
