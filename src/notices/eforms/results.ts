import type { StatedAmount } from "../../model/amount.ts";
import { rangeTo, sumByUnit, unitOf } from "../../model/money.ts";
import { childOf, type XmlElement } from "../../syntax/xml/element.ts";
import { divideWins, type Win } from "../awarded-values.ts";
import type { Notes } from "../notice.ts";
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
 * the same lot, is the same; at several amounts it may be one of them or all (T10a).
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
  return Array.from(known.values(), ({ lots: won, amounts }) => ({ lots: won, value: oneOrAll(amounts) }));
};

/** A tender with the unlike amounts at which it stands. */
interface KnownWin {
  readonly lots: readonly string[];
  readonly amounts: (StatedAmount | undefined)[];
}

const SHARED = "a tender won several lots: its value counts once in totals, and in none of the lots";

const winnersIn = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap(({ id, winners }) => winners.map((tender) => ({ tender, lot: id })));

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

/** One amount, or from the least of several to their sum. */
const oneOrAll = (amounts: KnownWin["amounts"]): StatedAmount | undefined => {
  const [first, ...others] = amounts.filter((amount) => typeof amount === "object");
  if (first === undefined || others.length === 0) return amounts[0];
  const least = others.reduce((lowest, { minor }) => (minor < lowest ? minor : lowest), first.minor);
  const [sum = first] = sumByUnit([first, ...others]);
  return rangeTo(sum, least);
};

/** The tender's reference with its party, its lot and the unit of its amount. */
const identityOf = ({ reference, party, value }: Tender, lot: string, parties: Parties): string | undefined => {
  const supplier = party === undefined ? undefined : parties.supplier(party);
  if (reference === undefined || supplier === undefined || typeof value !== "object") return undefined;
  return JSON.stringify(["reference", reference, supplier.id, lot, unitOf(value)]);
};
