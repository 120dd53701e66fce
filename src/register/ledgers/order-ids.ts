const SMALLEST = 1 << 10;
const LOW_BITS = 2 ** 32;

/** A hash of 53 bits: equal for equal bytes, and all but never for others. It is never 0. */
const hashOfBytes = (bytes: Uint8Array, start: number, end: number): number => {
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

/** How many ids to look up together. */
const BATCH = 1024;

/** Whether bytes are more in number than others, or as many and come after them in order. */
const isAfter = (
  bytes: Uint8Array,
  start: number,
  end: number,
  last: Uint8Array,
  from: number,
  to: number,
): boolean => {
  if (end - start !== to - from) return end - start > to - from;
  for (let index = 0; index < end - start; index++) {
    const difference = (bytes[start + index] ?? 0) - (last[from + index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
};

/**
 * Finds ids that occur more than once, by their hashes, which take some twenty bytes an id, however long it is. Ids
 * with one hash are taken to be the same here. Whoever reports them compares the ids themselves.
 *
 * The ids of rows mostly rise, like numbers that are given out one after the other. As long as they do, no two of them
 * are the same, and their hashes are kept without being looked up.
 */
export class OrderIds {
  #table = new Float64Array(SMALLEST);
  #used = 0;
  readonly #repeated = new Set<number>();
  readonly #batch = new Float64Array(BATCH);
  #inBatch = 0;
  /** The hashes of the ids of all rows so far. Undefined once an id did not come after the one before it. */
  #rising: Float64Array[] | undefined = [];
  #last: Uint8Array = new Uint8Array();
  #lastStart = 0;
  #lastEnd = 0;

  add(id: string): void {
    this.#addHash(hashOf(id));
  }

  /** Adds the id of a row. Its bytes must stay as they are to the end of their block. */
  addRow(bytes: Uint8Array, start: number, end: number): void {
    if (this.#rising !== undefined && !isAfter(bytes, start, end, this.#last, this.#lastStart, this.#lastEnd))
      this.#lookUpRising(this.#rising);
    this.#last = bytes;
    this.#lastStart = start;
    this.#lastEnd = end;
    this.#batch[this.#inBatch++] = hashOfBytes(bytes, start, end);
    if (this.#inBatch === BATCH) this.#endOfBatch();
  }

  endOfBlock(): void {
    this.#endOfBatch();
    this.#last = new Uint8Array(this.#last.subarray(this.#lastStart, this.#lastEnd));
    [this.#lastStart, this.#lastEnd] = [0, this.#last.length];
  }

  #endOfBatch(): void {
    const hashes = this.#batch.subarray(0, this.#inBatch);
    if (this.#rising === undefined) this.#addHashes(hashes);
    else this.#rising.push(hashes.slice());
    this.#inBatch = 0;
  }

  #lookUpRising(rising: readonly Float64Array[]): void {
    this.#rising = undefined;
    for (const hashes of rising) this.#addHashes(hashes);
  }

  /**
   * Adds many hashes in a row, which is faster than adding each when it is met: every one waits for its part of a table
   * that is larger than any cache, and if nothing is done between them they wait at the same time.
   */
  #addHashes(hashes: Float64Array): void {
    for (const hash of hashes) this.#addHash(hash);
  }

  #addHash(hash: number): void {
    if (!this.#insert(hash)) this.#repeated.add(hash);
    if (this.#used * 4 > this.#table.length * 3) this.#grow();
  }

  /** Tells which ids may have been met more than once. Undefined if there are none. */
  repeated(): ((id: string) => boolean) | undefined {
    for (const hashes of this.#rising ?? [])
      for (const hash of hashes) if (this.#table[this.#placeOf(hash)] === hash) this.#repeated.add(hash);
    return this.#repeated.size === 0 ? undefined : (id) => this.#repeated.has(hashOf(id));
  }

  /** Where a hash is, or belongs. */
  #placeOf(hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let place = hash & mask;
    while (table[place] !== hash && table[place] !== 0) place = (place + 1) & mask;
    return place;
  }

  /** Returns false if the hash is there already. */
  #insert(hash: number): boolean {
    const place = this.#placeOf(hash);
    if (this.#table[place] === hash) return false;
    this.#table[place] = hash;
    this.#used++;
    return true;
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Float64Array(before.length * 2);
    this.#used = 0;
    for (const hash of before) if (hash !== 0) this.#insert(hash);
  }
}
