import { dayRange, firstDayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { Money } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { dayOf, type SelectedContract, type Selection, select, type Unit } from "../query/selection.ts";
import type { Register } from "../records/register.ts";
import { assess, assessOn, type ContractCeiling } from "./ceilings.ts";
import { cameToNothing, type OrderedInVain } from "./counted-ceiling.ts";
import type { CeilingUse } from "./headroom/ceiling-use.ts";
import { useOf } from "./headroom/contract-use.ts";
import { plural } from "./views.ts";

/** A selected contract, and what its selected lots may cost. */
export interface Assessment {
  readonly selected: SelectedContract;
  readonly assessed: ContractCeiling;
}

/** The selected contracts of a register with what they may cost, batch by batch. */
export async function* assessments(
  register: Register,
  selection: Selection = {},
  unit: Unit = "lot",
): AsyncGenerator<readonly Assessment[]> {
  const { preference } = register;
  const { last } = dayRange(dayOf(selection));
  for await (const batch of select(register, selection, unit)) {
    const all: Assessment[] = [];
    for (const selected of batch) {
      // What needs no reading does not wait.
      const assessed = mayBeOrderedInVain(selected)
        ? await assessWithOrders(register, selected, dayOf(selection))
        : assess(selected, preference);
      const awarded = preference.value(selected.contract.awardDate);
      const isLater = awarded !== undefined && firstDayNumber(awarded) > last;
      all.push({ selected, assessed: isLater ? { ...assessed, awardedLater: true } : assessed });
    }
    yield all;
  }
}

/** What selected lots may cost; of lots that came to nothing what was ordered on them by a day. */
export const assessWithOrders = async (
  register: Register,
  selected: SelectedContract,
  day: PartialDate,
): Promise<ContractCeiling> => {
  const inVain = mayBeOrderedInVain(selected) ? await orderedInVain(register, selected, day) : undefined;
  return assess(selected, register.preference, inVain);
};

/** What of an assessment belongs to seats; lots that nobody holds, and contracts without lots, are left out. */
export const heldPart = ({ selected, assessed }: Assessment, preference: Preference): ContractCeiling | undefined => {
  const held = selected.lots.filter(({ matching }) => matching.length > 0);
  if (held.length === selected.lots.length) return held.length === 0 ? undefined : assessed;
  if (held.length === 0) return undefined;
  const part = assessOn(assessed, { ...selected, lots: held }, preference);
  return assessed.awardedLater === true ? { ...part, awardedLater: true } : part;
};

/** Counts lots that nobody holds, for whoever leaves them out of a total. */
export class UnheldLots {
  #lots = 0;

  see({ lots }: SelectedContract): void {
    for (const { matching } of lots) if (matching.length === 0) this.#lots++;
  }

  notes(): readonly string[] {
    if (this.#lots === 0) return [];
    return [
      `${plural(this.#lots, "lot")} that nobody holds ${this.#lots === 1 ? "is" : "are"} not in this total: see total.`,
    ];
  }
}

/** Whether orders must be read to tell what a contract's lots count for; of most contracts they need not. */
const mayBeOrderedInVain = ({ contract, written }: SelectedContract): boolean =>
  contract.lots.some(cameToNothing) && (written.orders !== undefined || written.ledgers.length > 0);

const orderedInVain = async (
  register: Register,
  selected: SelectedContract,
  day: PartialDate,
): Promise<OrderedInVain> => {
  const { lots } = await useOf(register, selected, { day });
  const inVain = new Map<string, readonly Money[]>();
  for (const lot of selected.contract.lots.filter(cameToNothing)) {
    const { shared, bySupplier, left } = lots.get(lot.id) ?? {};
    const ended = [...(left?.values() ?? [])].map(({ use }) => use);
    const uses = [...(shared === undefined ? [] : [shared]), ...(bySupplier?.values() ?? []), ...ended];
    const ordered = uses.flatMap(orderedUnder);
    if (ordered.length > 0) inVain.set(lot.id, ordered);
  }
  return inVain;
};

/** What is ordered under a ceiling, unit by unit; between two amounts where some of it may belong elsewhere. */
const orderedUnder = (use: CeilingUse): readonly Money[] =>
  use.units.flatMap((unit): readonly Money[] => {
    if (unit === undefined) return [];
    const sum = use.sum(unit);
    const { low = sum.minor, high = sum.minor } = use.range(unit);
    if (high <= 0n) return [];
    const ordered = { ...sum, minor: high };
    return [low < high ? { ...ordered, bound: "between", least: low < 0n ? 0n : low } : ordered];
  });
