/** Items, by their index, whose sum must stay within a cap. */
export interface PackingLimit {
  readonly cap: bigint;
  readonly items: readonly number[];
}

export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** How much work is done, about a second of it, before the bound found so far is good enough. */
const MOST_STEPS = 2_000_000;
/** The largest entry of a row. Products of two such entries, and their differences, are exact as numbers. */
const MOST_ENTRY = 2 ** 26;
/**
 * After how many turns without gain the first column that helps is taken. That rule, Bland's, never goes round in
 * circles.
 */
const PATIENCE = 20;

type Row = Map<number, number>;

/**
 * The cheapest cover of a packing: prices of limits such that each item is paid for by its limits or by itself. By the
 * duality of linear programs, its cost is the most that the items may come to within all limits, and every cover on the
 * way to it is a proven upper bound. It is found by the simplex method on the cover, where the figures of each row stay
 * small integers.
 */
export class FractionalCover {
  readonly #rows: Row[];
  readonly #right: number[];
  /** Which column each row stands for. */
  readonly #basis: number[];
  readonly #costs: bigint[];
  #cost: bigint;
  #scale = 1n;
  #idle = 0;
  steps = 0;
  /** Whether there is nothing left to gain. */
  exact = false;

  /** Columns are the limits, then for each item what is paid beyond its price, then what it pays by itself. */
  constructor(mosts: readonly bigint[], limits: readonly PackingLimit[]) {
    const count = mosts.length;
    this.#rows = mosts.map(
      (_, item): Row =>
        new Map([
          [limits.length + item, -1],
          [limits.length + count + item, 1],
        ]),
    );
    this.#right = mosts.map(() => 1);
    this.#basis = mosts.map((_, item) => limits.length + count + item);
    const ofLimits = limits.map(({ cap, items }, column) => {
      for (const item of items) this.#rows[item]?.set(column, 1);
      return items.reduce((cost, item) => cost - (mosts[item] ?? 0n), cap);
    });
    this.#costs = [...ofLimits, ...mosts, ...mosts.map(() => 0n)];
    this.#cost = mosts.reduce((sum, most) => sum + most, 0n);
  }

  /** Cheapens the cover until it is the cheapest, or enough was tried. */
  solve(): Fraction {
    while (this.steps < MOST_STEPS) {
      const column = this.#cheapest();
      if (column === undefined) {
        this.exact = true;
        break;
      }
      const row = this.#leaving(column);
      if (row === undefined || !this.#pivot(row, column)) break;
    }
    return { numerator: this.#cost, denominator: this.#scale };
  }

  #cheapest(): number | undefined {
    let best: number | undefined;
    let least = 0n;
    this.steps += this.#costs.length;
    for (const [column, cost] of this.#costs.entries()) {
      if (cost >= least) continue;
      best = column;
      least = cost;
      if (this.#idle > PATIENCE) break;
    }
    return best;
  }

  /**
   * The row that is used up first; among equals the one that stands for the lowest column, so that nothing goes round
   * in circles.
   */
  #leaving(column: number): number | undefined {
    let best: number | undefined;
    let [top, bottom] = [0, 1];
    this.steps += this.#rows.length;
    for (const [row, entries] of this.#rows.entries()) {
      const entry = entries.get(column) ?? 0;
      if (entry <= 0) continue;
      const right = this.#right[row] ?? 0;
      const order = right * bottom - top * entry;
      const earlier = order === 0 && best !== undefined && (this.#basis[row] ?? 0) < (this.#basis[best] ?? 0);
      if (best !== undefined && order >= 0 && !earlier) continue;
      best = row;
      [top, bottom] = [right, entry];
    }
    if (best !== undefined) this.#idle = top === 0 ? this.#idle + 1 : 0;
    return best;
  }

  /** Trades one column for another; false where figures grow too large to be exact. */
  #pivot(row: number, column: number): boolean {
    const pivot = this.#rows[row] ?? new Map();
    const [entry, right] = [pivot.get(column) ?? 1, this.#right[row] ?? 0];
    for (const [other, entries] of this.#rows.entries()) {
      const factor = other === row ? 0 : (entries.get(column) ?? 0);
      if (factor !== 0 && !this.#combine(other, entry, factor, pivot, right)) return false;
    }
    this.#combineCosts(BigInt(entry), this.#costs[column] ?? 0n, pivot, BigInt(right));
    this.#basis[row] = column;
    return true;
  }

  #combine(row: number, entry: number, factor: number, pivot: Row, pivotRight: number): boolean {
    const entries = this.#rows[row] ?? new Map();
    const combined: Row = new Map();
    for (const [column, value] of entries) combined.set(column, value * entry);
    for (const [column, value] of pivot) {
      const sum = (combined.get(column) ?? 0) - value * factor;
      if (sum === 0) combined.delete(column);
      else combined.set(column, sum);
    }
    const right = (this.#right[row] ?? 0) * entry - pivotRight * factor;
    this.steps += combined.size;
    let divisor = Math.abs(right);
    for (const value of combined.values()) divisor = greatestDivisor(divisor, Math.abs(value));
    for (const [column, value] of combined) {
      if (Math.abs(value) / divisor > MOST_ENTRY) return false;
      combined.set(column, value / divisor);
    }
    this.#rows[row] = combined;
    this.#right[row] = right / divisor;
    return true;
  }

  #combineCosts(entry: bigint, factor: bigint, pivot: Row, right: bigint): void {
    if (entry !== 1n) {
      for (const [column, cost] of this.#costs.entries()) this.#costs[column] = cost * entry;
      this.#cost *= entry;
      this.#scale *= entry;
    }
    for (const [column, value] of pivot) this.#costs[column] = (this.#costs[column] ?? 0n) - BigInt(value) * factor;
    this.#cost += right * factor;
  }
}

const greatestDivisor = (a: number, b: number): number => {
  let [large, small] = [a, b];
  while (small !== 0) [large, small] = [small, large % small];
  return large;
};
