import type { LotResult } from "./lot-results.ts";
import type { NoticeReading } from "./reading.ts";

/**
 * The ids of the tenders that won a lot (R-WIN): those that its results list, where the result may tell of an award, and
 * that a contract names. Where no contract names any, all that are listed by a result that tells of an award. Results
 * without status (notices ahead of an award, modifications) list none but winners. Ranks do not matter (E2).
 */
export const winnersOf = (
  lot: string,
  results: readonly LotResult[],
  inContracts: ReadonlySet<string>,
  { notes }: NoticeReading,
): readonly string[] => {
  const listed = (...statuses: readonly LotResult["status"][]) =>
    results.filter(({ status }) => statuses.includes(status)).flatMap(({ tenders }) => tenders);
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
