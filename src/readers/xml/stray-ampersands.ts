const STRAY = "&(?!(?:#\\d+|#x[\\da-fA-F]+|[\\p{L}_][\\p{L}\\p{N}_.-]*);)";

/** What an ampersand may stand in by itself, and with what that ends. */
const LITERAL: ReadonlyMap<string, string> = new Map([
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
]);

/**
 * Where ampersands stand that begin no entity, at most so many. The parser would take all up to the next semicolon for an entity's name,
 * and so find fault far below, or with the end of the document.
 */
export const strayAmpersands = (text: string, most: number): readonly number[] => {
  if (!new RegExp(STRAY, "u").test(text)) return [];
  const found: number[] = [];
  const next = new RegExp(`<!--|<!\\[CDATA\\[|<\\?|${STRAY}`, "gu");
  for (let match = next.exec(text); match !== null && found.length < most; match = next.exec(text)) {
    const end = LITERAL.get(match[0]);
    if (end === undefined) {
      found.push(match.index);
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
