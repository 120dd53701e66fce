const ENTITY = /&#?[^\s&;<#]+;/y;

/** What an ampersand may stand in by itself, and with what that ends. */
const LITERAL: ReadonlyMap<string, string> = new Map([
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
]);

/**
 * Where ampersands stand that begin no entity, at most so many. The parser would take all up to the next semicolon for
 * an entity's name, and so find fault far below, or with the end of the document.
 */
export const strayAmpersands = (text: string, most: number): readonly number[] => {
  let at = text.indexOf("&");
  while (at !== -1 && beginsEntity(text, at)) at = text.indexOf("&", at + 1);
  return at === -1 ? [] : outsideOfLiterals(text, most);
};

const beginsEntity = (text: string, at: number): boolean => {
  ENTITY.lastIndex = at;
  return ENTITY.test(text);
};

const outsideOfLiterals = (text: string, most: number): readonly number[] => {
  const found: number[] = [];
  const next = /<!--|<!\[CDATA\[|<\?|&/g;
  for (let match = next.exec(text); match !== null && found.length < most; match = next.exec(text)) {
    const end = LITERAL.get(match[0]);
    if (end === undefined) {
      if (!beginsEntity(text, match.index)) found.push(match.index);
      continue;
    }
    const closed = text.indexOf(end, next.lastIndex);
    if (closed === -1) break;
    next.lastIndex = closed;
  }
  return found;
};

/** The text with spaces at these places; all else stands where it stood. */
export const blankedAt = (text: string, offsets: readonly number[]): string => {
  const parts: string[] = [];
  let from = 0;
  for (const offset of offsets) {
    parts.push(text.slice(from, offset));
    from = offset + 1;
  }
  return [...parts, text.slice(from)].join(" ");
};
