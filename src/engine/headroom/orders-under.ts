import type { Contract } from "../../records/contract.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";

/**
 * All that is ordered under a contract as it is written, in batches: the orders that its register and its ledgers state, and
 * then the call-offs that are contracts of their own (T11). Rows of totals are told of. Throws as `Register.orders` does.
 */
export async function* ordersUnder(
  register: Register,
  written: Contract,
  onTotal?: (row: Order) => void,
): AsyncGenerator<readonly Order[]> {
  yield* register.orders(written, onTotal);
  const callOffs = (await register.callOffs()).under(written, register.preference);
  if (callOffs.length > 0) yield callOffs;
}
