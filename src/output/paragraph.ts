import type { Surface } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { wrap } from "./text-width.ts";

/** A sentence from the program on lines of its own, as wide as the surface. */
export const paragraph = (text: string, { width }: Pick<Surface, "width">, set: (text: string) => string): string =>
  wrap(safeText(text), width ?? Number.POSITIVE_INFINITY, (part) => part.length)
    .map((line) => `${set(line)}\n`)
    .join("");
