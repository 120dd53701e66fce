import { NO_SURROUNDINGS } from "../inputs/surroundings.ts";
import type { Register } from "../records/register.ts";
import { soundRegister } from "./assemble-register.ts";

/**
 * A register of JSON Lines that lotbook wrote itself, each contract with its orders: no ledger, no notice. What reads others
 * is left out of pages. Throws DataError.
 */
export const openLines = async (text: string, name: string): Promise<Register> => {
  const bytes = Buffer.from(text);
  const file = { kind: "lines", file: name, size: bytes.length, surroundings: NO_SURROUNDINGS } as const;
  return await soundRegister({ lines: [{ ...file, chunks: () => [bytes] }] }, [], name);
};
