import { contractAsOf } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";

/** A day by which everything has come. */
const AFTER_ALL = { year: 9999, month: 12, day: 31 };

/** A contract with the ceilings that all its modifications leave; its seats stay those that were awarded. */
export const withModifications = (written: Contract): Contract => {
  if (written.modifications.length === 0) return written;
  const { ceiling, quantity, lots } = contractAsOf(written, AFTER_ALL);
  return {
    ...written,
    ceiling,
    quantity,
    lots: written.lots.map((lot, index) => ({
      ...lot,
      ceiling: lots[index]?.ceiling,
      ceilingPerSupplier: lots[index]?.ceilingPerSupplier,
      quantity: lots[index]?.quantity,
      quantityPerSupplier: lots[index]?.quantityPerSupplier,
    })),
  };
};
