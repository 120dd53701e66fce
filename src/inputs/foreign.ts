import { type OtherKind, otherKind } from "../model/publication.ts";

interface Foreign {
  readonly kind: OtherKind;
  readonly hint: string;
}

const IMPORT = "lotbook import makes a register of its rows; a table of orders is a register's ledger";
const IMPORT_SAVED = "save it as XLSX, ODS or CSV; lotbook import makes a register of its rows";

const FOREIGN = {
  "ted-search": {
    kind: otherKind("an answer of TED's search", "answers of TED's search"),
    hint: "fetch the XML of its notices: each has a link to it, links.xml",
  },
  "ted-csv": {
    kind: otherKind("a TED CSV", "TED CSV files"),
    hint: "it is a summary; fetch the notices' XML, from TED's monthly packages",
  },
  "contracts-finder-csv": {
    kind: otherKind("a Contracts Finder CSV", "Contracts Finder CSV files"),
    hint: "Contracts Finder publishes OCDS, too, which lotbook reads",
  },
  "ocds-csv": {
    kind: otherKind("a CSV of flattened OCDS", "CSV files of flattened OCDS"),
    hint: "take the JSON that it was made of, or make JSON of it again with flatten-tool",
  },
  placsp: {
    kind: otherKind("a feed of PLACSP", "feeds of PLACSP"),
    hint: "Spain's platform writes CODICE; lotbook reads the same notices as TED publishes them",
  },
  prozorro: {
    kind: otherKind("a tender of Prozorro's own API", "tenders of Prozorro's own API"),
    hint: "fetch Prozorro's OCDS, which lotbook reads",
  },
  opentender: {
    kind: otherKind("a tender of Opentender", "tenders of Opentender"),
    hint: "take the notices that it was made of, as TED or the country publishes them",
  },
  boamp: {
    kind: otherKind("an answer of BOAMP", "answers of BOAMP"),
    hint: "it is a summary; take the buyer's essential data (DECP), or the notice's XML from TED",
  },
  "decp-xml": {
    kind: otherKind("a DECP in XML", "DECP files in XML"),
    hint: "take the JSON, which is published beside it",
  },
  xlsx: { kind: otherKind("an XLSX workbook"), hint: IMPORT },
  ods: { kind: otherKind("an ODS spreadsheet"), hint: IMPORT },
  office: { kind: otherKind("an office document"), hint: "save what it tells as a register; lotbook init writes one" },
  xls: {
    kind: otherKind("a workbook of an older Excel", "workbooks of an older Excel"),
    hint: IMPORT_SAVED,
  },
  pdf: { kind: otherKind("a PDF"), hint: "fetch the notice's XML or JSON" },
  html: { kind: otherKind("a web page"), hint: "fetch the notice's XML or JSON" },
  parquet: { kind: otherKind("a Parquet file"), hint: "take the data that it was made of" },
  sqlite: { kind: otherKind("an SQLite database"), hint: "take the data that it was made of" },
  csv: { kind: otherKind("a table in CSV", "tables in CSV"), hint: IMPORT },
} as const satisfies Readonly<Record<string, Foreign>>;

export type ForeignFormat = keyof typeof FOREIGN;

export const isForeign = (content: string): content is ForeignFormat => Object.hasOwn(FOREIGN, content);

export const foreignOf = (format: ForeignFormat): Foreign => FOREIGN[format];

export const FOREIGN_BEGINNINGS: readonly (readonly [ForeignFormat, readonly number[]])[] = [
  ["pdf", [...Buffer.from("%PDF-")]],
  ["parquet", [...Buffer.from("PAR1")]],
  ["sqlite", [...Buffer.from("SQLite format 3\0")]],
  ["xls", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
];

const HEADINGS: readonly (readonly [ForeignFormat, RegExp])[] = [
  ["ted-csv", /^ID_NOTICE_C(?:AN|N)[,;\t]/],
  ["contracts-finder-csv", /^Notice Identifier[,;\t]Notice Type[,;\t]/],
  ["boamp", /(?:^|[,;\t])idweb[,;\t]/],
  ["ocds-csv", /(?:^|[,;\t])(?:(?:compiledRelease|releases)\/0?\/?)?ocid[,;\t]/],
];

/** What a table is, told by its headings; undefined for any other text. */
export const tableFormat = (headings: string): ForeignFormat | undefined => {
  const plain = headings.replace(/^\W*?(?=\w)/, "").replaceAll('"', "");
  return HEADINGS.find(([, pattern]) => pattern.test(plain))?.[0];
};

/** Members of the first object of JSON, or of one within it, that only one format has. */
const MEMBERS: readonly (readonly [ForeignFormat, readonly string[]])[] = [
  ["ted-search", ["totalNoticeCount", "iterationNextToken", "publication-number"]],
  ["prozorro", ["tenderID", "procurementMethodType"]],
  ["opentender", ["persistentId"]],
  ["boamp", ["idweb"]],
];

/**
 * The format of JSON with these members, if lotbook knows but does not read it. To be asked before OCDS, of which a
 * tender of Prozorro has members, too.
 */
export const memberFormat = (keys: readonly string[]): ForeignFormat | undefined =>
  MEMBERS.find(([, members]) => members.some((member) => keys.includes(member)))?.[0];

/**
 * Whether a member of a zip archive is an office document's. The first member of an archive tells whether it is such a
 * document, and others tell which kind ({@link officeFormat}).
 */
export const isOfficeMember = (name: string): boolean =>
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/|xl\/|word\/|ppt\/|mimetype$)/.test(name);

export const officeFormat = (name: string): ForeignFormat | undefined => {
  if (name.startsWith("xl/")) return "xlsx";
  if (name === "content.xml") return "ods";
  return /^(?:word|ppt)\//.test(name) ? "office" : undefined;
};
