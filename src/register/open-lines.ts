import { NO_SURROUNDINGS } from "../inputs/surroundings.ts";
import { DataError, type Finding } from "../model/errors.ts";
import type { Register } from "../records/register.ts";
import { assembleRegister } from "./assemble-register.ts";

/**
 * A register of JSON Lines that lotbook wrote itself, each contract with its orders: no ledger, no notice. What reads others
 * is left out of pages. Throws DataError.
 */
export const openLines = async (text: string, name: string): Promise<Register> => {
  const findings: Finding[] = [];
  const bytes = Buffer.from(text);
  const file = { kind: "lines", file: name, size: bytes.length, surroundings: NO_SURROUNDINGS } as const;
  const assembled = await assembleRegister(
    {
      documents: [],
      lines: [{ ...file, chunks: () => [bytes] }],
      notices: undefined,
      stores: [],
      surroundingsOf: () => NO_SURROUNDINGS,
      aliases: [],
      skipBad: false,
      everyNote: false,
      lenient: false,
    },
    findings,
  );
  if (findings.length > 0) throw new DataError(findings);
  return { ...assembled, name, isDefault: false };
};
