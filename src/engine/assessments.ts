import { dayRange, firstDayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { DataError, InputError } from "../model/errors.ts";
import { sum } from "../model/lists.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { firstFew, plural } from "../model/phrases.ts";
import { dayOf, type SelectedContract, type Selection, select, type Unit } from "../query/selection.ts";
import type { CallOffs } from "../records/call-offs.ts";
import type { Contract } from "../records/contract.ts";
import { cameToNothing } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import { assess, assessOn, type ContractCeiling } from "./ceilings.ts";
import { type ContractUse, useOf } from "./headroom/contract-use.ts";
import { OrderedInVain } from "./ordered-in-vain.ts";

/** Tells which contracts stay out of a total as call-offs, and what its reader must know of that (T11). */
export class CallOffNotes {
  /** How many call-offs lie within frameworks that are among the data, and how many in others, by the frameworks. */
  readonly #within = new Map<string, number>();
  readonly #alone = new Map<string, number>();

  /** Whether a contract counts by itself; a call-off lies within its framework, where that is among the data. */
  counts({ family }: Pick<Assessment, "family">): boolean {
    if (family.kind !== "none") {
      const counted = family.kind === "within" ? this.#within : this.#alone;
      counted.set(family.framework, (counted.get(family.framework) ?? 0) + 1);
    }
    return family.kind !== "within";
  }

  notes(): readonly string[] {
    const [within, alone] = [sumOf(this.#within), sumOf(this.#alone)];
    return [
      ...(within === 0
        ? []
        : [
            `${plural(within, "call-off")} ${within === 1 ? "is" : "are"} not added: ${lieWithin(within)} ${named(this.#within)}.`,
          ]),
      ...(alone === 0
        ? []
        : [
            `${plural(alone, "call-off")} ${alone === 1 ? "counts by itself" : "count by themselves"}: ${named(this.#alone)} ${this.#alone.size === 1 ? "is" : "are"} not among the data.`,
          ]),
    ];
  }
}

const lieWithin = (count: number): string => (count === 1 ? "it lies within" : "they lie within");

const sumOf = (counts: ReadonlyMap<string, number>): number => sum([...counts.values()]);

/** `the framework a`, `the frameworks a, b and 3 more`. */
const named = (counts: ReadonlyMap<string, number>): string =>
  `the ${counts.size === 1 ? "framework" : "frameworks"} ${firstFew([...counts.keys()], 3)}`;

/** A selected contract, and what its selected lots may cost. */
export interface Assessment {
  readonly selected: SelectedContract;
  readonly assessed: ContractCeiling;
  /** What is ordered under it; undefined where nothing is said of orders, or they cannot be read. */
  readonly use: ContractUse | undefined;
  /** Whether its orders cannot be read, and nothing but what is ordered is amiss for that. */
  readonly unread: boolean;
  readonly family: Family;
}

/** What a contract is among those of the data (T11): a call-off within another, one whose framework is not there, or neither. */
type Family =
  | { readonly kind: "within"; readonly framework: string }
  | { readonly kind: "alone"; readonly framework: string }
  | { readonly kind: "none" };

/** The framework agreement under which a contract is a call-off, by its id where it is among the data. */
export const frameworkOf = ({ family, selected }: Pick<Assessment, "family" | "selected">): string | undefined =>
  family.kind === "none" ? selected.contract.callOffOf : family.framework;

const NO_FAMILY: Family = { kind: "none" };

const familyIn = ({ frameworkOf, circles }: CallOffs): ((contract: Contract) => Family) => {
  const circling = new Set(circles.flat());
  return (contract) => {
    if (contract.callOffOf === undefined) return NO_FAMILY;
    const framework = frameworkOf(contract);
    if (framework !== undefined) return { kind: "within", framework };
    return circling.has(contract.id) ? NO_FAMILY : { kind: "alone", framework: contract.callOffOf };
  };
};

/** The selected contracts of a register with what they may cost, batch by batch. */
export async function* assessments(
  register: Register,
  selection: Selection = {},
  unit: Unit = "lot",
): AsyncGenerator<readonly Assessment[]> {
  const day = dayOf(selection);
  const { last } = dayRange(day);
  const callOffs = await register.callOffs();
  const familyOf = familyIn(callOffs);
  for await (const batch of select(register, selection, unit)) {
    const all: Assessment[] = [];
    for (const selected of batch) {
      // What needs no reading does not wait.
      const isOrdered = mayBeOrdered(selected) || callOffs.isFramework(selected.written);
      const read = isOrdered ? await readUse(register, selected, day) : undefined;
      const use = read === "unread" ? undefined : read;
      const assessed = assess(selected, register.preference, inVainIn(selected, use));
      const awarded = register.preference.value(selected.contract.awardDate);
      const isLater = awarded !== undefined && firstDayNumber(awarded) > last;
      const family = familyOf(selected.written);
      const counted = isLater ? { ...assessed, awardedLater: true } : assessed;
      all.push({ selected, assessed: counted, use, unread: read === "unread", family });
    }
    yield all;
  }
}

/** Orders that cannot be read stand in the way only of figures that rest on them. */
const readUse = async (
  register: Register,
  selected: SelectedContract,
  day: PartialDate,
): Promise<ContractUse | "unread"> => {
  try {
    return await useOf(register, selected, { day });
  } catch (error) {
    const isAmiss = error instanceof DataError || error instanceof InputError;
    if (isAmiss && !selected.contract.lots.some(cameToNothing)) return "unread";
    throw error;
  }
};

/** What selected lots may cost; of lots that came to nothing what was ordered on them by a day. */
export const assessWithOrders = async (
  register: Register,
  selected: SelectedContract,
  day: PartialDate,
): Promise<ContractCeiling> => {
  const isInVain = mayBeOrdered(selected) && selected.contract.lots.some(cameToNothing);
  const use = isInVain ? await useOf(register, selected, { day }) : undefined;
  return assess(selected, register.preference, inVainIn(selected, use));
};

/** What of an assessment belongs to seats; lots that nobody holds, and contracts without lots, are left out. */
export const heldPart = ({ selected, assessed }: Assessment, preference: Preference): ContractCeiling | undefined => {
  const held = selected.lots.filter(({ matching }) => matching.length > 0);
  if (held.length === selected.lots.length) return held.length === 0 ? undefined : assessed;
  if (held.length === 0) return undefined;
  const part = assessOn(assessed, { ...selected, lots: held }, preference);
  return assessed.awardedLater === true ? { ...part, awardedLater: true } : part;
};

export class UnheldLots {
  #lots = 0;

  get count(): number {
    return this.#lots;
  }

  see({ lots }: SelectedContract): void {
    for (const { matching } of lots) if (matching.length === 0) this.#lots++;
  }

  add(count: number): void {
    this.#lots += count;
  }

  notes(): readonly string[] {
    if (this.#lots === 0) return [];
    return [
      `${plural(this.#lots, "lot")} that nobody holds ${this.#lots === 1 ? "is" : "are"} not in this total; lotbook total counts ${this.#lots === 1 ? "it" : "them"}.`,
    ];
  }
}

/** Whether its register says anything of orders; of most contracts it does not. */
const mayBeOrdered = ({ written }: SelectedContract): boolean =>
  written.orders !== undefined || written.ledgers.length > 0;

const inVainIn = ({ contract }: SelectedContract, use: ContractUse | undefined): OrderedInVain | undefined =>
  use === undefined || !contract.lots.some(cameToNothing) ? undefined : new OrderedInVain(use.placed);
