import type { Preference } from "../model/claim.ts";
import { formatMoney, isKnown } from "../model/money.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import type { SelectedLot } from "../query/selection.ts";
import type { LotGroup } from "../records/group.ts";
import type { Link, SettledContract, SharedAward } from "../records/history.ts";
import { ceilingOf } from "./ceilings.ts";
import { amountText } from "./show-rows.ts";
import { nameOf } from "./views.ts";

/** What a card says of each part of a contract, in one line each. */

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("; ");

const lotsText = (ids: readonly string[]): string => `${ids.length === 1 ? "lot" : "lots"} ${ids.join(", ")}`;

export const lotLine = (selected: SelectedLot, preference: Preference): string => {
  const names = selected.suppliers.map((supplier) => nameOf(supplier, preference)).join(", ");
  const { amount, each } = ceilingOf(selected, preference);
  const ceiling = isKnown(each) && !isKnown(amount) ? `${formatMoney(each)} for each supplier` : amountText(amount);
  return joined([selected.lot.title, ceiling, names]);
};

export const groupLine = ({ title, ceiling, lots, certain }: LotGroup, preference: Preference): string =>
  joined([
    title,
    amountText(preference.value(ceiling) ?? "missing"),
    lotsText(lots),
    certain ? undefined : "one ceiling for all, or one for each",
  ]);

const dated = (what: string, date: PartialDate | undefined): string | undefined =>
  date && `${what} ${formatPartialDate(date)}`;

export const settledContractLine = (settled: SettledContract, preference: Preference): string => {
  const { reference, title, value, lots, suppliers, awardDate, signedDate } = settled;
  return joined([
    reference,
    title,
    value && (isKnown(value) ? formatMoney(value) : "value withheld"),
    lotsText(lots),
    suppliers.map((supplier) => nameOf(supplier, preference)).join(", "),
    dated("awarded", awardDate),
    dated("signed", signedDate),
  ]);
};

export const sharedAwardLine = ({ value, lots }: SharedAward): string =>
  joined([value === "withheld" ? value : value.map(formatMoney).join(" and "), `${lotsText(lots)} together`]);

export const linkLine = ({ title, url }: Link): string => (title === undefined ? url : `${title}: ${url}`);
