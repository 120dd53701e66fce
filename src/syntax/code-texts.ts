/** Texts, held as the codes of their characters in one array: texts that are compared often then lie close together. */
export class CodeTexts {
  #codes = new Uint16Array(256);
  #ends = new Int32Array(64);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds a text, and gives the number by which it is known here. */
  add(text: string): number {
    const start = this.startOf(this.#count);
    const end = start + text.length;
    if (end > this.#codes.length) this.#codes = longer(this.#codes, new Uint16Array(end * 2));
    if (this.#count + 1 === this.#ends.length) this.#ends = longer(this.#ends, new Int32Array(this.#ends.length * 2));
    for (let index = 0; index < text.length; index++) this.#codes[start + index] = text.charCodeAt(index);
    this.#ends[this.#count + 1] = end;
    return this.#count++;
  }

  get codes(): Uint16Array {
    return this.#codes;
  }

  startOf(number: number): number {
    return this.#ends[number] ?? 0;
  }
}

const longer = <T extends Uint16Array | Int32Array>(numbers: T, room: T): T => {
  room.set(numbers);
  return room;
};
