import { createHash } from "node:crypto";
import { UsageError } from "../../model/errors.ts";
import { compareTexts } from "../../model/fold.ts";
import { formatMoney, type Money, toMinorPrecision, unitOf } from "../../model/money.ts";
import { plural } from "../../model/phrases.ts";
import type { OrderRow } from "./order-rows.ts";

/** The SHA-256 of a text in UTF-8, in hexadecimal: the same on every machine, and in other tools. */
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface Sampling {
  readonly size: number;
  readonly seed: string;
  /** Whether each unit of money has the same chance, rather than each order. */
  readonly byAmount: boolean;
}

interface Drawn {
  readonly key: string;
  readonly index: number;
  readonly row: OrderRow;
}

/**
 * A sample in which every order has the same chance. It has the orders with the smallest hashes of seed, contract and
 * order. So it depends neither on a generator of random numbers nor on the sequence of the orders.
 */
export class RandomSample {
  readonly #size: number;
  readonly #seed: string;
  #kept: Drawn[] = [];
  #offered = 0;

  constructor({ size, seed }: Sampling) {
    this.#size = size;
    this.#seed = seed;
  }

  offer(row: OrderRow): void {
    const key = sha256(`${this.#seed}\n${row.contract}\n${row.order}`);
    this.#kept.push({ key, index: this.#offered++, row });
    if (this.#kept.length >= 2 * this.#size + 1024) this.#keepSmallest();
  }

  #keepSmallest(): void {
    this.#kept = this.#kept.sort((a, b) => compareTexts(a.key, b.key)).slice(0, this.#size);
  }

  rows(): readonly OrderRow[] {
    this.#keepSmallest();
    return this.#kept.sort((a, b) => a.index - b.index).map(({ row }) => row);
  }

  note(): string {
    const { length } = this.#kept;
    return `Drawn: ${length} of ${plural(this.#offered, "order")}, those with the smallest SHA-256 of seed, contract and order (${this.#seed}, a line feed, the contract's id, a line feed, the order's).`;
  }
}

/** A sample by amount. First all amounts are added up, and then the place of each order in the sum decides. */
export class AmountSample {
  readonly #size: bigint;
  readonly #seed: string;
  readonly #units = new Map<string, Money>();
  /** Where in its interval each point lies, from 0 up to 1: the numerator over 2^256. */
  readonly #start: bigint;
  #total = 0n;
  #passed = 0n;
  #left = 0;
  #points = 0n;

  constructor({ size, seed }: Sampling) {
    this.#size = BigInt(size);
    this.#seed = seed;
    this.#start = BigInt(`0x${sha256(seed)}`);
  }

  add(money: Money): void {
    this.#units.set(unitOf(money), money);
    if (money.minor > 0n) this.#total += money.minor;
    else this.#left++;
  }

  /** Throws UsageError where the amounts are in several units, because they have no sum. */
  begin(): void {
    const units = [...this.#units.keys()].sort();
    if (units.length < 2) return;
    const hint = `ask for one of them: amount:${units[0]?.slice(0, 3)}0..`;
    throw new UsageError(
      `a sample by amount is drawn from amounts of one kind, and these are in ${units.join(" and ")}`,
      hint,
    );
  }

  /**
   * How often an order is drawn. Must be called for the orders in one sequence, with the amounts that were added up.
   */
  draws({ minor }: Money): number {
    if (minor <= 0n) return 0;
    this.#passed += minor;
    let count = 0;
    for (; this.#points < this.#size && this.#pointAt(this.#points) < this.#passed; this.#points++) count++;
    return count;
  }

  /**
   * The unit of money, counted from 0, that a point falls on. The sum is divided into as many equal intervals as there
   * are orders to draw, with one point in each.
   */
  #pointAt(index: bigint): bigint {
    return (((index << 256n) + this.#start) * this.#total) / (this.#size << 256n);
  }

  note(): string {
    const [unit] = this.#units.values();
    if (unit === undefined) return "Nothing was drawn: there are no orders.";
    const money = (minor: bigint) => formatMoney(toMinorPrecision({ ...unit, minor }));
    const left = this.#left === 0 ? "" : ` ${plural(this.#left, "order")} of nothing or less cannot be drawn.`;
    return `Drawn: by amount, from ${money(this.#total)}: an order for each ${money(this.#total / this.#size)}, beginning at ${money(this.#pointAt(0n))} (by the SHA-256 of the seed ${this.#seed}), in the order of contracts and dates.${left}`;
  }
}
