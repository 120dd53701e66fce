import type { StatedAmount, StatedAmounts } from "../model/amount.ts";
import type { Fact } from "../model/claim.ts";
import { type Money, subtractMoney, sumByUnit, unitOf } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import type { LotGroup } from "../records/group.ts";
import type { Note, SettledContract } from "../records/history.ts";
import type { Lot } from "../records/lot.ts";
import type { Modification } from "../records/modification.ts";
import type { Supplier } from "../records/supplier.ts";
import { sumOfBounded } from "./awarded-values.ts";

/** What the later one says, and where it is silent what was said before. */
const overlay = <T extends object>(before: T, later: T): T => {
  const merged = { ...before };
  for (const key in later) if (later[key] !== undefined) merged[key] = later[key];
  return merged;
};

const isTold = ({ status }: Lot): boolean => status !== "no-result";

/**
 * A contract as a change of its notice states it anew. A change repeats the whole notice; lots that it tells nothing of
 * stay as they were, and the totals of both, which are then of different lots, limit nothing.
 */
export const changedBy = (before: Contract, later: Contract): Contract => {
  const told = new Map(later.lots.filter(isTold).map((lot) => [lot.id, lot]));
  const kept = new Set(before.lots.filter(({ id }) => !told.has(id)).map(({ id }) => id));
  const modifications = later.modifications.length > 0 ? later.modifications : before.modifications;
  if (![...before.lots].some((lot) => kept.has(lot.id) && isTold(lot)) && later.lots.length >= before.lots.length)
    return { ...later, modifications };
  const stays = ({ lots }: { readonly lots: readonly string[] }): boolean => lots.some((lot) => kept.has(lot));
  const known = new Set(before.lots.map(({ id }) => id));
  const regrouped = new Set(later.groups.map(({ id }) => id));
  return {
    ...overlay(before, later),
    ceiling: undefined,
    reestimate: undefined,
    awarded: undefined,
    lots: [...before.lots.map((lot) => told.get(lot.id) ?? lot), ...later.lots.filter(({ id }) => !known.has(id))],
    groups: [...before.groups.filter(({ id }) => !regrouped.has(id)), ...later.groups],
    settledContracts: [...before.settledContracts.filter(stays), ...later.settledContracts],
    sharedAwards: [...before.sharedAwards.filter(stays), ...later.sharedAwards],
    modifications,
    notes: [...before.notes, ...later.notes, ...totalsLeftOut(before, later)],
  };
};

const TOTALS = ["ceiling", "reestimate", "awarded"] as const;

const totalsLeftOut = (before: Contract, later: Contract): readonly Note[] => {
  const stated = TOTALS.filter((name) => before[name] !== undefined || later[name] !== undefined);
  const text = `its notices tell of different lots: the totals that each states are left out (${stated.join(", ")})`;
  return stated.length === 0 ? [] : [{ rule: "T4", text }];
};

/** Puts the awards and modifications of one contract together, each handled once. */
export class ContractFold {
  #contract: Contract;
  readonly #lots = new Map<string, Lot>();
  readonly #settled: SettledContract[] = [];
  readonly #known = new Set<string>();
  readonly #shared = new Map<string, Contract["sharedAwards"][number]>();
  readonly #groups = new Map<string, LotGroup>();
  readonly #modifications: Modification[] = [];
  readonly #notes = new Map<string, Note>();
  readonly #declared: (Money | undefined)[] = [];
  /** The ceilings of lots as the last modification restates them. */
  readonly #restated = new Map<string, Lot["ceiling"]>();

  /** Begins with an award, or with a modification whose award is not among the data. */
  constructor(first: Contract, isModification: boolean) {
    this.#contract = isModification ? { ...first, awarded: undefined } : first;
    for (const lot of first.lots) this.#lots.set(lot.id, lot);
    this.#addParts(first);
    this.#declared.push(declaredIn(first));
    if (isModification)
      this.#note("T12", "its award is not among the data: what the modification states counts as stated");
  }

  /** A further award adds what it does not repeat (T12); what was told before stays. */
  award(later: Contract): void {
    const before = this.#contract;
    const told = later.lots.filter(isTold);
    const isWider = told.some(({ id }) => !isToldIn(this.#lots, id));
    if (isWider) this.#divideCeilings(later, told);
    for (const lot of later.lots) {
      const known = this.#lots.get(lot.id);
      this.#lots.set(lot.id, known === undefined ? lot : this.#withFurther(known, lot, later));
    }
    this.#addParts(later);
    this.#declared.push(declaredIn(later));
    this.#contract = {
      ...overlay(later, before),
      ceiling: this.#contract.ceiling,
      reestimate: this.#contract.reestimate,
    };
  }

  /** Where notices award different lots, the ceiling that each states is that of its own lots together. */
  #divideCeilings(later: Contract, told: readonly Lot[]): void {
    const { ceiling, reestimate, id } = this.#contract;
    const own = [...this.#lots.values()].filter(isTold).map((lot) => lot.id);
    this.#groupOf(id, own, ceiling, reestimate);
    this.#groupOf(
      later.id,
      told.map((lot) => lot.id),
      later.ceiling,
      later.reestimate,
    );
    this.#contract = { ...this.#contract, ceiling: undefined, reestimate: undefined };
  }

  #groupOf(
    id: string,
    lots: readonly string[],
    ceiling: LotGroup["ceiling"],
    reestimate: LotGroup["reestimate"],
  ): void {
    if (lots.length === 0 || (ceiling ?? reestimate) === undefined) return;
    const title = `what ${id} awards`;
    this.#groups.set(id, { id, title, lots, ceiling, reestimate, certain: true, note: undefined });
  }

  #withFurther(known: Lot, lot: Lot, later: Contract): Lot {
    if (!isTold(lot) || lot.status !== "awarded") return isTold(known) ? known : overlay(known, lot);
    if (known.status !== "awarded") return { ...overlay(known, lot), status: lot.status };
    const added = this.#newlyAwarded(known, lot, later);
    return {
      ...overlay(lot, known),
      suppliers: together(known.suppliers, lot.suppliers, withOthers),
      awarded: added === undefined ? known.awarded : together(known.awarded, added, sumOf),
    };
  }

  /** What a further award of a lot adds to what was awarded before; undefined where it only repeats that. */
  #newlyAwarded(known: Lot, lot: Lot, later: Contract): Lot["awarded"] {
    const own = later.settledContracts.filter(({ lots }) => lots.includes(lot.id));
    const anew = own.filter((settled) => !this.#known.has(keyOf(settled)));
    if (own.length > 0 && anew.length === 0) return undefined;
    if (own.length > anew.length) {
      const [first, ...others] = sumOfBounded(anew.flatMap(({ value }) => (typeof value === "object" ? [value] : [])));
      return first && lot.awarded && [{ value: [first, ...others], by: lot.awarded[0].by }];
    }
    return own.length === 0 && isAlike(known, lot) ? undefined : lot.awarded;
  }

  #addParts({ settledContracts, sharedAwards, groups, modifications, notes }: Contract): void {
    for (const settled of settledContracts) {
      const key = keyOf(settled);
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#settled.push(settled);
    }
    for (const award of sharedAwards) this.#shared.set(`${award.lots.join()} ${textOf(award.value)}`, award);
    for (const group of groups) if (!this.#groups.has(group.id)) this.#groups.set(group.id, group);
    for (const modification of modifications) this.#modifications.push(modification);
    for (const { rule, text } of notes) this.#note(rule, text);
  }

  #note(rule: string, text: string): void {
    this.#notes.set(`${rule} ${text}`, { rule, text });
  }

  /** What a modification tells: by how much values grow, ceilings that it restates, and whatever else it says anew. */
  modify(later: Contract): void {
    const changes: Modification[] = [];
    const total = declaredIn(later);
    for (const lot of later.lots) {
      const known = this.#lots.get(lot.id);
      this.#lots.set(lot.id, known === undefined ? lot : this.#modified(known, lot, later, changes));
    }
    const [told, ...others] = later.modifications;
    if (told !== undefined) this.#tell({ ...told, total: told.total ?? total }, others, changes);
    const { id, origin, framework, ceiling, reestimate, awarded, awardDate, callOffOf } = this.#contract;
    const stays = { id, origin, framework, ceiling, reestimate, awarded, awardDate, callOffOf };
    this.#contract = { ...overlay(this.#contract, later), ...stays };
    this.#addParts({ ...later, settledContracts: [], sharedAwards: [], modifications: [] });
  }

  /** A modification with the lots whose values or ceilings it changes: one of one lot is told as that. */
  #tell(told: Modification, others: readonly Modification[], changes: readonly Modification[]): void {
    const [only, ...more] = changes;
    const isStated = told.value !== undefined || told.amount !== undefined;
    if (only === undefined || isStated) this.#modifications.push(told);
    else if (more.length === 0)
      this.#modifications.push({ ...told, lot: only.lot, amount: only.amount, value: only.value });
    else
      for (const [index, { lot, amount, value }] of changes.entries())
        this.#modifications.push({ ...told, id: `${told.id}-${index + 1}`, lot, amount, value });
    for (const other of others) this.#modifications.push(other);
  }

  #modified(known: Lot, lot: Lot, later: Contract, changes: Modification[]): Lot {
    const replaces = later.modifications.some(({ ground }) => ground === "replacement of the contractor");
    const isDated = later.modifications.length > 0;
    const { ceiling, change } = isDated
      ? restated(known.ceiling, this.#restated.get(lot.id) ?? known.ceiling, lot.ceiling)
      : { ceiling: lot.ceiling ?? known.ceiling, change: undefined };
    const value = this.#growth(lot, later);
    if (change !== undefined) this.#restated.set(lot.id, lot.ceiling);
    if ((change ?? value) !== undefined) changes.push({ ...NO_CHANGE, lot: lot.id, amount: change, value });
    return {
      ...overlay(known, lot),
      status: isTold(lot) ? lot.status : known.status,
      ceiling,
      awarded: known.awarded,
      suppliers: replaces ? (lot.suppliers ?? known.suppliers) : together(known.suppliers, lot.suppliers, withOthers),
    };
  }

  /** By how much a modification changes the value of a lot: what is stated, unless that is the total after it (T12). */
  #growth({ awarded }: Lot, later: Contract): Money | undefined {
    const [value, ...others] = typeof awarded?.[0].value === "object" ? awarded[0].value : [];
    if (
      value === undefined ||
      value.bound !== undefined ||
      others.length > 0 ||
      later.modifications.some((one) => one.value !== undefined)
    )
      return undefined;
    const after = declaredIn(later);
    if (after === undefined || after.minor !== value.minor || unitOf(after) !== unitOf(value)) return value;
    const before = sumByUnit([...this.#lots.values()].flatMap(valuesOf)).find((sum) => unitOf(sum) === unitOf(after));
    return before && subtractMoney(after, before);
  }

  finish(): Contract {
    return {
      ...this.#contract,
      awarded: this.#declaredTogether(),
      lots: [...this.#lots.values()],
      groups: [...this.#groups.values()],
      settledContracts: this.#settled,
      sharedAwards: [...this.#shared.values()],
      modifications: this.#modifications,
      notes: [...this.#notes.values()],
    };
  }

  /** The totals of all awards; undefined where one states none, or in another unit. */
  #declaredTogether(): Contract["awarded"] {
    const { awarded } = this.#contract;
    if (awarded === undefined || this.#declared.length === 1) return awarded;
    const known = this.#declared.filter((value) => value !== undefined);
    const [sum, ...others] = known.length < this.#declared.length ? [] : sumOfBounded(known);
    return sum === undefined || others.length > 0 ? undefined : [{ ...awarded[0], value: sum }];
  }
}

const NO_CHANGE: Modification = {
  id: "",
  date: { year: 1 },
  amount: undefined,
  by: { source: undefined, locator: undefined },
};

const isToldIn = (lots: ReadonlyMap<string, Lot>, id: string): boolean => {
  const lot = lots.get(id);
  return lot !== undefined && isTold(lot);
};

const declaredIn = ({ awarded }: Contract): Money | undefined => {
  const value = awarded?.[0].value;
  return typeof value === "object" ? value : undefined;
};

/** A contract by the buyer's reference and its lots; one without by all that it says, its suppliers by their names (T10a). */
const keyOf = ({ reference, lots, suppliers, value, signedDate, awardDate, id }: SettledContract): string => {
  if (reference !== undefined) return JSON.stringify(["reference", reference, lots]);
  const who = suppliers.map(({ name }) => name[0].value).sort();
  return JSON.stringify([id, lots, who, value === undefined ? "" : textOf(value), signedDate, awardDate]);
};

const textOf = (value: StatedAmount | StatedAmounts): string =>
  value === "withheld"
    ? value
    : [value]
        .flat()
        .map((money) => `${unitOf(money)} ${money.minor}`)
        .join();

const isAlike = (a: Lot, b: Lot): boolean =>
  namesOf(a) === namesOf(b) &&
  (b.awarded === undefined || (a.awarded !== undefined && textOf(a.awarded[0].value) === textOf(b.awarded[0].value)));

const namesOf = ({ suppliers }: Lot): string =>
  JSON.stringify((suppliers?.[0].value ?? []).map(({ name }) => name[0].value).sort());

const valuesOf = ({ awarded }: Lot): readonly Money[] =>
  typeof awarded?.[0].value === "object" ? awarded[0].value : [];

/** One claim of what two notices state in turn. */
const together = <T>(a: Fact<T> | undefined, b: Fact<T> | undefined, join: (a: T, b: T) => T): Fact<T> | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return [{ ...a[0], value: join(a[0].value, b[0].value) }];
};

/** Suppliers with those of a later notice that have other names: companies without a number are known by them only. */
const withOthers = (before: readonly Supplier[], later: readonly Supplier[]): readonly Supplier[] => {
  const known = new Set(before.flatMap(({ id, name }) => [id, name[0].value]));
  return [...before, ...later.filter(({ id, name }) => !known.has(id) && !known.has(name[0].value))];
};

const sumOf = (a: StatedAmounts, b: StatedAmounts): StatedAmounts => {
  if (a === "withheld" || b === "withheld") return a === "withheld" ? b : a;
  const [first, ...others] = sumOfBounded([...a, ...b]);
  return first === undefined ? a : [first, ...others];
};

/** A ceiling that a modification states anew: what was stated at first, and by how much it grows from then on. */
const restated = (first: Lot["ceiling"], before: Lot["ceiling"], later: Lot["ceiling"]) => {
  const [old, anew] = [before?.[0].value, later?.[0].value];
  if (first === undefined || typeof old !== "object" || typeof anew !== "object")
    return { ceiling: first ?? later, change: undefined };
  const change = subtractMoney(anew, old);
  return { ceiling: first, change: change?.minor === 0n ? undefined : change };
};
