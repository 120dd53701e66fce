import type { Contract } from "../../model/contract.ts";
import type { Decoding } from "../decode.ts";

/** Reports the lots that signed contracts and shared awards name, and the contract does not have. */
export const reportUnknownLots = ({ lots, settledContracts, sharedAwards }: Contract, at: Decoding): void => {
  const known = lots.map(({ id }) => id);
  const named = { settledContracts, sharedAwards };
  for (const [field, records] of Object.entries(named)) {
    for (const [index, record] of records.entries()) {
      for (const [place, lot] of record.lots.entries()) {
        if (known.includes(lot)) continue;
        const message = `there is no lot "${lot}" in this contract`;
        at.reportAt([field, index, "lots", place], "F8", message, `its lots: ${known.join(", ")}`);
      }
    }
  }
};
