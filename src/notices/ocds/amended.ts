import { flatMap, groupedBy } from "../../model/lists.ts";
import { type Money, subtractMoney } from "../../model/money.ts";
import { comparePartialDates } from "../../model/partial-date.ts";
import { type Modification, NO_CHANGE, NO_DATE } from "../../records/modification.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { type Award, type LotPlan, lotsOfAwards } from "./awards.ts";
import { mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import { type Process, processOf, type Releases } from "./process.ts";
import type { Release } from "./releases-in.ts";
import { statesEstimatesOnly } from "./tender.ts";
import { moneyIn } from "./values.ts";

type Amended = "awards" | "contracts";
type Amount = "value" | "maximumValue";

/** By how much a release changed the worth of an award or a contract, or its ceiling. */
interface Growth {
  readonly list: Amended;
  /** The id of the award or contract. */
  readonly id: string;
  readonly key: Amount;
  readonly by: Money;
  readonly total: Money;
  readonly release: Release;
}

/** An amount as all releases so far state it, and whether an amendment changed it. */
interface Known {
  readonly value: PlainMap;
  readonly amended: boolean;
}

/** A process as it was before its amounts were amended, and what the amendments changed. */
export interface AmendedProcess {
  readonly process: Process;
  readonly growths: readonly Growth[];
}

/**
 * Puts together releases whose amendments change amounts. What was awarded, and a ceiling, stay as they were at first,
 * and each change has a day of its own (T12). Estimates are left as they are, because they cannot be used up.
 */
export const amendedProcessOf = (releases: Releases): AmendedProcess => {
  const process = processOf(releases);
  if (!releases.some(isAmendment) || isOfEstimates(process)) return { process, growths: [] };
  const { atFirst, growths } = withoutAmendments(releases, awardsAlone(process));
  return growths.length === 0 ? { process, growths } : { process: processOf(atFirst), growths };
};

const isOfEstimates = ({ plain }: Process): boolean => statesEstimatesOnly(mapIn(plain, "tender") ?? {});

/**
 * The releases as they would be without amendments of amounts: of values, and of the ceilings of awards that are alone
 * on their lot.
 */
const withoutAmendments = (
  [first, ...others]: Releases,
  alone: ReadonlySet<string | undefined>,
): { readonly atFirst: Releases; readonly growths: readonly Growth[] } => {
  const known = new Map<string, Known>();
  const growths: Growth[] = [];
  const itemAtFirst = (list: Amended, item: PlainMap, release: Release): PlainMap => {
    const id = textIn(item, "id");
    if (id === undefined) return item;
    const keys = list === "awards" && alone.has(id) ? KEYS : ONLY_VALUE;
    const repeated = keys.filter((key) => isOfAmendment({ list, id, key, release }, item, known, growths));
    return repeated.length === 0 ? item : without(item, repeated);
  };
  const releaseAtFirst = (release: Release): Release => {
    const lists = LISTS.map((list) => [list, mapsIn(release.plain, list)] as const).filter(
      ([, { length }]) => length > 0,
    );
    const items = lists.map(([list, all]) => [list, all.map((item) => itemAtFirst(list, item, release))] as const);
    return { ...release, plain: { ...release.plain, ...Object.fromEntries(items) } };
  };
  return { atFirst: [releaseAtFirst(first), ...others.map(releaseAtFirst)], growths };
};

const LISTS = ["awards", "contracts"] as const;
const ONLY_VALUE = ["value"] as const;
const KEYS = ["value", "maximumValue"] as const;

const isAmendment = ({ plain }: Release): boolean => textsIn(plain, "tag").includes("contractAmendment");

/** Whether an amendment changed an amount from what it was at first. The change is added to `growths`. */
const isOfAmendment = (
  place: Pick<Growth, "list" | "id" | "key" | "release">,
  item: PlainMap,
  known: Map<string, Known>,
  growths: Growth[],
): boolean => {
  const { list, id, key, release } = place;
  const said = mapIn(item, key);
  const name = JSON.stringify([list, id, key]);
  const before = known.get(name);
  if (said === undefined) return false;
  const value = { ...before?.value, ...said };
  const [old, anew] = [moneyIn(before?.value), moneyIn(value)];
  const by = old && anew && subtractMoney(anew, old);
  const mayChange = before?.amended === true || isAmendment(release);
  if (before === undefined || anew === undefined || by === undefined || !mayChange) {
    known.set(name, { value, amended: false });
    return false;
  }
  known.set(name, { value, amended: before.amended || by.minor !== 0n });
  if (by.minor !== 0n) growths.push({ ...place, by, total: anew });
  return true;
};

const without = (item: PlainMap, keys: readonly string[]): PlainMap =>
  Object.fromEntries(Object.entries(item).filter(([key]): boolean => !keys.includes(key)));

/** The awards of one lot which no other award is of. Only their ceiling is that of the lot. */
const awardsAlone = (process: Process): ReadonlySet<string | undefined> => {
  const awards = lotsOfAwards(process);
  const times = new Map<string, number>();
  for (const { lots } of awards) for (const lot of lots) times.set(lot, (times.get(lot) ?? 0) + 1);
  const alone = awards.filter(({ lots }) => lots.length === 1 && lots.every((lot) => times.get(lot) === 1));
  return new Set(alone.map(({ id }) => id));
};

/** A change of an award that counts. */
interface Grown {
  readonly growth: Growth;
  readonly award: Award;
}

/**
 * The amendments, with what they changed of awards that count. A change that no amendment tells of has the day of its
 * release.
 */
export const withGrowths = (
  amendments: readonly Modification[],
  { process, growths }: AmendedProcess,
  { lotsOf }: LotPlan,
  won: readonly Award[],
): readonly Modification[] => {
  if (amendments.length + growths.length === 0) return amendments;
  const lotOf = (award: Award): string | undefined => {
    const [lot, ...others] = lotsOf(award);
    return others.length === 0 ? lot : undefined;
  };
  const told = new Set<Modification>();
  const grown = grownOnce(growths, won);
  const bySource = groupedBy(amendments, ({ by }) => by.source);
  const byRelease = groupedBy(grown, ({ growth }) => growth.release);
  const changes = grown.map(({ growth, award }, index): Modification => {
    const { id: source, date = NO_DATE } = growth.release.publication;
    const own = bySource.get(source) ?? [];
    const isAlone = own.length === 1 && byRelease.get(growth.release)?.length === 1;
    const id = `${source}.${index + 1}`;
    const by = { source, locator: `/${growth.list}/${growth.key}` };
    const [amendment = { ...NO_CHANGE, date }] = own;
    if (isAlone) told.add(amendment);
    return {
      ...amendment,
      id: isAlone ? amendment.id : id,
      lot: lotOf(award),
      ...(growth.key === "value" ? { value: growth.by, total: growth.total } : { amount: growth.by }),
      ...(growth.list === "contracts" && award.contracts.length > 1 && { settled: growth.id }),
      by,
    };
  });
  const rest = amendments.filter((one) => !told.has(one));
  const restById = groupedBy(rest, ({ id }) => id);
  const changed = new Set(grown.map(({ award }) => award));
  const unlike = flatMap(isOfEstimates(process) ? [] : won, (award) =>
    changed.has(award) ? [] : unlikeItsContract(award, restById, process),
  );
  const valued = new Map(
    unlike.map(({ amendment, by, total, award }) => [amendment, { value: by, total, lot: lotOf(award) }]),
  );
  return [...rest.map((one) => ({ ...one, ...valued.get(one) })), ...changes];
};

/**
 * What the last amendment of an award's only contract changed, where nothing tells what the contract was worth before.
 * Compiled releases say only what it is worth now, so the difference from its award is taken.
 */
const unlikeItsContract = (
  award: Award,
  amendments: ReadonlyMap<string, readonly Modification[]>,
  { assumptions }: Process,
) => {
  const [contract, ...others] = award.contracts;
  const [before, total] = [moneyIn(mapIn(award.plain, "value")), contract && moneyIn(mapIn(contract.plain, "value"))];
  const by = before && total && subtractMoney(total, before);
  if (contract === undefined || others.length > 0 || by === undefined || by.minor === 0n) return [];
  const ids = new Set(mapsIn(contract.plain, "amendments").map((amendment) => textIn(amendment, "id")));
  const own = flatMap([...ids], (id) => amendments.get(id ?? "") ?? []);
  const amendment = own.sort((a, b) => comparePartialDates(a.date, b.date)).at(-1);
  if (amendment === undefined) return [];
  assumptions.make("amendedContract", textIn(contract.plain, "id") ?? contract.pointer);
  return [{ amendment, award, by, total }];
};

/**
 * The changes of awards that count. A change that a release states both of a contract and of its award is told once.
 */
const grownOnce = (growths: readonly Growth[], won: readonly Award[]): readonly Grown[] => {
  const awards = new Map(won.toReversed().map((award) => [award.id, award]));
  const ofContracts = new Map(
    won.flatMap((award) => award.contracts.map(({ plain }) => [textIn(plain, "id"), award] as const)).reverse(),
  );
  const grown = flatMap(growths, (growth): readonly Grown[] => {
    const award = (growth.list === "awards" ? awards : ofContracts).get(growth.id);
    return award === undefined ? [] : [{ growth, award }];
  });
  const byAward = groupedBy(grown, ({ award, growth }) => (growth.list === "contracts" ? award : undefined));
  const toldByContracts = new Map(
    [...byAward].map(([award, all]) => [award, new Set(all.map((one) => one.growth.release))]),
  );
  return grown.filter(
    ({ growth: { list, key, release }, award }) =>
      list === "contracts" || key !== "value" || toldByContracts.get(award)?.has(release) !== true,
  );
};
