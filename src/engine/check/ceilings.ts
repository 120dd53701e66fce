import { type Claim, claimOf, claimsBySource, type Fact, type Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { addUnder } from "../../model/lists.ts";
import {
  compareMoney,
  formatMoney,
  isQuantity,
  type Money,
  multiplyMoney,
  type StatedAmount,
  unitOf,
} from "../../model/money.ts";
import { plural } from "../../model/phrases.ts";
import { wholeLots } from "../../query/selection.ts";
import { suppliersOf } from "../../query/subject.ts";
import { contractAfterAll } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { LotGroup } from "../../records/group.ts";
import { cameToNothing, type Lot } from "../../records/lot.ts";
import { assess } from "../ceilings.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

interface Whole {
  readonly name: string;
  /** Its ceiling by each source. Empty for a lot, in which nothing lies. */
  readonly limits: ReadonlyMap<string | undefined, Claim<StatedAmount>>;
  /**
   * Whether its ceiling was modified: then it is compared exactly, and otherwise as precisely as it is written (T4f).
   */
  readonly modified: boolean;
}

interface Part extends Whole {
  readonly path: readonly (string | number)[];
  readonly lots: readonly string[];
  readonly ceiling: readonly Claim<StatedAmount>[];
  readonly times: number | undefined;
}

const partOfLot = (contract: Contract, written: Contract, lot: Lot, index: number, preference: Preference): Part => {
  const field = lot.ceilingPerSupplier === undefined ? "ceiling" : "ceilingPerSupplier";
  return {
    name: `lot ${lotRef(contract, lot)}`,
    path: ["lots", index, field],
    lots: [lot.id],
    ceiling: lot[field] ?? [],
    limits: new Map(),
    times: field === "ceiling" ? undefined : suppliersOf(lot, preference).length,
    modified: lot[field] !== written.lots[index]?.[field],
  };
};

const partOfGroup = (contract: Contract, group: LotGroup, index: number): Part => ({
  name: `group ${lotRef(contract, group)}`,
  path: ["groups", index, "ceiling"],
  lots: group.lots,
  ceiling: group.ceiling ?? [],
  limits: claimsBySource(group.ceiling),
  times: undefined,
  modified: false,
});

const wholeOf = (contract: Contract, written: Contract): Whole => ({
  name: "its contract",
  limits: claimsBySource(contract.ceiling),
  modified: contract.ceiling !== written.ceiling,
});

const amountsIn = (part: Money, times: number | undefined): readonly [reach: Money, text: string] => {
  if (times === undefined) return [part, `its ceiling ${formatMoney(part)} is`];
  const reach = multiplyMoney(part, times);
  return [reach, `its ${times} suppliers with ${formatMoney(part)} each reach ${formatMoney(reach)},`];
};

/** Finds a part above its whole where one source states both, by more than their written precision leaves open. */
const compareParts = (part: Part, whole: Whole, contract: Contract): readonly Finding[] =>
  part.ceiling.flatMap(({ value, by }) => {
    const limit = whole.limits.get(by.source)?.value;
    // A ceiling for each supplier says nothing of the lot where there are no suppliers.
    if (value === "withheld" || limit === undefined || limit === "withheld" || part.times === 0) return [];
    const [reach, text] = amountsIn(value, part.times);
    if (unitOf(reach) !== unitOf(limit) || reach.minor <= limit.minor) return [];
    const exactly = part.modified || whole.modified;
    if (!exactly && compareMoney(reach, limit) !== "contradicts") return [];
    const message = `${part.name}: ${text} above ${whole.name}'s ${formatMoney(limit)}`;
    const position = contract.origin.locate(part.path);
    return [findingOf("T4-child", message, position, "a part cannot be larger than the whole")];
  });

/** How many groups around a part, the smallest ones, are compared with it. More would tell nothing new. */
const MOST_AROUND = 20;
/** How many of the groups that share a lot with a part are looked at to find those around it. */
const MOST_LOOKED_AT = 1_000;

interface Around {
  readonly groups: readonly Part[];
  readonly more: boolean;
}

/**
 * Finds the groups that contain all lots of a part, among the groups of that lot of it which the fewest groups have.
 */
const groupsAround = (groups: readonly Part[]): ((part: Part) => Around) => {
  const byLot = new Map<string, Part[]>();
  const members = new Map(groups.map((group) => [group, new Set(group.lots)]));
  const places = new Map(groups.map((group, index) => [group, index]));
  for (const group of [...groups].sort((a, b) => a.lots.length - b.lots.length)) {
    for (const lot of group.lots) {
      addUnder(byLot, lot, group);
    }
  }
  const holds = (group: Part, part: Part): boolean =>
    group !== part && part.lots.every((lot) => members.get(group)?.has(lot));
  return (part) => {
    const candidates = fewest(part.lots.map((lot) => byLot.get(lot) ?? []));
    const found: Part[] = [];
    for (const group of candidates.slice(0, MOST_LOOKED_AT)) {
      if (holds(group, part)) found.push(group);
      if (found.length === MOST_AROUND) break;
    }
    found.sort((a, b) => Number(places.get(a)) - Number(places.get(b)));
    return { groups: found, more: found.length < MOST_AROUND && candidates.length > MOST_LOOKED_AT };
  };
};

const fewest = (lists: readonly (readonly Part[])[]): readonly Part[] =>
  lists.reduce((least, list) => (list.length < least.length ? list : least), lists[0] ?? []);

const notAll = (part: Part, contract: Contract): Finding =>
  findingOf(
    "T4-child",
    `${part.name}: more than ${MOST_LOOKED_AT} groups have its lots: only the smallest were compared with it`,
    contract.origin.locate(part.path),
    "state each group once",
  );

/** Each ceiling of a whole, with the lots whose ceiling by the same source is in another unit. */
const unlikeBySource = (whole: Whole, lots: readonly Part[]) => {
  const unlike = new Map<Money, { readonly lot: Part; readonly value: Money }[]>();
  for (const lot of lots) {
    for (const [source, { value }] of claimsBySource(lot.ceiling)) {
      const limit = whole.limits.get(source)?.value;
      if (limit === undefined || limit === "withheld" || value === "withheld") continue;
      if (unitOf(value) === unitOf(limit)) continue;
      addUnder(unlike, limit, { lot, value });
    }
  }
  return [...unlike];
};

/** What to do about figures in different units. */
const unlikeHint = (limit: Money): string =>
  isQuantity(limit)
    ? "state both in one unit, if they are one; else nothing limits them together"
    : "state both in one currency, and with or without the tax";

/**
 * Finds lots in other units than a ceiling over them and other lots, where one source states both: they stand beside
 * that ceiling (T4a).
 */
const checkUnits = (whole: Whole, lots: readonly Part[], contract: Contract): readonly Finding[] =>
  unlikeBySource(whole, lots).flatMap(([limit, unlike]) => {
    const [first] = unlike;
    // Where all lots are in other units, `checkTotals` compares the totals.
    if (first === undefined || unlike.length === lots.length) return [];
    const others = unlike.length === 1 ? "" : `, as ${plural(unlike.length - 1, "other lot")}`;
    const stands = `${first.lot.name}: its ceiling ${formatMoney(first.value)} stands beside`;
    const message = `${stands} ${whole.name}'s ${formatMoney(limit)}${others}: amounts of different kinds are never compared`;
    const hint = unlikeHint(limit);
    return [findingOf("T7-ceilings", message, contract.origin.locate(first.lot.path), hint)];
  });

/**
 * Finds lots above their groups or contract, and groups above other groups with all their lots or the contract (T4),
 * with all modifications. Two groups of the same lots are compared both ways.
 */
export const checkChildren: ContractRule = (written, preference) => {
  const contract = withModifications(written);
  const groups = contract.groups.map((group, index) => partOfGroup(contract, group, index));
  const lots = contract.lots.map((lot, index) => partOfLot(contract, written, lot, index, preference));
  const parts = [...lots, ...groups];
  const whole = wholeOf(contract, written);
  const around = groupsAround(groups);
  const byId = new Map(lots.map((lot, index) => [contract.lots[index]?.id, lot]));
  return [
    ...parts.flatMap((part) => {
      const { groups: wholes, more } = around(part);
      const above = [...wholes, whole].flatMap((one) => compareParts(part, one, contract));
      return more ? [...above, notAll(part, contract)] : above;
    }),
    ...groups.flatMap((group) =>
      checkUnits(
        group,
        group.lots.flatMap((id) => byId.get(id) ?? []),
        contract,
      ),
    ),
    ...checkUnits(whole, lots, contract),
  ];
};

const ofSource = <T>(fact: Fact<T> | undefined, source: string | undefined): Fact<T> | undefined => {
  const claim = fact && claimOf(fact, source);
  return claim && [claim];
};

/**
 * The sources that may state the ceilings of all lots, each lot's own or that of a group in which it may lie. The
 * others certainly leave something open, and this is known without a look at every lot for every source.
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

/** What the lots and groups come to by one source alone. Undefined where the source leaves anything open. */
const sumBySource = (contract: Contract, source: string | undefined, preference: Preference): Money | undefined => {
  const lots = contract.lots
    .map((lot) => ({
      ...lot,
      ceiling: ofSource(lot.ceiling, source),
      ceilingPerSupplier: ofSource(lot.ceilingPerSupplier, source),
    }))
    // Nothing is spent on lots that nobody won: they leave no gap where they have no figure.
    .filter((lot) => (lot.ceiling ?? lot.ceilingPerSupplier) !== undefined || !cameToNothing(lot))
    // Stated ceilings are compared, whatever became of the lot.
    .map((lot) => ({ ...lot, status: "awarded" as const }));
  const groups = contract.groups.map((group) => ({ ...group, ceiling: ofSource(group.ceiling, source) }));
  const alone = { ...contract, ceiling: undefined, lots, groups };
  const selected = wholeLots(lots, preference);
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

/** What was modified is compared exactly, and everything else as precisely as it is written (T4f). */
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

/**
 * Compares the declared total with what lots and groups come to, source by source (T4; in notices BT-118 and BT-709).
 */
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

/** A contract with the ceilings that all its modifications leave. Its seats stay as they were awarded. */
export const withModifications = (written: Contract): Contract => {
  if (written.modifications.length === 0) return written;
  const { ceiling, quantity, lots } = contractAfterAll(written);
  return {
    ...written,
    ceiling,
    quantity,
    lots: written.lots.map((lot, index) => ({
      ...lot,
      ceiling: lots[index]?.ceiling,
      ceilingPerSupplier: lots[index]?.ceilingPerSupplier,
      quantity: lots[index]?.quantity,
      quantityPerSupplier: lots[index]?.quantityPerSupplier,
    })),
  };
};
