import type { StatedAmount } from "../../model/amount.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import { amountIn, TENDER_VALUE } from "./amounts.ts";
import { idIn, type NoticeReading, valueIn } from "./reading.ts";

export interface Tender {
  readonly id: string;
  /** The id of the tendering party. */
  readonly party: string | undefined;
  /** The lot, or group of lots, that it was made for. */
  readonly lot: string | undefined;
  readonly value: StatedAmount | undefined;
  readonly rank: string | undefined;
  /** BT-3201: by which the buyer knows it. */
  readonly reference: string | undefined;
}

/** The tenders of a notice that it describes, by id; of two with one id the first. */
export const tendersOf = (result: XmlElement | undefined, reading: NoticeReading): ReadonlyMap<string, Tender> => {
  const tenders = new Map<string, Tender>();
  for (const element of childrenOf(result, "LotTender")) {
    const id = idIn(element);
    if (id === undefined || tenders.has(id)) continue;
    tenders.set(id, {
      id,
      party: idIn(childOf(element, "TenderingParty")),
      lot: idIn(childOf(element, "TenderLot")),
      value: amountIn(childOf(element, "LegalMonetaryTotal"), TENDER_VALUE, reading, element),
      rank: valueIn(element, "RankCode"),
      reference: idIn(childOf(element, "TenderReference")),
    });
  }
  return tenders;
};
