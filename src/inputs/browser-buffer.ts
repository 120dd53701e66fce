/**
 * Replaces Node's `Buffer` and `node:buffer` in the library for browsers, as far as the readers use them. The build
 * puts it in their place. A test holds it to what Node does.
 */

class Bytes extends Uint8Array {
  /**
   * Decodes the two encodings that the readers use: UTF-8, which keeps a byte order mark, and Latin-1, in which each
   * byte is a character.
   */
  override toString(encoding: "latin1" | "utf8" = "utf8", start = 0, end = this.length): string {
    const part = this.subarray(start, end);
    if (encoding === "utf8") return new TextDecoder("utf-8", { ignoreBOM: true }).decode(part);
    // Each byte becomes one unit of UTF-16, which is its character. One by one, a long package took seconds.
    return new TextDecoder("utf-16le").decode(Uint16Array.from(part));
  }

  override indexOf(wanted: number | string | Uint8Array, from = 0): number {
    if (typeof wanted === "number") return super.indexOf(wanted, from);
    const bytes = typeof wanted === "string" ? new TextEncoder().encode(wanted) : wanted;
    const [first = 0] = bytes;
    for (let at = super.indexOf(first, from); at !== -1; at = super.indexOf(first, at + 1))
      if (bytes.every((byte, index) => this[at + index] === byte)) return at;
    return -1;
  }

  override includes(wanted: number | string | Uint8Array, from = 0): boolean {
    return this.indexOf(wanted, from) !== -1;
  }

  /** Writes a text as UTF-16, least significant byte first, as far as there is room. */
  write(text: string, _encoding: "utf16le"): void {
    for (let at = 0; at < Math.min(text.length, this.length >> 1); at++) {
      const code = text.charCodeAt(at);
      this[2 * at] = code & 0xff;
      this[2 * at + 1] = code >> 8;
    }
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, index) => byte === other[index]);
  }
}

const from = (source: string | ArrayLike<number> | ArrayBuffer, offset?: number, length?: number): Bytes => {
  if (typeof source === "string") return new Bytes(new TextEncoder().encode(source));
  return "length" in source ? new Bytes(source) : new Bytes(source, offset, length);
};

const concat = (chunks: readonly Uint8Array[]): Bytes => {
  const whole = new Bytes(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
};

export const Buffer = { from, concat };

export const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

export const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};
