import { compareNatural } from "../../model/fold.ts";
import { isKnown, type Money, unitOf } from "../../model/money.ts";
import { type BoundedRatio, percentOf } from "../../model/ratio.ts";
import type { Selection } from "../../query/selection.ts";
import { measuresOf } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { OrderSums } from "../orders/order-sums.ts";
import { OrderViewing } from "../orders/order-views.ts";
import { type Column, column, hidden, overlapping, type Report, reportOf } from "../report.ts";
import type { CeilingUse } from "./ceiling-use.ts";
import type { Watching } from "./contract-uses.ts";
import { type AskedCeiling, askedCeilings } from "./headroom.ts";
import { CEILING_COLUMN, type HeadroomOptions, type HeadroomRow, SCOPE_COLUMNS } from "./headroom-rows.ts";

/** What one buyer ordered under one ceiling. */
export interface BuyerHeadroomRow
  extends Pick<
    HeadroomRow,
    "contract" | "scope" | "ceilingOf" | "title" | "lot" | "group" | "supplier" | "name" | "ceiling"
  > {
  /** Undefined where orders leave open who ordered. */
  readonly buyer: string | undefined;
  readonly orders: number;
  /** At least so much, where orders may be under this ceiling or not. */
  readonly ordered: Money;
  /** In percent of the ceiling; undefined where that is not known. */
  readonly used: BoundedRatio | undefined;
}

/** Ceilings overlap, as each order uses up several. */
export const BUYER_HEADROOM_COLUMNS: readonly Column<BuyerHeadroomRow>[] = [
  ...SCOPE_COLUMNS,
  overlapping(CEILING_COLUMN),
  column.text<BuyerHeadroomRow>("buyer", "Buyer", "Who buys.", (row) => row.buyer),
  overlapping(
    column.money<BuyerHeadroomRow>("ordered", "Ordered", "What is ordered under the ceiling.", (row) => row.ordered),
  ),
  column.percent<BuyerHeadroomRow>(
    "used",
    "Used",
    "How much of the ceiling is ordered, in percent.",
    (row) => row.used,
  ),
  hidden(column.count<BuyerHeadroomRow>("orders", "Orders", "How many orders count for it.", (row) => row.orders)),
];

/** What certainly is ordered under each ceiling, buyer by buyer. */
class BuyerSums {
  readonly #register: Register;
  readonly #byCeiling = new WeakMap<CeilingUse, Map<string | undefined, OrderSums>>();

  constructor(register: Register) {
    this.#register = register;
  }

  readonly watching: Watching = ({ contract }) => {
    const viewing = new OrderViewing(this.#register, contract);
    return (order, { timing, place, uses }) => {
      if (timing !== "by then") return;
      const [buyer, ...others] = viewing.of(order, place).buyers;
      const measured = measuresOf(order);
      for (const use of uses) {
        const sums = this.#sumsOf(use, others.length === 0 ? buyer : undefined);
        for (const money of measured) sums.add(money);
      }
    };
  };

  #sumsOf(use: CeilingUse, buyer: string | undefined): OrderSums {
    const byBuyer = this.of(use);
    const sums = byBuyer.get(buyer) ?? new OrderSums();
    byBuyer.set(buyer, sums);
    return sums;
  }

  of(use: CeilingUse): Map<string | undefined, OrderSums> {
    const byBuyer = this.#byCeiling.get(use) ?? new Map<string | undefined, OrderSums>();
    this.#byCeiling.set(use, byBuyer);
    return byBuyer;
  }
}

/** The buyers by name, and last those that nobody names. */
const inOrder = (byBuyer: ReadonlyMap<string | undefined, OrderSums>) =>
  [...byBuyer].sort(([a], [b]) =>
    a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : compareNatural(a, b),
  );

const shareOf = (ordered: Money, { ceiling }: HeadroomRow): BoundedRatio | undefined => {
  const value = isKnown(ceiling) ? percentOf(ordered.minor, ceiling.minor) : undefined;
  if (value === undefined) return undefined;
  return ordered.bound === undefined ? { value } : { value, bound: "atLeast" };
};

/** The unit of a row: that of its ceiling, else that of what is ordered under it. */
const unitIn = ({ ceiling, ordered }: HeadroomRow): string | undefined => {
  if (isKnown(ceiling)) return unitOf(ceiling);
  return isKnown(ordered) ? unitOf(ordered) : undefined;
};

const rowsFor = (
  row: HeadroomRow,
  { low, high }: ReturnType<CeilingUse["range"]>,
  unit: string,
  byBuyer: ReadonlyMap<string | undefined, OrderSums>,
): readonly BuyerHeadroomRow[] =>
  inOrder(byBuyer).flatMap(([buyer, sums]) => {
    if (!sums.has(unit)) return [];
    const sum = sums.sum(unit);
    const { least, ...most } = sum;
    // What may be ordered besides may be any buyer's.
    const ordered: Money = low === high ? sum : { ...most, minor: least ?? sum.minor, bound: "atLeast" };
    const { contract, scope, ceilingOf, title, lot, group, supplier, name, ceiling } = row;
    const place = { contract, scope, ceilingOf, title, lot, group, supplier, name, ceiling };
    return [{ ...place, buyer, orders: sums.ordersIn(unit), ordered, used: shareOf(ordered, row) }];
  });

const buyersOf = ({ ceiling, rows }: AskedCeiling, buyers: BuyerSums): readonly BuyerHeadroomRow[] =>
  rows.flatMap((row) => {
    const unit = unitIn(row);
    return unit === undefined ? [] : rowsFor(row, ceiling.range(unit), unit, buyers.of(ceiling));
  });

/**
 * Who used how much of each ceiling on a day: a row for each buyer that ordered under it. An order that names no buyer is
 * the contract's, where that has only one who may order.
 */
export const headroomByBuyer = (
  register: Register,
  selection: Selection = {},
  options: HeadroomOptions = {},
): Report<BuyerHeadroomRow> => {
  const buyers = new BuyerSums(register);
  const { batches, closing } = askedCeilings(register, selection, options, buyers.watching);
  const rows = async function* () {
    for await (const batch of batches()) yield batch.flatMap((asked) => buyersOf(asked, buyers));
  };
  return reportOf(BUYER_HEADROOM_COLUMNS, rows(), closing);
};
