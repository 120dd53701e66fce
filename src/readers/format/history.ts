import type { SettledContract, SharedAward } from "../../model/contract.ts";
import type { Link, Note, Publication } from "../../model/publication.ts";
import { type Codec, listOf } from "../codec.ts";
import { isMap } from "../plain.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { amount, amounts, date, id, text, url } from "./scalars.ts";
import { seats } from "./seats.ts";

const NOTE_FIELDS = {
  rule: requiredField("rule", text, "The rule by which the assumption was made.", "T9"),
  text: requiredField("text", text, "What was assumed.", "lots 1 and 2 state the same ceiling"),
};

/** An assumption under which the facts of a contract hold. */
export const noteCodec: Codec<Note> = record(
  NOTE_FIELDS,
  (reader) => ({
    rule: reader.required(NOTE_FIELDS.rule, ""),
    text: reader.required(NOTE_FIELDS.text, ""),
  }),
  (one) => one,
);

const LINK_FIELDS = {
  title: field("title", text, "What is there.", "The ordering guide"),
  url: requiredField("url", url, "Where it is.", "https://example.org/guide"),
};

const titled: Codec<Link> = record(
  LINK_FIELDS,
  (reader) => ({
    title: reader.optional(LINK_FIELDS.title),
    url: reader.required(LINK_FIELDS.url, ""),
  }),
  (link) => link,
);

/** A link by its address alone, or with a title. */
export const linkCodec: Codec<Link> = {
  schema: { anyOf: [url.schema, titled.schema] },
  encode: (link, at) => (link.title === undefined ? url.encode(link.url, at) : titled.encode(link, at)),
  decode: (value, at) => {
    if (isMap(value)) return titled.decode(value, at);
    const address = url.decode(value, at);
    return address === undefined ? undefined : { title: undefined, url: address };
  },
};

const PUBLICATION_FIELDS = {
  publication: requiredField("publication", text, "The number by which the notice is cited.", "00123456-2024"),
  version: field("version", text, "Its version.", "01"),
  date: field("date", date, "When it was published.", "2024-02-12"),
  kind: field("kind", text, "What kind of notice it is.", "result"),
  file: field("file", text, "The file that it was read from.", "notice.xml"),
};

export const publicationCodec: Codec<Publication> = record(
  PUBLICATION_FIELDS,
  (reader) => ({
    id: reader.required(PUBLICATION_FIELDS.publication, ""),
    version: reader.optional(PUBLICATION_FIELDS.version),
    date: reader.optional(PUBLICATION_FIELDS.date),
    kind: reader.optional(PUBLICATION_FIELDS.kind),
    file: reader.optional(PUBLICATION_FIELDS.file),
  }),
  (one) => ({ ...one, publication: one.id }),
);

const SETTLED_FIELDS = {
  settled: requiredField("settled", text, "The signed contract's id.", "CON-0001"),
  reference: field("reference", text, "The buyer's own number for it.", "2024/17"),
  title: field("title", text, "A short title.", "Networks north"),
  lots: field("lots", listOf(id), "The ids of its lots.", "[1]"),
  suppliers: field("suppliers", seats, "With whom it was signed.", "[nordlicht]"),
  awardDate: field("awardDate", date, "When the winner was chosen.", "2024-02-01"),
  signedDate: field("signedDate", date, "When it was concluded.", "2024-03-01"),
  value: field("value", amount, "What it is worth.", "EUR 250,000"),
};

/** A contract that was signed with one of the suppliers. */
export const settledCodec: Codec<SettledContract> = record(
  SETTLED_FIELDS,
  (reader) => ({
    id: reader.required(SETTLED_FIELDS.settled, ""),
    reference: reader.optional(SETTLED_FIELDS.reference),
    title: reader.optional(SETTLED_FIELDS.title),
    lots: reader.optional(SETTLED_FIELDS.lots) ?? [],
    suppliers: reader.optional(SETTLED_FIELDS.suppliers) ?? [],
    awardDate: reader.optional(SETTLED_FIELDS.awardDate),
    signedDate: reader.optional(SETTLED_FIELDS.signedDate),
    value: reader.optional(SETTLED_FIELDS.value),
  }),
  (settled) => ({
    ...settled,
    settled: settled.id,
    suppliers: settled.suppliers.length > 0 ? settled.suppliers : undefined,
  }),
);

const SHARED_AWARD_FIELDS = {
  lots: requiredField("lots", listOf(id), "The ids of the lots that were awarded together.", "[1, 2]"),
  value: requiredField("value", amounts, "What they were awarded for together.", "EUR 3M"),
};

export const sharedAwardCodec: Codec<SharedAward> = record(
  SHARED_AWARD_FIELDS,
  (reader) => ({
    lots: reader.required(SHARED_AWARD_FIELDS.lots, []),
    value: reader.required(SHARED_AWARD_FIELDS.value, "withheld"),
  }),
  (award) => award,
);
