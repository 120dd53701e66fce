import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the package, seen from the sources as from the built program. */
const ROOT = join(import.meta.dirname, "..", "..");

export const version = (): string => String(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version);
