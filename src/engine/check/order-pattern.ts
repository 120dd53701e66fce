import type { Finding } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import type { CountedOrder } from "../headroom/contract-use.ts";

/** Something that an auditor looks for in the orders of a contract, as a fact and never as an accusation (L5). */
export interface OrderPattern {
  readonly see: (order: Order, counted: CountedOrder) => void;
  /** What was found, after the last order. */
  readonly findings: () => readonly Finding[];
}
