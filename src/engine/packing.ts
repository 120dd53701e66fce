import { type Fraction, FractionalCover, type PackingLimit } from "./fractional-cover.ts";

/**
 * The largest flow through a network from its node 0 to its node 1, in exact integers (Dinic's algorithm, without
 * recursion).
 */
class FlowNetwork {
  readonly #to: number[] = [];
  readonly #room: bigint[] = [];
  readonly #from: number[][] = [];
  steps = 0;

  constructor(nodes: number) {
    for (let node = 0; node < nodes; node++) this.#from.push([]);
  }

  addEdge(from: number, to: number, room: bigint): void {
    this.#from[from]?.push(this.#to.length);
    this.#from[to]?.push(this.#to.length + 1);
    this.#to.push(to, from);
    this.#room.push(room, 0n);
  }

  largest(): bigint {
    let flow = 0n;
    for (let levels = this.#levels(); levels[1] !== -1; levels = this.#levels()) flow += this.#block(levels);
    return flow;
  }

  /** How far each node is from the first; -1 where it cannot be reached. */
  #levels(): Int32Array {
    const levels = new Int32Array(this.#from.length).fill(-1);
    levels[0] = 0;
    const queue = [0];
    for (const node of queue) {
      for (const edge of this.#from[node] ?? []) {
        this.steps++;
        const to = this.#to[edge] ?? 0;
        if (levels[to] !== -1 || this.#roomOf(edge) === 0n) continue;
        levels[to] = (levels[node] ?? 0) + 1;
        queue.push(to);
      }
    }
    return levels;
  }

  #roomOf(edge: number): bigint {
    return this.#room[edge] ?? 0n;
  }

  /** Sends flow along shortest paths until none is left. */
  #block(levels: Int32Array): bigint {
    const next = new Int32Array(this.#from.length);
    const way: number[] = [];
    let flow = 0n;
    for (let node = 0; ; ) {
      if (node === 1) {
        flow += this.#send(way);
        way.length = 0;
        node = 0;
        continue;
      }
      const edge = this.#onward(node, levels, next);
      if (edge !== undefined) {
        way.push(edge);
        node = this.#to[edge] ?? 0;
        continue;
      }
      const back = way.pop();
      if (back === undefined) return flow;
      node = this.#to[back ^ 1] ?? 0;
      next[node] = (next[node] ?? 0) + 1;
    }
  }

  #onward(node: number, levels: Int32Array, next: Int32Array): number | undefined {
    const edges = this.#from[node] ?? [];
    for (let index = next[node] ?? 0; index < edges.length; index++) {
      this.steps++;
      const edge = edges[index] ?? 0;
      if (this.#roomOf(edge) > 0n && levels[this.#to[edge] ?? 0] === (levels[node] ?? 0) + 1) {
        next[node] = index;
        return edge;
      }
    }
    next[node] = edges.length;
    return undefined;
  }

  #send(way: readonly number[]): bigint {
    let most = this.#roomOf(way[0] ?? 0);
    for (const edge of way) if (this.#roomOf(edge) < most) most = this.#roomOf(edge);
    for (const edge of way) {
      this.#room[edge] = this.#roomOf(edge) - most;
      this.#room[edge ^ 1] = this.#roomOf(edge ^ 1) + most;
    }
    this.steps += way.length;
    return most;
  }
}

/** The most that items may come to together within limits, which may overlap in any way. */
interface Packed {
  /** In whole minor units: a fraction of one cannot be spent. */
  readonly most: bigint;
  /** False where the limits are so entangled that only an upper bound was found. */
  readonly exact: boolean;
  readonly steps: number;
}

interface Item {
  most: bigint;
  readonly limits: Set<Limit>;
}

interface Limit {
  cap: bigint;
  sum: bigint;
  readonly items: Set<Item>;
}

/**
 * Finds the most that items may come to together: each within its own most, if it has one, and the items of each limit
 * within its cap. Whatever can be settled limit by limit is settled so. The rest is solved as a network flow where each
 * item lies in two limits, and as a linear program otherwise. Every item must have a most, or lie in a limit.
 */
export const pack = (mosts: readonly (bigint | undefined)[], limits: readonly PackingLimit[]): Packed => {
  const packing = new Packing(mosts, limits);
  packing.settle();
  let { settled, steps } = packing;
  let exact = true;
  // Halves and other fractions of several parts may add up to a whole.
  let rest: Fraction = { numerator: 0n, denominator: 1n };
  for (const knot of packing.knots()) {
    const solved = solveKnot(knot);
    rest = sumOf(rest, solved.most);
    steps += solved.steps;
    exact &&= solved.exact;
  }
  settled += rest.numerator / rest.denominator;
  return { most: settled, exact, steps };
};

const sumOf = (a: Fraction, b: Fraction): Fraction =>
  a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      };

class Packing {
  readonly #limits: Limit[];
  readonly #open: Set<Limit>;
  settled = 0n;
  steps = 0;

  constructor(mosts: readonly (bigint | undefined)[], limits: readonly PackingLimit[]) {
    const caps = mosts.map((most) => most);
    for (const { cap, items } of limits) {
      for (const item of items) {
        const most = caps[item];
        if (most === undefined || most > cap) caps[item] = cap;
      }
    }
    const items = caps.map((most): Item => ({ most: most ?? 0n, limits: new Set() }));
    this.#limits = limits.map(({ cap, items: places }) => {
      const limit: Limit = { cap, sum: 0n, items: new Set() };
      for (const place of places) {
        const item = items[place];
        if (item === undefined) continue;
        limit.items.add(item);
        limit.sum += item.most;
        item.limits.add(limit);
        this.steps++;
      }
      return limit;
    });
    for (const item of items) if (item.limits.size === 0) this.settled += item.most;
    this.#open = new Set(this.#limits);
  }

  /** Settles what can be settled limit by limit, until nothing more can. */
  settle(): void {
    for (const limit of this.#open) {
      this.#open.delete(limit);
      this.steps++;
      if (limit.items.size > 0) this.#look(limit);
    }
  }

  #look(limit: Limit): void {
    if (limit.sum <= limit.cap) {
      this.#drop(limit);
      return;
    }
    const [first] = limit.items;
    if (limit.items.size === 1 && first !== undefined) {
      this.#lower(first, limit.cap);
      this.#drop(limit);
      return;
    }
    this.#fillOwn(limit);
    for (const item of limit.items) {
      this.steps++;
      if (item.most > limit.cap) this.#lower(item, limit.cap);
    }
  }

  /**
   * Takes the items first that lie in this limit only: if less of them and more of another item were taken, the two
   * could be traded without going beyond any limit.
   */
  #fillOwn(limit: Limit): void {
    const before = limit.cap;
    for (const item of limit.items) {
      this.steps++;
      if (item.limits.size > 1) continue;
      const taken = item.most < limit.cap ? item.most : limit.cap;
      this.settled += taken;
      limit.cap -= taken;
      limit.sum -= item.most;
      limit.items.delete(item);
    }
    if (limit.cap !== before) this.#open.add(limit);
  }

  #lower(item: Item, most: bigint): void {
    for (const limit of item.limits) {
      this.steps++;
      limit.sum -= item.most - most;
      if (limit.sum <= limit.cap) this.#open.add(limit);
    }
    item.most = most;
    if (most > 0n) return;
    for (const limit of item.limits) {
      limit.items.delete(item);
      this.#open.add(limit);
    }
    item.limits.clear();
  }

  #drop(limit: Limit): void {
    for (const item of limit.items) {
      this.steps++;
      item.limits.delete(limit);
      const [only] = item.limits;
      if (only === undefined) this.settled += item.most;
      else if (item.limits.size === 1) this.#open.add(only);
    }
    limit.items.clear();
  }

  /** What is left, in parts that have no item in common. */
  *knots(): Generator<Knot> {
    const seen = new Set<Limit>();
    for (const start of this.#limits) {
      if (start.items.size === 0 || seen.has(start)) continue;
      const limits = new Set([start]);
      for (const limit of limits) {
        seen.add(limit);
        for (const item of limit.items) for (const other of item.limits) limits.add(other);
      }
      yield knotOf([...limits]);
    }
  }
}

/** Limits that are connected by their items. Items that lie in the same limits are merged into one. */
interface Knot {
  readonly mosts: readonly bigint[];
  readonly limitsOf: readonly (readonly number[])[];
  readonly caps: readonly bigint[];
}

const knotOf = (limits: readonly Limit[]): Knot => {
  const places = new Map(limits.map((limit, place) => [limit, place]));
  const merged = new Map<string, { most: bigint; readonly limits: readonly number[] }>();
  for (const item of new Set(limits.flatMap(({ items }) => [...items]))) {
    const own = [...item.limits].map((limit) => places.get(limit) ?? 0).sort((a, b) => a - b);
    const known = merged.get(own.join());
    if (known === undefined) merged.set(own.join(), { most: item.most, limits: own });
    else known.most += item.most;
  }
  const items = [...merged.values()];
  return {
    mosts: items.map(({ most }) => most),
    limitsOf: items.map((item) => item.limits),
    caps: limits.map(({ cap }) => cap),
  };
};

const solveKnot = (knot: Knot): { most: Fraction; exact: boolean; steps: number } => {
  if (knot.limitsOf.every(({ length }) => length === 2)) return throughNetwork(knot);
  const items: number[][] = knot.caps.map(() => []);
  for (const [item, limits] of knot.limitsOf.entries()) for (const limit of limits) items[limit]?.push(item);
  const cover = new FractionalCover(
    knot.mosts,
    knot.caps.map((cap, limit) => ({ cap, items: items[limit] ?? [] })),
  );
  const most = cover.solve();
  return { most, exact: cover.exact, steps: cover.steps };
};

/**
 * Where each item lies in two limits, the most is half of the largest flow from each limit's cap, through the items in
 * both directions, to each limit's cap again.
 */
const throughNetwork = ({ mosts, limitsOf, caps }: Knot): { most: Fraction; exact: boolean; steps: number } => {
  const network = new FlowNetwork(2 + 2 * caps.length);
  for (const [limit, cap] of caps.entries()) {
    network.addEdge(0, 2 + 2 * limit, cap);
    network.addEdge(3 + 2 * limit, 1, cap);
  }
  for (const [item, [one = 0, other = 0]] of limitsOf.entries()) {
    const most = mosts[item] ?? 0n;
    network.addEdge(2 + 2 * one, 3 + 2 * other, most);
    network.addEdge(2 + 2 * other, 3 + 2 * one, most);
  }
  return { most: { numerator: network.largest(), denominator: 2n }, exact: true, steps: network.steps };
};
