import type { Assessment } from "../engine/assessments.ts";
import { SAID } from "../engine/said-of-seats.ts";
import { type Settling, settlingOf } from "../engine/settled.ts";
import { SupplierCeilings } from "../engine/supplier-ceilings.ts";
import { unitsOf } from "../engine/suppliers.ts";
import type { Preference } from "../model/claim.ts";
import { madeUnder } from "../model/lists.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { BETWEEN_TEXTS, type StoredTable } from "../model/stored-table.ts";
import {
  addSums,
  NOTHING,
  type RunningSums,
  readAllSums,
  readSums,
  SumColumns,
  type Sums,
  sumsOf,
  sumsText,
} from "../model/sums.ts";
import type { CallOffs } from "../records/call-offs.ts";
import type { SettledFigures, SupplierFigures } from "../records/register.ts";
import { oneBatch } from "./stored-table.ts";

/** Adds up what the contracts of a store come to, contract by contract, as far as no later day can change it. */
export class SettledTally {
  readonly #whole: RunningSums = new Map();
  /**
   * Each supplier's place in the columns. A supplier to whom nothing was added since the figures were taken over keeps
   * them as texts.
   */
  readonly #suppliers = new Map<string, number | readonly SupplierFigures[]>();
  readonly #sums = new SumColumns();
  readonly #said = new Map<number, RunningSums>();
  #places = 0;
  readonly #unsettled: string[] = [];
  readonly #preference: Preference;
  readonly #callOffs: CallOffs;
  readonly #day: PartialDate;

  constructor(preference: Preference, callOffs: CallOffs, day: PartialDate) {
    this.#preference = preference;
    this.#callOffs = callOffs;
    this.#day = day;
  }

  /** Takes over the figures that were settled before. */
  addFigures({ whole, suppliers }: SettledFigures): void {
    addSums(this.#whole, whole);
    for (const [supplier, figures] of suppliers) this.#suppliers.set(supplier, figures);
  }

  /** Adds contracts, which must have been assessed seat by seat. */
  add(assessed: readonly Assessment[]): void {
    for (const { contract, part } of this.#settlings(assessed))
      if (part === undefined) this.#unsettled.push(contract);
      else this.#addPart(part, 1n);
  }

  /** Takes away what contracts came to that are gone or have changed. */
  take(assessed: readonly Assessment[]): void {
    for (const { part } of this.#settlings(assessed)) this.#addPart(part, -1n);
  }

  #settlings(assessed: readonly Assessment[]): readonly Settling[] {
    return assessed.map((assessment) =>
      this.#callOffs.isRelated(assessment.selected.written)
        ? { contract: assessment.selected.contract.id, part: undefined }
        : settlingOf(assessment, this.#preference, this.#day),
    );
  }

  #addPart(part: Settling["part"], times: bigint): void {
    if (part === undefined) return;
    addSums(this.#whole, part.whole, times);
    for (const [supplier, sums] of part.suppliers) this.#add(this.#placeOf(supplier), sums, times);
  }

  /**
   * Names and sizes differ from supplier to supplier, so a column for each would be long and almost empty. They are
   * kept apart from the sums.
   */
  #add(place: number, sums: Sums, times = 1n): void {
    const said = sums.get(SAID);
    if (typeof said !== "object") {
      this.#sums.add(place, sums, times);
      return;
    }
    addSums(
      madeUnder(this.#said, place, () => new Map()),
      said,
      times,
    );
    this.#sums.add(place, sumsOf([...sums].filter(([name]) => name !== SAID)), times);
  }

  #placeOf(supplier: string): number {
    const known = this.#suppliers.get(supplier) ?? [];
    if (typeof known === "number") return known;
    const place = this.#places++;
    this.#suppliers.set(supplier, place);
    for (const { text } of known) this.#add(place, readSums(text));
    return place;
  }

  /** The table of figures. The row of the whole also says how many suppliers there are. */
  table(): StoredTable {
    const held = Array.from(this.#suppliers).flatMap(([supplier, figures]) => {
      const own = this.#figuresOf(figures);
      return own === undefined ? [] : [[supplier, String(own.lots), own.units.join(BETWEEN_TEXTS), own.text]];
    });
    const whole = new Map(this.#whole);
    whole.set("holders", BigInt(held.length));
    return settledTable([[undefined, undefined, "", sumsText(whole)], ...held]);
  }

  /** The figures of a supplier. Undefined where they come to nothing. */
  #figuresOf(figures: number | readonly SupplierFigures[]): SupplierFigures | undefined {
    if (typeof figures === "number")
      return supplierFigures(sumsOf([...this.#sums.of(figures), [SAID, this.#said.get(figures) ?? NOTHING]]));
    const [only, ...others] = figures;
    return others.length === 0 ? only : supplierFigures(readAllSums(figures.map(({ text }) => text)));
  }

  /** The added contracts that are not in the figures, since they are not settled. */
  unsettled(): StoredTable {
    return unsettledTable(this.#unsettled.map((contract) => [contract]));
  }
}

const supplierFigures = (sums: Sums): SupplierFigures | undefined => {
  if (sums.size === 0) return undefined;
  const figures = new SupplierCeilings();
  figures.addParts(sums);
  return { lots: figures.lots, units: unitsOf(figures).filter((unit) => unit !== undefined), text: sumsText(sums) };
};

const settledTable = (rows: readonly (readonly (string | undefined)[])[]): StoredTable => ({
  name: "settled",
  says: "What totals come to by contracts that no later day changes, as JSON, to be added up: what lotbook answers from.",
  columns: [
    { name: "supplier", type: "text", says: "The supplier's id; none of what all contracts come to." },
    { name: "lots", type: "count", says: "How many lots the supplier holds by them." },
    { name: "units", type: "texts", says: "The units of its figures." },
    { name: "json", type: "text", says: "The figures, in minor units." },
  ],
  rows: oneBatch(rows),
});

const unsettledTable = (rows: readonly (readonly string[])[]): StoredTable => ({
  name: "unsettled",
  says: "A contract that is not in those figures: a later day may change it, it may be of one family with others, or more is to be said of it.",
  columns: [{ name: "contract", type: "text", says: "The contract's id." }],
  rows: oneBatch(rows),
});

/** Both tables, to describe them: without rows. */
export const settledTables = (): readonly StoredTable[] => [settledTable([]), unsettledTable([])];
