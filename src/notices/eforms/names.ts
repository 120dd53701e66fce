import type { KeepElement } from "../../syntax/xml/names.ts";

const UBL = "urn:oasis:names:specification:ubl:schema:xsd:";
const EFORMS = "http://data.europa.eu/p27/eforms-ubl-extension";

/** The namespace of the only kind of notice that tells of awards. */
export const AWARD_NOTICE = `${UBL}ContractAwardNotice-2`;

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

export const keepElement: KeepElement = (name, namespace) => ELEMENTS.get(namespace)?.has(name) === true;
