import type { Attribution, Claim, Fact, Preference } from "../model/claim.ts";
import type { Contract, Lot, LotGroup, Member, StatedAmount, StatedAmounts, Supplier } from "../model/contract.ts";
import { fold } from "../model/fold.ts";
import { compareMoney, type FigureVerdict, type Money, subtractMoney, unitOf } from "../model/money.ts";
import { containsDate, type PartialDate } from "../model/partial-date.ts";
import { compareQuantities, formatQuantity, type Quantity } from "../model/quantity.ts";
import { type Duration, formatDuration, formatTerm, type Term } from "../model/term.ts";
import type { Cell } from "./report.ts";
import { supplierCell } from "./views.ts";

/** How two claims of one fact relate: figures by N3; names may differ and still name the same. */
export type Verdict = FigureVerdict | "names differ";

export interface ClaimView {
  readonly by: Attribution;
  readonly cell: Cell;
  /** How the claim stands to those of other sources: the gravest verdict; undefined where no other source speaks. */
  readonly verdict: () => Verdict | undefined;
}

/** One fact of a record with all that is said about it. */
export interface FactView {
  /** The field's name in the register. */
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly claims: readonly ClaimView[];
  /** The claim that answers by the given preference. */
  readonly chosen: ClaimView;
  /** How the i-th and j-th claims relate. */
  readonly compare: (i: number, j: number) => Verdict;
  /** How much more the j-th claim says than the i-th; undefined where that is no figure. */
  readonly difference: (i: number, j: number) => Cell | undefined;
}

interface FactKind<T> {
  readonly cell: (value: T, preference: Preference) => Cell;
  /** Values with the same text compare alike with every other. */
  readonly key: (value: T) => string;
  readonly compare: (a: T, b: T) => Verdict;
  /** The gravest that `compare` can say; "contradicts" where it is left out. */
  readonly gravest?: Verdict;
  /** `b` less `a`, of facts that are figures. */
  readonly difference?: (a: T, b: T) => Cell | undefined;
}

const sameOr = (same: boolean, otherwise: Verdict = "contradicts"): Verdict => (same ? "agrees" : otherwise);

const membersKey = (members: readonly string[]): string => JSON.stringify([...members].sort());

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && membersKey(a) === membersKey(b);

const text: FactKind<string> = {
  cell: (value) => ({ type: "text", value }),
  key: fold,
  compare: (a, b) => sameOr(fold(a) === fold(b)),
};
const name: FactKind<string> = {
  ...text,
  compare: (a, b) => sameOr(fold(a) === fold(b), "names differ"),
  gravest: "names differ",
};
const texts: FactKind<readonly string[]> = {
  cell: (value) => ({ type: "texts", value }),
  key: (value) => membersKey(value.map(fold)),
  compare: (a, b) => sameOr(sameMembers(a.map(fold), b.map(fold))),
};
const date: FactKind<PartialDate> = {
  cell: (value) => ({ type: "date", value }),
  key: (value) => JSON.stringify(value),
  compare: (a, b) => sameOr(containsDate(a, b) || containsDate(b, a)),
};
const term: FactKind<Term> = {
  cell: (value) => ({ type: "text", value: formatTerm(value) }),
  key: formatTerm,
  compare: (a, b) => sameOr(formatTerm(a) === formatTerm(b)),
};
const duration: FactKind<Duration> = {
  cell: (value) => ({ type: "text", value: formatDuration(value) }),
  key: ({ months }) => String(months),
  compare: (a, b) => sameOr(a.months === b.months),
};
const differenceOf = (a: Money, b: Money): Cell | undefined => {
  const value = subtractMoney(b, a);
  return value && { type: "money", value };
};
const keyOfAmount = (value: StatedAmount): string =>
  value === "withheld" ? value : `${unitOf(value)} ${value.minor} ${value.precision}`;
const amount: FactKind<StatedAmount> = {
  cell: (value) => ({ type: "money", value }),
  key: keyOfAmount,
  compare: (a, b) => (a === "withheld" || b === "withheld" ? sameOr(a === b) : compareMoney(a, b)),
  difference: (a, b) => (a === "withheld" || b === "withheld" ? undefined : differenceOf(a, b)),
};
/** The worst verdict of the currencies that both state; contradicting where one has a currency more. */
const compareTotals = (a: StatedAmounts, b: StatedAmounts): Verdict => {
  if (a === "withheld" || b === "withheld") return sameOr(a === b);
  const pairs = a.map((money) => [money, b.find((other) => unitOf(other) === unitOf(money))] as const);
  const verdicts = pairs.map(([mine, theirs]) => (theirs === undefined ? "contradicts" : compareMoney(mine, theirs)));
  return (a.length === b.length ? worst(verdicts) : undefined) ?? "contradicts";
};
const amounts: FactKind<StatedAmounts> = {
  cell: (value) => (value === "withheld" ? { type: "money", value } : { type: "moneys", value }),
  key: (value) => (value === "withheld" ? value : value.map(keyOfAmount).join()),
  compare: compareTotals,
  difference: (a, b) =>
    a.length === 1 && b.length === 1 && a !== "withheld" && b !== "withheld" ? differenceOf(a[0], b[0]) : undefined,
};
const quantity: FactKind<Quantity> = {
  cell: (value) => ({ type: "text", value: formatQuantity(value) }),
  key: formatQuantity,
  compare: compareQuantities,
  difference: (a, b) => (a.unit === b.unit ? { type: "count", value: b.count - a.count } : undefined),
};
const quantities: FactKind<readonly Quantity[]> = {
  cell: (value) => ({ type: "texts", value: value.map(formatQuantity) }),
  key: (value) => membersKey(value.map(formatQuantity)),
  compare: (a, b) => sameOr(sameMembers(a.map(formatQuantity), b.map(formatQuantity))),
};
const members: FactKind<readonly Member[]> = {
  cell: (value) => ({
    type: "texts",
    value: value.map((member) => (member.country === undefined ? member.name : `${member.name} (${member.country})`)),
  }),
  key: (value) => membersKey(value.map((member) => fold(member.name))),
  compare: (a, b) =>
    sameOr(
      sameMembers(
        a.map((member) => fold(member.name)),
        b.map((member) => fold(member.name)),
      ),
    ),
};
const seats: FactKind<readonly Supplier[]> = {
  cell: (value, preference) => ({
    type: "suppliers",
    value: value.map((supplier) => supplierCell(supplier, preference)),
  }),
  key: (value) => membersKey(value.map(({ id }) => id)),
  compare: (a, b) =>
    sameOr(
      sameMembers(
        a.map(({ id }) => id),
        b.map(({ id }) => id),
      ),
    ),
};

/** A value, and who states it: one source, or several. */
interface Stated<T> {
  readonly value: T;
  readonly source: string | undefined;
  several: boolean;
}

/**
 * How claims stand to those of other sources. Claims that say the same are compared once, and none beyond the gravest
 * verdict: of many that differ nearly all contradict each other, so that is found at once.
 */
class Verdicts<T> {
  readonly #fact: Fact<T>;
  readonly #kind: FactKind<T>;
  readonly #known = new Map<string, Verdict | undefined>();
  #stated: readonly Stated<T>[] | undefined;

  constructor(fact: Fact<T>, kind: FactKind<T>) {
    this.#fact = fact;
    this.#kind = kind;
  }

  on({ value, by }: Claim<T>): Verdict | undefined {
    // Most facts have one claim.
    if (this.#fact.length === 1) return undefined;
    const key = JSON.stringify([this.#kind.key(value), by.source]);
    if (!this.#known.has(key)) this.#known.set(key, this.#gravest(value, by.source));
    return this.#known.get(key);
  }

  #gravest(value: T, source: string | undefined): Verdict | undefined {
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

  #distinct(): readonly Stated<T>[] {
    const byKey = new Map<string, Stated<T>>();
    for (const { value, by } of this.#fact) {
      const key = this.#kind.key(value);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, { value, source: by.source, several: false });
      else if (known.source !== by.source) known.several = true;
    }
    return [...byKey.values()];
  }
}

const view = <T>(
  field: string,
  fact: Fact<T> | undefined,
  kind: FactKind<T>,
  preference: Preference,
  prefix: readonly (string | number)[] = [],
): FactView[] => {
  if (fact === undefined) return [];
  const verdicts = new Verdicts(fact, kind);
  const viewOf = (claim: Claim<T>): ClaimView => ({
    by: claim.by,
    cell: kind.cell(claim.value, preference),
    verdict: () => verdicts.on(claim),
  });
  // Only the places of claims are asked for; any other means the first.
  const valueAt = (index: number): T => (fact[index] ?? fact[0]).value;
  return [
    {
      name: field,
      path: [...prefix, field],
      claims: fact.map(viewOf),
      chosen: viewOf(preference.choose(fact)),
      compare: (i, j) => kind.compare(valueAt(i), valueAt(j)),
      difference: (i, j) => kind.difference?.(valueAt(i), valueAt(j)),
    },
  ];
};

/** The facts that a register states of a contract itself, in the order in which people ask for them. */
export const contractFacts = (contract: Contract, preference: Preference): FactView[] => [
  ...view("buyer", contract.buyer, text, preference),
  ...view("jointBuyers", contract.jointBuyers, texts, preference),
  ...view("users", contract.users, texts, preference),
  ...view("coordinator", contract.coordinator, text, preference),
  ...view("callDate", contract.callDate, date, preference),
  ...view("awardDate", contract.awardDate, date, preference),
  ...view("startDate", contract.startDate, date, preference),
  ...view("endDate", contract.endDate, date, preference),
  ...view("firstUse", contract.firstUse, date, preference),
  ...view("term", contract.term, term, preference),
  ...view("maximumDuration", contract.maximumDuration, duration, preference),
  ...view("ceiling", contract.ceiling, amount, preference),
  ...view("estimate", contract.estimate, amount, preference),
  ...view("reestimate", contract.reestimate, amount, preference),
  ...view("awarded", contract.awarded, amount, preference),
  ...view("cpv", contract.cpv, texts, preference),
  ...view("supplierOrigins", contract.supplierOrigins, quantities, preference),
  ...view("tenderers", contract.tenderers, quantity, preference),
  ...view("offers", contract.offers, quantity, preference),
  ...view("participants", contract.participants, quantity, preference),
  ...view("capacity", contract.capacity, quantities, preference),
  ...view("reservedShare", contract.reservedShare, quantity, preference),
  ...view("reservedFor", contract.reservedFor, texts, preference),
  ...view("dataLocation", contract.dataLocation, texts, preference),
];

/** The facts of a lot; `index` is its place in its contract. */
export const lotFacts = (lot: Lot, index: number, preference: Preference): FactView[] => {
  const prefix = ["lots", index];
  return [
    ...view("service", lot.service, text, preference, prefix),
    ...view("deployment", lot.deployment, text, preference, prefix),
    ...view("ceiling", lot.ceiling, amount, preference, prefix),
    ...view("ceilingPerSupplier", lot.ceilingPerSupplier, amount, preference, prefix),
    ...view("estimate", lot.estimate, amount, preference, prefix),
    ...view("reestimate", lot.reestimate, amount, preference, prefix),
    ...view("awarded", lot.awarded, amounts, preference, prefix),
    ...view("cpv", lot.cpv, texts, preference, prefix),
    ...view("term", lot.term, term, preference, prefix),
    ...view("suppliers", lot.suppliers, seats, preference, prefix),
    ...view("callOff", lot.callOff, text, preference, prefix),
    ...view("awardCriteria", lot.awardCriteria, text, preference, prefix),
    ...view("offers", lot.offers, quantity, preference, prefix),
    ...view("subcontractors", lot.subcontractors, texts, preference, prefix),
  ];
};

/** The facts of a group of lots; `index` is its place in its contract. */
export const groupFacts = (group: LotGroup, index: number, preference: Preference): FactView[] => {
  const prefix = ["groups", index];
  return [
    ...view("ceiling", group.ceiling, amount, preference, prefix),
    ...view("reestimate", group.reestimate, amount, preference, prefix),
  ];
};

export const supplierFacts = (supplier: Supplier, preference: Preference): FactView[] => [
  ...view("name", supplier.name, name, preference),
  ...view("members", supplier.members, members, preference),
  ...view("country", supplier.country, text, preference),
];

const SEVERITY: readonly Verdict[] = ["agrees", "names differ", "rounded", "cut", "contradicts"];

const worst = (verdicts: readonly Verdict[]): Verdict | undefined =>
  SEVERITY[verdicts.reduce((most, verdict) => Math.max(most, SEVERITY.indexOf(verdict)), -1)];

/** The gravest verdict among all claims of different sources. */
export const overallVerdict = (fact: FactView): Verdict | undefined =>
  worst(fact.claims.flatMap((claim) => claim.verdict() ?? []));
