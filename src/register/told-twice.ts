import type { Assumption } from "../model/publication.ts";
import { ReadingLog } from "../notices/reading-log.ts";
import type { Contract } from "../records/contract.ts";

/** Where a contract comes from: a register, notices, or the store of that name, which may have contracts of both. */
type From = "a register" | "notices" | `the store ${string}`;

export interface OfProcedure {
  readonly id: string;
  readonly procedure: string;
  /** Where the first of its notices was read; undefined where no notice tells of it. */
  readonly file: string | undefined;
}

/** A contract with its procedure; undefined for a call-off, and where no procedure is known. */
export const ofProcedure = ({ id, procedure, callOffOf, publications }: Contract): OfProcedure | undefined =>
  procedure === undefined || callOffOf !== undefined
    ? undefined
    : { id, procedure, file: publications.length > 0 ? (publications[0]?.file ?? "") : undefined };

/**
 * Tells of contracts that may be told twice. Nothing proves that two contracts of one procedure are the same, because a
 * procedure may end in several. So both count, and that is told (T1).
 */
export class TwiceLog {
  readonly #log = new ReadingLog();

  add({ id, file = "" }: OfProcedure, from: From, other: string): void {
    const text = `${id}: ${from} has ${other} of the same procedure: both count, and may be one contract told twice`;
    this.#log.addAssumption("T1", { file, text });
  }

  assumptions(): readonly Assumption[] {
    return this.#log.assumptions();
  }
}

interface Met {
  readonly contract: OfProcedure;
  readonly from: From;
}

/**
 * Finds contracts of notices whose procedure has a contract in a register or in another store, too. Within one store
 * they were told when it was made. Notices beside a store have a warning of their own (`read-register.ts`).
 */
export class ToldTwice {
  /** The first contract of each procedure in registers, and the first in notices. */
  readonly #registered = new Map<string, Met>();
  readonly #published = new Map<string, Met>();
  #log = new TwiceLog();

  /** Forgets all contracts, because each question reads them anew. */
  startAnew(): void {
    this.#registered.clear();
    this.#published.clear();
    this.#log = new TwiceLog();
  }

  /** The same batches, whose contracts are met as they pass. */
  async *passing(
    batches: Iterable<readonly Contract[]> | AsyncIterable<readonly Contract[]>,
    from: From,
  ): AsyncGenerator<readonly Contract[]> {
    for await (const batch of batches) {
      for (const contract of batch) this.meet(contract, from);
      yield batch;
    }
  }

  meet(met: Contract, from: From): void {
    const contract = ofProcedure(met);
    if (contract === undefined) return;
    const { procedure, file } = contract;
    const isPublished = from === "notices" || (from !== "a register" && file !== undefined);
    const known = isPublished ? this.#published : this.#registered;
    if (!known.has(procedure)) known.set(procedure, { contract, from });
    const [registered, published] = [this.#registered.get(procedure), this.#published.get(procedure)];
    if (isPublished && registered !== undefined && registered.from !== from)
      this.#log.add(contract, registered.from, registered.contract.id);
    else if (from !== "notices" && published !== undefined && published.from !== from)
      if (isPublished) this.#log.add(contract, published.from, published.contract.id);
      else this.#log.add(published.contract, from, contract.id);
  }

  assumptions(): readonly Assumption[] {
    return this.#log.assumptions();
  }
}
