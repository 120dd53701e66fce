import { compileQuery } from "../../query/compile-query.ts";
import { CurrencyWatch } from "../../query/currency-watch.ts";
import { isEverything } from "../../query/query.ts";
import { dayOf, queryOf, type Selection } from "../../query/selection.ts";
import type { Subject } from "../../query/subject.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import type { OrderView, OrderViews } from "./order-views.ts";

const subjectOf = ({ seat: { contract, asked, supplier }, buyer }: OrderView, order: Order): Subject => ({
  contract,
  lot: asked,
  seat: supplier,
  order: { order, buyer },
});

/** Of which of the ways to understand an order a query is true: all, none, or these. */
export type Matching = "all" | "none" | readonly OrderView[];

/** Asks a query of orders. */
export class OrderTest {
  readonly #test: ((subject: Subject) => boolean) | undefined;
  readonly #watch: CurrencyWatch | undefined;

  constructor(register: Register, selection: Selection) {
    const { preference } = register;
    const query = queryOf(selection, register.suppliers);
    this.#test = isEverything(query) ? undefined : compileQuery(query, { preference, today: dayOf(selection) });
    const watch = new CurrencyWatch(query, preference);
    this.#watch = watch.watching ? watch : undefined;
  }

  matching({ seats, buyers }: OrderViews, order: Order): Matching {
    const test = this.#test;
    if (test === undefined) return "all";
    const views = seats.flatMap((seat) => buyers.map((buyer) => ({ seat, buyer })));
    this.#watch?.seeOrders(views.slice(0, 1).map((view) => subjectOf(view, order)));
    const matching = views.filter((view) => test(subjectOf(view, order)));
    if (matching.length === 0) return "none";
    return matching.length === views.length ? "all" : matching;
  }

  /** Whether the amounts that were met cannot be compared with those asked for. */
  get refuses(): boolean {
    return this.#watch?.refuses === true;
  }

  /** Throws UsageError for an amount without a currency where the orders have several. */
  finish(): void {
    this.#watch?.finish();
  }
}
