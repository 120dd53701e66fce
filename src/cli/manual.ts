import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Surface } from "../output/format.ts";

/** The pages of the manual, in the order of the README. Each is a file in docs/. */
export const TOPICS = [
  "install",
  "commands",
  "questions",
  "queries",
  "registers",
  "import",
  "orders",
  "totals",
  "time",
  "sources",
  "checking",
  "rules",
  "notices",
  "options",
  "formats",
  "report",
  "stores",
  "scale",
  "bench",
  "scripting",
  "library",
  "completion",
  "environment",
  "exit-codes",
  "security",
] as const;
export type Topic = (typeof TOPICS)[number];

export const topicNamed = (name: string): Topic | undefined => TOPICS.find((topic) => topic === name);

export const topicText = async (topic: Topic, surface: Pick<Surface, "width" | "style">): Promise<string> => {
  const [{ readMarkdown }, { pageText }] = await Promise.all([
    import("../syntax/markdown.ts"),
    import("../output/page.ts"),
  ]);
  const file = join(import.meta.dirname, "..", "..", "docs", `${topic}.md`);
  return pageText(readMarkdown(readFileSync(file, "utf8")), surface);
};
