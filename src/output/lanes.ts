import type { Bar, Drawing, Report } from "../engine/report.ts";
import { type DayRange, dateOfDay, dayNumber, dayRange } from "../model/calendar.ts";
import { addUnder } from "../model/lists.ts";
import type { Phase } from "../model/phases.ts";

export interface Lane {
  readonly contract: string;
  readonly title: string | undefined;
  readonly state: string | undefined;
  readonly bars: readonly Bar[];
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** The days from the left edge to the right: whole years that hold every phase and the day that is marked. */
  readonly scale: DayRange;
  readonly mark: number;
}

const middleOf = ({ first, last }: DayRange): number => Math.floor((first + last) / 2);

const scaleOf = (bars: readonly Bar[], mark: number): DayRange => {
  let [first, last] = [mark, mark];
  for (const { phase } of bars) {
    const { firstDays, lastDays } = phase;
    const known = [firstDays.first, lastDays.first, lastDays.last].find(Number.isFinite);
    first = Math.min(first, known ?? first);
    last = Math.max(last, lastDays.last);
  }
  return { first: dayNumber(dateOfDay(first).year, 1, 1), last: dayNumber(dateOfDay(last).year, 12, 31) };
};

/** A phase as it is drawn: one whose begin is unknown from the edge on, and one that may have ended at any time before it. */
export const onScale = (phase: Phase, { first }: DayRange): Phase => {
  const { firstDays, lastDays } = phase;
  const within = (day: number, edge: number): number => (day === Number.NEGATIVE_INFINITY ? edge : day);
  return {
    ...phase,
    firstDays: { first: within(firstDays.first, first), last: within(firstDays.last, first) },
    lastDays: { first: within(lastDays.first, first - 1), last: lastDays.last },
  };
};

/** Reads a report to its end, for a common scale needs every row. */
export const readLanes = async <Row>({ batches }: Report<Row>, { day, bar }: Drawing<Row>): Promise<Lanes> => {
  const byContract = new Map<string, Bar[]>();
  for await (const batch of batches) {
    for (const each of batch.map(bar)) {
      addUnder(byContract, each.contract, each);
    }
  }
  const mark = middleOf(dayRange(day));
  const lanes = [...byContract].map(([contract, bars]) => {
    const [{ title, state } = { title: undefined, state: undefined }] = bars;
    return { contract, title, state, bars };
  });
  return { lanes, scale: scaleOf([...byContract.values()].flat(), mark), mark };
};

const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500] as const;

/** The years to name on a scale, as many as there is room for: every one, every second, every fifth … */
export const yearsToName = (scale: DayRange, room: number): readonly number[] => {
  const [first, last] = [dateOfDay(scale.first).year, dateOfDay(scale.last).year];
  const count = last - first + 1;
  const step = YEAR_STEPS.find((candidate) => Math.ceil(count / candidate) <= room) ?? 1000;
  return Array.from({ length: count }, (_, index) => first + index).filter((year) => year % step === 0 || count === 1);
};
