const mix = (value: number, factor: number): number => Math.imul(value ^ (value >>> 15), factor);

/**
 * A sum of 64 bits over texts that does not depend on their order. Equal collections have the same sum, and different
 * ones almost never do. It is no protection against texts that were made to have the same sum.
 */
export class TextSum {
  #high = 0;
  #low = 0;

  add(text: string): void {
    let [high, low] = [0x811c9dc5, 0x1b873593];
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x85ebca6b);
      low ^= low >>> 13;
    }
    // Without a last mix, texts that exchange their ends would often have the same sum.
    const [stirred, other] = [
      mix(high, 0x2c1b3c6d) ^ mix(low, 0x297a2d39),
      mix(low, 0x85ebca6b) ^ mix(high, 0xc2b2ae35),
    ];
    this.#high = (this.#high + mix(stirred, 0x9e3779b1)) >>> 0;
    this.#low = (this.#low + mix(other, 0x27d4eb2f)) >>> 0;
  }

  get value(): string {
    return `${this.#high.toString(36)}.${this.#low.toString(36)}`;
  }
}
