import type { PartialDate } from "../../model/partial-date.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import { noticeName } from "../stated-values.ts";
import { dateIn } from "./period.ts";
import { idIn, idsIn, type NoticeReading, valueIn } from "./reading.ts";

/** A contract that the notice says was settled, by the ids of what it refers to. */
export interface ContractElement {
  readonly id: string;
  readonly reference: string | undefined;
  readonly title: string | undefined;
  readonly awardDate: PartialDate | undefined;
  readonly signedDate: PartialDate | undefined;
  /** The ids of the tenders that it accepts. */
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
    if (!contracts.has(id)) contracts.set(id, contractOf(id, element, reading));
  }
  return [...contracts.values()];
};

const contractOf = (id: string, element: XmlElement, reading: NoticeReading): ContractElement => ({
  id,
  reference: idIn(childOf(element, "ContractReference")),
  title: reading.text(element, "Title"),
  awardDate: dateIn(element, "AwardDate"),
  signedDate: dateIn(element, "IssueDate"),
  tenders: idsIn(element, "LotTender"),
  framework: frameworkOf(element, reading),
});

/** BT-768 with OPT-100; a framework agreement's own contract is marked like a call-off in many notices, but refers to itself. */
const frameworkOf = (element: XmlElement, { names }: NoticeReading): string | undefined => {
  if (valueIn(element, "ContractFrameworkIndicator") !== "true") return undefined;
  const notice = idIn(childOf(element, "NoticeDocumentReference"));
  const name = notice === undefined ? undefined : noticeName(notice);
  return name === undefined || names.includes(name) ? undefined : name;
};
