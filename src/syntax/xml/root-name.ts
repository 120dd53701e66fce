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
