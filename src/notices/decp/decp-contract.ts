import type { Origin } from "../../model/errors.ts";
import { flatMap } from "../../model/lists.ts";
import { type Money, subtractMoney } from "../../model/money.ts";
import { parseQuantity } from "../../model/quantity.ts";
import type { Term } from "../../model/term.ts";
import { type Contract, contractCodec, type ProcedureType } from "../../records/contract.ts";
import type { Publication, SettledContract } from "../../records/history.ts";
import { type Lot, lotCodec } from "../../records/lot.ts";
import type { Modification } from "../../records/modification.ts";
import type { Supplier } from "../../records/supplier.ts";
import { oneOrAll } from "../awarded-values.ts";
import { timedAsOne } from "../lot-times.ts";
import { Notes, sayer } from "../notice.ts";
import { amountFrom, isCpv, legalId, NO_LOT, readNoticeDate, statedDate, statedTerm } from "../stated-values.ts";
import { type NamedParty, NoticeSuppliers, type SupplierPool } from "../supplier-pool.ts";
import { groupOfNotice, isHigher, valuesOf } from "../told-parts.ts";
import { type Change, contractsUnderOne, type DecpRecord, type Holder } from "./decp-record.ts";

/** The id of a contract. A buyer's own number means something only beside the buyer's number. */
export const decpId = (buyer: string, id: string): string => `${buyer}-${id}`.replaceAll("#", "-");

interface Reading {
  /** The contract's id. */
  readonly id: string;
  /** The id of its lot. */
  readonly lot: string;
  readonly record: DecpRecord;
  readonly notes: Notes;
  readonly pool: NoticeSuppliers;
  readonly origin: Origin;
}

export const decpContract = (
  records: readonly [DecpRecord, ...DecpRecord[]],
  origin: Origin,
  pool: SupplierPool,
): { readonly contract: Contract; readonly publication: Publication } => {
  const notes = new Notes();
  const apart = contractsUnderOne(records, notes);
  const [[first, ...more], ...others] = apart;
  const id = decpId(first.buyer, first.id);
  if (others.length > 0) notes.add("T9", SEVERAL, id);
  const suppliers = new NoticeSuppliers(pool, (text, holder) => notes.add("R-SUP", text, holder));
  const readingOf = (record: DecpRecord, lot: string): Reading => ({ id, lot, record, notes, pool: suppliers, origin });
  const isOne = others.length + more.length === 0;
  let count = 0;
  const readings = apart.map((own) => own.map((record) => readingOf(record, isOne ? NO_LOT : String(++count))));
  const publication = publicationOf(readingOf(first, NO_LOT));
  return { contract: contractOf(readingOf(first, NO_LOT), readings, publication), publication };
};

const SEVERAL =
  "contracts for different things and amounts, of other holders or days, have one number: each is a lot of its own";

/**
 * Makes a contract: the record that was notified first describes it, and each record its own lot. Lots that may be one
 * contract stand side by side.
 */
const contractOf = (reading: Reading, all: readonly (readonly Reading[])[], publication: Publication): Contract => {
  const { id, record, notes, origin } = reading;
  const say = sayer(id);
  if (record.callOff && record.frameworkId === undefined)
    notes.add("T11", "a call-off names no framework agreement: it counts by itself");
  if (record.buyerName === undefined) notes.add("T2", "a buyer without a name is called by its number");
  const told = all.map((own) => own.map(lotOf));
  const parts = told.map((own) =>
    oneOrEach(
      own.map(({ lot }) => lot),
      reading,
    ),
  );
  const contract = contractCodec.of({
    id,
    title: record.title,
    framework: all.flat().some((one) => one.record.framework),
    procedure: id,
    regime: record.concession ? "concession" : record.defence ? "defence" : undefined,
    procedureType: say(procedureTypeOf(record), "procedure"),
    cpv: say(cpvOf(record), "codeCPV"),
    buyer: say(record.buyerName ?? record.buyer, "acheteur"),
    awardDate: say(statedDate(record.date, "dateNotification", notes), "dateNotification"),
    callOffOf: record.frameworkId === undefined ? undefined : decpId(record.buyer, record.frameworkId),
    lots: parts.flatMap(({ lots }) => lots),
    groups: parts.flatMap(({ groups }) => groups),
    sharedAwards: parts.flatMap(({ sharedAwards }) => sharedAwards),
    settledContracts: parts.flatMap(({ settledContracts }) => settledContracts),
    modifications: told.flat().flatMap(({ modifications }) => modifications),
    publications: [publication],
    notes: notes.all(),
    origin,
  });
  return timedAsOne(contract);
};

const SEVERAL_AMOUNTS = "what may be one contract has several amounts: one of them counts, or all";

type OneOrEach = Pick<Contract, "lots" | "groups" | "sharedAwards" | "settledContracts">;

/** Lots that may be one contract at several amounts: one of the amounts counts, or all do (T10a). */
const oneOrEach = (lots: readonly Lot[], { id, notes }: Reading): OneOrEach => {
  if (lots.length < 2) return { lots, groups: [], sharedAwards: [], settledContracts: [] };
  const ids = lots.map((lot) => lot.id);
  notes.add("T10-reference", SEVERAL_AMOUNTS, `lots ${ids.join(", ")}`);
  const [first, ...ceilings] = flatMap(lots, (lot) => lot.ceiling ?? []);
  const value = oneOrAll(flatMap(lots, valuesOf));
  const largest = first && ceilings.reduce((most, one) => (isHigher(one.value, most.value) ? one : most), first);
  return {
    lots: value === undefined ? lots : lots.map((lot) => ({ ...lot, awarded: undefined })),
    groups:
      largest === undefined || ceilings.length === 0
        ? []
        : [{ ...groupOfNotice(id, ids, { ceiling: [largest], reestimate: undefined }), certain: false }],
    sharedAwards: value === undefined ? [] : [{ lots: ids, value: [value] }],
    settledContracts: value === undefined ? [] : lots.map(signedAs),
  };
};

/** What was awarded of one of these lots, which is told beside what they come to together. */
const signedAs = (lot: Lot): SettledContract => ({
  id: lot.id,
  reference: undefined,
  title: lot.title,
  lots: [lot.id],
  suppliers: lot.suppliers?.[0].value ?? [],
  awardDate: undefined,
  signedDate: undefined,
  value: valuesOf(lot)[0],
});

const publicationOf = ({ id, record, notes, origin }: Reading): Publication => ({
  id,
  date: statedDate(record.published, "datePublicationDonnees", notes),
  kind: record.concession ? "concession" : record.framework ? "accord-cadre" : "marché",
  file: origin.locate([]).file,
});

const lotOf = (reading: Reading) => {
  const { id, record, notes } = reading;
  const say = sayer(id);
  const states = statesOf(record, notes);
  const modifications = modificationsOf(states, reading);
  // Where no modification can be told, because nothing has a date, the contract is as the modifications left it.
  const { months, holders, ...first } = (modifications.length > 0 ? undefined : states.at(-1)) ?? states[0];
  const amount = first.amount ?? states.find((state) => state.amount !== undefined)?.amount;
  if (record.framework && amount !== undefined)
    notes.add("O2", "the amount of a framework agreement is its estimated maximum: it counts as its ceiling");
  const suppliers = suppliersOf(holders, reading);
  const lot = lotCodec.of({
    id: reading.lot,
    status: "awarded",
    title: reading.lot === NO_LOT ? undefined : record.title,
    ceiling: say(record.framework ? amount : undefined, "montant"),
    awarded: record.framework || amount === undefined ? undefined : say([amount], "montant"),
    offers: say(parseQuantity(record.offers ?? ""), "offresRecues"),
    suppliers: say(suppliers.length === 0 ? undefined : suppliers, "titulaires"),
    subcontractors: say(record.subcontractors.length === 0 ? undefined : record.subcontractors, "actesSousTraitance"),
    startDate: say(statedDate(record.start, "dateDebutExecution", notes), "dateDebutExecution"),
    term: say(termOf(months, notes), "dureeMois"),
  });
  const comers = flatMap(modifications, ({ suppliers: anew = [] }) => anew);
  return { lot: reading.pool.seated(lot, comers), modifications };
};

const cpvOf = ({ cpv }: DecpRecord): readonly string[] | undefined =>
  cpv !== undefined && isCpv(cpv) ? [cpv] : undefined;

/** France's own words for the kinds of procedures. */
const procedureTypeOf = ({ procedure = "" }: DecpRecord): ProcedureType | undefined =>
  PROCEDURES.find(([words]) => words.test(procedure))?.[1];

const PROCEDURES: readonly (readonly [RegExp, ProcedureType])[] = [
  [/ouvert/i, "open"],
  [/restreint/i, "restricted"],
  [/sans (?:publicit|mise en concurrence)/i, "direct"],
  [/n\u00e9goci/i, "negotiated"],
  [/dialogue/i, "competitive dialogue"],
  [/innovation/i, "innovation partnership"],
  [/adapt/i, "other"],
];

/** What a contract is after a change. What the change leaves open is as before. */
interface State {
  readonly change: Change;
  readonly amount: Money | undefined;
  readonly months: string | undefined;
  readonly holders: readonly Holder[];
}

/** A contract's amount (net, in euros), months and holders, at first and after each change. */
const statesOf = (record: DecpRecord, notes: Notes): readonly [State, ...State[]] => {
  const stateAfter = (change: Change, before?: State): State => ({
    change,
    amount: moneyOf(change.amount, notes) ?? before?.amount,
    months: change.months ?? before?.months,
    holders: change.holders.length > 0 ? change.holders : (before?.holders ?? []),
  });
  const first = stateAfter(record);
  let last = first;
  return [first, ...record.changes.map((change) => (last = stateAfter(change, last)))];
};

const moneyOf = (text: string | undefined, notes: Notes): Money | undefined => {
  if (text === undefined) return undefined;
  const figure = /^[-\d\s.,]+$/.test(text) ? text.replace(/\s/g, "").replace(/^(-?\d+),(\d+)$/, "$1.$2") : text;
  return amountFrom(figure, "EUR", notes, "montant");
};

/**
 * What each change did. Repeating the amount, the months or the holders does nothing. A change without a date may have
 * come as soon as the one before it, and counts from that day.
 */
const modificationsOf = (states: readonly [State, ...State[]], reading: Reading): readonly Modification[] => {
  const { id, record, notes } = reading;
  const of = reading.lot === NO_LOT ? undefined : reading.lot;
  const by = { source: id, locator: "modifications" };
  let [before] = states;
  let day = readNoticeDate(record.date ?? "") ?? readNoticeDate(record.published ?? "");
  return states.slice(1).flatMap((after, index) => {
    const { change } = after;
    const did = {
      ...growthIn(record, before, after),
      ...(!isAsLong(before, after) && { term: termOf(after.months, notes) }),
      ...(idsOf(before) !== idsOf(after) && { suppliers: suppliersOf(after.holders, reading) }),
    };
    before = after;
    const stated = statedDate(change.date, "dateNotificationModification", notes);
    const date = stated ?? day;
    if (stated === undefined) notes.add("N4", date === undefined ? UNDATED_LEFT_OUT : UNDATED, record.id);
    if (date === undefined) return [];
    day = date;
    const name = change.id ?? String(index + 1);
    return [{ id: of === undefined ? name : `${of}.${name}`, date, lot: of, ...did, by }];
  });
};

const UNDATED = "a modification without a date counts from the one before it, or from the award";
const UNDATED_LEFT_OUT =
  "a modification without a date is left out of the history, and what it left counts on every day";

/** By how much a change raises the ceiling of a framework agreement, or the worth of any other contract. */
const growthIn = (
  { framework }: DecpRecord,
  { amount: before }: State,
  { amount: total }: State,
): Pick<Modification, "amount" | "value" | "total"> => {
  const growth = before === undefined || total === undefined ? undefined : subtractMoney(total, before);
  if (growth === undefined || growth.minor === 0n) return {};
  return framework ? { amount: growth } : { value: growth, total };
};

const isAsLong = ({ months: before }: State, { months: after }: State): boolean =>
  before === after || Number(before) === Number(after);

const idsOf = ({ holders }: State): string => JSON.stringify(holders.map(({ id }) => id).sort());

/** The term of a contract. France counts renewals and optional parts in it. */
const termOf = (months: string | undefined, notes: Notes): Term | undefined =>
  months === undefined ? undefined : statedTerm(months, "months", notes);

/**
 * Holders that are a grouping have one seat together, and others have one each. They share the amount either way (O1).
 */
const suppliersOf = (holders: readonly Holder[], reading: Reading): readonly Supplier[] => {
  const { record, notes } = reading;
  if (holders.length > 1 && record.together === undefined)
    notes.add("O1", "several holders have one amount, counted once; whether they hold it jointly is not said");
  if (holders.some(({ name }) => name === undefined))
    notes.add("T2", "suppliers without names are called by their numbers");
  const parties = holders.map(partyOf);
  if (parties.length > 1 && record.together === true) return [supplierOf(groupingOf(parties), reading)];
  return [...new Set(parties.map((party) => supplierOf(party, reading)))];
};

const supplierOf = (party: NamedParty, { id, pool, origin }: Reading): Supplier =>
  pool.find(party, { notice: id, by: { source: id, locator: "titulaires" }, origin });

/**
 * A holder as a party. SIRET and SIREN are numbers of France's own registers. The European VAT number begins with its
 * country.
 */
const partyOf = ({ id, scheme = "SIRET", name }: Holder): NamedParty => {
  const kind = scheme.toUpperCase();
  const vatCountry = /^(?:TVA|UE)/.test(kind) ? /^[A-Z]{2}(?=\w)/.exec(id)?.[0] : undefined;
  const french = kind === "SIRET" || kind === "SIREN" ? "FR" : undefined;
  const country = french ?? vatCountry?.replace("EL", "GR");
  return {
    localId: id,
    name: name ?? id,
    legalId: country === undefined ? undefined : legalId(id),
    country,
    members: [],
  };
};

const groupingOf = (parties: readonly NamedParty[]): NamedParty => ({
  localId: parties.map(({ localId }) => localId).join("+"),
  name: parties.map(({ name }) => name).join(" + "),
  legalId: undefined,
  country: undefined,
  members: parties.map(({ name, country, legalId: number }) => ({ name, country, legalId: number, lead: false })),
});
