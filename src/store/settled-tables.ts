import type { Assessment } from "../engine/assessments.ts";
import { type Settling, settlingOf } from "../engine/settled.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { StoredTable } from "../model/stored-table.ts";
import { addSums, type RunningSums, readAllSums, readSums, SumColumns, sumsText } from "../model/sums.ts";
import type { SettledFigures } from "../records/register.ts";
import { oneBatch } from "./stored-table.ts";

/** What the contracts of a store come to, contract by contract, as far as that is settled. */
export class SettledTally {
  readonly #whole: RunningSums = new Map();
  /** Their places in the columns; those to which nothing was added since they were taken over stay texts. */
  readonly #suppliers = new Map<string, number | readonly string[]>();
  readonly #sums = new SumColumns();
  #places = 0;
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
    for (const [supplier, sums] of part.suppliers) this.#sums.add(this.#placeOf(supplier), sums, times);
  }

  #placeOf(supplier: string): number {
    const known = this.#suppliers.get(supplier) ?? [];
    if (typeof known === "number") return known;
    const place = this.#places++;
    this.#suppliers.set(supplier, place);
    for (const text of known) this.#sums.add(place, readSums(text));
    return place;
  }

  /** The table of the figures; how many suppliers they are of stands with those of all. */
  table(): StoredTable {
    const rows = Array.from(this.#suppliers, ([supplier, sums]) => [supplier, this.#textOf(sums)] as const);
    const held = rows.filter(([, text]) => text !== NO_SUMS);
    const whole = new Map(this.#whole);
    whole.set("holders", BigInt(held.length));
    return settledTable([[undefined, sumsText(whole)], ...held]);
  }

  #textOf(sums: number | readonly string[]): string {
    if (typeof sums === "number") return sumsText(this.#sums.of(sums));
    const [only = NO_SUMS, ...others] = sums;
    return others.length === 0 ? only : sumsText(readAllSums(sums));
  }

  /** The contracts that are not in the figures, of those that were added. */
  unsettled(): StoredTable {
    return unsettledTable(this.#unsettled.map((contract) => [contract]));
  }
}

const NO_SUMS = sumsText(new Map());

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
