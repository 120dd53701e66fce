import type { Preference } from "../model/claim.ts";
import type { Interval } from "../model/concentration.ts";
import {
  type Amount,
  isKnown,
  isQuantity,
  type Money,
  MoneySum,
  type MoneySumParts,
  rangeTo,
  unitOf,
} from "../model/money.ts";
import { plural } from "../model/phrases.ts";
import { countIn, sumIn as numberIn, type Sums, sumsIn, sumsOf } from "../model/sums.ts";
import { CeilingRemarks, needsRemark } from "./ceiling-remarks.ts";
import { CeilingSources } from "./ceiling-sources.ts";
import { type Allowance, byMeasure, type ContractCeiling, type Coverage, isGap, type Look } from "./ceilings.ts";

/**
 * Adds up amounts per currency, net and gross apart, and counts what is unknown among them. Each part lies between a
 * floor and a ceiling. Where some part has no ceiling, the sum is "at least" the floors. Otherwise, where floors are
 * lower than ceilings, the sum lies between the two, or is "at most" the ceilings.
 */
export class Tally implements Coverage {
  lots = 0;
  known = 0;
  missing = 0;
  withheld = 0;
  #sources: CeilingSources | undefined;
  readonly #highs: MoneySum[] = [];
  /** The same list as the highs until some part has a floor of its own. In most sums none has. */
  #floors = this.#highs;
  #open = false;
  /** The units in which some part is a range; undefined as long as none is. */
  #ranges: Set<string> | undefined;
  #remarks: CeilingRemarks | undefined;
  /** Quantities, apart from money: what is unknown of one does not leave the other open (L4). */
  #quantities: Tally | undefined;
  /** The units that are open by themselves, whatever is known in others. */
  #openIn = NO_UNITS;
  /** The units in which the sum has no lower end: amounts may be below zero (T10e). */
  #openBelow = NO_UNITS;

  /** Whose ceilings are counted. Made on demand: of the few tallies of each supplier, most are never asked. */
  get sources(): CeilingSources {
    this.#sources ??= new CeilingSources();
    return this.#sources;
  }

  addContract(contract: ContractCeiling): void {
    const { lots, known, missing, withheld, quantities } = contract;
    this.lots += lots;
    this.known += known;
    this.missing += missing;
    this.withheld += withheld;
    for (const measured of byMeasure(contract)) this.sources.addContract(measured);
    const remarkable = byMeasure(contract).filter(needsRemark);
    if (remarkable.length > 0) this.remarks.add(remarkable);
    this.#addBounds(contract);
    if (quantities !== undefined) this.quantities.#addBounds(quantities);
  }

  get quantities(): Tally {
    this.#quantities ??= new Tally();
    return this.#quantities;
  }

  #addBounds({ usable, floor, open }: Pick<Allowance, "usable" | "floor" | "open">): void {
    if (open) this.#open = true;
    for (const [index, money] of usable.entries()) this.add(money, floor[index]);
  }

  /** Adds what some lots of a contract allow to a supplier. */
  addAllowance(allowance: Pick<Allowance, "usable" | "floor" | "open">, looks: readonly Look[]): void {
    for (const look of looks) if (isGap(look)) this[look.amount === "withheld" ? "withheld" : "missing"]++;
    this.#addBounds(allowance);
  }

  get remarks(): CeilingRemarks {
    this.#remarks ??= new CeilingRemarks();
    return this.#remarks;
  }

  addTally(other: Tally): void {
    this.missing += other.missing;
    this.withheld += other.withheld;
    if (other.#open) this.#open = true;
    for (const money of other.#own()) this.addAmount(money);
    if (other.#quantities !== undefined) this.quantities.addTally(other.#quantities);
  }

  /**
   * What it came to, without quantities, remarks and sources, as numbers that can be added to those of other tallies.
   */
  parts(): Sums {
    // Most suppliers have an empty tally.
    if (this.isEmpty && this.missing + this.withheld === 0) return NO_SUMS;
    const isParted = this.#floors !== this.#highs;
    return sumsOf([
      ["lots", this.lots],
      ["known", this.known],
      ["missing", this.missing],
      ["withheld", this.withheld],
      ["open", Number(this.#open)],
      ["ranges", sumsOf(Array.from(this.#ranges ?? [], (unit) => [unit, 1]))],
      [isParted ? "highs" : "exact", partsByUnit(this.#highs)],
      ["floors", isParted ? partsByUnit(this.#floors) : NO_SUMS],
    ]);
  }

  addParts(parts: Sums): void {
    if (parts.size === 0) return;
    this.lots += countIn(parts, "lots");
    this.known += countIn(parts, "known");
    this.missing += countIn(parts, "missing");
    this.withheld += countIn(parts, "withheld");
    if (parts.has("open")) this.#open = true;
    for (const unit of sumsIn(parts, "ranges").keys()) this.#ranges = (this.#ranges ?? new Set()).add(unit);
    if (parts.has("floors")) this.#partFloors();
    addByUnit(this.#highs, sumsIn(parts, "exact"));
    if (this.#floors === this.#highs) return;
    addByUnit(this.#floors, sumsIn(parts, "exact"));
    addByUnit(this.#highs, sumsIn(parts, "highs"));
    addByUnit(this.#floors, sumsIn(parts, "floors"));
  }

  /** From here on the floors have sums of their own. */
  #partFloors(): void {
    if (this.#floors === this.#highs) this.#floors = this.#highs.map((sum) => sum.copy());
  }

  /** Adds an amount, known or unknown. */
  addAmount(amount: Amount): void {
    if (isKnown(amount)) {
      const { least } = amount;
      if (least === undefined) this.add(amount);
      else this.add(amount, { ...amount, minor: least });
      return;
    }
    if (amount === "withheld") this.withheld++;
    else this.missing++;
    this.#open = true;
  }

  /** Adds an amount on top of which an unknown one comes, in the same unit and in no other. */
  addLeast({ bound: _, ...money }: Money): void {
    this.#openIn = withUnit(this.#openIn, unitOf(money));
    this.add(money);
  }

  /** Adds an amount of which an unknown part may be given back, in the same unit and in no other. */
  addMost({ bound: _, ...money }: Money): void {
    this.#openBelow = withUnit(this.#openBelow, unitOf(money));
    this.add(money);
  }

  /** Adds something unknown in a unit, which leaves the unit open at both ends and others as they are. */
  addUntold(unit: string): void {
    this.#openIn = withUnit(this.#openIn, unit);
    this.#openBelow = withUnit(this.#openBelow, unit);
  }

  isUntold(unit: string): boolean {
    return this.#openIn.has(unit) && this.#openBelow.has(unit);
  }

  addMissing(count: number): void {
    this.missing += count;
    if (count > 0) this.#open = true;
  }

  add(money: Money, floor: Money = money.bound === "atMost" ? { ...money, minor: 0n } : money): void {
    if (money.bound === "atLeast") this.#open = true;
    if (money.bound === "between") this.#ranges = (this.#ranges ?? new Set()).add(unitOf(money));
    if (floor !== money) this.#partFloors();
    sumIn(this.#highs, unitOf(money)).add(money);
    if (this.#floors !== this.#highs) sumIn(this.#floors, unitOf(floor)).add(floor);
  }

  addSum(parts: MoneySumParts): void {
    sumIn(this.#highs, parts.unit).addSum(parts);
    if (this.#floors !== this.#highs) sumIn(this.#floors, parts.unit).addSum(parts);
  }

  /** Whether nothing was added: no lots, and no contracts without lots. */
  get isEmpty(): boolean {
    return this.lots === 0 && !this.#open && this.#highs.length === 0 && this.#quantities?.isEmpty !== false;
  }

  /** Whether lots were added, and certainly nothing of them counts in any unit. */
  get isNothing(): boolean {
    return this.lots > 0 && this.known === this.lots && this.units.length === 0;
  }

  /** The only unit of what is known. Undefined where there are several units, or none. */
  get onlyUnit(): string | undefined {
    const [unit, ...others] = this.units;
    return others.length === 0 ? unit : undefined;
  }

  /** Whether it contains something that nothing bounds. */
  get isOpen(): boolean {
    return this.#open;
  }

  get units(): readonly string[] {
    const own = this.#highs.map(({ unit }) => unit);
    return this.#quantities === undefined ? own : [...own, ...this.#quantities.units];
  }

  /**
   * One total per unit, money before quantities, each by the units' names. A total is a bound where part of it is
   * unknown.
   */
  totals(): readonly Money[] {
    return this.#quantities === undefined ? this.#own() : [...this.#own(), ...this.#quantities.totals()];
  }

  #own(): readonly Money[] {
    const sums = this.#sums();
    return this.#openBelow.size === 0 ? sums : sums.flatMap((money) => this.#atMost(money));
  }

  /** A total that is an upper bound where its unit has no lower end. No total where it is open at both ends. */
  #atMost(money: Money): readonly Money[] {
    if (!this.#openBelow.has(unitOf(money))) return [money];
    const { bound, least: _, ...high } = money;
    return bound === "atLeast" ? [] : [{ ...high, bound: "atMost" }];
  }

  #sums(): readonly Money[] {
    const highs = valuesOf(this.#highs);
    if (this.#open) return valuesOf(this.#floors).flatMap((money) => this.#atLeast(money, highs));
    if (this.#openIn.size > 0) return highs.flatMap((money) => this.#openOrBounded(money, highs));
    return this.#floors === this.#highs ? highs : highs.map((money) => this.#bounded(money));
  }

  #openOrBounded(money: Money, highs: readonly Money[]): readonly Money[] {
    if (!this.#openIn.has(unitOf(money))) return [this.#bounded(money)];
    const floor = valuesOf(this.#floors).find((low) => unitOf(low) === unitOf(money)) ?? money;
    return this.#atLeast(floor, highs);
  }

  /** A lower bound. No figure where it would be "at least zero" though more than zero is possible. */
  #atLeast(money: Money, highs: readonly Money[]): readonly Money[] {
    const most = highs.find((high) => unitOf(high) === unitOf(money));
    return money.minor === 0n && most !== undefined && most.minor > 0n ? [] : [{ ...money, bound: "atLeast" }];
  }

  /** A range where some part is one, otherwise an upper bound. Exact where the floor is the same. */
  #bounded(money: Money): Money {
    const floor = valuesOf(this.#floors).find((low) => unitOf(low) === unitOf(money));
    if (floor === undefined || floor.minor === money.minor) return money;
    return this.#ranges?.has(unitOf(money)) === true ? rangeTo(money, floor.minor) : { ...money, bound: "atMost" };
  }

  /**
   * The ends between which the known parts in one unit lie, without what is unknown. Both are zero where there are
   * none.
   */
  knownEnds(unit: string): Interval {
    return (isQuantity({ currency: unit }) ? this.quantities : this).#endsIn(unit);
  }

  #endsIn(unit: string): Interval {
    const minorOf = (sums: readonly MoneySum[]): bigint => sums.find((sum) => sum.unit === unit)?.value().minor ?? 0n;
    return { low: minorOf(this.#floors), high: minorOf(this.#highs) };
  }

  totalIn(unit: string | undefined): Amount {
    const total = this.totals().find((money) => unitOf(money) === unit);
    if (total !== undefined) return total;
    const { withheld, missing } = unit !== undefined && isQuantity({ currency: unit }) ? this.quantities : this;
    return withheld > 0 && missing === 0 ? "withheld" : "missing";
  }
}

/** Of thousands of tallies, few have such units. All others share this empty set. */
const NO_UNITS: ReadonlySet<string> = new Set();
const withUnit = (units: ReadonlySet<string>, unit: string): ReadonlySet<string> =>
  units.has(unit) ? units : new Set([...units, unit]);

/** The sum in a unit, which is added if it is new. Sums stand in the order of their units, whichever came first. */
const sumIn = (sums: MoneySum[], unit: string): MoneySum => {
  for (const sum of sums) if (sum.unit === unit) return sum;
  const sum = new MoneySum(unit);
  const place = sums.findIndex((other) => other.unit > unit);
  sums.splice(place === -1 ? sums.length : place, 0, sum);
  return sum;
};

const NO_SUMS: Sums = sumsOf([]);

/** The {@link Tally.parts} of a tally to which only missing amounts were added. */
export const missingParts = (missing: number): Sums =>
  sumsOf([
    ["missing", missing],
    ["open", Number(missing > 0)],
  ]);

/** Whether such parts say no more than how many are missing. */
export const isMissing = (parts: Sums): boolean => parts.size === 2 && parts.has("missing") && parts.has("open");

/** Sums by their units. Their precisions are counted, so that they can be subtracted again. */
const partsByUnit = (sums: readonly MoneySum[]): Sums =>
  sumsOf(
    sums.map((sum) => {
      const { unit, minor, coarsest, finest } = sum.parts();
      const precisions = [coarsest, finest].map((precision) => [String(precision), 1] as const);
      return [
        unit,
        sumsOf([
          ["minor", minor],
          ["precisions", sumsOf(precisions)],
        ]),
      ];
    }),
  );

const addByUnit = (sums: MoneySum[], parts: Sums): void => {
  for (const [unit, part] of parts) {
    if (typeof part === "bigint") continue;
    let [coarsest, finest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const precision of sumsIn(part, "precisions").keys()) {
      coarsest = Math.max(coarsest, Number(precision));
      finest = Math.min(finest, Number(precision));
    }
    sumIn(sums, unit).addSum({ unit, called: undefined, minor: numberIn(part, "minor"), coarsest, finest });
  }
};

const valuesOf = (sums: readonly MoneySum[]): readonly Money[] => sums.map((sum) => sum.value());

/** `2 not stated, 1 withheld`. */
export const gapsText = ({ missing, withheld }: Pick<Coverage, "missing" | "withheld">): string =>
  [...(missing > 0 ? [`${missing} not stated`] : []), ...(withheld > 0 ? [`${withheld} withheld`] : [])].join(", ");

/** One sentence if anything is unknown: how many lots have a known ceiling, and what that makes of the total. */
const coverageNotes = (
  { lots, known, missing, withheld }: Coverage,
  totals: readonly Money[],
  isOpen: boolean,
): string[] => {
  if (known === lots) return [];
  const effect = totals.some(({ bound }) => bound === "atLeast")
    ? "the total is a lower bound"
    : totals.some(({ bound }) => bound === "atMost")
      ? "the total is an upper bound"
      : totals.length === 0
        ? "there is no total"
        : isOpen
          ? "nothing is known of the rest"
          : "a ceiling for all together stands for the rest";
  return [
    `${known} of ${plural(lots, "lot")} ${lots === 1 ? "has" : "have"} a known ceiling (${gapsText({ missing, withheld })}): ${effect}.`,
  ];
};

/** What the reader of a total must know of it: what is unknown in it, and which ceilings another source filled in. */
export const notesOn = (tally: Tally, preference: Preference): readonly string[] => {
  const totals = tally.totals();
  return [
    ...coverageNotes(tally, totals, tally.isOpen),
    ...(totals.some(({ bound }) => bound === "between") ? tally.remarks.rangeNotes() : []),
    ...tally.remarks.notes(),
    ...tally.sources.notes(preference),
  ];
};
