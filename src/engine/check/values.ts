import { type Claim, claimsBySource, type Fact, mapClaims, type Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { fold } from "../../model/fold.ts";
import { addUnder, madeUnder } from "../../model/lists.ts";
import {
  compareMoney,
  formatMoney,
  isKnown,
  isQuantity,
  type Money,
  minorDigits,
  multiplyMoney,
  type StatedAmount,
  type StatedAmounts,
  sumByUnit,
  unitOf,
} from "../../model/money.ts";
import { firstFew, plural } from "../../model/phrases.ts";
import type { Quantity } from "../../model/quantity.ts";
import type { RuleId } from "../../model/rule.ts";
import { wholeLots } from "../../query/selection.ts";
import { suppliersOf } from "../../query/subject.ts";
import { isCallOff } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";
import { TOTALS_LEFT_OUT } from "../../records/history.ts";
import { cameToNothing, type Lot } from "../../records/lot.ts";
import { measuresOf } from "../../records/order.ts";
import { differingAwards, differingText } from "../awarded.ts";
import { lotRef } from "../views.ts";
import { withModifications } from "./ceilings.ts";
import type { ContractRule } from "./contract-rule.ts";

interface Stated {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly ceiling?: Fact<StatedAmount> | undefined;
  readonly awarded?: Fact<StatedAmount | StatedAmounts> | undefined;
  readonly estimate?: Fact<StatedAmount> | undefined;
}

const timesSeats = (fact: Fact<StatedAmount> | undefined, seats: number): Fact<StatedAmount> | undefined =>
  fact && mapClaims(fact, (value) => (value === "withheld" ? value : multiplyMoney(value, seats)));

const statedByLot = (contract: Contract, lot: Lot, index: number, preference: Preference): Stated => ({
  name: `lot ${lotRef(contract, lot)}`,
  path: ["lots", index],
  ceiling: lot.ceiling ?? timesSeats(lot.ceilingPerSupplier, suppliersOf(lot, preference).length),
  awarded: lot.awarded,
  estimate: lot.estimate,
});

const moneysIn = (value: StatedAmount | StatedAmounts): readonly Money[] =>
  value === "withheld" ? [] : "minor" in value ? [value] : value;

/**
 * What contracts are certainly worth: the lower end of a range. Offers for the same volume may come to no more than the
 * largest of them (T10c).
 */
const certainlyIn = (money: Money): Money => {
  const { bound, least = money.minor, ...exact } = money;
  return bound === "between" ? { ...exact, minor: least } : money;
};

/** Finds contracts that are certainly worth more than their ceiling, where one source states both (T4). */
const checkAwarded = ({ name, path, ceiling, awarded }: Stated, contract: Contract): readonly Finding[] => {
  const limits = claimsBySource(awarded && ceiling);
  return (awarded ?? []).flatMap(({ value, by }) => {
    const limit = limits.get(by.source)?.value;
    if (limit === undefined || limit === "withheld") return [];
    const above = moneysIn(value).find((money) => {
      const certain = certainlyIn(money);
      if (money.bound === "atMost" || unitOf(money) !== unitOf(limit)) return false;
      return certain.minor > limit.minor && compareMoney(certain, limit) === "contradicts";
    });
    if (above === undefined) return [];
    const message = `${name}: contracts for ${formatMoney(above)} were awarded, above its ceiling of ${formatMoney(limit)}`;
    return [findingOf("T4-awarded", message, contract.origin.locate([...path, "awarded"]))];
  });
};

const FAR = 10n;

/** Finds a ceiling that is at least ten times its estimate, or at most a tenth of it: a digit may have slipped (T4). */
const checkEstimate = ({ name, path, ceiling, estimate }: Stated, contract: Contract): readonly Finding[] => {
  const ceilings = claimsBySource(estimate && ceiling);
  return (estimate ?? []).flatMap(({ value, by }) => {
    const stated = ceilings.get(by.source)?.value;
    if (value === "withheld" || stated === undefined || stated === "withheld") return [];
    if (unitOf(value) !== unitOf(stated) || value.minor === 0n || stated.minor === 0n) return [];
    if (stated.minor < value.minor * FAR && value.minor < stated.minor * FAR) return [];
    const message = `${name}: its ceiling is ${formatMoney(stated)}, its estimate ${formatMoney(value)}`;
    const hint = "one of them may have slipped by a digit, or have the wrong suffix";
    return [findingOf("T4-estimate", message, contract.origin.locate([...path, "estimate"]), hint)];
  });
};

/** Compares what was awarded, and estimates, with the ceilings of a contract and its lots, with all modifications. */
export const checkValues: ContractRule = (written, preference) => {
  const contract = withModifications(written);
  const { ceiling, awarded, estimate } = contract;
  const all: readonly Stated[] = [
    { name: `contract ${contract.id}`, path: [], ceiling, awarded, estimate },
    ...contract.lots.map((lot, index) => statedByLot(contract, lot, index, preference)),
  ];
  return all.flatMap((stated) => [...checkAwarded(stated, contract), ...checkEstimate(stated, contract)]);
};

/**
 * Compares the declared value of all awarded contracts with the sum of its parts (T10b; in notices BT-161 and BT-720).
 */
export const checkDeclaredAwards: ContractRule = (contract, preference) => {
  const differing = differingAwards({ contract, lots: wholeLots(contract.lots, preference) }, preference);
  if (differing === undefined) return [];
  const hint = differing.isApart ? "the parts count" : "totals give the range between the two";
  return [findingOf("T10-declared", differingText(differing), contract.origin.locate(["awarded"]), hint)];
};

const reestimatesBySource = ({ lots }: Contract): ReadonlyMap<string | undefined, readonly Claim<StatedAmount>[]> => {
  const stated = new Map<string | undefined, Claim<StatedAmount>[]>();
  for (const { reestimate = [] } of lots) {
    for (const claim of reestimate) addUnder(stated, claim.by.source, claim);
  }
  return stated;
};

/**
 * Compares the re-estimated value of all framework agreements with that of the lots (E5): |BT-1118 − ΣBT-660| ≤ 1.00 ×
 * n, where n is the number of lots that state one.
 */
export const checkReestimates: ContractRule = (contract) => {
  const stated = contract.reestimate === undefined ? undefined : reestimatesBySource(contract);
  return (contract.reestimate ?? []).flatMap(({ value, by }) => {
    const parts = stated?.get(by.source) ?? [];
    const known = parts.flatMap((claim) => (claim.value === "withheld" ? [] : [claim.value]));
    const [sum, ...others] = sumByUnit(known);
    if (value === "withheld" || sum === undefined || others.length > 0 || known.length < parts.length) return [];
    const tolerance = BigInt(known.length) * 10n ** BigInt(minorDigits(value.currency));
    const difference = value.minor - sum.minor;
    const close = difference <= tolerance && -difference <= tolerance;
    if (unitOf(value) !== unitOf(sum) || close) return [];
    const message = `${contract.id}: ${formatMoney(value)} re-estimated for all; its ${known.length === 1 ? "lot has" : `${known.length} lots add up to`} ${formatMoney(sum)}`;
    return [findingOf("E5-reestimate", message, contract.origin.locate(["reestimate"]))];
  });
};

/**
 * Compares the declared origins of suppliers with the suppliers that hold lots: each counts once, a grouping as one
 * (T2).
 */
export const checkSupplierCount: ContractRule = (contract, preference) => {
  const origins = preference.value(contract.supplierOrigins);
  if (origins === undefined) return [];
  const declared = origins.reduce((sum, { count }) => sum + count, 0);
  const held = new Set(contract.lots.flatMap((lot) => suppliersOf(lot, preference))).size;
  const parts = origins.map(({ count, unit }) => `${count} ${unit}`).join(" + ");
  const compared = `${contract.id}: ${parts} = ${plural(declared, "supplier")} declared; its lots are held by ${held}`;
  const position = contract.origin.locate(["supplierOrigins"]);
  return declared === held
    ? [findingOf("T2-agrees", `${compared}: they agree`, position)]
    : [findingOf("T2-count", `${compared}: they differ`, position)];
};

/** For each source: for how many lots it states the number of offers, and their sum. */
const offersBySource = (lots: readonly { readonly offers?: Fact<Quantity> | undefined }[]) => {
  const stated = new Map<string | undefined, { lots: number; sum: number }>();
  for (const { offers } of lots) {
    for (const [source, { value }] of claimsBySource(offers)) {
      const { lots: before, sum } = stated.get(source) ?? { lots: 0, sum: 0 };
      stated.set(source, { lots: before + 1, sum: sum + value.count });
    }
  }
  return stated;
};

/** Compares the declared number of offers with the lots' sum, where one source states all of them. */
export const checkOffers: ContractRule = (contract) => {
  const stated = contract.offers === undefined ? undefined : offersBySource(contract.lots);
  return (contract.offers ?? []).flatMap(({ value, by }) => {
    const { lots, sum } = stated?.get(by.source) ?? { lots: 0, sum: 0 };
    if (lots < contract.lots.length || value.approximate || sum === value.count) return [];
    const message = `${contract.id}: ${value.count} offers declared; its lots add up to ${sum}`;
    return [findingOf("T4-offers", message, contract.origin.locate(["offers"]))];
  });
};

interface StatedQuantity {
  readonly quantity: Money;
  readonly path: readonly (string | number)[];
}

const claimed = (fact: Fact<StatedAmount> | undefined, path: StatedQuantity["path"]): readonly StatedQuantity[] =>
  (fact ?? []).flatMap(({ value }) => (isKnown(value) ? [{ quantity: value, path }] : []));

const quantitiesIn = ({ quantity, lots, groups, modifications, orders = [] }: Contract): readonly StatedQuantity[] => [
  ...claimed(quantity, ["quantity"]),
  ...groups.flatMap((group, index) => claimed(group.quantity, ["groups", index, "quantity"])),
  ...lots.flatMap((lot, index) => [
    ...claimed(lot.quantity, ["lots", index, "quantity"]),
    ...claimed(lot.quantityPerSupplier, ["lots", index, "quantityPerSupplier"]),
  ]),
  ...modifications.flatMap((one, index) =>
    one.quantity === undefined ? [] : [{ quantity: one.quantity, path: ["modifications", index, "quantity"] }],
  ),
  ...orders.flatMap((order, index) =>
    measuresOf(order)
      .filter(isQuantity)
      .map((counted) => ({ quantity: counted, path: ["orders", index, "quantity"] })),
  ),
];

const ENDING = /(?<=[^\s]{3})(\(\w+\)|s|es|n|en|e|x)(?= |$)/g;

const stemOf = (unit: string): string => fold(unit).replace(ENDING, "");

const nameOf = ({ called, currency }: Money): string => called ?? currency;

/**
 * Finds units of a contract that differ by a plural or an accent. Nobody says they are one: they are never added (L4).
 */
export const checkUnits: ContractRule = (contract) => {
  const stems = new Map<string, Map<string, Money>>();
  return quantitiesIn(contract).flatMap(({ quantity, path }): readonly Finding[] => {
    const stem = stemOf(quantity.currency);
    const alike = madeUnder(stems, stem, () => new Map<string, Money>());
    if (alike.has(quantity.currency)) return [];
    const [[, first] = []] = alike;
    alike.set(quantity.currency, quantity);
    if (first === undefined) return [];
    const message = `${contract.id}: "${nameOf(quantity)}" and "${nameOf(first)}" are two units, which are never added up`;
    return [findingOf("L4-units", message, contract.origin.locate(path), "if they are one, write both alike")];
  });
};

/** Finds groups that leave open whether their ceiling is one for all their lots or one for each (T9). */
export const checkUncertainGroups: ContractRule = (contract) =>
  contract.groups.flatMap((group, index) => {
    if (group.certain) return [];
    const message = `group ${lotRef(contract, group)}: its lots may have one ceiling together or one each`;
    const position = contract.origin.locate(["groups", index, "certain"]);
    return [findingOf("T9-uncertain", message, position, "totals are a range until that is known")];
  });

/** Notes of these rules tell what is wrong with the data, and become findings of these rules. */
const GRAVE: readonly RuleId[] = ["T10-reference"];

/** Tells the assumptions behind a contract's figures: about what a notice leaves open, or as its register says. */
export const checkAssumptions: ContractRule = ({ id, notes, origin }) =>
  notes.map(({ rule, text }, index) => {
    const place = origin.locate(["notes", index]);
    const grave = GRAVE.find((one) => one === rule);
    return grave === undefined
      ? findingOf("N3-assumed", `${id}: assumed by ${rule}: ${text}`, place)
      : findingOf(grave, `${id}: ${text}`, place);
  });

const HINT =
  "state a ceiling or a quantity, for the whole or for each lot: an agreement has to state its maximum (CJEU C-23/20, Simonsen & Weel)";

const MOST_NAMED = 6;

/** Whether a ceiling or a quantity is stated. One that is withheld is stated all the same. */
const isLimited = ({ ceiling, quantity }: Pick<Lot, "ceiling" | "quantity">): boolean =>
  (ceiling ?? quantity) !== undefined;

/** The lots that can be ordered from and have no ceiling or quantity, neither of their own nor from a group. */
const unlimitedLots = ({ lots, groups }: Contract): readonly Lot[] => {
  const grouped = new Set(groups.filter(isLimited).flatMap((group) => group.lots));
  return lots.filter(
    (lot) =>
      !cameToNothing(lot) &&
      !grouped.has(lot.id) &&
      !isLimited(lot) &&
      (lot.ceilingPerSupplier ?? lot.quantityPerSupplier) === undefined,
  );
};

/**
 * Finds framework agreements without a stated maximum of what may be spent or ordered (L1). Not call-offs, which use up
 * the maximum of their framework, nor frameworks under the Procurement Act 2023, which have an estimate.
 */
export const checkStatedMaximum: ContractRule = (contract) => {
  const { id, framework, regime, lots, origin } = contract;
  if (!framework || isCallOff(contract) || regime === "uk-2023" || isLimited(contract)) return [];
  if (contract.notes.some(({ text }) => text.startsWith(TOTALS_LEFT_OUT) && text.includes("ceiling"))) return [];
  const unlimited = unlimitedLots(contract);
  const [first] = unlimited;
  if (lots.length > 0 && first === undefined) return [];
  const isWhole = unlimited.length === lots.length;
  const named = firstFew(
    unlimited.map((lot) => lot.id),
    MOST_NAMED,
  );
  const of = isWhole ? "" : ` for ${unlimited.length} of its ${lots.length} lots (${named})`;
  const path = isWhole || first === undefined ? ["contract"] : ["lots", lots.indexOf(first)];
  const message = `${id}: no field states the maximum of this framework agreement${of}`;
  return [findingOf("L1-maximum", message, origin.locate(path), HINT)];
};
