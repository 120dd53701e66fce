import type { StatedAmount } from "../../model/amount.ts";
import { claimOf, claimsBySource, type Fact, type Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { compareMoney, formatMoney, type Money, unitOf } from "../../model/money.ts";
import { suppliersOf } from "../../query/subject.ts";
import type { Contract } from "../../records/contract.ts";
import { cameToNothing } from "../../records/lot.ts";
import { assess } from "../ceilings.ts";
import { plural } from "../views.ts";
import { unlikeHint } from "./children.ts";
import type { ContractRule } from "./contract-rule.ts";
import { withModifications } from "./with-modifications.ts";

const ofSource = <T>(fact: Fact<T> | undefined, source: string | undefined): Fact<T> | undefined => {
  const claim = fact && claimOf(fact, source);
  return claim && [claim];
};

/**
 * The sources that may state the ceilings of all lots: each states the lot's own, or that of a group in which it may lie.
 * The others are known to leave something open, without a look at every lot for every source.
 */
const sourcesOfCeilings = ({ ceiling, lots, groups }: Contract): readonly (string | undefined)[] => {
  const due = lots.filter((lot) => !cameToNothing(lot)).length;
  const covered = new Map<string | undefined, number>();
  const cover = (fact: Fact<StatedAmount> | undefined, count: number): void => {
    for (const source of claimsBySource(fact).keys()) covered.set(source, (covered.get(source) ?? 0) + count);
  };
  cover(ceiling, 0);
  for (const group of groups) cover(group.ceiling, group.lots.length);
  for (const lot of lots) cover(lot.ceiling ?? lot.ceilingPerSupplier, 1);
  return [...covered].filter(([, count]) => count >= due).map(([source]) => source);
};

/** What the lots and groups come to by one source alone; undefined where it leaves anything open. */
const sumBySource = (contract: Contract, source: string | undefined, preference: Preference): Money | undefined => {
  const lots = contract.lots
    .map((lot) => ({
      ...lot,
      ceiling: ofSource(lot.ceiling, source),
      ceilingPerSupplier: ofSource(lot.ceilingPerSupplier, source),
    }))
    // What nobody won was never to be spent: without a figure it is no gap.
    .filter((lot) => (lot.ceiling ?? lot.ceilingPerSupplier) !== undefined || !cameToNothing(lot))
    // What is stated is compared, whatever became of the lot.
    .map((lot) => ({ ...lot, status: "awarded" as const }));
  const groups = contract.groups.map((group) => ({ ...group, ceiling: ofSource(group.ceiling, source) }));
  const alone = { ...contract, ceiling: undefined, lots, groups };
  const selected = lots.map((lot) => {
    const suppliers = suppliersOf(lot, preference);
    return { lot, suppliers, matching: suppliers };
  });
  const { usable } = assess({ contract: alone, written: alone, lots: selected }, preference);
  const [sum, ...others] = usable;
  const complete = sum?.bound === undefined || sum.bound === "between";
  return others.length === 0 && complete ? sum : undefined;
};

const partsText = ({ lots, groups }: Contract, sum: Money): string => {
  if (lots.length === 1 && groups.length === 0) return `its lot has ${formatMoney(sum)}`;
  const parts = groups.length === 0 ? [] : [plural(groups.length, "group")];
  return `its ${[plural(lots.length, "lot"), ...parts].join(" and ")} add up to ${formatMoney(sum)}`;
};

/** What was modified is compared exactly, and else as precisely as it is written (T4f). */
const verdictOn = (declared: Money, sum: Money, exactly: boolean): ReturnType<typeof compareMoney> => {
  const { bound, least = sum.minor } = sum;
  const within = bound === "between" && declared.minor >= least && declared.minor <= sum.minor;
  if (within || declared.minor === sum.minor) return "agrees";
  return exactly ? "contradicts" : compareMoney(declared, sum);
};

const compareTotal = (
  contract: Contract,
  source: string | undefined,
  declared: StatedAmount | undefined,
  sum: Money,
  exactly: boolean,
): Finding => {
  const says = `${contract.id}: ${source ?? "the register"}`;
  const parts = partsText(contract, sum);
  const position = contract.origin.locate(["ceiling"]);
  if (declared === undefined || declared === "withheld") {
    return findingOf("T4-untotalled", `${says} declares no total; ${parts}`, position);
  }
  const declares = `${says} declares a total of ${formatMoney(declared)}; ${parts}`;
  if (unitOf(declared) !== unitOf(sum)) {
    return findingOf("T7-ceilings", `${declares}: they cannot be compared`, position, unlikeHint(declared));
  }
  const verdict = verdictOn(declared, sum, exactly);
  if (verdict === "agrees") return findingOf("T4-agrees", `${declares}: they agree`, position);
  if (verdict !== "contradicts") return findingOf("T4-agrees", `${declares}: the same, ${verdict}`, position);
  const limit = sum.minor > declared.minor ? "the declared total" : "the lots' sum";
  return findingOf("T4-sum", `${declares}: ${limit} is the limit`, position);
};

const isModified = (contract: Contract, written: Contract): boolean =>
  contract.ceiling !== written.ceiling ||
  contract.lots.some((lot, index) => {
    const before = written.lots[index];
    return lot.ceiling !== before?.ceiling || lot.ceilingPerSupplier !== before?.ceilingPerSupplier;
  });

/** The declared total against what lots and groups come to, source by source (T4; BT-118 against the BT-709 of a notice). */
export const checkTotals: ContractRule = (written, preference) => {
  const contract = withModifications(written);
  const { ceiling } = contract;
  const exactly = isModified(contract, written);
  if (ceiling === undefined) return [];
  const declared = claimsBySource(ceiling);
  return sourcesOfCeilings(contract).flatMap((source) => {
    const sum = sumBySource(contract, source, preference);
    return sum === undefined ? [] : [compareTotal(contract, source, declared.get(source)?.value, sum, exactly)];
  });
};
