import { addUnder } from "../../model/lists.ts";
import type { LotStatus } from "../../records/lot.ts";
import { childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import { idsIn, type NoticeReading, valueIn } from "./reading.ts";

/** What became of one lot, as one result of it says; a lot may have several. */
export interface LotResult {
  readonly lot: string;
  /** Undefined where no status is stated: notices ahead of an award, and those of modifications, have none. */
  readonly status: LotStatus | undefined;
  /** The ids of the tenders that it lists. */
  readonly tenders: readonly string[];
  /** The ids of the contracts that it lists. */
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

/** The results of a notice, by the lots that they are of, in the order of the notice. */
export const lotResultsOf = (
  noticeResult: XmlElement | undefined,
  { notes }: NoticeReading,
): ReadonlyMap<string, readonly LotResult[]> => {
  if (noticeResult === undefined) notes.add("R-STATUS", "the notice has no results");
  const byLot = new Map<string, LotResult[]>();
  for (const element of childrenOf(noticeResult, "LotResult")) {
    const code = valueIn(element, "TenderResultCode");
    const status = code === undefined ? undefined : RESULT_STATUSES.get(code);
    if (code !== undefined && status === undefined) notes.add("R-STATUS", "no status of a result, passed over", code);
    const tenders = idsIn(element, "LotTender");
    const contracts = idsIn(element, "SettledContract");
    for (const lot of new Set(idsIn(element, "TenderLot"))) {
      const result = { lot, status, tenders, contracts, element };
      addUnder(byLot, lot, result);
    }
  }
  return byLot;
};

const BY_WEIGHT: readonly LotStatus[] = ["awarded", "open", "unpublished", "closed-no-winner"];

/**
 * The status of a lot: of several results awarded counts before open, open before unpublished, and that before closed;
 * a result without status tells of an award where it lists tenders (R-STATUS).
 */
export const statusOf = (lot: string, results: readonly LotResult[], { notes }: NoticeReading): LotStatus => {
  if (results.length === 0) notes.add("R-STATUS", "no result", lot);
  if (results.length > 1) notes.add("R-STATUS", "several results, of which awarded counts first and closed last", lot);
  const statuses = results.map(({ status, tenders }) => status ?? (tenders.length > 0 ? "awarded" : undefined));
  if (statuses.includes("unpublished")) notes.add("R-STATUS", "whether it was awarded is withheld", lot);
  const found = BY_WEIGHT.find((status) => statuses.includes(status));
  if (found === undefined && results.length > 0) notes.add("R-STATUS", "a result with neither status nor tenders", lot);
  return found ?? "no-result";
};
