import { openGiven } from "../inputs/held-input.ts";
import type { Finding } from "../model/errors.ts";
import type { Given } from "../model/input-file.ts";
import type { Register } from "../records/register.ts";
import type { ReadOptions } from "./read-options.ts";
import { openedAs, readRegister } from "./read-register.ts";

/**
 * Opens data that are given as texts or bytes as one register. This is `openRegister` for browsers, where there are no
 * files. Archives are refused. Throws {@link DataError} with every finding, and UsageError for a source that does not
 * exist.
 */
export const openRegister = async (data: Given | readonly Given[], options: ReadOptions = {}): Promise<Register> => {
  const findings: Finding[] = [];
  const inputs = openGiven("length" in data ? data : [data], findings);
  const name = inputs.map(({ file }) => file).join(", ");
  return await readRegister(openedAs(name, inputs, findings), options);
};
