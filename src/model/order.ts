import type { Position } from "./errors.ts";
import type { Money } from "./money.ts";
import type { PartialDate } from "./partial-date.ts";

/** A call-off: an order placed under a framework agreement, which uses up its ceiling (L1). */
export interface Order {
  readonly id: string;
  /** The id of its lot; undefined where none is named. */
  readonly lot: string | undefined;
  /** As it was written; found among the seats when it is counted. */
  readonly supplier: string | undefined;
  readonly buyer: string | undefined;
  readonly date: PartialDate | undefined;
  /** Less than zero for a credit. */
  readonly amount: Money;
  readonly description: string | undefined;
  /** Where it stands, worked out when asked. */
  readonly position: () => Position;
}

export const ORDER_FIELDS = ["order", "lot", "supplier", "buyer", "date", "amount", "currency", "description"] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];

/** A file of orders beside the register, in CSV or JSON Lines. */
export interface Ledger {
  /** As the register names it, from the folder that the register lies in. */
  readonly file: string;
  /** Under which heading each part of an order stands, where it is not its own name. */
  readonly columns: Readonly<Partial<Record<OrderField, string>>>;
  /** The currency of amounts that name none. */
  readonly currency: string | undefined;
  /** Where the register names it, worked out when asked. */
  readonly position: () => Position;
}
