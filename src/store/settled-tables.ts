import type { Assessment } from "../engine/assessments.ts";
import { type Settling, settlingOf } from "../engine/settled.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { StoredTable } from "../model/stored-table.ts";
import { addSums, type RunningSums, readAllSums, type Sums, sumsText } from "../model/sums.ts";
import type { SettledFigures } from "../records/register.ts";
import { oneBatch } from "./stored-table.ts";

/** What the contracts of a store come to, contract by contract, as far as that is settled. */
export class SettledTally {
  readonly #whole: RunningSums = new Map();
  /** Those to which nothing was added since they were taken over stay texts. */
  readonly #suppliers = new Map<string, RunningSums | readonly string[]>();
  readonly #unsettled: string[] = [];
  readonly #preference: Preference;
  readonly #day: PartialDate;

  constructor(preference: Preference, day: PartialDate) {
    this.#preference = preference;
    this.#day = day;
  }

  /** Takes over what was settled before. */
  addFigures({ whole, suppliers }: SettledFigures): void {
    addSums(this.#whole, whole);
    for (const [supplier, texts] of suppliers) this.#suppliers.set(supplier, texts);
  }

  /** Adds contracts that were assessed seat by seat. */
  add(assessed: readonly Assessment[]): void {
    for (const { contract, part } of this.#settlings(assessed))
      if (part === undefined) this.#unsettled.push(contract);
      else this.#addPart(part, 1n);
  }

  /** Takes away what contracts came to that are not there any more. */
  take(assessed: readonly Assessment[]): void {
    for (const { part } of this.#settlings(assessed)) this.#addPart(part, -1n);
  }

  #settlings(assessed: readonly Assessment[]): readonly Settling[] {
    return assessed.map((assessment) => settlingOf(assessment, this.#preference, this.#day));
  }

  #addPart(part: Settling["part"], times: bigint): void {
    if (part === undefined) return;
    addSums(this.#whole, part.whole, times);
    for (const [supplier, sums] of part.suppliers) this.#add(supplier, sums, times);
  }

  #add(supplier: string, more: Sums, times: bigint): void {
    const sums = runningSums(this.#suppliers.get(supplier) ?? []);
    addSums(sums, more, times);
    if (sums.size === 0) this.#suppliers.delete(supplier);
    else this.#suppliers.set(supplier, sums);
  }

  /** The table of the figures; how many suppliers they are of stands with those of all. */
  table(): StoredTable {
    const whole = new Map(this.#whole);
    whole.set("holders", BigInt(this.#suppliers.size));
    return settledTable([
      [undefined, sumsText(whole)],
      ...Array.from(this.#suppliers, ([supplier, sums]) => [supplier, textOf(sums)]),
    ]);
  }

  /** The contracts that are not in the figures, of those that were added. */
  unsettled(): StoredTable {
    return unsettledTable(this.#unsettled.map((contract) => [contract]));
  }
}

const runningSums = (sums: RunningSums | readonly string[]): RunningSums =>
  sums instanceof Map ? sums : readAllSums(sums);

const textOf = (sums: RunningSums | readonly string[]): string => {
  const [only, ...others] = sums instanceof Map ? [] : sums;
  return only !== undefined && others.length === 0 ? only : sumsText(runningSums(sums));
};

const settledTable = (rows: readonly (readonly (string | undefined)[])[]): StoredTable => ({
  name: "settled",
  says: "What totals come to by contracts that no later day changes, as JSON: what lotbook answers from.",
  columns: [
    { name: "supplier", type: "text", says: "The supplier's id; none of what all contracts come to." },
    { name: "json", type: "text", says: "The figures, in minor units." },
  ],
  rows: oneBatch(rows),
});

const unsettledTable = (rows: readonly (readonly string[])[]): StoredTable => ({
  name: "unsettled",
  says: "A contract that is not in those figures: a later day may change it, or more is to be said of it.",
  columns: [{ name: "contract", type: "text", says: "The contract's id." }],
  rows: oneBatch(rows),
});

/** Both tables, with whatever rows. */
export const settledTables = (): readonly StoredTable[] => [settledTable([]), unsettledTable([])];
