/**
 * Shares are intervals: what each supplier has is kept as the least and the most that it may be. Shares, cumulative
 * shares and the HHI (`model/concentration.ts`) follow with both ends. The parts come to the total only where all of it
 * belongs to suppliers that were asked for.
 */

import type { Preference } from "../model/claim.ts";
import { compareWhole, herfindahl, type Interval } from "../model/concentration.ts";
import { compareNatural } from "../model/fold.ts";
import { type Amount, type Money, rangeTo, unitOf } from "../model/money.ts";
import { groupThousands, plural } from "../model/phrases.ts";
import { type BoundedRatio, compareRatios, formatPercent, percentOf, type Ratio } from "../model/ratio.ts";
import { Coverage } from "../query/coverage.ts";
import { MEANING } from "../query/fields.ts";
import { coverageNotes, type Selection } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import { assessments, heldPart } from "./assessments.ts";
import { AwardedTally, addsUpBySupplier } from "./awarded.ts";
import { byMeasure, type ContractCeiling, statesOf } from "./ceilings.ts";
import { type Column, column, hidden, type Report, reportLater, type Summary, withBar } from "./report.ts";
import { type SupplierCeilings, SupplierFold } from "./supplier-ceilings.ts";
import { Tally } from "./tally.ts";
import { CallOffNotes, UnheldLots } from "./totals.ts";
import { nameOf } from "./views.ts";

/** What suppliers may have shares of: one of these, never both together. */
export const SHARE_MEASURES = ["awarded", "ceiling"] as const;
export type ShareMeasure = (typeof SHARE_MEASURES)[number];

/** A supplier's part of what was awarded, or may be spent, in one currency; the top five together; or all of it. */
export interface ShareRow {
  readonly row: "supplier" | "top" | "total";
  readonly currency: string;
  readonly rank: number | undefined;
  readonly supplier: string | undefined;
  readonly name: string | undefined;
  readonly lots: number | undefined;
  readonly amount: Amount;
  readonly share: BoundedRatio | undefined;
  readonly cumulative: BoundedRatio | undefined;
  /** From 0 to 10,000: the sum of the squares of all shares in percent (Herfindahl and Hirschman). */
  readonly hhi: BoundedRatio | undefined;
}

const MEANINGS: Readonly<Record<ShareMeasure, string>> = {
  awarded: "What the supplier was awarded, in the row's currency.",
  ceiling: "What the supplier may reach: from the lots that it holds alone to all that it holds.",
};

export const shareColumns = (measure: ShareMeasure): readonly Column<ShareRow>[] => [
  hidden(column.text("row", "supplier; top for the first five together; total for all.")),
  column.text("currency", MEANING.currency),
  column.count("rank", "The place of the supplier among those of its currency; equal amounts share one."),
  hidden(column.id("supplier", MEANING.supplier, "Id")),
  column.text("name", MEANING.name, "Supplier"),
  column.count("lots", MEANING.lots),
  column.money(measure, MEANINGS[measure], (row) => row.amount, measure === "awarded" ? "Awarded" : "Ceiling"),
  withBar(column.percent("share", "Its part of all that is known in the currency.")),
  column.percent("cumulative", "Its part and those of all before it."),
  hidden(
    column.decimal(
      "hhi",
      "Of all shares in a currency: the sum of their squares in percent, from near 0 to 10,000.",
      "HHI",
    ),
  ),
];

interface Part extends Interval {
  readonly id: string;
  readonly name: string;
  readonly lots: number;
  readonly amount: Money;
}

const TOP = 5;

class Market {
  readonly #parts: readonly Part[];
  readonly #whole: Interval;
  readonly #total: Money;
  /** What the parts come to together. */
  readonly #sum: Interval;
  readonly #all: Interval;
  /** Whether the parts come to the whole, whatever each of them is. */
  readonly #isTold: boolean;

  constructor(parts: readonly Part[], whole: Interval, sum: Interval, total: Money, isTold: boolean) {
    this.#parts = [...parts].sort(
      (a, b) => compareSizes(b, a) || compareNatural(a.name, b.name) || compareNatural(a.id, b.id),
    );
    this.#total = total;
    this.#whole = whole;
    this.#sum = sum;
    this.#all = together(parts);
    this.#isTold = isTold && parts.every(({ low }) => low >= 0n);
  }

  /** The share of some of the parts. Its ends follow from what they have, and from what the others may leave them. */
  #shareOf({ low, high }: Interval): BoundedRatio | undefined {
    const others = { low: this.#all.low - low, high: this.#all.high - high };
    const left = this.#sum.low - others.high;
    const most = this.#sum.high - others.low;
    const part = { low: left > low ? left : low, high: most < high ? most : high };
    const ends = [percentOf(part.low, this.#whole.high), percentOf(part.high, this.#whole.low)] as const;
    // Where the parts come to the whole, the whole is less, too, where this part is.
    const withOthers = [percentOf(low, low + others.high), percentOf(high, high + others.low)] as const;
    const [least, greatest] = this.#isTold ? withOthers : [];
    return shareBetween(larger(ends[0], least), smaller(ends[1], greatest));
  }

  get #top(): Interval {
    return together(this.#parts.slice(0, TOP));
  }

  rows(): readonly ShareRow[] {
    if (this.#parts.length === 0) return [];
    const currency = unitOf(this.#total);
    const rows: ShareRow[] = [];
    const sums = { low: 0n, high: 0n };
    let rank = 0;
    for (const [index, part] of this.#parts.entries()) {
      const before = this.#parts[index - 1];
      if (before === undefined || compareSizes(part, before) !== 0) rank = index + 1;
      sums.low += part.low;
      sums.high += part.high;
      const { id, name, lots, amount } = part;
      rows.push({
        row: "supplier",
        currency,
        rank,
        supplier: id,
        name,
        lots,
        amount,
        share: this.#shareOf(part),
        cumulative: this.#shareOf(sums),
        hhi: undefined,
      });
    }
    const nobody = { rank: undefined, supplier: undefined, lots: undefined, cumulative: undefined };
    return [
      ...rows,
      {
        ...nobody,
        row: "top",
        currency,
        name: this.#topName,
        amount: moneyOf(this.#top, this.#total),
        share: this.#shareOf(this.#top),
        hhi: undefined,
      },
      {
        ...nobody,
        row: "total",
        currency,
        name: "Total",
        amount: this.#total,
        share: this.#shareOf(this.#all),
        hhi: this.#hhi,
      },
    ];
  }

  get #topName(): string {
    return this.#parts.length < TOP ? `All ${this.#parts.length}` : `Top ${TOP}`;
  }

  get #hhi(): BoundedRatio | undefined {
    return herfindahl(this.#parts, this.#whole, this.#sum, this.#isTold);
  }

  note(): string {
    if (this.#parts.length === 0) return `${unitOf(this.#total)}: the data do not say what each supplier has.`;
    const share = this.#shareOf(this.#top);
    const hhi = this.#hhi;
    const count = Math.min(TOP, this.#parts.length);
    return `${unitOf(this.#total)}: the top ${count} of ${plural(this.#parts.length, "supplier")} ${count === 1 ? "has" : "have"} ${percentText(share)}; HHI ${hhiText(hhi)} of 10,000.`;
  }
}

const compareSizes = (a: Interval, b: Interval): number => compareWhole(a.high, b.high) || compareWhole(a.low, b.low);

/** A share in percent between two ends, of which the upper may be unknown. */
const shareBetween = (least: Ratio | undefined, most: Ratio | undefined): BoundedRatio | undefined => {
  const all = percentOf(1n, 1n);
  if (least === undefined || all === undefined) return undefined;
  const value = most === undefined || compareRatios(most, all) > 0 ? all : most;
  return compareRatios(least, value) >= 0 ? { value } : { value, bound: "between", least };
};

const larger = (a: Ratio | undefined, b: Ratio | undefined): Ratio | undefined =>
  a === undefined || b === undefined || compareRatios(a, b) >= 0 ? (a ?? b) : b;

const smaller = (a: Ratio | undefined, b: Ratio | undefined): Ratio | undefined =>
  a === undefined || b === undefined || compareRatios(a, b) <= 0 ? (a ?? b) : b;

const sumOf = (numbers: readonly bigint[]): bigint => numbers.reduce((sum, number) => sum + number, 0n);

const together = (parts: readonly Interval[]): Interval => ({
  low: sumOf(parts.map(({ low }) => low)),
  high: sumOf(parts.map(({ high }) => high)),
});

const moneyOf = ({ low, high }: Interval, { bound: _, least: __, ...money }: Money): Money =>
  low < high ? rangeTo({ ...money, minor: high }, low) : { ...money, minor: high };

const percentText = (share: BoundedRatio | undefined): string => {
  if (share === undefined) return "no known share";
  const { value, least } = share;
  return least === undefined ? `${formatPercent(value)} %` : `${formatPercent(least)} to ${formatPercent(value)} %`;
};

const hhiText = (hhi: BoundedRatio | undefined): string => {
  if (hhi === undefined) return "not known";
  const { value, least } = hhi;
  return least === undefined ? wholeText(value) : `${wholeText(least)} to ${wholeText(value)}`;
};

/** A whole number, rounded: nobody reads a decimal of an HHI. */
const wholeText = ({ numerator, denominator }: Ratio): string =>
  groupThousands(String((numerator * 2n + denominator) / (denominator * 2n)));

/** Collects what suppliers have shares of, and what each has. */
class ShareFold {
  readonly #fold: SupplierFold;
  readonly #awarded = new AwardedTally();
  readonly #ceilings = new Tally();
  readonly #coverage: Coverage;
  readonly #measure: ShareMeasure;
  readonly #preference: Preference;
  /** Whether ceilings are declared over several lots, so that what one supplier may reach takes from others. */
  #limited = false;
  /** Whether all of the total belongs to suppliers that were asked for, so that the parts come to it. */
  #told = true;

  constructor(measure: ShareMeasure, preference: Preference) {
    this.#preference = preference;
    this.#measure = measure;
    this.#fold = new SupplierFold(preference);
    this.#coverage = new Coverage(measure === "awarded" ? "what was awarded" : "what may be spent");
  }

  add(held: ContractCeiling): void {
    this.#fold.add(held);
    this.#ceilings.addContract(held);
    this.#limited ||= byMeasure(held).some(({ limits }) => limits !== undefined);
    const lots = held.ceilings.map(({ selected }) => selected);
    this.#awarded.addContract({ contract: held.contract, lots }, this.#preference);
    this.#told &&= lots.every(({ matching, suppliers }) => matching.length === suppliers.length);
    if (this.#measure === "awarded")
      this.#told &&= addsUpBySupplier({ contract: held.contract, lots }, this.#preference);
    const states = statesOf(held);
    for (const [index, { lot }] of lots.entries())
      this.#coverage.add(this.#measure === "ceiling" ? states[index] === "known" : statesValue(held.contract, lot));
  }

  get #whole(): Tally {
    return this.#measure === "awarded" ? this.#awarded.tally : this.#ceilings;
  }

  /** One market for each currency, with net and gross apart, and for each unit of quantities. */
  markets(): readonly Market[] {
    return this.#whole.totals().map((total) => {
      const whole = this.#whole.knownEnds(unitOf(total));
      const parts = this.#partsIn(total, whole);
      const all = together(parts);
      const high = whole.high < all.high ? whole.high : all.high;
      const low = this.#told && whole.low > all.low ? whole.low : all.low;
      return new Market(parts, whole, { low: low < high ? low : high, high }, total, this.#told);
    });
  }

  #partsIn(total: Money, whole: Interval): readonly Part[] {
    const unit = unitOf(total);
    const reaches = Array.from(this.#fold.suppliers, ([supplier, figures]) => {
      return { supplier, figures, ends: this.#endsOf(figures, unit) };
    }).filter(({ ends }) => ends.high !== 0n);
    const all = sumOf(reaches.map(({ ends }) => ends.high));
    return reaches.map(({ supplier, figures, ends: { low, high } }) => {
      // Under ceilings over several lots, only what all the others cannot have is certain.
      const isCapped = this.#limited && this.#measure === "ceiling";
      const rest = whole.low - (all - high);
      const ends = {
        low: isCapped ? (this.#told && rest > 0n ? rest : 0n) : low,
        high: this.#measure === "ceiling" && high > whole.high ? whole.high : high,
      };
      const name = nameOf(supplier, this.#preference);
      return { ...ends, id: supplier.id, name, lots: figures.lots, amount: moneyOf(ends, total) };
    });
  }

  #endsOf({ awarded, sole, shared }: SupplierCeilings, unit: string): Interval {
    if (this.#measure === "awarded") return awarded.tally.knownEnds(unit);
    const own = sole.knownEnds(unit);
    return { low: own.low, high: own.high + shared.knownEnds(unit).high };
  }

  notes(markets: readonly Market[]): readonly string[] {
    const differing = this.#measure === "awarded" ? this.#awarded.notes() : [];
    return [...markets.map((market) => market.note()), ...this.#coverage.notes(), ...differing];
  }

  summary(): Summary {
    const label = this.#measure === "awarded" ? "Total awarded" : "Total";
    return { label, column: this.#measure, amounts: this.#whole.totals(), remark: undefined };
  }
}

/** Whether the value that a lot was awarded for is stated: by itself, with others, or in a contract that was signed. */
const statesValue = ({ sharedAwards, settledContracts }: Contract, lot: Lot): boolean =>
  lot.awarded !== undefined ||
  sharedAwards.some(({ lots }) => lots.includes(lot.id)) ||
  settledContracts.some(({ lots, value }) => value !== undefined && lots.includes(lot.id));

/** Each supplier's part of what was awarded, or may be spent, in each currency by itself, the largest part first. */
export const shares = (
  register: Register,
  selection: Selection = {},
  measure: ShareMeasure = "awarded",
): Report<ShareRow> =>
  reportLater(
    shareColumns(measure),
    async () => {
      const { preference } = register;
      const fold = new ShareFold(measure, preference);
      const [unheld, callOffs] = [new UnheldLots(), new CallOffNotes()];
      for await (const batch of assessments(register, selection, "seat")) {
        for (const assessment of batch) {
          if (!callOffs.counts(assessment)) continue;
          unheld.see(assessment.selected);
          const held = heldPart(assessment, preference);
          if (held !== undefined) fold.add(held);
        }
      }
      const markets = fold.markets();
      const notes = [...fold.notes(markets), ...coverageNotes(selection), ...unheld.notes(), ...callOffs.notes()];
      return { rows: markets.flatMap((market) => market.rows()), closing: { summaries: [fold.summary()], notes } };
    },
    ({ row }) => row !== "supplier",
  );
