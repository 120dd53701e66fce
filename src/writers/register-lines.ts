import { escapeHidden } from "../model/hidden-characters.ts";
import type { Register } from "../records/register.ts";
import { recordsOf, type WriteOptions } from "./register-records.ts";

/** A register as JSON Lines, piece by piece. Memory grows with its sources and suppliers, not with its contracts. */
export async function* registerLines(register: Register, options: WriteOptions): AsyncGenerator<string> {
  for await (const records of recordsOf(register, options))
    yield records.map(({ plain }) => `${escapeHidden(JSON.stringify(plain))}\n`).join("");
}
