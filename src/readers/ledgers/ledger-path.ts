import { dirname, join } from "node:path";
import type { Ledger } from "../../records/order.ts";

/** The path of a ledger that a register names. */
export const ledgerPath = (register: string, { file }: Ledger): string => join(dirname(register), file);
