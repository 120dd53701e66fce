import { flatMap } from "../model/lists.ts";
import { formatMoney, type Money, type StatedAmount, subtractMoney, sumByUnit, zeroLike } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import type { SettledContract } from "../records/history.ts";
import type { Lot } from "../records/lot.ts";
import { OFFERS, offersTogether, sumOfBounded, valueTogether } from "./awarded-values.ts";
import { heldTogether } from "./lot-holders.ts";
import { factOf, subjectsText } from "./notice.ts";
import { awardedIn, declaredIn, isAlike, partsIn, type ToldBefore, textOf, valuesOf } from "./told-parts.ts";

type SharedAward = Contract["sharedAwards"][number];

/** The awards of one contract: what each adds to those before it, and what it declares for all that it awards together. */
export class Awards {
  readonly #told: ToldBefore;
  readonly #awards: Contract[];
  /** What each declares, less what it repeats; undefined where that is not known. */
  readonly #declared: (Money | undefined)[];

  constructor(told: ToldBefore, first: Contract) {
    this.#told = told;
    this.#awards = [first];
    this.#declared = [declaredIn(first)];
  }

  /**
   * Adds a further award. This is called before what the award says of lots and contracts is added to what was told.
   */
  add(later: Contract): void {
    this.#noteUnlike(later);
    this.#awards.push(later);
    this.#declared.push(this.#declaredAnew(later));
  }

  /**
   * Contracts that were told before stay (T12). A note tells of those for which a further award states another amount.
   */
  #noteUnlike({ settledContracts }: Contract): void {
    for (const one of settledContracts) {
      const [was, is] = [this.#told.contracts.get(this.#told.keyOf(one))?.value, one.value];
      if (typeof was === "object" && typeof is === "object" && textOf(was) !== textOf(is))
        this.#told.note(
          "T10-reference",
          `contract ${one.reference ?? one.id} stands at several amounts: the first counts`,
        );
    }
  }

  /** What a further award declares for all together, less what it repeats (T10a); undefined where that is not known. */
  #declaredAnew(later: Contract): Money | undefined {
    const declared = declaredIn(later);
    const contracts = later.settledContracts
      .filter((one) => this.#told.contracts.has(this.#told.keyOf(one)))
      .map(({ value }) => value);
    const lots = flatMap(
      later.lots.filter((lot) => this.#repeats(lot, later)),
      valuesOf,
    );
    const repeated = [...contracts, ...lots].filter((value) => typeof value === "object");
    return declared === undefined || repeated.length < contracts.length + lots.length
      ? undefined
      : without(declared, repeated);
  }

  /** Whether a further award only repeats what was said before of a lot for which it lists no contracts. */
  #repeats(lot: Lot, { settledContracts }: Contract): boolean {
    const known = this.#told.lots.get(lot.id);
    const isSettled = settledContracts.some(({ lots }) => lots.includes(lot.id));
    return !isSettled && known?.status === "awarded" && isAlike(known, lot, this.#told.parties);
  }

  /**
   * What was awarded of a lot, with what a further award adds and does not only repeat. It is a lower bound where
   * either says nothing (T8).
   */
  valueWith(known: Lot, lot: Lot, later: Contract): Lot["awarded"] {
    const own = later.settledContracts.filter(({ lots }) => lots.includes(lot.id));
    const anew = own.filter((settled) => !this.#told.contracts.has(this.#told.keyOf(settled)));
    const isRepeated = own.length > 0 ? anew.length === 0 : this.#repeats(lot, later);
    const by = (known.awarded ?? lot.awarded)?.[0].by;
    if (isRepeated || by === undefined) return known.awarded ?? lot.awarded;
    const added = own.length > anew.length ? anew.map(({ value }) => value) : lot.awarded?.[0].value;
    const values = [known.awarded?.[0].value, added].flat(2);
    if (!this.#areOffers(known, lot, later)) return factOf(valueTogether(values), by);
    this.#told.note("T10", `${lot.id}: ${OFFERS}`);
    const anewOf = own.length > anew.length ? anew.map(({ value }) => value) : offersIn(lot, own);
    return factOf(offersTogether([...offersIn(known, [...this.#told.contracts.values()]), ...anewOf]), by);
  }

  /**
   * Whether several suppliers hold a lot of a framework agreement, in whatever notices they won it, and whichever
   * notice says that it is one (T10c).
   */
  #areOffers(known: Lot, lot: Lot, later: Contract): boolean {
    const holders = heldTogether(known.suppliers, lot.suppliers, this.#told.parties)?.[0].value ?? [];
    return (
      holders.length > 1 && (isOfFramework(lot, later) || this.#awards.some((award) => isOfFramework(known, award)))
    );
  }

  /**
   * What all awards declare together, in place of what the first does; undefined where one declares nothing, or in
   * another unit.
   */
  declaredTogether(awarded: Contract["awarded"]): Contract["awarded"] {
    if (awarded === undefined || this.#declared.length === 1) return awarded;
    const known = this.#declared.filter((value) => value !== undefined);
    const [sum, ...others] = known.length < this.#declared.length ? [] : sumOfBounded(known);
    return sum === undefined || others.length > 0 ? undefined : [{ ...awarded[0], value: sum }];
  }

  /**
   * What awards declare beyond what their lots state: the value of those lots that state none and that no other award
   * tells of (T10b).
   */
  rests(): readonly SharedAward[] {
    const times = new Map<string, number>();
    for (const { lots } of this.#awards) for (const id of awardedIn(lots)) times.set(id, (times.get(id) ?? 0) + 1);
    return flatMap(this.#awards, (award) => {
      const declared = declaredIn(award);
      return (declared && this.#restOf(declared, award, times)) ?? [];
    });
  }

  #restOf(declared: Money, award: Contract, times: ReadonlyMap<string, number>): SharedAward | undefined {
    const rest = without(declared, partsIn(award));
    const lots = awardedIn(award.lots.filter((lot) => valuesOf(this.#told.lots.get(lot.id) ?? lot).length === 0));
    if (lots.length === 0 && rest?.minor === 0n) return undefined;
    const isKept = rest !== undefined && rest.minor >= 0n && lots.length > 0 && lots.every((id) => times.get(id) === 1);
    const total = `${formatMoney(declared)} that ${award.id} declares awarded in all`;
    this.#told.note("T10", isKept ? `${subjectsText(lots)}they have what is left of ${total}` : `${total} is left out`);
    return isKept ? { lots, value: [rest] } : undefined;
  }
}

/** An amount less parts of it; undefined where these are not exact or not all in its unit. */
const without = (whole: Money, parts: readonly Money[]): Money | undefined => {
  const [sum, ...others] = sumByUnit([zeroLike(whole), ...parts]);
  const isExact = others.length === 0 && parts.every(({ bound }) => bound === undefined);
  return sum === undefined || !isExact ? undefined : subtractMoney(whole, sum);
};

/**
 * What was awarded of a lot: contract by contract where these add up to it, because a notice may have added them up.
 */
const offersIn = (lot: Lot, settled: readonly SettledContract[]): readonly (StatedAmount | undefined)[] => {
  const own = settled.flatMap(({ lots, value }) =>
    lots.length === 1 && lots[0] === lot.id && typeof value === "object" ? [value] : [],
  );
  const together = valueTogether(own);
  const stated = lot.awarded?.[0].value;
  const isAll = together !== undefined && stated !== undefined && textOf(together) === textOf(stated);
  return isAll ? own : [stated].flat();
};

/**
 * Whether a notice says that a lot is a framework agreement. Where it says so lot by lot, what it says of this lot
 * counts.
 */
const isOfFramework = ({ id, callOff }: Lot, { framework, lots }: Contract): boolean =>
  framework &&
  (callOff !== undefined || (lots.every((lot) => lot.callOff === undefined) && lots.some((lot) => lot.id === id)));
