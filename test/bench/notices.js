/** Notices of eForms to measure with: made up, the same every time, as large and as full of other things as published ones. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const digits = (number, length) => String(number).padStart(length, "0");
const list = (count, write) => Array.from({ length: count }, (_, index) => write(index + 1)).join("");
const id = (value, scheme) => `<cbc:ID schemeName="${scheme}">${value}</cbc:ID>`;
const eur = (name, amount) => `<${name} currencyID="EUR">${amount}</${name}>`;
const extended = (content) =>
  `<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>${content}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;

const NAMESPACES = [
  ["", "urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2"],
  [":cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"],
  [":cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"],
  [":ext", "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"],
  [":efac", "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"],
  [":efbc", "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"],
  [":efext", "http://data.europa.eu/p27/eforms-ubl-extensions/1"],
]
  .map(([prefix, uri]) => `xmlns${prefix}="${uri}"`)
  .join(" ");

const organisation = (key, name, number) =>
  `<efac:Organization><efac:Company><cbc:WebsiteURI>https://www.example.eu/${number}</cbc:WebsiteURI>
<cac:PartyIdentification>${id(key, "organization")}</cac:PartyIdentification><cac:PartyName><cbc:Name languageID="ENG">${name}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>${number} Station Road</cbc:StreetName><cbc:CityName>Ghent</cbc:CityName><cbc:PostalZone>9000</cbc:PostalZone>
<cbc:CountrySubentityCode listName="nuts">BE234</cbc:CountrySubentityCode><cac:Country><cbc:IdentificationCode listName="country">BEL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:CompanyID>0${digits(400_000_000 + number * 37, 9)}</cbc:CompanyID></cac:PartyLegalEntity>
<cac:Contact><cbc:Name>Sales</cbc:Name><cbc:Telephone>+32 9 000 00 00</cbc:Telephone><cbc:ElectronicMail>sales@example.eu</cbc:ElectronicMail></cac:Contact></efac:Company></efac:Organization>
`;

const result = (lot, tenders) =>
  `<efac:LotResult>${id(`RES-${digits(lot, 4)}`, "result")}<cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>
${tenders.map((tender) => `<efac:LotTender>${id(tender, "tender")}</efac:LotTender>`).join("")}
<efac:FrameworkAgreementValues>${eur("cbc:MaximumValueAmount", 1_000_000 + lot)}${eur("efbc:ReestimatedValueAmount", 900_000 + lot)}</efac:FrameworkAgreementValues>
<efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode listName="received-submission-type">tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>${tenders.length}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>
<efac:TenderLot>${id(`LOT-${digits(lot, 4)}`, "Lot")}</efac:TenderLot></efac:LotResult>
`;

const tender = (key, party, lot) =>
  `<efac:LotTender>${id(key, "tender")}<cbc:RankCode>1</cbc:RankCode><cac:LegalMonetaryTotal>${eur("cbc:PayableAmount", "12500.50")}</cac:LegalMonetaryTotal>
<efac:SubcontractingTerm><efbc:TermCode listName="applicability">no</efbc:TermCode></efac:SubcontractingTerm>
<efac:TenderingParty>${id(party, "tendering-party")}</efac:TenderingParty><efac:TenderLot>${id(lot, "Lot")}</efac:TenderLot>
<efac:TenderReference><cbc:ID>${key}/A</cbc:ID></efac:TenderReference></efac:LotTender>
`;

const contract = (key, tenders) =>
  `<efac:SettledContract>${id(key, "contract")}<cbc:AwardDate>2024-05-02+02:00</cbc:AwardDate><cbc:IssueDate>2024-06-03+02:00</cbc:IssueDate>
<cbc:Title languageID="ENG">Supply under ${key}</cbc:Title><efac:ContractReference><cbc:ID>REF ${key}</cbc:ID></efac:ContractReference>
${tenders.map((one) => `<efac:LotTender>${id(one, "tender")}</efac:LotTender>`).join("")}</efac:SettledContract>
`;

const party = (key, company) =>
  `<efac:TenderingParty>${id(key, "tendering-party")}<efac:Tenderer>${id(company, "organization")}<efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator></efac:Tenderer></efac:TenderingParty>
`;

const project = (name) =>
  `<cac:ProcurementProject><cbc:ID schemeName="InternalID">${name}</cbc:ID><cbc:Name languageID="ENG">${name}</cbc:Name>
<cbc:Description languageID="ENG">${"Delivery, installation and upkeep of what the departments need. ".repeat(8)}</cbc:Description>
<cbc:ProcurementTypeCode listName="contract-nature">supplies</cbc:ProcurementTypeCode>
<cac:RequestedTenderTotal>${eur("cbc:EstimatedOverallContractAmount", 950_000)}</cac:RequestedTenderTotal>
<cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">30200000</cbc:ItemClassificationCode></cac:MainCommodityClassification>
<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode listName="nuts">BE234</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>
<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">48</cbc:DurationMeasure></cac:PlannedPeriod></cac:ProcurementProject>
`;

const criterion = (name) =>
  `<cac:SubordinateAwardingCriterion><cbc:AwardingCriterionTypeCode listName="award-criterion-type">${name}</cbc:AwardingCriterionTypeCode><cbc:Name languageID="ENG">${name}</cbc:Name><cbc:Description languageID="ENG">How well the tender does by ${name}, on a scale of one hundred points.</cbc:Description></cac:SubordinateAwardingCriterion>
`;

const lot = (number) =>
  `<cac:ProcurementProjectLot>${id(`LOT-${digits(number, 4)}`, "Lot")}<cac:TenderingTerms><cbc:FundingProgramCode listName="eu-funded">no-eu-funds</cbc:FundingProgramCode>
<cac:AwardingTerms><cac:AwardingCriterion>${["price", "quality", "cost"].map(criterion).join("")}</cac:AwardingCriterion></cac:AwardingTerms>
<cac:AppealTerms><cac:PresentationPeriod><cbc:Description languageID="ENG">${"Reviews are asked for within the time that the law gives. ".repeat(6)}</cbc:Description></cac:PresentationPeriod></cac:AppealTerms></cac:TenderingTerms>
<cac:TenderingProcess><cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">fa-w-rc</cbc:ContractingSystemTypeCode></cac:ContractingSystem></cac:TenderingProcess>
${project(`Lot ${number}`)}</cac:ProcurementProjectLot>
`;

/** A notice of so many lots, each with a framework agreement of so many winners, each with a contract of its own. */
export const noticeOf = (number, lots, winners) => {
  const key = (lotNumber, winner) => digits((lotNumber - 1) * winners + winner, 4);
  const eachWin = (write) => list(lots, (one) => list(winners, (winner) => write(key(one, winner), one, winner)));
  const tendersOf = (one) => Array.from({ length: winners }, (_, index) => `TEN-${key(one, index + 1)}`);
  const results = `<efac:NoticeResult>${eur("cbc:TotalAmount", 12_500 * winners * lots)}
${list(lots, (one) => result(one, tendersOf(one)))}${eachWin((name, one) => tender(`TEN-${name}`, `TPA-${name}`, `LOT-${digits(one, 4)}`))}${eachWin((name) => contract(`CON-${name}`, [`TEN-${name}`]))}${eachWin((name, _, winner) => party(`TPA-${name}`, `ORG-${digits(winner + 1, 4)}`))}</efac:NoticeResult>`;
  const organisations = `<efac:Organizations>${organisation("ORG-0001", `City ${number}`, 1)}${list(winners, (winner) => organisation(`ORG-${digits(winner + 1, 4)}`, `Company ${(number + winner) % 5000} &amp; Sons`, number + winner))}</efac:Organizations>`;
  const publication = `<efac:Publication><efbc:NoticePublicationID schemeName="ojs-notice-id">${digits(number, 8)}-2024</efbc:NoticePublicationID><efbc:PublicationDate>2024-07-01+02:00</efbc:PublicationDate></efac:Publication>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<ContractAwardNotice ${NAMESPACES}>${extended(results + organisations + publication)}
${id(`5f0c7f9e-0000-4000-8000-${digits(number, 12)}`, "notice-id")}<cbc:ContractFolderID>5f0c7f9e-0000-4000-9000-${digits(number, 12)}</cbc:ContractFolderID>
<cbc:VersionID>01</cbc:VersionID><cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain><cbc:NoticeTypeCode listName="result">can-standard</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>ENG</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:Party><cac:PartyIdentification>${id("ORG-0001", "organization")}</cac:PartyIdentification></cac:Party></cac:ContractingParty>
${project(`Framework agreements ${number}`)}${list(lots, lot)}</ContractAwardNotice>
`;
};

export const NOTICES_SHAPE = "notices of 2 lots with 2 winners each, 19 kB a notice";

/** Writes so many notices into a folder of their own, a file each. */
export const writeNotices = (folder, count) => {
  mkdirSync(folder, { recursive: true });
  for (let number = 1; number <= count; number++) {
    writeFileSync(join(folder, `${digits(number, 6)}.xml`), noticeOf(number, 2, 2));
  }
};
