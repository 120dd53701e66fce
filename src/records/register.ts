import type { Preference } from "../model/claim.ts";
import type { Finding, Origin } from "../model/errors.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { Assumption, PassedOver, PublishedDocument } from "../model/publication.ts";
import type { Sums } from "../model/sums.ts";
import type { Wanted } from "../model/wanted.ts";
import type { CallOffs } from "./call-offs.ts";
import { type Contract, contractCodec } from "./contract.ts";
import { given, required } from "./field.ts";
import { type Ignore, ignoreCodec } from "./ignore.ts";
import type { BesideOrders, Ledger, Order } from "./order.ts";
import { type RecordOf, record } from "./record.ts";
import { preferredSource, type Source, sourceCodec } from "./source.ts";
import { type Supplier, supplierCodec } from "./supplier.ts";
import { name, note, text } from "./values.ts";

/** Everything that one or more files of data hold together, ready to be asked. */
export interface Register {
  /** What was read, for people: the paths, or the name of the default register. */
  readonly name: string;
  /** Whether this is the register that lotbook ships. */
  readonly isDefault: boolean;
  /**
   * Whether notices are read. Their contracts have sources (their publications) and suppliers besides those listed
   * here.
   */
  readonly hasNotices: boolean;
  readonly sources: readonly Source[];
  readonly suppliers: readonly Supplier[];
  /** Sources and suppliers in stores that nobody declared, but that contracts from notices name. */
  readonly namedInStores: { readonly sources: readonly Source[]; readonly suppliers: readonly Supplier[] };
  /**
   * The companies that notices name by their legal ids, as the first notice names each. Complete once the contracts
   * have been read.
   */
  readonly mentioned: () => readonly Supplier[];
  /**
   * The supplier with an id, a name or an alias. An id counts before a name. `several` where nothing tells which one is
   * meant.
   */
  readonly supplierNamed: (name: string) => Supplier | "several" | undefined;
  /** A hint at what may have been meant by a name that no supplier has. */
  readonly supplierHint: (name: string) => string | undefined;
  readonly preference: Preference;
  /** The findings that the register asks not to be told. */
  readonly ignores: readonly Ignore[];
  /** The named queries of the register, by their names. */
  readonly queries: ReadonlyMap<string, NamedQuery>;
  /**
   * The contracts in reading order, in batches. Each call reads them anew, so memory does not grow with their number.
   * Throws a DataError with every finding of the registers once all has been read, and gives no further contract after
   * the first finding. Notices that are wrong are only left out: see `findings`. If only some contracts are wanted,
   * others may be left out.
   */
  readonly contracts: (wanted?: Wanted) => AsyncIterable<readonly Contract[]>;
  /**
   * The preference by which the tables of a store were worked out. It is set where there is nothing but one store, and
   * its tables say of each contract what the contract says itself, apart from what a day changes. So no contract may be
   * a call-off, unless that follows from the contracts without settled figures alone, and nobody may lose a seat.
   */
  readonly tabledBy?: Preference | undefined;
  /** The figures of contracts that need not be read for a total. Set where there is nothing but one store. */
  readonly settled?: SettledStore | undefined;
  /** The same contracts as they are stated, before it is known which of them are call-offs of others. */
  readonly stated: () => AsyncIterable<readonly Contract[]>;
  /** The published documents that tell of procedures, read anew at each call. */
  readonly documents: () => AsyncIterable<PublishedDocument>;
  /**
   * The orders of one of its contracts, in batches, read anew at each call. Those in the register come first, then
   * those of its ledgers. Throws a DataError with every finding once all is read, and an InputError for a ledger that
   * cannot be read. If the register was opened leniently, rows of ledgers that cannot be read are only left out: see
   * `findings`.
   */
  readonly orders: (contract: Contract, beside?: BesideOrders) => AsyncIterable<readonly Order[]>;
  /**
   * Which of its contracts are call-offs of others, and what they use up there. Known once all contracts have been
   * read.
   */
  readonly callOffs: () => Promise<CallOffs>;
  /** Where a ledger of one of its contracts lies on disk. Undefined for one in an archive or at a revision. */
  readonly ledgerPath: (contract: Contract, ledger: Ledger) => string | undefined;
  /**
   * The bytes of a ledger of one of its contracts, with the name that people call the file. Undefined for a ledger that
   * is not read.
   */
  readonly openLedger: (
    contract: Contract,
    ledger: Ledger,
  ) => Promise<{ readonly file: string; readonly chunks: () => Iterable<Uint8Array> } | undefined>;
  /**
   * What was wrong with inputs that were left out while the others were answered from: notices and archives, and, if
   * the register was opened leniently, records of registers and those rows of ledgers that were read last. Complete
   * once the contracts have been read. Of notices, the first thousand findings of each rule are kept.
   */
  readonly findings: () => readonly Finding[];
  /** What was assumed to read notices. Complete once the contracts have been read. */
  readonly assumptions: () => readonly Assumption[];
  /**
   * The documents in folders and archives that tell of no award, by kind. Complete once the contracts have been read.
   */
  readonly passedOver: () => readonly PassedOver[];
}

/** What those contracts of a store come to whose figures are settled, as the engine adds them up. */
export interface SettledFigures {
  readonly whole: Sums;
  /** Several entries of one supplier are added up. */
  readonly suppliers: ReadonlyMap<string, readonly SupplierFigures[]>;
}

/**
 * What contracts come to for a supplier. The sums are a text that is only read if the supplier is asked for. The other
 * fields are there so that it need not be.
 */
export interface SupplierFigures {
  readonly lots: number;
  /** The units of its figures. Empty where none is known. */
  readonly units: readonly string[];
  readonly text: string;
}

/** Figures of a store that hold on a day and on all days after it. */
export interface SettledStore {
  readonly day: PartialDate;
  /** The figures, with those of suppliers if they are asked for. Throws an InputError where they are incomplete. */
  readonly figures: (suppliers: boolean) => Promise<SettledFigures>;
}

/** The same register, with another of its sources believed first. */
export const preferring = (register: Register, source: string): Register => ({
  ...register,
  preference: register.preference.startingWith(source),
  settled: undefined,
});

const QUERY = {
  id: required(name, "", {
    key: "query",
    says: "The name by which the query is called: :late.",
    example: "late",
  }),
  find: required(text, "", { says: "What it asks for.", example: "latestEnd:..today" }),
  note,
  origin: given(({ origin }): Origin => origin),
};

export type NamedQuery = RecordOf<typeof QUERY>;

export const queryCodec = record(QUERY);

/**
 * The public format of registers. Each field is described once, for the reader, the JSON Schema and the documentation.
 */

/** The lists of a register file: what each one holds, and what it is for. */
export const REGISTER_LISTS = {
  sources: {
    codec: sourceCodec,
    description: "Who states facts; the first of a file is believed first, and the files in the order of their names.",
    example: "[{ source: notice, title: Contract award notice }]",
  },
  prefer: {
    codec: preferredSource,
    description: "The sources to believe before all others, in this order, whatever files they are listed in.",
    example: "[notice, minutes]",
  },
  suppliers: {
    codec: supplierCodec,
    description: "Companies, and groupings of companies that hold one seat.",
    example: "[{ supplier: nordlicht, name: Nordlicht GmbH }]",
  },
  contracts: {
    codec: contractCodec,
    description: "Public contracts with their lots.",
    example: "[{ contract: harbour-it, lots: [{ lot: 1, ceiling: EUR 1M }] }]",
  },
  queries: {
    codec: queryCodec,
    description: "Queries to call by name.",
    example: '[{ query: ending, find: "firmEnd:today..today+1y" }]',
  },
  ignore: {
    codec: ignoreCodec,
    description: "Findings that are not to be reported, with the reason.",
    example: "[{ rule: N3-rounding, reason: the minutes round }]",
  },
} as const;

export type ListName = keyof typeof REGISTER_LISTS;

/** The JSON Schema of a register file, for editors: completion, hover texts and patterns. */
export const registerSchema = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "lotbook register",
  description: "Public contracts with their lots, suppliers, ceilings and sources.",
  type: "object",
  properties: Object.fromEntries(
    Object.entries(REGISTER_LISTS).map(([list, { codec, description, example }]) => [
      list,
      { description: `${description} Example: ${example}`, type: "array", items: codec.schema() },
    ]),
  ),
  additionalProperties: false,
});
