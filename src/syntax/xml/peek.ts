/**
 * Looks into documents in XML without parsing them. What only looks like a tag, as in a comment, may be taken for one.
 */

/** Where the root element of a document begins, and its local name; undefined where none begins. */
export interface Root {
  readonly name: string;
  readonly offset: number;
}

/** What may stand before the root element: how it begins, and how it ends. */
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

/**
 * The beginnings of the tags to look for. With each is where the text stands: 1 for directly in the element, 2 for in
 * the first element within it.
 */
type Wanted = Readonly<Record<string, 1 | 2>>;

/**
 * Makes a function that looks for these elements in one go. Of each it yields the text that stands in it, or in the
 * first element within it, up to the next tag. The text is as it is written, without blanks at its ends. Empty texts
 * are left out.
 */
export const finderOf = (wanted: Wanted): ((document: Buffer) => Iterable<readonly [name: string, text: Buffer]>) => {
  const names = new RegExp(Object.keys(wanted).join("|"), "g");
  return function* (document) {
    // Latin-1 makes one letter of each byte, so offsets in both are the same.
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
