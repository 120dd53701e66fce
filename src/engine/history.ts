import type { Attribution, Preference } from "../model/claim.ts";
import { formatMoney, type Money } from "../model/money.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import { formatPercent } from "../model/ratio.ts";
import { hasCome } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Succession, Supplier } from "../records/supplier.ts";
import { type CeilingChange, ceilingChanges } from "./ceiling-changes.ts";

/** What became of a contract or a supplier at one time, in words, and who says so. */
export interface Event {
  readonly name: string;
  readonly text: string;
  readonly by: Attribution | undefined;
}

const signed = (money: Money): string =>
  money.minor < 0n ? `${formatMoney({ ...money, minor: -money.minor })} less` : `${formatMoney(money)} more`;

const dated = (date: PartialDate, day: PartialDate, parts: readonly (string | undefined)[]): string =>
  [
    `${hasCome(date, day) ? "" : "not yet: "}${formatPartialDate(date)}`,
    ...parts.filter((part) => part !== undefined),
  ].join("; ");

const changeEvent = (
  { modification, percentInAll }: CeilingChange,
  place: string | undefined,
  day: PartialDate,
): Event => {
  const { id, date, title, amount, ground, by } = modification;
  const sum = percentInAll && `${formatPercent(percentInAll)} % in all`;
  return {
    name: `modification ${id}`,
    text: dated(date, day, [place, title, amount && signed(amount), sum, ground]),
    by,
  };
};

/** The modifications of a contract, or of one of its lots: ceiling by ceiling in order of time, each with the sum so far. */
export const modificationEvents = (
  contract: Contract,
  wanted: string | undefined,
  preference: Preference,
  day: PartialDate,
): readonly Event[] =>
  ceilingChanges(contract, preference)
    .filter(({ lot }) => wanted === undefined || lot === wanted)
    .flatMap(({ lot, changes }) => {
      const place = wanted === undefined && lot !== undefined ? `lot ${lot}` : undefined;
      return changes.map((change) => changeEvent(change, place, day));
    });

/** The notices about a contract, the oldest first. */
export const publicationEvents = ({ publications }: Contract): readonly Event[] =>
  publications.map(({ id, version, date, kind, file }) => ({
    name: `notice ${id}`,
    text: [date && formatPartialDate(date), kind, version && `version ${version}`, file]
      .filter((part) => part !== undefined)
      .join("; "),
    by: undefined,
  }));

export const renewalEvents = ({ renewals }: Contract, day: PartialDate): readonly Event[] =>
  renewals.map(({ renewal, decision, date }) => ({
    name: `renewal ${renewal}`,
    text: dated(date, day, [decision]),
    by: undefined,
  }));

const successionText = (succession: Succession): string | undefined => {
  if (succession.kind === "left") return undefined;
  return succession.kind === "renamed" ? `before: ${succession.from}` : `into ${succession.into}`;
};

export const successionEvents = ({ successions }: Supplier, day: PartialDate): readonly Event[] =>
  successions.map((succession) => ({
    name: succession.kind,
    text: dated(succession.date, day, [successionText(succession)]),
    by: undefined,
  }));
