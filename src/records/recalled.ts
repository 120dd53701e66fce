import { copyOf } from "../model/once.ts";
import type { JsonCursor } from "../syntax/json-cursor.ts";

/** So many values are kept; those that recur are met early. */
const MOST_KEPT = 1 << 14;
/** Twice as many, so that few stand where another was to. */
const SLOTS = MOST_KEPT << 1;
/** A value is looked for in so many: whoever makes strings up that all belong in one slows nothing down. */
const MOST_STEPS = 32;

/** What strings of JSON were read as, to be found again before anybody makes texts of them. */
export class Recalled<T> {
  #slots: Int32Array | undefined;
  readonly #texts: string[] = [];
  readonly #values: T[] = [];

  /** What the string was read as where the cursor is, by this function where it is not known; undefined is not kept. */
  find(json: JsonCursor, read: (text: string) => T | undefined): T | undefined {
    this.#slots ??= new Int32Array(SLOTS).fill(-1);
    const { hash } = json;
    let slot = hash ^ (hash >>> 15);
    for (let step = 0; step < MOST_STEPS; step++, slot++) {
      const number = this.#slots[slot & (SLOTS - 1)] ?? -1;
      const text = this.#texts[number];
      if (text === undefined) break;
      if (json.isAt(text)) return this.#values[number];
    }
    return this.#read(json.written(), slot & (SLOTS - 1), read);
  }

  #read(text: string, slot: number, read: (text: string) => T | undefined): T | undefined {
    const own = copyOf(text);
    const value = read(own);
    if (value === undefined || this.#slots?.[slot] !== -1 || this.#texts.length === MOST_KEPT) return value;
    this.#slots[slot] = this.#texts.push(own) - 1;
    this.#values.push(value);
    return value;
  }
}
