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
 * the same lot at the same amount, is the same (T10a).
 */
const winsOf = (outcomes: readonly Outcome[], parties: Parties, { notes }: NoticeReading): readonly Win[] => {
  const lots = new Map<string, string[]>();
  const listed = new Set<string>();
  const amounts = new Map<string, string>();
  const wins: Win[] = [];
  for (const outcome of outcomes) {
    for (const tender of outcome.winners) {
      const won = lots.get(tender.id);
      if (won !== undefined) {
        notes.add(
          "R-SHARED",
          "a tender won several lots: its value counts once in totals, and in none of the lots",
          tender.id,
        );
        won.push(outcome.id);
        continue;
      }
      const first = [outcome.id];
      lots.set(tender.id, first);
      const same = identityOf(tender, outcome.id, parties);
      if (same !== undefined && listed.has(same.whole)) {
        notes.add("T10", "a tender is listed again under its reference: it counts once", outcome.id);
        continue;
      }
      if (same !== undefined) {
        if ((amounts.get(same.reference) ?? same.whole) !== same.whole)
          notes.add("T10", "one reference stands at two amounts, which both count", same.name);
        amounts.set(same.reference, same.whole);
        listed.add(same.whole);
      }
      wins.push({ lots: first, value: tender.value });
    }
  }
  return wins;
};

interface Identity {
  readonly name: string;
  /** The reference with the party and the lot. */
  readonly reference: string;
  /** The same with the amount. */
  readonly whole: string;
}

const identityOf = ({ reference, party, value }: Tender, lot: string, parties: Parties): Identity | undefined => {
  const supplier = party === undefined ? undefined : parties.supplier(party);
  if (reference === undefined || supplier === undefined || typeof value !== "object") return undefined;
  const named = JSON.stringify([reference, supplier.id, lot]);
  return { name: reference, reference: named, whole: `${named} ${value.currency} ${value.minor}` };
};
