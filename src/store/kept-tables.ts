import { type Manifest, STORE_VERSION } from "../inputs/store/manifest.ts";
import { escapeHidden } from "../model/hidden-characters.ts";
import type { Told } from "../model/publication.ts";
import type { StoredColumn, StoredTable } from "../model/stored-table.ts";
import { BETWEEN_TEXTS } from "../model/stored-table.ts";
import type { Register } from "../records/register.ts";
import { attributionsOf, plainSupplier, supplierName } from "../writers/register-records.ts";
import { recordTable } from "./record-table.ts";
import type { StoreDraft } from "./store-draft.ts";
import { oneBatch } from "./stored-table.ts";

/** The notes on the inputs that do not follow from the records, as JSON. */
export const noteTable = ({ assumptions, passedOver, findings }: Told): StoredTable => ({
  name: "note",
  says: "What was assumed, passed over or found wrong when the inputs were read, as JSON.",
  columns: [
    { name: "line", type: "count", says: "Its place." },
    { name: "json", type: "text", says: "What was told." },
  ],
  rows: oneBatch(
    [...assumptions, ...passedOver, ...findings].map((told, index) => [String(index + 1), JSON.stringify(told)]),
  ),
});

export const toldBy = (register: Register): Told => ({
  assumptions: register.assumptions(),
  passedOver: register.passedOver(),
  findings: register.findings(),
});

/** What a store says of itself, in one row, for engines that never see its manifest. */
export const storeTable = ({ version, lotbook, day, counts, mayCallOff, hasNotices }: StoreFacts): StoredTable => ({
  name: "store",
  says: "What the store says of itself: one row, or one of each store that was loaded.",
  columns: [
    { name: "version", type: "count", says: "The version of the layout." },
    { name: "lotbook", type: "text", says: "The version of lotbook that wrote it." },
    { name: "day", type: "text", says: "The day of which its figures are." },
    { name: "contracts", type: "count", says: "How many contracts it has." },
    { name: "lots", type: "count", says: "How many lots." },
    { name: "mayCallOff", type: "flag", says: "Whether any contract may be a call-off of another." },
    { name: "hasNotices", type: "flag", says: "Whether it was made of notices, too." },
  ],
  rows: oneBatch([
    [
      String(version),
      lotbook,
      day,
      String(counts.contracts),
      String(counts.lots),
      String(mayCallOff),
      String(hasNotices),
    ],
  ]),
});

type StoreFacts = Pick<Manifest, "version" | "lotbook" | "day" | "counts" | "mayCallOff" | "hasNotices">;

/**
 * Companies that notices tell of and no contract names. A contract that comes later may name one, and then believes the
 * first notice that told of it.
 */
export const mentionTable = ({ mentioned }: Register): StoredTable => ({
  name: "mention",
  says: "A company that notices named, and none of the contracts that came of them.",
  columns: [
    { name: "name", type: "text", says: "What records would call it: supplier BE:0403.170.701." },
    { name: "json", type: "text", says: "The supplier, as a line of a register in JSON Lines." },
    { name: "sources", type: "texts", says: "The notices that say so." },
  ],
  rows: oneBatch(
    mentioned().map((supplier) => {
      const sources = new Set(attributionsOf(supplier).flatMap(({ source }) => source ?? []));
      const json = escapeHidden(JSON.stringify(plainSupplier(supplier)));
      return [supplierName(supplier.id), json, [...sources].join(BETWEEN_TEXTS)];
    }),
  ),
});

/**
 * Writes the companies that notices tell of and no contract names. Which these are follows from the records that have
 * been written.
 */
export const writeMentions = async (draft: StoreDraft, register: Register): Promise<void> => {
  const table = mentionTable(register);
  await draft.write(table);
  const named = `SELECT names[1] FROM ${draft.read("record")} WHERE contract IS NULL AND names IS NOT NULL`;
  await draft.drop(table.name, `name IN (${named})`);
};

/**
 * The tables from which lotbook itself answers, to describe them: their rows do not matter. Documents are not among
 * them.
 */
export const keptTables = (register: Register): readonly StoredTable[] => [
  storeTable({
    version: STORE_VERSION,
    lotbook: "",
    day: "",
    counts: { contracts: 0, lots: 0 },
    mayCallOff: false,
    hasNotices: false,
  }),
  recordTable(register, { folder: undefined, onContract: () => {} }),
  mentionTable(register),
  noteTable(toldBy(register)),
];

const DOCUMENT_COLUMNS: readonly StoredColumn[] = [
  { name: "place", type: "count", says: "Its place in reading order." },
  {
    name: "kind",
    type: "text",
    says: "What it holds: xml, ocds, decp, decp-csv, a piece of such a file, or a line of ocds-lines or decp-lines.",
  },
  { name: "file", type: "text", says: "Where it was read." },
  { name: "named", type: "flag", says: "Whether the user named it." },
  { name: "line", type: "count", says: "The line of the file on which it begins." },
  { name: "column", type: "count", says: "The column of that line." },
  { name: "procedures", type: "texts", says: "Of which procedures it may tell, as hashes of their numbers." },
  { name: "document", type: "bytes", says: "The document as it was published." },
];

/**
 * The documents that a register was made of, so that later notices can be put together with them. Their places follow
 * `after`.
 */
export const documentTable = (register: Register, after = 0): StoredTable => ({
  name: "document",
  says: "A notice as it was published: what lotbook puts together anew with notices of the same procedure.",
  columns: DOCUMENT_COLUMNS,
  rows: documentRows(register, after),
});

/** How many bytes of documents to pass on at once. */
const MOST_BYTES = 4 * 2 ** 20;

async function* documentRows(register: Register, after: number): AsyncGenerator<readonly (readonly string[])[]> {
  let rows: string[][] = [];
  let size = 0;
  let place = after;
  for await (const { kind, file, named, firstLine, column, procedures, bytes } of register.documents()) {
    const document = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
    place++;
    rows.push([
      String(place),
      kind,
      file,
      String(named),
      String(firstLine),
      String(column),
      procedures.join(BETWEEN_TEXTS),
      document,
    ]);
    size += document.length;
    if (size < MOST_BYTES) continue;
    yield rows;
    rows = [];
    size = 0;
  }
  yield rows;
}
