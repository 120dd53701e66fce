import { NO_SURROUNDINGS } from "../inputs/surroundings.ts";
import type { Register } from "../records/register.ts";
import { soundRegister } from "./assemble-register.ts";

/**
 * Opens a register in JSON Lines that lotbook wrote itself. Its contracts have their orders with them, and there are no
 * ledgers and no notices, so that pages can leave out the code that reads these. Throws DataError.
 */
export const openLines = async (text: string, name: string): Promise<Register> => {
  const bytes = Buffer.from(text);
  const file = { kind: "lines", file: name, size: bytes.length, surroundings: NO_SURROUNDINGS } as const;
  return await soundRegister({ lines: [{ ...file, chunks: () => [bytes] }] }, [], name);
};
