import { addAll } from "../../model/add-all.ts";
import { UsageError } from "../../model/errors.ts";
import { firstFew } from "../../model/first-few.ts";
import { type Amount, differenceOf, formatMoney, isKnown, type Money, unitOf } from "../../model/money.ts";
import type { VatBasis } from "../../model/regime.ts";
import { isPerSupplier } from "../../query/lot-ceiling.ts";
import { dayOf, type SelectedContract, type Selection, select } from "../../query/selection.ts";
import type { Contract } from "../../records/contract.ts";
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
  LEFT_AFTER,
  NAME_COLUMN,
  ORDERED_COLUMN,
  placeOf,
} from "./headroom-rows.ts";
import { type Fit, type Occasion, occasionOf } from "./occasion.ts";
import { amountBetween, isCertain, leftRange } from "./use-figures.ts";

export type { Fit } from "./occasion.ts";

/** One ceiling that an order would use up, with the arithmetic. */
export interface FitsRow extends CeilingPlace {
  readonly ceiling: Amount;
  readonly ordered: Amount;
  readonly asked: Money;
  /** What would be left; below nothing where the order does not fit. */
  readonly leftAfter: Amount;
  readonly fits: Fit;
  /** Why not, or why that is unknown, where it is not for the amount. */
  readonly whyNot: string | undefined;
}

export const FITS_COLUMNS: readonly Column<FitsRow>[] = [
  CONTRACT_COLUMN,
  CEILING_OF_COLUMN,
  NAME_COLUMN,
  CEILING_COLUMN,
  ORDERED_COLUMN,
  column.money<FitsRow>("asked", "This order", "The amount that was asked about.", (row) => row.asked),
  column.money<FitsRow>("leftAfter", "Left after it", LEFT_AFTER, (row) => row.leftAfter),
  column.text<FitsRow>(
    "fits",
    "Fits",
    "Whether an order on the day stays within the ceiling's numeric limit: yes, no or unknown.",
    (row) => row.fits,
  ),
  column.text<FitsRow>(
    "whyNot",
    "Why not",
    "Why it does not fit, or why that is unknown, whatever the amount is.",
    (row) => row.whyNot,
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
  const row = { ...placeOf(use, selected, register.preference), ceiling: use.ceiling, asked, whyNot: undefined };
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

/** The worse of two answers: no, then unknown. */
const worse = (a: Fit, b: Fit): Fit => (a === "no" || b === "yes" ? a : b);

/** A row as the occasion leaves it. */
const onOccasion = (row: FitsRow, { fits, whyNot }: Occasion): FitsRow =>
  fits === "yes" ? row : { ...row, fits: worse(fits, row.fits), whyNot };

const verdictOn = (rows: readonly FitsRow[], occasion: Occasion): Fit => {
  const [first, ...others] = rows.map(({ fits }) => fits);
  return others.reduce(worse, worse(occasion.fits, first ?? "unknown"));
};

const sentence = (verdict: Fit, asked: Money, rows: readonly FitsRow[], occasion: Occasion): string => {
  const order = formatMoney(asked);
  const where = (fits: Fit) =>
    rows
      .filter((row) => row.fits === fits)
      .map(({ ceilingOf }) => ceilingOf)
      .join(" and ");
  if (verdict === "yes") return `Yes: ${order} is within the numeric limit of every ceiling.`;
  if (occasion.fits === "no") return `No: ${occasion.whyNot}.`;
  if (verdict === "no") return `No: ${order} is above the numeric limit of ${where("no")}.`;
  const few = rows.length === 0 ? "no ceiling is stated" : `of ${where("unknown")} too little is known`;
  return `Unknown: ${occasion.whyNot ?? few}.`;
};

/** An amount as it was asked about: where it says nothing of the tax, it is as the contract's amounts are. */
const askedOf = ({ vat, ...money }: Money, basis: VatBasis | undefined, contract: Contract): Money =>
  (basis ?? vat ?? contract.vat) === "included" ? { ...money, vat: "included" } : money;

/**
 * Whether an order of the amount on the day stays within the numeric limits of all ceilings that it would use up: of its
 * lot or its supplier's seat, of groups with the lot, and of the contract. Says nothing of whether it may be placed, except
 * where the contract is certainly over or not begun, or the lot cancelled. The basis says whether the tax is in the amount.
 * Throws UsageError where the selection is not one lot, or one supplier where each has a ceiling.
 */
export const fits = (register: Register, selection: Selection, amount: Money, basis?: VatBasis): Fits => {
  let verdict: Fit = "unknown";
  const report = reportLater(FITS_COLUMNS, async () => {
    const selected = await onlyLot(register, selection);
    const day = dayOf(selection);
    const each = { selected, use: await useOf(register, selected, { day, withLater: true }) };
    const notes = new HeadroomNotes(day, undefined, true);
    notes.add(each);
    const asked = askedOf(amount, basis, selected.contract);
    const occasion = occasionOf(selected, day, register.preference);
    const ceilings = allCeilings(each.use).filter((use) => isAskedFor(use, selected) && limits(use));
    const own = ceilings.map((use) => rowOf(use, each, asked, register));
    const rows = own.map((row) => onOccasion(row, occasion));
    verdict = verdictOn(rows, occasion);
    const closing = notes.closing();
    const said = sentence(verdict, asked, rows, occasion);
    return { rows, closing: { ...closing, notes: [said, ...occasion.notes, ...closing.notes] } };
  });
  return { report, verdict: () => verdict };
};
