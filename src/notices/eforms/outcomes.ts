import type { LotStatus } from "../../records/lot.ts";
import type { ContractElement } from "./contracts.ts";
import type { DeclaredLot } from "./declared-lots.ts";
import { type LotResult, statusOf } from "./lot-results.ts";
import type { NoticeReading } from "./reading.ts";
import type { Tender } from "./tenders.ts";
import { winnersOf } from "./winners.ts";

/** A lot and what became of it. */
export interface Outcome {
  readonly id: string;
  /** Undefined for a lot that only results name. */
  readonly declared: DeclaredLot | undefined;
  readonly results: readonly LotResult[];
  readonly status: LotStatus;
  /** The tenders that won it. */
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
  const inContracts = new Set(contracts.flatMap((contract) => contract.tenders));
  const acceptedBy = new Map(contracts.map((contract) => [contract.id, contract.tenders]));
  return [...new Set([...declared.keys(), ...results.keys()])].map((id) => {
    if (!declared.has(id)) reading.notes.add("R-STATUS", "a lot that only results name", id);
    const own = (results.get(id) ?? []).map((result) => withTenders(result, tenders, acceptedBy, reading));
    const won = winnersOf(id, own, inContracts, reading);
    const winners = won.flatMap((tender) => describedTender(tender, id, tenders, reading) ?? []);
    return { id, declared: declared.get(id), results: own, status: statusOf(id, own, reading), winners };
  });
};

/** A result that lists contracts, but no tenders, has the tenders of its contracts that were made for its lot (E1). */
const withTenders = (
  result: LotResult,
  tenders: ReadonlyMap<string, Tender>,
  acceptedBy: ReadonlyMap<string, readonly string[]>,
  { notes }: NoticeReading,
): LotResult => {
  if (result.tenders.length > 0 || result.contracts.length === 0) return result;
  const accepted = result.contracts.flatMap((contract) => acceptedBy.get(contract) ?? []);
  const own = accepted.filter((tender) => tenders.get(tender)?.lot === result.lot);
  if (own.length > 0)
    notes.add("R-WIN", "the result lists contracts, but no tenders: those of its contracts count", result.lot);
  return { ...result, tenders: own };
};

/** A tender that wins here, but was made for another lot or for several, counts here all the same: results decide (R-WIN). */
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
  return tender;
};
