import type { Contract } from "../../records/contract.ts";
import type { Supplier } from "../../records/supplier.ts";

/** Which of the declared suppliers hold a seat by any source, or signed a contract; a merged supplier hands its seats on. */
export class Seated {
  readonly #waiting: Set<Supplier>;

  constructor(declared: readonly Supplier[]) {
    this.#waiting = new Set(declared);
  }

  see({ lots, settledContracts }: Contract): void {
    for (const lot of lots)
      for (const { value } of lot.suppliers ?? []) for (const supplier of value) this.#seat(supplier);
    for (const { suppliers } of settledContracts) for (const supplier of suppliers) this.#seat(supplier);
  }

  /** Those without a seat so far. */
  unseated(): Iterable<Supplier> {
    return this.#waiting;
  }

  #seat(first: Supplier): void {
    const next = [first];
    for (let supplier = next.pop(); supplier !== undefined; supplier = next.pop()) {
      if (!this.#waiting.delete(supplier)) continue;
      for (const succession of supplier.successions) {
        const successor = succession.kind === "merged" ? succession.successor() : undefined;
        if (successor !== undefined) next.push(successor);
      }
    }
  }
}
