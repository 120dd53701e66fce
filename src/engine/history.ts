import type { Attribution, Preference } from "../model/claim.ts";
import { formatMoney, type Money } from "../model/money.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import { formatPercent } from "../model/ratio.ts";
import { hasCome } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Succession, Supplier } from "../records/supplier.ts";
import { type CeilingChange, ceilingChanges } from "./ceiling-changes.ts";
import type { Cell, Composite } from "./report.ts";
import { compositeOf, dateCell, successionFields, textCell } from "./value-cells.ts";

export interface Event {
  readonly name: string;
  readonly told: Composite;
  readonly by: Attribution | undefined;
}

const signed = (money: Money): string =>
  money.minor < 0n ? `${formatMoney({ ...money, minor: -money.minor })} less` : `${formatMoney(money)} more`;

/** By how much a ceiling and a value grow, and what the value comes to. */
const growthTexts = (
  { value, total }: CeilingChange["modification"],
  amount: CeilingChange["amount"],
): readonly (string | undefined)[] => [
  amount && signed(amount),
  value && `value ${signed(value)}`,
  total && `${formatMoney(total)} after it`,
];

const dated = (date: PartialDate, day: PartialDate, parts: readonly (string | undefined)[]): string =>
  [
    `${hasCome(date, day) ? "" : "not yet: "}${formatPartialDate(date)}`,
    ...parts.filter((part) => part !== undefined),
  ].join("; ");

const datedFields = (date: PartialDate, day: PartialDate): Readonly<Record<string, Cell | undefined>> => ({
  date: dateCell(date),
  hasCome: { type: "flag", value: hasCome(date, day) },
});

const changeEvent = (
  { modification, amount, percentInAll }: CeilingChange,
  place: string | undefined,
  day: PartialDate,
): Event => {
  const { id, date, settled, title, value, total, ground, by } = modification;
  const sum = percentInAll && `${formatPercent(percentInAll)} % in all`;
  const text = dated(date, day, [
    place && `lot ${place}`,
    settled && `contract ${settled}`,
    title,
    ...growthTexts(modification, amount),
    sum,
    ground,
  ]);
  return {
    name: `modification ${id}`,
    told: compositeOf(text, {
      modification: { type: "id", value: id },
      ...datedFields(date, day),
      lot: textCell(place),
      settled: textCell(settled),
      title: textCell(title),
      amount: amount && { type: "money", value: amount },
      value: value && { type: "money", value },
      total: total && { type: "money", value: total },
      percentInAll: percentInAll && { type: "percent", value: percentInAll },
      ground: textCell(ground),
    }),
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
      const place = wanted === undefined ? lot : undefined;
      return changes.map((change) => changeEvent(change, place, day));
    });

export const publicationEvents = ({ publications }: Contract): readonly Event[] =>
  publications.map(({ id, version, date, kind, file, did, maximum, deadline }) => ({
    name: `notice ${id}`,
    told: compositeOf(
      [
        date && formatPartialDate(date),
        kind,
        did,
        maximum && `${typeof maximum === "object" ? formatMoney(maximum) : maximum} at most announced`,
        deadline && `tenders due ${formatPartialDate(deadline)}`,
        version && `version ${version}`,
        file,
      ]
        .filter((part) => part !== undefined)
        .join("; "),
      {
        publication: { type: "id", value: id },
        date: dateCell(date),
        kind: textCell(kind),
        did: textCell(did),
        maximum: maximum && { type: "money", value: maximum },
        deadline: dateCell(deadline),
        version: textCell(version),
        file: textCell(file),
      },
    ),
    by: undefined,
  }));

export const renewalEvents = ({ renewals }: Contract, day: PartialDate): readonly Event[] =>
  renewals.map(({ renewal, decision, date }) => ({
    name: `renewal ${renewal}`,
    told: compositeOf(dated(date, day, [decision]), {
      renewal: { type: "count", value: renewal },
      decision: textCell(decision),
      ...datedFields(date, day),
    }),
    by: undefined,
  }));

const successionText = (succession: Succession): string | undefined => {
  if (succession.kind === "left") return undefined;
  return succession.kind === "renamed" ? `before: ${succession.from}` : `into ${succession.into}`;
};

export const successionEvents = ({ successions }: Supplier, day: PartialDate): readonly Event[] =>
  successions.map((succession) => ({
    name: succession.kind,
    told: compositeOf(dated(succession.date, day, [successionText(succession)]), {
      ...successionFields(succession),
      hasCome: { type: "flag", value: hasCome(succession.date, day) },
    }),
    by: undefined,
  }));
