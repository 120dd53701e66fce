import type { Assessment } from "../engine/assessments.ts";
import type { ContractRow } from "../engine/contracts.ts";
import type { LotRow } from "../engine/lots.ts";
import { type Column, column } from "../engine/report.ts";
import { type DayRange, dateOfDay, dayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { formatDate, type PartialDate } from "../model/partial-date.ts";
import { hasCome } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import { hasOwnTerm, lotTermDates, type TermDates, termDates } from "../records/contract-term.ts";

/** The days between which the last day of a contract or lot lies. Undefined where nothing says when it ends. */
type Ends = Readonly<Record<"firmEnd" | "latestEnd", DayRange | undefined>>;

const ENDS = ["firmEnd", "latestEnd"] as const;
const SIDES = ["first", "last"] as const;

/**
 * When contracts end, and lots that have terms of their own, for every possible number of renewals that were decided.
 */
export class LotEnds {
  readonly #ends = new Map<string, Ends>();

  constructor(assessed: readonly Assessment[], preference: Preference) {
    for (const { selected } of assessed) {
      const { contract, written, lots } = selected;
      const stages = stagesOf(contract, written);
      const add = (id: string, datesOf: (stage: Contract) => TermDates): void => {
        this.#ends.set(id, endsOf(stages.map(datesOf)));
      };
      add(keyOf(contract.id), (stage) => termDates(stage, preference));
      for (const { lot } of lots)
        if (hasOwnTerm(lot)) add(keyOf(contract.id, lot.id), (stage) => lotTermDates(stage, lot, preference));
    }
  }

  ofLots(): readonly Column<LotRow>[] {
    return columnsOf(
      "of a lot with a term of its own",
      (end, { contract, lot }) => this.#ends.get(keyOf(contract, lot))?.[end],
    );
  }

  ofContracts(): readonly Column<ContractRow>[] {
    return columnsOf("where its end is not that one day", (end, { contract, [end]: shown }) => {
      const days = this.#ends.get(keyOf(contract))?.[end];
      const isShown = days?.first === days?.last && shown !== undefined && formatDate(shown) === textOf(days?.first);
      return isShown ? undefined : days;
    });
  }
}

const columnsOf = <Row>(
  where: string,
  daysOf: (end: keyof Ends, row: Row) => DayRange | undefined,
): readonly Column<Row>[] =>
  ENDS.flatMap((end) =>
    SIDES.map((side) =>
      column.text(`${end}_${side}`, `The ${side} day that may be its ${end}, ${where}.`, (row) =>
        textOf(daysOf(end, row)?.[side]),
      ),
    ),
  );

const textOf = (day: number | undefined): string | undefined =>
  day === undefined ? undefined : formatDate(dateOfDay(Math.min(Math.max(day, FIRST_DAY), LAST_DAY)));

const [FIRST_DAY, LAST_DAY] = [dayNumber(1, 1, 1), dayNumber(9999, 12, 31)];

const keyOf = (contract: string, lot?: string): string => JSON.stringify([contract, lot]);

/** A contract as it stands before the decisions on its renewals, and after each of them. */
const stagesOf = (contract: Contract, { renewals }: Contract): readonly Contract[] => {
  if (renewals.length === 0) return [contract];
  const before: readonly PartialDate[] = [{ year: 1 }];
  return [...before, ...renewals.map(({ date }) => date)].map((day) => ({
    ...contract,
    renewals: renewals.filter(({ date }) => hasCome(date, day)),
  }));
};

const endsOf = (stages: readonly TermDates[]): Ends => ({
  firmEnd: together(stages.flatMap(({ phases: [firm] }) => firm?.lastDays ?? [])),
  latestEnd: together(
    stages.flatMap(({ phases }) => {
      const last = phases.at(-1);
      // A contract without an end may be ended on any day once it has begun.
      return last?.lastDays.first === Number.POSITIVE_INFINITY
        ? { first: last.firstDays.first, last: last.lastDays.last }
        : (last?.lastDays ?? []);
    }),
  ),
});

const together = (days: readonly DayRange[]): DayRange | undefined =>
  days.length === 0
    ? undefined
    : {
        first: days.reduce((first, each) => Math.min(first, each.first), Number.POSITIVE_INFINITY),
        last: days.reduce((last, each) => Math.max(last, each.last), Number.NEGATIVE_INFINITY),
      };
