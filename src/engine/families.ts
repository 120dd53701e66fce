import { isEverything } from "../query/query.ts";
import { queryOf, type Selection, select } from "../query/selection.ts";
import { frameworksAbove } from "../records/call-offs.ts";
import type { Contract } from "../records/contract.ts";
import type { Register } from "../records/register.ts";

type Contracts = () => AsyncIterable<readonly Contract[]>;

async function* among(
  register: Register,
  isWanted: (contract: Contract) => boolean,
): AsyncGenerator<readonly Contract[]> {
  for await (const batch of register.contracts()) yield batch.filter(isWanted);
}

/**
 * The contracts with a selected lot, whole and as the register states them, with the framework agreements and the
 * call-offs of the same family: all that it takes to answer about them. Undefined where everything is asked for.
 */
export const familiesAskedFor = async (register: Register, selection: Selection): Promise<Contracts | undefined> => {
  if (isEverything(queryOf(selection, register.suppliers))) return undefined;
  const callOffs = await register.callOffs();
  // A family is known by its topmost framework agreement.
  const rootOf = (id: string): string => frameworksAbove(id, callOffs).at(-1) ?? id;
  const wanted = new Set<string>();
  for await (const batch of select(register, selection))
    for (const { written } of batch) wanted.add(rootOf(written.id));
  return () => among(register, ({ id }) => wanted.has(rootOf(id)));
};

export interface Extent {
  readonly lots: number;
  readonly orders: number;
}

/**
 * Whether contracts have no more than so many lots and orders. A contract without lots counts as one lot. Reads no
 * further than it must.
 */
export const isWithin = async (
  { orders }: Register,
  contracts: AsyncIterable<readonly Contract[]>,
  most: Extent,
): Promise<boolean> => {
  const found = { lots: 0, orders: 0 };
  for await (const batch of contracts) {
    for (const contract of batch) {
      found.lots += Math.max(1, contract.lots.length);
      if (found.lots > most.lots) return false;
      for await (const some of orders(contract)) {
        found.orders += some.length;
        if (found.orders > most.orders) return false;
      }
    }
  }
  return true;
};
