import type { Preference } from "../model/claim.ts";
import { UsageError } from "../model/errors.ts";
import { isQuantity, type Money } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import { someAmount } from "./ask-amounts.ts";
import type { Query } from "./query.ts";
import type { Subject, Test } from "./subject.ts";

/** The fields that a query compares with amounts without a currency. */
const bareFieldsOf = (query: Query): readonly string[] => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap(bareFieldsOf);
    case "not":
    case "any":
    case "all":
      return bareFieldsOf(query.part);
    case "amounts":
      return query.values.some(({ low, high }) => (low ?? high)?.currency === undefined) ? [query.field] : [];
    default:
      return [];
  }
};

/** The currencies that one field has in the data. */
class FieldCurrencies {
  readonly field: string;
  readonly #found = new Set<string>();
  readonly #look: Test;

  constructor(field: string, preference: Preference) {
    this.field = field;
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
    this.#fields = [...new Set(bareFieldsOf(query))].map((field) => new FieldCurrencies(field, preference));
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
    for (const { field, several, found } of this.#fields) {
      if (!several) continue;
      const [first = ""] = found;
      if (isQuantity({ currency: first })) {
        const problem = `${field}: a quantity without a unit, and the data have several: ${found.join(", ")}`;
        throw new UsageError(problem, `say which: ${field}:"1000 ${first}.."`);
      }
      throw new UsageError(
        `${field}: an amount without a currency, and the data have several: ${found.join(", ")}`,
        `say which: ${field}:${first}10M..`,
      );
    }
  }
}
