import type { Assumption } from "../model/publication.ts";
import { ReadingLog } from "../notices/reading-log.ts";
import type { Contract } from "../records/contract.ts";

/**
 * Finds contracts of notices that are of a procedure of which a register has one, too. Nothing proves that they are the
 * same, for a procedure may end in several: both count (T1), and who gave both is told.
 */
export class ToldTwice {
  /** The first contract that registers have of a procedure. */
  readonly #registered = new Map<string, string>();
  #log = new ReadingLog();

  /** All are read anew for each question. */
  startAnew(): void {
    this.#registered.clear();
    this.#log = new ReadingLog();
  }

  know({ id, procedure, callOffOf }: Contract): void {
    if (procedure === undefined || callOffOf !== undefined || this.#registered.has(procedure)) return;
    this.#registered.set(procedure, id);
  }

  meet({ id, procedure, callOffOf, publications }: Contract): void {
    const registered = procedure === undefined ? undefined : this.#registered.get(procedure);
    if (registered === undefined || callOffOf !== undefined) return;
    const text = `${id}: a register has ${registered} of the same procedure: both count, and may be one contract told twice`;
    this.#log.addAssumption("T1", { file: publications[0]?.file ?? "", text });
  }

  assumptions(): readonly Assumption[] {
    return this.#log.assumptions();
  }
}
