import { dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { UsageError } from "../../model/errors.ts";
import { addAll } from "../../model/lists.ts";
import {
  type Amount,
  differenceOf,
  formatMoney,
  isKnown,
  isMoneyProblem,
  isQuantity,
  type Money,
  type MoneyProblem,
  parseMoney,
  unitOf,
} from "../../model/money.ts";
import { formatDate, formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { formatStates, standingAt } from "../../model/phases.ts";
import { firstFew } from "../../model/phrases.ts";
import { parseCounted } from "../../model/quantity.ts";
import { MEANING } from "../../query/fields.ts";
import { isPerSupplier, lotIn, type Measure } from "../../query/lot-ceiling.ts";
import { dayOf, type SelectedContract, type SelectedLot, type Selection, select } from "../../query/selection.ts";
import type { Contract, VatBasis } from "../../records/contract.ts";
import { lotTermDates, type TermDates, termDates } from "../../records/contract-term.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import { missedValues } from "../missed-values.ts";
import { type Column, column, type Report, reportLater } from "../report.ts";
import { lotRef, onDay } from "../views.ts";
import type { CeilingLine, CeilingUse, OrderedRange } from "./ceiling-use.ts";
import { allCeilings } from "./contract-ceilings.ts";
import { useOf } from "./contract-use.ts";
import { isAskedFor, leaversOf, type SelectedUse } from "./contract-uses.ts";
import { formerTexts, HeadroomNotes } from "./headroom-notes.ts";
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

/** Whether one more order stays within a ceiling. `unknown` where the data do not tell. */
export type Fit = "yes" | "no" | "unknown";

/** Whether there is anything to order from on a day, whatever the amount. Notes say where only the ceilings decide. */
interface Occasion {
  readonly fits: Fit;
  readonly whyNot: string | undefined;
  readonly notes: readonly string[];
}

const YES: Occasion = { fits: "yes", whyNot: undefined, notes: [] };

const because = (fits: Fit, whyNot: string): Occasion => ({ fits, whyNot, notes: [] });

const onTerm = (ref: string, { phases, begin, latestEnd }: TermDates, day: PartialDate): Occasion => {
  if (phases.length === 0) return { ...YES, notes: [`No term is stated for ${ref}: only the ceilings decide.`] };
  const { states } = standingAt(phases, day);
  const on = formatPartialDate(day);
  if (states.length === 1 && states[0] === "ended")
    return because("no", `${ref} ended${latestEnd === undefined ? "" : ` ${onDay(formatDate(latestEnd))}`}`);
  if (states.length === 1 && states[0] === "not begun")
    return because("no", `${ref} has not begun${begin === undefined ? "" : ` before ${formatPartialDate(begin)}`}`);
  // With an undecided renewal (D1c) the contract may as well have ended. A tacit renewal needs no decision.
  if (!states.includes("ended") && !states.includes("not begun")) return YES;
  return because("unknown", `on ${on} ${ref} is in "${formatStates({ states })}"`);
};

const onAward = ({ contract }: SelectedContract, day: PartialDate, preference: Preference): Occasion => {
  const awarded = preference.value(contract.awardDate);
  if (awarded === undefined || dayRange(awarded).first <= dayRange(day).last) return YES;
  return because("no", `${contract.id} is awarded only ${onDay(formatPartialDate(awarded))}`);
};

const onLot = (contract: Contract, { lot, suppliers }: SelectedLot): Occasion => {
  const ref = lotRef(contract, lot);
  if (lot.status === "cancelled") return because("no", `${ref} is cancelled`);
  const only = "only the ceilings decide";
  if (lot.status === "open" || lot.status === "pending")
    return { ...YES, notes: [`${ref} is ${lot.status}: ${only}.`] };
  if (lot.status === "closed-no-winner") return { ...YES, notes: [`${ref} was closed without a winner: ${only}.`] };
  return suppliers.length > 0 ? YES : { ...YES, notes: [`Nobody holds ${ref}: ${only}.`] };
};

/** A supplier that was asked about and has left takes no orders. Others that hold a seat on the lot do. */
const onSeat = (contract: Contract, { lot, matching, former }: SelectedLot, preference: Preference): Occasion => {
  const [text] = matching.length > 0 ? [] : formerTexts(former, preference);
  return text === undefined ? YES : because("no", `${text} (${lotRef(contract, lot)})`);
};

/** Whether a lot can be ordered from on a day: it is not cancelled, and its contract is awarded, begun and not over. */
const occasionOf = (selected: SelectedContract, day: PartialDate, preference: Preference): Occasion => {
  const { contract, lots } = selected;
  const all = [onAward(selected, day, preference)].concat(
    lots.flatMap((lot) => [
      onLot(contract, lot),
      onSeat(contract, lot, preference),
      onTerm(lotRef(contract, lot.lot), lotTermDates(contract, lot.lot, preference, day), day),
    ]),
    lots.length === 0 ? onTerm(contract.id, termDates(contract, preference, day), day) : [],
  );
  const notes = all.flatMap((one) => one.notes);
  const decisive = all.find(({ fits }) => fits === "no") ?? all.find(({ fits }) => fits === "unknown");
  // Notes on what only the ceilings decide are beside the point where something else decides.
  return decisive === undefined ? { ...YES, notes } : { ...decisive, notes: [] };
};

interface Asked {
  readonly money: Money;
  /** Whether the amount includes VAT, where it says so. */
  readonly basis: VatBasis | undefined;
}

/** Reads an amount of money or, where another word stands in place of a currency's code, a quantity. */
const readAsked = (text: string): Money | MoneyProblem => {
  const money = parseMoney(text);
  if (!isMoneyProblem(money) || !/^[\d.,]+(k|M|bn)? [^\d\s]/.test(text)) return money;
  const counted = parseCounted(text);
  return isMoneyProblem(counted) && money.rule !== "N2-amount" ? money : counted;
};

/** Reads `EUR 130k`, `300 machines`, `EUR 119k incl. VAT`. Throws UsageError for anything else, and for credits. */
export const amountAsked = (text: string): Asked => {
  const [taxed = "", word] = / (incl|excl)\. VAT$/.exec(text) ?? [];
  const money = readAsked(text.slice(0, text.length - taxed.length));
  if (isMoneyProblem(money)) throw new UsageError(money.problem, money.hint);
  if (money.minor < 0n) throw new UsageError("a credit always fits", "give the amount or quantity of an order");
  return { money, basis: word === undefined ? undefined : word === "incl" ? "included" : "excluded" };
};

export interface FitsRow extends CeilingPlace {
  readonly ceiling: Amount;
  readonly ordered: Amount;
  readonly asked: Money;
  /** What would be left. Below zero where the order does not fit. */
  readonly leftAfter: Amount;
  readonly fits: Fit;
  /** Why it does not fit, or why that is unknown, where the reason is not the amount. */
  readonly whyNot: string | undefined;
}

export const FITS_COLUMNS: readonly Column<FitsRow>[] = [
  CONTRACT_COLUMN,
  CEILING_OF_COLUMN,
  NAME_COLUMN,
  CEILING_COLUMN,
  ORDERED_COLUMN,
  column.money("asked", "The amount that was asked about.", "This order"),
  column.money("leftAfter", MEANING.leftAfter, "Left after it"),
  column.text("fits", "Whether an order on the day stays within the ceiling's numeric limit: yes, no or unknown."),
  column.text("whyNot", "Why it does not fit, or why that is unknown, whatever the amount is."),
];

export interface Fits {
  readonly report: Report<FitsRow>;
  /** Complete only after the last row. */
  readonly verdict: () => Fit;
}

/** A ceiling that may limit an order. One that is not stated limits nothing, and one that is withheld may. */
interface Limit {
  readonly use: CeilingUse;
  readonly line: CeilingLine;
}

/** The ceilings that limit an order, both in money and in quantities. */
const limitsOf = (use: CeilingUse): readonly Limit[] =>
  use.lines.flatMap((line) => (line.ceiling === "missing" ? [] : [{ use, line }]));

const measureOf = (asked: Money): Measure => (isQuantity(asked) ? "quantity" : "money");

/**
 * `yes` and `no` are certain. A ceiling that may be several, or orders that may be elsewhere, can leave it `unknown`.
 */
const fitOf = (use: CeilingUse, { low, high }: OrderedRange): Fit => {
  if (low !== undefined && low >= 0n) return "yes";
  return high !== undefined && high < 0n && isCertain(use) ? "no" : "unknown";
};

const rowOf = (
  { use, line: { ceiling } }: Limit,
  { selected, use: { known } }: SelectedUse,
  asked: Money,
  register: Register,
): FitsRow => {
  const row = { ...placeOf(use, selected, register.preference), ceiling, asked, whyNot: undefined };
  const unit = unitOf(asked);
  if (!known || !isKnown(ceiling) || unitOf(ceiling) !== unit) {
    return { ...row, ordered: "missing", leftAfter: "missing", fits: "unknown" };
  }
  const [range, sum] = [use.range(unit), use.sum(unit)];
  const reduced = differenceOf(ceiling, asked);
  const after = leftRange(range, reduced);
  return {
    ...row,
    ordered: amountBetween(range, sum),
    leftAfter: amountBetween(after, differenceOf(reduced, sum)),
    fits: fitOf(use, after),
  };
};

const NAME_ONE = "name one: --lot 2, or --lot ports/2 among several contracts";
const nameOne = ({ contract, lots: [first] }: SelectedContract): string =>
  first === undefined ? `name one: --contract ${contract.id}` : `name one: --lot ${lotRef(contract, first.lot)}`;

/**
 * The only selected lot, with a single seat where each supplier has a ceiling of its own, or the only contract, without
 * lots. Throws UsageError for any other selection.
 */
const onlyLot = async (register: Register, selection: Selection, measure: Measure): Promise<SelectedContract> => {
  const found: SelectedContract[] = [];
  for await (const batch of select(register, selection, "ceiling")) addAll(found, batch);
  const refs = found.flatMap(({ contract, lots }) =>
    lots.length === 0 ? [contract.id] : lots.map(({ lot }) => lotRef(contract, lot)),
  );
  const [selected] = found;
  const [only] = selected?.lots ?? [];
  if (selected === undefined) {
    const missed = await missedValues(register, selection, () => true);
    throw new UsageError("no lot was found for this order", missed.join("; ") || NAME_ONE);
  }
  if (refs.length > 1) throw new UsageError(`which lot is this order for? ${firstFew(refs, 3)}`, nameOne(selected));
  if (only !== undefined && isPerSupplier(lotIn(measure, only.lot)) && only.matching.length > 1) {
    throw new UsageError(
      `each supplier of ${refs[0]} has a ceiling of its own`,
      `say with whom the order is placed: --supplier, one of ${only.matching.map(({ id }) => id).join(", ")}`,
    );
  }
  return selected;
};

/**
 * Whether an order would use up a ceiling. That of a seat which was given up counts only where this seat is asked
 * about.
 */
const isToBeUsed = (use: CeilingUse, selected: SelectedContract): boolean => {
  const { scope } = use;
  if (scope.kind !== "supplier" || scope.lot.id !== selected.lots[0]?.lot.id) return isAskedFor(use, selected);
  return selected.lots.some(({ matching }) => matching.includes(scope.supplier)) || isOnlyBefore(selected, scope);
};

const isOnlyBefore = ({ lots }: SelectedContract, { supplier }: { readonly supplier: Supplier }): boolean =>
  lots.some(({ former }) => former?.named === true && leaversOf(former).includes(supplier));

/** The worse of two answers: no, then unknown. */
const worse = (a: Fit, b: Fit): Fit => (a === "no" || b === "yes" ? a : b);

const onOccasion = (row: FitsRow, { fits, whyNot }: Occasion): FitsRow =>
  fits === "yes" ? row : { ...row, fits: worse(fits, row.fits), whyNot };

const verdictOn = (rows: readonly FitsRow[], occasion: Occasion): Fit => {
  const [first, ...others] = rows.map(({ fits }) => fits);
  return others.reduce(worse, worse(occasion.fits, first ?? "unknown"));
};

const isUnlike = ({ ceiling }: FitsRow, asked: Money): boolean => isKnown(ceiling) && unitOf(ceiling) !== unitOf(asked);

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
  if (occasion.whyNot === undefined && rows.length > 0 && rows.every((row) => isUnlike(row, asked)))
    return `Unknown: no ceiling is in ${asked.called ?? unitOf(asked)}.`;
  const few =
    rows.length === 0
      ? `no ceiling ${isQuantity(asked) ? "of a quantity " : ""}is stated`
      : `of ${where("unknown")} too little is known`;
  return `Unknown: ${occasion.whyNot ?? few}.`;
};

/** The limits for a quantity: those in its unit, if there are any, because others are not of what is ordered. */
const inUnitOf = (asked: Money, limits: readonly Limit[]): readonly Limit[] => {
  const like = limits.filter(({ line: { ceiling, unit } }) => !isKnown(ceiling) || unit === unitOf(asked));
  return isQuantity(asked) && like.some(({ line }) => isKnown(line.ceiling)) ? like : limits;
};

/** Notes on limits in the measure that was not asked about. */
const besideNotes = (others: readonly Limit[], asked: Measure): readonly string[] => {
  const [first] = others;
  if (first === undefined) return [];
  const what = asked === "money" ? "a quantity" : "money";
  return [`There is also a ceiling of ${what}, which was not asked about: ask for it by itself.`];
};

/** The amount that was asked about. Where it does not mention VAT, it includes VAT if the contract's amounts do. */
const askedOf = ({ vat, ...money }: Money, basis: VatBasis | undefined, contract: Contract): Money =>
  !isQuantity(money) && (basis ?? vat ?? contract.vat) === "included" ? { ...money, vat: "included" } : money;

/**
 * Whether an order of the amount on the day stays within the numeric limits of all ceilings that it would use up: of
 * its lot or its supplier's seat, of groups with the lot, and of the contract. Does not say whether it may be placed,
 * except where the contract is certainly over or not begun, the lot cancelled, or its supplier gone. The amount may be
 * a text (`EUR 130k`, `300 machines`). `stated` says whether it includes VAT, unless a text does. Throws UsageError
 * where the selection is not one lot or one contract without lots, and where it has several suppliers that each have a
 * ceiling.
 */
export const fits = (register: Register, selection: Selection, asking: Money | string, stated?: VatBasis): Fits => {
  const { money: amount, basis = stated } = typeof asking === "string" ? amountAsked(asking) : { money: asking };
  let verdict: Fit = "unknown";
  const measure = measureOf(amount);
  const report = reportLater(FITS_COLUMNS, async () => {
    const selected = await onlyLot(register, selection, measure);
    const day = dayOf(selection);
    const each = { selected, use: await useOf(register, selected, { day, withLater: true }) };
    const notes = new HeadroomNotes(day, undefined, { preference: register.preference, laterCounts: true });
    notes.add(each);
    const asked = askedOf(amount, basis, selected.contract);
    const occasion = occasionOf(selected, day, register.preference);
    const limits = allCeilings(each.use).flatMap((use) => (isToBeUsed(use, selected) ? limitsOf(use) : []));
    const [alike, others] = [true, false].map((is) => limits.filter(({ line }) => (line.measure === measure) === is));
    const own = inUnitOf(asked, alike ?? []).map((limit) => rowOf(limit, each, asked, register));
    const rows = own.map((row) => onOccasion(row, occasion));
    verdict = verdictOn(rows, occasion);
    const closing = notes.closing();
    const framework = (await register.callOffs()).frameworkOf(selected.written);
    const said = [
      sentence(verdict, asked, rows, occasion),
      ...besideNotes(others ?? [], measure),
      ...(framework === undefined
        ? []
        : [`${selected.contract.id} is a call-off of ${framework}: its ceilings hold, too, and were not asked about.`]),
    ];
    return {
      rows,
      closing: {
        ...closing,
        notes: [...said, ...occasion.notes, ...closing.notes.filter((note) => note !== `${occasion.whyNot}.`)],
      },
    };
  });
  return { report, verdict: () => verdict };
};
