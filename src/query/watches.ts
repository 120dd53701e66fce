import type { Preference } from "../model/claim.ts";
import { UsageError } from "../model/errors.ts";
import { isQuantity, type Money } from "../model/money.ts";
import { nearest } from "../model/nearest.ts";
import { contractsNamedIn } from "../model/wanted.ts";
import type { Contract } from "../records/contract.ts";
import { someAmount } from "./ask-ranges.ts";
import { printQuery } from "./print-query.ts";
import { type Clause, clausesOf, type Query } from "./query.ts";
import type { Subject, Test } from "./subject.ts";
import { type Amounts, type AskedAmount, askedAmount } from "./values.ts";

type AmountsClause = Extract<Clause, { readonly kind: "amounts" }>;

const bareClausesOf = (query: Query): readonly AmountsClause[] =>
  clausesOf(query).flatMap((clause) => (clause.kind === "amounts" && clause.values.some(isBare) ? [clause] : []));

/** The fields that a query compares with amounts that have no currency. */
export const fieldsWithoutCurrency = (query: Query): readonly string[] => [
  ...new Set(bareClausesOf(query).map(({ field }) => field)),
];

const isBare = ({ low, high }: Amounts): boolean => (low ?? high)?.currency === undefined;

/** The same amounts in a currency or another unit. Ends that the unit cannot express stay as they are. */
const amountsIn = (range: Amounts, currency: string): Amounts => {
  const inIt = (asked: AskedAmount): AskedAmount => {
    const named = askedAmount(asked.figure, currency);
    return "problem" in named ? asked : named;
  };
  if (!isBare(range)) return range;
  if (range.single) return { single: true, low: inIt(range.low), high: inIt(range.high) };
  return { single: false, low: range.low && inIt(range.low), high: range.high && inIt(range.high) };
};

const clauseIn = (clause: AmountsClause, currency: string): AmountsClause => ({
  ...clause,
  values: clause.values.map((range) => amountsIn(range, currency)),
});

class FieldCurrencies {
  readonly clause: AmountsClause;
  readonly #found = new Set<string>();
  readonly #look: Test;

  constructor(clause: AmountsClause, preference: Preference) {
    this.clause = clause;
    const { field } = clause;
    let last: string | undefined;
    this.#look = someAmount(field, preference, ({ currency }: Money) => {
      if (currency !== last) this.#found.add(currency);
      last = currency;
      return false;
    });
  }

  see(contract: Contract): void {
    for (const lot of contract.lots) this.#look({ contract, lot, seat: undefined });
  }

  seeOrders(subjects: readonly Subject[]): void {
    for (const subject of subjects) this.#look(subject);
  }

  get found(): readonly string[] {
    return [...this.#found].sort();
  }

  get several(): boolean {
    return this.#found.size > 1;
  }
}

/**
 * Notes the currencies of what is compared with amounts without a currency. In several currencies any comparison would
 * be wrong (T7).
 */
export class CurrencyWatch {
  readonly #fields: readonly FieldCurrencies[];

  constructor(query: Query, preference: Preference) {
    const byField = new Map(bareClausesOf(query).map((clause) => [clause.field, clause]));
    this.#fields = [...byField.values()].map((clause) => new FieldCurrencies(clause, preference));
  }

  get watching(): boolean {
    return this.#fields.length > 0;
  }

  get refuses(): boolean {
    return this.#fields.some(({ several }) => several);
  }

  see(contract: Contract): void {
    for (const field of this.#fields) field.see(contract);
  }

  seeOrders(subjects: readonly Subject[]): void {
    for (const field of this.#fields) field.seeOrders(subjects);
  }

  finish(): void {
    for (const { clause, several, found } of this.#fields) {
      if (!several) continue;
      const [first = ""] = found;
      const lacking = isQuantity({ currency: first }) ? "a quantity without a unit" : "an amount without a currency";
      throw new UsageError(
        `${clause.field}: ${lacking}, and the data have several: ${found.join(", ")}`,
        `say which: ${printQuery(clauseIn(clause, first))}`,
      );
    }
  }
}

export const idsAskedFor = (query: Query, field: string): readonly string[] =>
  clausesOf(query).flatMap((clause) => (clause.kind === "texts" && clause.field === field ? clause.values : []));

const noSuchId = (what: string, missing: string, known: Iterable<string>): UsageError => {
  const names = [...known];
  const near = nearest(missing, names);
  const some = names.slice(0, 5).join(", ");
  const otherwise = some === "" ? `the data name no ${what}` : `for example: ${some}`;
  return new UsageError(
    `there is no ${what} "${missing}"`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : otherwise,
  );
};

/** This many names to suggest from are plenty. */
const MOST_SEEN = 5000;

/** Notes which of the ids asked for exist, to tell a wrong id from an empty answer. */
export class IdWatch {
  readonly #what: "contract" | "lot" | "source";
  readonly #unseen: Set<string>;
  readonly #seen = new Set<string>();
  /** The contracts that may be named before the ids of lots. */
  readonly #contracts: ReadonlySet<string>;

  constructor(what: "contract" | "lot" | "source", query: Query, known: Iterable<string> = []) {
    this.#what = what;
    this.#unseen = new Set(idsAskedFor(query, what));
    this.#contracts = contractsNamedIn(this.#unseen);
    for (const id of known) this.#note(id);
  }

  get watching(): boolean {
    return this.#unseen.size > 0;
  }

  /** Wrong ids are reported once everything is read. They only leave the answer empty. */
  readonly refuses = false;

  see(contract: Contract): void {
    if (this.#unseen.size === 0) return;
    if (this.#what === "contract") this.#note(contract.id);
    else if (this.#what === "lot") this.#seeLots(contract);
    else for (const { id } of contract.publications) this.#note(id);
  }

  /** Notes lots by their ids, and also by contract and id where these may be asked for or suggested. */
  #seeLots({ id, lots }: Contract): void {
    const isNamed = this.#contracts.has(id) || this.#seen.size < MOST_SEEN;
    for (const lot of lots) {
      this.#note(lot.id);
      if (isNamed) this.#note(`${id}/${lot.id}`);
    }
  }

  #note(id: string): void {
    this.#unseen.delete(id);
    if (this.#seen.size < MOST_SEEN) this.#seen.add(id);
  }

  finish(): void {
    const [missing] = this.#unseen;
    if (missing !== undefined) throw noSuchId(this.#what, missing, this.#seen);
  }
}
