/** What notices tell of a contract, its lots and its awards, as it is put together with what others tell. */

import { flatMap } from "../model/lists.ts";
import { type Money, type StatedAmount, type StatedAmounts, unitOf } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import { retimed } from "../records/contract-term.ts";
import type { LotGroup } from "../records/group.ts";
import type { SettledContract } from "../records/history.ts";
import { cameToNothing, type Lot, saidTogether } from "../records/lot.ts";
import type { Parties } from "./same-party.ts";

/** What notices told of a contract so far, against which what follows is held. */
export interface ToldBefore {
  readonly lots: ReadonlyMap<string, Lot>;
  /** The contracts that were signed, by their keys. */
  readonly contracts: ReadonlyMap<string, SettledContract>;
  readonly parties: Parties;
  /** By what a contract is known among them. */
  readonly keyOf: (settled: SettledContract) => string;
  readonly note: (rule: string, text: string) => void;
}

/** What the later one says, and where it is silent what was said before. */
export const overlay = <T extends object>(before: T, later: T): T => {
  const merged = { ...before };
  for (const key in later) if (later[key] !== undefined) merged[key] = later[key];
  return merged;
};

/** The same of a lot, of whose ends one takes the place of all. */
export const overlayLot = (before: Lot, later: Lot): Lot => ({
  ...overlay(before, later),
  ...retimed(before, later),
  statedHere: saidTogether(later.statedHere, before.statedHere),
});

/** Whether a notice says anything of a lot that it names. */
export const isTold = ({ status }: Lot): boolean => status !== "no-result";

/** A contract whose notice tells what was paid: who held it, and not what it was awarded for. */
export const withoutAwards = (contract: Contract): Contract => ({
  ...contract,
  awarded: undefined,
  sharedAwards: [],
  settledContracts: contract.settledContracts.map((settled) => ({ ...settled, value: undefined })),
  lots: contract.lots.map((lot) => ({ ...lot, awarded: undefined })),
});

/** The lots of which a notice may state what can be spent on them: those that it awards. */
export const awardedIn = (lots: readonly Lot[]): readonly string[] => lots.filter(isAwarded).map(({ id }) => id);

/** Whether a lot was awarded, and did not come to nothing. */
export const isAwarded = (lot: Lot | undefined): boolean =>
  lot !== undefined && isTold(lot) && lot.status !== "open" && !cameToNothing(lot);

/** Who states what all frameworks of a notice come to together. */
export const sourceOf = ({ ceiling, reestimate }: Pick<Contract, "ceiling" | "reestimate">): string | undefined =>
  (ceiling ?? reestimate)?.[0].by.source;

/** Whether a group is of what a notice states of all its frameworks together, and not one that a buyer declares. */
export const isOfNotice = (group: LotGroup): boolean => group.id === sourceOf(group);

/** What a notice states of several of its lots together. */
export const groupOfNotice = (
  source: string,
  lots: readonly string[],
  { ceiling, reestimate }: Pick<Contract, "ceiling" | "reestimate">,
): LotGroup => {
  const title = `what ${source} awards`;
  return { id: source, title, lots, ceiling, reestimate, certain: true, note: undefined };
};

/**
 * A contract whose ceiling is that of its framework agreements alone (E4), where lots were awarded beside them that are
 * none: of these it says nothing. Whether a lot is one is known where notices say so lot by lot.
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

/** Whether the ceiling of a notice is what was announced for all, and not that of what it awards. */
export const isOfWhole = ({ ceiling }: Contract): boolean => ceiling?.[0].by.locator === "BT-271";

/** What a notice declares awarded for all together; undefined where it says nothing, or keeps it secret. */
export const declaredIn = ({ awarded }: Contract): Money | undefined => {
  const value = awarded?.[0].value;
  return typeof value === "object" ? value : undefined;
};

/** The parts of what a notice awards in all that it states. */
export const partsIn = ({ lots, sharedAwards }: Contract): readonly Money[] => [
  ...flatMap(lots, valuesOf),
  ...flatMap(sharedAwards, ({ value }) => (value === "withheld" ? [] : value)),
];

/** What a lot was awarded for; none where that is not stated or secret. */
export const valuesOf = ({ awarded }: Lot): readonly Money[] =>
  typeof awarded?.[0].value === "object" ? awarded[0].value : [];

/** A contract by the buyer's reference and its lots. */
export const referenceKey = ({ reference, lots }: SettledContract): string | undefined =>
  reference && JSON.stringify(["reference", reference, lots]);

/** A contract by the buyer's reference and its lots; one without by all that it says (T10a). */
export const keyOf = (settled: SettledContract, parties: Parties): string => {
  const { lots, suppliers, value, signedDate, awardDate, id } = settled;
  const known = referenceKey(settled);
  if (known !== undefined) return known;
  const who = suppliers.map((one) => parties.keyOf(one)).sort();
  return JSON.stringify([id, lots, who, value === undefined ? "" : textOf(value), signedDate, awardDate]);
};

/** Amounts, to be compared. */
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
