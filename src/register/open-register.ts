import type { Given } from "../model/input-file.ts";
import type { Register } from "../records/register.ts";
import { openData } from "./open-data.ts";
import type { OpenOptions } from "./read-options.ts";
import { readRegister } from "./read-register.ts";

export type { OpenOptions };

/**
 * Opens registers and published notices as one register, in which ids refer across all of them. They are given by
 * paths: files, folders, archives, `git:REV:path` for what they were at a revision, `-` for `options.stdin`, or
 * `builtin:cloud-i` for the register that lotbook ships, which is also opened where nothing is given. Or they are given
 * as the data themselves (`{ text }`, `{ bytes }`), whose format is told by what they hold, as it is for files.
 *
 * YAML is read at once. Contracts in JSON Lines and notices are read when they are asked for, and not kept. Throws
 * {@link DataError} with every finding of every register (unless it is opened leniently), InputError for what cannot be
 * read, and UsageError for a source that does not exist. `Register.findings` tells what is wrong with notices.
 */
export const openRegister = async (
  data: string | Given | readonly (string | Given)[] = [],
  options: OpenOptions = {},
): Promise<Register> => await readRegister(await openData(data, options), options);
