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
import { tendersOf } from "./tenders.ts";

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
  const { byLot, shared } = divideWins(winsOf(outcomes, reading));
  return {
    lots: outcomes.map((outcome) => lotOf(outcome, byLot.get(outcome.id) ?? [], period, parties, reading)),
    settledContracts: settledContractsOf(contracts, outcomes, tenders, parties),
    sharedAwards: shared,
    callOffOf: contracts.find(({ framework }) => framework !== undefined)?.framework,
  };
};

/** Each winning tender once, with the lots that it won. */
const winsOf = (outcomes: readonly Outcome[], { notes }: NoticeReading): readonly Win[] => {
  const lots = new Map<string, string[]>();
  const wins: Win[] = [];
  for (const outcome of outcomes) {
    for (const { id, value } of outcome.winners) {
      const won = lots.get(id);
      if (won !== undefined) {
        notes.add(
          "R-SHARED",
          "a tender won several lots: its value counts once in totals, and in none of the lots",
          id,
        );
        won.push(outcome.id);
        continue;
      }
      const first = [outcome.id];
      lots.set(id, first);
      wins.push({ lots: first, value });
    }
  }
  return wins;
};
