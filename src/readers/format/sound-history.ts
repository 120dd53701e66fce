import { modifiedLot } from "../../model/as-of.ts";
import { dayRange } from "../../model/calendar.ts";
import type { Contract, StatedAmount } from "../../model/contract.ts";
import { firstById } from "../../model/first-by-id.ts";
import type { Modification, RenewalDecision } from "../../model/modification.ts";
import { unitOf } from "../../model/money.ts";
import type { Decoding } from "../decode.ts";
import { KnownLots } from "./known-lots.ts";

/** How low a ceiling is by any source, in each unit, in minor units; withheld ones say nothing. */
const lowestByUnit = (stated: readonly StatedAmount[]): ReadonlyMap<string, bigint> => {
  const lowest = new Map<string, bigint>();
  for (const amount of stated) {
    if (amount === "withheld") continue;
    const known = lowest.get(unitOf(amount));
    if (known === undefined || amount.minor < known) lowest.set(unitOf(amount), amount.minor);
  }
  return lowest;
};

/** A date from which so much in all was added, in one unit. */
interface Step {
  readonly from: number;
  sum: bigint;
}

/** What modifications of one ceiling add up to by a day, in each unit. */
const stepsByUnit = (modifications: readonly Modification[]): ReadonlyMap<string, readonly Step[]> => {
  const inOrder = modifications
    .map(({ amount, date }) => ({ amount, from: dayRange(date).first }))
    .sort((a, b) => a.from - b.from);
  const steps = new Map<string, Step[]>();
  for (const { amount, from } of inOrder) {
    if (amount === undefined) continue;
    const ofUnit = steps.get(unitOf(amount)) ?? [];
    steps.set(unitOf(amount), ofUnit);
    ofUnit.push({ from, sum: (ofUnit.at(-1)?.sum ?? 0n) + amount.minor });
  }
  return steps;
};

/** The sum of the last step that was taken by a day. */
const sumBy = (steps: readonly Step[], day: number): bigint => {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.from ?? day) <= day) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.sum ?? 0n;
};

/** One ceiling, and what changes it. */
class ModifiedCeiling {
  readonly #lowest: ReadonlyMap<string, bigint>;
  readonly #steps: ReadonlyMap<string, readonly Step[]>;

  constructor(stated: readonly StatedAmount[], modifications: readonly Modification[]) {
    this.#lowest = lowestByUnit(stated);
    this.#steps = stepsByUnit(modifications);
  }

  check({ id, amount, date }: Modification, index: number, at: Decoding): void {
    if (amount === undefined) return;
    const path = ["modifications", index, "amount"];
    for (const unit of this.#lowest.keys()) {
      if (unit === unitOf(amount)) continue;
      const message = `modification "${id}" is in ${unitOf(amount)}, the ceiling that it changes in ${unit}`;
      at.reportAt(path, "T7-modification", message, "write it in the ceiling's currency");
    }
    const { last } = dayRange(date);
    const below = [...this.#lowest].some(([unit, lowest]) => lowest + sumBy(this.#steps.get(unit) ?? [], last) < 0n);
    if (below)
      at.reportAt(path, "L2-below", `modification "${id}" leaves a ceiling below zero`, "a ceiling is zero or more");
  }
}

/** The ceilings that modifications change, by lot, and under undefined the contract's own. */
const modifiedCeilings = (contract: Contract): ReadonlyMap<string | undefined, ModifiedCeiling> => {
  const byLot = new Map<string | undefined, Modification[]>();
  for (const modification of contract.modifications) {
    const lot = modifiedLot(modification, contract);
    const ofLot = byLot.get(lot) ?? [];
    byLot.set(lot, ofLot);
    ofLot.push(modification);
  }
  const lots = firstById(contract.lots);
  return new Map(
    [...byLot].map(([id, modifications]) => {
      const lot = id === undefined ? undefined : lots.get(id);
      const fact = id === undefined ? contract.ceiling : (lot?.ceiling ?? lot?.ceilingPerSupplier);
      return [
        id,
        new ModifiedCeiling(
          (fact ?? []).map(({ value }) => value),
          modifications,
        ),
      ];
    }),
  );
};

const checkModifications = (contract: Contract, at: Decoding): void => {
  const known = new KnownLots(contract.lots);
  const seen = new Set<string>();
  const ceilings = modifiedCeilings(contract);
  for (const [index, modification] of contract.modifications.entries()) {
    const { id, lot } = modification;
    if (lot !== undefined) known.check(lot, ["modifications", index, "lot"], at);
    if (seen.has(id)) {
      const message = `modification "${id}" stands twice in this contract`;
      at.reportAt(["modifications", index, "modification"], "F7", message, "give each its own id");
    }
    seen.add(id);
    ceilings.get(modifiedLot(modification, contract))?.check(modification, index, at);
  }
};

const checkRenewals = (renewals: readonly RenewalDecision[], at: Decoding): void => {
  const seen = new Set<number>();
  const declined = renewals.filter(({ decision }) => decision === "declined").map(({ renewal }) => renewal);
  const firstDeclined = declined.reduce((first, renewal) => Math.min(first, renewal), Number.POSITIVE_INFINITY);
  for (const [index, { renewal }] of renewals.entries()) {
    const path = ["renewals", index, "renewal"];
    if (seen.has(renewal)) {
      at.reportAt(path, "D1-decision", `renewal ${renewal} is decided twice`, "keep one of the decisions");
    } else if (firstDeclined < renewal) {
      const message = `renewal ${renewal} cannot be decided: renewal ${firstDeclined} was declined`;
      at.reportAt(path, "D1-decision", message, "a declined renewal ends the contract");
    }
    seen.add(renewal);
  }
};

/** Reports modifications of what is not there or cannot be added up, and decisions on renewals that contradict each other. */
export const soundHistory = (contract: Contract, at: Decoding): Contract => {
  if (contract.modifications.length > 0) checkModifications(contract, at);
  checkRenewals(contract.renewals, at);
  return contract;
};
