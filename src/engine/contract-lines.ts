import type { StatedAmount } from "../model/amount.ts";
import type { Preference } from "../model/claim.ts";
import { type Amount, formatMoney, isKnown } from "../model/money.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import { formatStates, standingAt } from "../model/phases.ts";
import { formatDate } from "../model/reckoned-date.ts";
import { formatTerm } from "../model/term.ts";
import type { SelectedLot } from "../query/selection.ts";
import type { TermDates } from "../records/contract-term.ts";
import type { LotGroup } from "../records/group.ts";
import type { SettledContract, SharedAward } from "../records/history.ts";
import type { Lot } from "../records/lot.ts";
import type { Order } from "../records/order.ts";
import type { Supplier } from "../records/supplier.ts";
import { ceilingOf } from "./ceilings.ts";
import type { Cell, Composite } from "./report.ts";
import { amountText } from "./show-rows.ts";
import { UNLIMITED } from "./term-words.ts";
import { compositeOf, dateCell, textCell } from "./value-cells.ts";
import { awardedOf, nameOf, supplierCell } from "./views.ts";

/** What a card says of each part of a contract: a line for people, with its fields. */

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("; ");

const lotsText = (ids: readonly string[]): string => `${ids.length === 1 ? "lot" : "lots"} ${ids.join(", ")}`;

const idCell = (value: string): Cell => ({ type: "id", value });
const amountCell = (value: Amount): Cell => ({ type: "money", value });

/** Several ids or amounts, where there are some. */
const some = <T>(values: readonly T[], cellOf: (values: readonly T[]) => Cell): Cell | undefined =>
  values.length === 0 ? undefined : cellOf(values);

const lotsCell = (lots: readonly string[]): Cell | undefined => some(lots, (value) => ({ type: "texts", value }));

const seatsCell = (suppliers: readonly Supplier[], preference: Preference): Cell | undefined =>
  some(suppliers, (held) => ({ type: "suppliers", value: held.map((supplier) => supplierCell(supplier, preference)) }));

/** When a lot with a term of its own ends, and where it stands on a day. */
const ownTermText = ({ firmEnd, latestEnd, endless, phases }: TermDates, day: PartialDate): string => {
  const latest = endless ? UNLIMITED : latestEnd && formatDate(latestEnd);
  const firm = firmEnd && formatDate(firmEnd);
  return joined([
    firm && `firm end ${firm}`,
    latest === undefined || latest === firm ? undefined : `latest end ${latest}`,
    formatStates(standingAt(phases, day)),
  ]);
};

const ownTermFields = (dates: TermDates, day: PartialDate): Readonly<Record<string, Cell | undefined>> => ({
  term: textCell(dates.term && formatTerm(dates.term)),
  firmEnd: dateCell(dates.firmEnd),
  latestEnd: dates.endless ? textCell(UNLIMITED) : dateCell(dates.latestEnd),
  state: textCell(formatStates(standingAt(dates.phases, day))),
});

/** A lot of a contract; its dates where it has a term of its own. */
export const lotPart = (
  selected: SelectedLot,
  own: TermDates | undefined,
  preference: Preference,
  day: PartialDate,
): Composite => {
  const { lot, suppliers } = selected;
  const names = suppliers.map((supplier) => nameOf(supplier, preference)).join(", ");
  const { amount, each } = ceilingOf(selected, preference);
  const isForEach = isKnown(each) && !isKnown(amount);
  const ceiling = isForEach ? `${formatMoney(each)} for each supplier` : amountText(amount);
  const counted = countedOf(lot, preference);
  const awarded = awardedOf(lot, preference);
  const isOpen = amount === "missing" && !isForEach;
  const ofMoney = isOpen && (counted.text !== undefined || awarded.length > 0) ? undefined : ceiling;
  const parts = [lot.title, ofMoney, counted.text, awardedText(awarded), names, own && ownTermText(own, day)];
  return compositeOf(joined(parts), {
    lot: idCell(lot.id),
    title: textCell(lot.title),
    ceiling: amountCell(amount),
    ceilingPerSupplier: isForEach ? amountCell(each) : undefined,
    quantity: counted.shared && amountCell(counted.shared),
    quantityPerSupplier: counted.each && amountCell(counted.each),
    awarded: some(awarded, (value) => ({ type: "moneys", value })),
    suppliers: seatsCell(suppliers, preference),
    ...(own && ownTermFields(own, day)),
  });
};

/** What a lot's contracts are worth, which is no ceiling. */
const awardedText = (amounts: readonly StatedAmount[]): string | undefined => {
  if (amounts.length === 0) return undefined;
  return `awarded ${amounts.map((amount) => (isKnown(amount) ? formatMoney(amount) : "value withheld")).join(" and ")}`;
};

/** How much may be ordered on a lot, in units that are counted (L4). */
const countedOf = ({ quantity, quantityPerSupplier }: Lot, preference: Preference) => {
  const [shared, each] = [preference.value(quantity), preference.value(quantityPerSupplier)];
  const texts = [shared && amountText(shared), each && `${amountText(each)} for each supplier`];
  return { shared, each, text: texts.find((text) => text !== undefined) };
};

export const groupPart = (
  { id, title, ceiling, quantity, lots, certain }: LotGroup,
  preference: Preference,
): Composite => {
  const amount = preference.value(ceiling) ?? "missing";
  const counted = preference.value(quantity);
  const doubt = certain ? undefined : "one ceiling for all, or one for each";
  const ofMoney = amount === "missing" && counted !== undefined ? undefined : amountText(amount);
  return compositeOf(joined([title, ofMoney, counted && amountText(counted), lotsText(lots), doubt]), {
    group: idCell(id),
    title: textCell(title),
    ceiling: amountCell(amount),
    quantity: counted && amountCell(counted),
    lots: lotsCell(lots),
    certain: { type: "flag", value: certain },
  });
};

const dated = (what: string, date: PartialDate | undefined): string | undefined =>
  date && `${what} ${formatPartialDate(date)}`;

export const settledContractPart = (settled: SettledContract, preference: Preference): Composite => {
  const { id, reference, title, value, lots, suppliers, awardDate, signedDate } = settled;
  return compositeOf(settledContractText(settled, preference), {
    settled: idCell(id),
    reference: textCell(reference),
    title: textCell(title),
    value: value && amountCell(value),
    lots: lotsCell(lots),
    suppliers: seatsCell(suppliers, preference),
    awardDate: dateCell(awardDate),
    signedDate: dateCell(signedDate),
  });
};

const settledContractText = (settled: SettledContract, preference: Preference): string => {
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

/** A contract under a framework agreement, as it uses that up; what is at least nothing is not known. */
export const callOffPart = (order: Order, preference: Preference): Composite => {
  const { id, description, date, amount, buyer, callOff } = order;
  const { lots = [], suppliers = [] } = callOff ?? {};
  const value = amount?.minor === 0n && amount.bound === "atLeast" ? undefined : amount;
  const names = suppliers.map((supplier) => nameOf(supplier, preference)).join(", ");
  const text = joined([
    date && formatPartialDate(date),
    description,
    value === undefined ? "value not stated" : formatMoney(value),
    lots.length === 0 ? undefined : lotsText(lots),
    names,
  ]);
  return compositeOf(text, {
    contract: idCell(id),
    date: dateCell(date),
    title: textCell(description),
    amount: value && amountCell(value),
    buyer: textCell(buyer),
    lots: lotsCell(lots),
    suppliers: seatsCell(suppliers, preference),
  });
};

export const sharedAwardPart = ({ value, lots }: SharedAward): Composite => {
  const amounts = value === "withheld" ? value : value.map(formatMoney).join(" and ");
  return compositeOf(joined([amounts, `${lotsText(lots)} together`]), {
    awarded: { type: "moneys", value: value === "withheld" ? [value] : value },
    lots: lotsCell(lots),
  });
};
