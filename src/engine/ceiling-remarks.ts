import { formatMoney, isKnown, type Money } from "../model/money.ts";
import { firstFew, plural } from "../model/phrases.ts";
import { isPerSupplier } from "../query/lot-ceiling.ts";
import { cameToNothing } from "../records/lot.ts";
import { type CeilingNode, nodesIn } from "./ceiling-tree.ts";
import type { ContractCeiling, LotCeiling } from "./ceilings.ts";

const MOST_NAMED = 3;

interface Named {
  readonly count: number;
  readonly first: readonly string[];
}

type Remark = "veiled" | "unproven" | "bare" | "bounded" | "inVain" | "ended" | "later" | Spread;

/** Why a figure is a range. */
type Spread = "budgets" | "placed";

/**
 * Collects what a reader must know of contracts' ceilings. It keeps counts and a few names, and does not grow with
 * them.
 */
export class CeilingRemarks {
  readonly #named = new Map<Remark, Named>();

  /** Adds a contract, as it is assessed by each measure that needs a remark. */
  add(measured: readonly ContractCeiling[]): void {
    const byName = new Map<string, RemarkOn>();
    for (const remark of measured.flatMap(remarksOn)) {
      const key = `${remark.remark}\n${remark.name}`;
      const lots = [...(byName.get(key)?.lots ?? []), ...remark.lots];
      byName.set(key, { remark: remark.remark, name: remark.name, lots });
    }
    for (const { remark, name, lots } of byName.values()) this.#add(remark, { count: countOf(lots), first: [name] });
  }

  #add(remark: Remark, { count, first }: Named): void {
    const known = this.#named.get(remark) ?? { count: 0, first: [] };
    this.#named.set(remark, {
      count: known.count + count,
      first: [...known.first, ...first].slice(0, MOST_NAMED + 1),
    });
  }

  notes(): readonly string[] {
    return this.#notesOf(REMARKS);
  }

  /** Why a total may be a range. */
  rangeNotes(): readonly string[] {
    return this.#notesOf(SPREADS);
  }

  #notesOf(remarks: readonly Remark[]): readonly string[] {
    return remarks.flatMap((remark) => {
      const named = this.#named.get(remark);
      return named === undefined ? [] : [TEXTS[remark](named, firstFew(named.first, MOST_NAMED))];
    });
  }
}

const TEXTS: Readonly<Record<Remark, (named: Named, names: string) => string>> = {
  veiled: (_, names) => `The ceiling of a whole is withheld and may be lower than the sum of its parts (${names}).`,
  unproven: (_, names) =>
    `Nothing is certain where parts are unknown and the ceiling of the whole is withheld: ${names}.`,
  bare: ({ count }, names) => `${plural(count, "contract")} without lots or a known ceiling (${names}).`,
  bounded: (_, names) =>
    `Very many groups of lots overlap in ${names}: the upper end may be higher than what can be reached.`,
  inVain: ({ count }, names) =>
    `${plural(count, "lot")} cancelled or closed without a winner ${count === 1 ? "counts" : "count"} up to what was ordered (${names}).`,
  ended: ({ count }, names) =>
    `${plural(count, "seat")} with a ceiling of ${count === 1 ? "its" : "their"} own ended by the day and ${count === 1 ? "is" : "are"} not in the total (${names}).`,
  later: ({ count }, names) =>
    `${plural(count, "contract")} awarded only after the day ${count === 1 ? "is" : "are"} counted (${names}).`,
  budgets: () => "Ceilings of groups of lots may be one budget or several, so the total is a range.",
  placed: (_, names) =>
    `Orders do not say for certain how much was ordered on lots that came to nothing, so the total is a range (${names}).`,
};

const REMARKS: readonly Remark[] = ["veiled", "unproven", "bare", "bounded", "inVain", "ended", "later"];
const SPREADS: readonly Spread[] = ["budgets", "placed"];

export const needsRemark = ({ units, lots, open, ceilings, awardedLater }: ContractCeiling): boolean =>
  awardedLater === true ||
  units.length > 0 ||
  (lots === 0 && open) ||
  ceilings.some((ceiling) => isCutShort(ceiling) || endedSeatsOf(ceiling) > 0);

/** How many per-supplier ceilings ended with their seats. */
const endedSeatsOf = ({ selected: { lot } }: LotCeiling): number => (isPerSupplier(lot) ? (lot.endedSeats ?? 0) : 0);

/** Whether a lot that came to nothing counts for less than is stated of it. */
const isCutShort = ({ selected, amount, counted }: LotCeiling): boolean => {
  if (!cameToNothing(selected.lot) || amount === "missing") return false;
  return !isKnown(amount) || counted === undefined || !isKnown(counted) || counted.minor < amount.minor;
};

/** Whether limits may be one budget or several. */
const isSeveral = ({ limits }: CeilingNode<LotCeiling>): boolean =>
  limits.length > 1 || limits.some(({ limit }) => !limit.certain);

/** Whether a lot came to nothing and nobody knows exactly what was ordered on it. */
const isPlaced = ({ inVain, counted }: LotCeiling): boolean =>
  inVain !== undefined && counted !== undefined && isKnown(counted) && counted.bound !== undefined;

/**
 * A remark on a contract, and the lots that it is about, each with how often it counts. Without lots it is about the
 * whole.
 */
interface RemarkOn {
  readonly remark: Remark;
  readonly name: string;
  readonly lots: readonly (readonly [lot: string, count: number])[];
}

/** How much a remark counts. A lot that has it by both measures counts once, and so does the contract as a whole. */
const countOf = (lots: RemarkOn["lots"]): number =>
  lots.length === 0 ? 1 : [...new Map(lots).values()].reduce((sum, count) => sum + count, 0);

const remarksOn = ({ contract, units, lots, open, ceilings, awardedLater }: ContractCeiling): readonly RemarkOn[] => {
  const { id } = contract;
  const remarks: RemarkOn[] = [];
  const say = (remark: Remark, name: string = id, of: RemarkOn["lots"] = []): void => {
    remarks.push({ remark, name, lots: of });
  };
  const reaches = units.map(({ tree }) => tree.root.reach);
  const unproven = reaches.flatMap(({ low, high, sure }): readonly Money[] =>
    high === undefined && sure.minor < low.minor ? [low] : [],
  );
  if (unproven.length > 0) {
    const known = unproven.map(formatMoney).join(" and ");
    say("unproven", `${known} of ${id} ${unproven.length === 1 ? "is" : "are"} known`);
  } else if (reaches.some(({ low, sure }) => sure.minor < low.minor)) say("veiled");
  if (reaches.some(({ exact }) => !exact)) say("bounded");
  if (lots === 0 && open) say("bare");
  const inVain = ceilings.filter(isCutShort).map(({ selected: { lot } }) => [lot.id, 1] as const);
  if (inVain.length > 0) say("inVain", id, inVain);
  const ended = ceilings.flatMap((ceiling) => {
    const seats = endedSeatsOf(ceiling);
    return seats === 0 ? [] : [[ceiling.selected.lot.id, seats] as const];
  });
  if (ended.length > 0) say("ended", id, ended);
  if (awardedLater === true) say("later");
  if (units.some(({ tree }) => nodesIn([tree.root]).some(isSeveral))) say("budgets");
  if (ceilings.some(isPlaced)) say("placed");
  return remarks;
};
