import type { Preference } from "../../model/claim.ts";
import { formatMoney, isKnown, type Money } from "../../model/money.ts";
import { dayOf, type Selection } from "../../query/selection.ts";
import type { Register } from "../../records/register.ts";
import { HeadroomNotes } from "../headroom/headroom-notes.ts";
import { type Closing, type Report, reportLater, reportOf, type Summary } from "../report.ts";
import { notAdded } from "../totals.ts";
import { type OrderGrouping, type OrderGroupRow, OrderGroups, orderGroupColumns } from "./order-groups.ts";
import { ORDER_COLUMNS, type OrderRow, orderRows } from "./order-rows.ts";
import { AmountSample, RandomSample, type Sampling } from "./order-sample.ts";
import { OrderSums } from "./order-sums.ts";
import { type SeenOrder, seenOrders, seeOrders } from "./seen-orders.ts";

export interface OrderGroupOptions {
  readonly by: readonly OrderGrouping[];
  /** The month, from 1, with which years begin. January by default. */
  readonly fiscalStart?: number;
}

/** The lines below the rows: the sum of what certainly counts, with what possibly does in a remark. */
const summariesOf = (
  column: string,
  { certain, possible }: { readonly certain: OrderSums; readonly possible: OrderSums },
  label = "Total",
): readonly Summary[] => {
  const amounts = sumsIn(certain, certain.units.length > 0 ? certain : possible);
  const maybe = sumsIn(possible).map(formatMoney);
  const remark = maybe.length === 0 ? undefined : `and possibly ${maybe.join(" and ")}`;
  return amounts.length === 0 ? [] : [{ label, column, amounts, remark }];
};

const sumsIn = (sums: OrderSums, { units } = sums): readonly Money[] =>
  [...units]
    .sort()
    .map((unit) => sums.sum(unit))
    .filter(isKnown);

/** Tells of orders that are not added, because they lie within call-offs that are (T11). */
class WithinNotes {
  readonly #callOffs = new Map<string, number>();

  /** Whether an order is added up. */
  counts({ within }: Pick<SeenOrder, "within">): boolean {
    if (within !== undefined) this.#callOffs.set(within, (this.#callOffs.get(within) ?? 0) + 1);
    return within === undefined;
  }

  notes(): readonly string[] {
    return notAdded("order", "call-off", this.#callOffs);
  }
}

class OrderClosing {
  readonly within = new WithinNotes();
  readonly notes: HeadroomNotes;
  readonly #sums = { certain: new OrderSums(), possible: new OrderSums() };
  readonly #label: string;

  constructor(selection: Selection, preference: Preference, label = "Total") {
    this.#label = label;
    this.notes = new HeadroomNotes(dayOf(selection), undefined, { preference });
  }

  add(row: OrderRow): void {
    if (!this.within.counts(row)) return;
    const { amount, quantity, untold, counts } = row;
    for (const figure of [amount, quantity]) if (isKnown(figure)) this.#sums[counts].add(figure);
    this.#sums[counts].addUntold(untold);
  }

  closing(more: readonly string[] = []): Closing {
    const closing = this.notes.closing();
    this.#sums.certain.isLeast = this.notes.isOpen && this.#label === "Total";
    const summaries = summariesOf("amount", this.#sums, this.#label);
    return { ...closing, summaries, notes: [...more, ...this.within.notes(), ...closing.notes] };
  }
}

/**
 * The orders under the selected contracts that were placed by the day, contract by contract as in a statement of
 * account, each with what is left of its ceilings after it.
 */
export const orders = (register: Register, selection: Selection = {}): Report<OrderRow> => {
  const closing = new OrderClosing(selection, register.preference);
  const rowOf = orderRows(register.preference);
  const batches = async function* () {
    const seen = seenOrders(register, selection, {
      byDate: true,
      see: rowOf,
      done: (use) => closing.notes.add(use),
    });
    for await (const batch of seen) {
      for (const row of batch) closing.add(row);
      yield batch;
    }
  };
  return reportOf(ORDER_COLUMNS, batches(), () => closing.closing());
};

/** A sample of the orders. The same data and seed give the same sample. */
export const orderSample = (register: Register, selection: Selection, sampling: Sampling): Report<OrderRow> =>
  reportLater(ORDER_COLUMNS, async () => {
    const closing = new OrderClosing(selection, register.preference, "Sample");
    const drawn = sampling.byAmount ? drawByAmount : drawAtRandom;
    const { rows, note } = await drawn(register, selection, sampling, closing);
    const ids = new Set(rows.map(({ order }) => order));
    for (const row of rows) closing.add({ ...row, within: ids.has(row.contract) ? row.within : undefined });
    return { rows, closing: closing.closing([note]) };
  });

interface Drawing {
  readonly rows: readonly OrderRow[];
  readonly note: string;
}

const drawAtRandom = async (
  register: Register,
  selection: Selection,
  sampling: Sampling,
  closing: OrderClosing,
): Promise<Drawing> => {
  const sample = new RandomSample(sampling);
  const rowOf = orderRows(register.preference);
  await seeOrders(register, selection, {
    byDate: true,
    see: (order) => {
      if (!order.isAgain) sample.offer(rowOf(order));
    },
    done: (use) => closing.notes.add(use),
  });
  return { rows: sample.rows(), note: sample.note() };
};

const drawByAmount = async (
  register: Register,
  selection: Selection,
  sampling: Sampling,
  closing: OrderClosing,
): Promise<Drawing> => {
  const sample = new AmountSample(sampling);
  const rowOf = orderRows(register.preference);
  const amountIn = ({ order: { amount }, within }: SeenOrder) => (within === undefined ? amount : undefined);
  await seeOrders(register, selection, {
    byDate: false,
    see: (seen) => {
      const amount = amountIn(seen);
      if (amount !== undefined) sample.add(amount);
    },
  });
  sample.begin();
  const drawn: OrderRow[] = [];
  await seeOrders(register, selection, {
    byDate: true,
    see: (order) => {
      const amount = amountIn(order);
      closing.within.counts(order);
      const draws = amount === undefined ? 0 : sample.draws(amount);
      if (draws > 0) drawn.push({ ...rowOf(order), drawn: draws });
    },
    done: (use) => closing.notes.add(use),
  });
  return { rows: drawn, note: sample.note() };
};

/** What orders come to by groups, with certain and possible amounts apart. */
export const orderGroups = (
  register: Register,
  selection: Selection,
  { by, fiscalStart = 1 }: OrderGroupOptions,
): Report<OrderGroupRow> =>
  reportLater(
    orderGroupColumns(by),
    async () => {
      const groups = new OrderGroups(by, fiscalStart, register.preference);
      const notes = new HeadroomNotes(dayOf(selection), undefined, register);
      const within = new WithinNotes();
      await seeOrders(register, selection, {
        byDate: false,
        see: (order) => {
          if (within.counts(order)) groups.add(order);
        },
        done: (use) => notes.add(use),
      });
      const rows = groups.rows(notes.isOpen);
      const closing = notes.closing();
      const summaries = summariesOf("ordered", groups.sums);
      return {
        rows,
        closing: { ...closing, summaries, notes: [...groups.notes(), ...within.notes(), ...closing.notes] },
      };
    },
    (row) => row.row === "total",
  );
