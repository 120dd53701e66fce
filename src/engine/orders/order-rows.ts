import type { Preference } from "../../model/claim.ts";
import { placeOf as placeText } from "../../model/errors.ts";
import { madeUnder } from "../../model/lists.ts";
import { type Amount, differenceOf, formatMoney, isKnown, unitOf } from "../../model/money.ts";
import { MEANING } from "../../query/fields.ts";
import { type ORDER, orderCodec } from "../../records/order.ts";
import type { CeilingLine, CeilingUse, Untold } from "../headroom/ceiling-use.ts";
import { ceilingName } from "../headroom/headroom-rows.ts";
import { amountBetween, leftRange } from "../headroom/use-figures.ts";
import { type Column, type Composite, column, hidden, whenRoom, whenVaried } from "../report.ts";
import { type ShownOf, TableColumns } from "../table-columns.ts";
import { nameOf, nameOn } from "../views.ts";
import type { SeenOrder } from "./seen-orders.ts";

/** What is left of a ceiling after an order, like the balance in a statement of account. */
interface Balance {
  readonly ceilingOf: string;
  readonly left: Amount;
}

export type OrderRow = ShownOf<typeof ORDER> & {
  readonly contract: string;
  readonly order: string;
  /** The lot that the order names, or else the only one that it may be on. */
  readonly lot: string | undefined;
  /** Undefined for a supplier that nobody declares. */
  readonly supplier: string | undefined;
  readonly name: string | undefined;
  readonly buyer: string | undefined;
  /** `certain` where the order was certainly placed by the day and is among what was asked for. */
  readonly counts: "certain" | "possible";
  /**
   * The call-off that the order lies within, where it is a row, too, or has the order as one. Such an order is not
   * added up.
   */
  readonly within: string | undefined;
  readonly untold: Untold;
  readonly balances: readonly Balance[];
  readonly drawn?: number;
  readonly origin: () => string;
};

const shown = new TableColumns<typeof ORDER>(orderCodec);

/** The balance that a table shows: that of the narrowest stated ceiling (seat, lot, group, contract). */
const narrowest = ({ balances }: OrderRow): Balance | undefined => balances.findLast(({ left }) => isKnown(left));

/** A balance as it is shown. Text and fields are made on demand: most formats ask for only one of them. */
class BalanceData implements Composite {
  readonly #balance: Balance;

  constructor(balance: Balance) {
    this.#balance = balance;
  }

  get text(): string {
    const { ceilingOf, left } = this.#balance;
    return `${ceilingOf}: ${isKnown(left) ? formatMoney(left) : left}`;
  }

  get fields(): Composite["fields"] {
    const { ceilingOf, left } = this.#balance;
    return [
      ["ceilingOf", { type: "id", value: ceilingOf }],
      ["leftAfter", { type: "money", value: left }],
    ];
  }
}

const FIRST: readonly Column<OrderRow>[] = [
  whenVaried(column.id("contract", MEANING.contract)),
  shown.named("date"),
  column.id("order", "The order's id within its contract."),
  column.id("lot", MEANING.lot),
  hidden(column.id("supplier", MEANING.supplier, "Supplier id")),
  column.text("name", MEANING.name, "Supplier"),
  whenRoom(column.text("buyer", MEANING.buyer)),
  shown.named("amount"),
];

const LAST: readonly Column<OrderRow>[] = [
  whenVaried(
    column.text(
      "counts",
      "certain, or possible: it may be from after the day, or belong elsewhere than was asked for.",
    ),
  ),
  column.id("ceilingOf", MEANING.ceilingOf, (row) => narrowest(row)?.ceilingOf),
  column.money("leftAfter", MEANING.leftAfter, (row) => narrowest(row)?.left, "Left after it"),
  hidden(
    column.any(
      "ceilings",
      "All ceilings that it uses up, the widest first, each with what is left after it.",
      ({ balances }) =>
        balances.length === 0
          ? undefined
          : { type: "composites", value: balances.map((balance) => new BalanceData(balance)) },
    ),
  ),
  hidden(column.text("origin", "Where the order stands: file and line.", (row) => row.origin())),
  column.count("drawn", "How often a sample by amount drew the order."),
];

export const ORDER_COLUMNS: readonly Column<OrderRow>[] = [
  ...FIRST,
  ...shown.without(FIRST.map(({ name }) => name)),
  ...LAST,
];

const leftOf = (use: CeilingUse, { ceiling }: CeilingLine): Amount => {
  if (!isKnown(ceiling)) return "missing";
  const unit = unitOf(ceiling);
  return amountBetween(leftRange(use.range(unit), ceiling), differenceOf(ceiling, use.sum(unit)));
};

/** Makes rows of orders. The name of each ceiling is worked out once. */
export const orderRows = (preference: Preference): ((seen: SeenOrder) => OrderRow) => {
  const names = new WeakMap<CeilingUse, string>();
  return ({ order, counted, views, certain, within, selected: { contract } }) => {
    const { lot, supplier } = views.seats;
    const [buyer, ...others] = views.buyers;
    return {
      contract: contract.id,
      order: order.id,
      lot: order.lot ?? lot?.id,
      supplier: supplier?.id || undefined,
      name: supplier && (lot === undefined ? nameOf(supplier, preference) : nameOn(lot, supplier, preference)),
      buyer: others.length === 0 ? buyer : undefined,
      counts: certain ? "certain" : "possible",
      within,
      untold: counted.untold,
      balances: counted.uses.flatMap((use) => {
        const stated = use.lines.filter(({ ceiling }) => ceiling !== "missing");
        const ceilingOf = madeUnder(names, use, () => ceilingName(use, contract));
        return stated.map((line) => ({ ceilingOf, left: leftOf(use, line) }));
      }),
      origin: () => placeText(order.position()),
      ...shown.rowOf(order, preference),
    };
  };
};
