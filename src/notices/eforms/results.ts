import { rangeTo, unitOf } from "../../model/money.ts";
import { childOf, type XmlElement } from "../../syntax/xml/element.ts";
import { divideWins, type Win } from "../awarded-values.ts";
import { contractsOf } from "./contracts.ts";
import type { DeclaredLot } from "./declared-lots.ts";
import { lotOf } from "./lot.ts";
import { lotResultsOf } from "./lot-results.ts";
import { type Outcome, outcomesOf } from "./outcomes.ts";
import type { Parties } from "./parties.ts";
import type { Period } from "./period.ts";
import { plainResultElements, plainResultsOf } from "./plain-results.ts";
import { extensionOf, type NoticeReading } from "./reading.ts";
import { settledContractsOf } from "./settled-contracts.ts";
import type { Results } from "./stated-results.ts";
import { type Tender, tendersOf } from "./tenders.ts";

/** The part of a notice that holds its results, tenders, parties and contracts. */
export const noticeResultOf = (root: XmlElement): XmlElement | undefined => childOf(extensionOf(root), "NoticeResult");

/** From result to contract, from contract to tender, from tender to party: E1. */
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
  const tenders = tendersOf(result, reading);
  const contracts = contractsOf(result, reading);
  const outcomes = outcomesOf(declared, lotResultsOf(result, reading), tenders, contracts, reading);
  const { byLot, shared } = divideWins(winsOf(outcomes, parties, reading));
  return {
    lots: outcomes.map((outcome) => lotOf(outcome, byLot.get(outcome.id) ?? [], period, parties, reading)),
    settledContracts: settledContractsOf(contracts, outcomes, tenders, parties),
    sharedAwards: shared,
    callOffOf: contracts.find(({ framework }) => framework !== undefined)?.framework,
  };
};

/**
 * Each winning tender once, with the lots that it won. One that is listed again, under its reference by the same party for
 * the same lot, is the same: at several amounts its value lies between them (T10a).
 */
const winsOf = (outcomes: readonly Outcome[], parties: Parties, { notes }: NoticeReading): readonly Win[] => {
  const lots = new Map<string, string[]>();
  const known = new Map<string, number>();
  const wins: Win[] = [];
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
    const place = known.get(key) ?? wins.length;
    const same = wins[place];
    known.set(key, place);
    wins[place] = same === undefined ? { lots: first, value: tender.value } : again(same, tender, lot, notes);
  }
  return wins;
};

const SHARED = "a tender won several lots: its value counts once in totals, and in none of the lots";

const winnersIn = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap(({ id, winners }) => winners.map((tender) => ({ tender, lot: id })));

/** A win whose tender is listed again. */
const again = (win: Win, { value, reference = "" }: Tender, lot: string, notes: NoticeReading["notes"]): Win => {
  const widened = widenedBy(win.value, value);
  if (widened === win.value) notes.add("T10", "a tender is listed again under its reference: it counts once", lot);
  else notes.add("T10-reference", `${lot}: tender ${reference} stands at several amounts: its value lies between them`);
  return { ...win, value: widened };
};

/** From the smallest to the largest amount that was stated; the same where it lies between them already. */
const widenedBy = (before: Win["value"], other: Win["value"]): Win["value"] => {
  if (typeof before !== "object" || typeof other !== "object") return before;
  const { bound: _, least = before.minor, ...most } = before;
  if (other.minor >= least && other.minor <= most.minor) return before;
  return other.minor > most.minor ? rangeTo(other, least) : rangeTo(most, other.minor);
};

/** The tender's reference with its party, its lot and the unit of its amount. */
const identityOf = ({ reference, party, value }: Tender, lot: string, parties: Parties): string | undefined => {
  const supplier = party === undefined ? undefined : parties.supplier(party);
  if (reference === undefined || supplier === undefined || typeof value !== "object") return undefined;
  return JSON.stringify(["reference", reference, supplier.id, lot, unitOf(value)]);
};
