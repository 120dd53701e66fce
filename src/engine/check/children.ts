import { addUnder } from "../../model/add-under.ts";
import type { StatedAmount } from "../../model/amount.ts";
import { type Claim, claimsBySource, type Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { compareMoney, formatMoney, isQuantity, type Money, multiplyMoney, unitOf } from "../../model/money.ts";
import { suppliersOf } from "../../query/subject.ts";
import type { Contract } from "../../records/contract.ts";
import type { LotGroup } from "../../records/group.ts";
import type { Lot } from "../../records/lot.ts";
import { lotRef, plural } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";
import { withModifications } from "./with-modifications.ts";

/** A lot, a group or the contract: a part of something larger, or a whole. */
interface Part {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly lots: readonly string[];
  readonly ceiling: readonly Claim<StatedAmount>[];
  /** Its ceiling by each source; of a lot none, for nothing lies in it. */
  readonly limits: ReadonlyMap<string | undefined, Claim<StatedAmount>>;
  /** How many suppliers have such a ceiling each; undefined where they share it. */
  readonly times: number | undefined;
  /** Whether its ceiling was modified: then it is compared exactly, and else as precisely as it is written (T4f). */
  readonly modified: boolean;
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

const wholeOf = (contract: Contract, written: Contract): Part => ({
  name: "its contract",
  path: ["ceiling"],
  lots: contract.lots.map(({ id }) => id),
  ceiling: contract.ceiling ?? [],
  limits: claimsBySource(contract.ceiling),
  times: undefined,
  modified: contract.ceiling !== written.ceiling,
});

const amountsIn = (part: Money, times: number | undefined): readonly [reach: Money, text: string] => {
  if (times === undefined) return [part, `its ceiling ${formatMoney(part)} is`];
  const reach = multiplyMoney(part, times);
  return [reach, `its ${times} suppliers with ${formatMoney(part)} each reach ${formatMoney(reach)},`];
};

/** A part above a whole, as one source states both, beyond what their written precision leaves open. */
const compareParts = (part: Part, whole: Part, contract: Contract): readonly Finding[] =>
  part.ceiling.flatMap(({ value, by }) => {
    const limit = whole.limits.get(by.source)?.value;
    // What each supplier may reach adds up to nothing known where there are none.
    if (value === "withheld" || limit === undefined || limit === "withheld" || part.times === 0) return [];
    const [reach, text] = amountsIn(value, part.times);
    if (unitOf(reach) !== unitOf(limit) || reach.minor <= limit.minor) return [];
    const exactly = part.modified || whole.modified;
    if (!exactly && compareMoney(reach, limit) !== "contradicts") return [];
    const message = `${part.name}: ${text} above ${whole.name}'s ${formatMoney(limit)}`;
    const position = contract.origin.locate(part.path);
    return [findingOf("T4-child", message, position, "a part cannot be larger than the whole")];
  });

/** With so many groups around it a part is compared, the smallest; what is wrong with more tells nothing new. */
const MOST_AROUND = 20;
/** So many of the groups that have a lot in common with a part are looked at to find them. */
const MOST_LOOKED_AT = 1_000;

interface Around {
  readonly groups: readonly Part[];
  /** Whether there may be more that nobody has looked at. */
  readonly more: boolean;
}

/** Finds the groups in which all lots of a part lie: they are among those that have the lot that the fewest have. */
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
const unlikeBySource = (whole: Part, lots: readonly Part[]) => {
  const unlike = new Map<Money, { readonly lot: Part; readonly value: Money }[]>();
  for (const lot of lots) {
    for (const [source, { value }] of claimsBySource(lot.ceiling)) {
      const limit = whole.limits.get(source)?.value;
      if (limit === undefined || limit === "withheld" || value === "withheld") continue;
      if (unitOf(value) === unitOf(limit)) continue;
      const found = unlike.get(limit) ?? [];
      unlike.set(limit, found);
      found.push({ lot, value });
    }
  }
  return [...unlike];
};

/** What to do about figures that stand beside each other. */
export const unlikeHint = (limit: Money): string =>
  isQuantity(limit)
    ? "state both in one unit, if they are one; else nothing limits them together"
    : "state both in one currency, and with or without the tax";

/** Lots in other units than a ceiling over them and others, as one source states both: they stand beside it (T4a). */
const checkUnits = (whole: Part, lots: readonly Part[], contract: Contract): readonly Finding[] =>
  unlikeBySource(whole, lots).flatMap(([limit, unlike]) => {
    const [first] = unlike;
    // Where all lots are in other units, the totals are held against each other.
    if (first === undefined || unlike.length === lots.length) return [];
    const others = unlike.length === 1 ? "" : `, as ${plural(unlike.length - 1, "other lot")}`;
    const stands = `${first.lot.name}: its ceiling ${formatMoney(first.value)} stands beside`;
    const message = `${stands} ${whole.name}'s ${formatMoney(limit)}${others}: amounts of different kinds are never compared`;
    const hint = unlikeHint(limit);
    return [findingOf("T7-ceilings", message, contract.origin.locate(first.lot.path), hint)];
  });

/**
 * Lots above their groups and contract, groups above larger groups and the contract (T4), with all modifications. Of two
 * groups of the same lots the first counts as the larger.
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
