import { dayRange } from "../model/calendar.ts";
import type { Fact } from "../model/claim.ts";
import { firstById, groupedBy, madeUnder, repeats } from "../model/lists.ts";
import { type StatedAmount, unitOf } from "../model/money.ts";
import { firstFew } from "../model/phrases.ts";
import type { RenewalDecision } from "../model/term.ts";
import type { Path } from "../syntax/plain.ts";
import { MODIFIED, type Modified, modifiedLot } from "./as-of.ts";
import type { Decoding } from "./codec.ts";
import type { Contract } from "./contract.ts";
import type { LotGroup } from "./group.ts";
import type { Lot } from "./lot.ts";
import type { Modification } from "./modification.ts";

export const checkContract = (contract: Contract, at: Decoding): void => {
  reportRepeated("lots", "lot", contract.lots, at);
  reportUnsoundGroups(contract.groups, contract.lots, at);
  reportUnknownLots(contract, at);
  reportUnsoundHistory(contract, at);
};

const MOST_NAMED = 20;

/** Reports lots that are named somewhere but that the contract does not have. */
class KnownLots {
  readonly #ids: ReadonlySet<string>;
  readonly #hint: string;

  constructor(lots: readonly Lot[]) {
    const ids = lots.map(({ id }) => id);
    this.#ids = new Set(ids);
    // Naming all of many lots at each unknown one would take more space than the register itself.
    this.#hint = `its lots: ${firstFew(ids, MOST_NAMED)}`;
  }

  check(lot: string, path: Path, at: Decoding): void {
    if (this.#ids.has(lot)) return;
    at.reportAt(path, "F8", `there is no lot "${lot}" in this contract`, this.#hint);
  }
}

const reportUnknownLots = ({ lots, settledContracts, sharedAwards }: Contract, at: Decoding): void => {
  if (settledContracts.length + sharedAwards.length === 0) return;
  const named = { settledContracts, sharedAwards };
  const known = new KnownLots(lots);
  for (const [field, records] of Object.entries(named)) {
    for (const [index, record] of records.entries()) {
      for (const [place, lot] of record.lots.entries()) known.check(lot, [field, index, "lots", place], at);
    }
  }
};

const reportUnsoundGroups = (groups: readonly LotGroup[], lots: readonly Lot[], at: Decoding): void => {
  if (groups.length === 0) return;
  reportRepeated("groups", "group", groups, at);
  const known = new KnownLots(lots);
  for (const [index, group] of groups.entries()) {
    for (const [place, lotId] of group.lots.entries()) known.check(lotId, ["groups", index, "lots", place], at);
  }
};

/** Reports records of one list that share an id. That a record has none is reported elsewhere. */
const reportRepeated = (
  list: "lots" | "groups" | "modifications",
  kind: "lot" | "group" | "modification",
  records: readonly { readonly id: string }[],
  at: Decoding,
): void => {
  const ids = records.map(({ id }) => id);
  if (!repeats(ids)) return;
  const seen = new Set<string>();
  ids.forEach((id, index) => {
    if (id !== "" && seen.has(id))
      at.reportAt([list, index, kind], "F7", `${kind} "${id}" stands twice in this contract`, "give each its own id");
    seen.add(id);
  });
};

/**
 * The lowest figure that any source gives for a ceiling, in each unit, in minor units. Withheld ceilings do not count.
 */
const lowestByUnit = (stated: readonly StatedAmount[]): ReadonlyMap<string, bigint> => {
  const lowest = new Map<string, bigint>();
  for (const amount of stated) {
    if (amount === "withheld") continue;
    const known = lowest.get(unitOf(amount));
    if (known === undefined || amount.minor < known) lowest.set(unitOf(amount), amount.minor);
  }
  return lowest;
};

/** What modifications add up to from a day on, in one unit. */
interface Step {
  readonly from: number;
  sum: bigint;
}

/** What modifications of one ceiling add up to, step by step in order of time, in each unit. */
const stepsByUnit = (
  modifications: readonly Modification[],
  measure: Modified,
): ReadonlyMap<string, readonly Step[]> => {
  const inOrder = modifications
    .map(({ [measure]: amount, date }) => ({ amount, from: dayRange(date).first }))
    .sort((a, b) => a.from - b.from);
  const steps = new Map<string, Step[]>();
  for (const { amount, from } of inOrder) {
    if (amount === undefined) continue;
    const ofUnit = madeUnder(steps, unitOf(amount), () => []);
    ofUnit.push({ from, sum: (ofUnit.at(-1)?.sum ?? 0n) + amount.minor });
  }
  return steps;
};

/** The sum of the last step that was taken by a day. Zero before the first. */
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
  readonly #measure: Modified;

  constructor(stated: readonly StatedAmount[], modifications: readonly Modification[], measure: Modified) {
    this.#lowest = lowestByUnit(stated);
    this.#steps = stepsByUnit(modifications, measure);
    this.#measure = measure;
  }

  check({ id, date, [this.#measure]: amount }: Modification, index: number, at: Decoding): void {
    if (amount === undefined) return;
    const path = ["modifications", index, this.#measure];
    for (const unit of this.#lowest.keys()) {
      if (unit === unitOf(amount)) continue;
      const message = `modification "${id}" is in ${unitOf(amount)}, the ceiling that it changes in ${unit}`;
      at.reportAt(path, "T7-modification", message, HINTS[this.#measure]);
    }
    const { last } = dayRange(date);
    const below = [...this.#lowest].some(([unit, lowest]) => lowest + sumBy(this.#steps.get(unit) ?? [], last) < 0n);
    if (below)
      at.reportAt(path, "L2-below", `modification "${id}" leaves a ceiling below zero`, "a ceiling is zero or more");
  }
}

const HINTS: Readonly<Record<Modified, string>> = {
  amount: "write it in the ceiling's currency",
  quantity: "write it in the ceiling's unit",
};

/** The ceilings that modifications change, by lot. The contract's own is under undefined. */
const modifiedCeilings = (contract: Contract, measure: Modified): ReadonlyMap<string | undefined, ModifiedCeiling> => {
  const byLot = groupedBy(contract.modifications, (modification) => modifiedLot(modification, contract, measure));
  const lots = firstById(contract.lots);
  return new Map(
    [...byLot].map(([id, modifications]) => {
      const lot = id === undefined ? undefined : lots.get(id);
      const fact = ceilingFact(id === undefined ? contract : lot, measure);
      return [
        id,
        new ModifiedCeiling(
          (fact ?? []).map(({ value }) => value),
          modifications,
          measure,
        ),
      ];
    }),
  );
};

const ceilingFact = (
  part: Partial<Pick<Lot, "ceiling" | "ceilingPerSupplier" | "quantity" | "quantityPerSupplier">> | undefined,
  measure: Modified,
): Fact<StatedAmount> | undefined =>
  measure === "amount" ? (part?.ceiling ?? part?.ceilingPerSupplier) : (part?.quantity ?? part?.quantityPerSupplier);

const checkModifications = (contract: Contract, at: Decoding): void => {
  reportRepeated("modifications", "modification", contract.modifications, at);
  const known = new KnownLots(contract.lots);
  const ceilings = MODIFIED.map((measure) => [measure, modifiedCeilings(contract, measure)] as const);
  for (const [index, modification] of contract.modifications.entries()) {
    const { lot } = modification;
    if (lot !== undefined) known.check(lot, ["modifications", index, "lot"], at);
    for (const [measure, byLot] of ceilings)
      byLot.get(modifiedLot(modification, contract, measure))?.check(modification, index, at);
  }
};

const checkRenewals = (renewals: readonly RenewalDecision[], at: Decoding): void => {
  if (renewals.length === 0) return;
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

const reportUnsoundHistory = (contract: Contract, at: Decoding): void => {
  if (contract.modifications.length > 0) checkModifications(contract, at);
  checkRenewals(contract.renewals, at);
};
