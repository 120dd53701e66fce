const WIDE =
  /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Emoji_Presentation}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/**
 * How many cells a text takes, judged by the scripts of its letters. A page uses this only to place signs below a query
 * and beside a drawing. The program's own table of all letters would be too large for that.
 */
export const graphemeWidth = (text: string): number => {
  let cells = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) cells += WIDE.test(segment) ? 2 : 1;
  return cells;
};
