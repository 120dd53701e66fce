import { isMap } from "../syntax/plain.ts";
import type { Codec } from "./codec.ts";
import { list, optional, required } from "./field.ts";
import { lotIds } from "./group.ts";
import { seats } from "./lot.ts";
import { type RecordOf, record } from "./record.ts";
import { amount, amounts, date, text, url, worth } from "./values.ts";

const NOTE = {
  rule: required(text, "", { says: "The rule by which the assumption was made.", example: "T9" }),
  text: required(text, "", { says: "What was assumed.", example: "lots 1 and 2 state the same ceiling" }),
};

export type Note = RecordOf<typeof NOTE>;

/**
 * The beginning of the note on a contract whose notices state totals of different sets of lots. The names of these
 * totals follow.
 */
export const TOTALS_LEFT_OUT = "its notices are about different lots: the totals that each states are left out";

export const noteCodec = record(NOTE);

const LINK = {
  title: optional(text, { says: "What is there.", example: "The ordering guide" }),
  url: required(url, "", { says: "Where it is.", example: "https://example.org/guide" }),
};

export type Link = RecordOf<typeof LINK>;

const titled = record(LINK);

export const linkCodec: Codec<Link> = {
  schema: () => ({ anyOf: [url.schema(), titled.schema()] }),
  encode: (link, writing) => (link.title === undefined ? url.encode(link.url, writing) : titled.encode(link, writing)),
  decode: (value, reading) => {
    if (isMap(value)) return titled.decode(value, reading);
    const address = url.decode(value, reading);
    return address === undefined ? undefined : { url: address };
  },
};

const PUBLICATION = {
  /** Also the id of the source that its facts name. */
  id: required(text, "", {
    key: "publication",
    says: "The number by which the notice is cited.",
    example: "00123456-2024",
  }),
  version: optional(text, { says: "Its version.", example: "01" }),
  /** BT-701. Other notices may name it by this, too. */
  noticeId: optional(text, {
    says: "The id that its publisher gives it in all its versions.",
    example: "5f0c7f9e-0000-4000-8000-000000000001",
  }),
  date: optional(date, { says: "When it was published.", example: "2024-02-12" }),
  kind: optional(text, { says: "What kind of notice it is.", example: "result" }),
  file: optional(text, { says: "The file that it was read from.", example: "notice.xml" }),
  did: optional(text, { says: "What it did to the contract, beside others of its procedure.", example: "modifies" }),
  /** BT-271. */
  maximum: optional(amount, { says: "The maximum of framework agreements that it announces.", example: "EUR 2M" }),
  /** BT-131, BT-1311. */
  deadline: optional(date, { says: "By when it wants tenders, or requests to take part.", example: "2024-01-31" }),
};

export type Publication = RecordOf<typeof PUBLICATION>;

export const publicationCodec = record(PUBLICATION);

const SETTLED = {
  id: required(text, "", { key: "settled", says: "The signed contract's id.", example: "CON-0001" }),
  reference: optional(text, { says: "The buyer's own number for it.", example: "2024/17" }),
  title: optional(text, { says: "A short title.", example: "Networks north" }),
  lots: list(lotIds, { says: "The ids of its lots.", example: "[1]" }),
  suppliers: list(seats, { says: "With whom it was signed.", example: "[nordlicht]" }),
  /** BT-1451. */
  awardDate: optional(date, { says: "When the winner was chosen.", example: "2024-02-01" }),
  /** BT-145. */
  signedDate: optional(date, { says: "When it was concluded.", example: "2024-03-01" }),
  value: optional(worth, { says: "What it is worth.", example: "EUR 250,000" }),
  /** BT-768 with OPT-100. */
  callOffOf: optional(text, {
    says: "The framework agreement under which it alone of its notice is a call-off.",
    example: "00123456-2024",
  }),
};

export type SettledContract = RecordOf<typeof SETTLED>;

export const settledCodec = record(SETTLED, {
  write: ({ suppliers }) => ({ suppliers: suppliers.length > 0 ? suppliers : undefined }),
});

const SHARED_AWARD = {
  lots: required(lotIds, [], { says: "The ids of the lots that were awarded together.", example: "[1, 2]" }),
  value: required(amounts, "withheld", { says: "What they were awarded for together.", example: "EUR 3M" }),
};

/** A value that was awarded for several lots together: it counts once in a total, and in no lot (T9). */
export type SharedAward = RecordOf<typeof SHARED_AWARD>;

export const sharedAwardCodec = record(SHARED_AWARD);
