import { compareNatural } from "../../model/fold.ts";
import { madeUnder } from "../../model/lists.ts";
import { type Amount, isKnown, unitOf } from "../../model/money.ts";
import type { BoundedRatio } from "../../model/ratio.ts";
import { MEANING } from "../../query/fields.ts";
import type { Selection } from "../../query/selection.ts";
import { measuresOf } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { OrderViewing } from "../orders/order-views.ts";
import { type Column, column, hidden, overlapping, type Report, reportOf } from "../report.ts";
import { type CeilingUse, countUnder, NONE, PossibleOrders } from "./ceiling-use.ts";
import { amountsAt } from "./contract-use.ts";
import type { Watching } from "./contract-uses.ts";
import { type AskedCeiling, askedCeilings } from "./headroom.ts";
import { CEILING_COLUMN, type HeadroomOptions, type HeadroomRow, SCOPE_COLUMNS } from "./headroom-rows.ts";
import { figuresOf, WARN_AT } from "./use-figures.ts";

export interface BuyerHeadroomRow
  extends Pick<
    HeadroomRow,
    "contract" | "scope" | "ceilingOf" | "title" | "lot" | "group" | "supplier" | "name" | "ceiling"
  > {
  /** Undefined where orders leave open who placed them. */
  readonly buyer: string | undefined;
  readonly orders: number;
  /** A range where orders may be under this ceiling or not. */
  readonly ordered: Amount;
  /** In percent of the ceiling. Undefined where the ceiling is not known. */
  readonly used: BoundedRatio | undefined;
}

/** Ceilings and what is ordered overlap, because each order uses up several ceilings. */
export const BUYER_HEADROOM_COLUMNS: readonly Column<BuyerHeadroomRow>[] = [
  ...SCOPE_COLUMNS,
  overlapping(CEILING_COLUMN),
  column.text("buyer", MEANING.buyer),
  overlapping(column.money("ordered", MEANING.orderedUnder)),
  column.percent("used", MEANING.used),
  hidden(column.count("orders", MEANING.orders)),
];

type Buyer = string | undefined;

/** What is ordered under each ceiling by buyer: each buyer has its own copy of the ceiling, with its orders alone. */
class BuyerUses {
  readonly #register: Register;
  readonly #uses = new WeakMap<CeilingUse, Map<Buyer, CeilingUse>>();
  readonly #maybe = new WeakMap<PossibleOrders, Map<Buyer, PossibleOrders>>();

  constructor(register: Register) {
    this.#register = register;
  }

  readonly watching: Watching = ({ contract }) => {
    const viewing = new OrderViewing(this.#register, contract);
    return (order, { timing, place, uses }) => {
      if (timing === "later") return;
      const [only, ...others] = viewing.of(order, place).buyers;
      const buyer = others.length === 0 ? only : undefined;
      const measured = measuresOf(order);
      const own = { uses: uses.map((use) => this.#useOf(use, buyer)), maybe: this.#maybeOf(place.maybe, buyer) };
      countUnder(own, amountsAt(timing, measured), measured, "no");
    };
  };

  #useOf(use: CeilingUse, buyer: Buyer): CeilingUse {
    return madeUnder(this.of(use), buyer, () => use.fresh());
  }

  #maybeOf(maybe: PossibleOrders | undefined, buyer: Buyer): PossibleOrders | undefined {
    if (maybe === undefined) return undefined;
    const byBuyer = madeUnder(this.#maybe, maybe, () => new Map<Buyer, PossibleOrders>());
    return madeUnder(byBuyer, buyer, () => new PossibleOrders(maybe.ceilings.map((use) => this.#useOf(use, buyer))));
  }

  of(use: CeilingUse): Map<Buyer, CeilingUse> {
    return madeUnder(this.#uses, use, () => new Map<Buyer, CeilingUse>());
  }
}

const inOrder = (byBuyer: ReadonlyMap<Buyer, CeilingUse>) =>
  [...byBuyer].sort(([a], [b]) =>
    a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : compareNatural(a, b),
  );

/** The unit of a row: that of its ceiling, or else that of what is ordered under it. */
const unitIn = ({ ceiling, ordered }: HeadroomRow): string | undefined => {
  if (isKnown(ceiling)) return unitOf(ceiling);
  return isKnown(ordered) ? unitOf(ordered) : undefined;
};

const rowsFor = (row: HeadroomRow, unit: string, byBuyer: ReadonlyMap<Buyer, CeilingUse>): BuyerHeadroomRow[] =>
  inOrder(byBuyer).flatMap(([buyer, use]) => {
    if (!use.unitsOrdered.includes(unit)) return [];
    const { contract, scope, ceilingOf, title, lot, group, supplier, name, ceiling } = row;
    const place = { contract, scope, ceilingOf, title, lot, group, supplier, name, ceiling };
    const { ordered, used } = figuresOf(use, ceiling, unit, WARN_AT);
    return [{ ...place, buyer, orders: use.orders, ordered, used }];
  });

const buyersOf = ({ ceiling, rows, isOpen }: AskedCeiling, buyers: BuyerUses): readonly BuyerHeadroomRow[] => {
  const byBuyer = buyers.of(ceiling);
  // Rows that could not be read may be any buyer's.
  if (isOpen) for (const use of byBuyer.values()) use.addPerhaps(NONE, true, "no");
  return rows.flatMap((row) => {
    const unit = unitIn(row);
    return unit === undefined ? [] : rowsFor(row, unit, byBuyer);
  });
};

/**
 * Who has used how much of each ceiling by a day: a row for each buyer that ordered under it. An order without a buyer
 * counts for the contract's only one, where nobody else may order.
 */
export const headroomByBuyer = (
  register: Register,
  selection: Selection = {},
  options: HeadroomOptions = {},
): Report<BuyerHeadroomRow> => {
  const buyers = new BuyerUses(register);
  const { batches, closing } = askedCeilings(register, selection, options, buyers.watching);
  const rows = async function* () {
    for await (const batch of batches()) yield batch.flatMap((asked) => buyersOf(asked, buyers));
  };
  return reportOf(BUYER_HEADROOM_COLUMNS, rows(), closing);
};
