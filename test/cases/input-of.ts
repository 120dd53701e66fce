import { readFileSync } from "node:fs";
import { CATALOGUE } from "../../src/engine/rules/catalogue.ts";
import { rulesNamed } from "../../src/model/rule.ts";
import type { Case } from "./case-file.ts";

/** What standard input gives a case: a file, or the reproducer of a rule; undefined for nothing. */
export const inputOf = ({
  stdin,
  redirected = stdin,
  rule,
}: Pick<Case, "stdin" | "redirected" | "rule">): Buffer | undefined => {
  if (redirected !== undefined) return readFileSync(redirected);
  const [id = ""] = rulesNamed(rule ?? "");
  const entry = CATALOGUE.get(id);
  return entry && Buffer.from(entry.reproducer);
};
