import { type Fact, mapClaims } from "../model/claim.ts";
import { flatMap } from "../model/lists.ts";
import {
  formatMoney,
  type Money,
  type StatedAmount,
  subtractMoney,
  sumByUnit,
  unitOf,
  zeroLike,
} from "../model/money.ts";
import { comparePartialDates, type PartialDate } from "../model/partial-date.ts";
import type { Contract } from "../records/contract.ts";
import { hasOwnTerm, retimed, type Times } from "../records/contract-term.ts";
import type { LotGroup } from "../records/group.ts";
import type { Note, SettledContract } from "../records/history.ts";
import type { Lot } from "../records/lot.ts";
import { type Modification, NO_CHANGE, NO_DATE } from "../records/modification.ts";
import type { Supplier } from "../records/supplier.ts";
import { OFFERS, offersTogether, sumOfBounded, valueTogether } from "./awarded-values.ts";
import { onKnownLots } from "./known-lots.ts";
import { begunBy, Retimings, timedAsOne, timedByLot } from "./lot-times.ts";
import { factOf, subjectsText } from "./notice.ts";
import { Parties } from "./same-party.ts";
import {
  awardedIn,
  type Claims,
  declaredIn,
  isAlike,
  isAwarded,
  isOfWhole,
  isTold,
  keyOf,
  overlay,
  overlayLot,
  partsIn,
  sourceOf,
  textOf,
  valuesOf,
  withoutAwards,
} from "./told-parts.ts";

/** What may follow an award, or stand in for it where the award is not among the data. */
export type Step = "award" | "modification" | "completion";

interface StepPlan {
  /** What is said of the contract as a whole: it stays beside what was said before, or takes its place, but for some facts. */
  readonly whole: "stays" | "is restated";
  readonly except: readonly (keyof Contract)[];
  /** The lists whose items are added to those before. */
  readonly adds: readonly (keyof ContractParts)[];
}

type ContractParts = Pick<Contract, "settledContracts" | "sharedAwards" | "groups" | "modifications" | "notes">;

const STEPS: Readonly<Record<Step, StepPlan>> = {
  award: {
    whole: "stays",
    except: ["ceiling", "reestimate"],
    adds: ["settledContracts", "sharedAwards", "groups", "modifications", "notes"],
  },
  modification: {
    whole: "is restated",
    except: ["id", "origin", "framework", "ceiling", "reestimate", "awarded", "awardDate", "callOffOf"],
    adds: ["groups", "notes"],
  },
  completion: { whole: "stays", except: ["ceiling", "reestimate", "awarded", "awardDate"], adds: ["notes"] },
};

const WITHOUT_AWARD: Readonly<Record<Step, string | undefined>> = {
  award: undefined,
  modification: "its award is not among the data: what the modification states counts as stated",
  completion:
    "its award is not among the data: the notice of its completion tells who held it, and not what was awarded",
};

/** Puts the notices of one contract together, from its award on, each handled once. */
export class ContractFold {
  #contract: Contract;
  readonly #lots = new Map<string, Lot>();
  readonly #settled: SettledContract[] = [];
  readonly #known = new Map<string, SettledContract>();
  /** Who holds contracts that passed to others, by their keys. */
  readonly #holders = new Map<string, readonly Supplier[]>();
  /** What contracts are worth as modified, by their keys and lots. */
  readonly #present = new Map<string, Money>();
  readonly #shared = new Map<string, Contract["sharedAwards"][number]>();
  readonly #groups = new Map<string, LotGroup>();
  readonly #modifications: Modification[] = [];
  readonly #notes = new Map<string, Note>();
  /** The awards, and what each declares for all together, less what it repeats. */
  readonly #awards: Contract[] = [];
  readonly #declared: (Money | undefined)[] = [];
  /** When lots were awarded that others than the first award told of. */
  readonly #awardedLater = new Map<string, Contract["awardDate"]>();
  readonly #times = new Retimings(this.#lots);
  /** Who holds lots, as the last modification says. */
  readonly #held = new Map<string, Lot["suppliers"]>();
  /** The ceilings of lots, and of the whole, as the last modification restates them. */
  readonly #restated = new Map<string | undefined, Claims>();

  /** Begins with an award, or with what else is the first of it that is among the data. */
  constructor(first: Contract, step: Step) {
    const own = timedByLot(step === "completion" ? withoutAwards(first) : first);
    this.#contract = step === "award" ? own : { ...own, awarded: undefined };
    for (const lot of own.lots) this.#lots.set(lot.id, lot);
    this.#addParts(own, STEPS.award);
    this.#awards.push(own);
    this.#declared.push(declaredIn(own));
    const note = WITHOUT_AWARD[step];
    if (note !== undefined) this.#note("T12", note);
  }

  /** Adds what a later notice tells: T12 says what each kind does. */
  tell(step: Step, stated: Contract): void {
    const before = this.#contract;
    const known = { lots: this.#lots, settledContracts: this.#settled };
    const own = timedByLot(stated);
    const later = step === "award" ? own : onKnownLots(own, known);
    if (step === "award") this.#award(later);
    else if (step === "modification") this.#modify(later);
    else this.#complete(later);
    const { whole, except } = STEPS[step];
    const together = whole === "stays" ? overlay(later, before) : overlay(before, later);
    for (const key of except) Object.assign(together, { [key]: this.#contract[key] });
    this.#contract = together;
    this.#addParts(later, STEPS[step]);
  }

  /** A further award adds what it does not repeat; what was told before stays. */
  #award(later: Contract): void {
    this.#divideCeilings(later);
    this.#tellUnlike(later);
    this.#awards.push(later);
    this.#declared.push(this.#declaredAnew(later));
    for (const lot of later.lots) {
      const known = this.#lots.get(lot.id);
      if (lot.status === "awarded" && known?.status !== "awarded") this.#awardedLater.set(lot.id, later.awardDate);
      this.#lots.set(lot.id, known === undefined ? lot : this.#withFurther(known, lot, later));
    }
  }

  /** What a further award declares for all together, less what it repeats (T10a); undefined where that is not known. */
  #declaredAnew(later: Contract): Money | undefined {
    const declared = declaredIn(later);
    const contracts = later.settledContracts.filter((one) => this.#known.has(keyOf(one))).map(({ value }) => value);
    const lots = flatMap(
      later.lots.filter((lot) => this.#repeats(lot, later)),
      valuesOf,
    );
    const repeated = [...contracts, ...lots].filter((value) => typeof value === "object");
    return declared === undefined || repeated.length < contracts.length + lots.length
      ? undefined
      : without(declared, repeated);
  }

  /** Whether a further award says of a lot without contracts what was said before. */
  #repeats(lot: Lot, { settledContracts }: Contract): boolean {
    const known = this.#lots.get(lot.id);
    const isSettled = settledContracts.some(({ lots }) => lots.includes(lot.id));
    return !isSettled && known?.status === "awarded" && isAlike(known, lot);
  }

  /** Lots that were awarded after others begin with their own award, where nothing else says when (D1). */
  #begun(): readonly Lot[] {
    const lots = [...this.#lots.values()].map((lot) => {
      const own = this.#awardedLater.get(lot.id);
      return own === undefined || isSameDay(own, this.#contract.awardDate)
        ? lot
        : begunBy(lot, this.#times.now(lot), own);
    });
    const ids = flatMap(lots, ({ id, startDate }) => (startDate === this.#lots.get(id)?.startDate ? [] : [id]));
    const text = "nothing says when it begins: its end is counted from its own award";
    if (ids.length > 0) this.#note("D1", `${subjectsText(ids)}${text}`);
    return lots;
  }

  /** What was paid in the end is neither awarded nor ordered; lots that no award told of are known to have been held. */
  #complete(later: Contract): void {
    for (const lot of withoutAwards(later).lots) {
      const known = this.#lots.get(lot.id);
      this.#lots.set(lot.id, known === undefined ? lot : overlayLot(lot, known));
    }
  }

  /**
   * What a notice states of all its frameworks together (BT-118) is of the lots that it awards: of the whole contract only
   * where no other notice awards more. What was announced for all (BT-271) is of the whole.
   */
  #divideCeilings(later: Contract): void {
    const anew = awardedIn(later.lots);
    const isWider = anew.some((id) => !isAwarded(this.#lots.get(id)));
    const before = this.#contract;
    if (isWider && (before.ceiling ?? before.reestimate) !== undefined && !isOfWhole(before)) {
      this.#groupOf(before, awardedIn([...this.#lots.values()]));
      this.#contract = { ...before, ceiling: undefined, reestimate: undefined };
    }
    const { ceiling, reestimate } = this.#contract;
    if ((ceiling ?? reestimate) === undefined && (isOfWhole(later) || this.#isOfAllAwarded(anew)))
      this.#contract = { ...this.#contract, ceiling: later.ceiling, reestimate: later.reestimate };
    else if ((isWider || ceiling === undefined) && !isOfWhole(later)) this.#groupOf(later, anew);
  }

  #isOfAllAwarded(ids: readonly string[]): boolean {
    const told = new Set(ids);
    for (const lot of this.#lots.values()) if (isAwarded(lot) && !told.has(lot.id)) return false;
    return true;
  }

  #groupOf({ ceiling, reestimate }: Contract, lots: readonly string[]): void {
    const source = sourceOf({ ceiling, reestimate });
    if (lots.length === 0 || source === undefined) return;
    const title = `what ${source} awards`;
    this.#groups.set(source, { id: source, title, lots, ceiling, reestimate, certain: true, note: undefined });
  }

  #withFurther(known: Lot, lot: Lot, later: Contract): Lot {
    if (!isTold(lot) || lot.status !== "awarded") return isTold(known) ? known : overlayLot(known, lot);
    if (known.status !== "awarded") return { ...overlayLot(known, lot), status: lot.status };
    return {
      ...overlayLot(lot, known),
      ceiling: withClaims(known.ceiling, lot.ceiling),
      suppliers: together(known.suppliers, lot.suppliers, withOthers),
      awarded: this.#awardedInAll(known, lot, later),
    };
  }

  /** What was awarded of a lot with what a further award adds that does not only repeat it: at least that where either says nothing (T8). */
  #awardedInAll(known: Lot, lot: Lot, later: Contract): Lot["awarded"] {
    const own = later.settledContracts.filter(({ lots }) => lots.includes(lot.id));
    const anew = own.filter((settled) => !this.#known.has(keyOf(settled)));
    const isRepeated = own.length > 0 ? anew.length === 0 : this.#repeats(lot, later);
    const by = (known.awarded ?? lot.awarded)?.[0].by;
    if (isRepeated || by === undefined) return known.awarded ?? lot.awarded;
    const added = own.length > anew.length ? anew.map(({ value }) => value) : lot.awarded?.[0].value;
    const values = [known.awarded?.[0].value, added].flat(2);
    if (!this.#areOffers(known, lot, later)) return factOf(valueTogether(values), by);
    this.#note("T10", `${lot.id}: ${OFFERS}`);
    const anewOf = own.length > anew.length ? anew.map(({ value }) => value) : offersIn(lot, own);
    return factOf(offersTogether([...offersIn(known, this.#settled), ...anewOf]), by);
  }

  /** Contracts that were told before stay (T12), and what is told of them otherwise is not left out in silence. */
  #tellUnlike({ settledContracts }: Contract): void {
    for (const one of settledContracts) {
      const [was, is] = [this.#known.get(keyOf(one))?.value, one.value];
      if (typeof was === "object" && typeof is === "object" && textOf(was) !== textOf(is))
        this.#note("T10-reference", `contract ${one.reference ?? one.id} stands at several amounts: the first counts`);
    }
  }

  /** Whether several hold a lot of a framework agreement, in whatever notice they won it, and whichever says that it is one (T10c). */
  #areOffers(known: Lot, lot: Lot, later: Contract): boolean {
    const before = known.suppliers?.[0].value ?? [];
    const areSeveral = withOthers(before, lot.suppliers?.[0].value ?? []).length > 1;
    return areSeveral && (isOfFramework(lot, later) || this.#awards.some((award) => isOfFramework(known, award)));
  }

  #addParts(contract: Contract, { adds }: StepPlan): void {
    for (const list of adds) this.#adders[list](contract);
  }

  readonly #adders: Readonly<Record<keyof ContractParts, (contract: Contract) => void>> = {
    settledContracts: ({ settledContracts }) => {
      for (const settled of settledContracts) {
        const key = keyOf(settled);
        if (this.#known.has(key)) continue;
        this.#known.set(key, settled);
        this.#settled.push(settled);
      }
    },
    sharedAwards: ({ sharedAwards }) => {
      for (const award of sharedAwards) this.#shared.set(`${award.lots.join()} ${textOf(award.value)}`, award);
    },
    groups: ({ groups, id }) => {
      for (const group of groups) this.#addGroup(group, id);
    },
    modifications: ({ modifications }) => {
      for (const modification of modifications) this.#modifications.push(modification);
    },
    notes: ({ notes }) => {
      for (const { rule, text } of notes) this.#note(rule, text);
    },
  };

  /** Groups that buyers declare have their ids in all notices; those of contracts that repeat a ceiling (T9) in one. */
  #addGroup(group: LotGroup, notice: string): void {
    const known = this.#groups.get(group.id);
    if (known === undefined) this.#groups.set(group.id, group);
    else if (group.ceiling?.[0].by.locator !== "BT-709")
      this.#groups.set(group.id, { ...known, lots: [...new Set([...known.lots, ...group.lots])] });
    else if (known.lots.join() !== group.lots.join())
      this.#groups.set(`${notice}-${group.id}`, { ...group, id: `${notice}-${group.id}` });
  }

  #note(rule: string, text: string): void {
    this.#notes.set(`${rule} ${text}`, { rule, text });
  }

  /** What a modification tells: by how much values grow, ceilings that it restates, and whatever else it says anew. */
  #modify(later: Contract): void {
    const valued: Modification[] = [];
    const [told, ...others] = later.modifications;
    // Forms of TED repeat when lots ran at first, and their modifications say when they run now.
    const retimings = told?.by.locator === "BT-200" ? this.#times.retime(told.id, later.lots) : [];
    for (const stated of later.lots) {
      const known = this.#lots.get(stated.id);
      // Forms of TED repeat who held a lot at first, and their modifications say who holds it now.
      const lot =
        told?.suppliers === undefined || (told.lot ?? stated.id) !== stated.id ? stated : heldBy(stated, told);
      this.#lots.set(lot.id, known === undefined ? stated : this.#modified(known, lot, later, valued));
    }
    for (const group of later.groups) this.#regroup(group);
    this.#modifyWhole(later, valued);
    const changes = changesTogether(valued, retimings);
    // A ceiling is of all contracts of its lot.
    const isOfValue = told?.value !== undefined || changes.some(({ value }) => value !== undefined);
    const settled = isOfValue ? this.#onlyModified(later) : undefined;
    if (told !== undefined) this.#tell({ ...told, settled, total: told.total ?? declaredIn(later) }, others, changes);
  }

  /** The one contract that a modification is of, where its lot has others besides; undefined where that is not known. */
  #onlyModified({ settledContracts }: Contract): string | undefined {
    const [own, ...others] = flatMap(settledContracts, (one) => this.#known.get(keyOf(one)) ?? []);
    if (own === undefined || others.length > 0) return undefined;
    const besides = this.#settled.filter((one) => one !== own && one.lots.some((lot) => own.lots.includes(lot)));
    const name = own.reference ?? own.id;
    const isAmbiguous = besides.some(({ reference, id }) => (reference ?? id) === name);
    return besides.length === 0 || isAmbiguous ? undefined : name;
  }

  /** A modification with the lots whose values or ceilings it changes: one of one lot is told as that. */
  #tell(told: Modification, others: readonly Modification[], changes: readonly Modification[]): void {
    const isStated = told.value !== undefined || told.amount !== undefined;
    const parts = isStated ? changes.flatMap(heldAnew) : changes;
    const [only, ...more] = parts;
    const isOne = only !== undefined && more.length === 0 && (!isStated || only.lot === told.lot);
    if (isOne) this.#modifications.push(isStated ? { ...told, suppliers: only.suppliers } : withChange(told, only));
    else {
      if (isStated || only === undefined) this.#modifications.push({ ...told, suppliers: undefined });
      const { id, date, by } = told;
      for (const [index, change] of parts.entries())
        this.#modifications.push(withChange({ ...(isStated ? { date, by } : told), id: `${id}-${index + 1}` }, change));
    }
    for (const other of others) this.#modifications.push(other);
  }

  #modified(known: Lot, lot: Lot, later: Contract, changes: Modification[]): Lot {
    const replaces = later.modifications.some(({ ground }) => ground === "replacement of the contractor");
    const isDated = later.modifications.length > 0;
    const { ceiling, change } = isDated
      ? this.#restate(lot.id, known.ceiling, lot.ceiling)
      : { ceiling: lot.ceiling ?? known.ceiling, change: undefined };
    const value = this.#growth(lot, later);
    const before = this.#held.get(lot.id) ?? known.suppliers;
    const now = replaces
      ? (lot.suppliers ?? before)
      : together(this.#staying(before, lot, later), lot.suppliers, withOthers);
    const isHeldAnew = isDated && before !== undefined && now !== undefined && !isHeldAlike(before, now);
    if (isHeldAnew) this.#held.set(lot.id, now);
    const suppliers = isHeldAnew ? now[0].value : undefined;
    if ((change ?? value ?? suppliers) !== undefined)
      changes.push({ ...NO_CHANGE, lot: lot.id, amount: change, value, suppliers });
    return {
      ...overlay(known, lot),
      ...(isDated ? timesIn(known) : retimed(known, lot)),
      status: isTold(lot) ? lot.status : known.status,
      ceiling,
      awarded: known.awarded,
      suppliers: isHeldAnew || this.#held.has(lot.id) ? known.suppliers : now,
    };
  }

  /**
   * A ceiling that a modification states anew: what was stated at first, and by how much it grows from then on. Where no
   * difference can be told, for the first is secret or in another unit, the new one stands in its place.
   */
  #restate(place: string | undefined, first: Lot["ceiling"], later: Lot["ceiling"]) {
    const [old, anew] = [(this.#restated.get(place) ?? first)?.[0].value, later?.[0].value];
    if (later === undefined || old === undefined || typeof anew !== "object")
      return { ceiling: first ?? later, change: undefined };
    const change = old === "withheld" ? undefined : subtractMoney(anew, old);
    if (change === undefined) {
      const was = old === "withheld" ? old : formatMoney(old);
      const text = `its ceiling was ${was} at first; a modification states ${formatMoney(anew)}, which counts on every day`;
      this.#note("T12", `${place ?? "the whole"}: ${text}`);
      return { ceiling: later, change };
    }
    if (change.minor === 0n) return { ceiling: first, change: undefined };
    this.#restated.set(place, later);
    return { ceiling: first, change };
  }

  /** The ceiling of the whole where a modification of all lots states it anew, or one of some of them raises it. */
  #modifyWhole(later: Contract, changes: Modification[]): void {
    const anew = later.ceiling?.[0].value;
    const known = (this.#restated.get(undefined) ?? this.#contract.ceiling)?.[0].value;
    const told = awardedIn(later.lots);
    const isOfAll = isOfWhole(later) || this.#isOfAllAwarded(told);
    if (isOfAll || isHigher(anew, known)) {
      const { ceiling, change } = this.#restate(undefined, this.#contract.ceiling, later.ceiling);
      this.#contract = { ...this.#contract, ceiling };
      if (change !== undefined) changes.push({ ...NO_CHANGE, amount: change });
    } else this.#modifyPart(later, told);
  }

  /** What a modification of some lots states of these together: the ceiling of what one notice awards, where it is that. */
  #modifyPart({ id, ceiling }: Contract, told: readonly string[]): void {
    const anew = ceiling?.[0].value;
    const known = this.#contract.ceiling?.[0].value;
    if (typeof anew !== "object" || (known !== undefined && textOf(known) === textOf(anew))) return;
    const ofAward = [...this.#groups.values()].find(
      (group) => group.id === sourceOf(group) && isSame(group.lots, told),
    );
    if (ofAward !== undefined) this.#regroup({ ...ofAward, ceiling });
    else
      this.#note("T12", `${formatMoney(anew)} that ${id} states as ceiling is left out: it does not tell of all lots`);
  }

  /** The ceiling of a group as a modification states it: no record says from when on. */
  #regroup({ id, ceiling }: LotGroup): void {
    const known = this.#groups.get(id);
    const [before, anew] = [known?.ceiling?.[0].value, ceiling?.[0].value];
    if (known === undefined || anew === undefined || (before !== undefined && textOf(before) === textOf(anew))) return;
    // Its source stays that of its lots, over which it holds (T4d).
    const by = (known.ceiling ?? ceiling)?.[0].by;
    this.#groups.set(id, { ...known, ceiling: by && [{ value: anew, by }] });
    this.#note("T12", `${id}: a modification states the ceiling of the group anew, which counts on every day`);
  }

  /** Who holds a lot without those from whom a modified contract passed to others. */
  #staying(suppliers: Lot["suppliers"], lot: Lot, { settledContracts }: Contract): Lot["suppliers"] {
    const anew = lot.suppliers?.[0].value;
    const modified = new Map(
      settledContracts.filter(({ lots }) => lots.includes(lot.id)).map((one) => [keyOf(one), one]),
    );
    const others = this.#settled.filter((one) => one.lots.includes(lot.id) && !modified.has(keyOf(one)));
    if (anew === undefined) return suppliers;
    const staying = new Parties([...anew, ...flatMap(others, (one) => this.#holders.get(keyOf(one)) ?? one.suppliers)]);
    const before = flatMap([...modified], ([key, one]) => [...one.suppliers, ...(this.#holders.get(key) ?? [])]);
    const gone = new Parties(before.filter((supplier) => !staying.has(supplier)));
    const held = new Parties(anew);
    if (before.some((supplier) => !held.has(supplier))) for (const key of modified.keys()) this.#holders.set(key, anew);
    return suppliers && mapClaims(suppliers, (seats) => seats.filter((supplier) => !gone.has(supplier)));
  }

  /** By how much a modification changes the value of a lot: what is stated, unless that is the total after it (T12). */
  #growth({ id, awarded }: Lot, later: Contract): Money | undefined {
    const [claim] = awarded ?? [];
    const [value, ...others] = typeof claim?.value === "object" ? claim.value : [];
    // Of all formats it is eForms whose tenders' value is the size of the modification, in its notice (E4).
    if (claim?.by.locator !== "BT-720" || value === undefined || value.bound !== undefined || others.length > 0)
      return undefined;
    const { key, before } = this.#worth(id, later, unitOf(value));
    const after = declaredIn(later);
    const isAfter = after !== undefined && after.minor === value.minor && unitOf(after) === unitOf(value);
    const present = isAfter ? value : before && sumByUnit([before, value])[0];
    if (present !== undefined) this.#present.set(key, present);
    return isAfter ? before && subtractMoney(value, before) : value;
  }

  /** What that is worth which a notice modifies: its contracts where they were told of before, else the lot. */
  #worth(id: string, { settledContracts }: Contract, unit: string) {
    const keys = settledContracts.filter(({ lots }) => lots.includes(id)).map(keyOf);
    const told = keys.map((key) => this.#known.get(key)?.value);
    const known = told.filter((value) => typeof value === "object");
    const isTold = told.length > 0 && known.length === told.length;
    const key = isTold ? keys.join() : id;
    const lot = this.#lots.get(id);
    const stated = isTold ? known : lot === undefined ? [] : valuesOf(lot);
    return { key, before: this.#present.get(key) ?? sumByUnit(stated).find((sum) => unitOf(sum) === unit) };
  }

  finish(): Contract {
    const lots = this.#begun();
    const modifications = this.#dated();
    const awarded = this.#declaredTogether();
    if (awarded === undefined) this.#keepDeclared();
    const contract = timedAsOne({
      ...this.#contract,
      awarded,
      lots,
      groups: [...this.#groups.values()],
      settledContracts: this.#settled,
      sharedAwards: [...this.#shared.values()],
      modifications,
      notes: [...this.#notes.values()],
    });
    return contract.lots.some(hasOwnTerm) ? { ...contract, modifications: this.#times.byLot(modifications) } : contract;
  }

  /** A modification whose notice has no date may have come as soon as there was an award, and counts from there (D3). */
  #dated(): readonly Modification[] {
    const [date = NO_DATE] = this.#contract.awardDate?.map(({ value }) => value) ?? [];
    return this.#modifications.map((one) => {
      if (one.date !== NO_DATE) return one;
      this.#note("T12", `${one.id}: a modification whose notice has no date counts from the award on`);
      return { ...one, date };
    });
  }

  /** The totals of all awards; undefined where one states none, or in another unit. */
  #declaredTogether(): Contract["awarded"] {
    const { awarded } = this.#contract;
    if (awarded === undefined || this.#declared.length === 1) return awarded;
    const known = this.#declared.filter((value) => value !== undefined);
    const [sum, ...others] = known.length < this.#declared.length ? [] : sumOfBounded(known);
    return sum === undefined || others.length > 0 ? undefined : [{ ...awarded[0], value: sum }];
  }

  /** What an award declares beyond what its lots state is the value of those that state none, and no other award tells of (T10b). */
  #keepDeclared(): void {
    const times = new Map<string, number>();
    for (const { lots } of this.#awards) for (const id of awardedIn(lots)) times.set(id, (times.get(id) ?? 0) + 1);
    for (const award of this.#awards) {
      const declared = declaredIn(award);
      if (declared !== undefined) this.#keepRest(declared, award, times);
    }
  }

  #keepRest(declared: Money, award: Contract, times: ReadonlyMap<string, number>): void {
    const rest = without(declared, partsIn(award));
    const lots = awardedIn(award.lots.filter((lot) => valuesOf(this.#lots.get(lot.id) ?? lot).length === 0));
    if (lots.length === 0 && rest?.minor === 0n) return;
    const isKept = rest !== undefined && rest.minor >= 0n && lots.length > 0 && lots.every((id) => times.get(id) === 1);
    const total = `${formatMoney(declared)} that ${award.id} declares awarded in all`;
    if (isKept) this.#shared.set(`declared by ${award.id}`, { lots, value: [rest] });
    this.#note("T10", isKept ? `${subjectsText(lots)}they have what is left of ${total}` : `${total} is left out`);
  }
}

/** An amount without exact parts of it in its own unit; undefined where they are not such. */
const without = (whole: Money, parts: readonly Money[]): Money | undefined => {
  const [sum, ...others] = sumByUnit([zeroLike(whole), ...parts]);
  const isExact = others.length === 0 && parts.every(({ bound }) => bound === undefined);
  return sum === undefined || !isExact ? undefined : subtractMoney(whole, sum);
};

/** What was awarded of a lot: contract by contract, where these come to it, for a notice may have added them up. */
const offersIn = (lot: Lot, settled: readonly SettledContract[]): readonly (StatedAmount | undefined)[] => {
  const own = settled.flatMap(({ lots, value }) =>
    lots.length === 1 && lots[0] === lot.id && typeof value === "object" ? [value] : [],
  );
  const together = valueTogether(own);
  const stated = lot.awarded?.[0].value;
  const isAll = together !== undefined && stated !== undefined && textOf(together) === textOf(stated);
  return isAll ? own : [stated].flat();
};

/** Whether a notice says of a lot that it is a framework agreement: of that lot, where it says so lot by lot. */
const isOfFramework = ({ id, callOff }: Lot, { framework, lots }: Contract): boolean =>
  framework &&
  (callOff !== undefined || (lots.every((lot) => lot.callOff === undefined) && lots.some((lot) => lot.id === id)));

const isSameDay = ([own]: Fact<PartialDate>, first: Contract["awardDate"]): boolean =>
  first !== undefined && comparePartialDates(own.value, first[0].value) === 0;

/** Of what changes of a lot, who holds it. */
const heldAnew = ({ lot, suppliers }: Modification): readonly Modification[] =>
  suppliers === undefined ? [] : [{ ...NO_CHANGE, lot, suppliers }];

const heldBy = (lot: Lot, { suppliers = [], by }: Modification): Lot => ({
  ...lot,
  suppliers: [{ value: suppliers, by }],
});

const isHeldAlike = ([one]: Fact<readonly Supplier[]>, [other]: Fact<readonly Supplier[]>): boolean => {
  const [before, now] = [new Parties(one.value), new Parties(other.value)];
  return one.value.every((supplier) => now.has(supplier)) && other.value.every((supplier) => before.has(supplier));
};

const timesIn = ({ startDate, endDate, term }: Times): Times => ({ startDate, endDate, term });

/** What changes of one lot, once. */
const changesTogether = (some: readonly Modification[], others: readonly Modification[]): readonly Modification[] => {
  const byLot = new Map(some.map((one) => [one.lot, one]));
  for (const one of others) byLot.set(one.lot, overlay(one, byLot.get(one.lot) ?? one));
  return [...byLot.values()];
};

/** A modification as it changes one lot, or the whole. */
const withChange = (
  told: Modification,
  { lot, amount, value, startDate, endDate, term, suppliers }: Modification,
): Modification => ({
  ...told,
  lot,
  amount,
  value,
  suppliers,
  startDate,
  endDate,
  term,
});

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

const isHigher = (a: StatedAmount | undefined, b: StatedAmount | undefined): boolean =>
  typeof a === "object" && typeof b === "object" && unitOf(a) === unitOf(b) && a.minor > b.minor;

const together = <T>(a: Fact<T> | undefined, b: Fact<T> | undefined, join: (a: T, b: T) => T): Fact<T> | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return [{ ...a[0], value: join(a[0].value, b[0].value) }];
};

/** Suppliers with those of a later notice that are none of them. */
const withOthers = (before: readonly Supplier[], later: readonly Supplier[]): readonly Supplier[] => {
  const known = new Parties(before);
  return [...before, ...later.filter((supplier) => !known.has(supplier))];
};

/** What was said first with what a later notice says otherwise: the first counts, and both can be compared. */
const withClaims = (first: Lot["ceiling"], later: Lot["ceiling"]): Lot["ceiling"] => {
  if (first === undefined || later === undefined) return first ?? later;
  const said = new Set(first.map(({ value }) => textOf(value)));
  return [...first, ...later.filter(({ value }) => !said.has(textOf(value)))];
};
