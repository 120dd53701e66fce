import type { StatedAmount, StatedAmounts } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Duration, Term } from "../model/term.ts";
import type { Codec } from "./codec.ts";
import type { Link, Note } from "./history.ts";
import type { Ignore } from "./ignore.ts";
import type { Ledger } from "./order.ts";
import type { Member, Succession, Supplier } from "./supplier.ts";

/**
 * The kinds of values that records hold, each with its type in memory. How a value is shown, compared and asked for
 * follows from its kind.
 */
export interface ValueKinds {
  readonly id: string;
  readonly text: string;
  /** A name. Two sources may call something differently and mean the same. */
  readonly name: string;
  readonly texts: readonly string[];
  readonly flag: boolean;
  readonly date: PartialDate;
  readonly term: Term;
  readonly duration: Duration;
  readonly amount: StatedAmount;
  readonly amounts: StatedAmounts;
  readonly quantity: Quantity;
  readonly quantities: readonly Quantity[];
  /** The id of a lot of the same contract. */
  readonly lot: string;
  readonly lots: readonly string[];
  readonly suppliers: readonly Supplier[];
  readonly members: readonly Member[];
  readonly successions: readonly Succession[];
  readonly links: readonly Link[];
  readonly notes: readonly Note[];
  readonly ignores: readonly Ignore[];
  readonly ledgers: readonly Ledger[];
}

export type ValueKind = keyof ValueKinds;

/** The kinds of values that several sources may each state. */
export type FactKind = Exclude<
  ValueKind,
  "id" | "flag" | "lot" | "lots" | "successions" | "links" | "notes" | "ignores" | "ledgers"
>;

export interface Value<T, K extends ValueKind = ValueKind> extends Codec<T> {
  readonly kind: K;
}

/**
 * Gives a codec the kind of its values. A test of the tables asserts that its values are of that kind. A constraint
 * here would make the types of records that name each other circular.
 */
export const ofKind = <K extends ValueKind, T>(kind: K, codec: Codec<T>): Value<T, K> => ({
  ...codec,
  kind,
});

// Where fields are gone through by their tables, the compiler does not know the types of their values.

export const isText = (value: unknown): value is string => typeof value === "string";

export const isDate = (value: unknown): value is PartialDate =>
  typeof value === "object" && value !== null && "year" in value;

export const isAmount = (value: unknown): value is StatedAmount =>
  value === "withheld" || (typeof value === "object" && value !== null && "minor" in value);

export const isCounted = (value: unknown): value is Pick<Quantity, "count"> =>
  typeof value === "object" && value !== null && "count" in value;

export const isQuantity = (value: unknown): value is Quantity =>
  typeof value === "object" && value !== null && "count" in value && "approximate" in value;
