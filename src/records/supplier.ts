import type { Fact } from "../model/claim.ts";
import type { Origin } from "../model/errors.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { type Codec, type Decoding, factsOf, listOf, oneOf, speakFor } from "./codec.ts";
import { at, fact, given, list, lost, optional, required, requiredFact, usual } from "./field.ts";
import { ofKind } from "./kinds.ts";
import { type RecordOf, record, releaseRecord } from "./record.ts";
import { country, date, flag, id, note, speaker, text } from "./values.ts";

export const SUPPLIER_KINDS = ["company", "grouping"] as const;
export type SupplierKind = (typeof SUPPLIER_KINDS)[number];

/** The sizes of companies, as notices state them. Some only say SME, which is any of the first three. */
export const COMPANY_SIZES = ["micro", "small", "medium", "SME", "large"] as const;
export type CompanySize = (typeof COMPANY_SIZES)[number];

/** BT-501. */
const legalId = optional(text, {
  says: "Its number in a public register of companies.",
  example: "0400.000.000",
  ocds: at("parties/identifier"),
});

const MEMBER = {
  name: required(text, "", { says: "The company's name.", example: "Gigas", ocds: at("parties/name") }),
  country: optional(country, {
    says: "Where it comes from (ISO 3166-1, two letters), where stated.",
    example: "ES",
    ocds: at("parties/address"),
  }),
  legalId,
  /** OPT-170. */
  lead: usual(flag, () => false, { says: "Whether it leads the grouping.", example: "yes", ocds: at("parties/roles") }),
};

export type Member = RecordOf<typeof MEMBER>;

const memberCodec = releaseRecord(MEMBER);

/** The seats that a succession is about. All of the supplier's where it names neither. */
interface SeatsNamed {
  readonly contract?: string | undefined;
  readonly lot?: string | undefined;
}

/** What became of a supplier from a date on: it has another name, its seats are another's, or it holds none. */
export type Succession =
  | { readonly kind: "renamed"; readonly date: PartialDate; readonly from: string }
  | ({
      readonly kind: "merged";
      readonly date: PartialDate;
      /** The other supplier as it was written. */
      readonly into: string;
      /**
       * The other supplier, which may be declared after this one. Undefined where there is none, which readers report.
       */
      readonly successor: () => Supplier | undefined;
    } & SeatsNamed)
  | ({ readonly kind: "left"; readonly date: PartialDate } & SeatsNamed);

const SUCCESSION = {
  renamed: optional(date, { says: "When it took the name that it has now.", example: "2021-05" }),
  from: optional(text, { says: "With renamed: the name that it had before.", example: "Nordlicht Netze" }),
  merged: optional(date, { says: "When another supplier took over its seats.", example: "2022-01-01" }),
  into: optional(text, { says: "With merged: that supplier, by id, name or alias.", example: "quay" }),
  left: optional(date, { says: "When it gave up its seats.", example: "2023-06" }),
  contract: optional(id, {
    says: "With merged or left: the contract whose seats are meant; all contracts when left out.",
    example: "cloud-i",
  }),
  lot: optional(id, {
    says: "With merged or left: the lot whose seat is meant; all lots when left out.",
    example: "1",
  }),
};

const writtenSuccession = record(SUCCESSION);

const succession: Codec<Succession> = {
  schema: writtenSuccession.schema,
  decode: (value, reading) => {
    const written = writtenSuccession.decode(value, reading);
    return written && successionOf(written, reading);
  },
  encode: (one, writing) => {
    const { date: day } = one;
    const { contract, lot } = one.kind === "renamed" ? NO_SEATS : one;
    switch (one.kind) {
      case "renamed":
        return writtenSuccession.encode({ renamed: day, from: one.from }, writing);
      case "merged":
        return writtenSuccession.encode({ merged: day, into: one.successor()?.id ?? one.into, contract, lot }, writing);
      case "left":
        return writtenSuccession.encode({ left: day, contract, lot }, writing);
    }
  },
};

const NO_SEATS: SeatsNamed = {};

const successionOf = (written: RecordOf<typeof SUCCESSION>, reading: Decoding): Succession => {
  const { renamed, from, merged, into, left, contract, lot } = written;
  const said = [renamed ?? from, merged ?? into, left].filter((part) => part !== undefined).length;
  const ofSeats = contract !== undefined || lot !== undefined;
  if (said === 1 && renamed !== undefined && from !== undefined) {
    if (ofSeats) reading.report("F5", "a name is the supplier's everywhere", "leave contract and lot out");
    return { kind: "renamed", date: renamed, from };
  }
  if (said === 1 && merged !== undefined && into !== undefined) {
    return { ...mergedInto(merged, into, reading), contract, lot };
  }
  if (said !== 1 || left === undefined) {
    reading.report(
      "F5",
      "a succession says one thing",
      "write { renamed: DATE, from: NAME }, { merged: DATE, into: SUPPLIER } or { left: DATE }",
    );
  }
  return { kind: "left", date: left ?? { year: 1 }, contract, lot };
};

const mergedInto = (merged: PartialDate, into: string, { references }: Decoding) => ({
  kind: "merged" as const,
  date: merged,
  into,
  successor: (): Supplier | undefined => references.supplier(into),
});

/** The kind of a supplier that states none. */
const usualKind = ({ members }: { readonly members?: Fact<readonly Member[]> }): SupplierKind =>
  members === undefined ? "company" : "grouping";

export const SUPPLIER = {
  id: required(id, "", {
    key: "supplier",
    says: "The id by which lots name this supplier.",
    example: "bt",
    ocds: at("parties/id"),
  }),
  source: speaker,
  name: requiredFact(ofKind("name", text), "", {
    says: "Its name; it is found by every name that a source gives it.",
    example: "BT",
    ocds: at("parties/name"),
  }),
  kind: usual(ofKind("text", oneOf(SUPPLIER_KINDS)), usualKind, {
    says: "A company (as when left out), or a grouping of companies that holds one seat.",
    example: "grouping",
    ocds: at("parties/memberOf"),
  }),
  aliases: list(ofKind("texts", listOf(text, 0)), {
    says: "Other names of the same supplier.",
    example: "[ATOS Belgium]",
    ocds: lost("other names of suppliers"),
  }),
  members: fact(ofKind("members", listOf(memberCodec)), {
    says: "The companies of a grouping; they hold no seat of their own.",
    example: "[{ name: Gigas, country: ES }]",
    ocds: at("parties/memberOf"),
  }),
  country: fact(country, {
    says: "Where it comes from (ISO 3166-1, two letters).",
    example: "BE",
    ocds: at("parties/address"),
  }),
  /** BT-165. */
  size: fact(ofKind("text", oneOf(COMPANY_SIZES)), {
    says: "How large it is: micro, small, medium, SME (one of these three) or large.",
    example: "medium",
    ocds: at("parties/details"),
  }),
  legalId,
  successions: list(ofKind("successions", listOf(succession)), {
    says: "What became of it: renamed, merged into another supplier, or left; in order of time.",
    example: "[{ renamed: 2021-05, from: Nordlicht Netze }]",
    ocds: lost("what became of suppliers later"),
  }),
  note,
  origin: given(({ origin }): Origin => origin),
};

export type Supplier = RecordOf<typeof SUPPLIER>;

export const supplierCodec = releaseRecord(SUPPLIER, {
  write: (supplier, writing) => ({
    source: speakFor(factsOf(supplier), [], writing),
    aliases: supplier.aliases.length > 0 ? supplier.aliases : undefined,
  }),
});

/**
 * Every name by which a supplier is known: its id, the names that sources give it, its aliases, and its former names. A
 * name that a notice gives it (`here`) takes the place of the names that other sources give it.
 */
export const namesOf = (supplier: Supplier, here?: string): string[] => [
  supplier.id,
  ...(here === undefined ? [] : [here]),
  ...supplier.name.filter(({ by }) => here === undefined || by.source === undefined).map(({ value }) => value),
  ...supplier.aliases,
  ...supplier.successions.flatMap((succession) => (succession.kind === "renamed" ? [succession.from] : [])),
];
