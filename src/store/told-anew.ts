import { type Assumption, assumedTogether, type PassedOver, type Told } from "../model/publication.ts";
import { type OfProcedure, TwiceLog } from "../register/told-twice.ts";

/**
 * What is told after some contracts were put together anew: without what was told of them before, and with what is told
 * of them now.
 */
export const toldAnew = (all: Told, before: Told, after: Told): Told => ({
  assumptions: assumedTogether([...withoutAssumptions(all.assumptions, before.assumptions), ...after.assumptions]),
  passedOver: counted([...all.passedOver, ...before.passedOver.map(taken), ...after.passedOver]),
  findings: [...without(all.findings, before.findings, ({ severity: _, ...said }) => said), ...after.findings],
});

/** Takes away from a list as many equal items as another list has. */
const without = <Item>(
  items: readonly Item[],
  taken: readonly Item[],
  said: (item: Item) => object = (item) => ({ item }),
): readonly Item[] => {
  const left = new Map<string, number>();
  const keyOf = (item: Item): string => JSON.stringify(said(item));
  for (const item of taken) left.set(keyOf(item), (left.get(keyOf(item)) ?? 0) + 1);
  return items.filter((item) => {
    const count = left.get(keyOf(item)) ?? 0;
    if (count > 0) left.set(keyOf(item), count - 1);
    return count === 0;
  });
};

const withoutAssumptions = (all: readonly Assumption[], before: readonly Assumption[]): readonly Assumption[] => {
  const taken = new Map(before.map((one) => [one.rule, one]));
  return all.flatMap(({ rule, first, count }) => {
    const one = taken.get(rule);
    const left = count - (one?.count ?? 0);
    return left > 0 ? [{ rule, first: without(first, one?.first ?? []), count: left }] : [];
  });
};

const taken = ({ count, ...kind }: PassedOver): PassedOver => ({ ...kind, count: -count });

/** The most frequent first. */
const counted = (kinds: readonly PassedOver[]): readonly PassedOver[] => {
  const counts = new Map<string, PassedOver>();
  for (const { count, ...kind } of kinds)
    counts.set(kind.many, { ...kind, count: count + (counts.get(kind.many)?.count ?? 0) });
  return [...counts.values()].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
};

/** The first contract of each procedure among contracts that do not come from notices. */
const firstRegistered = (contracts: readonly OfProcedure[]): ReadonlyMap<string, string> => {
  const first = new Map<string, string>();
  for (const { id, procedure, file } of contracts)
    if (file === undefined && !first.has(procedure)) first.set(procedure, id);
  return first;
};

/**
 * What is told across a store and what is added to it: contracts from notices in one, and contracts from registers in
 * the other, that are of one procedure. Whoever reads each of the two tells what holds within it.
 */
export const toldAcross = (standing: readonly OfProcedure[], others: readonly OfProcedure[]): Told => {
  const log = new TwiceLog();
  const [known, come] = [firstRegistered(standing), firstRegistered(others)];
  const tell = (published: readonly OfProcedure[], own: typeof known, beside: typeof known): void => {
    for (const one of published) {
      const registered = one.file === undefined || own.has(one.procedure) ? undefined : beside.get(one.procedure);
      if (registered !== undefined) log.add(one, "a register", registered);
    }
  };
  tell(others, come, known);
  tell(standing, known, come);
  return { assumptions: log.assumptions(), passedOver: [], findings: [] };
};
