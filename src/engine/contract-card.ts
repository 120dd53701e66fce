import type { Preference } from "../model/claim.ts";
import { formatMoney, isKnown, type StatedAmount } from "../model/money.ts";
import { formatDate, formatPartialDate, type PartialDate, type ReckonedDate } from "../model/partial-date.ts";
import { formatStates, standingAt } from "../model/phases.ts";
import { formatTerm } from "../model/term.ts";
import type { SelectedContract, SelectedLot } from "../query/selection.ts";
import { contractAsOf } from "../records/as-of.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import {
  datesTogether,
  decisionDays,
  hasOwnTerm,
  lotTermDates,
  standingOf,
  type TermDates,
} from "../records/contract-term.ts";
import type { LotGroup } from "../records/group.ts";
import type { SettledContract, SharedAward } from "../records/history.ts";
import { type Lot, lotCodec, type Seated, seatedIn } from "../records/lot.ts";
import type { Order } from "../records/order.ts";
import type { NamedField } from "../records/record.ts";
import type { Supplier } from "../records/supplier.ts";
import { CeilingSources } from "./ceiling-sources.ts";
import { assess, byMeasure, ceilingOf } from "./ceilings.ts";
import { contractFacts, type FactView, groupFacts, lotFacts } from "./facts.ts";
import { modificationEvents, publicationEvents, renewalEvents } from "./history.ts";
import type { Cell, Composite } from "./report.ts";
import {
  amountText,
  changedRows,
  eventRows,
  factRows,
  partRow,
  plainRow,
  plainRows,
  type ShowRow,
  textRow,
  wholeOf,
} from "./show-rows.ts";
import { termsOf } from "./terms.ts";
import { amountCell, dateCell, idCell, linkData, type Told, textCell, told, toldText } from "./value-cells.ts";
import { awardedOf, lotRef, nameOn, suppliersCell } from "./views.ts";

/** What a card says of the end and the renewals of a term that renews itself unless somebody gives notice. */
const UNLIMITED = "unlimited";

const some = <T>(values: readonly T[], cellOf: (values: readonly T[]) => Cell): Cell | undefined =>
  values.length === 0 ? undefined : cellOf(values);

const toldLots = (lots: readonly string[], text = lotsText(lots)): Told => [
  "lots",
  some(lots, (value) => ({ type: "texts", value })),
  text,
];

const lotsText = (ids: readonly string[]): string => `${ids.length === 1 ? "lot" : "lots"} ${ids.join(", ")}`;

const toldSuppliers = (suppliers: readonly Supplier[], preference: Preference, seated?: Seated): Told => [
  "suppliers",
  some(suppliers, (held) => suppliersCell(held, preference, seated)),
  suppliers.map((supplier) => nameOn(seated ?? {}, supplier, preference)).join(", "),
];

const toldDate = (name: string, date: PartialDate | undefined, what?: string): Told => {
  const text = date && formatPartialDate(date);
  return [name, dateCell(date), what === undefined ? text : text && `${what} ${text}`];
};

/** When a lot with a term of its own ends, and where it stands on a day. */
const toldTerm = ({ term, firmEnd, latestEnd, endless, phases }: TermDates, day: PartialDate): readonly Told[] => {
  const latest = endless ? UNLIMITED : latestEnd && formatDate(latestEnd);
  const firm = firmEnd && formatDate(firmEnd);
  return [
    ["term", textCell(term && formatTerm(term))],
    ["firmEnd", dateCell(firmEnd), firm && `firm end ${firm}`],
    [
      "latestEnd",
      endless ? textCell(UNLIMITED) : dateCell(latestEnd),
      latest === undefined || latest === firm ? undefined : `latest end ${latest}`,
    ],
    toldText("state", formatStates(standingAt(phases, day))),
  ];
};

/** A lot of a contract, with its dates if it has a term of its own. */
const lotPart = (
  selected: SelectedLot,
  own: TermDates | undefined,
  preference: Preference,
  day: PartialDate,
): Composite => {
  const { lot, suppliers } = selected;
  const { amount, each } = ceilingOf(selected, preference);
  const isForEach = isKnown(each) && !isKnown(amount);
  const ceiling = isForEach ? `${formatMoney(each)} for each supplier` : amountText(amount);
  const counted = countedOf(lot, preference);
  const awarded = awardedOf(lot, preference);
  const isOpen = amount === "missing" && !isForEach;
  return told([
    ["lot", idCell(lot.id)],
    toldText("title", lot.title),
    ["ceiling", amountCell(amount), isOpen && (counted.text || awarded.length > 0) ? undefined : ceiling],
    ["ceilingPerSupplier", isForEach ? amountCell(each) : undefined],
    ["quantity", amountCell(counted.shared), counted.text],
    ["quantityPerSupplier", amountCell(counted.each)],
    ["awarded", some(awarded, (value) => ({ type: "moneys", value })), awardedText(awarded)],
    toldSuppliers(suppliers, preference, lot),
    ...(own === undefined ? [] : toldTerm(own, day)),
  ]);
};

/** What a lot's contracts are worth, which is not a ceiling. */
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

const groupPart = ({ id, title, ceiling, quantity, lots, certain }: LotGroup, preference: Preference): Composite => {
  const amount = preference.value(ceiling) ?? "missing";
  const counted = preference.value(quantity);
  return told([
    ["group", idCell(id)],
    toldText("title", title),
    ["ceiling", amountCell(amount), amount === "missing" && counted !== undefined ? undefined : amountText(amount)],
    ["quantity", amountCell(counted), counted && amountText(counted)],
    toldLots(lots),
    ["certain", { type: "flag", value: certain }, certain ? undefined : "one ceiling for all, or one for each"],
  ]);
};

const settledContractPart = (settled: SettledContract, preference: Preference, seated: Seated): Composite => {
  const { id, reference, title, value, lots, suppliers, awardDate, signedDate } = settled;
  return told([
    ["settled", idCell(id)],
    toldText("reference", reference),
    toldText("title", title),
    ["value", amountCell(value), value && (isKnown(value) ? formatMoney(value) : "value withheld")],
    toldLots(lots),
    toldSuppliers(suppliers, preference, seated),
    toldDate("awardDate", awardDate, "awarded"),
    toldDate("signedDate", signedDate, "signed"),
  ]);
};

const callOffPart = (order: Order, preference: Preference): Composite => {
  const { id, description, date, amount, quantity, buyer, callOff } = order;
  const { lots = [], suppliers = [], statedHere } = callOff ?? {};
  const value = amount?.minor === 0n && amount.bound === "atLeast" ? undefined : amount;
  return told([
    ["contract", idCell(id)],
    toldDate("date", date),
    toldText("title", description),
    ["amount", amountCell(value), value === undefined ? "value not stated" : formatMoney(value)],
    ["quantity", amountCell(quantity), quantity && formatMoney(quantity)],
    ["buyer", textCell(buyer)],
    toldLots(lots, lots.length === 0 ? "" : lotsText(lots)),
    toldSuppliers(suppliers, preference, { statedHere }),
  ]);
};

const sharedAwardPart = ({ value, lots }: SharedAward): Composite => {
  const amounts = value === "withheld" ? value : value.map(formatMoney).join(" and ");
  return told([
    ["awarded", { type: "moneys", value: value === "withheld" ? [value] : value }, amounts],
    toldLots(lots, `${lotsText(lots)} together`),
  ]);
};

export interface PlacedLot {
  readonly contract: Contract;
  readonly lot: Lot;
  readonly index: number;
}

export const notesOnTotal = (contract: Contract, preference: Preference, day: PartialDate): readonly string[] => {
  const counted = new CeilingSources();
  for (const measured of byMeasure(assess(wholeOf(contract, preference, day), preference)))
    counted.addContract(measured);
  return counted.notes(preference);
};

const NAMING = ["title", "description"];
const NAMES = contractCodec.fields.filter(({ name }) => NAMING.includes(name));

/** The fields that are left out where a card lists fields. Most of them are told in lines of their own. */
const TOLD_APART = [...NAMING, "id", "framework", "links", "notes", "ignores", "ledgers", "note"];
const toldHere = (fields: readonly NamedField[]): readonly NamedField[] =>
  fields.filter(({ name }) => !TOLD_APART.includes(name));
const CONTRACT_FIELDS = toldHere(contractCodec.fields);
const LOT_FIELDS = toldHere(lotCodec.fields);

const dateRow = (fact: string, value: ReckonedDate | undefined): ShowRow[] =>
  plainRow(fact, value && { type: "date", value });

const termRows = (contract: Contract, dates: TermDates, preference: Preference, day: PartialDate): ShowRow[] => {
  if (dates.phases.length === 0) return [];
  const { states, renewalsLeft } = standingOf(dates, day);
  const { noticeBy, procedureBy } = decisionDays(contract, dates, preference, day);
  return [
    ...dateRow("firm end", dates.firmEnd),
    ...(dates.endless ? textRow("latest end", UNLIMITED) : dateRow("latest end", dates.latestEnd)),
    ...textRow("ends counted from", dates.from === "awardDate" ? "the award" : undefined),
    ...textRow("state", formatStates({ states })),
    ...(dates.endless
      ? textRow("renewals left", UNLIMITED)
      : plainRow("renewals left", renewalsLeft === undefined ? undefined : { type: "count", value: renewalsLeft })),
    ...dateRow("give notice by", noticeBy?.date),
    ...dateRow("begin next procedure by", procedureBy?.date),
  ];
};

const answerRows = (whole: SelectedContract, preference: Preference, day: PartialDate): ShowRow[] => {
  return [
    ...termRows(whole.contract, datesTogether(termsOf(whole, preference, day)), preference, day),
    ...byMeasure(assess(whole, preference))
      .flatMap(({ usable }) => usable)
      .flatMap((money) => plainRow("total of its lots", { type: "money", value: money })),
    ...linesOfParts(whole, preference, day),
  ];
};

/** What a contract is called. A call-off that sets up a framework agreement of its own is called by that. */
const kindOf = ({ framework, callOffOf }: Contract): string =>
  framework ? "framework agreement" : callOffOf === undefined ? "contract" : "call-off";

export const contractRows = (
  contract: Contract,
  callOffs: readonly Order[],
  preference: Preference,
  sources: boolean,
  day: PartialDate,
): ShowRow[] => {
  const whole = wholeOf(contract, preference, day);
  const seated = seatedIn(contract.lots);
  return [
    ...plainRow("contract", { type: "id", value: contract.id }),
    ...plainRows(NAMES, contract, preference),
    ...textRow("kind", kindOf(contract)),
    ...plainRows(CONTRACT_FIELDS, contract, preference),
    ...eventRows(publicationEvents(contract)),
    ...factRows(contractFacts(contract, preference), preference, sources),
    ...eventRows([...renewalEvents(contract, day), ...modificationEvents(contract, undefined, preference, day)]),
    ...changedRows("ceiling", contract.ceiling, whole.contract.ceiling, preference),
    ...changedRows("quantity", contract.quantity, whole.contract.quantity, preference),
    ...(sources ? claimsOfParts(contract, preference) : answerRows(whole, preference, day)),
    ...contract.settledContracts.flatMap((settled) =>
      partRow(`contract ${settled.id}`, settledContractPart(settled, preference, seated)),
    ),
    ...contract.sharedAwards.flatMap((award) => partRow("awarded", sharedAwardPart(award))),
    ...callOffs.flatMap((order) => partRow(`call-off ${order.id}`, callOffPart(order, preference))),
    ...contract.links.flatMap((link) => partRow("link", linkData(link))),
    ...textRow("note", contract.note),
    ...contract.notes.flatMap(({ rule, text }) => textRow(`assumed by ${rule}`, text)),
  ];
};

const linesOfParts = ({ contract, lots }: SelectedContract, preference: Preference, day: PartialDate): ShowRow[] => [
  ...lots.flatMap((selected) =>
    partRow(
      `lot ${selected.lot.id}`,
      lotPart(selected, ownDates(contract, selected.lot, preference, day), preference, day),
    ),
  ),
  ...contract.groups.flatMap((group) => partRow(`group ${group.id}`, groupPart(group, preference))),
];

const ownDates = (contract: Contract, lot: Lot, preference: Preference, day: PartialDate): TermDates | undefined =>
  hasOwnTerm(lot) ? lotTermDates(contract, lot, preference, day) : undefined;

const claimsOfParts = ({ lots, groups }: Contract, preference: Preference): ShowRow[] => [
  ...lots.flatMap((lot, index) => claimsOf(`lot ${lot.id}`, lotFacts(lot, index, preference), preference)),
  ...groups.flatMap((group, index) => claimsOf(`group ${group.id}`, groupFacts(group, index, preference), preference)),
];

const claimsOf = (part: string, facts: readonly FactView[], preference: Preference): ShowRow[] =>
  factRows(facts, preference, true).map((row) => ({ ...row, fact: `${part} ${row.fact}` }));

export const lotRows = (
  { contract, lot, index }: PlacedLot,
  preference: Preference,
  sources: boolean,
  day: PartialDate,
): ShowRow[] => {
  const asOf = contractAsOf(contract, day);
  const now = asOf.lots[index];
  const dates = sources ? undefined : ownDates(asOf, lot, preference, day);
  return [
    ...plainRow("lot", { type: "id", value: lotRef(contract, lot) }),
    ...textRow("title", lot.title),
    ...textRow("contract", contract.title ?? contract.id),
    ...plainRows(LOT_FIELDS, lot, preference),
    ...factRows(lotFacts(lot, index, preference), preference, sources),
    ...eventRows(modificationEvents(contract, lot.id, preference, day)),
    ...changedRows("ceiling", lot.ceiling, now?.ceiling, preference),
    ...changedRows("ceilingPerSupplier", lot.ceilingPerSupplier, now?.ceilingPerSupplier, preference),
    ...changedRows("quantity", lot.quantity, now?.quantity, preference),
    ...changedRows("quantityPerSupplier", lot.quantityPerSupplier, now?.quantityPerSupplier, preference),
    ...(dates === undefined ? [] : termRows(asOf, dates, preference, day)),
    ...textRow("note", lot.note),
  ];
};
