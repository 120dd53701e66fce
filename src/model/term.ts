import type { RenewalDecision } from "./modification.ts";

/** A whole number of months, and how it was written. */
export interface Duration {
  readonly months: number;
}

/** How long a contract runs: an initial period, then so many renewals of one period each. */
export interface Term {
  readonly initial: Duration;
  readonly renewals: number;
  readonly renewalPeriod: Duration;
}

/** What was decided of a term's renewals. */
export interface Renewals {
  /** The number of the last renewal that was exercised, and with it those before; 0 where none was. */
  readonly exercised: number;
  /** The number of the last renewal that may still be taken up, or was; those after a declined one may not. */
  readonly last: number;
}

const MAX_MONTHS = 1200;
const MAX_RENEWALS = 100;

/** Reads `2 years` or `18 months`; undefined for any other text. */
export const parseDuration = (text: string): Duration | undefined => {
  const match = /^([1-9]\d{0,3}) (?:years?|months?)$/.exec(text);
  if (match === null) return undefined;
  const months = Number(match[1]) * (text.includes("year") ? 12 : 1);
  return months > MAX_MONTHS ? undefined : { months };
};

/** Reads `4 years` or `2 years + 2 renewals of 1 year`; undefined for any other text. */
export const parseTerm = (text: string): Term | undefined => {
  const [initialText = "", renewalText, ...rest] = text.split(" + ");
  const initial = parseDuration(initialText);
  if (initial === undefined || rest.length > 0) return undefined;
  if (renewalText === undefined) return { initial, renewals: 0, renewalPeriod: { months: 0 } };
  const match = /^([1-9]\d{0,2}) renewals? of (.+)$/.exec(renewalText);
  const renewalPeriod = parseDuration(match?.[2] ?? "");
  const renewals = Number(match?.[1]);
  if (renewalPeriod === undefined || renewals > MAX_RENEWALS) return undefined;
  return { initial, renewals, renewalPeriod };
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

export const formatDuration = ({ months }: Duration): string =>
  months % 12 === 0 ? counted(months / 12, "year") : counted(months, "month");

export const formatTerm = (term: Term): string =>
  term.renewals === 0
    ? formatDuration(term.initial)
    : `${formatDuration(term.initial)} + ${counted(term.renewals, "renewal")} of ${formatDuration(term.renewalPeriod)}`;

/** The term's renewals as decisions leave them: an exercised one is firm, and a declined one ends the contract before it. */
export const decidedRenewals = ({ renewals }: Term, decisions: readonly RenewalDecision[]): Renewals => {
  const numbers = (wanted: RenewalDecision["decision"]): readonly number[] =>
    decisions.filter(({ decision }) => decision === wanted).map(({ renewal }) => renewal);
  const furthest = numbers("exercised").reduce((most, number) => Math.max(most, number), 0);
  const exercised = Math.min(renewals, furthest);
  const last = numbers("declined").reduce((least, declined) => Math.min(least, declined - 1), renewals);
  return { exercised, last: Math.max(exercised, last) };
};

/** The initial period with every renewal. */
export const longestMonths = (term: Term): number => term.initial.months + term.renewals * term.renewalPeriod.months;
