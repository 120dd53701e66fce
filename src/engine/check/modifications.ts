import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { MODIFICATION_LIMITS, type ModificationLimit } from "../../model/modification-limits.ts";
import { formatMoney, type Money, toMinorPrecision } from "../../model/money.ts";
import { formatPercent } from "../../model/ratio.ts";
import type { Modified } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { Modification } from "../../records/modification.ts";
import { type ChangedCeiling, ceilingChanges } from "../ceiling-changes.ts";
import type { ContractRule } from "./contract-rule.ts";

/** What modifications of one ceiling are held against. */
interface Ceiling {
  readonly place: (modification: Modification) => Position | undefined;
  /** The contract or lot, for messages. */
  readonly name: string;
  readonly initial: Money;
  /** Undefined where no CPV code tells. */
  readonly works: boolean | undefined;
}

/** A modification, and what it adds, alone or with those before it, in minor units. */
interface Step {
  readonly modification: Modification;
  readonly amount: bigint;
}

/** Where the amounts of a contract's modifications stand. */
const placesIn = ({ modifications, origin }: Contract): ((measure: Modified) => Ceiling["place"]) => {
  const places = new Map(modifications.map((modification, index) => [modification, index]));
  return (measure) => (modification) => {
    const index = places.get(modification);
    return index === undefined ? undefined : origin.locate(["modifications", index, measure]);
  };
};

const DIVISION_OF_WORKS = "45";

/** Whether a lot, or its contract, is about works by its main CPV code. */
const isAboutWorks = (contract: Contract, lot: Lot | undefined, preference: Preference): boolean | undefined => {
  const [main] = preference.value(lot?.cpv) ?? preference.value(contract.cpv) ?? [];
  return main?.startsWith(DIVISION_OF_WORKS);
};

const stepsOf = ({ changes }: ChangedCeiling): readonly Step[] =>
  changes.flatMap(({ modification, amount, percent }) =>
    amount === undefined || percent === undefined ? [] : [{ modification, amount: amount.minor }],
  );

/** The modifications that reach a limit. One without a ground counts with those that are said to be small. */
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
    // Making a contract much smaller is no small change, either.
    const size = below && sum < 0n ? -sum : sum;
    const [part, most] = [size * 100n, initial.minor * BigInt(percent)];
    return part > most || (below && part === most) ? [{ modification, amount: sum }] : [];
  });
};

const checkLimit = (limit: ModificationLimit, ceiling: Ceiling, steps: readonly Step[]): readonly Finding[] => {
  const { place, name, initial, works } = ceiling;
  const percent = works === true ? limit.percentOfWorks : limit.percent;
  const maybeWorks = works === undefined && limit.percentOfWorks > percent;
  const hint = `${limit.article}. This is a number only: the article has other conditions${maybeWorks ? `; for works, which a CPV code would tell, it is ${limit.percentOfWorks} %` : ""}`;
  return stepsBeyond(limit, percent, ceiling, steps).map(({ modification, amount }) => {
    const share = formatPercent({ numerator: amount * 100n, denominator: initial.minor });
    const { id, ground = "no ground stated" } = modification;
    const sum = formatMoney(toMinorPrecision({ ...initial, minor: amount }));
    const what = limit.together ? `with ${id} (${ground}) modifications add up to` : `${id} (${ground}) adds`;
    const threshold = limit.below ? `to stay below ${percent} %` : `up to ${percent} %`;
    const message = `${name}: ${what} ${sum}, ${share} % of the initial ${formatMoney(initial)}; the threshold is ${threshold}`;
    return findingOf("L2-threshold", message, place(modification), hint);
  });
};

/** Modifications of a ceiling that nobody states: they change nothing. */
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

const checkCeiling = (
  contract: Contract,
  changed: ChangedCeiling,
  preference: Preference,
  place: Ceiling["place"],
): readonly Finding[] => {
  const { lot, initial } = changed;
  const { id, regime } = contract;
  const name = lot === undefined ? id : `${id}/${lot}`;
  if (initial === undefined) return checkIdle(place, name, changed);
  const steps = stepsOf(changed);
  const [first] = steps;
  if (initial === "withheld" || first === undefined) return [];
  if (regime === undefined) {
    const message = `${name}: its ceiling is modified, and nothing says by which rules that is judged`;
    const hint =
      "state the contract's regime: classic, utilities, defence, concession, financial regulation or uk-2023";
    return [findingOf("L2-regime", message, place(first.modification), hint)];
  }
  const ceiling = { place, name, initial, works: isAboutWorks(contract, changed.of, preference) };
  return MODIFICATION_LIMITS[regime].flatMap((limit) => checkLimit(limit, ceiling, steps));
};

/** Modifications of ceilings against the numeric thresholds of the contract's regime (L2), as facts and not as verdicts. */
export const checkModifications: ContractRule = (contract, preference) => {
  const place = placesIn(contract);
  return ceilingChanges(contract, preference).flatMap((changed) =>
    checkCeiling(contract, changed, preference, place(changed.measure)),
  );
};
