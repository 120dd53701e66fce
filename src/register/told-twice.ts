import type { Assumption } from "../model/publication.ts";
import { ReadingLog } from "../notices/reading-log.ts";
import type { Contract } from "../records/contract.ts";

/** Where a contract comes from: a register, notices, or the store of that name, which has contracts of either. */
type From = "a register" | "notices" | `the store ${string}`;

/** A contract of a procedure. */
export interface OfProcedure {
  readonly id: string;
  readonly procedure: string;
  /** Where the first of its notices was read; undefined of one that no notice tells of. */
  readonly file: string | undefined;
}

/** What a contract is of; undefined of a call-off, and where no procedure is known. */
export const ofProcedure = ({ id, procedure, callOffOf, publications }: Contract): OfProcedure | undefined =>
  procedure === undefined || callOffOf !== undefined
    ? undefined
    : { id, procedure, file: publications.length > 0 ? (publications[0]?.file ?? "") : undefined };

/** Nothing proves that two contracts of one procedure are the same, for it may end in several: both count, and that is told (T1). */
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
 * Finds contracts of notices that are of a procedure of which a register, or another store, has one, too. What one store has
 * was told when it was made, and of notices beside a store it is told that they may stand twice.
 */
export class ToldTwice {
  /** The first contract of a procedure that registers have, and the first that notices do. */
  readonly #registered = new Map<string, Met>();
  readonly #published = new Map<string, Met>();
  #log = new TwiceLog();

  /** All are read anew for each question. */
  startAnew(): void {
    this.#registered.clear();
    this.#published.clear();
    this.#log = new TwiceLog();
  }

  /** The same batches, which are met on their way. */
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
