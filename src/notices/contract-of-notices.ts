import { compareNatural } from "../model/fold.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import type { Contract } from "../records/contract.ts";
import type { Note, Publication } from "../records/history.ts";
import type { Lot } from "../records/lot.ts";
import type { Notice } from "./notice.ts";

type Notices = readonly [Notice, ...Notice[]];

/** What a notice has in common with those that belong together with it. */
export const procedureOf = ({ procedure, publication }: Notice): string => procedure ?? publication.id;

/** The contracts of notices, in the order in which their procedures were first read. */
export const contractsOfNotices = (notices: readonly Notice[]): readonly Contract[] => {
  const groups = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of notices) {
    const group = groups.get(procedureOf(notice));
    if (group === undefined) groups.set(procedureOf(notice), [notice]);
    else group.push(notice);
  }
  return [...groups.values()].map(([first, ...others]) => {
    if (others.length === 0) return contractOfNotices([first]);
    return first.together?.([first, ...others]) ?? contractOfNotices([first, ...others]);
  });
};

/**
 * The contract that notices of one procedure state together, under the id that the oldest of them gives it. A lot is as
 * the latest notice says that tells of its result; what a modification leaves open stays as it was.
 */
export const contractOfNotices = (notices: Notices): Contract => {
  const [first, ...later] = inOrder(notices);
  if (later.length === 0 && first.contract.publications.length > 0) return first.contract;
  const contract = later.reduce(apply, first.contract);
  return { ...contract, id: first.contract.id, publications: historyOf([first, ...later]) };
};

/** The oldest first, each publication once. */
const inOrder = (notices: Notices): Notices => {
  const sorted = [...notices].sort((a, b) => comparePublications(a.publication, b.publication));
  const each = sorted.filter(({ publication }, index) => !isSame(publication, sorted[index - 1]?.publication));
  const [first = notices[0], ...later] = each;
  return [first, ...later];
};

const isSame = (a: Publication, b: Publication | undefined): boolean => a.id === b?.id && a.version === b.version;

/** By date, those without one first; of one day by version; then by what does not depend on the order of reading. */
const comparePublications = (a: Publication, b: Publication): number =>
  compareDates(a.date, b.date) ||
  compareNatural(a.version ?? "", b.version ?? "") ||
  compareNatural(a.id, b.id) ||
  compareNatural(a.file ?? "", b.file ?? "");

const compareDates = (a: Publication["date"], b: Publication["date"]): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return comparePartialDates(a, b);
};

const historyOf = (notices: Notices): readonly Publication[] => {
  const all = notices.flatMap(({ contract, publication }) =>
    contract.publications.length === 0 ? [publication] : contract.publications,
  );
  return firstOfEach(all, ({ id, version }) => JSON.stringify([id, version]));
};

const apply = (before: Contract, { contract: later, role }: Notice): Contract => {
  const changes = role === "modification";
  const told = new Map(later.lots.filter(({ status }) => status !== "no-result").map((lot) => [lot.id, lot]));
  const kept = new Set(before.lots.filter(({ id }) => !told.has(id)).map(({ id }) => id));
  const modifications = [...before.modifications, ...later.modifications];
  const regrouped = new Set(later.groups.map(({ id }) => id));
  if (kept.size === 0 && !changes) return { ...later, modifications };
  const staysSettled = ({ lots }: { readonly lots: readonly string[] }): boolean => lots.some((lot) => kept.has(lot));
  const [totals, notes] = kept.size === 0 ? [{}, []] : withoutTotals(before, later);
  return {
    ...overlay(before, later),
    ...totals,
    lots: lotsOf(before, later, told, changes),
    groups: [...before.groups.filter(({ id }) => !regrouped.has(id)), ...later.groups],
    settledContracts: [...before.settledContracts.filter(staysSettled), ...later.settledContracts],
    sharedAwards: [...before.sharedAwards.filter(staysSettled), ...later.sharedAwards],
    modifications,
    notes: eachOnce([...before.notes, ...later.notes, ...notes]),
  };
};

/** The lots of both, in the order in which they were first named. */
const lotsOf = (
  before: Contract,
  later: Contract,
  told: ReadonlyMap<string, Lot>,
  changes: boolean,
): readonly Lot[] => {
  const known = new Set(before.lots.map(({ id }) => id));
  const restated = before.lots.map((lot) => {
    const anew = told.get(lot.id);
    return anew !== undefined && changes ? overlay(lot, anew) : (anew ?? lot);
  });
  return [...restated, ...later.lots.filter(({ id }) => !known.has(id))];
};

const TOTALS = ["ceiling", "reestimate", "awarded"] as const;

/** Where each notice tells of some of the lots only, the totals that it states are of those lots: they limit nothing together. */
const withoutTotals = (before: Contract, later: Contract): readonly [Partial<Contract>, readonly Note[]] => {
  const stated = TOTALS.filter((name) => before[name] !== undefined || later[name] !== undefined);
  const totals = { ceiling: undefined, reestimate: undefined, awarded: undefined };
  const text = `its notices tell of different lots: the totals that each states are left out (${stated.join(", ")})`;
  return [totals, stated.length === 0 ? [] : [{ rule: "T4", text }]];
};

/** What the later one says, and where it is silent what was said before. */
const overlay = <T extends object>(before: T, later: T): T => {
  const merged = { ...before };
  for (const key in later) if (later[key] !== undefined) merged[key] = later[key];
  return merged;
};

const eachOnce = (notes: readonly Note[]): readonly Note[] =>
  firstOfEach(notes, ({ rule, text }) => JSON.stringify([rule, text]));

/** The first of all those that have one key. */
const firstOfEach = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] => {
  const first = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
};
