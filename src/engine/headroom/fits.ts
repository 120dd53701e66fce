import { UsageError } from "../../model/errors.ts";
import { type Amount, differenceOf, formatMoney, isKnown, type Money, unitOf } from "../../model/money.ts";
import type { Register } from "../../model/register.ts";
import { isPerSupplier } from "../../query/lot-ceiling.ts";
import { dayOf, type Selection, select } from "../../query/selection.ts";
import { column, hidden, type Report, reportLater, whenVaried } from "../report.ts";
import { lotRef } from "../views.ts";
import type { CeilingUse, OrderedRange } from "./ceiling-use.ts";
import { allCeilings } from "./contract-ceilings.ts";
import { contractUses, isAskedFor, type SelectedUse } from "./contract-uses.ts";
import { HeadroomNotes } from "./headroom-notes.ts";
import { CEILING_OF, type CeilingPlace, placeOf } from "./headroom-rows.ts";
import { amountBetween, isCertain, leftRange } from "./use-figures.ts";

/** Whether one more order stays within a ceiling; unknown where the data do not tell. */
export type Fit = "yes" | "no" | "unknown";

/** One ceiling that an order would use up, with the arithmetic. */
export interface FitsRow extends CeilingPlace {
  readonly ceiling: Amount;
  readonly ordered: Amount;
  readonly asked: Money;
  /** What would be left; below nothing where the order does not fit. */
  readonly leftAfter: Amount;
  readonly fits: Fit;
}

export const FITS_COLUMNS = [
  hidden(column.id<FitsRow>("contract", "Contract", "The contract's id.", (row) => row.contract)),
  column.id<FitsRow>("ceilingOf", "Ceiling of", CEILING_OF, (row) => row.ceilingOf),
  whenVaried(
    column.text<FitsRow>(
      "name",
      "Supplier",
      "The supplier's name, as the preferred source writes it.",
      (row) => row.name,
    ),
  ),
  column.money<FitsRow>(
    "ceiling",
    "Ceiling",
    "What may be spent, each shared ceiling counted once.",
    (row) => row.ceiling,
  ),
  column.money<FitsRow>("ordered", "Ordered", "What is ordered under the ceiling.", (row) => row.ordered),
  column.money<FitsRow>("asked", "This order", "The amount that was asked about.", (row) => row.asked),
  column.money<FitsRow>(
    "leftAfter",
    "Left after it",
    "What would be left of the ceiling after it; below 0 above it.",
    (row) => row.leftAfter,
  ),
  column.text<FitsRow>(
    "fits",
    "Fits",
    "Whether the order stays within the ceiling's numeric limit: yes, no or unknown.",
    (row) => row.fits,
  ),
] as const;

/** A question about one more order, and its answer. */
export interface Fits {
  readonly report: Report<FitsRow>;
  /** Complete only after the last row. */
  readonly verdict: () => Fit;
}

/** A ceiling that is not stated limits nothing; one that is withheld may. */
const limits = ({ ceiling }: CeilingUse): boolean => ceiling !== "missing";

/** `yes` and `no` are certain: of a ceiling that may be several, and of orders that may belong elsewhere, neither is. */
const fitOf = (use: CeilingUse, { low, high }: OrderedRange): Fit => {
  if (low !== undefined && low >= 0n) return "yes";
  return high !== undefined && high < 0n && isCertain(use) ? "no" : "unknown";
};

const rowOf = (
  use: CeilingUse,
  { selected, use: { known } }: SelectedUse,
  asked: Money,
  register: Register,
): FitsRow => {
  const row = { ...placeOf(use, selected, register.preference), ceiling: use.ceiling, asked };
  const unit = unitOf(asked);
  if (!known || !isKnown(use.ceiling) || unitOf(use.ceiling) !== unit) {
    return { ...row, ordered: "missing", leftAfter: "missing", fits: "unknown" };
  }
  const [range, sum] = [use.range(unit), use.sum(unit)];
  const reduced = differenceOf(use.ceiling, asked);
  const after = leftRange(range, reduced);
  return {
    ...row,
    ordered: amountBetween(range, sum),
    leftAfter: amountBetween(after, differenceOf(reduced, sum)),
    fits: fitOf(use, after),
  };
};

/** Refuses a selection that is not one lot, or one seat where each supplier has a ceiling of its own. */
const refuseUnclear = async (register: Register, selection: Selection): Promise<void> => {
  const found: { readonly ref: string; readonly seats: readonly string[] }[] = [];
  for await (const batch of select(register, selection, "seat")) {
    for (const { contract, lots } of batch) {
      for (const { lot, matching } of lots) {
        found.push({ ref: lotRef(contract, lot), seats: isPerSupplier(lot) ? matching.map(({ id }) => id) : [] });
      }
    }
  }
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) {
    const lots = `${found
      .slice(0, 3)
      .map(({ ref }) => ref)
      .join(", ")}${found.length > 3 ? " …" : ""}`;
    throw new UsageError(
      only === undefined ? "no lot was found for this order" : `which lot is this order for? ${lots}`,
      "name one: --lot 2, or --lot ports/2 among several contracts",
    );
  }
  if (only.seats.length < 2) return;
  throw new UsageError(
    `each supplier of ${only.ref} has a ceiling of its own`,
    `say with whom the order is placed: --supplier, one of ${only.seats.join(", ")}`,
  );
};

const sentence = (verdict: Fit, asked: Money, rows: readonly FitsRow[]): string => {
  const order = formatMoney(asked);
  const where = (fits: Fit) =>
    rows
      .filter((row) => row.fits === fits)
      .map(({ ceilingOf }) => ceilingOf)
      .join(" and ");
  if (verdict === "yes") return `Yes: ${order} is within the numeric limit of every ceiling.`;
  if (verdict === "no") return `No: ${order} is above the numeric limit of ${where("no")}.`;
  const why = rows.length === 0 ? "no ceiling is stated" : `of ${where("unknown")} too little is known`;
  return `Unknown: ${why}.`;
};

const verdictOn = (rows: readonly FitsRow[]): Fit => {
  const met = new Set(rows.map(({ fits }) => fits));
  if (met.has("no")) return "no";
  return met.size === 1 && met.has("yes") ? "yes" : "unknown";
};

/**
 * Whether an order of the amount stays within the numeric limits of all ceilings that it would use up: of its lot or its
 * supplier's seat, of groups with the lot, and of the contract. Says nothing of whether it may be placed.
 * Throws UsageError where the selection is not one lot, or one supplier where each has a ceiling.
 */
export const fits = (register: Register, selection: Selection, amount: Money): Fits => {
  let verdict: Fit = "unknown";
  const report = reportLater(FITS_COLUMNS, async () => {
    await refuseUnclear(register, selection);
    const day = dayOf(selection);
    const notes = new HeadroomNotes(day, undefined);
    const rows: FitsRow[] = [];
    for await (const each of contractUses(register, selection, { day })) {
      notes.add(each);
      const asked = each.selected.contract.vat === "included" ? { ...amount, vat: "included" as const } : amount;
      const ceilings = allCeilings(each.use).filter((use) => isAskedFor(use, each.selected) && limits(use));
      rows.push(...ceilings.map((use) => rowOf(use, each, asked, register)));
    }
    verdict = verdictOn(rows);
    const closing = notes.closing();
    return { rows, closing: { ...closing, notes: [sentence(verdict, amount, rows), ...closing.notes] } };
  });
  return { report, verdict: () => verdict };
};
