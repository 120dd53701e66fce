/**
 * What a notice tells of a contract, its lots and its awards, and how that goes together with what other notices tell.
 */

import { flatMap } from "../model/lists.ts";
import { type Money, type StatedAmount, type StatedAmounts, unitOf } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import { retimed } from "../records/contract-term.ts";
import type { LotGroup } from "../records/group.ts";
import type { SettledContract } from "../records/history.ts";
import { cameToNothing, type Lot, saidTogether } from "../records/lot.ts";
import type { Parties } from "./same-party.ts";

/** What notices have told of a contract so far, with which later notices are compared. */
export interface ToldBefore {
  readonly lots: ReadonlyMap<string, Lot>;
  /** The contracts that were signed, by their keys. */
  readonly contracts: ReadonlyMap<string, SettledContract>;
  readonly parties: Parties;
  /** The key under which a contract stands in `contracts`. */
  readonly keyOf: (settled: SettledContract) => string;
  readonly note: (rule: string, text: string) => void;
}

/** What the later one says and, where it is silent, what was said before. */
export const overlay = <T extends object>(before: T, later: T): T => {
  const merged = { ...before };
  for (const key in later) if (later[key] !== undefined) merged[key] = later[key];
  return merged;
};

/** The same for a lot. A later end or term takes the place of whatever said before when the lot ends. */
export const overlayLot = (before: Lot, later: Lot): Lot => ({
  ...overlay(before, later),
  ...retimed(before, later),
  statedHere: saidTogether(later.statedHere, before.statedHere),
});

/** Whether a notice says anything of a lot that it names. */
export const isTold = ({ status }: Lot): boolean => status !== "no-result";

/** A contract without what it was awarded for. A notice that tells what was paid in the end tells only who held it. */
export const withoutAwards = (contract: Contract): Contract => ({
  ...contract,
  awarded: undefined,
  sharedAwards: [],
  settledContracts: contract.settledContracts.map((settled) => ({ ...settled, value: undefined })),
  lots: contract.lots.map((lot) => ({ ...lot, awarded: undefined })),
});

/** The ids of the lots that a notice awards: only for them may it state what can be spent. */
export const awardedIn = (lots: readonly Lot[]): readonly string[] => lots.filter(isAwarded).map(({ id }) => id);

/** Whether a lot was awarded, and did not come to nothing. */
export const isAwarded = (lot: Lot | undefined): boolean =>
  lot !== undefined && isTold(lot) && lot.status !== "open" && !cameToNothing(lot);

/** The source that states what all frameworks of a notice come to together. */
export const sourceOf = ({ ceiling, reestimate }: Pick<Contract, "ceiling" | "reestimate">): string | undefined =>
  (ceiling ?? reestimate)?.[0].by.source;

/**
 * Whether a group stands for what a notice states of all its frameworks together, and not for one that a buyer
 * declares.
 */
export const isOfNotice = (group: LotGroup): boolean => group.id === sourceOf(group);

/** A group for what a notice states of several of its lots together. */
export const groupOfNotice = (
  source: string,
  lots: readonly string[],
  { ceiling, reestimate }: Pick<Contract, "ceiling" | "reestimate">,
): LotGroup => {
  const title = `what ${source} awards`;
  return { id: source, title, lots, ceiling, reestimate, certain: true, note: undefined };
};

/**
 * A contract whose ceiling limits its framework agreements alone (E4). Where other lots were awarded beside them, the
 * ceiling goes to a group of the frameworks, because it says nothing of the others. Which lots are frameworks is known
 * only where notices say so lot by lot.
 */
export const limitingFrameworks = (contract: Contract): Contract => {
  const { ceiling, lots, groups } = contract;
  const source = sourceOf({ ceiling });
  if (source === undefined || lots.every(({ callOff }) => callOff === undefined)) return contract;
  const awarded = lots.filter(isAwarded);
  const frameworks = awarded.filter((lot) => (lot.callOff ?? lot.ceiling) !== undefined).map(({ id }) => id);
  if (frameworks.length === awarded.length || frameworks.length === 0) return contract;
  const group = groupOfNotice(source, frameworks, { ceiling });
  return { ...contract, ceiling: undefined, groups: [...groups.filter(({ id }) => id !== source), group] };
};

/** Whether the ceiling of a notice is the one that was announced for all, and not that of what the notice awards. */
export const isOfWhole = ({ ceiling }: Contract): boolean => ceiling?.[0].by.locator === "BT-271";

/** What a notice declares awarded in all; undefined where it says nothing or keeps it secret. */
export const declaredIn = ({ awarded }: Contract): Money | undefined => {
  const value = awarded?.[0].value;
  return typeof value === "object" ? value : undefined;
};

/** The amounts that a notice states for parts of what it awards in all. */
export const partsIn = ({ lots, sharedAwards }: Contract): readonly Money[] => [
  ...flatMap(lots, valuesOf),
  ...flatMap(sharedAwards, ({ value }) => (value === "withheld" ? [] : value)),
];

/** What a lot was awarded for; empty where that is not stated or is secret. */
export const valuesOf = ({ awarded }: Lot): readonly Money[] =>
  typeof awarded?.[0].value === "object" ? awarded[0].value : [];

/** The key of a contract: the buyer's reference with its lots. Undefined without a reference. */
export const referenceKey = ({ reference, lots }: SettledContract): string | undefined =>
  reference && JSON.stringify(["reference", reference, lots]);

/** The same key. Without a reference, it is made of all that the contract says (T10a). */
export const keyOf = (settled: SettledContract, parties: Parties): string => {
  const { lots, suppliers, value, signedDate, awardDate, id } = settled;
  const known = referenceKey(settled);
  if (known !== undefined) return known;
  const who = suppliers.map((one) => parties.keyOf(one)).sort();
  return JSON.stringify([id, lots, who, value === undefined ? "" : textOf(value), signedDate, awardDate]);
};

/** Amounts as a text to compare. */
export const textOf = (value: StatedAmount | StatedAmounts): string =>
  value === "withheld"
    ? value
    : [value]
        .flat()
        .map((money) => `${unitOf(money)} ${money.minor}`)
        .join();

/** Whether the first is more, in the same unit. */
export const isHigher = (a: StatedAmount | undefined, b: StatedAmount | undefined): boolean =>
  typeof a === "object" && typeof b === "object" && unitOf(a) === unitOf(b) && a.minor > b.minor;

/** Whether the second lot says nothing of its holders and values that the first does not. */
export const isAlike = (a: Lot, b: Lot, parties: Parties): boolean =>
  holdersOf(a, parties) === holdersOf(b, parties) &&
  (b.awarded === undefined || (a.awarded !== undefined && textOf(a.awarded[0].value) === textOf(b.awarded[0].value)));

const holdersOf = ({ suppliers }: Lot, parties: Parties): string =>
  JSON.stringify((suppliers?.[0].value ?? []).map((one) => parties.keyOf(one)).sort());

export type Claims = NonNullable<Lot["ceiling"]>;
