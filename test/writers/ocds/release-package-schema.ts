import { Ajv2020 } from "ajv/dist/2020.js";
import { CHECKER } from "../../schema-checker.ts";

/**
 * What the schema of OCDS 1.1 (release-package-schema.json, with the extensions that lotbook declares) asks of the
 * members that lotbook writes: their types and formats, what is required, the closed codelists, and lists without
 * repetitions. No other members are allowed, so that a new one is looked up before it is written.
 */
const text = { type: "string", minLength: 1 };
const moment = { type: "string", format: "date-time" };
const count = { type: "integer", minimum: 0 };
const object = (properties: Record<string, unknown>, ...required: readonly string[]) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
  minProperties: 1,
});
const list = (items: unknown) => ({ type: "array", items, minItems: 1, uniqueItems: true });

const value = object(
  {
    amount: { type: "number" },
    currency: { type: "string", pattern: "^[A-Z]{3}$" },
    valueAddedTaxIncluded: { type: "boolean" },
  },
  "amount",
  "currency",
);
const period = object({ startDate: moment, endDate: moment, maxExtentDate: moment, durationInDays: count });
const reference = object({ id: text, name: text }, "id");
const identifier = object({ scheme: text, id: text, legalName: text });
const classification = object({ scheme: text, id: text, description: text });

const party = object(
  {
    id: text,
    name: text,
    identifier,
    additionalIdentifiers: list(identifier),
    address: object({ country: { type: "string", pattern: "^[A-Z]{2}$" } }),
    details: object({ scale: { enum: ["micro", "small", "medium", "sme", "large"] } }),
    memberOf: list(reference),
    roles: list({ enum: ["buyer", "supplier", "tenderer", "leadTenderer", "subcontractor"] }),
  },
  "id",
  "name",
);

const techniques = object({
  hasFrameworkAgreement: { type: "boolean" },
  frameworkAgreement: object({
    method: {
      enum: ["withReopeningCompetition", "withoutReopeningCompetition", "withAndWithoutReopeningCompetition"],
    },
    value,
    buyerCategories: text,
  }),
});

const lot = object(
  {
    id: text,
    title: text,
    status: { enum: ["planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"] },
    value,
    contractPeriod: period,
    renewal: object({ minimumRenewals: count, maximumRenewals: count, period }),
    techniques,
  },
  "id",
);

const tender = object(
  {
    id: text,
    title: text,
    description: text,
    legalBasis: classification,
    value,
    contractPeriod: period,
    numberOfTenderers: count,
    procurementMethod: { enum: ["open", "selective", "limited", "direct"] },
    procurementMethodDetails: text,
    procurementMethodRationale: text,
    mainProcurementCategory: { enum: ["goods", "works", "services"] },
    tenderPeriod: object({ startDate: moment }),
    techniques,
    items: list(
      object(
        { id: text, classification, additionalClassifications: list(classification), relatedLot: { type: "string" } },
        "id",
      ),
    ),
    lots: list(lot),
    lotGroups: list(object({ id: text, title: text, relatedLots: list(text), maximumValue: value }, "id")),
    documents: list(object({ id: text, title: text, url: { type: "string", format: "uri" } }, "id")),
  },
  "id",
);

const amendment = object({
  id: text,
  date: moment,
  description: text,
  rationale: text,
  relatedLots: list(text),
});

const award = object(
  {
    id: text,
    status: { enum: ["pending", "active", "cancelled", "unsuccessful"] },
    date: moment,
    value,
    maximumValue: value,
    estimatedValue: value,
    suppliers: list(reference),
    relatedLots: list(text),
    relatedBids: list(text),
    amendments: list(amendment),
  },
  "id",
);

const contract = object(
  { id: text, awardID: text, title: text, value, dateSigned: moment, suppliers: list(reference) },
  "id",
  "awardID",
);

const bids = object({
  statistics: list(object({ id: text, measure: text, value: count, relatedLot: text }, "id", "measure", "value")),
  details: list(
    object(
      {
        id: text,
        relatedLots: list(text),
        subcontracting: object({ subcontracts: list(object({ id: text, subcontractor: reference }, "id")) }),
      },
      "id",
    ),
  ),
});

const TAGS = ["planning", "tender", "award", "contract", "compiled"];

const release = object(
  {
    ocid: text,
    id: { ...text, pattern: "^[^#]+$" },
    date: moment,
    tag: list({ enum: TAGS }),
    initiationType: { enum: ["tender"] },
    parties: list(party),
    buyer: reference,
    tender,
    bids,
    awards: list(award),
    contracts: list(contract),
    relatedProcesses: list(
      object({
        id: text,
        relationship: list({ enum: ["framework"] }),
        scheme: { enum: ["ocid"] },
        identifier: text,
        relatedLots: list(text),
      }),
    ),
    withheldInformation: list(object({ id: text, field: text, name: text }, "id")),
  },
  "ocid",
  "id",
  "date",
  "tag",
  "initiationType",
);

const releasePackage = object(
  {
    uri: { type: "string", format: "uri" },
    version: { type: "string", pattern: "^(\\d+\\.)(\\d+)$" },
    extensions: list({ type: "string", format: "uri" }),
    publishedDate: moment,
    publisher: object({ name: text }, "name"),
    releases: list(release),
  },
  "uri",
  "publishedDate",
  "releases",
  "publisher",
  "version",
);

const ajv = new Ajv2020({ ...CHECKER, allowUnionTypes: true });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat("uri", /^[a-z][a-z0-9+.-]*:\S*$/i);
const validate = ajv.compile(releasePackage);

/** Where a package is not as the schema wants it. */
export const schemaProblems = (text: string): readonly string[] => {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
};
