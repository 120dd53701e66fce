import type { Given } from "../model/input-file.ts";
import type { Register } from "../records/register.ts";
import { openData } from "./open-data.ts";
import type { OpenOptions } from "./read-options.ts";
import { readRegister } from "./read-register.ts";

export type { OpenOptions };

/**
 * Opens registers and published notices as one register: by paths (files, folders, archives, `git:REV:path` for what they
 * were at a revision, `-` for `options.stdin`, or `builtin:cloud-i`, the register that lotbook ships, also where nothing is
 * given), or as the data themselves (`{ text }`, `{ bytes }`), which are told apart by what they hold as files are. Ids refer
 * across all of them.
 *
 * YAML is read here; contracts in JSON Lines and notices are read when they are asked for, and not kept.
 * Throws {@link DataError} with every finding of every register (unless it is opened leniently), InputError for what cannot be read,
 * and UsageError for a source that does not exist. What is wrong with notices is told by `Register.findings`.
 */
export const openRegister = async (
  data: string | Given | readonly (string | Given)[] = [],
  options: OpenOptions = {},
): Promise<Register> => await readRegister(await openData(data, options), options);
