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

/** What begins the tags that are looked for, and in how many tags within each other a text stands there. */
type Wanted = Readonly<Record<string, 1 | 2>>;

/**
 * Looks for elements, all of them in one go: what stands in each, or in the first element within it, nothing but text, as
 * it is written.
 */
export const finderOf = (wanted: Wanted): ((document: Buffer) => Iterable<readonly [name: string, text: Buffer]>) => {
  const names = new RegExp(Object.keys(wanted).join("|"), "g");
  return function* (document) {
    // One letter a byte.
    const letters = document.toString("latin1");
    for (const { 0: name, index } of letters.matchAll(names)) {
      let start = index;
      for (let tag = 0; tag < (wanted[name] ?? 1); tag++) start = letters.indexOf(">", start) + 1;
      const end = letters.indexOf("<", start);
      if (start === 0 || end === -1) return;
      const text = trimmed(document.subarray(start, end));
      if (text.length > 0) yield [name, text];
    }
  };
};

const isBlank = (byte: number | undefined): boolean => byte !== undefined && byte <= 0x20;

const trimmed = (bytes: Buffer): Buffer => {
  let [start, end] = [0, bytes.length];
  while (isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
};
