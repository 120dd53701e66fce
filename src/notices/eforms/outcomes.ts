import { addUnder, flatMap } from "../../model/lists.ts";
import type { StatedAmount } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { LotStatus } from "../../records/lot.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { Notes } from "../notice.ts";
import { NO_LOT, noticeName } from "../stated-values.ts";
import { textOf } from "../told-parts.ts";
import type { DeclaredLot } from "./declared-lots.ts";
import { amountIn, dateIn, idIn, idsIn, type NoticeReading, TENDER_VALUE, valueIn } from "./reading.ts";

export interface Outcome {
  readonly id: string;
  /** Undefined for a lot that only results name. */
  readonly declared: DeclaredLot | undefined;
  readonly results: readonly LotResult[];
  readonly status: LotStatus;
  readonly winners: readonly Tender[];
}

/** What became of each lot: first those that the notice declares, then those that only its results name. */
export const outcomesOf = (
  lots: readonly DeclaredLot[],
  results: ReadonlyMap<string, readonly LotResult[]>,
  tenders: ReadonlyMap<string, Tender>,
  contracts: readonly ContractElement[],
  reading: NoticeReading,
): readonly Outcome[] => {
  const declared = new Map(lots.map((lot) => [lot.id, lot]));
  const inContracts = new Set(flatMap(contracts, (contract) => contract.tenders));
  const acceptedBy = new Map(contracts.map((contract) => [contract.id, contract.tenders]));
  return [...new Set([...declared.keys(), ...results.keys()])].map((id) => {
    if (!declared.has(id)) reading.notes.add("R-STATUS", "a lot that only results name", id);
    const own = (results.get(id) ?? []).map((result) => withTenders(result, tenders, acceptedBy, reading));
    const won = winnersOf(id, own, inContracts, reading);
    const winners = flatMap(won, (tender) => describedTender(tender, id, tenders, reading) ?? []);
    return { id, declared: declared.get(id), results: own, status: statusOf(id, own, reading), winners };
  });
};

/**
 * Gives a result that lists contracts but no tenders those tenders of its contracts that were made for its lot (E1).
 */
const withTenders = (
  result: LotResult,
  tenders: ReadonlyMap<string, Tender>,
  acceptedBy: ReadonlyMap<string, readonly string[]>,
  { notes }: NoticeReading,
): LotResult => {
  if (result.tenders.length > 0 || result.contracts.length === 0) return result;
  const accepted = flatMap(result.contracts, (contract) => acceptedBy.get(contract) ?? []);
  const own = accepted.filter((tender) => tenders.get(tender)?.lot === result.lot);
  if (own.length > 0)
    notes.add("R-WIN", "the result lists contracts, but no tenders: those of its contracts count", result.lot);
  return { ...result, tenders: own };
};

/**
 * The tender of an id that won a lot; undefined where the notice does not describe it. One that was made for another
 * lot, or for several, counts here all the same, because results decide (R-WIN).
 */
const describedTender = (
  id: string,
  lot: string,
  tenders: ReadonlyMap<string, Tender>,
  { notes }: NoticeReading,
): Tender | undefined => {
  const tender = tenders.get(id);
  if (tender === undefined) notes.add("R-WIN", "a winning tender that the notice does not describe", id);
  else if (tender.lot !== undefined && tender.lot !== lot) {
    notes.add("R-WIN", "a tender made for another lot, or for several, is listed in the result, and counts", lot);
  }
  if (tender !== undefined && tender.party === undefined)
    notes.add("R-SUP", "a winning tender names no tendering party: who won is not known", id);
  return tender;
};

/** What became of one lot, as one of its results says. A lot may have several. */
interface LotResult {
  readonly lot: string;
  /** Undefined where none is stated: notices ahead of an award and notices of modifications state none. */
  readonly status: LotStatus | undefined;
  readonly tenders: readonly string[];
  readonly contracts: readonly string[];
  readonly element: XmlElement;
}

/** Codes of BT-142. */
export const RESULT_STATUSES: ReadonlyMap<string, LotStatus> = new Map([
  ["selec-w", "awarded"],
  ["clos-nw", "closed-no-winner"],
  ["open-nw", "open"],
  ["unpublished", "unpublished"],
]);

/** The results of a notice by their lots, in the order of the notice. */
export const lotResultsOf = (
  noticeResult: XmlElement | undefined,
  only: string | undefined,
  { notes }: NoticeReading,
): ReadonlyMap<string, readonly LotResult[]> => {
  if (noticeResult === undefined) notes.add("R-STATUS", "the notice has no results");
  const byLot = new Map<string, LotResult[]>();
  for (const element of childrenOf(noticeResult, "LotResult")) {
    const code = valueIn(element, "TenderResultCode");
    const status = code === undefined ? undefined : RESULT_STATUSES.get(code);
    if (code !== undefined && status === undefined) notes.add("R-STATUS", "no status of a result, passed over", code);
    const tenders = idsIn(element, "LotTender", notes);
    const contracts = idsIn(element, "SettledContract", notes);
    const lots = idsIn(element, "TenderLot");
    for (const lot of lots.length > 0 ? lots : [lotNamed(undefined, only, notes)]) {
      const result = { lot, status, tenders, contracts, element };
      addUnder(byLot, lot, result);
    }
  }
  return byLot;
};

/**
 * The lot that a result names, else the only one. A result that names none of several stands as a lot of its own
 * (R-LOTNO).
 */
export const lotNamed = (lot: string | undefined, only: string | undefined, notes: Notes): string => {
  const found = lot ?? only;
  if (found === undefined) notes.add("R-LOTNO", "a result names no lot: it stands as a lot of its own");
  return found ?? NO_LOT;
};

export const BY_WEIGHT: readonly LotStatus[] = ["awarded", "open", "unpublished", "closed-no-winner"];

/**
 * The status of a lot. Of several results, awarded counts before open, open before unpublished, and unpublished before
 * closed. A result without a status tells of an award where it lists tenders (R-STATUS).
 */
const statusOf = (lot: string, results: readonly LotResult[], { notes }: NoticeReading): LotStatus => {
  if (results.length === 0) notes.add("R-STATUS", "no result", lot);
  if (results.length > 1) notes.add("R-STATUS", "several results, of which awarded counts first and closed last", lot);
  const statuses = results.map(({ status, tenders }) => status ?? (tenders.length > 0 ? "awarded" : undefined));
  if (statuses.includes("unpublished")) notes.add("R-STATUS", "whether it was awarded is withheld", lot);
  const found = BY_WEIGHT.find((status) => statuses.includes(status));
  if (found === undefined && results.length > 0) notes.add("R-STATUS", "a result with neither status nor tenders", lot);
  return found ?? "no-result";
};

/**
 * The ids of the tenders that won a lot (R-WIN): those that its awarded or unpublished results list and that a contract
 * names. Where no contract names any of them, all that its awarded results list count. Results without a status (in
 * notices ahead of an award, and of modifications) list only winners. Ranks do not matter (E2).
 */
const winnersOf = (
  lot: string,
  results: readonly LotResult[],
  inContracts: ReadonlySet<string>,
  { notes }: NoticeReading,
): readonly string[] => {
  const listed = (...statuses: readonly LotResult["status"][]) =>
    flatMap(
      results.filter(({ status }) => statuses.includes(status)),
      ({ tenders }) => tenders,
    );
  if (listed("closed-no-winner", "open").length > 0) {
    notes.add("R-WIN", "tenders are listed in a result without a winner, and not counted", lot);
  }
  const candidates = listed("awarded", "unpublished");
  const named = candidates.filter((tender) => inContracts.has(tender));
  if (named.length > 0 && named.length < candidates.length) {
    notes.add("R-WIN", "some tenders are in no contract: only those that a contract names count as won", lot);
  }
  const won = named.length > 0 ? named : listed("awarded");
  if (named.length === 0 && won.length > 0) {
    notes.add("R-WIN", "no contract names a tender, so all tenders in the result count as won", lot);
  }
  const unclassified = listed(undefined);
  if (unclassified.length > 0)
    notes.add("R-WIN", "a result without status: the tenders that it lists count as won", lot);
  return [...new Set([...won, ...unclassified])];
};

export interface Tender {
  readonly id: string;
  readonly party: string | undefined;
  /** The lot, or group of lots, that it was made for. */
  readonly lot: string | undefined;
  readonly value: StatedAmount | undefined;
  readonly rank: string | undefined;
  /** BT-3201: the number by which the buyer knows it. */
  readonly reference: string | undefined;
}

/** The tenders that a notice describes, by id. The first counts where several have one id. */
export const tendersOf = (result: XmlElement | undefined, reading: NoticeReading): ReadonlyMap<string, Tender> => {
  const tenders = new Map<string, Tender>();
  for (const element of childrenOf(result, "LotTender")) {
    const id = idIn(element);
    if (id === undefined) continue;
    if (tenders.has(id)) {
      reading.notes.add("T10", "several tenders have one id: the first of them counts", id);
      continue;
    }
    tenders.set(id, {
      id,
      party: idIn(childOf(element, "TenderingParty")),
      lot: idIn(childOf(element, "TenderLot")),
      value: amountIn(childOf(element, "LegalMonetaryTotal"), TENDER_VALUE, reading, element),
      rank: valueIn(element, "RankCode"),
      reference: idIn(childOf(element, "TenderReference")),
    });
  }
  for (const listed of listedTenders(result)) valueAsListed(listed, tenders, reading);
  return tenders;
};

/** Tenders where results and contracts list them, for which their ids are enough. */
const listedTenders = (result: XmlElement | undefined): readonly XmlElement[] =>
  flatMap(["LotResult", "SettledContract"], (name) =>
    flatMap(childrenOf(result, name), (part) => childrenOf(part, "LotTender")),
  );

/**
 * Takes a value that stands where a tender is listed, if its description states none. Where that states another value,
 * a note says so and the description counts.
 */
const valueAsListed = (listed: XmlElement, tenders: Map<string, Tender>, reading: NoticeReading): void => {
  const tender = tenders.get(idIn(listed) ?? "");
  const value = amountIn(childOf(listed, "LegalMonetaryTotal"), TENDER_VALUE, reading, listed);
  if (tender === undefined || value === undefined) return;
  const { id, value: described } = tender;
  if (described === undefined) tenders.set(id, { ...tender, value });
  if (described !== undefined && textOf(described) !== textOf(value))
    reading.notes.add("T10", "a tender is listed at another value than it is described at, which counts", id);
};

/** A contract that the notice says was settled, with the ids of what it refers to. */
export interface ContractElement {
  readonly id: string;
  readonly reference: string | undefined;
  readonly title: string | undefined;
  readonly awardDate: PartialDate | undefined;
  readonly signedDate: PartialDate | undefined;
  readonly tenders: readonly string[];
  /** The notice of the framework agreement under which it is a call-off (E7). */
  readonly framework: string | undefined;
}

export const contractsOf = (
  noticeResult: XmlElement | undefined,
  reading: NoticeReading,
): readonly ContractElement[] => {
  const contracts = new Map<string, ContractElement>();
  for (const element of childrenOf(noticeResult, "SettledContract")) {
    const id = idIn(element) ?? `(contract ${contracts.size + 1})`;
    if (contracts.has(id)) reading.notes.add("T10", "several contracts have one id: the first of them counts", id);
    else contracts.set(id, contractOf(id, element, reading));
  }
  return [...contracts.values()];
};

const contractOf = (id: string, element: XmlElement, reading: NoticeReading): ContractElement => ({
  id,
  reference: idIn(childOf(element, "ContractReference")),
  title: reading.text(element, "Title"),
  awardDate: dateIn(element, "AwardDate", reading.notes),
  signedDate: dateIn(element, "IssueDate", reading.notes),
  tenders: idsIn(element, "LotTender", reading.notes),
  framework: frameworkOf(element, reading),
});

/**
 * The framework agreement of a call-off: BT-768 with OPT-100. In many notices a framework agreement's own contract is
 * marked like a call-off, but refers to its own notice, and is none.
 */
const frameworkOf = (element: XmlElement, { about: { names } }: NoticeReading): string | undefined => {
  if (valueIn(element, "ContractFrameworkIndicator") !== "true") return undefined;
  const notice = idIn(childOf(element, "NoticeDocumentReference"));
  const name = notice === undefined ? undefined : noticeName(notice);
  return name === undefined || names.includes(name) ? undefined : name;
};
