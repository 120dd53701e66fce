import { firstFew } from "../model/first-few.ts";
import { type Amount, isKnown, type Money } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Assessment } from "./assessments.ts";
import type { CeilingUse } from "./headroom/ceiling-use.ts";
import type { ContractUse } from "./headroom/contract-use.ts";
import { amountBetween } from "./headroom/use-figures.ts";
import type { Summary } from "./report.ts";
import { Tally } from "./tally.ts";

/** What is ordered, one amount a unit; what may be ordered here or elsewhere makes ranges. */
const amountsIn = (use: CeilingUse): readonly Money[] => {
  const units = use.unitsOrdered;
  const [line] = use.lines;
  const stated = units.length === 0 && line?.unit !== undefined ? [line.unit] : units;
  return stated.map((each) => amountBetween(use.rangeWithin(each), use.sum(each))).filter(isKnown);
};

/** What is ordered on a lot; nothing where nothing is said of orders. */
export const orderedOnLot = (use: ContractUse | undefined, { id }: Lot): readonly Money[] => {
  const all = use?.known === true ? use.lots.get(id)?.all : undefined;
  return all === undefined ? [] : amountsIn(all);
};

/** What is ordered under a contract, or on some of its lots, each order once. */
export const orderedUnder = (
  use: ContractUse | undefined,
  contract: Contract,
  lots: readonly Lot[],
): readonly Money[] => {
  if (use?.known !== true) return [];
  if (lots.length === contract.lots.length) return amountsIn(use.whole);
  const sum = new Tally();
  for (const lot of lots) for (const amount of orderedOnLot(use, lot)) sum.addAmount(amount);
  return sum.totals();
};

/** Adds up what is ordered: a measure of its own, never added to ceilings or to what was awarded. */
export class OrderedTally {
  readonly tally = new Tally();
  readonly #unread: string[] = [];
  #isKnown = false;

  /** Adds what is ordered on the selected lots of a contract; where nothing is said of a framework's orders, it is due. */
  addContract({ use, unread, selected: { contract, lots } }: Pick<Assessment, "use" | "unread" | "selected">): void {
    if (unread) this.#unread.push(contract.id);
    const ordered = orderedUnder(
      use,
      contract,
      lots.map(({ lot }) => lot),
    );
    if (use?.known === true) this.addAmounts(ordered);
    else if (contract.framework) this.tally.addAmount("missing");
  }

  /** Adds what is known to be ordered. */
  addAmounts(amounts: readonly Money[]): void {
    this.#isKnown = true;
    for (const amount of amounts) this.tally.addAmount(amount);
  }

  get units(): readonly string[] {
    return this.#isKnown ? this.tally.units : [];
  }

  /** The total in one unit; undefined where nothing is known, or not in this one. */
  totalIn(unit: string | undefined): Amount | undefined {
    return this.units.includes(unit ?? "") ? this.tally.totalIn(unit) : undefined;
  }

  /** Whose orders could not be read. */
  notes(): readonly string[] {
    if (this.#unread.length === 0) return [];
    return [`The orders under ${firstFew(this.#unread, 3)} cannot be read: headroom tells why.`];
  }

  /** The line below a table; none where nothing is known. */
  summaries(): readonly Summary[] {
    const amounts = this.#isKnown ? this.tally.totals() : [];
    return amounts.length === 0 ? [] : [{ label: "Total ordered", column: "ordered", amounts, remark: undefined }];
  }
}
