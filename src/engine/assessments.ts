import { dayRange, firstDayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { DataError, InputError } from "../model/errors.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { dayOf, type SelectedContract, type Selection, select, type Unit } from "../query/selection.ts";
import type { CallOffs } from "../records/call-offs.ts";
import { type Contract, mayBeOrdered } from "../records/contract.ts";
import { cameToNothing } from "../records/lot.ts";
import type { Register } from "../records/register.ts";
import { assess, assessOn, type ContractCeiling } from "./ceilings.ts";
import { type ContractUse, useOf } from "./headroom/contract-use.ts";
import { OrderedInVain } from "./ordered-in-vain.ts";

/** A selected contract, and what its selected lots may cost. */
export interface Assessment {
  readonly selected: SelectedContract;
  readonly assessed: ContractCeiling;
  /** What is ordered under it; undefined where the data say nothing of orders, or they cannot be read. */
  readonly use: ContractUse | undefined;
  /** Whether its orders cannot be read. That affects only the figures of what is ordered. */
  readonly unread: boolean;
  readonly family: Family;
}

/**
 * How a contract relates to the others in the data (T11): it is a call-off under one of them, a call-off whose
 * framework agreement is not among them, or neither.
 */
type Family =
  | { readonly kind: "within"; readonly framework: string }
  | { readonly kind: "alone"; readonly framework: string }
  | { readonly kind: "none" };

/**
 * The framework agreement under which a contract is a call-off: its id if it is among the data, else as the contract
 * names it.
 */
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
      // A contract without orders does not wait for any to be read.
      const isOrdered = mayBeOrdered(selected.written) || callOffs.isFramework(selected.written);
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

/**
 * Reads what is ordered under a contract; "unread" where its orders cannot be read. Throws the error instead if a lot
 * came to nothing, because then the ceiling rests on the orders.
 */
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

/** What selected lots may cost. A lot that came to nothing counts up to what was ordered on it by the day. */
export const assessWithOrders = async (
  register: Register,
  selected: SelectedContract,
  day: PartialDate,
): Promise<ContractCeiling> => {
  const isInVain = mayBeOrdered(selected.written) && selected.contract.lots.some(cameToNothing);
  const use = isInVain ? await useOf(register, selected, { day }) : undefined;
  return assess(selected, register.preference, inVainIn(selected, use));
};

/**
 * The part of an assessment that belongs to seats: the lots that somebody holds. Undefined where there are none, as in
 * a contract without lots.
 */
export const heldPart = ({ selected, assessed }: Assessment, preference: Preference): ContractCeiling | undefined => {
  const held = selected.lots.filter(({ matching }) => matching.length > 0);
  if (held.length === selected.lots.length) return held.length === 0 ? undefined : assessed;
  if (held.length === 0) return undefined;
  const part = assessOn(assessed, { ...selected, lots: held }, preference);
  return assessed.awardedLater === true ? { ...part, awardedLater: true } : part;
};

const inVainIn = ({ contract }: SelectedContract, use: ContractUse | undefined): OrderedInVain | undefined =>
  use === undefined || !contract.lots.some(cameToNothing) ? undefined : new OrderedInVain(use.placed);
