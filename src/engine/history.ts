import type { Attribution, Preference } from "../model/claim.ts";
import { formatMoney, isKnown, type Money, type StatedAmount } from "../model/money.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import { listed } from "../model/phrases.ts";
import { formatPercent } from "../model/ratio.ts";
import { formatTerm } from "../model/term.ts";
import { hasCome } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import { type Seated, seatedIn } from "../records/lot.ts";
import type { Succession, Supplier } from "../records/supplier.ts";
import { type CeilingChange, ceilingChanges } from "./ceiling-changes.ts";
import type { Cell, Composite } from "./report.ts";
import {
  amountCell,
  compositeOf,
  dateCell,
  idCell,
  joined,
  successionFields,
  textCell,
  told,
  toldText,
} from "./value-cells.ts";
import { nameOn, suppliersCell } from "./views.ts";

export interface Event {
  readonly name: string;
  readonly told: Composite;
  readonly by: Attribution | undefined;
}

const signed = (money: Money): string =>
  money.minor < 0n ? `${formatMoney({ ...money, minor: -money.minor })} less` : `${formatMoney(money)} more`;

const dateText = (date: PartialDate, day: PartialDate): string =>
  `${hasCome(date, day) ? "" : "not yet: "}${formatPartialDate(date)}`;

const hasComeCell = (date: PartialDate, day: PartialDate): Cell => ({ type: "flag", value: hasCome(date, day) });

const changeEvent = (
  { modification, amount, percentInAll }: CeilingChange,
  place: string | undefined,
  seated: Seated,
  preference: Preference,
  day: PartialDate,
): Event => {
  const { id, date, settled, title, value, total, startDate, endDate, term, suppliers, ground, by } = modification;
  const inAll = percentInAll && `${formatPercent(percentInAll)} % in all`;
  return {
    name: `modification ${id}`,
    told: told([
      ["modification", idCell(id)],
      ["date", dateCell(date), dateText(date, day)],
      ["hasCome", hasComeCell(date, day)],
      ["lot", textCell(place), place && `lot ${place}`],
      ["settled", textCell(settled), settled && `contract ${settled}`],
      toldText("title", title),
      ["amount", amountCell(amount), amount && signed(amount)],
      ["value", amountCell(value), value && `value ${signed(value)}`],
      ["total", amountCell(total), total && `${formatMoney(total)} after it`],
      ["percentInAll", percentInAll && { type: "percent", value: percentInAll }, inAll],
      ["term", textCell(term && formatTerm(term)), term && `for ${formatTerm(term)}`],
      ["startDate", dateCell(startDate), startDate && `from ${formatPartialDate(startDate)}`],
      ["endDate", dateCell(endDate), endDate && `until ${formatPartialDate(endDate)}`],
      [
        "suppliers",
        suppliers && suppliersCell(suppliers, preference, seated),
        suppliers && heldText(suppliers, preference, seated),
      ],
      toldText("ground", ground),
    ]),
    by,
  };
};

export const heldText = (suppliers: readonly Supplier[], preference: Preference, seated: Seated = {}): string =>
  suppliers.length === 0
    ? "held by nobody"
    : `held by ${listed(suppliers.map((one) => nameOn(seated, one, preference)))}`;

/**
 * The modifications of a contract, or of one of its lots: ceiling by ceiling and in order of time, each with the sum so
 * far.
 */
export const modificationEvents = (
  contract: Contract,
  wanted: string | undefined,
  preference: Preference,
  day: PartialDate,
): readonly Event[] => {
  const seated = seatedIn(contract.lots);
  return ceilingChanges(contract, preference)
    .filter(({ lot }) => wanted === undefined || lot === wanted)
    .flatMap(({ lot, changes }) => {
      const place = wanted === undefined ? lot : undefined;
      return changes.map((change) => changeEvent(change, place, seated, preference, day));
    });
};

const maximumText = (maximum: StatedAmount): string =>
  `${isKnown(maximum) ? formatMoney(maximum) : maximum} at most announced`;

export const publicationEvents = ({ publications }: Contract): readonly Event[] =>
  publications.map(({ id, version, date, kind, file, did, maximum, deadline }) => ({
    name: `notice ${id}`,
    told: told([
      ["publication", idCell(id)],
      ["date", dateCell(date), date && formatPartialDate(date)],
      toldText("kind", kind),
      toldText("did", did),
      ["maximum", amountCell(maximum), maximum && maximumText(maximum)],
      ["deadline", dateCell(deadline), deadline && `tenders due ${formatPartialDate(deadline)}`],
      ["version", textCell(version), version && `version ${version}`],
      toldText("file", file),
    ]),
    by: undefined,
  }));

export const renewalEvents = ({ renewals }: Contract, day: PartialDate): readonly Event[] =>
  renewals.map(({ renewal, decision, date }) => ({
    name: `renewal ${renewal}`,
    told: compositeOf(joined([dateText(date, day), decision]), {
      renewal: { type: "count", value: renewal },
      decision: textCell(decision),
      date: dateCell(date),
      hasCome: hasComeCell(date, day),
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
    told: compositeOf(joined([dateText(succession.date, day), successionText(succession)]), {
      ...successionFields(succession),
      hasCome: hasComeCell(succession.date, day),
    }),
    by: undefined,
  }));
