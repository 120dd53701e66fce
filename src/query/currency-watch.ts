import type { Preference } from "../model/claim.ts";
import { UsageError } from "../model/errors.ts";
import { isQuantity, type Money } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import { someAmount } from "./ask-amounts.ts";
import { printQuery } from "./print-query.ts";
import type { Clause, Query } from "./query.ts";
import type { Subject, Test } from "./subject.ts";
import { type Amounts, type AskedAmount, askedAmount } from "./values.ts";

type AmountsClause = Extract<Clause, { readonly kind: "amounts" }>;

/** The clauses of a query that compare a field with amounts without a currency. */
const bareClausesOf = (query: Query): readonly AmountsClause[] => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap(bareClausesOf);
    case "not":
    case "any":
    case "all":
      return bareClausesOf(query.part);
    case "amounts":
      return query.values.some(isBare) ? [query] : [];
    default:
      return [];
  }
};

const isBare = ({ low, high }: Amounts): boolean => (low ?? high)?.currency === undefined;

/** The same amounts in a currency, or in a unit that is counted; those that it cannot have stay as they are. */
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

/** The currencies that one field has in the data. */
class FieldCurrencies {
  /** The first clause that asks for it. */
  readonly clause: AmountsClause;
  readonly #found = new Set<string>();
  readonly #look: Test;

  constructor(clause: AmountsClause, preference: Preference) {
    this.clause = clause;
    const { field } = clause;
    let last: string | undefined;
    // Looks at every amount, and stops at none.
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

/** Notes the currencies of what is compared with amounts without one: comparing would be wrong whatever the answer (T7). */
export class CurrencyWatch {
  readonly #fields: readonly FieldCurrencies[];

  constructor(query: Query, preference: Preference) {
    const byField = new Map<string, AmountsClause>();
    for (const clause of bareClausesOf(query)) if (!byField.has(clause.field)) byField.set(clause.field, clause);
    this.#fields = [...byField.values()].map((clause) => new FieldCurrencies(clause, preference));
  }

  get watching(): boolean {
    return this.#fields.length > 0;
  }

  /** Whether the data cannot be compared. */
  get refuses(): boolean {
    return this.#fields.some(({ several }) => several);
  }

  see(contract: Contract): void {
    for (const field of this.#fields) field.see(contract);
  }

  /** Looks at the amounts of orders. */
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
