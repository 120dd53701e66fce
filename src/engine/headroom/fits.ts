import { addAll } from "../../model/add-all.ts";
import { UsageError } from "../../model/errors.ts";
import { firstFew } from "../../model/first-few.ts";
import { type Amount, differenceOf, formatMoney, isKnown, type Money, unitOf } from "../../model/money.ts";
import { isPerSupplier } from "../../query/lot-ceiling.ts";
import { dayOf, type SelectedContract, type Selection, select } from "../../query/selection.ts";
import type { Register } from "../../records/register.ts";
import { type Column, column, type Report, reportLater } from "../report.ts";
import { lotRef } from "../views.ts";
import type { CeilingUse, OrderedRange } from "./ceiling-use.ts";
import { allCeilings } from "./contract-ceilings.ts";
import { useOf } from "./contract-use.ts";
import { isAskedFor, type SelectedUse } from "./contract-uses.ts";
import { HeadroomNotes } from "./headroom-notes.ts";
import {
  CEILING_COLUMN,
  CEILING_OF_COLUMN,
  type CeilingPlace,
  CONTRACT_COLUMN,
  NAME_COLUMN,
  ORDERED_COLUMN,
  placeOf,
} from "./headroom-rows.ts";
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

export const FITS_COLUMNS: readonly Column<FitsRow>[] = [
  CONTRACT_COLUMN,
  CEILING_OF_COLUMN,
  NAME_COLUMN,
  CEILING_COLUMN,
  ORDERED_COLUMN,
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
];

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

/** The one lot that is selected, or its one seat where each supplier has a ceiling of its own; refuses any other selection. */
const onlyLot = async (register: Register, selection: Selection): Promise<SelectedContract> => {
  const found: SelectedContract[] = [];
  for await (const batch of select(register, selection, "seat"))
    addAll(
      found,
      batch.filter(({ lots }) => lots.length > 0),
    );
  const refs = found.flatMap(({ contract, lots }) => lots.map(({ lot }) => lotRef(contract, lot)));
  const [selected] = found;
  const [only] = selected?.lots ?? [];
  if (selected === undefined || only === undefined || refs.length > 1) {
    throw new UsageError(
      refs.length === 0 ? "no lot was found for this order" : `which lot is this order for? ${firstFew(refs, 3)}`,
      "name one: --lot 2, or --lot ports/2 among several contracts",
    );
  }
  if (isPerSupplier(only.lot) && only.matching.length > 1) {
    throw new UsageError(
      `each supplier of ${refs[0]} has a ceiling of its own`,
      `say with whom the order is placed: --supplier, one of ${only.matching.map(({ id }) => id).join(", ")}`,
    );
  }
  return selected;
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
    const selected = await onlyLot(register, selection);
    const day = dayOf(selection);
    const each = { selected, use: await useOf(register, selected, { day }) };
    const notes = new HeadroomNotes(day, undefined);
    notes.add(each);
    const asked = selected.contract.vat === "included" ? { ...amount, vat: "included" as const } : amount;
    const ceilings = allCeilings(each.use).filter((use) => isAskedFor(use, selected) && limits(use));
    const rows = ceilings.map((use) => rowOf(use, each, asked, register));
    verdict = verdictOn(rows);
    const closing = notes.closing();
    return { rows, closing: { ...closing, notes: [sentence(verdict, amount, rows), ...closing.notes] } };
  });
  return { report, verdict: () => verdict };
};
