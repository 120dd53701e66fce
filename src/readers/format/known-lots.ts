import type { Contract, Lot } from "../../model/contract.ts";
import { firstFew } from "../../model/first-few.ts";
import type { Decoding } from "../decode.ts";
import type { Path } from "../plain.ts";

const MOST_NAMED = 20;

/** Reports lots that something names and its contract does not have. */
export class KnownLots {
  readonly #ids: ReadonlySet<string>;
  readonly #hint: string;

  constructor(lots: readonly Lot[]) {
    const ids = lots.map(({ id }) => id);
    this.#ids = new Set(ids);
    // All of many, named at each that is unknown, would be more than the register itself.
    this.#hint = `its lots: ${firstFew(ids, MOST_NAMED)}`;
  }

  check(lot: string, path: Path, at: Decoding): void {
    if (this.#ids.has(lot)) return;
    at.reportAt(path, "F8", `there is no lot "${lot}" in this contract`, this.#hint);
  }
}

/** Reports the lots that signed contracts and shared awards name, and the contract does not have. */
export const reportUnknownLots = ({ lots, settledContracts, sharedAwards }: Contract, at: Decoding): void => {
  const named = { settledContracts, sharedAwards };
  const known = new KnownLots(settledContracts.length + sharedAwards.length === 0 ? [] : lots);
  for (const [field, records] of Object.entries(named)) {
    for (const [index, record] of records.entries()) {
      for (const [place, lot] of record.lots.entries()) known.check(lot, [field, index, "lots", place], at);
    }
  }
};
