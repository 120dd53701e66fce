/** Disjoint sets of words. Joining two words makes one set of their two sets. */
export class DisjointSets {
  readonly #above = new Map<string, string>();

  find(word: string): string {
    let root = word;
    for (let next = this.#above.get(root); next !== undefined; next = this.#above.get(root)) root = next;
    for (let at = word; at !== root; ) {
      const next = this.#above.get(at) ?? root;
      this.#above.set(at, root);
      at = next;
    }
    return root;
  }

  join(one: string, other: string): void {
    const [a, b] = [this.find(one), this.find(other)];
    if (a !== b) this.#above.set(a, b);
  }
}
