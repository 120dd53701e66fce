import type { Origin } from "../../model/origin.ts";
import { comparePartialDates, type PartialDate } from "../../model/partial-date.ts";
import { contractCodec } from "../../records/contract.ts";
import type { Publication } from "../../records/history.ts";
import { lotCodec } from "../../records/lot.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import { readXml } from "../../syntax/xml.ts";
import { maximumTogether } from "../awarded-values.ts";
import { CALLS, type Notice, originAt } from "../notice.ts";
import { announcedIn, type DeclaredLot, declaredLotsOf } from "./declared-lots.ts";
import { headerOf } from "./header.ts";
import { keepElement } from "./names.ts";
import { commonPeriod, dateIn, ownPeriod, type Period } from "./period.ts";
import { NoticeReading } from "./reading.ts";

/** What a notice of eForms tells of a procedure before its award; undefined where it cannot be read. */
export const readEformsAnnouncement = (text: string, file: string): Notice | undefined => {
  const read = readXml(text, file, keepElement);
  if ("findings" in read) return undefined;
  const { root, locate } = read.document;
  return announcementOf(root, file, originAt(locate(root)));
};

const DID: Readonly<Record<string, string>> = {
  ContractNotice: CALLS,
  PriorInformationNotice: "announces",
};

const announcementOf = (root: XmlElement, file: string, origin: Origin): Notice => {
  const { publication, procedure, language, changes, names, follows, regime } = headerOf(root, file);
  const reading = new NoticeReading({ source: publication.id, language });
  const announced = announcedIn(childOf(root, "ProcurementProject"), reading);
  const lots = declaredLotsOf(root, reading);
  const period = commonPeriod(lots.map((lot) => lot.period));
  const contract = contractCodec.of({
    id: publication.id,
    framework: lots.some(({ technique }) => technique !== undefined),
    title: announced.title,
    procedure,
    regime,
    cpv: reading.fact(announced.cpv.length > 0 ? announced.cpv : undefined, "BT-262"),
    startDate: reading.fact(period.start, "BT-536"),
    endDate: reading.fact(period.end, "BT-537"),
    term: reading.fact(period.term, "BT-36"),
    ceiling: reading.fact(announced.maximum, "BT-271"),
    estimate: reading.fact(announced.estimate, "BT-27"),
    lots: lots.map((lot) => lotOf(lot, period, reading)),
    origin,
  });
  const did: Publication = {
    ...publication,
    did: DID[root.name],
    maximum: maximumTogether(
      announced.maximum,
      lots.map(({ maximum }) => maximum),
    ),
    deadline: deadlineOf(root),
  };
  return { contract, procedure, publication: did, role: "announcement", changes, names, follows };
};

const lotOf = (
  { id, title, cpv, estimate, maximum, period, longTermReason }: DeclaredLot,
  common: Period,
  reading: NoticeReading,
) => {
  const own = ownPeriod(period, common);
  return lotCodec.of({
    id,
    status: "no-result",
    title,
    cpv: reading.fact(cpv.length > 0 ? cpv : undefined, "BT-262"),
    estimate: reading.fact(estimate, "BT-27"),
    ceiling: reading.fact(maximum, "BT-271"),
    startDate: reading.fact(own.start, "BT-536"),
    endDate: reading.fact(own.end, "BT-537"),
    term: reading.fact(own.term, "BT-36"),
    longTermReason: reading.fact(longTermReason, "BT-109"),
  });
};

const PERIODS = ["TenderSubmissionDeadlinePeriod", "ParticipationRequestReceptionPeriod"];

/** By when tenders (BT-131) or requests to take part (BT-1311) are due: the last of all lots. */
const deadlineOf = (root: XmlElement): PartialDate | undefined => {
  const processes = [...childrenOf(root, "ProcurementProjectLot"), root].map((part) =>
    childOf(part, "TenderingProcess"),
  );
  const days = PERIODS.flatMap((period) =>
    processes.flatMap((process) => dateIn(childOf(process, period), "EndDate") ?? []),
  );
  return days.sort(comparePartialDates).at(-1);
};
