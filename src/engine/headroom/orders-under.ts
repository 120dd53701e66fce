import type { Contract } from "../../records/contract.ts";
import type { BesideOrders, Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";

/**
 * All that is ordered under a contract as it is written, in batches: the orders that its register and its ledgers state, and
 * then the call-offs that are contracts of their own (T11). What is no order is told of. Throws as `Register.orders` does.
 */
export async function* ordersUnder(
  register: Register,
  written: Contract,
  beside?: BesideOrders,
): AsyncGenerator<readonly Order[]> {
  yield* register.orders(written, beside);
  const callOffs = (await register.callOffs()).under(written, register.preference);
  if (callOffs.length > 0) yield callOffs;
}
