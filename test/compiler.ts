import { createRequire } from "node:module";
import type ts from "typescript";

/** TypeScript. `import` would search its nine megabytes for what they export, which takes twice as long as loading them. */
export const compiler: typeof ts = createRequire(import.meta.url)("typescript");
