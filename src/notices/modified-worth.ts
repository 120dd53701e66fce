import { type Money, subtractMoney, sumByUnit, unitOf } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import { declaredIn, type ToldBefore, valuesOf } from "./told-parts.ts";

/** What contracts and lots are worth as modifications change it, one after the other (T12). */
export class ModifiedWorth {
  readonly #told: ToldBefore;
  /** The present worth, by the keys of contracts or by the ids of lots. */
  readonly #present = new Map<string, Money>();

  constructor(told: ToldBefore) {
    this.#told = told;
  }

  /**
   * By how much a modification changes the value of a lot: the value that it states, unless that is the total after it
   * (T12).
   */
  growth({ id, awarded }: Lot, later: Contract): Money | undefined {
    const [claim] = awarded ?? [];
    const [value, ...others] = typeof claim?.value === "object" ? claim.value : [];
    // Only in eForms is the value of a tender in a modification notice the size of the modification (E4).
    if (claim?.by.locator !== "BT-720" || value === undefined || value.bound !== undefined || others.length > 0)
      return undefined;
    const { key, before } = this.#worth(id, later, unitOf(value));
    const after = declaredIn(later);
    const isAfter = after !== undefined && after.minor === value.minor && unitOf(after) === unitOf(value);
    const present = isAfter ? value : before && sumByUnit([before, value])[0];
    if (present !== undefined) this.#present.set(key, present);
    return isAfter ? before && subtractMoney(value, before) : value;
  }

  /**
   * What a notice modifies, and its worth before: the notice's contracts where they were told of before, else the lot.
   */
  #worth(id: string, { settledContracts }: Contract, unit: string) {
    const keys = settledContracts.filter(({ lots }) => lots.includes(id)).map(this.#told.keyOf);
    const told = keys.map((key) => this.#told.contracts.get(key)?.value);
    const known = told.filter((value) => typeof value === "object");
    const isTold = told.length > 0 && known.length === told.length;
    const key = isTold ? keys.join() : id;
    const lot = this.#told.lots.get(id);
    const stated = isTold ? known : lot === undefined ? [] : valuesOf(lot);
    return { key, before: this.#present.get(key) ?? sumByUnit(stated).find((sum) => unitOf(sum) === unit) };
  }
}
