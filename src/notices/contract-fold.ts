import type { Fact } from "../model/claim.ts";
import { addUnder, flatMap } from "../model/lists.ts";
import { formatMoney, subtractMoney } from "../model/money.ts";
import { comparePartialDates, type PartialDate } from "../model/partial-date.ts";
import type { Contract } from "../records/contract.ts";
import { hasOwnTerm, type Times } from "../records/contract-term.ts";
import type { LotGroup } from "../records/group.ts";
import type { Note, SettledContract } from "../records/history.ts";
import { cameToNothing, type Lot } from "../records/lot.ts";
import { type Modification, NO_CHANGE, NO_DATE } from "../records/modification.ts";
import { Awards } from "./awards-together.ts";
import { onKnownLots } from "./known-lots.ts";
import { heldTogether, LotHolders } from "./lot-holders.ts";
import { begunBy, Retimings, timedAsOne, timedByLot } from "./lot-times.ts";
import { ModifiedWorth } from "./modified-worth.ts";
import { subjectsText } from "./notice.ts";
import type { Parties } from "./same-party.ts";
import {
  awardedIn,
  type Claims,
  declaredIn,
  groupOfNotice,
  isAwarded,
  isHigher,
  isOfNotice,
  isOfWhole,
  isTold,
  keyOf,
  limitingFrameworks,
  overlay,
  overlayLot,
  sourceOf,
  type ToldBefore,
  textOf,
  withoutAwards,
} from "./told-parts.ts";

/** What may follow an award, or stand in for it where the award is not among the data. */
export type Step = "award" | "modification" | "completion";

interface StepPlan {
  /**
   * What becomes of facts about the contract as a whole: what was said before stays, or the notice restates it. The
   * facts in `except` are decided one by one instead.
   */
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
    adds: ["notes"],
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
  readonly #contracts = new Map<string, SettledContract>();
  readonly #shared = new Map<string, Contract["sharedAwards"][number]>();
  readonly #groups = new Map<string, LotGroup>();
  readonly #groupIds = new Set<string>();
  /** For each lot, the keys of the groups of lots that repeat one ceiling (T9). */
  readonly #repeating = new Map<string, string[]>();
  readonly #modifications: Modification[] = [];
  readonly #notes = new Map<string, Note>();
  /** When lots were awarded that only a later award than the first tells of. */
  readonly #awardedLater = new Map<string, Contract["awardDate"]>();
  readonly #told: ToldBefore;
  readonly #awards: Awards;
  readonly #holders: LotHolders;
  readonly #worth: ModifiedWorth;
  readonly #times = new Retimings(this.#lots);
  /** The ceilings of lots, and of the whole, as the last modification restates them. */
  readonly #restated = new Map<string | undefined, Claims>();

  /**
   * Begins with an award, or with the first step among the data where there is no award. `parties` knows who is who in
   * all steps.
   */
  constructor(first: Contract, step: Step, parties: Parties) {
    this.#told = {
      lots: this.#lots,
      contracts: this.#contracts,
      parties,
      keyOf: (settled) => keyOf(settled, parties),
      note: (rule, text) => this.#note(rule, text),
    };
    this.#holders = new LotHolders(this.#told);
    this.#worth = new ModifiedWorth(this.#told);
    const own = timedByLot(step === "completion" ? withoutAwards(first) : first);
    this.#contract = step === "award" ? own : { ...own, awarded: undefined };
    for (const lot of own.lots) this.#lots.set(lot.id, lot);
    this.#addParts(own, STEPS.award);
    this.#awards = new Awards(this.#told, own);
    const note = WITHOUT_AWARD[step];
    if (note !== undefined) this.#note("T12", note);
  }

  /** Adds what a later notice tells: T12 says what each kind does. */
  tell(step: Step, stated: Contract): void {
    const before = this.#contract;
    const own = timedByLot(stated);
    const later = step === "award" ? own : onKnownLots(own, this.#told);
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
    this.#awards.add(later);
    for (const lot of later.lots) {
      const known = this.#lots.get(lot.id);
      if (lot.status === "awarded" && known?.status !== "awarded") this.#awardedLater.set(lot.id, later.awardDate);
      this.#lots.set(lot.id, known === undefined ? lot : this.#withFurther(known, lot, later));
    }
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

  /**
   * What was paid in the end counts as neither awarded nor ordered. Lots that no award told of are known to have been
   * held.
   */
  #complete(later: Contract): void {
    for (const lot of withoutAwards(later).lots) {
      const known = this.#lots.get(lot.id);
      this.#lots.set(lot.id, known === undefined ? lot : overlayLot(lot, known));
    }
  }

  /**
   * What a notice states of all its frameworks together (BT-118) limits the lots that it awards. It limits the whole
   * contract only where no other notice awards more lots. What was announced for all (BT-271) limits the whole.
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

  #groupOf(stated: Contract, lots: readonly string[]): void {
    const source = sourceOf(stated);
    if (lots.length === 0 || source === undefined) return;
    const { lots: limited, ceiling } = this.#groups.get(source) ?? { lots, ceiling: stated.ceiling };
    this.#groups.set(source, groupOfNotice(source, limited, { ...stated, ceiling }));
  }

  #withFurther(known: Lot, lot: Lot, later: Contract): Lot {
    if (known.status === "awarded" && cameToNothing(lot)) this.#note("R-STATUS", `${lot.id}: ${STAYS_AWARDED}`);
    if (!isTold(lot) || lot.status !== "awarded") return isTold(known) ? known : overlayLot(known, lot);
    if (known.status !== "awarded") return { ...overlayLot(known, lot), status: lot.status };
    return {
      ...overlayLot(lot, known),
      ceiling: withClaims(known.ceiling, lot.ceiling),
      suppliers: heldTogether(known.suppliers, lot.suppliers, this.#told.parties),
      awarded: this.#awards.valueWith(known, lot, later),
    };
  }

  #addParts(contract: Contract, { adds }: StepPlan): void {
    for (const list of adds) this.#adders[list](contract);
  }

  readonly #adders: Readonly<Record<keyof ContractParts, (contract: Contract) => void>> = {
    settledContracts: ({ settledContracts }) => {
      for (const settled of settledContracts) {
        const key = this.#told.keyOf(settled);
        if (!this.#contracts.has(key)) this.#contracts.set(key, settled);
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

  /**
   * Groups that buyers declare keep their ids in all notices. Groups of lots that repeat one ceiling (T9) are known by
   * their lots.
   */
  #addGroup(group: LotGroup, notice: string): void {
    const repeats = repeatsCeiling(group);
    const key = repeats ? JSON.stringify([...group.lots].sort()) : group.id;
    const known = this.#groups.get(key);
    if (known !== undefined) {
      const lots = [...new Set([...known.lots, ...group.lots])];
      this.#groups.set(key, { ...known, lots, certain: known.certain || group.certain });
      return;
    }
    for (const lot of repeats ? group.lots : []) addUnder(this.#repeating, lot, key);
    this.#groups.set(key, this.#groupIds.has(group.id) ? { ...group, id: `${notice}-${group.id}` } : group);
    this.#groupIds.add(group.id);
  }

  #note(rule: string, text: string): void {
    this.#notes.set(`${rule} ${text}`, { rule, text });
  }

  /** What a modification tells: by how much values grow, ceilings that it restates, and whatever else it says anew. */
  #modify(later: Contract): void {
    const valued: Modification[] = [];
    const [told, ...others] = later.modifications;
    const anew = new Set(flatMap(later.lots, (lot) => (isTold(lot) && !this.#lots.has(lot.id) ? [lot.id] : [])));
    // Forms of TED repeat when lots ran at first, and their modifications say when they run now.
    const retimings = told?.by.locator === "BT-200" ? this.#times.retime(told.id, later.lots) : [];
    for (const stated of later.lots) {
      const known = this.#lots.get(stated.id);
      // Forms of TED repeat who held a lot at first, and their modifications say who holds it now.
      const lot =
        told?.suppliers === undefined || (told.lot ?? stated.id) !== stated.id ? stated : heldBy(stated, told);
      this.#lots.set(lot.id, known === undefined ? stated : this.#modified(known, lot, later, valued));
    }
    this.#repeatAnew(later);
    for (const group of later.groups) this.#modifyGroup(group, later);
    this.#modifyWhole(later, valued);
    const changes = changesTogether(valued, retimings);
    // All contracts of a lot share its ceiling, so only a change of value is told of one contract.
    const isOfValue = told?.value !== undefined || changes.some(({ value }) => value !== undefined);
    const settled = isOfValue ? this.#onlyModified(later) : undefined;
    if (told !== undefined) this.#tell({ ...told, settled, total: told.total ?? declaredIn(later) }, others, changes);
    if (anew.size === 0) return;
    this.#note("T12", `${subjectsText(anew)}${TOLD_FIRST}`);
    this.#adders.settledContracts({
      ...later,
      settledContracts: later.settledContracts.filter(({ lots }) => lots.some((lot) => anew.has(lot))),
    });
  }

  /**
   * The one contract that a modification is of, where its lots have other contracts besides; undefined where they have
   * none, or where it is not known which it is.
   */
  #onlyModified({ settledContracts }: Contract): string | undefined {
    const [own, ...others] = flatMap(settledContracts, (one) => this.#contracts.get(this.#told.keyOf(one)) ?? []);
    if (own === undefined || others.length > 0) return undefined;
    const besides = [...this.#contracts.values()].filter(
      (one) => one !== own && one.lots.some((lot) => own.lots.includes(lot)),
    );
    const name = own.reference ?? own.id;
    const isAmbiguous = besides.some(({ reference, id }) => (reference ?? id) === name);
    return besides.length === 0 || isAmbiguous ? undefined : name;
  }

  /**
   * Adds a modification and the changes that it makes to lots. Where it changes only one lot, the two are told as one.
   */
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
    const isDated = later.modifications.length > 0;
    const { ceiling, change } = isDated
      ? this.#restate(lot.id, known.ceiling, lot.ceiling)
      : { ceiling: lot.ceiling ?? known.ceiling, change: undefined };
    const value = this.#worth.growth(lot, later);
    const { first, anew } = this.#holders.modify(known, lot, later);
    if ((change ?? value ?? anew) !== undefined)
      changes.push({ ...NO_CHANGE, lot: lot.id, amount: change, value, suppliers: anew });
    return {
      ...overlayLot(known, lot),
      ...(isDated && timesIn(known)),
      status: isTold(lot) ? lot.status : known.status,
      ceiling,
      awarded: known.awarded,
      suppliers: first,
    };
  }

  /**
   * A ceiling that a modification restates: what was stated at first, and by how much it grows from then on. Where no
   * difference can be told, because the first is secret or in another unit, the new ceiling takes its place.
   */
  #restate(place: string | undefined, first: Lot["ceiling"], stated: Lot["ceiling"]) {
    const before = this.#restated.get(place) ?? first;
    const later = sayingNoLess(before, stated);
    const [old, anew] = [before?.[0].value, later?.[0].value];
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

  /**
   * Restates the ceiling of the whole where a modification of all lots states it anew, or one of some lots raises it.
   */
  #modifyWhole(later: Contract, changes: Modification[]): void {
    const before = this.#restated.get(undefined) ?? this.#contract.ceiling;
    const anew = sayingNoLess(before, later.ceiling)?.[0].value;
    const known = before?.[0].value;
    const told = awardedIn(later.lots);
    const isOfAll = isOfWhole(later) || this.#isOfAllAwarded(told);
    if (isOfAll || isHigher(anew, known)) {
      const { ceiling, change } = this.#restate(undefined, this.#contract.ceiling, later.ceiling);
      this.#contract = { ...this.#contract, ceiling };
      if (change !== undefined) changes.push({ ...NO_CHANGE, amount: change });
    } else this.#modifyPart(later, told);
  }

  /**
   * Takes the ceiling that a modification states of some lots together for that of the notice that awarded these lots.
   * Where no notice awarded just these, it is left out, with a note.
   */
  #modifyPart({ id, ceiling }: Contract, told: readonly string[]): void {
    const anew = ceiling?.[0].value;
    const known = this.#contract.ceiling?.[0].value;
    if (typeof anew !== "object" || (known !== undefined && textOf(known) === textOf(anew))) return;
    const ofAward = [...this.#groups.values()].find((group) => isOfNotice(group) && isSame(group.lots, told));
    if (ofAward !== undefined) this.#regroup(ofAward.id, ceiling);
    else
      this.#note("T12", `${formatMoney(anew)} that ${id} states as ceiling is left out: it does not tell of all lots`);
  }

  #modifyGroup(group: LotGroup, later: Contract): void {
    if (isOfNotice(group)) this.#modifyPart({ ...later, ceiling: group.ceiling }, group.lots);
    else {
      const isNew = !this.#groups.has(group.id);
      this.#addGroup(group, later.id);
      if (repeatsCeiling(group)) return;
      if (isNew && group.ceiling !== undefined) this.#note("T12", `${group.id}: ${REGROUPED}`);
      else this.#regroup(group.id, group.ceiling);
    }
  }

  /**
   * Lots that repeat one ceiling (T9) still do where a modification states one other ceiling for all of them that it
   * tells of. Where it states unlike ceilings, they no longer do.
   */
  #repeatAnew({ lots }: Contract): void {
    const stated = new Map<string, Claims[]>();
    for (const { id, ceiling } of lots)
      if (typeof ceiling?.[0].value === "object")
        for (const key of this.#repeating.get(id) ?? []) addUnder(stated, key, ceiling);
    for (const [key, claims] of stated) {
      const unlike = new Set(claims.map(([{ value }]) => textOf(value)));
      const group = this.#groups.get(key);
      if (unlike.size === 1) this.#regroup(key, claims[0]);
      else if (group !== undefined && this.#groups.delete(key))
        this.#note("T9", `${subjectsText(group.lots)}${UNLIKE}`);
    }
  }

  /** Sets the ceiling of a group as a modification states it. No record can say from which day on it holds. */
  #regroup(key: string, ceiling: LotGroup["ceiling"]): void {
    const known = this.#groups.get(key);
    const [before, anew] = [known?.ceiling?.[0].value, sayingNoLess(known?.ceiling, ceiling)?.[0].value];
    if (known === undefined || anew === undefined || (before !== undefined && textOf(before) === textOf(anew))) return;
    // Its source stays that of its lots, over which it holds (T4d).
    const by = (known.ceiling ?? ceiling)?.[0].by;
    this.#groups.set(key, { ...known, ceiling: by && [{ value: anew, by }] });
    this.#note("T12", `${known.id}: ${REGROUPED}`);
  }

  finish(): Contract {
    const lots = this.#begun();
    const modifications = this.#dated();
    const awarded = this.#awards.declaredTogether(this.#contract.awarded);
    const rests = awarded === undefined ? this.#awards.rests() : [];
    const contract = timedAsOne({
      ...this.#contract,
      awarded,
      lots,
      groups: [...this.#groups.values()],
      settledContracts: [...this.#contracts.values()],
      sharedAwards: [...this.#shared.values(), ...rests],
      modifications,
      notes: [...this.#notes.values()],
    });
    // Modifications restate a ceiling of the whole from their days on, which the ceiling of a group cannot have.
    const limited = this.#restated.has(undefined) ? contract : limitingFrameworks(contract);
    return limited.lots.some(hasOwnTerm) ? { ...limited, modifications: this.#times.byLot(modifications) } : limited;
  }

  /**
   * A modification whose notice has no date may have come as soon as there was an award, and counts from the award on
   * (D3).
   */
  #dated(): readonly Modification[] {
    const [date = NO_DATE] = this.#contract.awardDate?.map(({ value }) => value) ?? [];
    return this.#modifications.map((one) => {
      if (one.date !== NO_DATE) return one;
      this.#note("T12", `${one.id}: a modification whose notice has no date counts from the award on`);
      return { ...one, date };
    });
  }
}

/** Whether a group is one of lots that repeat one ceiling in their results, and not one that a buyer declares. */
const repeatsCeiling = ({ ceiling }: LotGroup): boolean => ceiling?.[0].by.locator === "BT-709";

const TOLD_FIRST = "a modification tells of it first: what it states of it counts as stated, and on every day";

const REGROUPED = "a modification states the ceiling of the group anew, which counts on every day";

const UNLIKE = "a modification states unlike ceilings of lots that repeated one: each has its own, on every day";

const STAYS_AWARDED = "one notice awards it, and another one says that nobody won it: the award stays";

const isSameDay = ([own]: Fact<PartialDate>, first: Contract["awardDate"]): boolean =>
  first !== undefined && comparePartialDates(own.value, first[0].value) === 0;

/** The part of a lot's change that says who holds it. */
const heldAnew = ({ lot, suppliers }: Modification): readonly Modification[] =>
  suppliers === undefined ? [] : [{ ...NO_CHANGE, lot, suppliers }];

const heldBy = (lot: Lot, { suppliers = [], by }: Modification): Lot => ({
  ...lot,
  suppliers: [{ value: suppliers, by }],
});

const timesIn = ({ startDate, endDate, term }: Times): Times => ({ startDate, endDate, term });

/** Merges the changes of each lot into one. */
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

/**
 * The ceiling that another notice states, unless it was only announced and the first one was not: what was announced
 * before an award counts for nothing beside what the award states (R-MAX).
 */
const sayingNoLess = (one: Lot["ceiling"], other: Lot["ceiling"]): Lot["ceiling"] =>
  isAnnounced(other) && one !== undefined && !isAnnounced(one) ? undefined : other;

const isAnnounced = (ceiling: Lot["ceiling"]): boolean => ceiling?.[0].by.locator === "BT-271";

/** What was said first, with what a later notice says otherwise. The first counts, and both can be compared. */
const withClaims = (first: Lot["ceiling"], later: Lot["ceiling"]): Lot["ceiling"] => {
  if (first === undefined || sayingNoLess(first, later) === undefined) return first ?? later;
  if (later === undefined || sayingNoLess(later, first) === undefined) return later;
  const said = new Set(first.map(({ value }) => textOf(value)));
  return [...first, ...later.filter(({ value }) => !said.has(textOf(value)))];
};
