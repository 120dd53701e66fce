/** How Ajv compiles schemas here: making its code smaller takes longer than running it as it is. */
export const CHECKER = { allErrors: true, code: { optimize: false } } as const;
