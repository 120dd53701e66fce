import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explainSystemError, unlessRefused } from "../inputs/system-error.ts";
import { beginningOf, InputError } from "../model/errors.ts";
import type { PlainDocument } from "../syntax/plain.ts";

const packageFile = (path: string): string => join(import.meta.dirname, "..", "..", path);

/** The name that findings give to the register that lotbook ships. It is the same wherever lotbook is installed. */
export const DEFAULT_REGISTER = "lotbook/data/cloud-i.yaml";

/** The copy of the default register that the build makes: its text, and the same parsed. */
interface Compiled {
  readonly text: string;
  readonly value: PlainDocument["value"];
}

const readCompiled = (): Compiled | undefined =>
  unlessRefused(() => JSON.parse(readFileSync(packageFile("dist/cloud-i.json"), "utf8")));

/**
 * Reads the default register. It is a YAML file like any other, but the build keeps a parsed copy of it, which saves
 * loading the YAML parser as long as the file has not changed since. The copy knows no positions, so with `positions`
 * the text is given instead, for callers that report findings. Throws InputError if the file cannot be read.
 */
export const readDefaultRegister = (
  positions: boolean,
): { readonly document: PlainDocument } | { readonly text: string } => {
  let text: string;
  try {
    text = readFileSync(packageFile("data/cloud-i.yaml"), "utf8");
  } catch (error) {
    throw new InputError(`cannot read the default register: ${explainSystemError(error)}`, "reinstall lotbook");
  }
  const compiled = positions ? undefined : readCompiled();
  if (compiled === undefined || compiled.text !== text) return { text };
  const start = beginningOf(DEFAULT_REGISTER);
  return { document: { value: compiled.value, locate: () => start } };
};
