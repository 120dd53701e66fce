/** The largest flow through a network from its node 0 to its node 1, in exact integers (Dinic's way, without recursion). */
export class FlowNetwork {
  /** By edge; the edge back is the one whose number differs in the last bit. */
  readonly #to: number[] = [];
  readonly #room: bigint[] = [];
  readonly #from: number[][] = [];
  /** How many edges were looked at. */
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

  /** Sends flow along shortest ways until none is left. */
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
