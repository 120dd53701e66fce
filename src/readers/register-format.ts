import type { Fact } from "../model/claim.ts";
import {
  CALL_OFF_MECHANISMS,
  type Contract,
  LOT_STATUSES,
  type Lot,
  type LotGroup,
  type Member,
  type Origin,
  type Source,
  type StatedAmount,
  SUPPLIER_KINDS,
  type Supplier,
} from "../model/contract.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { isMoneyProblem, parseMoney } from "../model/money.ts";
import { parsePartialDate } from "../model/partial-date.ts";
import { parseQuantity } from "../model/quantity.ts";
import { parseDuration, parseTerm } from "../model/term.ts";
import {
  type Codec,
  type Decoding,
  factOf,
  field,
  isProblem,
  listOf,
  oneOf,
  type RecordReader,
  record,
  requiredField,
  scalar,
} from "./decode.ts";

/** The public format of registers: each field once, for the reader, the JSON Schema and the documentation alike. */

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** The types that editors may take a text of this form for: 2016 is a number to them, and true a truth value. */
const typesOf = (form: RegExp): readonly string[] => [
  "string",
  ...(form.test("2016") ? ["number"] : []),
  ...(form.test("true") ? ["boolean"] : []),
];

const text: Codec<string> = scalar<string>({ type: typesOf(/./), minLength: 1 }, (written) => {
  if (CONTROL.test(written))
    return {
      rule: "F9",
      problem: "control characters do not belong in a text",
    };
  return written.isWellFormed()
    ? written
    : {
        rule: "F9",
        problem: "half a surrogate pair does not belong in a text",
      };
});

/** A word of a fixed form. */
const word = (pattern: string, rule: string, what: string, hint: string): Codec<string> => {
  const form = new RegExp(pattern);
  return scalar<string>({ type: typesOf(form), pattern }, (written) =>
    form.test(written) ? written : { rule, problem: `"${written}" is not ${what}`, hint },
  );
};

const id = word(
  "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
  "N5",
  "an id",
  "an id has letters, digits and . _ : - and starts with a letter or digit",
);
const sourceId = word(
  "^[A-Za-z][A-Za-z0-9_-]*$",
  "N5",
  "a name",
  "a name has letters, digits, - and _ and starts with a letter",
);
const attribution = word(
  "^[A-Za-z][A-Za-z0-9_-]*( .+)?$",
  "N5",
  "a source with a place in it",
  "write the source's id, a space and the place: article 2",
);
const country = word("^[A-Z]{2}$", "F6", "a country code", "write two capitals (ISO 3166-1): BE, ES, NO");

const REMEMBERED = 5000;

/** The same function, which remembers the first texts it was asked about: dates and terms recur from contract to contract. */
const remembered = <T>(parse: (written: string) => T): ((written: string) => T) => {
  const known = new Map<string, T>();
  return (written) => {
    let result = known.get(written);
    if (result === undefined) {
      result = parse(written);
      if (known.size < REMEMBERED) known.set(written, result);
    }
    return result;
  };
};

const parsed = <T extends object>(
  pattern: string,
  parse: (written: string) => T | undefined,
  rule: string,
  what: string,
  hint: string,
): Codec<T> =>
  scalar<T>(
    { type: typesOf(new RegExp(pattern)), pattern },
    remembered((written) => parse(written) ?? { rule, problem: `"${written}" is not ${what}`, hint }),
  );

const DURATION_PATTERN = "[1-9][0-9]* (years?|months?)";

const date = parsed(
  "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?)?$",
  parsePartialDate,
  "N4",
  "a date that exists",
  "write 2015, 2015-12 or 2015-12-18",
);
const duration = parsed(`^${DURATION_PATTERN}$`, parseDuration, "D1", "a duration", "write 4 years or 18 months");
const term = parsed(
  `^${DURATION_PATTERN}( \\+ [1-9][0-9]* renewals? of ${DURATION_PATTERN})?$`,
  parseTerm,
  "D1",
  "a term",
  "write 4 years, or 2 years + 2 renewals of 1 year",
);
const quantity = parsed(
  "^(about )?[0-9][0-9,]*( .+)?$",
  parseQuantity,
  "F6",
  "a count",
  "write 56, about 50, 75 % or 2500 virtual machines",
);

/** A ceiling or value: an amount with its currency, or the word `withheld`; left out where nothing is known (T8). */
const amount: Codec<StatedAmount> = scalar<StatedAmount>(
  {
    type: "string",
    pattern: "^(withheld|[A-Z]{3} [0-9.,]+(k|M|bn)?|[0-9.,]+(k|M|bn)? [A-Z]{3})$",
  },
  (written) => {
    if (written === "withheld") return "withheld";
    const money = parseMoney(written);
    if (isMoneyProblem(money)) return { rule: "N2", ...money };
    return money.minor < 0n
      ? {
          rule: "N2",
          problem: `"${written}" is negative`,
          hint: "a ceiling is zero or more",
        }
      : money;
  },
);

const note = field("note", text, "A remark for readers.", "the ordering rules are in annex 2");
const speaker = field(
  "source",
  attribution,
  "Who states the facts of this record that name no source of their own: a source's id and the place in it.",
  "article 2",
);

/** Sets who speaks for the record, before its facts are read. */
const speakFirst = (reader: RecordReader, at: Decoding): void => {
  const spoken = reader.optional(speaker);
  if (spoken === undefined) return;
  const by = at.references.attribution(spoken);
  if (isProblem(by)) at.reportAt([speaker.key], by.rule, by.problem, by.hint);
  else at.by = by;
};

const SOURCE_FIELDS = {
  source: requiredField(
    "source",
    sourceId,
    "The id by which facts name this source; the first source listed is believed first.",
    "article",
  ),
  title: requiredField("title", text, "What the source is called.", "Contract award notice"),
  publisher: field("publisher", text, "Who published it.", "European Commission"),
  reference: field("reference", text, "Its number or mark.", "2016/S 001-000001"),
  date: field("date", date, "When it was published.", "2016-02-03"),
  language: field("language", text, "Its language.", "fr"),
  url: field("url", text, "Where it can be read.", "https://example.org/notice"),
  locator: field("locator", text, "What the places in it count.", "paragraph"),
  note,
};

export const sourceCodec: Codec<Source> = record(SOURCE_FIELDS, (reader, at) => ({
  id: reader.required(SOURCE_FIELDS.source, ""),
  title: reader.required(SOURCE_FIELDS.title, ""),
  publisher: reader.optional(SOURCE_FIELDS.publisher),
  reference: reader.optional(SOURCE_FIELDS.reference),
  date: reader.optional(SOURCE_FIELDS.date),
  language: reader.optional(SOURCE_FIELDS.language),
  url: reader.optional(SOURCE_FIELDS.url),
  locator: reader.optional(SOURCE_FIELDS.locator),
  note: reader.optional(SOURCE_FIELDS.note),
  origin: at.origin,
}));

const MEMBER_FIELDS = {
  name: requiredField("name", text, "The company's name.", "Gigas"),
  country: field("country", country, "Where it comes from (ISO 3166-1, two letters), where stated.", "ES"),
};

const member: Codec<Member> = record(MEMBER_FIELDS, (reader) => ({
  name: reader.required(MEMBER_FIELDS.name, ""),
  country: reader.optional(MEMBER_FIELDS.country),
}));

const SUPPLIER_FIELDS = {
  supplier: requiredField("supplier", id, "The id by which lots name this supplier.", "bt"),
  source: speaker,
  name: requiredField("name", factOf(text), "Its name; it is found by every name that a source gives it.", "BT"),
  kind: field(
    "kind",
    oneOf(SUPPLIER_KINDS),
    "A company (as when left out), or a grouping of companies that holds one seat.",
    "grouping",
  ),
  aliases: field("aliases", listOf(text), "Other names of the same supplier.", "[ATOS Belgium]"),
  members: field(
    "members",
    factOf(listOf(member)),
    "The companies of a grouping; they hold no seat of their own.",
    "[{ name: Gigas, country: ES }]",
  ),
  country: field("country", factOf(country), "Where it comes from (ISO 3166-1, two letters).", "BE"),
  note,
};

export const supplierCodec: Codec<Supplier> = record(SUPPLIER_FIELDS, (reader, at) => {
  speakFirst(reader, at);
  const members = reader.optional(SUPPLIER_FIELDS.members);
  return {
    id: reader.required(SUPPLIER_FIELDS.supplier, ""),
    name: reader.required(SUPPLIER_FIELDS.name, [{ value: "", by: at.by }]),
    kind: reader.optional(SUPPLIER_FIELDS.kind) ?? (members === undefined ? "company" : "grouping"),
    aliases: reader.optional(SUPPLIER_FIELDS.aliases) ?? [],
    members,
    country: reader.optional(SUPPLIER_FIELDS.country),
    note: reader.optional(SUPPLIER_FIELDS.note),
    origin: at.origin,
  };
});

/** A supplier named by id, name or alias. */
const supplierReference: Codec<Supplier> = {
  schema: text.schema,
  decode: (value, at) => {
    const written = text.decode(value, at);
    if (written === undefined) return undefined;
    const supplier = at.references.supplier(written);
    return isProblem(supplier) ? at.report(supplier.rule, supplier.problem, supplier.hint) : supplier;
  },
};

/** An empty list says that nobody holds the lot. */
const seatList = listOf(supplierReference, 0);
const seats: Codec<readonly Supplier[]> = {
  schema: seatList.schema,
  decode: (value, at) => {
    const suppliers = seatList.decode(value, at);
    // A supplier named twice, be it by an alias, holds one seat (T2).
    return suppliers === undefined || suppliers.length < 2 ? suppliers : [...new Set(suppliers)];
  },
};

const LOT_FIELDS = {
  lot: requiredField("lot", id, "The lot's id within its contract, kept as written.", "1"),
  source: speaker,
  title: field("title", text, "A short title.", "Private cloud"),
  status: field(
    "status",
    oneOf(LOT_STATUSES),
    "Its state; when left out, awarded if it has suppliers and no-result if not.",
    "awarded",
  ),
  service: field("service", factOf(text), "The kind of service.", "IaaS"),
  deployment: field("deployment", factOf(text), "How it is deployed.", "private"),
  ceiling: field(
    "ceiling",
    factOf(amount),
    "What may be spent on the lot, shared by all its suppliers; or withheld.",
    "EUR 10.2M",
  ),
  ceilingPerSupplier: field(
    "ceilingPerSupplier",
    factOf(amount),
    "What may be spent with each supplier of the lot.",
    "EUR 700,000",
  ),
  awarded: field("awarded", factOf(amount), "The value of the contracts awarded.", "EUR 1,250,000.00"),
  callOff: field("callOff", factOf(oneOf(CALL_OFF_MECHANISMS)), "How orders are placed.", "reopened competition"),
  awardCriteria: field("awardCriteria", factOf(text), "What decided the award.", "quality outweighed price"),
  offers: field("offers", factOf(quantity), "How many offers came in.", "9"),
  suppliers: field("suppliers", factOf(seats), "Who holds the lot: suppliers by id, name or alias.", "[bt, ibm]"),
  note,
};

const lot: Codec<Lot> = record(LOT_FIELDS, (reader, at) => {
  speakFirst(reader, at);
  const suppliers = reader.optional(LOT_FIELDS.suppliers);
  const ceiling = reader.optional(LOT_FIELDS.ceiling);
  const ceilingPerSupplier = reader.optional(LOT_FIELDS.ceilingPerSupplier);
  if (ceiling !== undefined && ceilingPerSupplier !== undefined) {
    at.report("T3", "a lot has one ceiling: either shared or per supplier", "keep ceiling or ceilingPerSupplier");
  }
  return {
    id: reader.required(LOT_FIELDS.lot, ""),
    title: reader.optional(LOT_FIELDS.title),
    status: reader.optional(LOT_FIELDS.status) ?? (hasSeats(suppliers) ? "awarded" : "no-result"),
    service: reader.optional(LOT_FIELDS.service),
    deployment: reader.optional(LOT_FIELDS.deployment),
    ceiling,
    ceilingPerSupplier,
    awarded: reader.optional(LOT_FIELDS.awarded),
    callOff: reader.optional(LOT_FIELDS.callOff),
    awardCriteria: reader.optional(LOT_FIELDS.awardCriteria),
    offers: reader.optional(LOT_FIELDS.offers),
    suppliers,
    note: reader.optional(LOT_FIELDS.note),
  };
});

const hasSeats = (suppliers: Fact<readonly Supplier[]> | undefined): boolean =>
  suppliers?.some((claim) => claim.value.length > 0) ?? false;

const GROUP_FIELDS = {
  group: requiredField("group", id, "The group's id within its contract.", "A"),
  source: speaker,
  title: field("title", text, "A short title.", "Consultancy lots"),
  lots: requiredField("lots", listOf(id), "The ids of its lots.", "[1, 2]"),
  ceiling: field("ceiling", factOf(amount), "What may be spent on its lots together; or withheld.", "EUR 20M"),
  note,
};

/** A group of lots. */
const lotGroup: Codec<LotGroup> = record(GROUP_FIELDS, (reader, at) => {
  speakFirst(reader, at);
  return {
    id: reader.required(GROUP_FIELDS.group, ""),
    title: reader.optional(GROUP_FIELDS.title),
    lots: [...new Set(reader.required(GROUP_FIELDS.lots, []))],
    ceiling: reader.optional(GROUP_FIELDS.ceiling),
    note: reader.optional(GROUP_FIELDS.note),
  };
});

const CONTRACT_FIELDS = {
  contract: requiredField("contract", id, "The contract's id.", "cloud-i"),
  source: speaker,
  title: field("title", text, "A short title.", "Cloud I"),
  description: field("description", text, "What it is for.", "Cloud services for the institutions"),
  framework: field("framework", oneOf(["yes", "no"]), "Whether it is a framework agreement; yes when left out.", "no"),
  buyer: field("buyer", factOf(text), "Who buys.", "European Commission"),
  coordinator: field("coordinator", factOf(text), "Who runs it for the buyer.", "DIGIT"),
  callDate: field("callDate", factOf(date), "When the call for tenders was published.", "2014-12"),
  awardDate: field("awardDate", factOf(date), "When it was awarded.", "2015-12"),
  startDate: field(
    "startDate",
    factOf(date),
    "From when the term counts; the award date where it is left out.",
    "2016-01-01",
  ),
  firstUse: field("firstUse", factOf(date), "When it was first used.", "2016"),
  term: field("term", factOf(term), "How long it runs, with its renewals.", "2 years + 2 renewals of 1 year"),
  maximumDuration: field("maximumDuration", factOf(duration), "The longest it can run, as declared.", "4 years"),
  ceiling: field(
    "ceiling",
    factOf(amount),
    "What may be spent on all lots together, as declared; or withheld.",
    "EUR 34.4M",
  ),
  participants: field("participants", factOf(quantity), "How many buyers may order.", "56"),
  supplierOrigins: field(
    "supplierOrigins",
    factOf(listOf(quantity)),
    "How many suppliers come from where.",
    "[4 European, 2 American]",
  ),
  tenderers: field("tenderers", factOf(quantity), "How many tenderers made offers.", "12"),
  offers: field("offers", factOf(quantity), "How many offers came in for all lots.", "20"),
  capacity: field("capacity", factOf(listOf(quantity)), "What is to be supplied.", "[2500 virtual machines]"),
  reservedShare: field("reservedShare", factOf(quantity), "The share kept for others than the buyer.", "75 %"),
  reservedFor: field("reservedFor", factOf(listOf(text)), "For whom it is kept.", "[European Parliament]"),
  dataLocation: field("dataLocation", factOf(listOf(text)), "Where data may lie.", "[data centres in the EU]"),
  note,
  lots: requiredField(
    "lots",
    listOf(lot),
    "Its lots; a contract that is not divided has one.",
    "[{ lot: 1, ceiling: EUR 1M }]",
  ),
  groups: field(
    "groups",
    listOf(lotGroup),
    "Lots that have a ceiling together.",
    "[{ group: A, lots: [1], ceiling: EUR 20M }]",
  ),
};

export const contractCodec: Codec<Contract> = record(CONTRACT_FIELDS, (reader, at) => {
  speakFirst(reader, at);
  const lots = uniqueLots(reader.required(CONTRACT_FIELDS.lots, []), at);
  return {
    id: reader.required(CONTRACT_FIELDS.contract, ""),
    title: reader.optional(CONTRACT_FIELDS.title),
    description: reader.optional(CONTRACT_FIELDS.description),
    framework: reader.optional(CONTRACT_FIELDS.framework) !== "no",
    buyer: reader.optional(CONTRACT_FIELDS.buyer),
    coordinator: reader.optional(CONTRACT_FIELDS.coordinator),
    callDate: reader.optional(CONTRACT_FIELDS.callDate),
    awardDate: reader.optional(CONTRACT_FIELDS.awardDate),
    startDate: reader.optional(CONTRACT_FIELDS.startDate),
    firstUse: reader.optional(CONTRACT_FIELDS.firstUse),
    term: reader.optional(CONTRACT_FIELDS.term),
    maximumDuration: reader.optional(CONTRACT_FIELDS.maximumDuration),
    ceiling: reader.optional(CONTRACT_FIELDS.ceiling),
    participants: reader.optional(CONTRACT_FIELDS.participants),
    supplierOrigins: reader.optional(CONTRACT_FIELDS.supplierOrigins),
    tenderers: reader.optional(CONTRACT_FIELDS.tenderers),
    offers: reader.optional(CONTRACT_FIELDS.offers),
    capacity: reader.optional(CONTRACT_FIELDS.capacity),
    reservedShare: reader.optional(CONTRACT_FIELDS.reservedShare),
    reservedFor: reader.optional(CONTRACT_FIELDS.reservedFor),
    dataLocation: reader.optional(CONTRACT_FIELDS.dataLocation),
    note: reader.optional(CONTRACT_FIELDS.note),
    lots,
    groups: soundGroups(reader.optional(CONTRACT_FIELDS.groups) ?? [], lots, at),
    origin: at.origin,
  };
});

const uniqueLots = (lots: readonly Lot[], at: Decoding): readonly Lot[] => {
  if (lots.length < 2) return lots;
  const seen = new Set<string>();
  lots.forEach(({ id: lotId }, index) => {
    if (seen.has(lotId)) {
      at.reportAt(["lots", index, "lot"], "F7", `lot "${lotId}" stands twice in this contract`, "give each its own id");
    }
    seen.add(lotId);
  });
  return lots;
};

const QUERY_FIELDS = {
  query: requiredField("query", sourceId, "The name by which the query is called: :late.", "late"),
  find: requiredField("find", text, "What it asks for.", "latestEnd:..today"),
  note,
};

/** A query that the register names. */
export interface NamedQuery {
  readonly id: string;
  readonly find: string;
  readonly origin: Origin;
}

export const queryCodec: Codec<NamedQuery> = record(QUERY_FIELDS, (reader, at) => {
  reader.optional(QUERY_FIELDS.note);
  return {
    id: reader.required(QUERY_FIELDS.query, ""),
    find: reader.required(QUERY_FIELDS.find, ""),
    origin: at.origin,
  };
});

/** Reports groups that share an id, and lots that a group names and its contract does not have. */
const soundGroups = (groups: readonly LotGroup[], lots: readonly Lot[], at: Decoding): readonly LotGroup[] => {
  const seen = new Set<string>();
  const known = lots.map(({ id: lotId }) => lotId);
  for (const [index, group] of groups.entries()) {
    if (seen.has(group.id)) {
      at.reportAt(
        ["groups", index, "group"],
        "F7",
        `group "${group.id}" stands twice in this contract`,
        "give each its own id",
      );
    }
    seen.add(group.id);
    for (const [place, lotId] of group.lots.entries()) {
      if (known.includes(lotId)) continue;
      at.reportAt(
        ["groups", index, "lots", place],
        "F8",
        `there is no lot "${lotId}" in this contract`,
        `its lots: ${known.join(", ")}`,
      );
    }
  }
  return groups;
};

/** The lists of a register file, and the records in them. */
export const REGISTER_LISTS = {
  sources: { key: "source", codec: sourceCodec },
  suppliers: { key: "supplier", codec: supplierCodec },
  contracts: { key: "contract", codec: contractCodec },
  queries: { key: "query", codec: queryCodec },
} as const;

export type ListName = keyof typeof REGISTER_LISTS;

/** The JSON Schema of a register file, for editors: completion, hover texts and patterns. */
export const registerSchema = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "lotbook register",
  description: "Public contracts with their lots, suppliers, ceilings and sources.",
  type: "object",
  properties: Object.fromEntries(
    Object.entries(REGISTER_LISTS).map(([list, { codec }]) => [list, { type: "array", items: codec.schema }]),
  ),
  additionalProperties: false,
});
