import type { Finding, Position } from "../../model/errors.ts";
import { madeUnder } from "../../model/lists.ts";
import { formatMoney, MoneySum, unitOf } from "../../model/money.ts";
import { firstFew, plural } from "../../model/phrases.ts";
import { RULES, type RuleId } from "../../model/rule.ts";
import { measuresOf, type Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";

/** What can be wrong with where an order belongs. */
export type Problem =
  | "lot"
  | "no lot"
  | "supplier"
  | "alike"
  | "no supplier"
  | "seat"
  | "left"
  | "currency"
  | "net"
  | "gross"
  | "unit"
  | "uncounted"
  | "buyer"
  | "total"
  | "sum"
  | "doubt"
  | "headings"
  | "remark"
  | "sheet"
  | "unpriced"
  | "award"
  | "term";

interface ProblemKind {
  readonly rule: RuleId;
  readonly text: string;
  readonly hint: string;
  /** What they are called, where they are not orders. */
  readonly noun?: string;
}

const KINDS: Readonly<Record<Problem, ProblemKind>> = {
  lot: {
    rule: "F8",
    text: "name a lot that it does not have",
    hint: "they count for the contract, and may count for any of its lots: correct the lot",
  },
  "no lot": {
    rule: "L1-unplaced",
    text: "do not say which of its lots they are for",
    hint: "they count for the contract, and may count for any of the lots where their supplier has a seat: give each its lot",
  },
  supplier: {
    rule: "F8",
    text: "name a supplier that nobody declares",
    hint: "they count for the lot, and where each supplier has a ceiling may count for any: correct the name, or declare it",
  },
  alike: {
    rule: "T2-alias",
    text: "name a supplier as several are called",
    hint: "they count for the lot, and where each supplier has a ceiling may count for any: name the supplier by its id",
  },
  "no supplier": {
    rule: "L1-unplaced",
    text: "name no supplier on a lot where each has a ceiling",
    hint: "they count for the contract, and may count for any supplier on the lot: give each its supplier",
  },
  seat: {
    rule: "L1-seat",
    text: "are placed with a supplier that holds no seat on the lot",
    hint: "they count for the lot and the contract, and for no supplier: correct the lot or the supplier",
  },
  left: {
    rule: "L1-seat",
    text: "are placed with a supplier after it left",
    hint: "they count for the lot and the contract, and for no supplier: check the date",
  },
  currency: {
    rule: "T7-order",
    text: "are in another currency than the ceiling",
    hint: "currencies are not converted: what is ordered is at least (≥) what is shown",
  },
  gross: {
    rule: "T7-order",
    text: "include VAT, and the ceiling does not",
    hint: "net and gross are never added up: what is ordered is at least (≥) what is shown; state both with the tax, or without it",
  },
  net: {
    rule: "T7-order",
    text: "do not include VAT, and the ceiling does",
    hint: "net and gross are never added up: what is ordered is at least (≥) what is shown; state both with the tax, or without it",
  },
  unit: {
    rule: "T7-order",
    text: "are in another unit than the ceiling",
    hint: "quantities in different units are never added up: what is ordered is at least (≥) what is shown",
  },
  uncounted: {
    rule: "T7-order",
    text: "do not say how much they take of a quantity",
    hint: "what is ordered is at least (≥) what is shown: give each its quantity, 0 where it takes none",
  },
  unpriced: {
    rule: "T7-order",
    text: "state a quantity only, and the ceiling is one of money",
    hint: "what is ordered is at least (≥) what is shown: give each its amount, too",
  },
  buyer: {
    rule: "L1-buyer",
    text: "name a buyer that is not among those who may order",
    hint: "they count like any other: check the buyer, or name it among the users",
  },
  total: {
    rule: "L1-total",
    text: "are called a total",
    hint: "they are not counted: leave such rows out of the ledger, or give an order that is called so another id",
  },
  sum: {
    rule: "L1-total",
    text: "are called a total, with the sum of the rows above",
    hint: "they are not counted: leave such rows out of the ledger",
  },
  doubt: {
    rule: "L1-total",
    text: "are called a total, with another amount than the sum of the rows above",
    hint: "they count like any other: leave such rows out of the ledger, or give an order that is called so another id",
  },
  headings: {
    rule: "L1-total",
    text: "repeat the headings",
    hint: "they are not counted: leave such rows out of the ledger",
    noun: "row",
  },
  remark: {
    rule: "L1-total",
    text: "say no more than a remark does",
    hint: "they are not counted: leave such rows out of the ledger, or complete them if they are orders",
    noun: "row",
  },
  sheet: {
    rule: "L1-total",
    text: "are left out, with the headings of the one that is read",
    hint: "say in the register which sheet is meant, sheet: NAME, and name the file once for each that belongs to the ledger",
    noun: "sheet",
  },
  award: {
    rule: "D1-order",
    text: "are dated before its award",
    hint: "they count like any other: check the date, or the date of the award",
  },
  term: {
    rule: "D1-order",
    text: "are dated outside of its term",
    hint: "they count like any other: check the date, or the term and its renewals",
  },
};

const MOST_NAMED = 3;

/** Orders that have the same problem: how many, and the first few of what they name and where they stand. */
class ProblemOrders {
  readonly #named = new Set<string>();
  readonly #places: Position[] = [];
  readonly #sums = new Map<string, MoneySum>();
  #count = 0;

  add(order: Order, subject: string | undefined): void {
    this.#count++;
    if (subject !== undefined && this.#named.size <= MOST_NAMED) this.#named.add(subject);
    if (this.#places.length <= MOST_NAMED) this.#places.push(order.position());
    for (const money of measuresOf(order)) {
      const unit = unitOf(money);
      madeUnder(this.#sums, unit, () => new MoneySum(unit)).add(money);
    }
  }

  /** Hints on what the named subjects may have meant. */
  meant(hintFor: (name: string) => string | undefined): string {
    const hints = [...this.#named].slice(0, MOST_NAMED).flatMap((name) => {
      const hint = hintFor(name);
      if (hint === undefined) return [];
      return [this.#named.size === 1 ? `; ${hint}` : `; ${name}: ${hint}`];
    });
    return hints.join("");
  }

  finding(contract: string, { rule, text, hint, noun = "order" }: ProblemKind, meant: string): Finding {
    const [position, ...others] = this.#places;
    const named = [...this.#named];
    const subjects = named.length === 0 ? "" : ` (${firstFew(named, MOST_NAMED)})`;
    const amounts = [...this.#sums.values()].map((sum) => formatMoney(sum.value())).join(" and ");
    const more =
      others.length === 0
        ? ""
        : `; also at ${firstFew(
            others.map(({ file, line }) => `${file}:${line}`),
            MOST_NAMED,
          )}`;
    const verb = this.#count === 1 ? singular(text) : text;
    return {
      rule,
      severity: RULES[rule],
      message: `${contract}: ${plural(this.#count, noun)} ${verb}${subjects}${amounts === "" ? "" : `: ${amounts}`}`,
      hint: `${hint}${meant}${more}`,
      ...(position !== undefined && { position }),
    };
  }
}

/** The text for a single order: "names a lot" for "name a lot". */
const singular = (text: string): string =>
  text
    .replace(/^(do|are|name|include|state|repeat|say)\b/, (verb) => ({ do: "does", are: "is" })[verb] ?? `${verb}s`)
    .replace("they are", "it is")
    .replace("they take", "it takes");

/** What is wrong with the orders of one contract. Its size grows with the kinds of problems, not with the orders. */
export class OrderProblems {
  readonly #contract: string;
  readonly #problems = new Map<Problem, ProblemOrders>();

  constructor(contract: string) {
    this.#contract = contract;
  }

  add(problem: Problem, order: Order, subject?: string): void {
    madeUnder(this.#problems, problem, () => new ProblemOrders()).add(order, subject);
  }

  findings(supplierHint: Register["supplierHint"]): readonly Finding[] {
    return [...this.#problems].map(([problem, orders]) =>
      orders.finding(this.#contract, KINDS[problem], problem === "supplier" ? orders.meant(supplierHint) : ""),
    );
  }
}
