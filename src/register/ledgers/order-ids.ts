const SMALLEST = 1 << 10;
const LOW_BITS = 2 ** 32;

/** A number of 53 bits that the same bytes have in common, and others all but never. It is never 0. */
export const hashOfBytes = (bytes: Uint8Array, start: number, end: number): number => {
  let high = 0x811c9dc5;
  let low = 0x1b873593;
  for (let index = start; index < end; index++) {
    const code = bytes[index] ?? 0;
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b);
    low ^= low >>> 13;
  }
  high ^= high >>> 15;
  return (high >>> 11) * LOW_BITS + (low >>> 0) || 1;
};

const hashOf = (text: string): number => {
  const bytes = Buffer.from(text);
  return hashOfBytes(bytes, 0, bytes.length);
};

/**
 * Ids that were met before, by their hashes: some twenty bytes an id, however long it is. Ids of one hash are
 * taken to be the same here; who reports them compares the ids themselves.
 */
export class OrderIds {
  #table = new Float64Array(SMALLEST);
  #used = 0;
  /** The hashes that were met more than once. */
  readonly #repeated = new Set<number>();

  get anyRepeated(): boolean {
    return this.#repeated.size > 0;
  }

  add(id: string): void {
    this.#addHash(hashOf(id));
  }

  /**
   * Adds ids by their hashes. Whatever else is done between two of them, each waits for its part of a table that is larger
   * than any cache; one after the other, they wait together.
   */
  addHashes(hashes: Float64Array): void {
    for (const hash of hashes) this.#addHash(hash);
  }

  #addHash(hash: number): void {
    if (!this.#insert(hash)) this.#repeated.add(hash);
    if (this.#used * 4 > this.#table.length * 3) this.#grow();
  }

  /** Whether an id may have been met more than once. */
  mayRepeat(id: string): boolean {
    return this.#repeated.has(hashOf(id));
  }

  /** Gives false where the hash is there already. */
  #insert(hash: number): boolean {
    const table = this.#table;
    const mask = table.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      if (table[place] === hash) return false;
      if (table[place] !== 0) continue;
      table[place] = hash;
      this.#used++;
      return true;
    }
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Float64Array(before.length * 2);
    this.#used = 0;
    for (const hash of before) if (hash !== 0) this.#insert(hash);
  }
}
