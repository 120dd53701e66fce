const OPEN = 0x3c;
const CLOSE = 0x3e;
const isBlank = (byte: number | undefined): boolean => byte !== undefined && byte <= 0x20;

/**
 * What stands in elements of a name, found without reading the document: nothing but text, and as it is written. What
 * only looks like such an element is among them.
 */
export function* elementsNamed(name: string, document: Buffer): Generator<Buffer> {
  for (let at = document.indexOf(name); at !== -1; at = document.indexOf(name, at + name.length)) {
    const start = document.indexOf(CLOSE, at) + 1;
    const end = document.indexOf(OPEN, start);
    if (start === 0 || end === -1) return;
    const content = trimmed(document.subarray(start, end));
    if (content.length > 0) yield content;
  }
}

/** What stands in the first element within each of a name, found in the same way. */
export function* childrenNamed(name: string, document: Buffer): Generator<Buffer> {
  for (let at = document.indexOf(name); at !== -1; at = document.indexOf(name, at + name.length)) {
    const start = document.indexOf(CLOSE, document.indexOf(CLOSE, at) + 1) + 1;
    const end = document.indexOf(OPEN, start);
    if (start === 0 || end === -1) return;
    const content = trimmed(document.subarray(start, end));
    if (content.length > 0) yield content;
  }
}

const trimmed = (bytes: Buffer): Buffer => {
  let [start, end] = [0, bytes.length];
  while (isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
};
