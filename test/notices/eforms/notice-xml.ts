/** Builds small notices of eForms: each function writes one element, so that a test shows only what it is about. */

const NAMESPACES = [
  'xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2"',
  'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
  'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"',
  'xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"',
  'xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1"',
  'xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"',
  'xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1"',
].join(" ");

const element = (name: string, content: string, attributes = ""): string =>
  `<${name}${attributes}>${content}</${name}>`;

const optional = (name: string, content: string | undefined, attributes = ""): string =>
  content === undefined ? "" : element(name, content, attributes);

const id = (value: string, scheme = ""): string =>
  element("cbc:ID", value, scheme === "" ? "" : ` schemeName="${scheme}"`);

const reference = (name: string, value: string): string => element(name, id(value));

/** `EUR 12.50` as the amount of an element. */
export const amount = (name: string, written: string): string => {
  const [currency = "", figure = ""] = written.split(" ");
  return element(name, figure, ` currencyID="${currency}"`);
};

const optionalAmount = (name: string, written: string | undefined): string =>
  written === undefined ? "" : amount(name, written);

export const text = (name: string, content: string, language = "ENG"): string =>
  element(name, content, ` languageID="${language}"`);

/** Says that a field is kept secret (BT-195). */
export const secret = (code: string): string =>
  element("efac:FieldsPrivacy", element("efbc:FieldIdentifierCode", code));

export const extension = (content: string): string =>
  element(
    "ext:UBLExtensions",
    element("ext:UBLExtension", element("ext:ExtensionContent", element("efext:EformsExtension", content))),
  );

export const organisation = (
  key: string,
  name: string,
  { legalId, country, names }: { legalId?: string; country?: string; names?: string } = {},
): string =>
  element(
    "efac:Organization",
    element(
      "efac:Company",
      element("cac:PartyIdentification", id(key)) +
        element("cac:PartyName", names ?? text("cbc:Name", name)) +
        (country === undefined
          ? ""
          : element("cac:PostalAddress", element("cac:Country", element("cbc:IdentificationCode", country)))) +
        (legalId === undefined ? "" : element("cac:PartyLegalEntity", element("cbc:CompanyID", legalId))),
    ),
  );

export const party = (
  key: string,
  tenderers: readonly string[],
  { name, lead, subcontractors = [] }: { name?: string; lead?: string; subcontractors?: readonly string[] } = {},
): string =>
  element(
    "efac:TenderingParty",
    id(key) +
      optional("cbc:Name", name) +
      tenderers
        .map((tenderer) =>
          element(
            "efac:Tenderer",
            id(tenderer) + optional("efbc:GroupLeadIndicator", lead && String(tenderer === lead)),
          ),
        )
        .join("") +
      subcontractors.map((subcontractor) => reference("efac:SubContractor", subcontractor)).join(""),
  );

export const tender = (key: string, { party: owner, lot: target, value, rank, more = "" }: TenderParts): string =>
  element(
    "efac:LotTender",
    id(key) +
      optional("cbc:RankCode", rank) +
      (value === undefined ? "" : element("cac:LegalMonetaryTotal", amount("cbc:PayableAmount", value))) +
      more +
      (owner === undefined ? "" : reference("efac:TenderingParty", owner)) +
      (target === undefined ? "" : reference("efac:TenderLot", target)),
  );

interface TenderParts {
  readonly party?: string;
  readonly lot?: string;
  readonly value?: string;
  readonly rank?: string;
  readonly more?: string;
}

export const contract = (
  key: string,
  { tenders = [], more = "" }: { tenders?: readonly string[]; more?: string } = {},
): string =>
  element("efac:SettledContract", id(key) + more + tenders.map((one) => reference("efac:LotTender", one)).join(""));

interface ResultParts {
  readonly status?: string;
  readonly tenders?: readonly string[];
  readonly contracts?: readonly string[];
  readonly maximum?: string;
  readonly reestimate?: string;
  /** What else stands among the values of the framework agreement. */
  readonly values?: string;
  readonly more?: string;
}

export const result = (
  target: string,
  { status, tenders = [], contracts = [], maximum, reestimate, values = "", more = "" }: ResultParts = {},
): string =>
  element(
    "efac:LotResult",
    optional("cbc:TenderResultCode", status) +
      tenders.map((one) => reference("efac:LotTender", one)).join("") +
      element(
        "efac:FrameworkAgreementValues",
        optionalAmount("cbc:MaximumValueAmount", maximum) +
          optionalAmount("efbc:ReestimatedValueAmount", reestimate) +
          values,
      ) +
      more +
      contracts.map((one) => reference("efac:SettledContract", one)).join("") +
      reference("efac:TenderLot", target),
  );

export const project = (content: string): string => element("cac:ProcurementProject", content);

export const technique = (code: string): string =>
  element(
    "cac:TenderingProcess",
    element("cac:ContractingSystem", element("cbc:ContractingSystemTypeCode", code, ' listName="framework-agreement"')),
  );

export const lot = (key: string, content = "", scheme = "Lot"): string =>
  element("cac:ProcurementProjectLot", id(key, scheme) + content);

/** The total of a project, with the framework's maximum as announced (BT-271). */
export const announced = (maximum: string, estimate?: string): string =>
  element(
    "cac:RequestedTenderTotal",
    extension(amount("efbc:FrameworkMaximumAmount", maximum)) +
      optionalAmount("cbc:EstimatedOverallContractAmount", estimate),
  );

export const group = (key: string, lots: readonly string[]): string =>
  element(
    "cac:LotsGroup",
    element("cbc:LotsGroupID", key) + lots.map((one) => reference("cac:ProcurementProjectLotReference", one)).join(""),
  );

interface NoticeParts {
  readonly noticeId?: string;
  readonly version?: string;
  readonly number?: string;
  readonly published?: string;
  readonly procedure?: string;
  readonly form?: string;
  readonly language?: string;
  readonly results?: string;
  readonly organisations?: string;
  readonly changes?: string;
  readonly buyers?: readonly string[];
  readonly groups?: string;
  readonly project?: string;
  readonly lots?: string;
  readonly more?: string;
}

export const notice = ({
  noticeId = "5f0c7f9e-0000-4000-8000-000000000001",
  version = "01",
  number,
  published,
  procedure = "11111111-2222-4333-8444-555555555555",
  form = "result",
  language = "ENG",
  results,
  organisations = "",
  changes = "",
  buyers = [],
  groups = "",
  project: whole = "",
  lots = "",
  more = "",
}: NoticeParts): string =>
  element(
    "ContractAwardNotice",
    extension(
      changes +
        optional("efac:NoticeResult", results) +
        element("efac:Organizations", organisations) +
        (number === undefined
          ? ""
          : element(
              "efac:Publication",
              element("efbc:NoticePublicationID", number, ' schemeName="ojs-notice-id"') +
                optional("efbc:PublicationDate", published),
            )),
    ) +
      id(noticeId, "notice-id") +
      element("cbc:ContractFolderID", procedure) +
      more +
      element("cbc:VersionID", version) +
      element("cbc:NoticeTypeCode", "can-standard", ` listName="${form}"`) +
      element("cbc:NoticeLanguageCode", language) +
      buyers
        .map((buyer) =>
          element("cac:ContractingParty", element("cac:Party", element("cac:PartyIdentification", id(buyer)))),
        )
        .join("") +
      element("cac:TenderingTerms", element("cac:LotDistribution", groups)) +
      project(whole) +
      lots,
    ` ${NAMESPACES}`,
  );
