import type { Fact } from "./claim.ts";
import type { Position } from "./errors.ts";
import type { Money } from "./money.ts";
import type { PartialDate } from "./partial-date.ts";
import type { Quantity } from "./quantity.ts";
import type { Duration, Term } from "./term.ts";

/** Where a record was read; positions inside it are looked up only when a finding needs one. */
export interface Origin {
  /** The position of a place inside the record, given by keys and indexes; of the record itself for an empty path. */
  readonly locate: (path: readonly (string | number)[], part?: "key" | "value") => Position;
}

/** A document or publication that states facts. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly publisher: string | undefined;
  readonly reference: string | undefined;
  readonly date: PartialDate | undefined;
  readonly language: string | undefined;
  readonly url: string | undefined;
  /** What its locators count: "paragraph". */
  readonly locator: string | undefined;
  readonly note: string | undefined;
  readonly origin: Origin;
}

export const SUPPLIER_KINDS = ["company", "grouping"] as const;
export type SupplierKind = (typeof SUPPLIER_KINDS)[number];

/** A company of a grouping. It holds no seat of its own (T2). */
export interface Member {
  readonly name: string;
  /** ISO 3166-1 alpha-2, where stated. */
  readonly country: string | undefined;
}

/** A company, or a grouping of companies, that can hold a seat on a lot. */
export interface Supplier {
  readonly id: string;
  readonly name: Fact<string>;
  readonly kind: SupplierKind;
  readonly aliases: readonly string[];
  readonly members: Fact<readonly Member[]> | undefined;
  readonly country: Fact<string> | undefined;
  readonly note: string | undefined;
  readonly origin: Origin;
}

/** What a record says a ceiling is: a figure, or that the figure is kept secret. */
export type StatedAmount = Money | "withheld";

export const LOT_STATUSES = [
  "awarded",
  "closed-no-winner",
  "open",
  "no-result",
  "pending",
  "cancelled",
  "unpublished",
] as const;
export type LotStatus = (typeof LOT_STATUSES)[number];

/** How orders are placed under a framework agreement (Directive 2014/24/EU art. 33(3) and (4)). */
export const CALL_OFF_MECHANISMS = ["sole supplier", "cascade", "reopened competition", "mixed"] as const;
export type CallOffMechanism = (typeof CALL_OFF_MECHANISMS)[number];

/** A part of a contract that is awarded by itself. */
export interface Lot {
  readonly id: string;
  readonly title: string | undefined;
  readonly status: LotStatus;
  readonly service: Fact<string> | undefined;
  readonly deployment: Fact<string> | undefined;
  /** One ceiling that all suppliers of the lot share (T3). */
  readonly ceiling: Fact<StatedAmount> | undefined;
  /** A ceiling that each supplier of the lot has for itself (T3). */
  readonly ceilingPerSupplier: Fact<StatedAmount> | undefined;
  /** The value of the contracts awarded, where one is stated beside or instead of a ceiling. */
  readonly awarded: Fact<StatedAmount> | undefined;
  readonly callOff: Fact<CallOffMechanism> | undefined;
  readonly awardCriteria: Fact<string> | undefined;
  readonly offers: Fact<Quantity> | undefined;
  /** One supplier a seat, each once, in the order of the first claim that names it. */
  readonly suppliers: Fact<readonly Supplier[]> | undefined;
  readonly note: string | undefined;
}

/** Lots that have a ceiling together, besides their own (T3, T4). */
export interface LotGroup {
  readonly id: string;
  readonly title: string | undefined;
  /** The ids of its lots, each once. */
  readonly lots: readonly string[];
  readonly ceiling: Fact<StatedAmount> | undefined;
  readonly note: string | undefined;
}

/** A public contract with its lots; a framework agreement unless it says otherwise. */
export interface Contract {
  readonly id: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly framework: boolean;
  readonly buyer: Fact<string> | undefined;
  readonly coordinator: Fact<string> | undefined;
  readonly callDate: Fact<PartialDate> | undefined;
  readonly awardDate: Fact<PartialDate> | undefined;
  /** The day from which the term counts; the award date where it is absent. */
  readonly startDate: Fact<PartialDate> | undefined;
  readonly firstUse: Fact<PartialDate> | undefined;
  readonly term: Fact<Term> | undefined;
  readonly maximumDuration: Fact<Duration> | undefined;
  /** The ceiling of the contract as a whole, as declared. */
  readonly ceiling: Fact<StatedAmount> | undefined;
  readonly participants: Fact<Quantity> | undefined;
  readonly supplierOrigins: Fact<readonly Quantity[]> | undefined;
  readonly tenderers: Fact<Quantity> | undefined;
  readonly offers: Fact<Quantity> | undefined;
  readonly capacity: Fact<readonly Quantity[]> | undefined;
  readonly reservedShare: Fact<Quantity> | undefined;
  readonly reservedFor: Fact<readonly string[]> | undefined;
  readonly dataLocation: Fact<readonly string[]> | undefined;
  readonly note: string | undefined;
  readonly lots: readonly Lot[];
  readonly groups: readonly LotGroup[];
  readonly origin: Origin;
}
