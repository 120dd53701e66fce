import type { PartialDate } from "./partial-date.ts";
import { plural } from "./phrases.ts";

/** A whole number of months, weeks or days, in the unit in which it was written. A year is twelve months. */
export interface Duration {
  readonly months: number;
  readonly weeks?: number;
  readonly days?: number;
}

export interface Term {
  readonly initial: Duration;
  readonly renewals: readonly Duration[];
  /** The period by which the term is renewed again and again after that, unless somebody gives notice. */
  readonly tacit?: Duration;
}

export interface Renewals {
  /** The number of the last renewal that was exercised. Those before it were exercised, too. 0 where none was. */
  readonly exercised: number;
  /**
   * The number of the last renewal that was exercised or may still be. Those from a declined one on may not. Infinite
   * where renewals have no end.
   */
  readonly last: number;
}

const MOST = { year: 100, month: 1200, week: 5218, day: 36_525 } as const;
const MAX_RENEWALS = 100;

/** Reads `2 years`, `18 months`, `26 weeks` or `1000 days`. Undefined for any other text. */
export const parseDuration = (text: string): Duration | undefined => {
  const match = /^([1-9]\d{0,4}) (?:(year)|(month)|(week)|(day))s?$/.exec(text);
  if (match === null) return undefined;
  const [, digits, year, month, week] = match;
  const count = Number(digits);
  if (year !== undefined) return count > MOST.year ? undefined : { months: count * 12 };
  if (month !== undefined) return count > MOST.month ? undefined : { months: count };
  if (week !== undefined) return count > MOST.week ? undefined : { months: 0, weeks: count };
  return count > MOST.day ? undefined : { months: 0, days: count };
};

/** Reads `2 renewals of 1 year`: each renewal is a period of its own. */
const parseRenewals = (text: string): readonly Duration[] | undefined => {
  const match = /^([1-9]\d{0,2}) renewals? of (.+)$/.exec(text);
  const period = parseDuration(match?.[2] ?? "");
  const count = Number(match?.[1]);
  return period === undefined || count > MAX_RENEWALS ? undefined : Array.from({ length: count }, () => period);
};

const TACIT = /^tacit renewals of (.+)$/;

/**
 * Reads `4 years`, `2 years + 2 renewals of 1 year`, `3 years + 1 renewal of 1 year + 1 renewal of 6 months` or
 * `1 year + tacit renewals of 1 year`. Tacit renewals come last. Undefined for any other text.
 */
export const parseTerm = (text: string): Term | undefined => {
  const [initialText = "", ...parts] = text.split(" + ");
  const initial = parseDuration(initialText);
  const tacitText = TACIT.exec(parts.at(-1) ?? "")?.[1];
  const tacit = tacitText === undefined ? undefined : parseDuration(tacitText);
  const limited = tacitText === undefined ? parts : parts.slice(0, -1);
  const renewals: Duration[] = [];
  for (const part of limited) {
    const read = parseRenewals(part);
    if (read === undefined || renewals.length + read.length > MAX_RENEWALS) return undefined;
    for (const renewal of read) renewals.push(renewal);
  }
  if (initial === undefined || (tacitText !== undefined && tacit === undefined)) return undefined;
  return tacit === undefined ? { initial, renewals } : { initial, renewals, tacit };
};

export const formatDuration = ({ months, weeks = 0, days = 0 }: Duration): string => {
  if (days > 0) return plural(days, "day");
  if (weeks > 0) return plural(weeks, "week");
  return months % 12 === 0 ? plural(months / 12, "year") : plural(months, "month");
};

/** Renewals in words. Those of one length that follow each other are counted together. */
const formatRenewals = (renewals: readonly Duration[]): readonly string[] => {
  const runs: { readonly period: string; count: number }[] = [];
  for (const period of renewals.map(formatDuration)) {
    const run = runs.at(-1);
    if (run?.period === period) run.count++;
    else runs.push({ period, count: 1 });
  }
  return runs.map(({ count, period }) => `${plural(count, "renewal")} of ${period}`);
};

export const formatTerm = ({ initial, renewals, tacit }: Term): string =>
  [
    formatDuration(initial),
    ...formatRenewals(renewals),
    ...(tacit === undefined ? [] : [`tacit renewals of ${formatDuration(tacit)}`]),
  ].join(" + ");

export const firmTerm = (initial: Duration): Term => ({ initial, renewals: [] });

export interface RenewalDecision {
  readonly renewal: number;
  readonly decision: "exercised" | "declined";
  readonly date: PartialDate;
}

/** The term's renewals after decisions: an exercised one is firm, and a declined one ends the contract before it. */
export const decidedRenewals = ({ renewals, tacit }: Term, decisions: readonly RenewalDecision[]): Renewals => {
  const numbers = (wanted: RenewalDecision["decision"]): readonly number[] =>
    decisions.filter(({ decision }) => decision === wanted).map(({ renewal }) => renewal);
  const most = tacit === undefined ? renewals.length : Number.POSITIVE_INFINITY;
  const furthest = numbers("exercised").reduce((furthest, number) => Math.max(furthest, number), 0);
  const exercised = Math.min(most, furthest);
  const last = numbers("declined").reduce((least, declined) => Math.min(least, declined - 1), most);
  return { exercised, last: Math.max(exercised, last) };
};

/**
 * The periods of the renewals from one number to another, both included. A tacit one is repeated as often as needed.
 */
export const renewalPeriods = ({ renewals, tacit }: Term, from: number, to: number): readonly Duration[] => {
  const limited = renewals.slice(from - 1, to);
  const more = to - Math.max(renewals.length, from - 1);
  return tacit === undefined || more <= 0 ? limited : [...limited, ...Array.from({ length: more }, () => tacit)];
};

export const longestPeriods = ({ initial, renewals, tacit }: Term): readonly Duration[] | undefined =>
  tacit === undefined ? [initial, ...renewals] : undefined;

/** The sum of periods in words, with years and months as one: `3 years and 100 days`. */
export const formatPeriods = (periods: readonly Duration[]): string => {
  const sum = (part: (period: Duration) => number | undefined): number =>
    periods.reduce((total, period) => total + (part(period) ?? 0), 0);
  const [months, weeks, days] = [sum((one) => one.months), sum((one) => one.weeks), sum((one) => one.days)];
  const parts = [{ months }, { months: 0, weeks }, { months: 0, days }].filter((one) =>
    Object.values(one).some(Boolean),
  );
  return parts.map(formatDuration).join(" and ");
};
