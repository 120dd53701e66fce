import { type DayRange, wholeMonths } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { UsageError } from "../../model/errors.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { Phase } from "../../model/phases.ts";
import { plural } from "../../model/phrases.ts";
import type { Ratio } from "../../model/ratio.ts";
import { compileQuery } from "../../query/compile-query.ts";
import type { Query } from "../../query/query.ts";
import { asksForRows, namesField } from "../../query/row-clauses.ts";
import {
  dayOf,
  type FormerSeat,
  heldBefore,
  queryOf,
  type SelectedContract,
  type Selection,
} from "../../query/selection.ts";
import { type CeilingInView, standInFor, type Test } from "../../query/subject.ts";
import { type Period, periodAsked } from "../../query/values.ts";
import type { Contract } from "../../records/contract.ts";
import { datesTogether, lotTermDates, termUnits } from "../../records/contract-term.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import { type Report, reportOf } from "../report.ts";
import { type CeilingUse, isOver } from "./ceiling-use.ts";
import { allCeilings } from "./contract-ceilings.ts";
import { contractUses, isAskedFor, isOnlyCallOff, type SelectedUse, type Watching } from "./contract-uses.ts";
import { HeadroomNotes } from "./headroom-notes.ts";
import { type BesideEnd, type HeadroomOptions, type HeadroomRow, headroomColumns, placeOf } from "./headroom-rows.ts";
import { type PaceWindow, paceOf, windowTo } from "./pace.ts";
import { figuresOf, NOTHING_KNOWN, WARN_AT } from "./use-figures.ts";

/** The firm part of the contract or the lots that a ceiling is for. Undefined where nothing says when it ends. */
const firmPartOf = (
  use: CeilingUse,
  contract: Contract,
  preference: Preference,
  day: PartialDate,
): Phase | undefined => {
  const lots = contract.lots.filter(({ id }) => isOver(use.scope, id));
  const [only, ...others] = lots;
  const dates =
    only !== undefined && others.length === 0
      ? lotTermDates(contract, only, preference, day)
      : datesTogether(termUnits(contract, lots, preference, day));
  return dates.phases[0];
};

const distance = (from: number, to: number): string => {
  const months = wholeMonths(from, to);
  return months === 0 ? plural(to - from, "day") : plural(months, "month");
};

/** Whether a ceiling runs out before or after an end. Either may be known only to be within some days. */
const besideEnd = (days: DayRange, end: DayRange): BesideEnd => {
  const words = [
    ...(days.first < end.last ? (["before-end"] as const) : []),
    ...(days.last >= end.first ? (["after-end"] as const) : []),
  ];
  return { words, text: besideText(days, end) };
};

/** Counts up to the first day that the end may be: until then the firm part is firm. */
const besideText = ({ first, last }: DayRange, end: DayRange): string => {
  if (first >= end.last) return "not before its end";
  if (first >= end.first) return "perhaps early";
  const most = distance(first, end.first);
  if (last >= end.first) return `up to ${most} early, or not`;
  const least = distance(last, end.first);
  return least === most ? `${most} early` : `between ${least} and ${most} early`;
};

/** The period from which the pace is calculated, unless another is asked for. */
export const USUAL_PERIOD: Period = { count: 6, unit: "m" };

/** Makes the rows of ceilings on a day, with their pace where there is a period to calculate it from. */
const rowsOn =
  (day: PartialDate, preference: Preference, warnAt: number, window: PaceWindow | undefined) =>
  (scope: CeilingUse, { selected, use }: SelectedUse): readonly HeadroomRow[] => {
    const place = placeOf(scope, selected, preference);
    const firm = window && firmPartOf(scope, selected.contract, preference, day);
    return scope.lines.map(({ ceiling, unit }) => {
      const isSaid = use.known && unit !== undefined;
      const pace = isSaid && window !== undefined ? paceOf(scope, ceiling, unit, window) : undefined;
      return {
        ceiling,
        orders: scope.orders,
        pace,
        firmEnd: firm?.end,
        beside: pace?.runsOut && firm && besideEnd(pace.runsOut, firm.lastDays),
        ...place,
        ...(isSaid ? figuresOf(scope, ceiling, unit, warnAt) : NOTHING_KNOWN),
      };
    });
  };

const numberOf = ({ numerator, denominator }: Ratio): number => Number((numerator * 10_000n) / denominator) / 10_000;

const inView = ({ used, stages, left, beside }: HeadroomRow): CeilingInView => ({
  used: used === undefined ? undefined : numberOf(used.value),
  use: stages,
  left,
  runsOut: beside?.words ?? [],
});

/** Whether a seat was given up by a supplier, or handed on to it. */
const isSeat = (seat: FormerSeat, supplier: Supplier): boolean =>
  ("leaver" in seat ? seat.leaver.supplier : seat.holder) === supplier;

/** Whether a query is true of a ceiling with any of the lots and seats that were asked for. */
const isTrueOf = (test: Test, row: HeadroomRow, use: CeilingUse, selected: SelectedContract): boolean => {
  const { contract } = selected;
  const { scope } = use;
  const ceiling = inView(row);
  const lots = selected.lots.filter(({ lot }) => isOver(scope, lot.id));
  const seats = lots.flatMap(({ lot, matching, former }) => {
    const before = (former?.seats ?? []).filter((seat) => scope.kind !== "supplier" || isSeat(seat, scope.supplier));
    const own = [...(scope.kind === "supplier" ? [scope.supplier] : matching), ...before.flatMap(heldBefore)];
    return (own.length > 0 ? own : [undefined]).map((seat) => ({ contract, lot, seat, ceiling }));
  });
  const asked = seats.length > 0 ? seats : [{ contract, lot: standInFor(contract), seat: undefined, ceiling }];
  return asked.some(test);
};

/** The test for a query about ceilings. Undefined for other queries, which are asked of lots alone. */
const testOf = (query: Query, { preference }: Register, selection: Selection): Test | undefined =>
  asksForRows(query) ? compileQuery(query, { preference, today: dayOf(selection) }) : undefined;

/**
 * The period for the pace. A query that asks when ceilings run out needs one, too. Throws UsageError for no time at
 * all.
 */
const burnAsked = (burn: Period | string | undefined, query: Query): Period | undefined => {
  if (burn === undefined) return namesField(query, "runsOut") ? USUAL_PERIOD : undefined;
  const period = periodAsked(burn, "burn");
  if (period.count === 0) throw new UsageError("burn: the length of time must be above zero", "for example 6m");
  return period;
};

export interface AskedCeiling {
  readonly ceiling: CeilingUse;
  readonly rows: readonly HeadroomRow[];
  /** Whether rows of ledgers could not be read, so that there may be more orders under the ceiling. */
  readonly isOpen: boolean;
}

/** The ceilings that a selection asks for, contract by contract, and what to tell after the last. */
interface AskedCeilings {
  readonly burn: Period | undefined;
  readonly batches: () => AsyncGenerator<readonly AskedCeiling[]>;
  readonly closing: () => ReturnType<HeadroomNotes["closing"]>;
}

export const askedCeilings = (
  register: Register,
  selection: Selection,
  options: HeadroomOptions,
  watching?: Watching,
): AskedCeilings => {
  const query = queryOf(selection, register.suppliers, "headroom");
  const { warnAt = WARN_AT } = options;
  const burn = burnAsked(options.burn, query);
  const day = dayOf(selection);
  const window = burn && windowTo(day, burn);
  const notes = new HeadroomNotes(day, window, { preference: register.preference });
  const rowsOf = rowsOn(day, register.preference, warnAt, window);
  const test = testOf(query, register, selection);
  const batches = async function* () {
    const callOffs = await register.callOffs();
    for await (const each of contractUses(register, selection, { day, recent: window?.days }, watching)) {
      if (isOnlyCallOff(each, callOffs)) continue;
      notes.add(each);
      const ceilings = allCeilings(each.use).filter((ceiling) => isAskedFor(ceiling, each.selected));
      yield ceilings.map((ceiling) => ({
        ceiling,
        isOpen: each.use.unread > 0,
        rows: rowsOf(ceiling, each).filter((row) => test === undefined || isTrueOf(test, row, ceiling, each.selected)),
      }));
    }
  };
  return { burn, batches, closing: () => notes.closing() };
};

async function* rowsIn(batches: AsyncIterable<readonly AskedCeiling[]>): AsyncGenerator<readonly HeadroomRow[]> {
  for await (const batch of batches) yield batch.flatMap(({ rows }) => rows);
}

/**
 * What is left of each ceiling on a day: of a contract, of its groups and lots, or of suppliers where each has its own.
 * An order uses up every ceiling whose scope contains it (L1). Findings tell what is wrong with where orders belong. A
 * call-off under which nothing can be ordered has no row.
 */
export const headroom = (
  register: Register,
  selection: Selection = {},
  options: HeadroomOptions = {},
): Report<HeadroomRow> => {
  const { burn, batches, closing } = askedCeilings(register, selection, options);
  return reportOf(headroomColumns(burn === undefined ? {} : { burn }), rowsIn(batches()), closing);
};
