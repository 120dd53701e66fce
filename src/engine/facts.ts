import type { Attribution, Claim, Fact, Preference } from "../model/claim.ts";
import { fold } from "../model/fold.ts";
import {
  compareMoney,
  type FigureVerdict,
  type Money,
  type StatedAmount,
  type StatedAmounts,
  subtractMoney,
  unitOf,
} from "../model/money.ts";
import { containsDate } from "../model/partial-date.ts";
import { compareQuantities, formatQuantity } from "../model/quantity.ts";
import { formatDuration, formatTerm } from "../model/term.ts";
import { isFact } from "../records/codec.ts";
import { type Contract, contractCodec } from "../records/contract.ts";
import { groupCodec, type LotGroup } from "../records/group.ts";
import type { FactKind, ValueKinds } from "../records/kinds.ts";
import { type Lot, lotCodec } from "../records/lot.ts";
import type { NamedField } from "../records/record.ts";
import { type Supplier, supplierCodec } from "../records/supplier.ts";
import type { Cell } from "./report.ts";
import { cellOfKind } from "./value-cells.ts";

export type Verdict = FigureVerdict | "names differ";

export interface ClaimView {
  readonly by: Attribution;
  readonly cell: Cell;
  /**
   * The gravest verdict on the claim beside those of other sources; undefined where no other source states the fact.
   */
  readonly verdict: () => Verdict | undefined;
}

export interface FactView {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly claims: readonly ClaimView[];
  /** The claim that answers by the given preference. */
  readonly chosen: ClaimView;
  /** How the i-th and j-th claims relate. */
  readonly compare: (i: number, j: number) => Verdict;
  /** How much more the j-th claim says than the i-th; undefined where they are not figures in one unit. */
  readonly difference: (i: number, j: number) => Cell | undefined;
}

/**
 * How the claims of two sources on one fact are compared. Its functions are methods, so that TypeScript takes a
 * comparison of any kind for one of unknown.
 */
interface Comparison<T> {
  /** Values with the same key compare alike with every other value. */
  key(value: T): string;
  compare(a: T, b: T): Verdict;
  /** The gravest verdict that `compare` can give; "contradicts" where it is left out. */
  readonly gravest?: Verdict;
  difference?(a: T, b: T): Cell | undefined;
}

const sameOr = (same: boolean): Verdict => (same ? "agrees" : "contradicts");

/** Compares values by a text that says everything that matters about them. */
const byText = <T>(textOf: (value: T) => string, gravest: Verdict = "contradicts"): Comparison<T> => ({
  key: textOf,
  compare: (a, b) => (textOf(a) === textOf(b) ? "agrees" : gravest),
  gravest,
});

/** Compares lists whose order means nothing. */
const byTexts = <T>(textOf: (value: T) => string): Comparison<readonly T[]> =>
  byText((values) => JSON.stringify(values.map(textOf).sort()));

const differenceOf = (a: Money, b: Money): Cell | undefined => {
  const value = subtractMoney(b, a);
  return value && { type: "money", value };
};

const keyOfAmount = (value: StatedAmount): string =>
  value === "withheld" ? value : `${unitOf(value)} ${value.minor} ${value.precision}`;

/**
 * The worst verdict of the currencies that both state; "contradicts" if one states a currency that the other does not.
 */
const compareTotals = (a: StatedAmounts, b: StatedAmounts): Verdict => {
  if (a === "withheld" || b === "withheld") return sameOr(a === b);
  const pairs = a.map((money) => [money, b.find((other) => unitOf(other) === unitOf(money))] as const);
  const verdicts = pairs.map(([mine, theirs]) => (theirs === undefined ? "contradicts" : compareMoney(mine, theirs)));
  return (a.length === b.length ? worst(verdicts) : undefined) ?? "contradicts";
};

const COMPARISONS: { readonly [K in FactKind]: Comparison<ValueKinds[K]> } = {
  text: byText(fold),
  name: byText(fold, "names differ"),
  texts: byTexts(fold),
  date: { key: (date) => JSON.stringify(date), compare: (a, b) => sameOr(containsDate(a, b) || containsDate(b, a)) },
  term: byText(formatTerm),
  duration: byText(formatDuration),
  amount: {
    key: keyOfAmount,
    compare: (a, b) => (a === "withheld" || b === "withheld" ? sameOr(a === b) : compareMoney(a, b)),
    difference: (a, b) => (a === "withheld" || b === "withheld" ? undefined : differenceOf(a, b)),
  },
  amounts: {
    key: (value) => (value === "withheld" ? value : value.map(keyOfAmount).join()),
    compare: compareTotals,
    difference: (a, b) =>
      a.length === 1 && b.length === 1 && a !== "withheld" && b !== "withheld" ? differenceOf(a[0], b[0]) : undefined,
  },
  quantity: {
    key: formatQuantity,
    compare: compareQuantities,
    difference: (a, b) => (a.unit === b.unit ? { type: "count", value: b.count - a.count } : undefined),
  },
  quantities: byTexts(formatQuantity),
  members: byTexts(({ name }) => fold(name)),
  suppliers: byTexts(({ id }) => id),
};

interface Stated {
  readonly value: unknown;
  readonly source: string | undefined;
  several: boolean;
}

/**
 * Gives the verdicts on claims beside those of other sources. Claims that say the same are compared once, and comparing
 * stops at the gravest verdict: where many claims differ, nearly all contradict each other, so that it is found at
 * once.
 */
class Verdicts {
  readonly #fact: Fact<unknown>;
  readonly #kind: Comparison<unknown>;
  readonly #known = new Map<string, Verdict | undefined>();
  #stated: readonly Stated[] | undefined;

  constructor(fact: Fact<unknown>, kind: Comparison<unknown>) {
    this.#fact = fact;
    this.#kind = kind;
  }

  on({ value, by }: Claim<unknown>): Verdict | undefined {
    // Most facts have one claim.
    if (this.#fact.length === 1) return undefined;
    const key = JSON.stringify([this.#kind.key(value), by.source]);
    if (!this.#known.has(key)) this.#known.set(key, this.#gravest(value, by.source));
    return this.#known.get(key);
  }

  #gravest(value: unknown, source: string | undefined): Verdict | undefined {
    const { compare, gravest = "contradicts" } = this.#kind;
    this.#stated ??= this.#distinct();
    let found: Verdict | undefined;
    for (const other of this.#stated) {
      if (!other.several && other.source === source) continue;
      found = worst([...(found === undefined ? [] : [found]), compare(value, other.value)]);
      if (found === gravest) break;
    }
    return found;
  }

  #distinct(): readonly Stated[] {
    const byKey = new Map<string, Stated>();
    for (const { value, by } of this.#fact) {
      const key = this.#kind.key(value);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, { value, source: by.source, several: false });
      else if (known.source !== by.source) known.several = true;
    }
    return [...byKey.values()];
  }
}

const NOTHING: Cell = { type: "texts", value: [] };

const viewOf = (
  name: string,
  kind: FactKind,
  fact: Fact<unknown>,
  preference: Preference,
  prefix: FactView["path"],
): FactView => {
  const comparison: Comparison<unknown> = COMPARISONS[kind];
  const verdicts = new Verdicts(fact, comparison);
  const viewClaim = (claim: Claim<unknown>): ClaimView => ({
    by: claim.by,
    cell: cellOfKind(kind, claim.value, preference) ?? NOTHING,
    verdict: () => verdicts.on(claim),
  });
  // Callers ask only for the indexes of claims; any other index means the first claim.
  const valueAt = (index: number): unknown => (fact[index] ?? fact[0]).value;
  return {
    name,
    path: [...prefix, name],
    claims: fact.map(viewClaim),
    chosen: viewClaim(preference.choose(fact)),
    compare: (i, j) => comparison.compare(valueAt(i), valueAt(j)),
    difference: (i, j) => comparison.difference?.(valueAt(i), valueAt(j)),
  };
};

const factsIn = (
  fields: readonly NamedField[],
  record: Readonly<Record<string, unknown>>,
  preference: Preference,
  prefix: FactView["path"] = [],
): readonly FactView[] =>
  fields.flatMap(({ name, key, fact: kind }) => {
    const stated = record[name];
    return kind === undefined || !isFact(stated) ? [] : [viewOf(key, kind, stated, preference, prefix)];
  });

export const contractFacts = (contract: Contract, preference: Preference): readonly FactView[] =>
  factsIn(contractCodec.fields, contract, preference);

export const lotFacts = (lot: Lot, index: number, preference: Preference): readonly FactView[] =>
  factsIn(lotCodec.fields, lot, preference, ["lots", index]);

export const groupFacts = (group: LotGroup, index: number, preference: Preference): readonly FactView[] =>
  factsIn(groupCodec.fields, group, preference, ["groups", index]);

export const supplierFacts = (supplier: Supplier, preference: Preference): readonly FactView[] =>
  factsIn(supplierCodec.fields, supplier, preference);

const SEVERITY: readonly Verdict[] = ["agrees", "names differ", "rounded", "cut", "contradicts"];

const worst = (verdicts: readonly Verdict[]): Verdict | undefined =>
  SEVERITY[verdicts.reduce((most, verdict) => Math.max(most, SEVERITY.indexOf(verdict)), -1)];

export const overallVerdict = (fact: FactView): Verdict | undefined =>
  worst(fact.claims.flatMap((claim) => claim.verdict() ?? []));
