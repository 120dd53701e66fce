import { type Finding, findingOf, type Origin } from "../../model/errors.ts";
import { flatMap } from "../../model/lists.ts";
import { comparePartialDates, type PartialDate } from "../../model/partial-date.ts";
import { contractCodec } from "../../records/contract.ts";
import type { Publication } from "../../records/history.ts";
import { lotCodec } from "../../records/lot.ts";
import { positionsIn } from "../../syntax/plain.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { KeepElement } from "../../syntax/xml/names.ts";
import { tagStart } from "../../syntax/xml/tree-builder.ts";
import { readXml, type XmlDocument } from "../../syntax/xml.ts";
import { maximumTogether } from "../awarded-values.ts";
import { CALLS, type Notice, originAt, type ReadNotices } from "../notice.ts";
import type { Period } from "../stated-values.ts";
import { announcedIn, type DeclaredLot, declaredLotsOf } from "./declared-lots.ts";
import { headerOf } from "./header.ts";
import { noticeOf } from "./notice.ts";
import { commonPeriod, dateIn, NoticeReading, ownPeriod } from "./reading.ts";

/**
 * Reads a notice of the European Union's eForms (Implementing Regulation (EU) 2019/1780) about awards: results, their
 * corrections and modifications, and direct awards announced in advance.
 */
export const readEforms: ReadNotices = (text, file, suppliers) => {
  const read = readXml(text, file, keepElement);
  if ("findings" in read) return { notices: [], findings: read.findings };
  const { document } = read;
  if (document.root.namespace !== AWARD_NOTICE || document.root.name !== "ContractAwardNotice") {
    return { notices: [], findings: [noAward(document)] };
  }
  const { tagEnd } = document.root;
  const origin = originAt(positionsIn(text.slice(0, tagEnd), file)(tagStart(text, tagEnd)));
  return { notices: [noticeOf(document.root, file, suppliers, origin)], findings: [] };
};

/**
 * The finding for a document that has the name of an award notice and is none. Documents with other names do not come
 * here.
 */
const noAward = ({ root, locate }: XmlDocument): Finding =>
  findingOf(
    "F9",
    `${root.name} is no notice of eForms, not an award notice`,
    locate(root),
    "award notices of eForms have the root element ContractAwardNotice of UBL 2.3",
  );

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
  const reading = new NoticeReading({
    source: publication.id,
    names,
    language,
    secret: new Set(),
    allowsMinusOne: false,
  });
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

/** When tenders (BT-131) or requests to take part (BT-1311) are due: the last day among all lots. */
const deadlineOf = (root: XmlElement): PartialDate | undefined => {
  const processes = [...childrenOf(root, "ProcurementProjectLot"), root].map((part) =>
    childOf(part, "TenderingProcess"),
  );
  const days = flatMap(PERIODS, (period) =>
    flatMap(processes, (process) => dateIn(childOf(process, period), "EndDate") ?? []),
  );
  return days.sort(comparePartialDates).at(-1);
};

const UBL = "urn:oasis:names:specification:ubl:schema:xsd:";
const EFORMS = "http://data.europa.eu/p27/eforms-ubl-extension";

/** The namespace of the only kind of notice that tells of awards. */
const AWARD_NOTICE = `${UBL}ContractAwardNotice-2`;

/** The elements that the reader asks for, by namespace; within one element no two of them have the same local name. */
const ELEMENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    [`${UBL}CommonExtensionComponents-2`]: "UBLExtensions UBLExtension ExtensionContent",
    [`${EFORMS}s/1`]: "EformsExtension",
    [`${EFORMS}-aggregate-components/1`]:
      "Change Changes ChangeReason Company ContractModification ContractReference FieldsPrivacy FrameworkAgreementValues " +
      "GroupFramework LotResult LotTender NondisclosureReference NoticeInformationNondisclosure NoticeResult NoticeSubType Organization Organizations Publication " +
      "ReceivedSubmissionsStatistics SettledContract SubContractor Tenderer TenderingParty TenderLot TenderReference TouchPoint",
    [`${EFORMS}-basic-components/1`]:
      "ChangedNoticeIdentifier CompanySizeCode ContractFrameworkIndicator FieldIdentifierCode FrameworkMaximumAmount " +
      "GroupFrameworkMaximumValueAmount GroupFrameworkReestimatedValueAmount GroupLeadIndicator InformationDisclosureDate NondisclosureID NoticePublicationID " +
      "OverallApproximateFrameworkContractsAmount OverallMaximumFrameworkContractsAmount PublicationDate " +
      "ReestimatedValueAmount StatisticsCode StatisticsNumeric",
    [`${UBL}CommonAggregateComponents-2`]:
      "AdditionalCommodityClassification ContractExtension ContractingParty ContractingSystem Country FrameworkAgreement LegalMonetaryTotal " +
      "LotDistribution LotsGroup MainCommodityClassification NoticeDocumentReference Party PartyIdentification " +
      "PartyLegalEntity PartyName PlannedPeriod PostalAddress ProcessJustification ProcurementProject ProcurementProjectLot " +
      "ProcurementProjectLotReference ParticipationRequestReceptionPeriod RequestedTenderTotal TenderingProcess TenderingTerms TenderResult TenderSubmissionDeadlinePeriod WinningParty " +
      "AwardedTenderedProject",
    [`${UBL}CommonBasicComponents-2`]:
      "AwardDate CompanyID CustomizationID ContractFolderID ContractingSystemTypeCode DurationMeasure EndDate " +
      "EstimatedOverallContractAmount ID IdentificationCode IssueDate ItemClassificationCode Justification LotsGroupID " +
      "MaximumNumberNumeric MaximumValueAmount Name NoticeLanguageCode NoticeTypeCode PayableAmount ProcedureCode ProcessReasonCode ProcurementTypeCode RankCode ReasonCode " +
      "RegulatoryDomain StartDate SubTypeCode TenderResultCode Title TotalAmount VersionID",
  }).map(([namespace, names]) => [namespace, new Set(names.split(" "))]),
);

const keepElement: KeepElement = (name, namespace) => ELEMENTS.get(namespace)?.has(name) === true;
