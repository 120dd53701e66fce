/** What a document in XML shows before anybody reads it. What only looks like markup, as in comments, is taken for it. */

/** Where the root element of a document begins, and its local name; undefined where none begins. */
export interface Root {
  readonly name: string;
  readonly offset: number;
}

/** What may stand before the root element, and with what it ends. */
const MISCELLANY: readonly (readonly [string, string])[] = [
  ["<?", "?>"],
  ["<!--", "-->"],
  ["<!", ">"],
];

/** Looks for the root element without reading the document. */
export const findRoot = (text: string): Root | undefined => {
  const blank = /[\s\uFEFF]*/y;
  const tag = /<(?:[^\s<>/:]+:)?([^\s<>/:]+)/y;
  for (let offset = 0; ; ) {
    blank.lastIndex = offset;
    blank.test(text);
    offset = blank.lastIndex;
    const close = MISCELLANY.find(([open]) => text.startsWith(open, offset))?.[1];
    if (close === undefined) {
      tag.lastIndex = offset;
      const name = tag.exec(text)?.[1];
      return name === undefined ? undefined : { name, offset };
    }
    const end = text.indexOf(close, offset);
    if (end === -1) return undefined;
    offset = end + close.length;
  }
};

const OPEN = 0x3c;
const CLOSE = 0x3e;
const isBlank = (byte: number | undefined): boolean => byte !== undefined && byte <= 0x20;

/** What stands in elements of a name: nothing but text, as it is written. */
export const elementsNamed = (name: string, document: Buffer): Iterable<Buffer> => textsBehind(name, 1, document);

/** What stands in the first element within each of a name. */
export const childrenNamed = (name: string, document: Buffer): Iterable<Buffer> => textsBehind(name, 2, document);

/** The text behind so many tags, of which the first has a name. */
function* textsBehind(name: string, tags: number, document: Buffer): Generator<Buffer> {
  for (let at = document.indexOf(name); at !== -1; at = document.indexOf(name, at + name.length)) {
    let start = at;
    for (let tag = 0; tag < tags; tag++) start = document.indexOf(CLOSE, start) + 1;
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
