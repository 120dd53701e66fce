import type { Fact } from "./claim.ts";
import type { Position } from "./errors.ts";
import type { Ignore } from "./ignore.ts";
import type { Modification, RenewalDecision } from "./modification.ts";
import type { Money } from "./money.ts";
import type { Ledger, Order } from "./order.ts";
import type { PartialDate } from "./partial-date.ts";
import type { Link, Note, Publication } from "./publication.ts";
import type { Quantity } from "./quantity.ts";
import type { Regime, VatBasis } from "./regime.ts";
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
  /** Its number in a public register of companies, where stated (BT-501). */
  readonly legalId: string | undefined;
  /** Whether it leads the grouping (OPT-170). */
  readonly lead: boolean;
}

/** What became of a supplier: from a date on it has another name, its seats are another's, or it holds none. */
export type Succession =
  | { readonly kind: "renamed"; readonly date: PartialDate; readonly from: string }
  | {
      readonly kind: "merged";
      readonly date: PartialDate;
      /** The other supplier as it was written. */
      readonly into: string;
      /** The other supplier, which may be declared after this one; undefined where there is none, which readers report. */
      readonly successor: () => Supplier | undefined;
    }
  | { readonly kind: "left"; readonly date: PartialDate };

/** A company, or a grouping of companies, that can hold a seat on a lot. */
export interface Supplier {
  readonly id: string;
  readonly name: Fact<string>;
  readonly kind: SupplierKind;
  readonly aliases: readonly string[];
  readonly members: Fact<readonly Member[]> | undefined;
  readonly country: Fact<string> | undefined;
  /** Its number in a public register of companies, where stated (BT-501). */
  readonly legalId: string | undefined;
  /** In order of time. */
  readonly successions: readonly Succession[];
  readonly note: string | undefined;
  readonly origin: Origin;
}

/** What a record says a ceiling is: a figure, or that the figure is kept secret. */
export type StatedAmount = Money | "withheld";

/** The value of several contracts together, one amount a currency, never empty; withheld where all that is there is secret. */
export type StatedAmounts = readonly [Money, ...Money[]] | "withheld";

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
  /** What was expected before the award (BT-27). */
  readonly estimate: Fact<StatedAmount> | undefined;
  /** What is expected to be spent, as estimated anew at the award (BT-660). */
  readonly reestimate: Fact<StatedAmount> | undefined;
  /** The value of the contracts awarded, where one is stated beside or instead of a ceiling. */
  readonly awarded: Fact<StatedAmounts> | undefined;
  /** Codes of the Common Procurement Vocabulary (Regulation (EC) No 2195/2002), the main one first. */
  readonly cpv: Fact<readonly string[]> | undefined;
  /** The lot's own term, where it differs from its contract's. */
  readonly term: Fact<Term> | undefined;
  readonly callOff: Fact<CallOffMechanism> | undefined;
  readonly awardCriteria: Fact<string> | undefined;
  readonly offers: Fact<Quantity> | undefined;
  /** One supplier a seat, each once, in the order of the first claim that names it. */
  readonly suppliers: Fact<readonly Supplier[]> | undefined;
  /** What its own notice calls those of its suppliers that others, which were read before, call otherwise. */
  readonly statedNames?: ReadonlyMap<Supplier, string>;
  /** Companies that do part of the work for a supplier; never suppliers themselves (T2). */
  readonly subcontractors: Fact<readonly string[]> | undefined;
  readonly note: string | undefined;
}

/** Lots that have a ceiling together, besides their own (T3, T4). */
export interface LotGroup {
  readonly id: string;
  readonly title: string | undefined;
  /** The ids of its lots, each once. */
  readonly lots: readonly string[];
  readonly ceiling: Fact<StatedAmount> | undefined;
  readonly reestimate: Fact<StatedAmount> | undefined;
  /**
   * Whether the ceiling is certainly one for all its lots. Where figures that are equal may be one ceiling or one for
   * each lot, the total lies between the two (T9).
   */
  readonly certain: boolean;
  readonly note: string | undefined;
}

/** A contract that was signed with one tendering party, for one lot or several (eForms: settled contract). */
export interface SettledContract {
  readonly id: string;
  readonly reference: string | undefined;
  readonly title: string | undefined;
  /** The ids of its lots. */
  readonly lots: readonly string[];
  readonly suppliers: readonly Supplier[];
  /** When the winner was chosen (BT-1451). */
  readonly awardDate: PartialDate | undefined;
  /** When it was concluded (BT-145). */
  readonly signedDate: PartialDate | undefined;
  readonly value: StatedAmount | undefined;
}

/** A value that was awarded for several lots together: it counts once in a total, and in no lot (T9). */
export interface SharedAward {
  readonly lots: readonly string[];
  readonly value: StatedAmounts;
}

/** A public contract with its lots; a framework agreement unless it says otherwise. */
export interface Contract {
  readonly id: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly framework: boolean;
  /** The number of its procedure (BT-04, ocid), which its notices share. */
  readonly procedure: string | undefined;
  readonly regime: Regime | undefined;
  readonly vat: VatBasis | undefined;
  readonly cpv: Fact<readonly string[]> | undefined;
  /** Who buys; of several buyers the first. */
  readonly buyer: Fact<string> | undefined;
  /** Who buys together with it. */
  readonly jointBuyers: Fact<readonly string[]> | undefined;
  /** Who may order besides the buyers. */
  readonly users: Fact<readonly string[]> | undefined;
  readonly coordinator: Fact<string> | undefined;
  readonly callDate: Fact<PartialDate> | undefined;
  readonly awardDate: Fact<PartialDate> | undefined;
  /** The day from which the term counts; the award date where it is absent. */
  readonly startDate: Fact<PartialDate> | undefined;
  /** The last day of the initial period, where it is stated instead of a term. */
  readonly endDate: Fact<PartialDate> | undefined;
  readonly firstUse: Fact<PartialDate> | undefined;
  readonly term: Fact<Term> | undefined;
  readonly maximumDuration: Fact<Duration> | undefined;
  /** The ceiling of the contract as a whole, as declared. */
  readonly ceiling: Fact<StatedAmount> | undefined;
  /** What was expected before the award (BT-27). */
  readonly estimate: Fact<StatedAmount> | undefined;
  /** What is expected to be spent under all framework agreements together, as estimated at the award (BT-1118). */
  readonly reestimate: Fact<StatedAmount> | undefined;
  /** The value of all contracts awarded, as declared (BT-161). */
  readonly awarded: Fact<StatedAmount> | undefined;
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
  readonly renewals: readonly RenewalDecision[];
  readonly modifications: readonly Modification[];
  /** Those that the register itself holds; undefined where it says nothing of orders, which is not the same as none (T8). */
  readonly orders: readonly Order[] | undefined;
  readonly ledgers: readonly Ledger[];
  /** The framework agreement under which this contract is a call-off (BT-768 with OPT-100; OCDS relatedProcesses). */
  readonly callOffOf: string | undefined;
  readonly settledContracts: readonly SettledContract[];
  readonly sharedAwards: readonly SharedAward[];
  /** The oldest first; empty where a register states the contract. */
  readonly publications: readonly Publication[];
  readonly notes: readonly Note[];
  readonly tags: readonly string[];
  readonly links: readonly Link[];
  /** What its register asks not to be told of it. */
  readonly ignores: readonly Ignore[];
  readonly origin: Origin;
}
