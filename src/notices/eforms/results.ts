import { addUnder, flatMap } from "../../model/lists.ts";
import { type StatedAmount, unitOf } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { SettledContract, SharedAward } from "../../records/history.ts";
import type { Lot, LotStatus } from "../../records/lot.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { divideWins, oneOrAll, valueTogether, type Win } from "../awarded-values.ts";
import type { Notes } from "../notice.ts";
import type { Period } from "../stated-values.ts";
import type { DeclaredLot } from "./declared-lots.ts";
import { lotOf } from "./lot.ts";
import {
  BY_WEIGHT,
  type ContractElement,
  contractsOf,
  lotNamed,
  lotResultsOf,
  type Outcome,
  outcomesOf,
  RESULT_STATUSES,
  type Tender,
  tendersOf,
} from "./outcomes.ts";
import type { Parties } from "./parties.ts";
import { amountIn, dateIn, extensionOf, idIn, type NoticeReading, TENDER_VALUE, valueIn } from "./reading.ts";

export interface Results {
  readonly lots: readonly Lot[];
  readonly settledContracts: readonly SettledContract[];
  readonly sharedAwards: readonly SharedAward[];
  /** The notice of the framework agreement under which the contracts are call-offs (E7). */
  readonly callOffOf: string | undefined;
  /** When winners were chosen, where no contract says so. */
  readonly awardDates?: readonly PartialDate[];
}

export const noticeResultOf = (root: XmlElement): XmlElement | undefined => childOf(extensionOf(root), "NoticeResult");

/** Follows the references of results: from result to contract, from contract to tender, from tender to party (E1). */
export const resultsOf = (
  root: XmlElement,
  declared: readonly DeclaredLot[],
  period: Period,
  parties: Parties,
  reading: NoticeReading,
): Results => {
  const result = noticeResultOf(root);
  const plain = result === undefined ? plainResultElements(root) : [];
  if (plain.length > 0) return plainResultsOf(plain, declared, period, parties, reading);
  const [only] = declared.length === 1 ? declared : [];
  const tenders = tendersOf(result, reading);
  const contracts = contractsOf(result, reading);
  const outcomes = outcomesOf(declared, lotResultsOf(result, only?.id, reading), tenders, contracts, reading);
  const { byLot, shared } = divideWins(winsOf(outcomes, parties, reading));
  return {
    lots: outcomes.map((outcome) => lotOf(outcome, byLot.get(outcome.id) ?? [], period, parties, reading)),
    settledContracts: settledContractsOf(contracts, outcomes, tenders, parties, reading.notes),
    sharedAwards: shared,
    callOffOf: contracts.find(({ framework }) => framework !== undefined)?.framework,
  };
};

/**
 * Each winning tender once, with the lots that it won. A tender that is listed again, under its reference, by the same
 * party and for the same lot, is the same. If it is listed at several amounts, one of them counts, or all do (T10a).
 */
const winsOf = (outcomes: readonly Outcome[], parties: Parties, { notes }: NoticeReading): readonly Win[] => {
  const lots = new Map<string, string[]>();
  const known = new Map<string, KnownWin>();
  for (const { tender, lot } of winnersIn(outcomes)) {
    const won = lots.get(tender.id);
    if (won !== undefined) {
      notes.add("R-SHARED", SHARED, tender.id);
      won.push(lot);
      continue;
    }
    const first = [lot];
    lots.set(tender.id, first);
    const key = identityOf(tender, lot, parties) ?? JSON.stringify([tender.id]);
    const same = known.get(key);
    if (same === undefined) known.set(key, { lots: first, amounts: [tender.value] });
    else addAmount(same, tender, lot, notes);
  }
  return Array.from(known.values(), ({ lots: won, amounts }) => ({
    lots: won,
    value: oneOrAll(amounts.filter((amount) => typeof amount === "object")) ?? amounts[0],
  }));
};

interface KnownWin {
  readonly lots: readonly string[];
  readonly amounts: (StatedAmount | undefined)[];
}

const SHARED = "a tender won several lots: its value counts once in totals, and in none of the lots";

const winnersIn = (outcomes: readonly Outcome[]) =>
  flatMap(outcomes, ({ id, winners }) => winners.map((tender) => ({ tender, lot: id })));

const addAmount = ({ amounts }: KnownWin, { value, reference = "" }: Tender, lot: string, notes: Notes): void => {
  const isKnown = amounts.some(
    (one) => typeof one === "object" && typeof value === "object" && one.minor === value.minor,
  );
  if (isKnown) notes.add("T10", "a tender is listed again under its reference: it counts once", lot);
  else {
    notes.add("T10-reference", `${lot}: tender ${reference} stands at several amounts: one of them counts, or all`);
    amounts.push(value);
  }
};

/**
 * The key of a tender that may be listed again: its reference with its party, its lot and the unit of its amount.
 * Undefined where one of these is not known.
 */
const identityOf = ({ reference, party, value }: Tender, lot: string, parties: Parties): string | undefined => {
  const supplier = party === undefined ? undefined : parties.supplier(party);
  if (reference === undefined || supplier === undefined || typeof value !== "object") return undefined;
  return JSON.stringify(["reference", reference, supplier.id, lot, unitOf(value)]);
};

/** The contracts of a notice, with their suppliers and with the lots that name them or that their tenders won. */
const settledContractsOf = (
  contracts: readonly ContractElement[],
  outcomes: readonly Outcome[],
  tenders: ReadonlyMap<string, Tender>,
  parties: Parties,
  notes: Notes,
): readonly SettledContract[] => {
  const lotsByContract = indexLots(outcomes, ({ results }) => flatMap(results, (result) => result.contracts));
  const lotsByTender = indexLots(outcomes, ({ winners }) => winners.map(({ id }) => id));
  const isMixed = new Set(contracts.map(({ framework }) => framework)).size > 1;
  const counted = new Set<string>();
  return contracts.map(({ id, reference, title, awardDate, signedDate, tenders: accepted, framework }) => {
    const own = flatMap(accepted, (tender) => tenders.get(tender) ?? []);
    const lots = lotsByContract.get(id) ?? wonLots(accepted, lotsByTender);
    const valued = own.filter((tender) => {
      const won = lotsByTender.get(tender.id);
      return !counted.has(tender.id) && (won === undefined || won.some((lot) => lots.includes(lot)));
    });
    for (const tender of valued) counted.add(tender.id);
    if (valued.length < own.length) notes.add("T10", COUNTED_ELSEWHERE, id);
    return {
      id,
      reference,
      title,
      lots,
      suppliers: parties.suppliersOf(own),
      awardDate,
      signedDate,
      value: singleValue(valued),
      ...(isMixed && framework !== undefined && { callOffOf: framework }),
    };
  });
};

const COUNTED_ELSEWHERE = "a contract lists tenders of other contracts or lots: their values count there, and once";

const wonLots = (
  tenders: readonly string[],
  lotsByTender: ReadonlyMap<string, readonly string[]>,
): readonly string[] => {
  const [only = ""] = tenders;
  if (tenders.length === 1) return lotsByTender.get(only) ?? [];
  return [...new Set(flatMap(tenders, (tender) => lotsByTender.get(tender) ?? []))];
};

/** For each id, the lots in whose outcomes it stands. */
const indexLots = (
  outcomes: readonly Outcome[],
  idsOf: (outcome: Outcome) => readonly string[],
): ReadonlyMap<string, readonly string[]> => {
  const index = new Map<string, string[]>();
  for (const outcome of outcomes) {
    for (const id of new Set(idsOf(outcome))) {
      addUnder(index, id, outcome.id);
    }
  }
  return index;
};

/**
 * The value of all tenders of a contract; undefined where one is not known, or where they are in several currencies.
 */
const singleValue = (tenders: readonly Tender[]): StatedAmount | undefined => {
  if (tenders.length === 1) return tenders[0]?.value;
  const values = tenders.map(({ value }) => value);
  if (values.includes(undefined)) return undefined;
  if (values.includes("withheld")) return "withheld";
  const total = valueTogether(values);
  return total === undefined || total === "withheld" || total.length > 1 ? undefined : total[0];
};

interface PlainResult {
  readonly element: XmlElement;
  readonly lot: string;
  readonly winners: readonly XmlElement[];
  readonly status: LotStatus;
  readonly value: StatedAmount | undefined;
}

/** The results of a notice that has them in UBL's own elements, with winners (E9). */
const plainResultElements = (root: XmlElement): readonly XmlElement[] =>
  childrenOf(root, "TenderResult").filter((result) => childOf(result, "WinningParty") !== undefined);

/**
 * What plain UBL tells of results, as German notices did before eForms-DE: who won, when it was awarded, and perhaps
 * for how much. A result that names no lot is of the only lot. Where there are several, it stands as a lot of its own
 * (R-LOTNO).
 */
const plainResultsOf = (
  elements: readonly XmlElement[],
  declared: readonly DeclaredLot[],
  period: Period,
  parties: Parties,
  reading: NoticeReading,
): Results => {
  const [only] = declared.length === 1 ? declared : [];
  const results = elements.map((element) => resultOf(element, only?.id, reading));
  const lots = new Map<string, DeclaredLot | undefined>(declared.map((lot) => [lot.id, lot]));
  for (const { lot } of results) if (!lots.has(lot)) lots.set(lot, undefined);
  const wins = results.filter(({ status }) => status === "awarded").map(({ lot, value }) => ({ lots: [lot], value }));
  const { byLot, shared } = divideWins(wins);
  return {
    lots: [...lots].map(([id, lot]) => {
      const own = results.filter((result) => result.lot === id);
      const status = BY_WEIGHT.find((one) => own.some((result) => result.status === one)) ?? "no-result";
      const outcome = { id, declared: lot, results: [], status, winners: [] };
      const suppliers = flatMap(own, ({ winners }) => flatMap(winners, (winner) => parties.named(winner) ?? []));
      const built = lotOf(outcome, byLot.get(id) ?? [], period, parties, reading);
      return {
        ...built,
        suppliers: reading.fact(suppliers.length === 0 ? undefined : [...new Set(suppliers)], WINNER),
      };
    }),
    settledContracts: [],
    sharedAwards: shared,
    callOffOf: undefined,
    awardDates: flatMap(results, ({ element }) => dateIn(element, "AwardDate", reading.notes) ?? []),
  };
};

const WINNER = "WinningParty";

const resultOf = (element: XmlElement, only: string | undefined, reading: NoticeReading): PlainResult => {
  const project = childOf(element, "AwardedTenderedProject");
  const winners = flatMap(childrenOf(element, WINNER), (winner) => childOf(winner, "Party") ?? []);
  const code = valueIn(element, "TenderResultCode");
  return {
    element,
    lot: lotNamed(idIn(childOf(project, "ProcurementProjectLot")), only, reading.notes),
    winners,
    status: RESULT_STATUSES.get(code ?? "") ?? (winners.length > 0 ? "awarded" : "no-result"),
    value: amountIn(descend(project, "LegalMonetaryTotal"), TENDER_VALUE, reading),
  };
};
