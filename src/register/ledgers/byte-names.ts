import { fieldText } from "../../syntax/csv-row.ts";

/** So many names are remembered; those that recur are met early. */
const MOST_NAMES = 1 << 14;
/** Twice as many slots, so that few names stand where another was to. */
const SLOTS = MOST_NAMES << 1;
/** A name is looked for in so many slots: whoever makes names up that all belong in one slows nothing down. */
const MOST_STEPS = 32;

const isAt = (known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean => {
  if (known.length !== end - start) return false;
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[start + index]) return false;
  return true;
};

/** The names in fields of a table, each with a number by which it is known again before anybody makes a text of it. */
export class ByteNames {
  readonly #slots = new Int32Array(SLOTS).fill(-1);
  readonly #written: Uint8Array[] = [];
  readonly #texts: (string | undefined)[] = [];

  /** The number of the name in a field, which lies between two offsets; below 0 of one too many. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    for (let step = 0; step < MOST_STEPS; step++) {
      const slot = (hash + step) & (SLOTS - 1);
      const number = this.#slots[slot] ?? -1;
      const known = this.#written[number];
      if (known === undefined) return this.#add(slot, bytes.slice(start, end));
      if (isAt(known, bytes, start, end)) return number;
    }
    return -1;
  }

  /** The name of a number; undefined below 0, and of a field in which nothing stands. */
  textOf(number: number): string | undefined {
    return number < 0 ? undefined : this.#texts[number];
  }

  #add(slot: number, written: Uint8Array): number {
    const number = this.#written.length;
    if (number >= MOST_NAMES) return -1;
    this.#slots[slot] = number;
    this.#written.push(written);
    this.#texts.push(fieldText(Buffer.from(written).toString("utf8")) || undefined);
    return number;
  }
}
