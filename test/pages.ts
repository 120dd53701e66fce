import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The README and the pages of the manual, which tests hold to what the program does. */
export const ROOT = join(import.meta.dirname, "..");

export const fileText = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The program quotes the page of rules, whose examples are run as reproducers. */
const QUOTED = ["docs/rules.md"];

export const PAGES: readonly string[] = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .filter((path) => !QUOTED.includes(path)),
];

/** The blocks in a language that a page shows, the first first. */
export const blocks = (path: string, language: string): string[] =>
  [...fileText(path).matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, text = ""]) => text);
