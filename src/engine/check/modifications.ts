import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { formatMoney, type Money, toMinorPrecision, unitOf } from "../../model/money.ts";
import { formatPercent } from "../../model/ratio.ts";
import type { Modified } from "../../records/as-of.ts";
import type { Contract, Regime } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { Modification, ModificationGround } from "../../records/modification.ts";
import { type CeilingChange, type ChangedCeiling, ceilingChanges } from "../ceiling-changes.ts";
import type { ContractRule } from "./contract-rule.ts";

/** A numeric threshold of a regime: how much modifications on some grounds may add. */
interface ModificationLimit {
  readonly grounds: readonly ModificationGround[];
  readonly percent: number;
  readonly percentOfWorks: number;
  /** Whether all modifications on these grounds are added up. Otherwise each counts by itself. */
  readonly together: boolean;
  /** Whether the threshold itself is too much: de minimis means below it. */
  readonly below: boolean;
  readonly article: string;
}

const deMinimis = (percentOfWorks: number, article: string): ModificationLimit => ({
  grounds: ["de minimis"],
  percent: 10,
  percentOfWorks,
  together: true,
  below: true,
  article,
});

const half = (ground: ModificationGround, together: boolean, article: string): ModificationLimit => ({
  grounds: [ground],
  percent: 50,
  percentOfWorks: 50,
  together,
  below: false,
  article,
});

const FINANCIAL_REGULATION =
  "Regulation (EU, Euratom) 2024/2509 on modifications of contracts, as in art. 172(3) of its predecessor 2018/1046";

/**
 * The numeric thresholds for modifications by regime (L2). They are numbers only: each article has further conditions,
 * and de minimis modifications must also stay below the thresholds of publication. Review clauses, changes of the
 * contractor and changes that are not substantial have no number.
 */
const MODIFICATION_LIMITS: Readonly<Record<Regime, readonly ModificationLimit[]>> = {
  classic: [
    half("additional works", false, "Directive 2014/24/EU art. 72(1)(b)"),
    half("unforeseen circumstances", false, "Directive 2014/24/EU art. 72(1)(c)"),
    deMinimis(15, "Directive 2014/24/EU art. 72(2)"),
  ],
  // Art. 89 has the grounds of Directive 2014/24/EU art. 72, without their limit of 50 %.
  utilities: [deMinimis(15, "Directive 2014/25/EU art. 89(2)")],
  concession: [
    half("additional works", false, "Directive 2014/23/EU art. 43(1)(b), for activities outside of its Annex II"),
    half(
      "unforeseen circumstances",
      false,
      "Directive 2014/23/EU art. 43(1)(c), for activities outside of its Annex II",
    ),
    deMinimis(10, "Directive 2014/23/EU art. 43(2)"),
  ],
  // This directive has no article on modifications. Additional works and services have one limit for all together.
  defence: [half("additional works", true, "Directive 2009/81/EC art. 28(4)(a)")],
  "financial regulation": [
    half("additional works", true, FINANCIAL_REGULATION),
    half("unforeseen circumstances", true, FINANCIAL_REGULATION),
    deMinimis(15, FINANCIAL_REGULATION),
  ],
  "uk-2023": [
    half("additional works", false, "Procurement Act 2023, Schedule 8, but for utilities"),
    half("unforeseen circumstances", false, "Procurement Act 2023, Schedule 8, but for utilities"),
    { ...deMinimis(15, "Procurement Act 2023 s. 74(4)"), below: false },
  ],
};

interface Ceiling {
  readonly place: (modification: Modification) => Position | undefined;
  readonly name: string;
  readonly what: "ceiling" | "value";
  readonly initial: Money;
  /** Undefined where no CPV code tells. */
  readonly works: boolean | undefined;
}

interface Step {
  readonly modification: Modification;
  readonly amount: bigint;
}

/** The fields of a modification that say how much it changes. */
type Amounts = Modified | "value";

const placesIn = ({ modifications, origin }: Contract): ((field: Amounts) => Ceiling["place"]) => {
  const places = new Map(modifications.map((modification, index) => [modification, index]));
  return (field) => (modification) => {
    const index = places.get(modification);
    return index === undefined ? undefined : origin.locate(["modifications", index, field]);
  };
};

const DIVISION_OF_WORKS = "45";

/** Whether a lot, or its contract, is about works by its main CPV code. */
const isAboutWorks = (contract: Contract, lot: Lot | undefined, preference: Preference): boolean | undefined => {
  const [main] = preference.value(lot?.cpv) ?? preference.value(contract.cpv) ?? [];
  return main?.startsWith(DIVISION_OF_WORKS);
};

const stepsOf = (
  changes: readonly CeilingChange[],
  amountOf: (change: CeilingChange) => Money | undefined,
): readonly Step[] =>
  changes.flatMap((change) => {
    const amount = amountOf(change);
    return amount === undefined || change.percent === undefined
      ? []
      : [{ modification: change.modification, amount: amount.minor }];
  });

const nameOf = ({ id }: Contract, { lot, settled }: ChangedCeiling): string =>
  `${lot === undefined ? id : `${id}/${lot}`}${settled === undefined ? "" : ` contract ${settled}`}`;

/** The modifications that exceed a limit, or reach one to stay below. One without a ground counts as de minimis. */
const stepsBeyond = (
  { grounds, together, below }: ModificationLimit,
  percent: number,
  { initial }: Ceiling,
  steps: readonly Step[],
): readonly Step[] => {
  let sum = 0n;
  const counting = steps.filter(({ modification: { ground = "de minimis" } }) => grounds.includes(ground));
  return counting.flatMap(({ modification, amount }) => {
    sum = together ? sum + amount : amount;
    // To make a contract much smaller is no de minimis change, either.
    const size = below && sum < 0n ? -sum : sum;
    const [part, most] = [size * 100n, initial.minor * BigInt(percent)];
    return part > most || (below && part === most) ? [{ modification, amount: sum }] : [];
  });
};

const checkLimit = (limit: ModificationLimit, ceiling: Ceiling, steps: readonly Step[]): readonly Finding[] => {
  const { place, name, what, initial, works } = ceiling;
  const percent = works === true ? limit.percentOfWorks : limit.percent;
  const maybeWorks = works === undefined && limit.percentOfWorks > percent;
  const hint = `${limit.article}. This is a number only: the article has other conditions${maybeWorks ? `; for works, which a CPV code would tell, it is ${limit.percentOfWorks} %` : ""}`;
  return stepsBeyond(limit, percent, ceiling, steps).map(({ modification, amount }) => {
    const share = formatPercent({ numerator: amount * 100n, denominator: initial.minor });
    const { id, ground = "no ground stated" } = modification;
    const sum = formatMoney(toMinorPrecision({ ...initial, minor: amount }));
    const adds = limit.together ? `with ${id} (${ground}) modifications add up to` : `${id} (${ground}) adds`;
    const whole = what === "ceiling" ? "the initial" : "what its contracts were worth,";
    const threshold = limit.below ? `to stay below ${percent} %` : `up to ${percent} %`;
    const message = `${name}: ${adds} ${sum}, ${share} % of ${whole} ${formatMoney(initial)}; the threshold is ${threshold}`;
    return findingOf("L2-threshold", message, place(modification), hint);
  });
};

/** Finds modifications of a ceiling that nobody states: they change nothing. */
const checkIdle = (
  place: Ceiling["place"],
  name: string,
  { measure, lot, changes }: ChangedCeiling,
): readonly Finding[] =>
  changes.flatMap(({ modification, amount }) => {
    if (amount === undefined) return [];
    const ceiling = measure === "amount" ? "ceiling" : "quantity";
    const what = lot === undefined ? `the contract's own ${ceiling}` : `the ${ceiling} of its lot`;
    const message = `${name}: modification "${modification.id}" changes ${what}, and none is stated`;
    return [findingOf("L2-idle", message, place(modification), `state the ${ceiling}, or name another lot`)];
  });

const REGIME_HINT =
  "state the contract's regime: classic, utilities, defence, concession, financial regulation or uk-2023";

interface Changing {
  readonly what: Ceiling["what"];
  readonly initial: Money;
  readonly steps: readonly Step[];
  readonly place: Ceiling["place"];
}

const checkChanging = (
  contract: Contract,
  changed: ChangedCeiling,
  preference: Preference,
  { what, initial, steps, place }: Changing,
): readonly Finding[] => {
  const { regime } = contract;
  const name = nameOf(contract, changed);
  const [first] = steps;
  if (first === undefined) return [];
  if (regime === undefined) {
    const message = `${name}: its ${what} is modified, and nothing says by which rules that is judged`;
    return [findingOf("L2-regime", message, place(first.modification), REGIME_HINT)];
  }
  const ceiling = { place, name, what, initial, works: isAboutWorks(contract, changed.of, preference) };
  return MODIFICATION_LIMITS[regime].flatMap((limit) => checkLimit(limit, ceiling, steps));
};

/**
 * By how much a modification lets the value of the contracts grow. Undefined where that would exceed the stated total:
 * some notices state the value after the modification in place of the growth.
 */
const addedValue = ({ amount, modification }: CeilingChange, awarded: Money | undefined): Money | undefined => {
  const { value, total } = modification;
  if (amount !== undefined || value === undefined || awarded === undefined) return undefined;
  const isBeyond = total !== undefined && unitOf(total) === unitOf(value) && awarded.minor + value.minor > total.minor;
  return isBeyond ? undefined : value;
};

/** The steps by which a ceiling changed, and those of the value of its contracts, where it is known what was before. */
const changingIn = (
  { initial, awarded, changes, measure }: ChangedCeiling,
  placeIn: (field: Amounts) => Ceiling["place"],
): readonly Changing[] => {
  const ofCeiling = stepsOf(changes, ({ amount }) => amount);
  const ofValue = stepsOf(changes, (change) => addedValue(change, awarded));
  const isKnown = typeof initial === "object";
  return [
    ...(isKnown ? [{ what: "ceiling", initial, steps: ofCeiling, place: placeIn(measure) } as const] : []),
    ...(awarded === undefined
      ? []
      : [{ what: "value", initial: awarded, steps: ofValue, place: placeIn("value") } as const]),
  ];
};

/** Compares modifications with the numeric thresholds of the contract's regime (L2): facts, not verdicts. */
export const checkModifications: ContractRule = (contract, preference) => {
  const placeIn = placesIn(contract);
  return ceilingChanges(contract, preference).flatMap((changed) => [
    ...(changed.initial === undefined ? checkIdle(placeIn(changed.measure), nameOf(contract, changed), changed) : []),
    ...changingIn(changed, placeIn).flatMap((changing) => checkChanging(contract, changed, preference, changing)),
  ]);
};
